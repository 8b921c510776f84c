#include "tests/database/review_fixture.h"
#include "tests/support/test_main.h"

#include <QFile>

#include <thread>

namespace tst_deposit_parts {

using namespace tests;

namespace {

Json unnamed(const char *name, const char *amount)
{
    Json event = news(name, amount);
    event.erase("txId");
    return event;
}

} // namespace

/// One deposit, paid in several payments. They count together where the provider, who is asked,
/// says that as much has come.
class TestDepositParts final : public ReviewStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startReviews(); }
    void cleanup() { checkBooks(); }
    void twoHalvesAreCreditedTogether_data();
    void twoHalvesAreCreditedTogether();
    void aStatusWithAFigureOfItsOwnIsEnough();
    void theSameAgainAddsNothing();
    void anUnnamedReportMayRepeatANamedOne();
    void theProvidersTotalIsNotAddedOnTop();
    void partsBelowWhatWasAskedAreCreditedInProportion();
    void partsAboveItLeaveTheExcessInSuspense();
    void figuresThatContradictAreReviewed();
    void aHalfWhoseOtherWebhookIsLostIsReviewed();
    void theOtherWebhookMayBeOnItsWay();
    void halfAndTheRestLate();
    void replaysOpenNothing();
    void webhooksAfterTheReconcilerOpenNothing();
    void aNameAfterAnUnnamedCreditIsReviewed();
    void aPartThatAPersonGaveIsNotAddedUp();
    void fiftyAtOnceAreOneCredit();
    void postgresRefusesASecondCreditOfATransaction();
    void bothWaysAtOnceAreOneCredit();
    void whatWasPaidBeforeIsPutDownByTheMigration();

private:
    /// Settled as the provider says, which repeats what was asked for; what came is asked then.
    void settle(qint64 id, const char *came)
    {
        answerStatus(id, statusBody("settled", "1"));
        answerStatus(id, chainBody("confirmed", came), 200, true);
    }
    void waitAndAsk(qint64 id, const char *came);
    /// The timer that asks the provider again.
    void check(qint64 id)
    {
        record({.source = queue::Source::Timer,
                .externalId = {},
                .lane = QStringLiteral("customer:%1").arg(kAsha),
                .kind = QStringLiteral("deposit.check"),
                .payload = core::toBytes({{"v", 1}, {"deposit", id}})});
    }
    [[nodiscard]] qint64 transfers()
    {
        return count("SELECT count(*) FROM transfers WHERE request_key <> 'deposit:made'");
    }
    [[nodiscard]] QString note(qint64 id)
    {
        return text(qPrintable(
            QStringLiteral("SELECT note AS answer FROM deposits WHERE id = %1").arg(id)));
    }
    [[nodiscard]] QStringList parts(qint64 id)
    {
        return column(*m_connection,
                      QStringLiteral("SELECT concat_ws(' ', tx_id, least, CASE WHEN transfer_id IS "
                                     "NULL THEN 'apart' ELSE 'credited' END) AS answer FROM "
                                     "deposit_parts WHERE deposit_id = %1 ORDER BY tx_id")
                          .arg(id));
    }
};

/// Until it is not waited any more for webhooks that may be under way.
void TestDepositParts::waitAndAsk(qint64 id, const char *came)
{
    for (int i = 0; i < 3; ++i) {
        check(id);
        settle(id, came);
    }
}

void TestDepositParts::twoHalvesAreCreditedTogether_data()
{
    QTest::addColumn<QList<Json>>("events");
    const Json first = news("payment.underpaid", "0.5", "tx-a");
    const Json second = news("payment.settled", "0.5", "tx-b");
    const Json hint = unnamed("payment.underpaid", "0.5");
    const Json seen = news("payment.pending", "0.5", "tx-b");
    const Json confirmed = news("payment.confirmed", "0.5", "tx-a");
    QTest::newRow("the first has no name") << QList<Json>{hint, seen, second};
    QTest::newRow("the first has no name, told last") << QList<Json>{second, hint};
    QTest::newRow("both have names") << QList<Json>{first, second};
    QTest::newRow("the second first") << QList<Json>{second, first};
    QTest::newRow("confirmed, then settled") << QList<Json>{confirmed, seen, second};
    QTest::newRow("both settled") << QList<Json>{news("payment.settled", "0.5", "tx-a"), second};
    QTest::newRow("each three times")
        << QList<Json>{first, second, first, first, second, second, confirmed};
    QTest::newRow("all of it, all mixed up")
        << QList<Json>{seen, second, confirmed, first, seen, confirmed};
}

