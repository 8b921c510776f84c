#include "providers/dynopay/signature.h"
#include "tests/database/deposit_fixture.h"
#include "tests/database/intake_fixture.h"
#include "tests/support/test_main.h"

namespace tst_deposit_incidents {

using namespace tests;

/// What has gone wrong for others with this provider, each once here. Number 14, a token sent to a
/// native coin's address, takes people: TestDepositMatches.
class TestDepositIncidents final : public DepositStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void incident01LittlePaidOnALargeRequest();
    void incident02ExcessVanishesFromView();
    void incident03AmountMultipliedByAnOwnPrice();
    void incident04NullMembersCrashTheHandler_data();
    void incident04NullMembersCrashTheHandler();
    void incident05UnknownStatusDropsAPaidOrder_data();
    void incident05UnknownStatusDropsAPaidOrder();
    void incident06DeadHookLeavesPaymentsUnnoticed();
    void incident07EventsLostAtARedirect();
    void incident08SignatureAlgorithmGuessedWrong();
    void incident09UncheckableOrderDropped();
    void incident10RowDeletedAfterTheCredit();
    void incident11PaymentForAnExpiredOrderLost();
    void incident12ThreeEventsInParallelCreditTwice();
    void incident13PermanentFailureRetriedForEver();
    void incident15SettlementFailsAndRecoversHoursLater();
    void incident16EighteenDecimalsNotRounded();
    void incident17ForgedPostAccepted();

private:
    void pass();
    [[nodiscard]] Money available() { return balance(*m_connection, kAsha).available; }
};

/// As another server would: until nothing is left to handle.
void TestDepositIncidents::pass()
{
    const auto connection = openConnection(m_url);
    engine::Counters counters;
    engine::Worker worker(m_routes, m_clock, kInstallationKey, counters);
    for (int idle = 0; idle < 3;) {
        const auto pass = worker.runOnce(*connection);
        idle += pass && pass->rows == 0 ? 1 : 0;
    }
}

void TestDepositIncidents::incident01LittlePaidOnALargeRequest()
{
    toAddress();
    for (const char *event : {"payment.underpaid", "payment.confirmed", "payment.settled"}) {
        Json body = news(event, "0.0585");
        body["base_amount"] = 50; // it repeats the request
        tell(body);
    }
    answerStatus(statusBody("settled", "1")); // and so does the status
    QCOMPARE(transfers(), 0);
    answerAmount(chainBody("underpaid", "0.0585"));
    QCOMPARE(available(), Money::fromCents(2'92));
    QCOMPARE(dead(), 0);
}

void TestDepositIncidents::incident02ExcessVanishesFromView()
{
    toAddress();
    pay("2.003");
    QCOMPARE(available(), kAsked);
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT concat_ws(' ', kind, state, in_suspense) AS answer "
                                   "FROM deposit_reviews")),
             QStringList{QStringLiteral("excess open 50150000")});
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT sum(amount) FROM entries WHERE account "
                                                  "= 'suspense')")),
             50'150'000);
}

void TestDepositIncidents::incident03AmountMultipliedByAnOwnPrice()
{
    toAddress();
    Json settled = news("payment.settled", "1");
    settled["exchange_rate"] = "48.1"; // it fell since the request, within what is tolerated
    tell(settled);
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(available(), kAsked); // to the cent: no price has touched it
    // Nobody but the three providers is ever asked anything.
    QCOMPARE(number(*m_connection,
                    QStringLiteral("(SELECT count(*) FROM outbox WHERE method NOT IN "
                                   "('createPayment', 'getPaymentStatus', 'getCryptoTransaction', "
                                   "'sendMessage', 'sendPhoto', 'editMessageCaption'))")),
             0);
}

void TestDepositIncidents::incident04NullMembersCrashTheHandler_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value : {"null", "\"\"", "\"text\"", "[]", "[null]", "{}", "{\"a\":null}", "0",
                              "-1", "1e400", "true", "\"{\\\"deposit_id\\\":null}\""})
        QTest::addRow("%s", value) << QByteArray(value);
}

