#include "tests/providers/simulator_stage.h"
#include "tests/support/test_main.h"

#include "providers/dynopay/api.h"
#include "providers/dynopay/event.h"
#include "providers/dynopay/signature.h"

using namespace std::chrono_literals;
using providers::dynopay::SignatureVerdict;
using tests::SimulatorStage;
using tests::WebAnswer;

namespace {

const QByteArray kSecret = "whsec_example_only_0123456789abcdef";
const QByteArray kOldSecret = "whsec_old_secret_being_rotated_00000000";

QByteArray createBody(const SimulatorStage &stage, const QString &path = QStringLiteral("/pay/a"),
                      const QString &coin = QStringLiteral("LTC"))
{
    return *providers::dynopay::createRequest({.amount = Money::fromCents(5000),
                                               .coin = coin,
                                               .hookUrl = stage.receiver.url(path),
                                               .depositId = QStringLiteral("dep_1"),
                                               .sendsLegacyRedirect = true});
}

/// Creates a payment of 50 USD and returns its id.
QByteArray create(SimulatorStage &stage, const QString &path = QStringLiteral("/pay/a"))
{
    const WebAnswer answer =
        stage.dynopay("POST", QStringLiteral("cryptoPayment"), createBody(stage, path));
    if (answer.status != 200)
        return {};
    return QByteArray::fromStdString(answer.json["data"]["transaction_id"].get<std::string>());
}

WebAnswer play(SimulatorStage &stage, const QByteArray &id, const Json &steps)
{
    return stage.act(("payments/" + id + "/scenario").constData(), {{"steps", steps}});
}

/// The status route's answer, as the bot would read it.
providers::dynopay::ApiResult<providers::dynopay::PaymentStatus> statusOf(SimulatorStage &stage,
                                                                          const QByteArray &id)
{
    const WebAnswer answer =
        stage.dynopay("GET", QStringLiteral("getPaymentStatus/") + QString::fromLatin1(id));
    return providers::dynopay::parsePaymentStatus(
        {.httpStatus = answer.status, .body = core::toBytes(answer.json)});
}

QStringList events(const SimulatorStage &stage)
{
    return stage.receiver.texts("event");
}

/// Runs a scenario on a fresh payment until `count` webhooks have come.
bool tells(SimulatorStage &stage, const Json &steps, qsizetype count)
{
    play(stage, create(stage), steps);
    return QTest::qWaitFor([&] {
        stage.clock.advance(100ms);
        return stage.receiver.requests.size() >= count;
    });
}

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
    void underpaidKeepsTheFullBaseAmount();
    void twoPartsAreTwoTransactions();
    void aLatePaymentWaitsForTheClock();
    void aPaymentNeverMadeExpires();
    void scenariosTellWhatTheySay_data();
    void scenariosTellWhatTheySay();
    void orphansAndRecoveriesHaveTheirFields();
    void settlementFailsAndRecovers();
    void oddBodiesAreOdd();
    void metaAndBaseAmountComeInEveryForm_data();
    void metaAndBaseAmountComeInEveryForm();
    void signaturesAreAsTheirModeSays_data();
    void signaturesAreAsTheirModeSays();
    void theOldGenerationPostsFlatToTheRedirect();
    void failuresAreRetriedFastThenFromTheOutbox();
    void aRefusalIsNotRepeatedAtOnce();
    void theStatusRouteFails_data();
    void theStatusRouteFails();
    void forgersPostToTheUrlsTheyWouldKnow();
    void lostWebhooksStayLostAndTheStatusKnows();
    void theEventLogSendsAgain();
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

void TestSimulatorDynoPay::underpaidKeepsTheFullBaseAmount()
{
    SimulatorStage stage;
    QVERIFY(tells(stage, Json::array({"under(0.06)"}), 3));
    QCOMPARE(events(stage).join(u' '),
             QStringLiteral("payment.underpaid payment.confirmed payment.settled"));
    QVERIFY(!stage.receiver.body(0).contains("meta_data"));
    const auto settled = providers::dynopay::parseEvent(stage.receiver.requests[2].body);
    QCOMPARE(settled->amount, QStringLiteral("0.03614457"));
    QCOMPARE(settled->baseAmount, QStringLiteral("50"));
}

void TestSimulatorDynoPay::twoPartsAreTwoTransactions()
{
    SimulatorStage stage;
    QVERIFY(tells(stage, Json::array({"two_part(0.4,0.6)"}), 4));
    const auto first = providers::dynopay::parseEvent(stage.receiver.requests[0].body);
    const auto last = providers::dynopay::parseEvent(stage.receiver.requests[3].body);
    QCOMPARE(first->amountReceived, QStringLiteral("0.24096385"));
    QCOMPARE(last->amount, QStringLiteral("0.36144577"));
    const Json payment = stage.see("payments")["payments"][0];
    QCOMPARE(payment["received"].get<std::string>(), "0.60240962");
    QVERIFY(payment["tx_id"].get<std::string>() == last->txId.toStdString());
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

void TestSimulatorDynoPay::scenariosTellWhatTheySay_data()
{
    QTest::addColumn<QString>("steps");
    QTest::addColumn<QString>("told");
    QTest::newRow("over") << "over(1.5)"
                          << "pending confirmed settled";
    QTest::newRow("confirmed only") << "confirmed_only"
                                    << "pending confirmed";
    QTest::newRow("settled only") << "settled_only"
                                  << "settled";
    QTest::newRow("out of order") << "settled_before_confirmed"
                                  << "settled confirmed pending";
    QTest::newRow("duplicates") << "duplicate(3) settled_only"
                                << "settled settled settled";
    QTest::newRow("ghost") << "settled_only ghost_replay(0.001)"
                           << "settled settled";
    QTest::newRow("failed") << "settlement_failed_then_recovered"
                            << "pending confirmed settlement_failed confirmed";
}

void TestSimulatorDynoPay::scenariosTellWhatTheySay()
{
    QFETCH(const QString, steps);
    QFETCH(const QString, told);
    SimulatorStage stage;
    Json list = Json::array();
    for (const QString &step : steps.split(u' '))
        list.push_back(step);
    const QStringList expected = told.split(u' ');
    QVERIFY(tells(stage, list, expected.size()));
    QTRY_COMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
    stage.clock.advance(10s);
    QCOMPARE(events(stage).replaceInStrings(QStringLiteral("payment."), QString()), expected);
}

void TestSimulatorDynoPay::orphansAndRecoveriesHaveTheirFields()
{
    SimulatorStage stage;
    const QByteArray id = create(stage);
    play(stage, id, Json::array({"orphan_recovery(known)"}));
    QTRY_COMPARE(stage.receiver.requests.size(), 1);
    const auto event = providers::dynopay::parseEvent(stage.receiver.requests[0].body);
    QCOMPARE(event->originalPaymentId, QString::fromLatin1(id));
    QVERIFY(event->paymentId != QString::fromLatin1(id));
    QVERIFY(event->isRecovered);
    QVERIFY(!event->meta.depositId);
    play(stage, create(stage), Json::array({"orphan_recovery(unknown)"}));
    QTRY_COMPARE(stage.receiver.requests.size(), 2);
    QVERIFY(stage.receiver.body(1)["original_payment_id"].is_null());
}

void TestSimulatorDynoPay::settlementFailsAndRecovers()
{
    SimulatorStage stage;
    const QByteArray id = create(stage);
    play(stage, id, Json::array({"settlement_failed_then_recovered"}));
    stage.clock.advance(2s);
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    QVERIFY(stage.receiver.body(2)["payment_received"].get<bool>());
    QVERIFY(!statusOf(stage, id)->isSettled());
    stage.clock.advance(3s);
    QTRY_COMPARE(stage.receiver.requests.size(), 4);
    QCOMPARE(stage.receiver.body(3)["status"], Json("successful"));
    QVERIFY(stage.receiver.body(3)["recovered"].get<bool>());
    QVERIFY(statusOf(stage, id)->isSettled());
}

void TestSimulatorDynoPay::oddBodiesAreOdd()
{
    SimulatorStage stage;
    const auto bodyOf = [&stage](const char *step) {
        const qsizetype before = stage.receiver.requests.size();
        play(stage, create(stage), Json::array({step, "settled_only"}));
        const bool came = QTest::qWaitFor([&] { return stage.receiver.requests.size() > before; });
        return came ? stage.receiver.requests.back().body : QByteArray();
    };
    QVERIFY(!core::parseJson(bodyOf("bad_json")).has_value());
    QVERIFY(bodyOf("huge_body").size() > (2 << 20));
    QVERIFY(providers::dynopay::parseEvent(bodyOf("simulated_flag"))->isSimulated);
    QCOMPARE(providers::dynopay::parseEvent(bodyOf("wrong_currency"))->currency,
             QStringLiteral("DOGE"));
    QCOMPARE(core::textMember(*core::parseJson(bodyOf("unknown_status(received)")), "status"),
             QStringLiteral("received"));
    const auto elsewhere = providers::dynopay::parseEvent(bodyOf("wrong_address"));
    QVERIFY(elsewhere->address !=
            QString::fromStdString(
                stage.see("payments")["payments"].back()["address"].get<std::string>()));
    const auto flat = core::parseJson(bodyOf("legacy_flat"));
    QVERIFY(!flat->contains("event"));
    QCOMPARE(core::textMember(*flat, "status"), QStringLiteral("successful"));
    QVERIFY(stage.receiver.requests.back().header("X-DynoPay-Event").isEmpty());
}

void TestSimulatorDynoPay::metaAndBaseAmountComeInEveryForm_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QByteArray>("contains");
    QTest::newRow("object") << "meta=object" << QByteArray(R"("meta_data":{)");
    QTest::newRow("string") << "meta=string" << QByteArray(R"("meta_data":"{\")");
    QTest::newRow("null") << "meta=null" << QByteArray(R"("meta_data":null)");
    QTest::newRow("foreign") << "meta=foreign" << QByteArray("dep_of_somebody_else");
    QTest::newRow("number") << "base_amount=number" << QByteArray(R"("base_amount":50,)");
    QTest::newRow("text") << "base_amount=string" << QByteArray(R"("base_amount":"50.00")");
    QTest::newRow("no base") << "base_amount=null" << QByteArray(R"("base_amount":null)");
    QTest::newRow("wrong base") << "base_amount=wrong" << QByteArray(R"("base_amount":100,)");
}

void TestSimulatorDynoPay::metaAndBaseAmountComeInEveryForm()
{
    QFETCH(const QString, step);
    QFETCH(const QByteArray, contains);
    SimulatorStage stage;
    QVERIFY(tells(stage, Json::array({Json(step), Json("settled_only")}), 1));
    QVERIFY2(stage.receiver.requests[0].body.contains(contains),
             stage.receiver.requests[0].body.constData());
}

void TestSimulatorDynoPay::signaturesAreAsTheirModeSays_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<SignatureVerdict>("verdict");
    QTest::newRow("none") << "none" << SignatureVerdict::Absent;
    QTest::newRow("v1") << "v1" << SignatureVerdict::ValidV1;
    QTest::newRow("v2") << "v2" << SignatureVerdict::ValidV2;
    QTest::newRow("both") << "both" << SignatureVerdict::ValidV2;
    QTest::newRow("rotated") << "rotated" << SignatureVerdict::ValidV2;
    QTest::newRow("wrong secret") << "wrong_secret" << SignatureVerdict::Wrong;
    QTest::newRow("stale") << "stale" << SignatureVerdict::Stale;
    QTest::newRow("documented") << "documented" << SignatureVerdict::Wrong;
}

void TestSimulatorDynoPay::signaturesAreAsTheirModeSays()
{
    QFETCH(const QString, mode);
    QFETCH(const SignatureVerdict, verdict);
    simulator::Options options;
    options.webhookSecrets = {kSecret, kOldSecret};
    SimulatorStage stage(options);
    // The underpaid event has a timestamp of its own, which V1 replaces; the settled one has none.
    QVERIFY(tells(stage, Json::array({Json(QStringLiteral("signing=") + mode), Json("under(0.5)")}),
                  3));
    // During a rotation the receiver may still know the old secret only.
    const QList<QByteArray> known = {mode == u"rotated" ? kOldSecret : kSecret};
    for (const http::Request &request : std::as_const(stage.receiver.requests)) {
        const providers::dynopay::SignatureHeaders headers{
            request.header(providers::dynopay::kSignatureV2Header),
            request.header(providers::dynopay::kSignatureV1Header),
            request.header(providers::dynopay::kTimestampHeader)};
        QCOMPARE(
            providers::dynopay::verifySignature(headers, request.body, known, stage.clock.now()),
            verdict);
        if (mode == u"both")
            QCOMPARE(providers::dynopay::verifySignature({{}, headers.v1, headers.timestamp},
                                                         request.body, known, stage.clock.now()),
                     SignatureVerdict::ValidV1);
    }
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

void TestSimulatorDynoPay::failuresAreRetriedFastThenFromTheOutbox()
{
    simulator::Options options;
    options.timeScale = 10;
    SimulatorStage stage(options);
    stage.receiver.nextStatuses = {500, 500, 500, 500};
    play(stage, create(stage), Json::array({"settled_only"}));
    QTRY_COMPARE(stage.receiver.requests.size(), 1);
    stage.clock.advance(100ms); // a second, ten times faster
    QTRY_COMPARE(stage.receiver.requests.size(), 2);
    stage.clock.advance(200ms);
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    QCOMPARE(stage.receiver.body(2)["webhook_id"], stage.receiver.body(0)["webhook_id"]);
    QTRY_COMPARE(stage.see("deliveries")["count"].get<int>(), 3);
    stage.clock.advance(5900ms);
    QCOMPARE(stage.see("deliveries")["count"].get<int>(), 3);
    stage.clock.advance(100ms);
    QTRY_COMPARE(stage.receiver.requests.size(), 4);
    QVERIFY(stage.receiver.body(3)["webhook_id"] != stage.receiver.body(0)["webhook_id"]);
    QTRY_COMPARE(stage.see("deliveries")["count"].get<int>(), 4);
    stage.clock.advance(30s);
    QTRY_COMPARE(stage.receiver.requests.size(), 5);
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
}

void TestSimulatorDynoPay::aRefusalIsNotRepeatedAtOnce()
{
    simulator::Options options;
    options.hasOutbox = false;
    SimulatorStage stage(options);
    stage.receiver.nextStatuses = {401};
    play(stage, create(stage), Json::array({"settled_only"}));
    QTRY_COMPARE(stage.see("deliveries")["count"].get<int>(), 1);
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
    stage.clock.advance(48h);
    QCOMPARE(stage.see("deliveries")["count"].get<int>(), 1);
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

void TestSimulatorDynoPay::forgersPostToTheUrlsTheyWouldKnow()
{
    SimulatorStage stage;
    create(stage, QStringLiteral("/pay/other"));
    const QByteArray id = create(stage, QStringLiteral("/pay/mine"));
    play(stage, id, Json::array({"forged_unknown_token", "forged_other_token", "forged_body"}));
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    QList<QByteArray> paths;
    for (const http::Request &request : std::as_const(stage.receiver.requests))
        paths.append(request.path);
    QVERIFY(paths.contains("/pay/other") && paths.contains("/pay/mine"));
    QCOMPARE(std::count_if(paths.cbegin(), paths.cend(),
                           [](const QByteArray &path) { return path.size() == 5 + 43; }),
             1);
    const auto event = providers::dynopay::parseEvent(stage.receiver.requests[0].body);
    QCOMPARE(event->paymentId, QString::fromLatin1(id));
    QCOMPARE(statusOf(stage, id)->statusWord, QStringLiteral("waiting"));
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

void TestSimulatorDynoPay::theEventLogSendsAgain()
{
    SimulatorStage stage;
    QVERIFY(tells(stage, Json::array({"exact"}), 3));
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
    const Json page = stage.dynopay("GET", QStringLiteral("events?limit=2")).json;
    QCOMPARE(page["data"].size(), size_t(2));
    QVERIFY(page["has_more"].get<bool>());
    QCOMPARE(page["data"][0]["status"], Json("delivered"));
    const QString cursor = core::textMember(page, "next_cursor").value_or(QString());
    const Json rest = stage.dynopay("GET", QStringLiteral("events?starting_after=") + cursor).json;
    QCOMPARE(rest["data"].size(), size_t(1));
    QVERIFY(!rest["has_more"].get<bool>());
    const QString id = core::textMember(page["data"][0], "id").value_or(QString());
    QCOMPARE(stage.dynopay("POST", QStringLiteral("events/%1/resend").arg(id)).status, 200);
    QTRY_COMPARE(stage.receiver.requests.size(), 4);
    QVERIFY(stage.receiver.body(3)["webhook_id"] != stage.receiver.body(2)["webhook_id"]);
    QCOMPARE(stage.dynopay("POST", QStringLiteral("events/evt_none/resend")).status, 404);
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
#include "tst_simulator_dynopay.moc"
