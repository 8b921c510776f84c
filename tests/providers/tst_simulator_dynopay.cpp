#include "tests/providers/simulator_payments.h"
#include "tests/support/test_main.h"

#include "providers/dynopay/api.h"
#include "providers/dynopay/event.h"
#include "providers/dynopay/signature.h"

namespace tst_simulator_dynopay {

using namespace std::chrono_literals;
using tests::create;
using tests::createBody;
using tests::events;
using tests::play;
using tests::SimulatorStage;
using tests::statusOf;
using tests::WebAnswer;

namespace {

const QByteArray kSecret = "whsec_example_only_0123456789abcdef";

} // namespace

class TestSimulatorDynoPay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothHeadersAreDemanded();
    void aPaymentIsCreatedAsTheSheetSays();
    void wrongCreationsAreRefused_data();
    void wrongCreationsAreRefused();
    void tooSmallAnAmountIsNoViolation();
    void theSameKeyGivesTheSamePayment();
    void tooManyCreationsAre429();
    void createFaultsAreAsNamed();
    void aTimeoutAfterCommitHasCreated();
    void exactTellsThreeEventsAndIsSettled();
    void aLatePaymentWaitsForTheClock();
    void aPaymentNeverMadeExpires();
    void theOldGenerationPostsFlatToTheRedirect();
    void theStatusRouteFails_data();
    void theStatusRouteFails();
    void lostWebhooksStayLostAndTheStatusKnows();
    void addressesAreUsedAgain();
    void urlsAreHiddenUnlessAskedFor();
};

void TestSimulatorDynoPay::bothHeadersAreDemanded()
{
    SimulatorStage stage;
    const QString path = QStringLiteral("/api/user/getSupportedCurrency");
    const http::Header key{"x-api-key", "test-api-key"};
    QCOMPARE(stage.request("GET", path).json["message"], Json("API key is required"));
    QCOMPARE(stage.request("GET", path, {}, {{"x-api-key", "no"}}).json["message"],
             Json("Invalid API key"));
    QCOMPARE(stage.request("GET", path, {}, {key}).status, 403);
    QCOMPARE(stage.request("GET", path, {}, {key, {"Authorization", "Bearer no"}}).status, 403);
    QCOMPARE(stage.violations(), 4);
    const WebAnswer good = stage.dynopay("GET", QStringLiteral("getSupportedCurrency"));
    const auto coins = providers::dynopay::parseSupportedCurrency(
        {.httpStatus = good.status, .body = core::toBytes(good.json)});
    QVERIFY(coins->contains(QStringLiteral("USDT-TRC20")));
}

void TestSimulatorDynoPay::aPaymentIsCreatedAsTheSheetSays()
{
    SimulatorStage stage;
    const WebAnswer answer =
        stage.dynopay("POST", QStringLiteral("cryptoPayment"),
                      createBody(stage, QStringLiteral("/pay/a"), QStringLiteral("XRP")));
    const auto created = providers::dynopay::parseCreated(
        {.httpStatus = answer.status, .body = core::toBytes(answer.json)});
    QVERIFY(created.has_value());
    QCOMPARE(created->amount, QStringLiteral("25"));
    QCOMPARE(created->currency, QStringLiteral("XRP"));
    QVERIFY(!created->destinationTag.isEmpty());
    QVERIFY(created->address.startsWith(u'r'));
    QCOMPARE(answer.json["data"]["payment"]["status"], Json("waiting"));
    QCOMPARE(stage.violations(), 0);
}

void TestSimulatorDynoPay::wrongCreationsAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QByteArray &body, const char *code) {
        QTest::newRow(name) << body << QString::fromLatin1(code);
    };
    row("no JSON", "amount=5", "body_invalid");
    row("amount as text", R"({"amount":"50","currency":"LTC"})", "amount_invalid");
    row("no amount", R"({"currency":"LTC"})", "amount_invalid");
    row("fractions of a cent", R"({"amount":50.005,"currency":"LTC"})", "amount_invalid");
    row("no coin", R"({"amount":50})", "currency_required");
    row("bare USDT", R"({"amount":50,"currency":"USDT"})", "currency_not_available");
    row("meta as text", R"({"amount":50,"currency":"LTC","meta_data":"x"})", "meta_data_invalid");
    row("foreign hook", R"({"amount":50,"currency":"LTC","webhook_url":"https://evil.net/x"})",
        "webhook_url_invalid");
}

