#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_renewal_kills {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr int kFirst = 100'000;
constexpr auto kWeek = std::chrono::days(7);

int renewals()
{
    return qEnvironmentVariableIsSet("SPEECHCAD_LONG") ? 10'000 : 500;
}

} // namespace

/// Many renewals due in one minute, two servers, one of them killed: each period is charged once.
class TestRenewalKills final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void eachIsChargedOnceThoughOneServerDies();
    void afterThatAllIsAsIfNobodyHadDied();
    void ledgerVerifies();

private:
    [[nodiscard]] qint64 renewed()
    {
        return m_stage->number(
            QStringLiteral("SELECT count(*) FROM transfers WHERE request_key LIKE 'renewal:%'"));
    }
    [[nodiscard]] qint64 count(const QString &what)
    {
        return m_stage->number(QStringLiteral("SELECT count(*) FROM ") + what);
    }

    std::unique_ptr<JourneyStage> m_stage;
    Timestamp m_end;
};

/// Customers whose week ends within one minute from now: of ten, eight renew, one has not the
/// money, and one does not want to. Nobody is written to, since nobody has written to the bot.
void TestRenewalKills::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>(JourneyStage::Setup{.servers = 2});
    m_end = m_stage->clock().now() + 1min;
    const auto owner = database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                                  database::Role::Owner);
    QVERIFY(owner);
    const auto made = (*owner)->runScript(QStringLiteral(R"(
        BEGIN;
        CREATE TEMP TABLE n ON COMMIT DROP AS SELECT i, %1 + i AS customer,
            '%3'::timestamptz + (i % 60) * interval '1 second' AS starts FROM generate_series(1, %2) i;
        INSERT INTO wallets (customer_id) SELECT customer FROM n;
        INSERT INTO customers (id, name, language, is_reachable, created_at, cause_id)
            SELECT customer, 'N', 'en', false, starts, 1 FROM n;
        INSERT INTO transfers (customer_id, at, cause_id, available, platform, platform_amount, kind, request_key)
            SELECT customer, starts, 1, a, 'dynopay_clearing', -a, 'deposit', 'deposit:' || customer
            FROM n, LATERAL (SELECT CASE i % 10 WHEN 1 THEN 39999999 ELSE 100000000 END AS a) x;
        INSERT INTO subscriptions (id, customer_id, request_key, plan, days, renews, started_at, cause_id)
            OVERRIDING SYSTEM VALUE SELECT i, customer, 'made:' || i, 'prime', 7, i % 10 <> 2, starts, 1 FROM n;
        INSERT INTO transfers (customer_id, at, cause_id, available, platform, platform_amount, kind, request_key)
            SELECT customer, starts, 1, -20000000, 'revenue_plans', 20000000, 'plan', 'plan:' || i FROM n;
        INSERT INTO plan_periods (customer_id, subscription_id, number, plan_version_id, starts_at, ends_at, price,
            transfer_id, granted_s, cause_id)
            SELECT n.customer, i, 1, 3, starts, starts + interval '168 hours', 20000000, t.id, 12000, 1
            FROM n JOIN transfers t ON t.request_key = 'plan:' || i;
        INSERT INTO timers (key, due_at, kind, lane, payload, cause_id)
            SELECT 'plan:' || i || ':due', starts + interval '168 hours', 'plan.due', 'customer:' || customer,
                jsonb_build_object('v', 1, 'subscription', i, 'period', 1), 1 FROM n;
        COMMIT)")
                                              .arg(kFirst)
                                              .arg(renewals())
                                              .arg(core::toIso(m_end - kWeek)));
    QVERIFY2(made, qUtf8Printable(made ? QString() : made.error().detail));
    m_stage->startServer(0);
    m_stage->startServer(1);
}

void TestRenewalKills::eachIsChargedOnceThoughOneServerDies()
{
    QCOMPARE(renewed(), 0);
    m_stage->clock().advance(m_end + 1min - m_stage->clock().now());
    QVERIFY(m_stage->until([&] { return renewed() > renewals() / 20; }, 60'000));
    m_stage->server(0).kill();
    const qint64 atDeath = renewed();
    QVERIFY2(atDeath < renewals() * 8 / 10, "all was done before it died");
    const auto isDone = [&] {
        return count(QStringLiteral("subscriptions s JOIN plan_periods p ON p.subscription_id = "
                                    "s.id AND p.number = s.period WHERE s.state = 'active' AND "
                                    "p.ends_at < now() + interval '6 days' AND s.period = 1")) ==
                   0 &&
               count(QStringLiteral("inbox_waiting")) == 0;
    };
    QVERIFY(m_stage->until(isDone, 240'000));
    qInfo("%lld of %d were done when it died", static_cast<long long>(atDeath), renewals());
}

void TestRenewalKills::afterThatAllIsAsIfNobodyHadDied()
{
    const int tenth = renewals() / 10;
    QCOMPARE(renewed(), 8 * tenth);
    QCOMPARE(count(QStringLiteral("plan_periods WHERE number = 2")), 8 * tenth);
    QCOMPARE(count(QStringLiteral("subscriptions WHERE state = 'active' AND period = 2")),
             8 * tenth);
    QCOMPARE(count(QStringLiteral("subscriptions WHERE state = 'grace' AND period = 1")), tenth);
    QCOMPARE(count(QStringLiteral("subscriptions WHERE end_reason = 'expired'")), tenth);
    // Without a gap, though a minute late.
    QCOMPARE(count(QStringLiteral("plan_periods a JOIN plan_periods b ON b.subscription_id = "
                                  "a.subscription_id AND b.number = 2 WHERE a.number = 1 AND "
                                  "b.starts_at <> a.ends_at")),
             0);
    QCOMPARE(count(QStringLiteral("wallets WHERE available = 60000000")), 8 * tenth);
    QCOMPARE(count(QStringLiteral("wallets WHERE available = 19999999")), tenth);
    QCOMPARE(count(QStringLiteral("wallets WHERE available = 80000000")), tenth);
    QCOMPARE(count(QStringLiteral("inbox_outcomes WHERE state <> 'done'")), 0);
    // Those that run have their next end, those that wait their next try.
    QCOMPARE(count(QStringLiteral("timers WHERE kind = 'plan.due'")), 9 * tenth);
}

void TestRenewalKills::ledgerVerifies()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
}

REGISTER_TEST(TestRenewalKills);

} // namespace tst_renewal_kills

#include "tst_renewal_kills.moc"