void TestDepositIncidents::incident04NullMembersCrashTheHandler()
{
    QFETCH(QByteArray, value);
    toAddress();
    const Json odd = Json::parse(value.toStdString(), nullptr, false);
    for (const char *member :
         {"meta_data", "overpayment", "amount", "base_amount", "currency", "payment_id", "address",
          "status", "event", "txId", "exchange_rate", "recovered", "admin_fee_amount"}) {
        Json event = news("payment.confirmed", "1");
        if (!odd.is_discarded())
            event[member] = odd;
        tell(event);
        event.erase(member);
        tell(event);
    }
    QCOMPARE(dead(), 0);
    QCOMPARE(transfers(), 0);
    tell(news("payment.settled", "1"));
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(transfers(), 1); // it has stood in nobody's way
}

void TestDepositIncidents::incident05UnknownStatusDropsAPaidOrder_data()
{
    QTest::addColumn<QString>("word");
    for (const char *word : {"received", "frobnicated", "PAYMENT.Whatever", "", "paid out ✓"})
        QTest::addRow("%s", word) << QString::fromUtf8(word);
}

void TestDepositIncidents::incident05UnknownStatusDropsAPaidOrder()
{
    QFETCH(QString, word);
    toAddress();
    tell({{"status", word}, {"payment_id", "pay-1"}, {"amount", "1"}, {"currency", "LTC"}});
    QVERIFY(value("state") == QLatin1String("awaiting_payment") ||
            value("state") == QLatin1String("confirming"));
    wait(5min, 1min);
    QVERIFY(asked() > 0); // whatever it was, the provider is asked
    answerStatus(statusBody("settled", "1"));
    if (value("state") == QLatin1String("verifying")) // no word that we know has told an amount
        answerAmount(chainBody("confirmed", "1"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(dead(), 0);
}

void TestDepositIncidents::incident06DeadHookLeavesPaymentsUnnoticed()
{
    toAddress();
    wait(2min, 1min);
    QCOMPARE(asked(), 1);                     // no webhook has come, and none will
    answerStatus(statusBody("settled", "1")); // which may only repeat what was asked for
    answerAmount(chainBody("confirmed", "1"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(value("last_webhook_at"), QString());
    QCOMPARE(available(), kAsked);
}

void TestDepositIncidents::incident07EventsLostAtARedirect()
{
    IntakeFixture intake;
    const QByteArray token = core::callbackToken(kInstallationKey, DepositId{1});
    intake.addRoute(token, kLane);
    const QByteArray body = core::toBytes(news("payment.settled", "1"));
    for (const QByteArray &path :
         {"/webhooks/dynopay/" + token, "/webhooks/dynopay/" + token + '/',
          QByteArray("/webhooks/dynopay/"), QByteArray("/webhooks/dynopay"),
          "/webhooks/dynopay/" + token + "?a=b",
          QByteArray("/webhooks/dynopay/") + QByteArray(43, 'A')}) {
        const int status = intake.statusOf(post(path, body));
        QVERIFY2(status == 200 || status == 401, path.constData() + QByteArray::number(status));
    }
}

void TestDepositIncidents::incident08SignatureAlgorithmGuessedWrong()
{
    using namespace providers::dynopay;
    const QByteArray body =
        R"({"event":"payment.settled","payment_id":"5b8f6a52-3c1e-4f0e-9d7a-2f6f1c0d9e11","amount":25,"currency":"USDT-TRC20","meta_data":{"deposit_id":"dep_7Q2"},"created_at":"2026-11-20T09:14:03.120Z","webhook_id":"0d5c1e5e-8f5b-4d37-a7b3-3b6f0f6b1a20","sent_at":"2026-11-20T09:14:03.200Z"})";
    const auto verdict = [&](const SignatureHeaders &headers) {
        return verifySignature(headers, body, {kWebhookSecret}, Timestamp(kUnixNow));
    };
    const QByteArray stamp = QByteArray::number(kUnixNow.count());
    QCOMPARE(verdict({.v2 = "t=" + stamp +
                            ",v1=a8c030eb07f8b13480f04ff3e37b60e03dca36488a97255df0acf45e08a64d3e",
                      .v1 = {},
                      .timestamp = stamp}),
             SignatureVerdict::ValidV2);
    QCOMPARE(verdict({.v2 = {},
                      .v1 = "30b909ad79673dba26865ad3c044addd4d5679226bf5bbc4d378a597c8bace5d",
                      .timestamp = stamp}),
             SignatureVerdict::ValidV1);
    QCOMPARE(verdict({.v2 = {},
                      .v1 = "7a951c789cb7dbec0abac6e1c8f07f80e26f509b842132f8a5355e8db953abe4",
                      .timestamp = stamp}),
             SignatureVerdict::Wrong); // a plain digest of the body, as the provider's pages say
}

void TestDepositIncidents::incident09UncheckableOrderDropped()
{
    toAddress();
    tell(news("payment.settled", "1"));
    for (int i = 0; i < 5; ++i) {
        answerStatus(Json::object(), 404);       // the provider does not know the payment
        answerStatus(Json::object(), 400, true); // nor the address
        wait(10min, 1min);
        QCOMPARE(value("state"), QStringLiteral("verifying")); // so it waits
    }
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT kind || ' ' || state AS answer FROM "
                                                  "deposit_reviews")),
             QStringList{QStringLiteral("unverified open")}); // a person may decide meanwhile
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(available(), kAsked);
}

void TestDepositIncidents::incident10RowDeletedAfterTheCredit()
{
    toAddress();
    pay("1");
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(!owner->run(QStringLiteral("DELETE FROM deposits")));
    QVERIFY(!owner->run(QStringLiteral("DELETE FROM deposit_events")));
    wait(100h, 60min);
    tell(news("payment.settled", "0.5", "tx-late")); // days later it still has its deposit
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(value("address"), QStringLiteral("LXmB1rTq9c"));
}

void TestDepositIncidents::incident11PaymentForAnExpiredOrderLost()
{
    toAddress();
    wait(20min, 1min);
    QCOMPARE(value("state"), QStringLiteral("expired"));
    wait(60h, 30min);
    pay("1");
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(available(), kAsked);
}

void TestDepositIncidents::incident12ThreeEventsInParallelCreditTwice()
{
    toAddress();
    const auto waiting = openConnection(m_url);
    const auto put = [&](int from, int count, const std::function<queue::NewEntry(int)> &entry) {
        for (int i = from; i < from + count; ++i) {
            queue::NewEntry one = entry(i);
            one.externalId = QStringLiteral("parallel-%1").arg(i);
            const auto recorded = queue::record(*waiting, std::span(&one, 1), m_clock.now());
            QVERIFY(recorded);
        }
    };
    const std::array events = {"payment.pending", "payment.confirmed", "payment.settled"};
    put(0, 50, [&](int i) -> queue::NewEntry {
        return {.source = queue::Source::Dynopay,
                .externalId = {},
                .lane = {},
                .kind = QStringLiteral("dynopay.webhook"),
                .payload = core::toBytes(news(events[size_t(i) % 3], "1")),
                .routeTokenSha256 =
                    core::sha256(core::callbackToken(kInstallationKey, DepositId{1}))};
    });
    put(50, 50, [&](int i) -> queue::NewEntry {
        const QString text = QString::fromUtf8(core::toBytes(statusBody("settled", "1")));
        // Not all on the customer's own lane: the row's lock and the request key must do.
        return {.source = queue::Source::Delivery,
                .externalId = {},
                .lane = i % 2 ? kLane : QStringLiteral("deposit:other:%1").arg(i),
                .kind = QStringLiteral("deposit.status"),
                .payload = core::toBytes({{"request", {{"deposit", 1}, {"by_address", false}}},
                                          {"answer", {{"http", 200}, {"body", text}}}})};
    });
    inThreads(8, [&](int) { pass(); });
    pass();
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM inbox_waiting)")), 0);
    QCOMPARE(transfers(), 1);
    QCOMPARE(available(), kAsked);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.credited")});
}