void TestDepositParts::twoHalvesAreCreditedTogether()
{
    QFETCH(QList<Json>, events);
    const qint64 id = toAddress();
    for (const Json &event : events)
        tell(id, event);
    settle(id, "1");
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(transfers(), 1);
    QCOMPARE(count("SELECT count(*) FROM deposit_reviews WHERE state = 'open'"), 0);
    QCOMPARE(told().last(), QStringLiteral("topup.credited"));
    QCOMPARE(told().count(QStringLiteral("topup.credited")), 1);
}

void TestDepositParts::aStatusWithAFigureOfItsOwnIsEnough()
{
    const qint64 id = toAddress();
    tell(id, news("payment.confirmed", "0.5", "tx-a"));
    tell(id, news("payment.settled", "0.495", "tx-b"));
    answerStatus(id, statusBody("settled", "0.995"));
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(parts(id), (QStringList{QStringLiteral("tx-a 0.5 credited"),
                                     QStringLiteral("tx-b 0.495 credited")}));
    QVERIFY(note(id).contains(QLatin1String("paid in 2 parts")));
}

void TestDepositParts::theSameAgainAddsNothing()
{
    const qint64 id = toAddress();
    for (const char *event : {"payment.underpaid", "payment.confirmed", "payment.settled"}) {
        for (int i = 0; i < 3; ++i)
            tell(id, news(event, "0.5", "tx-a"));
    }
    settle(id, "0.5");
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(available(), usd(25));
    QCOMPARE(parts(id), QStringList{QStringLiteral("tx-a 0.5 credited")});
}

void TestDepositParts::anUnnamedReportMayRepeatANamedOne()
{
    const qint64 id = toAddress();
    tell(id, unnamed("payment.underpaid", "0.5"));
    tell(id, news("payment.confirmed", "0.5", "tx-a"));
    tell(id, news("payment.settled", "0.5", "tx-a"));
    settle(id, "0.5"); // though the status repeats the whole
    QCOMPARE(available(), usd(25));
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(count("SELECT count(*) FROM deposit_reviews WHERE state = 'open'"), 0);
}

void TestDepositParts::theProvidersTotalIsNotAddedOnTop()
{
    const qint64 id = toAddress();
    tell(id, unnamed("payment.underpaid", "0.7")); // of both, as some count it
    tell(id, news("payment.confirmed", "0.3", "tx-a"));
    tell(id, news("payment.settled", "0.4", "tx-b"));
    answerStatus(id, statusBody("settled", "0.7"));
    QCOMPARE(available(), usd(35));
    QCOMPARE(transfers(), 1);
}

