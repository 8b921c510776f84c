#include "providers/retell/event.h"
#include "tests/providers/mutation.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_retell_call {

using namespace providers::retell;
using namespace std::chrono_literals;

class TestRetellCall : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAnsweredCallIsReadWhole();
    void theTranscriptIsReadInItsOrder();
    void costsAreExactCents();
    void centsBecomeMicroDollars_data();
    void centsBecomeMicroDollars();
    void stringsForNumbersAndNulls();
    void everyReasonHasItsStatus();
    void anUnknownReasonKeepsItsText();
    void theReasonWinsOverTheStatus();
    void onlyACallThatTookTimeWasConnected();
    void everyEventIsKnown_data();
    void everyEventIsKnown();
    void theCallIsFoundUnderItsOlderNames();
    void aTransferSaysWhereTo();
    void onlyAnObjectIsACall();
    void noMutationHarms();
    void everyCutBodyIsBadInput();
};

namespace {

const QByteArray kCall =
    R"({"call_type":"phone_call","from_number":"+14157774444","to_number":"+12137774445","direction":"outbound",)"
    R"("telephony_identifier":{"twilio_call_sid":"CA5d0d"},"call_id":"Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6",)"
    R"("agent_id":"oBeDLoLOeuAbiuaMFXRtDOLriTJ5tSxD","agent_version":1,"agent_name":"Reminder","agent_tag":null,)"
    R"("call_status":"ended","metadata":{"attempt":"a-17","lane":"customer:7"},)"
    R"("retell_llm_dynamic_variables":{"customer_name":"John Doe","age":42,"vip":true},)"
    R"("collected_dynamic_variables":{"last_node":"bye"},"custom_sip_headers":{"X-Custom":"1"},)"
    R"("data_storage_setting":"everything","opt_in_signed_url":true,)"
    R"("start_timestamp":1703302407333,"end_timestamp":1703302428855,"duration_ms":21522,)"
    R"("transcript":"Agent: hi how are you doing?\nUser: Doing pretty well.\n",)"
    R"("transcript_object":[{"role":"agent","content":"hi how are you doing?","words":[{"word":"hi","start":0.7,"end":1.3}]}],)"
    R"("transcript_with_tool_calls":[)"
    R"({"role":"agent","content":"hi how are you doing?","words":[{"word":"hi","start":0.7,"end":1.3}]},)"
    R"({"role":"user","content":"Doing pretty well.","words":[{"word":"Doing","start":2,"end":2.25}]},)"
    R"({"role":"tool_call_invocation","tool_call_id":"t1","name":"end_call","arguments":"{\"a\":1}"},)"
    R"({"role":"tool_call_result","tool_call_id":"t1","content":"done","successful":true},)"
    R"({"role":"node_transition","former_node_id":"n1","former_node_name":"open","new_node_id":"n2","new_node_name":"close","transition_type":"normal"},)"
    R"({"role":"dtmf","digit":"5"},{"role":"sms","content":"text","time_sec":12.5},)"
    R"({"role":"of_tomorrow","content":"?"}],)"
    R"("recording_url":"https://retellai.s3.us-west-2.amazonaws.com/J/recording.wav","public_log_url":"https://x/log.txt",)"
    R"("latency":{"e2e":{"p50":800,"p90":1200.75,"min":500,"max":2700,"num":10,"values":[1,2]}},)"
    R"("disconnection_reason":"agent_hangup",)"
    R"("call_cost":{"product_costs":[{"product":"elevenlabs_tts","unit_price":0.0016666666666666668,"cost":60},)"
    R"({"product":"transfer","cost":10.5,"is_transfer_leg_cost":true}],)"
    R"("total_duration_seconds":60,"total_duration_unit_price":1,"combined_cost":70.125},)"
    R"("llm_token_usage":{"values":[123],"average":123.5,"num_requests":1},)"
    R"("call_analysis":{"call_summary":"All went well.","in_voicemail":false,"user_sentiment":"Positive",)"
    R"("call_successful":true,"custom_analysis_data":{"will_come":true,"people":4}}})";

QByteArray eventOf(const char *event, const QByteArray &call = kCall)
{
    return R"({"event":")" + QByteArray(event) + R"(","call":)" + call + "}";
}

