#include "tests/providers/simulator_calls.h"
#include "tests/support/test_main.h"

namespace tst_retell_simulator {

using namespace providers::retell;
using namespace std::chrono_literals;
using tests::CallStage;
using tests::retellOptions;
using tests::toAnswer;
using tests::WebAnswer;

class TestRetellSimulator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theKeyIsDemanded();
    void aCallGoesFromRegisteredToAnalyzed();
    void everyReasonEndsAsTheSheetSays_data();
    void everyReasonEndsAsTheSheetSays();
    void theNumberDecidesTheReason();
    void wrongDialsAreRefused_data();
    void wrongDialsAreRefused();
    void stopEndsACallAtOnceAndOnlyOnce();
    void stopMayBeRefusedWhileItRings();
    void noCallIsLongerThanItMayBe();
    void storageOfOneCallMayDiffer();
    void theLimitRefusesAtOnceOrLate_data();
    void theLimitRefusesAtOnceOrLate();
    void tooManyDialsASecondAre429();
    void afterAFaultTheDialsAreKnown_data();
    void afterAFaultTheDialsAreKnown();
    void aSlowAnswerComesAfterItsDial();
    void aClosedDoorRefusesConnections();
    void callsAreFoundByTheirMetadata();
    void listFiltersAreStrict();
    void theCostIsToTheSecondOrAsPlanned();
    void recordingsDie();
    void enginesAgentsAndVersions();
    void assetsAreListedAndBound();
    void anAgentOfAnEarlierRunIsTakenIfAllowed();
};

void TestRetellSimulator::theKeyIsDemanded()
{
    CallStage stage;
    const WebAnswer wrong = stage.retell(getConcurrency(), "another");
    QCOMPARE(wrong.status, 401);
    QCOMPARE(wrong.json["status"], Json("error"));
    QCOMPARE(stage.request("GET", QStringLiteral("/v2/get-call/x")).status, 401);
    QCOMPARE(stage.retell(getApiKeyInfo()).json["api_key_name"], Json("simulated"));
    QCOMPARE(stage.violations(), 2);
    const WebAnswer none = stage.request("POST", QStringLiteral("/v1/create-phone-call"), "{}",
                                         {{"Authorization", "Bearer " + tests::kRetellKey}});
    QCOMPARE(none.status, 404);
    QCOMPARE(stage.violations(), 3);
}

void TestRetellSimulator::aCallGoesFromRegisteredToAnalyzed()
{
    CallStage stage;
    const QString id = stage.dial({QStringLiteral("talk(100)"), QStringLiteral("ring(2)")});
    QVERIFY(!id.isEmpty());
    QVERIFY(stage.call(id).status == CallStatus::Registered);
    stage.clock.advance(3s);
    QTRY_VERIFY(stage.call(id).status == CallStatus::Ongoing);
    QVERIFY(!stage.call(id).isOver());
    stage.clock.advance(100s);
    QTRY_VERIFY(stage.call(id).isOver());
    const Call ended = stage.call(id);
    QVERIFY(ended.settledStatus() == CallStatus::Ended);
    QVERIFY(ended.duration == 100s);
    QVERIFY(ended.endedAt == *ended.startedAt + 100s);
    QVERIFY(!ended.analysis);
    stage.clock.advance(10s);
    QTRY_VERIFY(stage.call(id).analysis.has_value());
    const Call whole = stage.call(id);
    QCOMPARE(core::textMember(whole.metadata, "attempt"), QStringLiteral("a-1"));
    QCOMPARE(whole.items.size(), 4);
    QVERIFY(whole.transcript.startsWith(u"Agent: Hello"));
    QCOMPARE(stage.violations(), 0);
}

void TestRetellSimulator::everyReasonEndsAsTheSheetSays_data()
{
    QTest::addColumn<QString>("reason");
    for (const ReasonFacts &facts : disconnectionReasons())
        QTest::newRow(facts.word.data()) << QString(facts.word);
}

