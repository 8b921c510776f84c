#include "core/callback_token.h"
#include "tests/database/courier_fixture.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>

using namespace std::chrono_literals;
using tests::CourierFixture;
using tests::ProviderCall;

namespace {

queue::NewMessage dynopayRow(const char *method, const Json &payload)
{
    return {.requestKey = QStringLiteral("deposit:12:%1").arg(QLatin1String(method)),
            .provider = queue::Provider::Dynopay,
            .method = QString::fromLatin1(method),
            .lane = QStringLiteral("deposit:12"),
            .payload = payload,
            .replyKind = QStringLiteral("dynopay.answer"),
            .replyLane = QStringLiteral("customer:5")};
}

const Json kCreation = {
    {"deposit", 12}, {"customer", "u_5"}, {"amount_usd", "25.00"}, {"coin", "USDT-TRC20"}};

} // namespace

class TestDeliveryDynopay final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void creationCarriesKeysTokenAndAmount();
    void answerComesBackAsAnInboxRow();
    void refusalComesBackToo();
    void lookUpsAskTheRightAddress();
    void olderListAddressIsTriedAfter404();
    void creationIsGivenUpAfterThreeTries();
    void repeatHasTheSameKeyAndBody();
    void tokenIsDerivedForEachDeposit();
    void slowTelegramDoesNotHoldUpPayments();
};

void TestDeliveryDynopay::creationCarriesKeysTokenAndAmount()
{
    CourierFixture fixture;
    const OutboxId id = fixture.enqueue(dynopayRow("createPayment", kCreation));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("sent"));
    const ProviderCall &call = fixture.provider.calls.at(0);
    QCOMPARE(call.request.method, QByteArray("POST"));
    QCOMPARE(call.path, QByteArray("/api/user/cryptoPayment"));
    QCOMPARE(call.request.header("x-api-key"), QByteArray("the-key"));
    QCOMPARE(call.request.header("Authorization"), QByteArray("Bearer the-wallet"));
    QCOMPARE(call.request.header("Idempotency-Key"), QByteArray("deposit:12:createPayment"));
    QVERIFY(call.request.body.contains("\"amount\":25,"));
    QCOMPARE(core::textMember(call.body, "currency"), QStringLiteral("USDT-TRC20"));
    const QByteArray token = core::callbackToken(QByteArray(32, 'k'), core::DepositId{12});
    QCOMPARE(token.size(), 43);
    QCOMPARE(core::textMember(call.body, "webhook_url"),
             QStringLiteral("https://bot.example.net/webhooks/dynopay/") +
                 QString::fromLatin1(token));
    // The token itself is nowhere in the database.
    QCOMPARE(fixture.number(QStringLiteral("SELECT count(*) AS n FROM outbox o LEFT JOIN "
                                           "outbox_outcomes c ON c.outbox_id = o.id "
                                           "WHERE o.payload::text || c.answer::text LIKE '%%%1%%'")
                                .arg(QString::fromLatin1(token))),
             0);
}

void TestDeliveryDynopay::answerComesBackAsAnInboxRow()
{
    CourierFixture fixture;
    const QByteArray body = R"({"success":true,"data":{"address":"T1","amount":25.01}})";
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        reply.send({.body = body});
    };
    const OutboxId id = fixture.enqueue(dynopayRow("createPayment", kCreation));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("sent"));
    const auto entries = fixture.rows(QStringLiteral("SELECT lane, kind, payload FROM inbox"));
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries[0].text("lane"), QStringLiteral("customer:5"));
    QCOMPARE(entries[0].text("kind"), QStringLiteral("dynopay.answer"));
    const Json payload = *core::parseJson(entries[0].text("payload").toUtf8());
    QVERIFY(payload["ok"] == true);
    QVERIFY(payload["answer"] == Json({{"http", 200}, {"body", body.toStdString()}}));
    QVERIFY(payload["request"] == kCreation);
}

void TestDeliveryDynopay::refusalComesBackToo()
{
    CourierFixture fixture;
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        reply.send(
            {.status = 400, .body = R"({"code":"amount_below_minimum","message":"at least 30"})"});
    };
    const OutboxId id = fixture.enqueue(dynopayRow("createPayment", kCreation));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QCOMPARE(fixture.provider.calls.size(), 1u);
    QCOMPARE(fixture.number(
                 QStringLiteral("SELECT count(*) AS n FROM inbox WHERE payload->>'ok' = 'false' "
                                "AND payload->'answer'->>'http' = '400'")),
             1);
}

