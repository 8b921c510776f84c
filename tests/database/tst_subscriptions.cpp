#include "customers/customer_pages.h"
#include "subscriptions/plan_rules.h"
#include "tests/database/plan_fixture.h"
#include "tests/support/test_main.h"

#include <QSet>

namespace tst_subscriptions {

using namespace tests;
using subscriptions::State;

/// Plans are bought, changed and cancelled; what must never be is refused by PostgreSQL.
class TestSubscriptions final : public PlanStage {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        start(usd(100));
        QCOMPARE(asOwner(QStringLiteral("SET session_replication_role = replica; DELETE FROM "
                                        "plan_versions WHERE id > 900")),
                 QString()); // those of other tests
    }
    void shippedCatalogueIsAsAgreed();
    void boughtPlanIsPaidAndGivesItsMinutes();
    void whatIsSoldIsTheVersionOfTheDay();
    void freeAndUnknownPlansAreNotSold();
    void shortBalanceBuysNothing();
    void sameKeyBuysOnce();
    void sixtyFourAtOnceAreOne();
    void planThatRunsIsNotBoughtAgain();
    void creditIsTheUnusedPart_data();
    void creditIsTheUnusedPart();
    void changeCreditsAndPaysTheNewPlanWhole();
    void changePaidByTheCreditIsOneTransaction();
    void creditIsNoMoreThanIsLeftOfThePayment();
    void cancelledPlanMayBeTakenBack();
    void staffSeeThePlanThatRuns();
    void transitionsAreThoseOfPostgres();
    void postgresRefuses_data();
    void postgresRefuses();
    void applicationCannotMoveCounters();
    void cleanup() { QCOMPARE(looseEnds(), QString()); }

private:
    /// The owner's statement, in one transaction; the name of the error, empty when it went
    /// through.
    [[nodiscard]] QString asOwner(const QString &sql)
    {
        const auto done = openConnection(m_url, database::Role::Owner)->runScript(sql);
        return done ? QString() : done.error().detail;
    }
};

void TestSubscriptions::shippedCatalogueIsAsAgreed()
{
    QCOMPARE(
        column(*m_connection,
               QStringLiteral("SELECT plan || ' ' || days || ' ' || price / 1000000 || ' ' || "
                              "allowance_s / 60 || CASE WHEN has_campaigns THEN ' campaigns' "
                              "ELSE '' END AS answer FROM plan_versions ORDER BY id")),
        (QStringList{
            QStringLiteral("free 2 0 2"), QStringLiteral("prime 1 10 100 campaigns"),
            QStringLiteral("prime 7 20 200 campaigns"), QStringLiteral("prime 30 30 500 campaigns"),
            QStringLiteral("elite 1 15 150 campaigns"), QStringLiteral("elite 7 25 300 campaigns"),
            QStringLiteral("elite 30 35 600 campaigns"), QStringLiteral("ultra 1 20 200 campaigns"),
            QStringLiteral("ultra 7 30 400 campaigns"),
            QStringLiteral("ultra 30 40 800 campaigns")}));
}

void TestSubscriptions::boughtPlanIsPaidAndGivesItsMinutes()
{
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("bought"));
    QCOMPARE(transfers(), QStringList{QStringLiteral("plan:1 -20000000")});
    QCOMPARE(money().available, usd(80));
    QCOMPARE(live("state"), QStringLiteral("active"));
    QCOMPARE(live("renews"), QStringLiteral("false")); // nobody turned it on
    QCOMPARE(live("granted_s"), QStringLiteral("12000"));
    QCOMPARE(live("ends_at = starts_at + interval '168 hours'"), QStringLiteral("true"));
    QCOMPARE(told(), QStringList{QStringLiteral("plan.bought")});
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT sum(amount) FROM entries WHERE account "
                                                  "= 'revenue_plans')")),
             20'000'000);
    QCOMPARE(count(QStringLiteral("timers")), 2); // the end, and the notice before
}