void TestRetellSimulator::everyReasonEndsAsTheSheetSays()
{
    QFETCH(const QString, reason);
    CallStage stage;
    const QString id = stage.dial({QStringLiteral("reason=") + reason});
    stage.clock.advance(10min);
    QTRY_VERIFY(stage.call(id).analysis.has_value());
    const Call call = stage.call(id);
    QCOMPARE(call.disconnection->text, reason);
    QVERIFY(call.status == statusAfter(call.disconnection->reason));
    QVERIFY(call.status == CallStatus::Error ||
            call.wasConnected() == (call.status == CallStatus::Ended));
    QCOMPARE(call.cost->combined->isZero(), !call.wasConnected());
    const QStringList expected =
        call.wasConnected()
            ? QStringList{QStringLiteral("call_started"), QStringLiteral("call_ended"),
                          QStringLiteral("call_analyzed")}
            : QStringList{QStringLiteral("call_ended"), QStringLiteral("call_analyzed")};
    QTRY_COMPARE(stage.told(), expected);
    for (qsizetype i = 0; i < expected.size(); ++i)
        QVERIFY(stage.verdict(i) == SignatureVerdict::Valid);
}

void TestRetellSimulator::theNumberDecidesTheReason()
{
    CallStage stage;
    const QString busy = stage.dial({}, QStringLiteral("+33612345612"));
    const QString talk = stage.dial({}, QStringLiteral("+33612345634"));
    stage.clock.advance(2min);
    QTRY_VERIFY(stage.call(talk).isOver());
    QVERIFY(stage.call(busy).disconnection->reason == DisconnectionReason::DialBusy);
    QVERIFY(stage.call(talk).disconnection->reason == DisconnectionReason::AgentHangup);
}

void TestRetellSimulator::wrongDialsAreRefused_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *member, int status) {
        QTest::newRow(name) << QByteArray(member) << status;
    };
    row("no E.164", R"("to_number":"0612345678")", 400);
    row("to is no text", R"("to_number":33612345678)", 400);
    row("foreign from", R"("from_number":"+14155550999")", 422);
    row("unknown agent", R"("override_agent_id":"agent_2")", 422);
    row("unknown version", R"("override_agent_version":7)", 422);
    row("unknown field", R"("schedule":5)", 400);
    row("variables no texts", R"("retell_llm_dynamic_variables":{"age":5})", 400);
    row("metadata no object", R"("metadata":"x")", 400);
    row("too short a call", R"("agent_override":{"agent":{"max_call_duration_ms":59999}})", 400);
    row("unknown setting", R"("agent_override":{"agent":{"max_duration":60000}})", 400);
    row("prompt overridden", R"("agent_override":{"retell_llm":{"general_prompt":"x"}})", 400);
    row("foreign hook", R"("agent_override":{"agent":{"webhook_url":"https://evil.net/"}})", 400);
}

void TestRetellSimulator::wrongDialsAreRefused()
{
    QFETCH(const QByteArray, member);
    QFETCH(const int, status);
    CallStage stage;
    Json body = createPhoneCall(CallStage::dialOf())->body;
    body.update(Json::parse(QByteArray('{' + member + '}').toStdString()));
    Request request = *createPhoneCall(CallStage::dialOf());
    request.body = body;
    QCOMPARE(stage.retell(request).status, status);
    request.body.erase("to_number");
    QCOMPARE(stage.retell(request).status, 400);
    QCOMPARE(stage.dials(), 0);
    QVERIFY(stage.violations() >= 1);
}

void TestRetellSimulator::stopEndsACallAtOnceAndOnlyOnce()
{
    CallStage stage;
    const QString id = stage.dial({QStringLiteral("talk(100)")});
    stage.clock.advance(12s);
    QTRY_VERIFY(stage.call(id).status == CallStatus::Ongoing);
    QCOMPARE(stage.retell(stopCall(id)).status, 204);
    const Call stopped = stage.call(id);
    QVERIFY(stopped.disconnection->reason == DisconnectionReason::ManualStopped);
    QVERIFY(stopped.duration == 10s);
    QCOMPARE(stage.retell(stopCall(id)).status, 400);
    QCOMPARE(stage.retell(stopCall(QStringLiteral("call_0"))).status, 422);
    stage.clock.advance(5min);
    QTRY_COMPARE(stage.told().size(), 3); // the end that was planned does not come as well
    QVERIFY(stage.call(id).disconnection->reason == DisconnectionReason::ManualStopped);
    QCOMPARE(stage.violations(), 0);
}

