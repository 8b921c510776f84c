#include "tests/database/money_history.h"
#include "tests/support/program.h"
#include "tests/support/test_main.h"

namespace tst_plan_kill_points {

using namespace tests;

namespace {

constexpr int kPrimeWeek = 3; // 20 USD, as shipped
constexpr int kEliteWeek = 6; // 25 USD

} // namespace

/// A plan is paid once a period, wherever the process dies (SIGKILL) that handles its purchase, its
/// change or its renewal.
class TestPlanKillPoints final : public MoneyHistory {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void purchaseIsPaidOnce_data();
    void purchaseIsPaidOnce();
    void changeIsCreditedAndPaidOnce_data();
    void changeIsCreditedAndPaidOnce();
    void renewalIsPaidOnce_data();
    void renewalIsPaidOnce();

private:
    void addPoints(std::initializer_list<const char *> points);
    void wishFor(const char *kind, Json payload);
    void handleAndDieAt(const QString &point);
    [[nodiscard]] QStringList paid() // oldest first
    {
        return column(*m_connection,
                      QStringLiteral("SELECT kind || ' ' || available AS answer FROM transfers "
                                     "WHERE kind <> 'deposit' ORDER BY id"));
    }
    [[nodiscard]] bool isLedgerSound()
    {
        const auto verified = ledger::verify(*m_connection);
        return verified && verified->isSound();
    }

    int m_wishes = 0;
};

void TestPlanKillPoints::init()
{
    startHistory(1);
    QVERIFY(credit(*m_connection, {.customer = CustomerId{kFirstPerson},
                                   .amount = Money::fromCents(100'00),
                                   .payment = QStringLiteral("before")}));
}

void TestPlanKillPoints::addPoints(std::initializer_list<const char *> points)
{
    QTest::addColumn<QString>("point");
    for (const char *point : points)
        QTest::newRow(point) << QString::fromLatin1(point);
}

void TestPlanKillPoints::wishFor(const char *kind, Json payload)
{
    payload["customer"] = kFirstPerson;
    recordAll({{.source = queue::Source::Internal,
                .externalId = QStringLiteral("wish:%1").arg(++m_wishes),
                .lane = QStringLiteral("customer:%1").arg(kFirstPerson),
                .kind = QString::fromLatin1(kind),
                .payload = core::toBytes(payload)}});
}

void TestPlanKillPoints::handleAndDieAt(const QString &point)
{
    Program worker(
        {.name = QStringLiteral("money_worker"),
         .arguments = {m_url, QString::number(core::toMicros(m_clock.now()))},
         .environment = {{QStringLiteral("SPEECHCAD_KILL_AT"), point + QStringLiteral(":1")}}});
    QVERIFY2(worker.waitForEnd(20s), qPrintable(point));
    QCOMPARE(worker.exitCode(), -1);
    handleRest();
}

void TestPlanKillPoints::purchaseIsPaidOnce_data()
{
    addPoints({"plan.paid", "engine.handled", "engine.committed"});
}

void TestPlanKillPoints::purchaseIsPaidOnce()
{
    QFETCH(QString, point);
    wishFor("test.buy", {{"version", kPrimeWeek}, {"key", "b1"}});
    handleAndDieAt(point);
    QCOMPARE(paid(), QStringList{QStringLiteral("plan -20000000")});
    QCOMPARE(count(QStringLiteral("plan_periods WHERE subscription_id IS NOT NULL")), 1);
    QVERIFY(isLedgerSound());
}

void TestPlanKillPoints::changeIsCreditedAndPaidOnce_data()
{
    addPoints({"plan.credited", "plan.paid", "engine.handled", "engine.committed"});
}

void TestPlanKillPoints::changeIsCreditedAndPaidOnce()
{
    QFETCH(QString, point);
    wishFor("test.buy", {{"version", kPrimeWeek}, {"key", "b1"}});
    handleRest();
    wishFor("test.buy", {{"version", kEliteWeek}, {"key", "b2"}});
    handleAndDieAt(point);
    QCOMPARE(paid(),
             (QStringList{QStringLiteral("plan -20000000"), QStringLiteral("refund 20000000"),
                          QStringLiteral("plan -25000000")}));
    QCOMPARE(count(QStringLiteral("subscriptions WHERE ended_at IS NULL")), 1);
    QVERIFY(isLedgerSound());
}

void TestPlanKillPoints::renewalIsPaidOnce_data()
{
    addPoints({"plan.renewal_paid", "engine.handled", "engine.committed"});
}

void TestPlanKillPoints::renewalIsPaidOnce()
{
    QFETCH(QString, point);
    wishFor("test.buy", {{"version", kPrimeWeek}, {"key", "b1"}});
    wishFor("test.plan", {{"what", "renew"}});
    handleRest();
    passTime(24h * 6 + 1h); // the notice of the day before
    m_clock.advance(24h);
    const auto due = committed<int>(*m_connection, [&](database::Transaction &transaction) {
        return queue::fireDue(transaction, m_clock.now());
    });
    QVERIFY(due && *due > 0);
    handleAndDieAt(point);
    QCOMPARE(paid(),
             (QStringList{QStringLiteral("plan -20000000"), QStringLiteral("plan -20000000")}));
    QCOMPARE(count(QStringLiteral("transfers WHERE request_key LIKE 'renewal:%:2'")), 1);
    QVERIFY(isLedgerSound());
}

REGISTER_TEST(TestPlanKillPoints);

} // namespace tst_plan_kill_points

#include "tst_plan_kill_points.moc"
