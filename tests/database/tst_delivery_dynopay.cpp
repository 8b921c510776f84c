#include "core/callback_token.h"
#include "tests/database/courier_fixture.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>

namespace tst_delivery_dynopay {

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

/// One of many deposits, each with a lane of its own.
queue::NewMessage rowOf(int deposit, const char *method, Json payload)
{
    queue::NewMessage row = dynopayRow(method, payload);
    row.requestKey = QStringLiteral("deposit:%1:%2").arg(deposit).arg(QLatin1String(method));
    row.lane = QStringLiteral("deposit:%1").arg(deposit);
    return row;
}

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
    void hookTokenIsNotKeptInAnAnswer();
    void tooManyRequestsPauseTheProviderAndCostNoTry();
    void pauseOutlivesAnswersThatWereUnderWay();
    void manyQuestionsDoNotHoldUpACreation();
    void slowQuestionsDoNotHoldUpACreation();
    void creationsHaveALimitAMinute();
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
                         "SELECT coalesce(max(attempts), 0) AS n FROM outbox_waiting WHERE state = "
                         "'waiting'")),
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

void TestDeliveryDynopay::hookTokenIsNotKeptInAnAnswer()
{
    CourierFixture fixture;
    fixture.provider.answer = [](const ProviderCall &call, const http::Reply &reply) {
        Json data = call.body; // with all addresses that it was given
        data["address"] = "T1";
        data["qr_code"] = "data:image/png;base64,AAAA";
        reply.send({.body = core::toBytes({{"success", true}, {"data", data}})});
    };
    const OutboxId id = fixture.enqueue(dynopayRow("createPayment", kCreation));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("sent"));
    const QString token =
        QString::fromLatin1(core::callbackToken(QByteArray(32, 'k'), core::DepositId{12}));
    const auto kept = fixture.rows(
        QStringLiteral("SELECT i.payload::text || o.answer::text AS all_of_it FROM inbox i, "
                       "outbox_outcomes o WHERE i.kind = 'dynopay.answer'"));
    QCOMPARE(kept.size(), 1);
    QVERIFY(kept[0].text("all_of_it").contains(QLatin1String("T1")));
    QVERIFY(!kept[0].text("all_of_it").contains(token));
    QVERIFY(!kept[0].text("all_of_it").contains(QLatin1String("base64")));
}

void TestDeliveryDynopay::tooManyRequestsPauseTheProviderAndCostNoTry()
{
    CourierFixture fixture;
    bool isLimited = true;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        if (isLimited)
            return reply.send({.status = 429, .body = "{}", .headers = {{"Retry-After", "9"}}});
        reply.send({.body = "{}"});
    };
    const OutboxId first = fixture.enqueue(rowOf(1, "createPayment", kCreation));
    fixture.start();
    // More often than it has tries, and never another row while it is to wait.
    for (size_t times = 1; times <= 5; ++times) {
        QTRY_COMPARE(
            fixture.number(
                QStringLiteral(
                    "SELECT count(*) AS n FROM outbox_waiting WHERE outbox_id = %1 AND state "
                    "= 'waiting' AND attempts = 0 AND not_before > '-infinity'")
                    .arg(first.value)),
            1);
        QCOMPARE(fixture.provider.calls.size(), times);
        if (times == 5)
            break;
        fixture.clock.advance(8900ms);
        const OutboxId message = fixture.sendMessage(1, QStringLiteral("shows that it has looked"));
        const auto answer = std::exchange(fixture.provider.answer,
                                          [&](const ProviderCall &, const http::Reply &reply) {
                                              fixture.provider.accept(reply);
                                          });
        QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
        fixture.provider.answer = answer;
        fixture.provider.calls.pop_back();
        QCOMPARE(fixture.provider.calls.size(), times);
        fixture.clock.advance(100ms);
        QTRY_COMPARE(fixture.provider.calls.size(), times + 1);
    }
    const OutboxId second = fixture.enqueue(rowOf(2, "getPaymentStatus", {{"payment_id", "p"}}));
    isLimited = false;
    fixture.clock.advance(9s);
    QTRY_COMPARE(fixture.stateOf(first), QStringLiteral("sent"));
    QTRY_COMPARE(fixture.stateOf(second), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.calls.size(), 7u);
}