void TestSimulatorDynoPay::wrongCreationsAreRefused()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, code);
    SimulatorStage stage;
    const WebAnswer answer = stage.dynopay("POST", QStringLiteral("cryptoPayment"), body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(core::textMember(answer.json, "code"), code);
    QVERIFY(stage.violations() >= 1);
    QVERIFY(stage.see("payments")["payments"].empty());
}

void TestSimulatorDynoPay::tooSmallAnAmountIsNoViolation()
{
    SimulatorStage stage;
    const auto body = providers::dynopay::createRequest({.amount = Money::fromCents(300),
                                                         .coin = QStringLiteral("LTC"),
                                                         .hookUrl = stage.receiver.url(),
                                                         .depositId = QStringLiteral("dep_1")});
    const WebAnswer answer = stage.dynopay("POST", QStringLiteral("cryptoPayment"), *body);
    QCOMPARE(answer.json["code"], Json("amount_below_minimum"));
    QCOMPARE(stage.violations(), 0);
}

void TestSimulatorDynoPay::theSameKeyGivesTheSamePayment()
{
    SimulatorStage stage;
    const QString path = QStringLiteral("cryptoPayment");
    const WebAnswer first = stage.dynopay("POST", path, createBody(stage), "key-1");
    const WebAnswer again = stage.dynopay("POST", path, createBody(stage), "key-1");
    QCOMPARE(again.json, first.json);
    QVERIFY(!first.headers.contains("idempotent-replay"));
    QCOMPARE(again.headers.value("idempotent-replay"), QByteArray("true"));
    QCOMPARE(stage.see("payments")["payments"].size(), size_t(1));
    const WebAnswer other =
        stage.dynopay("POST", path, createBody(stage, QStringLiteral("/pay/b")), "key-1");
    QCOMPARE(other.status, 409);
    QCOMPARE(other.json["code"], Json("idempotency_key_reused"));
    stage.clock.advance(25h);
    const WebAnswer nextDay = stage.dynopay("POST", path, createBody(stage), "key-1");
    QVERIFY(nextDay.json["data"]["transaction_id"] != first.json["data"]["transaction_id"]);
}

void TestSimulatorDynoPay::tooManyCreationsAre429()
{
    simulator::Options options;
    options.createsPerMinute = 2;
    SimulatorStage stage(options);
    QVERIFY(!create(stage).isEmpty());
    QVERIFY(!create(stage).isEmpty());
    const WebAnswer refused =
        stage.dynopay("POST", QStringLiteral("cryptoPayment"), createBody(stage));
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.headers.value("retry-after"), QByteArray("30"));
    stage.clock.advance(30s);
    QVERIFY(!create(stage).isEmpty());
}

void TestSimulatorDynoPay::createFaultsAreAsNamed()
{
    SimulatorStage stage;
    const auto createWith = [&stage](const char *step) {
        play(stage, "next", Json::array({step}));
        return stage.dynopay("POST", QStringLiteral("cryptoPayment"), createBody(stage));
    };
    QCOMPARE(createWith("create=500").status, 500);
    QCOMPARE(createWith("create=429").headers.value("retry-after"), QByteArray("2"));
    QVERIFY(stage.see("payments")["payments"].empty());
    QVERIFY(!createWith("create=no_qr").json["data"].contains("qr_code"));
    const Json named = createWith("create=crypto_amount_name").json["data"];
    QVERIFY(named.contains("crypto_amount") && !named.contains("amount"));
    QVERIFY(createWith("meta=object").json["data"].contains("qr_code"));
}