void TestRetellSimulator::stopMayBeRefusedWhileItRings()
{
    CallStage stage;
    const QString id =
        stage.dial({QStringLiteral("talk(100)"), QStringLiteral("no_stop_while_ringing")});
    QCOMPARE(stage.retell(stopCall(id)).status, 400);
    QVERIFY(stage.call(id).status == CallStatus::Registered);
    stage.clock.advance(12s);
    QTRY_VERIFY(stage.call(id).status == CallStatus::Ongoing);
    QCOMPARE(stage.retell(stopCall(id)).status, 204);
    QVERIFY(stage.call(id).disconnection->reason == DisconnectionReason::ManualStopped);
    QCOMPARE(stage.violations(), 0);
}

void TestRetellSimulator::noCallIsLongerThanItMayBe()
{
    CallStage stage;
    stage.act("retell/plans", {{"steps", {"talk(500)"}}});
    CreatePhoneCall dial = CallStage::dialOf();
    dial.agentOverride.callDurationMax = 90s;
    const WebAnswer answer = stage.retell(*createPhoneCall(dial));
    const QString id = core::textMember(answer.json, "call_id").value();
    stage.clock.advance(3min);
    QTRY_VERIFY(stage.call(id).isOver());
    QVERIFY(stage.call(id).duration == 90s);
    QVERIFY(stage.call(id).disconnection->reason == DisconnectionReason::MaxDurationReached);
}

void TestRetellSimulator::storageOfOneCallMayDiffer()
{
    CallStage stage;
    for (const char *setting : {"everything", "basic_attributes_only"}) {
        CreatePhoneCall dial = CallStage::dialOf();
        dial.agentOverride.dataStorageSetting = QString::fromLatin1(setting);
        QCOMPARE(stage.retell(*createPhoneCall(dial)).status, 201);
    }
}

void TestRetellSimulator::theLimitRefusesAtOnceOrLate_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("reason");
    QTest::newRow("limit") << QByteArray(R"({"retell_concurrency":1})") << 429 << QString();
    QTest::newRow("limit, late") << QByteArray(
                                        R"({"retell_concurrency":1,"retell_refusal":"late"})")
                                 << 201 << QStringLiteral("concurrency_limit_reached");
    QTest::newRow("credit") << QByteArray(R"({"retell_credit":false})") << 402 << QString();
    QTest::newRow("credit, late") << QByteArray(
                                         R"({"retell_credit":false,"retell_refusal":"late"})")
                                  << 201 << QStringLiteral("no_valid_payment");
}

void TestRetellSimulator::theLimitRefusesAtOnceOrLate()
{
    QFETCH(const QByteArray, settings);
    QFETCH(const int, status);
    QFETCH(const QString, reason);
    CallStage stage;
    QVERIFY(!stage.dial({QStringLiteral("talk(600)")}).isEmpty());
    QCOMPARE(stage.act("settings", core::parseJson(settings).value()).status, 200);
    const WebAnswer answer = stage.retell(*createPhoneCall(CallStage::dialOf()));
    QCOMPARE(answer.status, status);
    QCOMPARE(stage.dials(), status == 201 ? 2 : 1);
    QCOMPARE(stage.violations(), 0);
    if (status != 201)
        return;
    stage.clock.advance(10s);
    const QString id = core::textMember(answer.json, "call_id").value();
    QTRY_VERIFY(stage.call(id).isOver());
    QCOMPARE(stage.call(id).disconnection->text, reason);
    QVERIFY(!stage.call(id).wasConnected());
}

void TestRetellSimulator::tooManyDialsASecondAre429()
{
    simulator::Options options = retellOptions();
    options.retellDialRate = 1;
    CallStage stage(options);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!stage.dial().isEmpty());
    QVERIFY(stage.dial().isEmpty());
    stage.clock.advance(1s);
    QVERIFY(!stage.dial().isEmpty());
    QCOMPARE(stage.dials(), 4);
    QCOMPARE(stage.violations(), 0);
}

