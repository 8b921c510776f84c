#include "providers/retell/call_requests.h"
#include "tests/providers/mutation.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_retell_requests {

using namespace providers::retell;
using namespace std::chrono_literals;

class TestRetellRequests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDialSaysOnlyWhatIsGiven();
    void aDialCarriesItsOverrides();
    void wrongDialsAreRefused_data();
    void wrongDialsAreRefused();
    void numbersAreE164_data();
    void numbersAreE164();
    void callsAreFilteredByTypedObjects();
    void pathsAreEncodedButForThePlus();
    void whatMakesOrDialsIsNeverRepeated_data();
    void whatMakesOrDialsIsNeverRepeated();
    void aStoredRequestIsTheSameAgain();
    void agentsAreBuiltAndRead();
    void enginesAreBuiltAndRead();
    void voicesAreABareArray();
    void numbersHaveTheirAgents();
    void refusalsAreByStatus_data();
    void refusalsAreByStatus();
    void anAnswerWithoutAnIdIsUnknown();
    void callListsComeInBothShapes();
    void concurrencyIsWithoutTheBurst();
    void noMutatedAnswerHarms();
};

namespace {

CreatePhoneCall dial()
{
    return {.fromNumber = QStringLiteral("+14155550100"),
            .toNumber = QStringLiteral("+33612345678"),
            .agentId = QStringLiteral("agent_1")};
}

ApiAnswer good(const QByteArray &body)
{
    return {.httpStatus = 200, .body = body};
}

} // namespace

void TestRetellRequests::aDialSaysOnlyWhatIsGiven()
{
    const auto request = createPhoneCall(dial());
    QCOMPARE(request->method->verb, QByteArray("POST"));
    QCOMPARE(request->path(), QByteArray("/v2/create-phone-call"));
    QCOMPARE(request->bodyBytes(),
             QByteArray(R"({"from_number":"+14155550100","override_agent_id":"agent_1",)"
                        R"("to_number":"+33612345678"})"));
}