Call read(const QByteArray &body)
{
    return parseCall(body).value();
}

QString decimal(const std::optional<core::Decimal> &value)
{
    return value ? value->toString() : QString();
}

} // namespace

void TestRetellCall::anAnsweredCallIsReadWhole()
{
    const Call call = read(kCall);
    QCOMPARE(call.callId, QStringLiteral("Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6"));
    QCOMPARE(call.agentVersion, std::optional<qint64>(1));
    QVERIFY(call.agentTag.isEmpty());
    QCOMPARE(call.fromNumber, QStringLiteral("+14157774444"));
    QCOMPARE(call.toNumber, QStringLiteral("+12137774445"));
    QCOMPARE(call.twilioCallSid, QStringLiteral("CA5d0d"));
    QVERIFY(call.status == CallStatus::Ended);
    QVERIFY(call.startedAt == Timestamp(1703302407333ms));
    QVERIFY(call.endedAt == Timestamp(1703302428855ms));
    QVERIFY(call.duration == 21522ms);
    QVERIFY(call.disconnection->reason == DisconnectionReason::AgentHangup);
    QCOMPARE(core::textMember(call.metadata, "attempt"), QStringLiteral("a-17"));
    QCOMPARE(call.dynamicVariables.value(QStringLiteral("age")), QStringLiteral("42"));
    QCOMPARE(call.dynamicVariables.value(QStringLiteral("vip")), QStringLiteral("true"));
    QCOMPARE(call.collectedVariables.value(QStringLiteral("last_node")), QStringLiteral("bye"));
    QCOMPARE(call.latency[QStringLiteral("e2e")].p90, std::optional<qint64>(1200));
    QCOMPARE(call.analysis->summary, QStringLiteral("All went well."));
    QCOMPARE(call.analysis->inVoicemail, std::optional(false));
    QVERIFY(call.analysis->sentiment == Sentiment::Positive);
    QCOMPARE(core::integerMember(call.analysis->customData, "people"), std::optional<qint64>(4));
    QCOMPARE(call.tokenUsage->requestCount, std::optional<qint64>(1));
    QVERIFY(call.recordingUrl.endsWith(u"recording.wav"));
    QVERIFY(call.isOver());
    QVERIFY(call.wasConnected());
}

void TestRetellCall::theTranscriptIsReadInItsOrder()
{
    using Role = TranscriptItem::Role;
    const QList<TranscriptItem> items = read(kCall).items;
    QCOMPARE(items.size(), 8);
    QVERIFY(items[0].role == Role::Agent && items[0].isSpoken());
    QVERIFY(items[0].at == 700ms);
    QVERIFY(items[1].words.front().end == 2250ms);
    QVERIFY(items[2].role == Role::ToolInvocation);
    QCOMPARE(items[2].toolArguments, QStringLiteral("{\"a\":1}"));
    QCOMPARE(items[3].isSuccessful, std::optional(true));
    QCOMPARE(items[4].newNode, QStringLiteral("close"));
    QVERIFY(items[5].role == Role::Dtmf && !items[5].isSpoken());
    QCOMPARE(items[5].content, QStringLiteral("5"));
    QVERIFY(items[6].at == 12500ms);
    QVERIFY(items[7].role == Role::Unknown);
    QCOMPARE(items[7].roleWord, QStringLiteral("of_tomorrow"));
    // Without tool calls the plain one is taken.
    Json plain = core::parseJson(kCall).value();
    plain.erase("transcript_with_tool_calls");
    QCOMPARE(readCall(plain)->items.size(), 1);
}

void TestRetellCall::costsAreExactCents()
{
    const CallCost cost = read(kCall).cost.value();
    QCOMPARE(decimal(cost.combined), QStringLiteral("70.125"));
    QCOMPARE(cost.totalSeconds, std::optional<qint64>(60));
    QCOMPARE(decimal(cost.totalUnitPrice), QStringLiteral("1"));
    // Nineteen decimals, as JavaScript writes them: cut off, not refused.
    QCOMPARE(decimal(cost.products[0].unitPrice), QStringLiteral("0.001666666666666666"));
    QCOMPARE(decimal(cost.products[1].cost), QStringLiteral("10.5"));
    QVERIFY(cost.products[1].isTransferLeg);
    QVERIFY(!cost.products[1].unitPrice);
}

