#include "providers/retell/call_requests.h"
#include "tests/database/courier_fixture.h"
#include "tests/support/test_main.h"

namespace tst_delivery_retell {

using namespace std::chrono_literals;
using tests::CourierFixture;
using tests::ProviderCall;
namespace retell = providers::retell;

namespace {

queue::NewMessage rowOf(const retell::Request &request, int call)
{
    return {.requestKey = QStringLiteral("%1:%2").arg(request.method->name).arg(call),
            .provider = queue::Provider::Retell,
            .method = request.method->name,
            .lane = QStringLiteral("call:%1").arg(call),
            .payload = retell::payloadOf(request),
            .replyKind = QStringLiteral("retell.answer.") + request.method->name,
            .replyLane = QStringLiteral("customer:5")};
}

queue::NewMessage dial(int call = 1)
{
    return rowOf(*retell::createPhoneCall({.fromNumber = QStringLiteral("+14155550100"),
                                           .toNumber = QStringLiteral("+12015550123"),
                                           .agentId = QStringLiteral("agent_1"),
                                           .metadata = {{"attempt", "a1"}}}),
                 call);
}

void answerWith(const http::Reply &reply, int status, const QByteArray &body = "{}",
                const QByteArray &retryAfter = {})
{
    http::Response response{.status = status, .body = body};
    if (!retryAfter.isEmpty())
        response.headers.push_back({.name = "Retry-After", .value = retryAfter});
    reply.send(response);
}

class RetellFixture : public CourierFixture {
public:
    RetellFixture()
    {
        settings.retell = {.baseUrl = provider.url, .apiKey = QStringLiteral("the-key")};
        settings.timeouts.total = 300ms;
        provider.answer = [](const ProviderCall &, const http::Reply &reply) {
            answerWith(reply, 201, R"({"call_id":"c1"})");
        };
    }
};

} // namespace

/// What dials is sent at most once, unless it surely did nothing; the rest may be repeated.
class TestDeliveryRetell final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dialCarriesKeyAndBodyAndItsAnswerComesBack();
    void silentDialIsUnknownAndNeverRepeated();
    void dialWithAServerErrorIsNotRepeated();
    void dialOfADeadServerIsUnknown();
    void dialIsRepeatedAfter429();
    void dialWithoutAConnectionIsGivenUpAfterTwoMinutes();
    void oldDialIsNotSentAtAll();
    void dialThatIsTakenBackOnItsWayIsNotRepeated_data();
    void dialThatIsTakenBackOnItsWayIsNotRepeated();
    void dialsGoOneASecond();
    void slowCreationsLeaveRoomForAStop();
    void questionsAreRepeated();
    void speechInAnAnswerIsMasked();
};

void TestDeliveryRetell::dialCarriesKeyAndBodyAndItsAnswerComesBack()
{
    RetellFixture fixture;
    const OutboxId id = fixture.enqueue(dial());
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("sent"));
    const ProviderCall &call = fixture.provider.calls.at(0);
    QCOMPARE(call.request.method, QByteArray("POST"));
    QCOMPARE(call.path, QByteArray("/v2/create-phone-call"));
    QCOMPARE(call.request.header("Authorization"), QByteArray("Bearer the-key"));
    QCOMPARE(core::textMember(call.body, "to_number"), QStringLiteral("+12015550123"));
    QCOMPARE(core::textMember(call.body["metadata"], "attempt"), QStringLiteral("a1"));
    QCOMPARE(fixture.number(QStringLiteral("SELECT count(*) AS n FROM inbox WHERE kind = "
                                           "'retell.answer.createPhoneCall' AND lane = "
                                           "'customer:5' AND payload->'answer'->>'http' = '201'")),
             1);
}

void TestDeliveryRetell::silentDialIsUnknownAndNeverRepeated()
{
    RetellFixture fixture;
    std::vector<http::Reply> open;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        open.push_back(reply);
    };
    const OutboxId id = fixture.enqueue(dial());
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QCOMPARE(fixture.answerOf(id), (Json{{"unknown", true}}));
    fixture.clock.advance(1h);
    fixture.courier->wake();
    const OutboxId next = fixture.enqueue(rowOf(retell::getCall(QStringLiteral("c1")), 1));
    QTRY_COMPARE(fixture.provider.calls.size(), size_t(2)); // the next one, not the dial
    QVERIFY(fixture.provider.calls.back().path.endsWith("/c1"));
    QCOMPARE(fixture.stateOf(next), QString());
}