void TestDepositIncidents::incident13PermanentFailureRetriedForEver()
{
    IntakeFixture intake;
    const QByteArray token = core::callbackToken(kInstallationKey, DepositId{1});
    intake.addRoute(token, kLane);
    for (const QByteArray &body :
         {QByteArray("not json"), QByteArray("[]"), QByteArray("{}"), QByteArray("{\"event\":1}"),
          QByteArray(R"({"event":"payment.settled","currency":"NOSUCH"})")})
        QCOMPARE(intake.statusOf(post("/webhooks/dynopay/" + token, body)), 200);
    // And what cannot be right is one row for a person, not one that is tried again and again.
    toAddress();
    tell({{"malformed", true}});
    tell({{"event", "payment.settled"}, {"payment_id", "pay-1"}, {"currency", "NOSUCH"}});
    QCOMPARE(dead(), 0);
    QCOMPARE(value("state"), QStringLiteral("awaiting_payment"));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM deposit_reviews WHERE "
                                                  "kind = 'stray' AND state = 'open')")),
             2);
}

void TestDepositIncidents::incident15SettlementFailsAndRecoversHoursLater()
{
    toAddress();
    tell(news("payment.confirmed", "1"));
    tell(news("payment.settlement_failed", "1"));
    QCOMPARE(value("state"), QStringLiteral("settlement_failed_hold"));
    wait(9h, 30min);
    QCOMPARE(transfers(), 0);
    for (int i = 0; i < 3; ++i) {
        tell({{"event", "payment.confirmed"},
              {"payment_id", "pay-1"},
              {"status", "successful"},
              {"recovered", true},
              {"amount", "1"},
              {"currency", "LTC"},
              {"meta_data", nullptr}});
        answerStatus(statusBody("settled", "1"));
    }
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(transfers(), 1);
    QCOMPARE(available(), kAsked);
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT kind || ' ' || state AS answer FROM "
                                                  "deposit_reviews")),
             QStringList{QStringLiteral("provider_problem void")});
}

