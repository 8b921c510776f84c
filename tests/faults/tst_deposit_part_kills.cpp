#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_deposit_part_kills {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirst = 8600;
constexpr int kPatienceMs = 30'000;

} // namespace

/// A deposit that is paid in two halves, with the server killed (SIGKILL) while it is told of them
/// or credits them: all of it is credited, once.
class TestDepositPartKills final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedServerCreditsBothOnce_data();
    void killedServerCreditsBothOnce();
    void cleanupTestCase();

private:
    std::unique_ptr<JourneyStage> m_stage;
    std::vector<JourneyCustomer> m_customers;
    size_t m_next = 0;
};

void TestDepositPartKills::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_stage->startServer();
    for (int i = 0; i < 8; ++i)
        m_customers.emplace_back(*m_stage, kFirst + i, QStringLiteral("fr"));
    QCOMPARE(topUpTogether(*m_stage, m_customers), QString());
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));
}

void TestDepositPartKills::killedServerCreditsBothOnce_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<QString>("scenario");
    const QString named = QStringLiteral("two_payments(0.4,0.6)");
    const QString unnamed = QStringLiteral("two_part(0.5,0.5)");
    for (const char *point :
         {"deposit.credited:1", "deposit.covered:1", "engine.handled:2", "engine.committed:3"}) {
        QTest::addRow("%s, named", point) << QString::fromLatin1(point) << named;
        QTest::addRow("%s, unnamed", point) << QString::fromLatin1(point) << unnamed;
    }
}

void TestDepositPartKills::killedServerCreditsBothOnce()
{
    QFETCH(QString, point);
    QFETCH(QString, scenario);
    const qint64 customer = m_customers[m_next++].id();
    m_stage->launchServer(0, {{QStringLiteral("SPEECHCAD_KILL_AT"), point}});
    const bool isPaidBefore = m_stage->waitForServer();
    if (isPaidBefore)
        m_stage->pay(customer, {scenario});
    QVERIFY(m_stage->until([&] { return !m_stage->server().isRunning(); }, kPatienceMs, 1s));
    m_stage->startServer();
    if (!isPaidBefore)
        m_stage->pay(customer, {scenario});
    QVERIFY(m_stage->until(
        [&] {
            return m_stage->stateOf(customer) == QLatin1String("credited") && m_stage->isQuiet();
        },
        kPatienceMs, 5s));
    QCOMPARE(m_stage->balanceOf(customer), QStringLiteral("25.00"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers WHERE customer_id = ?"),
                             {customer}),
             1);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM deposit_parts p JOIN deposits d "
                                            "ON d.id = p.deposit_id WHERE d.customer_id = ? AND "
                                            "p.transfer_id = d.transfer_id"),
                             {customer}),
             2);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM deposit_reviews WHERE "
                                            "customer_id = ? AND state <> 'void'"),
                             {customer}),
             0);
    QVERIFY(m_stage->server().stop(10s));
}

void TestDepositPartKills::cleanupTestCase()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    m_customers.clear();
    m_stage.reset();
}

REGISTER_TEST(TestDepositPartKills);

} // namespace tst_deposit_part_kills

#include "tst_deposit_part_kills.moc"