void TestRetellCall::centsBecomeMicroDollars_data()
{
    QTest::addColumn<QString>("cents");
    QTest::addColumn<qint64>("micros");
    QTest::newRow("nothing") << QStringLiteral("0") << qint64(0);
    QTest::newRow("whole") << QStringLiteral("70") << qint64(700'000);
    QTest::newRow("a micro-dollar") << QStringLiteral("0.0001") << qint64(1);
    QTest::newRow("less is one") << QStringLiteral("0.00000001") << qint64(1);
    QTest::newRow("rounded up") << QStringLiteral("11.66666666666667") << qint64(116'667);
    QTest::newRow("not rounded") << QStringLiteral("70.1250") << qint64(701'250);
    QTest::newRow("the most") << QStringLiteral("999999999999.9999")
                              << qint64(9'999'999'999'999'999);
}

void TestRetellCall::centsBecomeMicroDollars()
{
    QFETCH(const QString, cents);
    QFETCH(const qint64, micros);
    QCOMPARE(moneyOfCents(core::Decimal::parse(cents).value()).micros(), micros);
}

void TestRetellCall::stringsForNumbersAndNulls()
{
    const Call call =
        read(R"({"call_id":"c","agent_version":"3","start_timestamp":"1703302407333",)"
             R"("end_timestamp":null,"duration_ms":"21522.9","transcript":null,)"
             R"("call_cost":{"combined_cost":"70","product_costs":null},)"
             R"("call_analysis":{"in_voicemail":"true"},"metadata":null})");
    QCOMPARE(call.agentVersion, std::optional<qint64>(3));
    QVERIFY(call.startedAt == Timestamp(1703302407333ms));
    QVERIFY(!call.endedAt);
    QVERIFY(call.duration == 21522ms);
    QCOMPARE(decimal(call.cost->combined), QStringLiteral("70"));
    QCOMPARE(call.analysis->inVoicemail, std::optional(true));
    QVERIFY(call.metadata.is_object());
}

void TestRetellCall::everyReasonHasItsStatus()
{
    const auto reasons = disconnectionReasons();
    QCOMPARE(reasons.size(), size_t(34));
    QHash<CallStatus, int> counts;
    for (const ReasonFacts &facts : reasons) {
        const auto found = disconnectionOf(facts.word);
        QVERIFY(found && found->reason == facts.reason);
        QCOMPARE(word(facts.reason), facts.word);
        ++counts[statusAfter(facts.reason)];
    }
    QCOMPARE(counts[CallStatus::Ended], 12);
    QCOMPARE(counts[CallStatus::NotConnected], 9);
    QCOMPARE(counts[CallStatus::Error], 13);
}

void TestRetellCall::anUnknownReasonKeepsItsText()
{
    const Call call = read(R"({"call_id":"c","disconnection_reason":"machine_detected"})");
    QVERIFY(call.disconnection->reason == DisconnectionReason::Unknown);
    QCOMPARE(call.disconnection->text, QStringLiteral("machine_detected"));
    QVERIFY(call.isOver());
    QVERIFY(!read(R"({"disconnection_reason":""})").disconnection);
}

void TestRetellCall::theReasonWinsOverTheStatus()
{
    const Call call = read(
        R"({"call_status":"registered","disconnection_reason":"dial_busy","duration_ms":900})");
    QVERIFY(call.status == CallStatus::Registered);
    QVERIFY(call.settledStatus() == CallStatus::NotConnected);
    QVERIFY(call.isOver());
    QVERIFY(!call.wasConnected());
    const Call unknown = read(R"({"call_status":"ended","disconnection_reason":"of_tomorrow"})");
    QVERIFY(unknown.settledStatus() == CallStatus::Ended);
}

void TestRetellCall::onlyACallThatTookTimeWasConnected()
{
    QVERIFY(!read(R"({"call_status":"registered"})").wasConnected());
    QVERIFY(read(R"({"call_status":"ongoing"})").wasConnected());
    QVERIFY(!read(R"({"call_status":"ongoing"})").isOver());
    QVERIFY(!read(R"({"call_status":"error","start_timestamp":1,"duration_ms":0})").wasConnected());
    QVERIFY(read(R"({"call_status":"error","start_timestamp":1})").wasConnected());
    QVERIFY(read(R"({"disconnection_reason":"user_hangup","duration_ms":10})").wasConnected());
}

void TestRetellCall::everyEventIsKnown_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *word, EventKind kind) {
        QTest::newRow(word) << QString::fromLatin1(word) << int(kind);
    };
    row("call_started", EventKind::CallStarted);
    row("call_ended", EventKind::CallEnded);
    row("call_analyzed", EventKind::CallAnalyzed);
    row("transcript_updated", EventKind::TranscriptUpdated);
    row("transfer_started", EventKind::TransferStarted);
    row("transfer_bridged", EventKind::TransferBridged);
    row("transfer_cancelled", EventKind::TransferCancelled);
    row("transfer_ended", EventKind::TransferEnded);
    row("call_inbound", EventKind::CallInbound);
    row("call_of_tomorrow", EventKind::Unknown);
}

void TestRetellCall::everyEventIsKnown()
{
    QFETCH(const QString, word);
    QFETCH(const int, kind);
    const auto event = parseEvent(eventOf(word.toLatin1().constData()));
    QCOMPARE(int(event->kind), kind);
    QCOMPARE(event->event, word);
    QCOMPARE(event->call.callId, QStringLiteral("Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6"));
    if (event->kind != EventKind::Unknown)
        QCOMPARE(QString(providers::retell::word(event->kind)), word);
}

void TestRetellCall::theCallIsFoundUnderItsOlderNames()
{
    const auto old = parseEvent(R"({"event":"call_ended","data":{"call_id":"c1"}})");
    QCOMPARE(old->call.callId, QStringLiteral("c1"));
    const auto inbound = parseEvent(R"({"event":"call_inbound","event_timestamp":1703302407333,)"
                                    R"("call_inbound":{"from_number":"+12137771234"}})");
    QCOMPARE(inbound->call.fromNumber, QStringLiteral("+12137771234"));
    QVERIFY(inbound->sentAt == Timestamp(1703302407333ms));
    const auto beside =
        parseEvent(R"({"event":"transcript_updated","call":{"call_id":"c1"},)"
                   R"("transcript_with_tool_calls":[{"role":"user","content":"hello"}]})");
    QCOMPARE(beside->call.items.size(), 1);
    QVERIFY(parseEvent(R"({"event":"call_ended"})")->call.callId.isEmpty());
}

void TestRetellCall::aTransferSaysWhereTo()
{
    const auto event = parseEvent(R"({"event":"transfer_started","call":{"call_id":"c"},)"
                                  R"("transfer_destination":{"number":"+12137771234"}})");
    QCOMPARE(event->transferDestination, QStringLiteral("+12137771234"));
}

void TestRetellCall::onlyAnObjectIsACall()
{
    for (const char *body : {"", "null", "[]", "1", "\"call\"", "{", "{\"a\":}"}) {
        QVERIFY(!parseCall(body));
        QVERIFY(!parseEvent(body));
    }
    QVERIFY(parseCall("{}")->status == CallStatus::Unknown);
}

void TestRetellCall::noMutationHarms()
{
    int looked = 0;
    tests::mutate(eventOf("call_analyzed"), [&](const Json &json) {
        const auto event = readEvent(json);
        QVERIFY(event.has_value());
        const Call &call = event->call;
        // Whatever came, what is derived from it agrees with itself.
        QVERIFY(!call.disconnection || call.isOver());
        QVERIFY(call.settledStatus() != CallStatus::NotConnected || !call.wasConnected());
        QVERIFY(!call.duration || call.duration->count() >= 0);
        if (call.cost && call.cost->combined)
            QVERIFY(!moneyOfCents(*call.cost->combined).isNegative());
        ++looked;
    });
    QVERIFY(looked > 1500);
}

void TestRetellCall::everyCutBodyIsBadInput()
{
    for (qsizetype size = 0; size < kCall.size(); ++size)
        QVERIFY(!parseCall(kCall.left(size)));
}

REGISTER_TEST(TestRetellCall);

} // namespace tst_retell_call

#include "tst_retell_call.moc"