void TestRetellSimulator::afterAFaultTheDialsAreKnown_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("dials");
    const auto row = [](const char *name, const char *fault, int status, int dials) {
        QTest::newRow(name) << QByteArray(fault) << status << dials;
    };
    row("500 before", R"({"status":500})", 500, 0);
    row("500 after", R"({"status":500,"apply":true})", 500, 1);
    row("429", R"({"status":429,"retry_after":3})", 429, 0);
    row("402", R"({"status":402})", 402, 0);
    row("hung up before", R"({"hang_up":"before"})", 0, 0);
    row("hung up after", R"({"hang_up":"after"})", 0, 1);
}

void TestRetellSimulator::afterAFaultTheDialsAreKnown()
{
    QFETCH(const QByteArray, fault);
    QFETCH(const int, status);
    QFETCH(const int, dials);
    CallStage stage;
    Json description = core::parseJson(fault).value();
    description["route"] = "retell.createPhoneCall";
    QCOMPARE(stage.act("faults", description).status, 200);
    QCOMPARE(stage.dialOnce(), status);
    QCOMPARE(stage.dials(), dials);
    const Json seen = stage.see("retell/requests?route=createPhoneCall");
    QCOMPARE(seen["count"], Json(1));
    QCOMPARE(seen["requests"][0]["applied"], Json(dials == 1));
    QCOMPARE(seen["requests"][0]["body"]["metadata"]["attempt"], Json("a-1"));
    QVERIFY(!stage.dial().isEmpty()); // the fault was for one only
}