void TestSimulatorDynoPay::aTimeoutAfterCommitHasCreated()
{
    SimulatorStage stage;
    play(stage, "next", Json::array({"create=timeout_after_commit"}));
    QNetworkRequest request(QUrl(
        QStringLiteral("http://127.0.0.1:%1/api/user/cryptoPayment").arg(stage.running->port())));
    request.setRawHeader("x-api-key", "test-api-key");
    request.setRawHeader("Authorization", "Bearer test-wallet-token");
    request.setRawHeader("Idempotency-Key", "key-1");
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    const std::unique_ptr<QNetworkReply> silent(stage.network.post(request, createBody(stage)));
    QTRY_COMPARE(stage.see("payments")["payments"].size(), size_t(1));
    QVERIFY(!silent->isFinished());
    const WebAnswer again =
        stage.dynopay("POST", QStringLiteral("cryptoPayment"), createBody(stage), "key-1");
    QCOMPARE(again.status, 200);
    QCOMPARE(again.json["data"]["transaction_id"], stage.see("payments")["payments"][0]["id"]);
    QCOMPARE(stage.see("payments")["payments"].size(), size_t(1));
    silent->abort();
}

void TestSimulatorDynoPay::exactTellsThreeEventsAndIsSettled()
{
    SimulatorStage stage;
    const QByteArray id = create(stage);
    QVERIFY(!statusOf(stage, id)->isSettled());
    play(stage, id, Json::array({"exact"}));
    QTRY_COMPARE(stage.receiver.requests.size(), 1);
    stage.clock.advance(500ms);
    QTRY_COMPARE(stage.receiver.requests.size(), 2);
    QVERIFY(!statusOf(stage, id)->isSettled());
    stage.clock.advance(1500ms);
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    QCOMPARE(events(stage).join(u' '),
             QStringLiteral("payment.pending payment.confirmed payment.settled"));
    const auto event = providers::dynopay::parseEvent(stage.receiver.requests[2].body);
    QCOMPARE(event->paymentId, QString::fromLatin1(id));
    QCOMPARE(event->amount, QStringLiteral("0.60240963"));
    QCOMPARE(event->meta.depositId, QStringLiteral("dep_1"));
    QCOMPARE(stage.receiver.requests[2].header("X-DynoPay-Event"), QByteArray("payment.settled"));
    const auto status = statusOf(stage, id);
    QVERIFY(status->isSettled());
    QCOMPARE(status->amountReceived, QStringLiteral("0.60240963"));
    QCOMPARE(status->txId, event->txId);
}

void TestSimulatorDynoPay::aLatePaymentWaitsForTheClock()
{
    SimulatorStage stage;
    const QByteArray id = create(stage);
    play(stage, id, Json::array({"late(130)"}));
    stage.clock.advance(125min);
    QCOMPARE(statusOf(stage, id)->statusWord, QStringLiteral("expired"));
    QCOMPARE(stage.receiver.requests.size(), 0);
    stage.clock.advance(5min);
    QTRY_COMPARE(stage.receiver.requests.size(), 1);
}

void TestSimulatorDynoPay::aPaymentNeverMadeExpires()
{
    SimulatorStage stage;
    const QByteArray id = create(stage);
    play(stage, id, Json::array({"never"}));
    QCOMPARE(statusOf(stage, id)->statusWord, QStringLiteral("waiting"));
    stage.clock.advance(121min);
    QCOMPARE(statusOf(stage, id)->statusWord, QStringLiteral("expired"));
    QCOMPARE(play(stage, id, Json::array({"exactly"})).status, 400);
    QCOMPARE(play(stage, "no-such-id", Json::array({"exact"})).status, 404);
}