void TestDeliveryRetell::dialWithAServerErrorIsNotRepeated()
{
    RetellFixture fixture;
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        answerWith(reply, 500);
    };
    const OutboxId id = fixture.enqueue(dial());
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QCOMPARE(core::integerMember(fixture.answerOf(id), "http"), 500);
    QCOMPARE(fixture.provider.calls.size(), size_t(1));
}

void TestDeliveryRetell::dialOfADeadServerIsUnknown()
{
    RetellFixture fixture;
    const OutboxId id = fixture.enqueue(dial());
    (void)fixture.rows(QStringLiteral(
        "UPDATE outbox_waiting SET state = 'sending', attempts = 1 RETURNING outbox_id"));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QCOMPARE(fixture.answerOf(id), (Json{{"unknown", true}}));
    QCOMPARE(fixture.provider.calls.size(), size_t(0));
}

void TestDeliveryRetell::dialIsRepeatedAfter429()
{
    RetellFixture fixture;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        if (fixture.provider.calls.size() == 1)
            answerWith(reply, 429, "{}", "7");
        else
            answerWith(reply, 201, R"({"call_id":"c1"})");
    };
    const OutboxId id = fixture.enqueue(dial());
    fixture.start();
    QTRY_COMPARE(fixture.number(QStringLiteral("SELECT count(*) AS n FROM outbox_waiting WHERE "
                                               "state = 'waiting' AND attempts = 1")),
                 1);
    fixture.clock.advance(7s);
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.calls.size(), size_t(2));
}

void TestDeliveryRetell::dialWithoutAConnectionIsGivenUpAfterTwoMinutes()
{
    RetellFixture fixture;
    {
        const tests::FakeProvider gone; // its port is closed again
        fixture.settings.retell.baseUrl = gone.url;
    }
    const OutboxId id = fixture.enqueue(dial());
    fixture.start();
    QTRY_COMPARE(fixture.number(QStringLiteral("SELECT count(*) AS n FROM outbox_waiting WHERE "
                                               "state = 'waiting' AND attempts = 1")),
                 1);
    QCOMPARE(fixture.stateOf(id), QString());
    fixture.clock.advance(2min);
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QCOMPARE(fixture.answerOf(id), (Json{{"expired", true}}));
}

void TestDeliveryRetell::oldDialIsNotSentAtAll()
{
    RetellFixture fixture;
    const OutboxId id = fixture.enqueue(dial());
    fixture.clock.advance(2min);
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QCOMPARE(fixture.answerOf(id), (Json{{"expired", true}}));
    QCOMPARE(fixture.provider.calls.size(), size_t(0));
}

void TestDeliveryRetell::dialsGoOneASecond()
{
    RetellFixture fixture;
    for (int call = 1; call <= 3; ++call)
        fixture.enqueue(dial(call));
    const OutboxId question = fixture.enqueue(rowOf(retell::getCall(QStringLiteral("c9")), 9));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(question), QStringLiteral("sent")); // it need not wait for them
    QTRY_COMPARE(fixture.provider.calls.size(), size_t(2));
    fixture.clock.advance(1s);
    QTRY_COMPARE(fixture.provider.calls.size(), size_t(3));
    QTRY_COMPARE(fixture.waiting(), 1);
    fixture.clock.advance(1s);
    QTRY_COMPARE(fixture.waiting(), 0);
    QCOMPARE(fixture.provider.calls.size(), size_t(4));
}

void TestDeliveryRetell::dialThatIsTakenBackOnItsWayIsNotRepeated_data()
{
    QTest::addColumn<bool>("isTakenBack"); // else it is dialled once more
    QTest::newRow("taken back") << true;
    QTest::newRow("as ever") << false;
}