void TestDepositParts::partsBelowWhatWasAskedAreCreditedInProportion()
{
    const qint64 id = toAddress();
    tell(id, news("payment.underpaid", "0.2", "tx-a"));
    tell(id, news("payment.underpaid", "0.25", "tx-b"));
    answerStatus(id, statusBody("underpaid", "0.45"));
    QCOMPARE(state(id), QStringLiteral("underpaid_review"));
    QCOMPARE(count("SELECT suggested FROM deposit_reviews WHERE kind = 'underpaid'"),
             usd(22).micros() + 500'000);
    tell(id, news("payment.settled", "0.15", "tx-c"));
    answerStatus(id, statusBody("settled", "0.6"));
    QCOMPARE(available(), usd(30));
    QCOMPARE(state(id), QStringLiteral("credited"));
}

void TestDepositParts::partsAboveItLeaveTheExcessInSuspense()
{
    const qint64 id = toAddress();
    tell(id, news("payment.confirmed", "0.7", "tx-a"));
    tell(id, news("payment.settled", "0.7", "tx-b"));
    answerStatus(id, statusBody("settled", "1.4"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(suspense(), usd(20).micros());
    QCOMPARE(state(id), QStringLiteral("overpaid_review"));
    QCOMPARE(reviews(id),
             (QStringList{QStringLiteral("second_payment void"), QStringLiteral("excess open")}));
}

void TestDepositParts::figuresThatContradictAreReviewed()
{
    const qint64 id = toAddress();
    tell(id, news("payment.confirmed", "0.5", "tx-a"));
    tell(id, news("payment.settled", "0.5", "tx-b"));
    for (int i = 0; i < 4; ++i) {
        answerStatus(id, statusBody("settled", "0.6")); // less than both, more than one
        check(id);
    }
    QCOMPARE(available(), usd(25));
    QCOMPARE(state(id), QStringLiteral("overpaid_review"));
    QCOMPARE(reviews(id),
             (QStringList{QStringLiteral("second_payment open"), QStringLiteral("disputed open")}));
    QCOMPARE(parts(id),
             (QStringList{QStringLiteral("tx-a 0.5 credited"), QStringLiteral("tx-b 0.5 apart")}));
}

void TestDepositParts::aHalfWhoseOtherWebhookIsLostIsReviewed()
{
    const qint64 id = toAddress();
    tell(id, news("payment.settled", "0.5", "tx-b"));
    settle(id, "1");
    QCOMPARE(state(id), QStringLiteral("verifying")); // the other one may come yet
    waitAndAsk(id, "1");
    QCOMPARE(available(), usd(25));
    QCOMPARE(state(id), QStringLiteral("overpaid_review"));
    QCOMPARE(count("SELECT suggested FROM deposit_reviews WHERE kind = 'disputed'"),
             usd(25).micros());
    QCOMPARE(decide(m_finance, "accept", review("disputed"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(available(), kAsked);
}

void TestDepositParts::theOtherWebhookMayBeOnItsWay()
{
    const qint64 id = toAddress();
    tell(id, news("payment.settled", "0.5", "tx-b"));
    settle(id, "1");
    QCOMPARE(transfers(), 0);
    tell(id, unnamed("payment.underpaid", "0.5"));
    waitAndAsk(id, "1");
    QCOMPARE(available(), kAsked);
    QCOMPARE(state(id), QStringLiteral("credited"));
}

void TestDepositParts::halfAndTheRestLate()
{
    const qint64 id = toAddress();
    tell(id, news("payment.settled", "0.5", "tx-a"));
    answerStatus(id, statusBody("settled", "0.5"));
    QCOMPARE(available(), usd(25));
    for (int i = 0; i < 3; ++i)
        tell(id, news("payment.settled", "0.5", "tx-b"));
    QCOMPARE(state(id), QStringLiteral("overpaid_review"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("second_payment open")});
    QCOMPARE(decide(m_finance, "accept", review("second_payment"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(available(), kAsked);
    tell(id, news("payment.settled", "0.5", "tx-b"));
    tell(id, news("payment.settled", "0.5", "tx-a"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(transfers(), 2);
    QCOMPARE(state(id), QStringLiteral("credited"));
}

void TestDepositParts::replaysOpenNothing()
{
    const qint64 id = toAddress();
    const QList<Json> events = {unnamed("payment.underpaid", "0.4"),
                                news("payment.confirmed", "0.4", "tx-a"),
                                news("payment.settled", "0.6", "tx-b")};
    for (const Json &event : events)
        tell(id, event);
    settle(id, "1");
    QCOMPARE(available(), kAsked);
    for (int i = 0; i < 3; ++i) {
        for (const Json &event : events)
            tell(id, event);
    }
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("second_payment void")});
    QCOMPARE(transfers(), 1);
}

void TestDepositParts::webhooksAfterTheReconcilerOpenNothing()
{
    const qint64 id = toAddress();
    settle(id, "1");
    QCOMPARE(available(), kAsked);
    for (const char *event : {"payment.confirmed", "payment.settled"})
        tell(id, news(event, "1", "tx-a"));
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(reviews(id), QStringList());
    tell(id, news("payment.settled", "1", "tx-b")); // but this is another one
    QCOMPARE(reviews(id), QStringList{QStringLiteral("second_payment open")});
}

void TestDepositParts::aNameAfterAnUnnamedCreditIsReviewed()
{
    const qint64 id = toAddress();
    tell(id, unnamed("payment.underpaid", "0.5"));
    answerStatus(id, statusBody("settled", "0.5"));
    QCOMPARE(available(), usd(25));
    tell(id, news("payment.settled", "0.5", "tx-b")); // the same one, or the other half
    QCOMPARE(reviews(id), QStringList{QStringLiteral("second_payment open")});
    QCOMPARE(available(), usd(25));
}

void TestDepositParts::aPartThatAPersonGaveIsNotAddedUp()
{
    addCustomer(*m_connection, kAsha + 1, QStringLiteral("Ben"));
    const qint64 id = toAddress();
    tell(id, news("payment.confirmed", "0.5", "tx-a"));
    tell(id, news("payment.confirmed", "0.5", "tx-second"));
    const Json match = {{"review", review("second_payment")},
                        {"customer", kAsha + 1},
                        {"amount", usd(25).micros()}};
    QCOMPARE(decide(m_finance, "match", match, QStringLiteral("a")).state, QStringLiteral("done"));
    addOperator(QStringLiteral("other"), QStringLiteral("finance"));
    QCOMPARE(decide(QStringLiteral("other"), "match", Json({{"review", review("second_payment")}}),
                    QStringLiteral("b"))
                 .state,
             QStringLiteral("done"));
    tell(id, news("payment.settled", "0.5", "tx-a"));
    settle(id, "1");
    waitAndAsk(id, "1");
    QCOMPARE(available(), usd(25));
    QCOMPARE(available(kAsha + 1), usd(25));
}

void TestDepositParts::fiftyAtOnceAreOneCredit()
{
    const qint64 id = toAddress();
    const QString lane = QStringLiteral("customer:%1").arg(kAsha);
    const auto put = [&](int i, queue::NewEntry one) {
        one.externalId = QStringLiteral("parallel-%1").arg(i);
        QVERIFY(queue::record(*m_connection, std::span(&one, 1), m_clock.now()));
    };
    for (int i = 0; i < 50; ++i) {
        const bool isFirst = i % 2 == 0;
        Json event = news(i % 3 == 0 ? "payment.confirmed" : "payment.settled", "0.5",
                          isFirst ? "tx-a" : "tx-b");
        event["payment_id"] = "pay-" + std::to_string(id);
        put(i, {.source = queue::Source::Dynopay,
                .externalId = {},
                .lane = {},
                .kind = QStringLiteral("dynopay.webhook"),
                .payload = core::toBytes(event),
                .routeTokenSha256 =
                    core::sha256(core::callbackToken(kInstallationKey, DepositId{id}))});
    }
    handleAll();
    for (int i = 50; i < 100; ++i) {
        Json body = statusBody("settled", "1.0000000001"); // a figure of its own
        body["data"]["payment_id"] = "pay-" + std::to_string(id);
        const QString words = QString::fromUtf8(core::toBytes(body));
        // Not all on the customer's own lane: the row's lock and the request key must do.
        put(i, {.source = queue::Source::Delivery,
                .externalId = {},
                .lane = i % 2 ? lane : QStringLiteral("deposit:other:%1").arg(i),
                .kind = QStringLiteral("deposit.status"),
                .payload = core::toBytes({{"request", {{"deposit", id}, {"by_address", false}}},
                                          {"answer", {{"http", 200}, {"body", words}}}})});
    }
    inThreads(8, [&](int) {
        const auto connection = openConnection(m_url);
        engine::Counters counters;
        engine::Worker worker(m_routes, m_clock, kInstallationKey, counters);
        for (int idle = 0; idle < 3;) {
            const auto pass = worker.runOnce(*connection);
            idle += pass && pass->rows == 0 ? 1 : 0;
        }
    });
    handleAll();
    QCOMPARE(transfers(), 1);
    QCOMPARE(available(), kAsked);
    QCOMPARE(state(id), QStringLiteral("credited"));
}

void TestDepositParts::postgresRefusesASecondCreditOfATransaction()
{
    const qint64 id = toAddress();
    tell(id, news("payment.confirmed", "0.5", "tx-a"));
    tell(id, news("payment.settled", "0.5", "tx-b"));
    settle(id, "1");
    QCOMPARE(available(), kAsked);
    const auto again =
        committed<ledger::Transfer>(*m_connection, [&](database::Transaction &transaction) {
            return ledger::creditDeposit(transaction,
                                         {.customer = CustomerId{kAsha},
                                          .amount = usd(25),
                                          .payment = QStringLiteral("tx:tx-b")},
                                         InboxId{1}, m_clock.now());
        });
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::ConstraintViolated);
    const auto owner = openConnection(m_url, database::Role::Owner);
    for (const char *sql :
         {"UPDATE deposit_parts SET least = 0.6, most = 0.6",
          "UPDATE deposit_parts SET most = 0.5 "
          "* 0.9, least = 0.1",
          "UPDATE deposit_parts SET transfer_id = NULL",
          "UPDATE deposit_parts SET tx_id = 'tx-c' "
          "WHERE tx_id = 'tx-a'",
          "DELETE FROM deposit_parts", "TRUNCATE deposit_parts",
          "INSERT INTO deposit_parts (deposit_id, tx_id, least, most, transfer_id, seen_at, "
          "cause_id) SELECT deposit_id, 'tx-z', 1, 1, transfer_id + 1, now(), 1 FROM "
          "deposit_parts LIMIT 1",
          "INSERT INTO deposit_parts (deposit_id, tx_id, least, most, seen_at, cause_id) SELECT "
          "deposit_id, 'tx-y', 2, 1, now(), 1 FROM deposit_parts LIMIT 1"})
        QVERIFY2(!owner->run(QLatin1String(sql)), sql);
}

/// The one who is later waits for the other and is refused.
void TestDepositParts::bothWaysAtOnceAreOneCredit()
{
    const qint64 id = toAddress();
    pay(id, "1");
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(QStringLiteral(
        "ALTER TABLE deposit_parts DISABLE TRIGGER guard; UPDATE deposit_parts SET transfer_id = "
        "NULL; ALTER TABLE deposit_parts ENABLE TRIGGER guard")));
    auto first = database::Transaction::begin(*m_connection);
    QVERIFY(first);
    QVERIFY(first->run(QStringLiteral("UPDATE deposit_parts p SET transfer_id = d.transfer_id FROM "
                                      "deposits d WHERE d.id = p.deposit_id")));
    bool isRefused = false;
    {
        const std::jthread second([&] {
            const auto connection = openConnection(m_url);
            isRefused =
                !committed<ledger::Transfer>(*connection, [&](database::Transaction &transaction) {
                    return ledger::creditDeposit(transaction,
                                                 {.customer = CustomerId{kAsha},
                                                  .amount = usd(1),
                                                  .payment = QStringLiteral("tx:tx-a")},
                                                 InboxId{1}, m_clock.now());
                });
        });
        QTRY_VERIFY(number(*owner, QStringLiteral("(SELECT count(*) FROM pg_locks WHERE locktype = "
                                                  "'advisory' AND NOT granted)")) > 0);
        QVERIFY(first->commit());
    }
    QVERIFY(isRefused);
    QCOMPARE(available(), kAsked);
}

/// Deposits from before there were parts: their one transaction, and no more.
void TestDepositParts::whatWasPaidBeforeIsPutDownByTheMigration()
{
    const qint64 paid = toAddress();
    pay(paid, "0.97", "tx-a");
    const qint64 open = toAddress();
    tell(open, news("payment.confirmed", "0.4", "tx-b"));
    (void)toAddress(); // nothing came
    QFile migration(
        QStringLiteral(SPEECHCAD_SOURCE_DIR "/resources/migrations/0019_deposit_rules.sql"));
    QVERIFY(migration.open(QIODevice::ReadOnly));
    const QString sql = QString::fromUtf8(migration.readAll());
    const qsizetype begin = sql.indexOf(QLatin1String("INSERT INTO deposit_parts"));
    const QString fill = sql.mid(begin, sql.indexOf(u';', begin) - begin);
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(
        QStringLiteral("SET session_replication_role = replica; DELETE FROM deposit_parts; ") +
        fill));
    QCOMPARE(parts(paid), QStringList{QStringLiteral("tx-a 0.97 credited")});
    QCOMPARE(parts(open), QStringList{QStringLiteral("tx-b 0.4 apart")});
    QCOMPARE(count("SELECT count(*) FROM deposit_parts"), 2);
    tell(paid, news("payment.settled", "0.97", "tx-a")); // again
    QCOMPARE(reviews(paid), QStringList());
}

REGISTER_TEST(TestDepositParts);

} // namespace tst_deposit_parts

#include "tst_deposit_parts.moc"