void TestRetellRequests::aDialCarriesItsOverrides()
{
    CreatePhoneCall call = dial();
    call.agentVersion = QStringLiteral("3");
    call.agentOverride.callDurationMax = 90s;
    call.engineOverride.beginMessage = QString();
    call.metadata = {{"attempt", "a-1"}, {"lane", "customer:7"}};
    call.dynamicVariables = {{QStringLiteral("name"), QStringLiteral("Anna")}};
    Json body = createPhoneCall(call)->body;
    QCOMPARE(body["override_agent_version"], Json(3));
    QCOMPARE(body["agent_override"], (Json{{"agent", {{"max_call_duration_ms", 90'000}}},
                                           {"retell_llm", {{"begin_message", ""}}}}));
    QCOMPARE(body["metadata"]["lane"], Json("customer:7"));
    QCOMPARE(body["retell_llm_dynamic_variables"], (Json{{"name", "Anna"}}));
    call.agentVersion = QStringLiteral("latest_published");
    QCOMPARE(createPhoneCall(call)->body["override_agent_version"], Json("latest_published"));
}

void TestRetellRequests::wrongDialsAreRefused_data()
{
    QTest::addColumn<int>("which");
    for (const auto &[name, which] :
         {std::pair("to", 0), std::pair("from", 1), std::pair("metadata no object", 2),
          std::pair("metadata too big", 3), std::pair("version", 4), std::pair("too long", 5),
          std::pair("too short", 6), std::pair("prompt overridden", 7)})
        QTest::newRow(name) << which;
}

void TestRetellRequests::wrongDialsAreRefused()
{
    QFETCH(const int, which);
    CreatePhoneCall call = dial();
    switch (which) {
    case 0: call.toNumber = QStringLiteral("0612345678"); break;
    case 1: call.fromNumber.clear(); break;
    case 2: call.metadata = Json::array(); break;
    case 3: call.metadata = {{"big", std::string(50'000, 'x')}}; break;
    case 4: call.agentVersion = QStringLiteral("No Such"); break;
    case 5: call.agentOverride.callDurationMax = 3h; break;
    case 6: call.agentOverride.callDurationMax = 59'999ms; break;
    case 7: call.engineOverride.generalPrompt = QStringLiteral("x"); break;
    }
    const auto request = createPhoneCall(call);
    QVERIFY(!request);
    QVERIFY(request.error().code == ErrorCode::BadInput);
    QVERIFY(!request.error().detail.contains(u"612345678"));
}

void TestRetellRequests::numbersAreE164_data()
{
    QTest::addColumn<bool>("isGood");
    QTest::newRow("+14155550100") << true;
    QTest::newRow("+1234567") << true;
    QTest::newRow("+123456789012345") << true;
    QTest::newRow("+1234567890123456") << false;
    QTest::newRow("+123456") << false;
    QTest::newRow("14155550100") << false;
    QTest::newRow("+04155550100") << false;
    QTest::newRow("+1415 5550100") << false;
    QTest::newRow("+١٤١٥٥٥٥٠١٠٠") << false;
}

void TestRetellRequests::numbersAreE164()
{
    QFETCH(const bool, isGood);
    const QString number = QString::fromUtf8(QTest::currentDataTag());
    QCOMPARE(isE164(number), isGood);
    QVERIFY(!isE164(number + u'\n'));
}

void TestRetellRequests::callsAreFilteredByTypedObjects()
{
    const CallFilter filter{.toNumber = QStringLiteral("+33612345678"),
                            .metadata = {{QStringLiteral("attempt"), QStringLiteral("a-1")}},
                            .statuses = {CallStatus::Ended, CallStatus::Error},
                            .startedFrom = Timestamp(1000ms),
                            .startedTo = Timestamp(2000ms)};
    Json body = listCalls({.filter = filter, .limit = 10, .includesTotal = true})->body;
    const Json expected =
        core::parseJson(R"({"to_number":{"type":"string","op":"eq","value":"+33612345678"},)"
                        R"("metadata":[{"key":"attempt","type":"string","op":"eq","value":"a-1"}],)"
                        R"("call_status":{"type":"enum","op":"in","value":["ended","error"]},)"
                        R"("start_timestamp":{"type":"range","op":"bt","value":[1000,2000]}})")
            .value();
    QCOMPARE(body["filter_criteria"], expected);
    QCOMPARE(body["limit"], Json(10));
    QCOMPARE(body["include_total"], Json(true));
    QVERIFY(!listCalls({})->body.contains("filter_criteria"));
    QVERIFY(!listCalls({.filter = {.statuses = {CallStatus::Registered}}}));
    QVERIFY(!listCalls({.filter = {.reasons = {DisconnectionReason::Unknown}}}));
    QVERIFY(!listCalls({.limit = 1001}));
}

void TestRetellRequests::pathsAreEncodedButForThePlus()
{
    QCOMPARE(getPhoneNumber(QStringLiteral("+14157774444")).path(),
             QByteArray("/get-phone-number/+14157774444"));
    QCOMPARE(getCall(QStringLiteral("a/../b?c")).path(), QByteArray("/v2/get-call/a%2F..%2Fb%3Fc"));
    QCOMPARE(getAgent(QStringLiteral("agent_1"), 4).path(),
             QByteArray("/get-agent/agent_1?version=4"));
    QCOMPARE(stopCall(QStringLiteral("c")).path(), QByteArray("/v2/stop-call/c"));
    QVERIFY(stopCall(QStringLiteral("c")).bodyBytes().isEmpty());
}

void TestRetellRequests::whatMakesOrDialsIsNeverRepeated_data()
{
    QTest::addColumn<bool>("isFree");
    for (const char *name : {"createPhoneCall", "createAgent", "createRetellLlm",
                             "createAgentVersion", "rerunCallAnalysis", "updateLiveCall"})
        QTest::newRow(name) << false;
    for (const char *name : {"getCall", "listCalls", "stopCall", "updateAgent", "getConcurrency",
                             "listVoices", "updatePhoneNumber", "deleteAgent"})
        QTest::newRow(name) << true;
}

void TestRetellRequests::whatMakesOrDialsIsNeverRepeated()
{
    QFETCH(const bool, isFree);
    const Method *method = findMethod(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(method);
    for (const int status : {0, 408, 409, 500, 502, 503})
        QCOMPARE(mayRepeat(*method, status), isFree);
    QVERIFY(mayRepeat(*method, 429));
    for (const int status : {200, 201, 400, 401, 402, 403, 404, 422})
        QVERIFY(!mayRepeat(*method, status));
}

void TestRetellRequests::aStoredRequestIsTheSameAgain()
{
    CreatePhoneCall call = dial();
    call.metadata = {{"attempt", "a-1"}};
    const QList<Request> requests = {*createPhoneCall(call), getCall(QStringLiteral("c/1")),
                                     listAgents(10, QStringLiteral("a b")),
                                     publishAgentVersion(QStringLiteral("a"), 2)};
    for (const Request &request : requests) {
        const auto stored = core::parseJson(core::toBytes(payloadOf(request)));
        const auto again = requestFrom(QString(request.method->name), *stored);
        QVERIFY(again.has_value());
        QCOMPARE(again->path(), request.path());
        QCOMPARE(again->bodyBytes(), request.bodyBytes());
        QVERIFY(again->method == request.method);
    }
    QVERIFY(!requestFrom(u"noSuchMethod", Json::object()));
    QVERIFY(!requestFrom(u"getCall", Json::object()));
    QVERIFY(!requestFrom(u"getConcurrency", {{"target", "x"}}));
    QVERIFY(!requestFrom(u"createPhoneCall", Json::array()));
}

void TestRetellRequests::agentsAreBuiltAndRead()
{
    AgentSettings settings{.name = QStringLiteral("Script 5"),
                           .voiceId = QStringLiteral("11labs-Adrian"),
                           .engine = ResponseEngine{.id = QStringLiteral("llm_1"), .version = 2},
                           .webhookEvents = QStringList{QStringLiteral("call_ended")},
                           .voicemail = VoicemailAction{.type = QStringLiteral("static_text"),
                                                        .text = QStringLiteral("Hello")},
                           .hangsUpOnMenu = true,
                           .postCallFields = {{{.name = QStringLiteral("will_come"),
                                                .description = QStringLiteral("?")}}}};
    const auto request = createAgent(settings);
    QCOMPARE(request->body["response_engine"],
             (Json{{"type", "retell-llm"}, {"llm_id", "llm_1"}, {"version", 2}}));
    QCOMPARE(request->body["voicemail_option"]["action"]["text"], Json("Hello"));
    QCOMPARE(request->body["ivr_option"]["action"]["type"], Json("hangup"));
    QCOMPARE(request->body["post_call_analysis_data"][0]["name"], Json("will_come"));

    Json body = request->body;
    body["agent_id"] = "agent_9";
    body["version"] = 0;
    body["max_call_duration_ms"] = 60'000;
    const auto agent = parseAgent({.httpStatus = 201, .body = core::toBytes(body)});
    QCOMPARE(agent->agentId, QStringLiteral("agent_9"));
    QCOMPARE(agent->engine.id, QStringLiteral("llm_1"));
    QCOMPARE(agent->webhookEvents, QStringList{QStringLiteral("call_ended")});
    QVERIFY(agent->callDurationMax == 1min);

    settings.retentionDays = 731;
    QVERIFY(!createAgent(settings));
    settings = {.voiceId = QStringLiteral("v")};
    QVERIFY(!createAgent(settings));
    QVERIFY(updateAgent(QStringLiteral("a"), settings).has_value());
}

void TestRetellRequests::enginesAreBuiltAndRead()
{
    EngineSettings settings{.generalPrompt = QStringLiteral("Ask."),
                            .beginMessage = QString(QLatin1String("")),
                            .model = QStringLiteral("gpt-4.1"),
                            .tools = Json::array({endCallTool(QStringLiteral("when done"))})};
    Json body = createEngine(settings)->body;
    QCOMPARE(body["begin_message"], Json(""));
    QCOMPARE(body["general_tools"][0]["type"], Json("end_call"));
    body["llm_id"] = "llm_1";
    const auto engine = parseEngine(good(core::toBytes(body)));
    QCOMPARE(engine->engineId, QStringLiteral("llm_1"));
    QCOMPARE(engine->beginMessage, std::optional(QString(QLatin1String(""))));
    QVERIFY(!parseEngine(good(R"({"llm_id":"l","begin_message":null})"))->beginMessage);
    settings.speechModel = QStringLiteral("gpt-realtime");
    QVERIFY(!createEngine(settings));
}

void TestRetellRequests::voicesAreABareArray()
{
    const auto voices = parseVoiceList(
        good(R"([{"voice_id":"v1","voice_name":"Ann","gender":"female","provider":"openai"},)"
             R"({"voice_name":"no id"},null,7])"));
    QCOMPARE(voices->items.size(), 1);
    QCOMPARE(voices->items[0].name, QStringLiteral("Ann"));
    QVERIFY(!voices->hasMore);
}

void TestRetellRequests::numbersHaveTheirAgents()
{
    const auto page = parsePhoneNumberList(
        good(R"({"items":[{"phone_number":"+14157774444","phone_number_type":"retell-twilio",)"
             R"("outbound_agents":[{"agent_id":"a1","agent_version":"prod","weight":0.25},)"
             R"({"agent_id":"a2","agent_version":2,"weight":0.75}],)"
             R"("allowed_outbound_country_list":["US"]}],"has_more":true,"pagination_key":"k"})"));
    const PhoneNumber &number = page->items.front();
    QCOMPARE(number.outboundAgents[1].version, QStringLiteral("2"));
    QCOMPARE(number.outboundAgents[0].weight->toString(), QStringLiteral("0.25"));
    QCOMPARE(number.outboundCountries, QStringList{QStringLiteral("US")});
    QCOMPARE(page->paginationKey, QStringLiteral("k"));
    const Request bound = bindPhoneNumber(number.number, QStringLiteral("a9"), QString());
    QCOMPARE(
        bound.bodyBytes(),
        QByteArray(R"({"inbound_agents":[],"outbound_agents":[{"agent_id":"a9","weight":1}]})"));
}

void TestRetellRequests::refusalsAreByStatus_data()
{
    QTest::addColumn<int>("refusal");
    QTest::addColumn<bool>("isTransient");
    const auto row = [](const char *status, Refusal refusal, bool isTransient) {
        QTest::newRow(status) << int(refusal) << isTransient;
    };
    row("400", Refusal::BadRequest, false);
    row("401", Refusal::Unauthorized, false);
    row("402", Refusal::PaymentRequired, false);
    row("403", Refusal::Forbidden, false);
    row("404", Refusal::NotFound, false);
    row("422", Refusal::NotFound, false);
    row("409", Refusal::Conflict, true);
    row("412", Refusal::Conflict, true);
    row("418", Refusal::BadRequest, false);
    row("429", Refusal::RateLimited, true);
    row("408", Refusal::Unavailable, true);
    row("500", Refusal::Unavailable, true);
    row("302", Refusal::Unavailable, true);
}

void TestRetellRequests::refusalsAreByStatus()
{
    QFETCH(const int, refusal);
    QFETCH(const bool, isTransient);
    const int status = QByteArray(QTest::currentDataTag()).toInt();
    const auto json = parseCallAnswer(
        {.httpStatus = status, .body = R"({"status":"error","message":"why"})", .retryAfter = 7s});
    QCOMPARE(int(json.error().refusal), refusal);
    QCOMPARE(json.error().isTransient(), isTransient);
    QCOMPARE(json.error().message, QStringLiteral("why"));
    QVERIFY(json.error().retryAfter == 7s);
    const auto html = parseDone({.httpStatus = status, .body = "<html>proxy</html>"});
    QCOMPARE(int(html.error().refusal), refusal);
}

void TestRetellRequests::anAnswerWithoutAnIdIsUnknown()
{
    for (const char *body :
         {"", "<html>", "[]", "{}", R"({"call_id":""})", R"({"call_id":null})"}) {
        const auto call = parseCallAnswer({.httpStatus = 201, .body = body});
        QVERIFY(!call && call.error().refusal == Refusal::Unavailable);
    }
    QVERIFY(parseDone({.httpStatus = 204, .body = {}}).has_value());
}

void TestRetellRequests::callListsComeInBothShapes()
{
    const auto v3 = parseCallList(good(R"({"items":[{"call_id":"a"},{"call_id":"b"},{}],)"
                                       R"("has_more":false,"total":2})"));
    QCOMPARE(v3->items.size(), 2);
    QCOMPARE(v3->total, std::optional<qint64>(2));
    const auto v2 = parseCallList(good(R"([{"call_id":"a"}])"));
    QCOMPARE(v2->items.size(), 1);
    // Nothing that is a list is not an empty list: a call might be thought lost.
    QVERIFY(!parseCallList(good(R"({"calls":[]})")));
    QVERIFY(!parseCallList(good(R"({"items":null})")));
}

void TestRetellRequests::concurrencyIsWithoutTheBurst()
{
    const auto concurrency = parseConcurrency(
        good(R"({"current_concurrency":3,"concurrency_limit":20,"concurrency_burst_enabled":true,)"
             R"("concurrency_burst_limit":60,"reserved_inbound_concurrency":5})"));
    QCOMPARE(concurrency->current, std::optional<qint64>(3));
    QCOMPARE(concurrency->outboundLimit(), std::optional<qint64>(15));
    QVERIFY(!parseConcurrency(good("{}"))->outboundLimit());
    QCOMPARE(parseApiKeyInfo(good(R"({"api_key_name":null,"org_name":"Us"})"))->organisation,
             QStringLiteral("Us"));
}

void TestRetellRequests::noMutatedAnswerHarms()
{
    const QByteArray body =
        R"({"items":[{"agent_id":"a","llm_id":"l","voice_id":"v","call_id":"c","phone_number":"+1",)"
        R"("response_engine":{"type":"retell-llm","llm_id":"l","version":1},"webhook_events":["x"],)"
        R"("outbound_agents":[{"agent_id":"a","weight":1}],"general_tools":[{"type":"end_call"}],)"
        R"("default_dynamic_variables":{"a":"b"},"max_call_duration_ms":1}],"has_more":true,)"
        R"("pagination_key":"k","current_concurrency":1,"org_name":"o"})";
    int looked = 0;
    tests::mutate(body, [&](const Json &json) {
        const ApiAnswer answer = good(core::toBytes(json));
        const auto agents = parseAgentList(answer);
        QVERIFY(!agents || std::all_of(agents->items.cbegin(), agents->items.cend(),
                                       [](const Agent &a) { return !a.agentId.isEmpty(); }));
        QVERIFY(parseEngineList(answer).has_value() == agents.has_value());
        QVERIFY(parsePhoneNumberList(answer).has_value() == agents.has_value());
        QVERIFY(parseVoiceList(answer).has_value() == agents.has_value());
        QVERIFY(parseCallList(answer).has_value() == agents.has_value());
        QVERIFY(parseConcurrency(answer).has_value());
        ++looked;
    });
    QVERIFY(looked > 400);
}

REGISTER_TEST(TestRetellRequests);

} // namespace tst_retell_requests

#include "tst_retell_requests.moc"