void TestRetellSimulator::aSlowAnswerComesAfterItsDial()
{
    CallStage stage;
    stage.act("faults", {{"route", "retell.createPhoneCall"}, {"delay_ms", 60'000}});
    const auto dial = *createPhoneCall(CallStage::dialOf());
    QNetworkRequest request(QUrl(
        QStringLiteral("http://127.0.0.1:%1/v2/create-phone-call").arg(stage.running->port())));
    request.setRawHeader("Authorization", "Bearer " + tests::kRetellKey);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    const std::unique_ptr<QNetworkReply> reply(stage.network.post(request, dial.bodyBytes()));
    QTRY_COMPARE(stage.dials(), 1);
    stage.clock.advance(3s);
    // A webhook comes before the answer does.
    QTRY_COMPARE(stage.told(), QStringList{QStringLiteral("call_started")});
    QVERIFY(!reply->isFinished());
    stage.clock.advance(60s);
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(tests::SimulatorStage::answerOf(*reply).status, 201);
}

void TestRetellSimulator::aClosedDoorRefusesConnections()
{
    CallStage stage;
    const auto ask = [&stage](int port) {
        QNetworkRequest request(
            QUrl(QStringLiteral("http://127.0.0.1:%1/get-concurrency").arg(port)));
        request.setRawHeader("Authorization", "Bearer " + tests::kRetellKey);
        const std::unique_ptr<QNetworkReply> reply(stage.network.get(request));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        return reply->isFinished() || finished.wait(10'000) ? reply->error()
                                                            : QNetworkReply::TimeoutError;
    };
    const int port = stage.act("retell/door", {{"open", true}}).json["port"].get<int>();
    QCOMPARE(ask(port), QNetworkReply::NoError);
    stage.act("retell/door", {{"open", false}});
    stage.network.clearConnectionCache();
    QCOMPARE(ask(port), QNetworkReply::ConnectionRefusedError);
    QCOMPARE(stage.act("retell/door", {{"open", true}}).json["port"], Json(port));
    QCOMPARE(ask(port), QNetworkReply::NoError);
}

void TestRetellSimulator::callsAreFoundByTheirMetadata()
{
    CallStage stage;
    const QString first = stage.dial();
    stage.dial({}, QStringLiteral("+33612345677"));
    const auto ask = [&stage](const CallFilter &filter, int limit = 50) {
        return *parseCallList(toAnswer(
            stage.retell(*listCalls({.filter = filter, .limit = limit, .includesTotal = true}))));
    };
    const auto both = ask({.metadata = {{QStringLiteral("attempt"), QStringLiteral("a-1")}}});
    QCOMPARE(both.items.size(), 2);
    QCOMPARE(both.items.back().callId, first); // the newest is first
    QCOMPARE(ask({.metadata = {{QStringLiteral("attempt"), QStringLiteral("a-2")}}}).items.size(),
             0);
    const auto one = ask({.toNumber = QStringLiteral("+33612345699")});
    QCOMPARE(one.items.size(), 1);
    QCOMPARE(one.items.front().callId, first);
    const auto page = ask({}, 1);
    QVERIFY(page.hasMore && page.total == 2);
    const auto rest = parseCallList(
        toAnswer(stage.retell(*listCalls({.limit = 1, .paginationKey = page.paginationKey}))));
    QCOMPARE(rest->items.front().callId, first);
    QVERIFY(!rest->hasMore);
    QCOMPARE(stage.see("retell/calls?metadata_key=attempt&metadata_value=a-1")["dials"], Json(2));
    QCOMPARE(stage.see("retell/calls?to=%2B33612345699")["dials"], Json(1));
    stage.clock.advance(3s);
    QTRY_VERIFY(stage.call(first).status == CallStatus::Ongoing);
    QCOMPARE(ask({.statuses = {CallStatus::Ongoing}}).items.size(), 2);
    QCOMPARE(ask({.startedFrom = stage.clock.now()}).items.size(), 0);
    QCOMPARE(stage.violations(), 0);
}

void TestRetellSimulator::listFiltersAreStrict()
{
    CallStage stage;
    Request request = *listCalls({});
    for (const char *filter :
         {R"({"call_status":["ended"]})", R"({"start_timestamp":{"upper_threshold":5}})",
          R"({"call_status":{"type":"enum","op":"in","value":["registered"]}})",
          R"({"no_such":{"type":"string","op":"eq","value":"x"}})",
          R"({"metadata":{"type":"string","op":"eq","value":"x"}})"}) {
        request.body = {{"filter_criteria", core::parseJson(filter).value()}};
        QCOMPARE(stage.retell(request).status, 400);
    }
    QCOMPARE(stage.violations(), 5);
}

void TestRetellSimulator::theCostIsToTheSecondOrAsPlanned()
{
    CallStage stage; // 7 cents a minute
    const QString usual = stage.dial({QStringLiteral("talk(60)")});
    const QString dear = stage.dial({QStringLiteral("talk(60)"), QStringLiteral("cost(812.5)")});
    const QString odd = stage.dial({QStringLiteral("talk(10)")});
    stage.clock.advance(2min);
    QTRY_VERIFY(stage.call(odd).isOver() && stage.call(dear).isOver());
    QCOMPARE(moneyOfCents(*stage.call(usual).cost->combined).toString(), QStringLiteral("0.07"));
    QCOMPARE(moneyOfCents(*stage.call(dear).cost->combined).toString(), QStringLiteral("8.125"));
    QCOMPARE(moneyOfCents(*stage.call(odd).cost->combined).toString(), QStringLiteral("0.011667"));
}

void TestRetellSimulator::recordingsDie()
{
    CallStage stage;
    const QString id =
        stage.dial({QStringLiteral("talk(5)"), QStringLiteral("recording_dies(600)")});
    stage.clock.advance(20s);
    QTRY_VERIFY(stage.call(id).isOver());
    const QUrl url(stage.call(id).recordingUrl);
    QCOMPARE(url.port(), int(stage.running->port()));
    QCOMPARE(stage.request("GET", url.path()).status, 200);
    stage.clock.advance(10min);
    QCOMPARE(stage.request("GET", url.path()).status, 404);
}

void TestRetellSimulator::enginesAgentsAndVersions()
{
    CallStage stage;
    const auto engine = parseEngine(toAnswer(stage.retell(
        *createEngine({.generalPrompt = QStringLiteral("Ask."),
                       .tools = Json::array({endCallTool(QStringLiteral("done"))})}))));
    QVERIFY(engine.has_value());
    AgentSettings settings{.name = QStringLiteral("Script"),
                           .voiceId = QStringLiteral("11labs-Chloe"),
                           .language = QStringLiteral("fr-FR"),
                           .engine = ResponseEngine{.id = engine->engineId},
                           .callDurationMax = 10min};
    const auto agent = parseAgent(toAnswer(stage.retell(*createAgent(settings))));
    QVERIFY(agent.has_value());
    QCOMPARE(agent->version, std::optional<qint64>(0));
    QCOMPARE(stage.retell(publishAgentVersion(agent->agentId, 0)).status, 200);
    const auto second = parseAgent(toAnswer(stage.retell(createAgentVersion(agent->agentId, 0))));
    QCOMPARE(second->version, std::optional<qint64>(1));
    const auto renamed = parseAgent(
        toAnswer(stage.retell(*updateAgent(agent->agentId, {.name = QStringLiteral("Other")}))));
    QCOMPARE(renamed->version, std::optional<qint64>(1));
    const auto first = parseAgent(toAnswer(stage.retell(getAgent(agent->agentId, 0))));
    QCOMPARE(first->name, QStringLiteral("Script"));
    QCOMPARE(first->isPublished, std::optional(true));
    CreatePhoneCall dial = CallStage::dialOf();
    dial.agentId = agent->agentId;
    dial.agentVersion = QStringLiteral("latest_published");
    QCOMPARE(stage.retell(*createPhoneCall(dial)).json["agent_version"], Json(0));

    settings.engine->id = QStringLiteral("llm_none");
    QCOMPARE(stage.retell(*createAgent(settings)).status, 422);
    settings.engine->id = engine->engineId;
    settings.voiceId = QStringLiteral("nobody");
    QCOMPARE(stage.retell(*createAgent(settings)).status, 422);
    QCOMPARE(stage.retell(deleteAgent(agent->agentId)).status, 204);
    QCOMPARE(stage.retell(getAgent(agent->agentId)).status, 422);
    QCOMPARE(stage.violations(), 0);
}

void TestRetellSimulator::assetsAreListedAndBound()
{
    CallStage stage;
    const auto voices = parseVoiceList(toAnswer(stage.retell(listVoices())));
    QVERIFY(voices->items.size() >= 4);
    QCOMPARE(parseVoice(toAnswer(stage.retell(getVoice(voices->items[0].voiceId))))->name,
             voices->items[0].name);
    const auto agents = parseAgentList(toAnswer(stage.retell(listAgents(10))));
    QCOMPARE(agents->items.front().agentId, QStringLiteral("agent_1"));
    const auto numbers = parsePhoneNumberList(toAnswer(stage.retell(listPhoneNumbers(10))));
    const QString number = numbers->items.front().number;

    CreatePhoneCall dial = CallStage::dialOf();
    dial.agentId.clear();
    QCOMPARE(stage.retell(*createPhoneCall(dial)).status, 400);
    stage.retell(bindPhoneNumber(number, QStringLiteral("agent_1"), {}));
    QCOMPARE(stage.retell(*createPhoneCall(dial)).json["agent_id"], Json("agent_1"));
    const auto bound = parsePhoneNumber(toAnswer(stage.retell(getPhoneNumber(number))));
    QCOMPARE(bound->outboundAgents.front().agentId, QStringLiteral("agent_1"));
    const auto concurrency = parseConcurrency(toAnswer(stage.retell(getConcurrency())));
    QCOMPARE(concurrency->current, std::optional<qint64>(1));
    QCOMPARE(concurrency->outboundLimit(), std::optional<qint64>(20));
}

void TestRetellSimulator::anAgentOfAnEarlierRunIsTakenIfAllowed()
{
    simulator::Options options = retellOptions();
    options.retellTakesAnyAgent = true;
    CallStage stage(options);
    stage.act("settings", {{"retell_webhook_url", stage.receiver.url()}});
    CreatePhoneCall dial = CallStage::dialOf();
    dial.agentId = QStringLiteral("agent_of_yesterday");
    QCOMPARE(stage.retell(*createPhoneCall(dial)).status, 201);
    stage.clock.advance(3s);
    QTRY_COMPARE(stage.told(), QStringList{QStringLiteral("call_started")});
}

REGISTER_TEST(TestRetellSimulator);

} // namespace tst_retell_simulator

#include "tst_retell_simulator.moc"