void TestDeliveryRetell::dialThatIsTakenBackOnItsWayIsNotRepeated()
{
    QFETCH(bool, isTakenBack);
    RetellFixture fixture;
    fixture.settings.timeouts.total = 30s;
    std::vector<http::Reply> open;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        open.push_back(reply);
    };
    const OutboxId id = fixture.enqueue(dial());
    fixture.start();
    QTRY_COMPARE(open.size(), size_t(1));
    if (isTakenBack) {
        fixture.inTransaction([&](database::Transaction &transaction) -> Result<void> {
            const auto gone = queue::withdraw(transaction, id, fixture.clock.now());
            return gone && !*gone ? Result<void>() : failure({.code = ErrorCode::Internal});
        });
    }
    answerWith(open.front(), 429, "{}", "7");
    QTRY_COMPARE(fixture.number(QStringLiteral("SELECT count(*) AS n FROM outbox_waiting WHERE "
                                               "state = 'sending'")),
                 0);
    fixture.clock.advance(7s);
    if (!isTakenBack) {
        QTRY_COMPARE(open.size(), size_t(2));
        return;
    }
    QCOMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QCOMPARE(fixture.answerOf(id), (Json{{"expired", true}}));
    QCOMPARE(fixture.number(QStringLiteral("SELECT count(*) AS n FROM inbox WHERE kind = "
                                           "'retell.answer.createPhoneCall'")),
             1);
    QCOMPARE(open.size(), size_t(1));
}

void TestDeliveryRetell::slowCreationsLeaveRoomForAStop()
{
    RetellFixture fixture;
    fixture.settings.timeouts.total = 30s;
    std::vector<http::Reply> open;
    fixture.provider.answer = [&](const ProviderCall &call, const http::Reply &reply) {
        if (call.path.contains("create"))
            open.push_back(reply);
        else
            answerWith(reply, 204, {});
    };
    for (int script = 1; script <= 20; ++script) {
        queue::NewMessage creation = rowOf(
            {.method = retell::findMethod(u"createRetellLlm"), .body = Json::object()}, script);
        creation.lane = QStringLiteral("script:%1").arg(script, 2, 10, QLatin1Char('0'));
        fixture.enqueue(creation);
    }
    fixture.start();
    QTRY_COMPARE(open.size(), size_t(6));
    const OutboxId stop = fixture.enqueue(rowOf(retell::stopCall(QStringLiteral("c1")), 1));
    QTRY_COMPARE(fixture.stateOf(stop), QStringLiteral("sent"));
    QCOMPARE(open.size(), size_t(6));
    answerWith(open.front(), 201);
    QTRY_COMPARE(open.size(), size_t(7));
}

void TestDeliveryRetell::questionsAreRepeated()
{
    RetellFixture fixture;
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        answerWith(reply, 503);
    };
    const OutboxId id = fixture.enqueue(rowOf(retell::getCall(QStringLiteral("c1")), 1));
    fixture.start();
    for (size_t tries = 1; tries <= 3; ++tries) {
        QTRY_COMPARE(fixture.provider.calls.size(), tries);
        QTRY_COMPARE(fixture.number(QStringLiteral("SELECT count(*) AS n FROM outbox_waiting WHERE "
                                                   "state = 'sending'")),
                     0);
        fixture.clock.advance(5s);
    }
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QCOMPARE(core::integerMember(fixture.answerOf(id), "http"), 503);
    QCOMPARE(fixture.provider.calls.size(), size_t(3));
}

void TestDeliveryRetell::speechInAnAnswerIsMasked()
{
    RetellFixture fixture;
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        answerWith(reply, 200, R"({"call_id":"c1","transcript":"User: 4711"})");
    };
    const OutboxId id = fixture.enqueue(rowOf(retell::getCall(QStringLiteral("c1")), 1));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("sent"));
    QVERIFY(fixture.answerOf(id).dump().find("4711") == std::string::npos);
    QCOMPARE(fixture.number(QStringLiteral(
                 "SELECT count(*) AS n FROM inbox WHERE payload::text LIKE '%4711%'")),
             0);
}

REGISTER_TEST(TestDeliveryRetell);

} // namespace tst_delivery_retell

#include "tst_delivery_retell.moc"