void TestDeliveryDynopay::pauseOutlivesAnswersThatWereUnderWay()
{
    CourierFixture fixture;
    std::vector<http::Reply> slow;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        slow.push_back(reply);
    };
    const OutboxId limited = fixture.enqueue(rowOf(1, "createPayment", kCreation));
    fixture.start();
    QTRY_COMPARE(slow.size(), 1u);
    const OutboxId good = fixture.enqueue(rowOf(2, "getPaymentStatus", {{"payment_id", "p"}}));
    QTRY_COMPARE(slow.size(), 2u);
    slow[0].send({.status = 429, .body = "{}"});
    QTRY_COMPARE(fixture.number(QStringLiteral("SELECT count(*) AS n FROM outbox_waiting WHERE "
                                               "outbox_id = %1 AND state = 'waiting'")
                                    .arg(limited.value)),
                 1);
    slow[1].send({.body = "{}"});
    QTRY_COMPARE(fixture.stateOf(good), QStringLiteral("sent"));
    fixture.enqueue(rowOf(3, "createPayment", kCreation));
    const OutboxId message = fixture.sendMessage(1, QStringLiteral("shows that it has looked"));
    QTRY_COMPARE(slow.size(), 3u);
    fixture.provider.accept(slow[2]);
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    QCOMPARE(slow.size(), 3u);
    fixture.clock.advance(60s); // what is waited when it does not say how long
    QTRY_COMPARE(slow.size(), 5u);
}

void TestDeliveryDynopay::manyQuestionsDoNotHoldUpACreation()
{
    CourierFixture fixture;
    fixture.settings.dynopayRates = {.creationsPerMinute = 30, .readsPerMinute = 5};
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        reply.send({.body = "{}"});
    };
    for (int deposit = 1000; deposit < 1300; ++deposit)
        fixture.enqueue(rowOf(deposit, "getPaymentStatus", {{"payment_id", "p"}}));
    fixture.start();
    QTRY_COMPARE(fixture.waiting(), 295);
    const OutboxId creation = fixture.enqueue(rowOf(2000, "createPayment", kCreation));
    QTRY_COMPARE(fixture.stateOf(creation), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.calls.size(), 6u);
    fixture.clock.advance(60s);
    QTRY_COMPARE(fixture.waiting(), 290);
    QCOMPARE(fixture.provider.calls.size(), 11u);
}

void TestDeliveryDynopay::slowQuestionsDoNotHoldUpACreation()
{
    CourierFixture fixture;
    std::vector<http::Reply> slow;
    fixture.provider.answer = [&](const ProviderCall &call, const http::Reply &reply) {
        if (call.path.contains("getPaymentStatus"))
            slow.push_back(reply);
        else
            reply.send({.body = "{}"});
    };
    for (int deposit = 1000; deposit < 1020; ++deposit)
        fixture.enqueue(rowOf(deposit, "getPaymentStatus", {{"payment_id", "p"}}));
    fixture.start();
    QTRY_COMPARE(slow.size(), 6u);
    const OutboxId creation = fixture.enqueue(rowOf(2000, "createPayment", kCreation));
    QTRY_COMPARE(fixture.stateOf(creation), QStringLiteral("sent"));
    QCOMPARE(slow.size(), 6u);
    for (size_t i = 0; i < 6; ++i)
        slow[i].send({.body = "{}"});
    QTRY_COMPARE(slow.size(), 12u);
}

void TestDeliveryDynopay::creationsHaveALimitAMinute()
{
    CourierFixture fixture;
    fixture.settings.dynopayRates.creationsPerMinute = 3;
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        reply.send({.body = "{}"});
    };
    for (int deposit = 0; deposit < 5; ++deposit)
        fixture.enqueue(rowOf(deposit, "createPayment", kCreation));
    fixture.start();
    QTRY_COMPARE(fixture.waiting(), 2);
    const OutboxId question = fixture.enqueue(rowOf(9, "getPaymentStatus", {{"payment_id", "p"}}));
    QTRY_COMPARE(fixture.stateOf(question), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.calls.size(), 4u);
    fixture.clock.advance(60s);
    QTRY_COMPARE(fixture.waiting(), 0);
    QCOMPARE(fixture.provider.calls.size(), 6u);
}

REGISTER_TEST(TestDeliveryDynopay);

} // namespace tst_delivery_dynopay

#include "tst_delivery_dynopay.moc"