void TestSimulatorDynoPay::theOldGenerationPostsFlatToTheRedirect()
{
    simulator::Options options;
    options.generation = simulator::Generation::Old;
    options.webhookSecrets = {kSecret};
    options.signing = simulator::Signing::V2;
    SimulatorStage stage(options);
    const WebAnswer answer =
        stage.dynopay("POST", QStringLiteral("cryptoPayment"), createBody(stage));
    QVERIFY(!answer.json["data"].contains("transaction_id"));
    const Json payment = stage.see("payments")["payments"][0];
    const auto id = QByteArray::fromStdString(payment["id"].get<std::string>());
    play(stage, id, Json::array({"exact"}));
    stage.clock.advance(2s);
    QTRY_COMPARE(stage.receiver.requests.size(), 1);
    QCOMPARE(stage.receiver.body(0)["status"], Json("successful"));
    QCOMPARE(stage.receiver.body(0)["paid_amount"].get<double>(), 0.60240963);
    QVERIFY(stage.receiver.requests[0].header(providers::dynopay::kSignatureV2Header).isEmpty());
    QCOMPARE(statusOf(stage, id).error().refusal, providers::dynopay::Refusal::NotFound);
    const WebAnswer byAddress =
        stage.dynopay("GET", QStringLiteral("getCryptoTransaction/") +
                                 core::textMember(payment, "address").value_or(QString()));
    QCOMPARE(byAddress.json["data"]["status"], Json("confirmed"));
}

void TestSimulatorDynoPay::theStatusRouteFails_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<int>("status");
    QTest::newRow("unknown") << "404" << 404;
    QTest::newRow("broken") << "500" << 500;
    QTest::newRow("contradicting") << "contradicts" << 200;
    QTest::newRow("optimistic") << "optimistic" << 200;
}

void TestSimulatorDynoPay::theStatusRouteFails()
{
    QFETCH(const QString, mode);
    QFETCH(const int, status);
    SimulatorStage stage;
    const QByteArray id = create(stage);
    play(stage, id, Json::array({Json(QStringLiteral("status_api=") + mode), Json("over(0.5)")}));
    stage.clock.advance(2s);
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    const WebAnswer answer =
        stage.dynopay("GET", QStringLiteral("getPaymentStatus/") + QString::fromLatin1(id));
    QCOMPARE(answer.status, status);
    if (mode == u"contradicts")
        QVERIFY(!statusOf(stage, id)->isSettled());
    if (mode == u"optimistic")
        QCOMPARE(statusOf(stage, id)->amountReceived, QStringLiteral("0.60240963"));
    QCOMPARE(stage.violations(), 0);
}

void TestSimulatorDynoPay::lostWebhooksStayLostAndTheStatusKnows()
{
    SimulatorStage stage;
    stage.act("deliveries/faults", {{"provider", "dynopay"}, {"count", 3}, {"lose", true}});
    const QByteArray id = create(stage);
    play(stage, id, Json::array({"exact"}));
    stage.clock.advance(2s);
    QTRY_VERIFY(statusOf(stage, id)->isSettled());
    stage.clock.advance(48h);
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
    QCOMPARE(stage.see("deliveries")["count"].get<int>(), 0);
}

void TestSimulatorDynoPay::addressesAreUsedAgain()
{
    SimulatorStage stage;
    QSet<QString> addresses;
    for (int i = 0; i < 6; ++i) {
        create(stage);
        addresses.insert(core::textMember(stage.see("payments")["payments"].back(), "address")
                             .value_or(QString()));
    }
    QCOMPARE(addresses.size(), 6); // none is shared while its payment is open
    stage.clock.advance(121min);
    create(stage);
    addresses.insert(
        core::textMember(stage.see("payments")["payments"].back(), "address").value_or(QString()));
    QCOMPARE(addresses.size(), 6);
}

void TestSimulatorDynoPay::urlsAreHiddenUnlessAskedFor()
{
    SimulatorStage stage;
    create(stage, QStringLiteral("/pay/a-secret-token"));
    play(stage, "next", Json::array({"settled_only"}));
    create(stage, QStringLiteral("/pay/another-token"));
    QTRY_COMPARE(stage.receiver.requests.size(), 1);
    for (const char *path : {"payments", "deliveries", "violations", "health"})
        QVERIFY(!QString::fromStdString(stage.see(path).dump()).contains(u"token"));
    QVERIFY(
        QString::fromStdString(stage.see("payments?urls=1").dump()).contains(u"a-secret-token"));
}

REGISTER_TEST(TestSimulatorDynoPay);

} // namespace tst_simulator_dynopay

#include "tst_simulator_dynopay.moc"