void TestSubscriptions::whatIsSoldIsTheVersionOfTheDay()
{
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("bought"));
    QCOMPARE(asOwner(QStringLiteral("INSERT INTO plan_versions VALUES (901, 'prime', 7, 22000000, "
                                    "13200, true, '2026-11-25Z')")),
             QString());
    addSubscriber(7002, usd(100));
    QCOMPARE(buy(901, {}, 7002), QStringLiteral("no_such_plan")); // not yet
    QCOMPARE(buy(kPrimeWeek, {}, 7002), QStringLiteral("bought"));
    addSubscriber(7003, usd(100));
    m_clock.set(core::fromIso(u"2026-11-25T00:00:00Z").value());
    QCOMPARE(buy(kPrimeWeek, {}, 7003), QStringLiteral("no_such_plan")); // not any more
    QCOMPARE(buy(901, {}, 7003), QStringLiteral("bought"));
    QCOMPARE(money(7003).available, usd(78));
    // The older period is explained by the version of its day.
    QCOMPARE(live("plan_version_id"), QStringLiteral("3"));
    QCOMPARE(live("price"), QStringLiteral("20000000"));
}

void TestSubscriptions::freeAndUnknownPlansAreNotSold()
{
    QCOMPARE(buy(1), QStringLiteral("no_such_plan"));
    QCOMPARE(buy(4711), QStringLiteral("no_such_plan"));
    QCOMPARE(count(QStringLiteral("subscriptions")), 0);
}

void TestSubscriptions::shortBalanceBuysNothing()
{
    start(Money::fromMicros(19'999'999));
    const auto offer = purchase(*m_connection, kPrimeWeek, QStringLiteral("k"));
    QVERIFY(offer);
    QCOMPARE(offer->outcome, subscriptions::Purchase::TooLittle);
    QCOMPARE(offer->missing.micros(), 1);
    QCOMPARE(transfers(), QStringList());
    QCOMPARE(count(QStringLiteral("subscriptions")), 0);
    QCOMPARE(count(QStringLiteral("timers")), 0);
}

void TestSubscriptions::sameKeyBuysOnce()
{
    QCOMPARE(buy(kPrimeWeek, QStringLiteral("tap 1")), QStringLiteral("bought"));
    QCOMPARE(buy(kPrimeWeek, QStringLiteral("tap 1")), QStringLiteral("bought")); // as the first
    QCOMPARE(buy(kEliteWeek, QStringLiteral("tap 1")), QStringLiteral("Duplicate"));
    QCOMPARE(count(QStringLiteral("subscriptions")), 1);
    QCOMPARE(transfers().size(), 1);
}

void TestSubscriptions::sixtyFourAtOnceAreOne()
{
    std::vector<QString> outcomes(64);
    inThreads(8, [&](int thread) {
        const auto connection = openConnection(m_url);
        for (int i = thread * 8; i < thread * 8 + 8; ++i)
            outcomes[size_t(i)] =
                nameOfOutcome(purchase(*connection, kPrimeWeek, QStringLiteral("tap %1").arg(i)));
    });
    QCOMPARE(std::count(outcomes.begin(), outcomes.end(), QStringLiteral("bought")), 1);
    QCOMPARE(std::count(outcomes.begin(), outcomes.end(), QStringLiteral("has_it")), 63);
    QCOMPARE(transfers(), QStringList{QStringLiteral("plan:1 -20000000")});
    QCOMPARE(count(QStringLiteral("plan_periods")), 1);
}

void TestSubscriptions::planThatRunsIsNotBoughtAgain()
{
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("bought"));
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("has_it"));
    wish("cancel");
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("has_it"));
    QCOMPARE(transfers().size(), 1);
}

