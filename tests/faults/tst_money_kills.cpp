#include "tests/faults/kill_moments.h"
#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_money_kills {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirstCustomer = 8600;
constexpr int kCustomers = 6;
constexpr int kStepsUsual = 200;
constexpr int kSeedUsual = 20'261'128;
constexpr int kKillPercent = 6;
constexpr int kStepsDownMax = 3; // so many steps happen while no server runs

/// What comes of 25 USD that are paid so, in cents.
struct Way {
    const char *step;
    qint64 credited;
    qint64 inSuspense = 0;
};
constexpr std::array kWays = {
    Way{"exact", 25'00},
    Way{"under(0.97)", 24'25},
    Way{"under(0.06)", 1'50},
    Way{"under(0.03)", 0},
    Way{"over(2)", 25'00, 25'00},
    Way{"settled_before_confirmed", 25'00},
    Way{"confirmed_only", 25'00},
    Way{"settled_only", 25'00},
    Way{"settlement_failed_then_recovered", 25'00},
};

const QString kAmount = QStringLiteral("amount:25");
const QString kCoin = QStringLiteral("coin:25.00:USDT-TRC20");

} // namespace

/// People top up as they like, webhooks come twice, late and in reverse, the clock goes on, and the
/// server is killed (SIGKILL) at any moment of it and started again. SPEECHCAD_MONEY_KILL_STEPS and
/// SPEECHCAD_MONEY_SEED say how long and which way.
class TestMoneyKills final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everythingComesToRest();
    void eachPaymentIsCreditedOnceByTheRule();
    void booksBalance();
    void cleanupTestCase();

private:
    void step();
    void payOne();
    [[nodiscard]] int pick(int below) { return static_cast<int>(m_random() % unsigned(below)); }
    [[nodiscard]] qint64 sum(const char *sql) { return m_stage->number(QLatin1String(sql)); }

    std::unique_ptr<JourneyStage> m_stage;
    std::vector<JourneyCustomer> m_customers;
    std::mt19937 m_random;
    QHash<QString, Way> m_paid; // by the provider's id
    int m_deaths = 0;
    int m_stepsDown = -1; // below 0: it runs
};

void TestMoneyKills::initTestCase()
{
    const int steps = setting("SPEECHCAD_MONEY_KILL_STEPS", kStepsUsual);
    const int seed = setting("SPEECHCAD_MONEY_SEED", kSeedUsual);
    qInfo("SPEECHCAD_MONEY_SEED=%d SPEECHCAD_MONEY_KILL_STEPS=%d", seed, steps);
    m_random.seed(unsigned(seed));
    m_stage = std::make_unique<JourneyStage>();
    m_stage->startServer();
    for (int i = 0; i < kCustomers; ++i)
        m_customers.emplace_back(*m_stage, kFirstCustomer + i, QStringLiteral("fr"));
    QCOMPARE(topUpTogether(*m_stage, m_customers), QString());
    for (int i = 0; i < steps; ++i) {
        step();
        if (m_stepsDown >= 0 && --m_stepsDown < 0) {
            m_stage->launchServer(0);
            QVERIFY(m_stage->waitForServer());
        } else if (m_stepsDown < 0 && pick(100) < kKillPercent) {
            m_stage->server().kill();
            ++m_deaths;
            m_stepsDown = pick(kStepsDownMax);
        }
    }
    if (m_stepsDown >= 0) {
        m_stage->launchServer(0);
        QVERIFY(m_stage->waitForServer());
    }
    qInfo("%lld payments, %d deaths", static_cast<long long>(m_paid.size()), m_deaths);
    QVERIFY(m_deaths > 0);
}

void TestMoneyKills::step()
{
    SimulatorRemote &simulator = m_stage->simulator();
    switch (pick(10)) {
    case 0:
    case 1:
    case 2: { // each time one step further on the way to an address
        JourneyCustomer &customer = m_customers[size_t(pick(kCustomers))];
        if (!customer.tap(kCoin) && !customer.tap(kAmount))
            customer.say(QStringLiteral("/topup"));
        return;
    }
    case 3:
        simulator.act(QStringLiteral("deliveries/faults"),
                      {{"provider", "dynopay"}, {"count", 2}, {"duplicate", 1 + pick(3)}});
        return;
    case 4:
        simulator.act(QStringLiteral("deliveries/faults"),
                      {{"provider", "dynopay"}, {"count", 3}, {"hold", true}});
        return;
    case 5: simulator.act(QStringLiteral("deliveries/release"), {{"order", "reversed"}}); return;
    case 6:
    case 7: m_stage->clock().advance(std::chrono::seconds(1 + pick(40))); return;
    default: payOne(); return;
    }
}

void TestMoneyKills::payOne()
{
    const Json list = m_stage->simulator().see(QStringLiteral("payments"));
    for (const Json &each : list["payments"]) {
        const QString id = core::textMember(each, "id").value_or(QString());
        if (m_paid.contains(id))
            continue;
        const Way way = kWays[size_t(pick(int(kWays.size())))];
        m_paid.insert(id, way);
        m_stage->simulator().act(QStringLiteral("payments/%1/scenario").arg(id),
                                 {{"steps", Json::array({way.step})}});
        return;
    }
}

void TestMoneyKills::everythingComesToRest()
{
    m_stage->simulator().forgetFaults();
    m_stage->simulator().act(QStringLiteral("deliveries/release"), {{"order", "random"}});
    const auto isOver = [&] {
        return m_stage->isQuiet() &&
               m_stage->number(QStringLiteral(
                   "SELECT count(*) FROM deposits WHERE state IN ('created', 'awaiting_payment', "
                   "'detected', 'confirming', 'verifying')")) == 0;
    };
    QVERIFY(m_stage->until(isOver, 90'000, 90s));
}

void TestMoneyKills::eachPaymentIsCreditedOnceByTheRule()
{
    const auto connection = database::Connection::open(
        m_stage->databaseUrl(), QStringLiteral("test"), database::Role::Owner);
    QVERIFY(connection);
    const auto rows =
        (*connection)
            ->run(QStringLiteral(
                      "SELECT coalesce(d.provider_payment_id, '') AS payment, d.credited, "
                      "coalesce(t.available, 0) AS available, coalesce(t.other_amount, 0) AS "
                      "excess FROM deposits d LEFT JOIN transfers t ON t.request_key = 'deposit:' "
                      "|| d.provider_payment_id"),
                  {});
    QVERIFY(rows);
    qint64 sum = 0;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row &row = (*rows)[i];
        const QString payment = row.text("payment");
        const Way way = m_paid.value(payment, Way{"", 0});
        QVERIFY2(row.integer("available") == way.credited * 10'000 &&
                     row.integer("excess") == way.inSuspense * 10'000 &&
                     row.integer("credited") == way.credited * 10'000,
                 qPrintable(QStringLiteral("%1, paid %2: %3 and %4")
                                .arg(payment, QLatin1String(way.step))
                                .arg(row.integer("available"))
                                .arg(row.integer("excess"))));
        sum += way.credited * 10'000;
    }
    QCOMPARE(m_stage->number(QStringLiteral("SELECT sum(available) FROM wallets")), sum);
}

void TestMoneyKills::booksBalance()
{
    QCOMPARE(m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")}).exitCode, 0);
    QCOMPARE(sum("SELECT count(*) FROM inbox_outcomes WHERE state <> 'done'"), 0);
    QCOMPARE(sum("SELECT count(*) FROM (SELECT request_key FROM transfers GROUP BY 1 HAVING "
                 "count(*) > 1) x"),
             0);
    const Json violations = m_stage->simulator().see(QStringLiteral("violations"));
    QVERIFY2(core::integerMember(violations, "count") == 0, violations.dump().c_str());
}

void TestMoneyKills::cleanupTestCase()
{
    m_customers.clear();
    m_stage.reset();
}

REGISTER_TEST(TestMoneyKills);

} // namespace tst_money_kills

#include "tst_money_kills.moc"