void TestDeliveryDynopay::lookUpsAskTheRightAddress()
{
    CourierFixture fixture;
    fixture.enqueue(dynopayRow("getPaymentStatus", {{"payment_id", "0b7f/../x"}}));
    fixture.enqueue(dynopayRow("getCryptoTransaction", {{"address", "bitcoincash:qq"}}));
    fixture.enqueue(dynopayRow("getSupportedCurrency", Json::object()));
    fixture.start();
    QTRY_COMPARE(fixture.waiting(), 0);
    QByteArrayList paths;
    for (const ProviderCall &call : fixture.provider.calls) {
        paths << call.path;
        QCOMPARE(call.request.method, QByteArray("GET"));
        QCOMPARE(call.request.header("x-api-key"), QByteArray("the-key"));
    }
    QCOMPARE(paths, QByteArrayList({"/api/user/getPaymentStatus/0b7f%2F..%2Fx",
                                    "/api/user/getCryptoTransaction/bitcoincash%3Aqq",
                                    "/api/user/getSupportedCurrency"}));
}

void TestDeliveryDynopay::olderListAddressIsTriedAfter404()
{
    CourierFixture fixture;
    fixture.provider.answer = [](const ProviderCall &call, const http::Reply &reply) {
        reply.send({.status = call.path == "/api/getSupportedCurrency" ? 200 : 404,
                    .body = R"({"data":["BTC"]})"});
    };
    const OutboxId id = fixture.enqueue(dynopayRow("getSupportedCurrency", Json::object()));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.calls.size(), 2u);
}

void TestDeliveryDynopay::creationIsGivenUpAfterThreeTries()
{
    CourierFixture fixture;
    {
        const tests::FakeProvider gone;
        fixture.settings.dynopay.baseUrl = gone.url;
    }
    const OutboxId id = fixture.enqueue(dynopayRow("createPayment", kCreation));
    fixture.start();
    for (int tries = 1; tries <= 2; ++tries) {
        QTRY_COMPARE(fixture.number(QStringLiteral(
                         "SELECT attempts AS n FROM outbox_waiting WHERE state = 'waiting'")),
                     tries);
        fixture.clock.advance(2s);
    }
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QVERIFY(fixture.answerOf(id) == Json({{"http", 0}, {"body", ""}}));
}

void TestDeliveryDynopay::repeatHasTheSameKeyAndBody()
{
    CourierFixture fixture;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        if (fixture.provider.calls.size() == 1)
            return reply.hangUp();
        reply.send({.body = "{}"});
    };
    const OutboxId id = fixture.enqueue(dynopayRow("createPayment", kCreation));
    fixture.start();
    QTRY_COMPARE(
        fixture.number(QStringLiteral(
            "SELECT count(*) AS n FROM outbox_waiting WHERE state = 'waiting' AND attempts = 1")),
        1);
    fixture.clock.advance(1s);
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.calls.size(), 2u);
    const http::Request &first = fixture.provider.calls[0].request;
    const http::Request &second = fixture.provider.calls[1].request;
    QCOMPARE(first.body, second.body);
    QCOMPARE(first.header("Idempotency-Key"), second.header("Idempotency-Key"));
}

void TestDeliveryDynopay::tokenIsDerivedForEachDeposit()
{
    const QByteArray key(32, 'k');
    QCOMPARE(core::callbackToken(key, core::DepositId{1}),
             core::callbackToken(key, core::DepositId{1}));
    QVERIFY(core::callbackToken(key, core::DepositId{1}) !=
            core::callbackToken(key, core::DepositId{2}));
    QVERIFY(core::callbackToken(key, core::DepositId{1}) !=
            core::callbackToken(QByteArray(32, 'l'), core::DepositId{1}));
}

void TestDeliveryDynopay::slowTelegramDoesNotHoldUpPayments()
{
    CourierFixture fixture;
    std::vector<http::Reply> slow;
    fixture.provider.answer = [&](const ProviderCall &call, const http::Reply &reply) {
        if (call.method == "sendMessage")
            slow.push_back(reply);
        else
            reply.send({.body = "{}"});
    };
    for (qint64 chat = 1; chat <= 100; ++chat)
        fixture.sendMessage(chat, QStringLiteral("hello"));
    fixture.start();
    QTRY_COMPARE(slow.size(), 24u);
    const OutboxId id = fixture.enqueue(dynopayRow("createPayment", kCreation));
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("sent"));
    QCOMPARE(slow.size(), 24u);
    for (const http::Reply &reply : slow)
        fixture.provider.accept(reply);
    QTRY_COMPARE(slow.size(), 48u);
}

REGISTER_TEST(TestDeliveryDynopay);

#include "tst_delivery_dynopay.moc"