void TestSubscriptions::creditIsTheUnusedPart_data()
{
    QTest::addColumn<qint64>("paid");
    QTest::addColumn<int>("days");
    QTest::addColumn<qint64>("secondsToEnd");
    QTest::addColumn<int>("secondsLeft"); // of 30,000
    QTest::addColumn<qint64>("credit");
    const auto row = [](const char *name, qint64 paid, int days, qint64 toEnd, int left,
                        qint64 credit) {
        QTest::newRow(name) << paid << days << toEnd << left << credit;
    };
    row("just bought", 30'000'000, 30, 30 * 86'400, 30'000, 30'000'000);
    row("a second later: 29 whole days", 30'000'000, 30, 30 * 86'400 - 1, 30'000, 29'000'000);
    row("a third of a micro-dollar is the house's", 20'000'000, 7, 3 * 86'400, 30'000, 8'571'428);
    row("the last day", 30'000'000, 30, 86'399, 30'000, 0);
    row("half of the minutes are used", 30'000'000, 30, 29 * 86'400, 15'000, 15'000'000);
    row("all minutes are used", 30'000'000, 30, 29 * 86'400, 0, 0);
    row("minutes by the micro-dollar, too", 10'000'001, 30, 30 * 86'400, 9'999, 3'333'000);
    row("over", 30'000'000, 30, 0, 30'000, 0);
    row("long over", 30'000'000, 30, -86'400 * 3, 30'000, 0);
    row("a plan of one day", 10'000'000, 1, 86'399, 30'000, 0);
    row("a clock that was set back gives no more than was paid", 30'000'000, 30, 31 * 86'400,
        30'000, 30'000'000);
}

void TestSubscriptions::creditIsTheUnusedPart()
{
    QFETCH(qint64, paid);
    QFETCH(int, days);
    QFETCH(qint64, secondsToEnd);
    QFETCH(int, secondsLeft);
    const Money credit =
        subscriptions::creditOf({.paid = Money::fromMicros(paid),
                                 .days = days,
                                 .endsAt = kMorning + std::chrono::seconds(secondsToEnd),
                                 .granted = 30'000s,
                                 .left = std::chrono::seconds(secondsLeft)},
                                kMorning);
    QTEST(credit.micros(), "credit");
}

void TestSubscriptions::changeCreditsAndPaysTheNewPlanWhole()
{
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("bought"));
    wish("renew");
    m_clock.advance(3 * 24h + 1h); // three whole days are left
    QCOMPARE(buy(kUltraMonth), QStringLiteral("bought"));
    QCOMPARE(transfers(),
             (QStringList{QStringLiteral("plan:1 -20000000"), QStringLiteral("credit:1:1 8571428"),
                          QStringLiteral("plan:2 -40000000")}));
    QCOMPARE(value(QStringLiteral("SELECT state || ' ' || end_reason AS answer FROM subscriptions "
                                  "WHERE id = 1")),
             QStringLiteral("ended changed"));
    QCOMPARE(value(QStringLiteral("SELECT (closed_at IS NOT NULL)::text AS answer FROM "
                                  "plan_periods WHERE subscription_id = 1")),
             QStringLiteral("true"));
    QCOMPARE(live("plan"), QStringLiteral("ultra"));
    QCOMPARE(live("renews"), QStringLiteral("false")); // it was another price
    QCOMPARE(count(QStringLiteral("timers WHERE key LIKE 'plan:1:%'")), 0);
    QCOMPARE(told(), (QStringList{QStringLiteral("plan.bought"), QStringLiteral("plan.bought")}));
}

void TestSubscriptions::changePaidByTheCreditIsOneTransaction()
{
    start(usd(30));
    QCOMPARE(buy(kPrimeMonth), QStringLiteral("bought"));
    QCOMPARE(buy(kUltraMonth), QStringLiteral("too_little")); // 10 are missing
    QCOMPARE(transfers().size(), 1);
    QCOMPARE(live("plan"), QStringLiteral("prime"));
    m_clock.advance(1min);
    QCOMPARE(buy(kEliteWeek), QStringLiteral("bought"));
    QCOMPARE(money().available, usd(4)); // 30 - 30 + 29 - 25
}

void TestSubscriptions::creditIsNoMoreThanIsLeftOfThePayment()
{
    QCOMPARE(buy(kPrimeMonth), QStringLiteral("bought"));
    const qint64 paid = number(
        *m_connection, QStringLiteral("(SELECT id FROM transfers WHERE request_key = 'plan:1')"));
    QVERIFY(post(*m_connection,
                 refund(kSubscriber, QStringLiteral("refund:1"), TransferId{paid}, usd(28))));
    QCOMPARE(buy(kUltraMonth), QStringLiteral("bought"));
    QVERIFY(transfers().contains(QStringLiteral("credit:1:1 2000000")));
}

void TestSubscriptions::cancelledPlanMayBeTakenBack()
{
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("bought"));
    wish("renew");
    QCOMPARE(live("renews"), QStringLiteral("true"));
    wish("cancel");
    QCOMPARE(live("state"), QStringLiteral("cancelled"));
    QCOMPARE(live("renews"), QStringLiteral("false"));
    wish("cancel"); // twice
    wish("renew_not");
    QCOMPARE(live("state"), QStringLiteral("cancelled"));
    wish("renew");
    QCOMPARE(live("state"), QStringLiteral("active"));
    QCOMPARE(live("renews"), QStringLiteral("true"));
    QCOMPARE(transfers().size(), 1); // nothing of this costs
}

void TestSubscriptions::staffSeeThePlanThatRuns()
{
    database::ReadPool pool(m_url, 1);
    customers::CustomerPages pages(pool, m_catalogue, m_clock);
    const auto plan = [&] {
        auto detail = pages.loadCustomer(CustomerId{kSubscriber});
        detail.waitForFinished();
        return detail.result().value().plan;
    };
    QVERIFY(!plan());
    QCOMPARE(buy(kPrimeMonth), QStringLiteral("bought"));
    QVERIFY(plan().has_value());
    QCOMPARE(plan()->plan, QStringLiteral("prime"));
    QCOMPARE(plan()->price, usd(30));
    QCOMPARE(plan()->left(), std::chrono::minutes(500));
    QCOMPARE(plan()->endsAt, m_clock.now() + 30 * 24h);
    QCOMPARE(plan()->state, QStringLiteral("active"));
    QVERIFY(!plan()->renews && plan()->transfer);
    wish("renew");
    QVERIFY(plan()->renews);
    wish("cancel");
    QCOMPARE(plan()->state, QStringLiteral("cancelled"));
    QVERIFY(!plan()->renews);
    goTo(m_clock.now() + 31 * 24h);
    QVERIFY(!plan());
}

void TestSubscriptions::transitionsAreThoseOfPostgres()
{
    const State all[] = {State::Active, State::Grace, State::Cancelled, State::Ended};
    for (const State from : all) {
        for (const State to : all) {
            const QString sql = QStringLiteral("subscription_may_follow('%1', '%2')::int")
                                    .arg(nameOf(from), nameOf(to));
            QCOMPARE(number(*m_connection, sql) == 1, mayFollow(from, to));
        }
    }
}

void TestSubscriptions::postgresRefuses_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char *name, const char *sql) {
        QTest::newRow(name) << QString::fromUtf8(sql);
    };
    row("a changed version", "UPDATE plan_versions SET price = 1 WHERE id = 3");
    row("a version taken away", "DELETE FROM plan_versions WHERE id = 3");
    row("a version that begins before the last",
        "INSERT INTO plan_versions VALUES (902, 'prime', 7, 1, 1, true, '-infinity')");
    row("a paid Free",
        "INSERT INTO plan_versions VALUES (902, 'free', 2, 1, 1, false, '2030-01-01Z')");
    row("two plans at once",
        "INSERT INTO subscriptions (customer_id, request_key, plan, days, started_at, cause_id) "
        "VALUES (7001, 'x', 'ultra', 7, now(), 1)");
    row("a subscription without a paid period",
        "INSERT INTO subscriptions (customer_id, request_key, plan, days, started_at, cause_id) "
        "VALUES (7002, 'x', 'ultra', 7, now(), 1)");
    row("from ended to anything", "UPDATE subscriptions SET state = 'ended', ended_at = now(), "
                                  "end_reason = 'expired'; UPDATE subscriptions SET state = "
                                  "'active', ended_at = NULL, end_reason = NULL");
    row("cancelled to grace",
        "UPDATE subscriptions SET state = 'cancelled'; UPDATE subscriptions SET state = 'grace', "
        "renews = true, grace_since = now(), next_try_at = now()");
    row("renewing though cancelled", "UPDATE subscriptions SET state = 'cancelled', renews = true");
    row("grace without a next try", "UPDATE subscriptions SET state = 'grace', renews = true");
    row("an end without a reason", "UPDATE subscriptions SET state = 'ended', ended_at = now()");
    row("another customer", "UPDATE subscriptions SET customer_id = 7002");
    row("a period skipped", "UPDATE subscriptions SET period = 3");
    row("a period that does not exist", "UPDATE subscriptions SET period = 2");
    row("a subscription deleted", "DELETE FROM subscriptions");
    row("a period deleted", "DELETE FROM plan_periods");
    row("a longer period", "UPDATE plan_periods SET ends_at = ends_at + interval '1 day'");
    row("more seconds", "UPDATE plan_periods SET granted_s = granted_s + 1");
    row("more used than granted", "UPDATE plan_periods SET used_s = granted_s + 1");
    row("used and held beyond granted",
        "UPDATE plan_periods SET used_s = granted_s, held_s = held_s + 1");
    row("used below nothing", "UPDATE plan_periods SET used_s = -1");
    row("a period that was not paid",
        "UPDATE subscriptions SET renews = true; INSERT INTO plan_periods (customer_id, "
        "subscription_id, number, plan_version_id, starts_at, ends_at, price, granted_s, cause_id) "
        "SELECT 7001, 1, 2, 3, ends_at, ends_at + interval '168 hours', 20000000, 12000, 1 FROM "
        "plan_periods");
    row("a period paid by the payment of another",
        "UPDATE subscriptions SET renews = true; INSERT INTO plan_periods (customer_id, "
        "subscription_id, number, plan_version_id, starts_at, ends_at, price, transfer_id, "
        "granted_s, cause_id) SELECT 7001, 1, 2, 3, ends_at, ends_at + interval '168 hours', "
        "20000000, transfer_id, 12000, 1 FROM plan_periods");
    row("Free twice",
        "INSERT INTO plan_periods (customer_id, plan_version_id, starts_at, ends_at, price, "
        "granted_s, cause_id) SELECT 7001, 1, now(), now() + interval '48 hours', 0, 120, 1 FROM "
        "generate_series(1, 2)");
    row("a plan paid into another account",
        "INSERT INTO transfers (customer_id, at, cause_id, available, platform, platform_amount, "
        "kind, request_key) VALUES (7001, now(), 1, -1, 'revenue_calls', 1, 'plan', 'x')");
    row("a plan that pays the customer",
        "INSERT INTO transfers (customer_id, at, cause_id, available, platform, platform_amount, "
        "kind, request_key) VALUES (7001, now(), 1, 1, 'revenue_plans', -1, 'plan', 'x')");
}

void TestSubscriptions::postgresRefuses()
{
    QFETCH(QString, sql);
    addSubscriber(7002, usd(100));
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("bought"));
    const QString refused = asOwner(QStringLiteral("BEGIN; ") + sql + QStringLiteral("; COMMIT"));
    QVERIFY2(refused.startsWith(QLatin1String("23")), qUtf8Printable(refused));
}

void TestSubscriptions::applicationCannotMoveCounters()
{
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("bought"));
    for (const char *sql :
         {"UPDATE plan_periods SET used_s = 1", "UPDATE plan_periods SET held_s = 1",
          "UPDATE plan_versions SET price = 1", "DELETE FROM subscriptions"}) {
        const auto done = m_connection->run(QLatin1String(sql));
        QVERIFY(!done);
        QVERIFY2(done.error().detail.contains(QLatin1String("42501")),
                 qUtf8Printable(done.error().detail));
    }
}

REGISTER_TEST(TestSubscriptions);

} // namespace tst_subscriptions

#include "tst_subscriptions.moc"