void TestDepositIncidents::incident16EighteenDecimalsNotRounded()
{
    toAddress();
    pay("0.333333333333333333");
    QCOMPARE(available(), Money::fromCents(16'66)); // whole cents, rounded down
    QCOMPARE(value("received"), QStringLiteral("0.333333333333333333"));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT available % 10000 FROM wallets WHERE "
                                                  "customer_id = 7001)")),
             0);
}

void TestDepositIncidents::incident17ForgedPostAccepted()
{
    IntakeFixture intake;
    const QByteArray token = core::callbackToken(kInstallationKey, DepositId{1});
    intake.addRoute(token, kLane);
    const QByteArray body = core::toBytes(news("payment.settled", "1"));
    QCOMPARE(intake.statusOf(post("/webhooks/dynopay/" + QByteArray(43, 'B'), body)), 401);
    QCOMPARE(intake.count(QStringLiteral("inbox")), 0);
    // The right address but a body of somebody's: the row decides, and the provider is asked.
    toAddress();
    for (const char *lie :
         {R"({"payment_id":"pay-2"})", R"({"address":"Lother"})", R"({"currency":"BTC"})",
          R"({"base_amount":5000})", R"({"base_currency":"EUR"})", R"({"simulated":true})",
          R"({"meta_data":{"deposit_id":"2"}})", R"({"meta_data":{"amount_usd":"5000.00"}})"}) {
        Json forged = news("payment.settled", "100");
        forged.update(Json::parse(lie));
        tell(forged);
    }
    QCOMPARE(value("state"), QStringLiteral("awaiting_payment"));
    QCOMPARE(asked(), 0);
    // All of it right, but nobody has paid.
    tell(news("payment.settled", "1"));
    answerStatus(statusBody("waiting", "0"));
    QCOMPARE(transfers(), 0);
    QCOMPARE(available(), Money());
}

REGISTER_TEST(TestDepositIncidents);

} // namespace tst_deposit_incidents

#include "tst_deposit_incidents.moc"
