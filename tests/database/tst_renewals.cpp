#include "subscriptions/plan_rules.h"
#include "tests/database/plan_fixture.h"
#include "tests/support/test_main.h"

namespace tst_renewals {

using namespace tests;

/// What follows a period: it is renewed, waits for money, or ends; once, whatever the timers do.
class TestRenewals final : public PlanStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(usd(100)); }
    void periodsAreWholeDays_data();
    void periodsAreWholeDays();
    void thirtyPeriodsDoNotDrift();
    void withoutRenewalThePlanEnds();
    void cancelledPlanRunsToItsEnd();
    void renewalIsChargedOnce();
    void timerThatComesAgainChangesNothing();
    void earlyTimerIsSetForItsTime();
    void clockSetBackAnHourChargesOnce();
    void lateRenewalBeginsWithThePayment();
    void renewalCostsWhatIsInForceThen();
    void aPriceAfterTheNoticeIsOfTheNextPeriod();
    void lateRenewalCostsWhatWasAnnounced_data();
    void lateRenewalCostsWhatWasAnnounced();
    void noticeTellsADayBefore();
    void shortBalanceIsTriedThreeTimesThenFree();
    void topUpBetweenTheTriesRenews();
    void payNowRenewsWhenTheMoneyIsThere();
    void whoGivesUpWaitingIsOnFree();
    void anotherPlanIsBoughtWhileOneWaits();
    void serverThatWasDownForDaysStillTries();
    void deadTimerComesBack();
    void cleanup() { QCOMPARE(looseEnds(), QString()); }

private:
    [[nodiscard]] Timestamp endsAt()
    {
        return core::fromMicros(live("to_micros(p.ends_at)").toLongLong());
    }
    void buyRenewing(int version)
    {
        QCOMPARE(buy(version), QStringLiteral("bought"));
        wish("renew");
        QCOMPARE(live("renews"), QStringLiteral("true"));
    }
    void spendAll()
    {
        QVERIFY(post(*m_connection, plan(kSubscriber, QStringLiteral("spent"), money().available)));
    }
    void topUp(qint64 dollars)
    {
        QVERIFY(credit(*m_connection, {.customer = CustomerId{kSubscriber},
                                       .amount = usd(dollars),
                                       .payment = QStringLiteral("later")}));
    }
    [[nodiscard]] QString endReason()
    {
        return value(QStringLiteral("SELECT end_reason AS answer FROM subscriptions ORDER BY id "
                                    "DESC LIMIT 1"));
    }
    [[nodiscard]] static Timestamp at(const char *iso)
    {
        return core::fromIso(QString::fromLatin1(iso)).value();
    }
};

void TestRenewals::periodsAreWholeDays_data()
{
    QTest::addColumn<QString>("start");
    QTest::addColumn<int>("version");
    QTest::addColumn<QString>("end");
    const auto row = [](const char *name, const char *start, int version, const char *end) {
        QTest::newRow(name) << QString::fromLatin1(start) << version << QString::fromLatin1(end);
    };
    row("the end of a month", "2027-01-31T23:59:59.999999Z", kPrimeMonth,
        "2027-03-02T23:59:59.999999Z");
    row("the end of a year", "2027-12-31T12:00:00.000000Z", kPrimeDay,
        "2028-01-01T12:00:00.000000Z");
    row("to a leap day", "2028-02-28T08:00:00.000000Z", kPrimeDay, "2028-02-29T08:00:00.000000Z");
    row("from a leap day", "2028-02-29T08:00:00.000000Z", kPrimeWeek,
        "2028-03-07T08:00:00.000000Z");
    row("over a leap day", "2028-02-15T08:00:00.000000Z", kPrimeMonth,
        "2028-03-16T08:00:00.000000Z");
    row("over no leap day", "2100-02-15T08:00:00.000000Z", kPrimeMonth,
        "2100-03-17T08:00:00.000000Z");
    row("clocks go forward in Paris", "2027-03-27T01:30:00.000000Z", kPrimeDay,
        "2027-03-28T01:30:00.000000Z");
    row("clocks go back in Paris", "2027-10-30T00:30:00.000000Z", kPrimeWeek,
        "2027-11-06T00:30:00.000000Z");
    row("clocks go forward in New York", "2027-03-13T07:30:00.000000Z", kPrimeDay,
        "2027-03-14T07:30:00.000000Z");
    row("clocks go back in New York", "2027-11-06T05:30:00.000000Z", kPrimeMonth,
        "2027-12-06T05:30:00.000000Z");
}

/// Also with a server whose own zone has a summer time.
void TestRenewals::periodsAreWholeDays()
{
    QFETCH(QString, start);
    QFETCH(int, version);
    PlanStage::start(usd(100), core::fromIso(start).value());
    for (const char *zone : {"Europe/Paris", "America/New_York"})
        QVERIFY(
            m_connection->runScript(QStringLiteral("SET TIME ZONE '%1'").arg(QLatin1String(zone))));
    buyRenewing(version);
    QTEST(core::toIso(endsAt()), "end");
    const Timestamp first = endsAt();
    goTo(first);
    QCOMPARE(live("period"), QStringLiteral("2"));
    QCOMPARE(live("p.ends_at - p.starts_at = (SELECT ends_at - starts_at FROM plan_periods WHERE "
                  "number = 1)"),
             QStringLiteral("true"));
    QCOMPARE(transfers().size(), 2);
}

void TestRenewals::thirtyPeriodsDoNotDrift()
{
    start(usd(400), at("2028-02-14T23:30:00Z"));
    buyRenewing(kPrimeDay);
    // The timers are turned a little late each time; the periods stay where they are.
    for (int i = 1; i <= 30; ++i) {
        m_clock.set(at("2028-02-14T23:30:00Z") + std::chrono::days(i) + 59s);
        fire();
    }
    QCOMPARE(live("period"), QStringLiteral("31"));
    QCOMPARE(core::toIso(endsAt()), QStringLiteral("2028-03-16T23:30:00.000000Z"));
    QCOMPARE(money().available, usd(400 - 31 * 10));
    QCOMPARE(count(QStringLiteral("plan_periods a JOIN plan_periods b ON b.number = a.number + 1 "
                                  "AND b.starts_at <> a.ends_at")),
             0);
}

void TestRenewals::withoutRenewalThePlanEnds()
{
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("bought"));
    goTo(endsAt() - 1s);
    QCOMPARE(live("state"), QStringLiteral("active"));
    goTo(endsAt());
    QCOMPARE(live("state"), QString());
    QCOMPARE(endReason(), QStringLiteral("expired"));
    QCOMPARE(transfers().size(), 1);
    QCOMPARE(told().last(), QStringLiteral("plan.ended.expired"));
    QCOMPARE(count(QStringLiteral("timers")), 0);
}

void TestRenewals::cancelledPlanRunsToItsEnd()
{
    buyRenewing(kPrimeWeek);
    wish("cancel");
    goTo(endsAt());
    QCOMPARE(endReason(), QStringLiteral("cancelled"));
    QCOMPARE(transfers().size(), 1);
    QCOMPARE(told(), (QStringList{QStringLiteral("plan.bought"),
                                  QStringLiteral("plan.ended.cancelled")})); // and no notice
}

void TestRenewals::renewalIsChargedOnce()
{
    buyRenewing(kPrimeWeek);
    const Timestamp first = endsAt();
    goTo(first);
    QCOMPARE(transfers(), (QStringList{QStringLiteral("plan:1 -20000000"),
                                       QStringLiteral("renewal:1:2 -20000000")}));
    QCOMPARE(live("p.starts_at = (SELECT ends_at FROM plan_periods WHERE number = 1)"),
             QStringLiteral("true"));
    QCOMPARE(live("granted_s - used_s - held_s"), QStringLiteral("12000")); // as new
    QCOMPARE(told().last(), QStringLiteral("plan.renewed"));
    goTo(endsAt() + 1s);
    QCOMPARE(transfers().size(), 3);
}

void TestRenewals::timerThatComesAgainChangesNothing()
{
    buyRenewing(kPrimeWeek);
    goTo(endsAt());
    for (int i = 0; i < 3; ++i)
        fireAgain("plan.due", 1);
    fireAgain("plan.notice", 1);
    fireAgain("plan.due", 9);
    fireAgain("plan.due", 1, 4711);
    QCOMPARE(transfers().size(), 2);
    QCOMPARE(live("period"), QStringLiteral("2"));
    QCOMPARE(told().last(), QStringLiteral("plan.renewed"));
}

void TestRenewals::earlyTimerIsSetForItsTime()
{
    buyRenewing(kPrimeWeek);
    const QString due = value(QStringLiteral("SELECT due_at::text AS answer FROM timers WHERE key "
                                             "= 'plan:1:due'"));
    fireAgain("plan.due", 1);
    QCOMPARE(transfers().size(), 1);
    QCOMPARE(value(QStringLiteral("SELECT due_at::text AS answer FROM timers WHERE key = "
                                  "'plan:1:due'")),
             due);
}

void TestRenewals::clockSetBackAnHourChargesOnce()
{
    buyRenewing(kPrimeWeek);
    const Timestamp first = endsAt();
    goTo(first);
    m_clock.set(first - 1h);
    fire();
    fireAgain("plan.due", 1);
    fireAgain("plan.due", 2); // as if it had been turned before the clock was set
    m_clock.set(first);
    fire();
    QCOMPARE(transfers().size(), 2);
    QCOMPARE(endsAt(), first + std::chrono::days(7));
    // The other way round: bought, set back, and due as it was bought.
    goTo(endsAt());
    QCOMPARE(transfers().size(), 3);
}

void TestRenewals::lateRenewalBeginsWithThePayment()
{
    buyRenewing(kPrimeWeek);
    const Timestamp first = endsAt();
    m_clock.set(first + std::chrono::days(3)); // no server ran
    fire();
    QCOMPARE(transfers().size(), 2);
    QCOMPARE(endsAt(), first + std::chrono::days(10));
}

void TestRenewals::renewalCostsWhatIsInForceThen()
{
    buyRenewing(kPrimeWeek);
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto dearer = owner->runScript(
        QStringLiteral("INSERT INTO plan_versions SELECT 903, 'prime', 7, 22000000, 13200, true, "
                       "starts_at + interval '1 day' FROM plan_periods"));
    QVERIFY(dearer);
    goTo(endsAt());
    QCOMPARE(transfers().last(), QStringLiteral("renewal:1:2 -22000000"));
    QCOMPARE(live("plan_version_id"), QStringLiteral("903"));
    QVERIFY(owner->runScript(QStringLiteral("SET session_replication_role = replica; DELETE FROM "
                                            "plan_versions WHERE id = 903")));
}

void TestRenewals::aPriceAfterTheNoticeIsOfTheNextPeriod()
{
    buyRenewing(kPrimeWeek);
    goTo(endsAt() - 24h);
    QCOMPARE(told().last(), QStringLiteral("plan.notice.renews"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(
        QStringLiteral("INSERT INTO plan_versions SELECT 903, 'prime', 7, 22000000, 13200, true, "
                       "ends_at - interval '23 hours' FROM plan_periods")));
    goTo(endsAt());
    QCOMPARE(transfers().last(), QStringLiteral("renewal:1:2 -20000000"));
    goTo(endsAt());
    QCOMPARE(transfers().last(), QStringLiteral("renewal:1:3 -22000000"));
    QVERIFY(owner->runScript(QStringLiteral("SET session_replication_role = replica; DELETE FROM "
                                            "plan_versions WHERE id = 903")));
}

/// Money that comes late pays what was announced, not what was put up meanwhile.
void TestRenewals::lateRenewalCostsWhatWasAnnounced_data()
{
    QTest::addColumn<bool>("byButton");
    QTest::newRow("the next try") << false;
    QTest::newRow("the button") << true;
}

void TestRenewals::lateRenewalCostsWhatWasAnnounced()
{
    QFETCH(bool, byButton);
    start(usd(20));
    buyRenewing(kPrimeWeek);
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(
        QStringLiteral("INSERT INTO plan_versions SELECT 903, 'prime', 7, 22000000, 13200, true, "
                       "ends_at + interval '1 hour' FROM plan_periods")));
    goTo(endsAt());
    QCOMPARE(live("state"), QStringLiteral("grace"));
    QVERIFY(credit(*m_connection, {.customer = CustomerId{kSubscriber},
                                   .amount = usd(40),
                                   .payment = QStringLiteral("late")}));
    goTo(m_clock.now() + 2h);
    if (byButton)
        wish("pay");
    else
        goTo(m_clock.now() + 4h);
    QCOMPARE(transfers().last(), QStringLiteral("renewal:1:2 -20000000"));
    QCOMPARE(live("plan_version_id"), QString::number(kPrimeWeek));
    QVERIFY(owner->runScript(QStringLiteral("SET session_replication_role = replica; DELETE FROM "
                                            "plan_versions WHERE id = 903")));
}

void TestRenewals::noticeTellsADayBefore()
{
    buyRenewing(kPrimeWeek);
    goTo(endsAt() - 24h - 1s);
    QCOMPARE(told(), QStringList{QStringLiteral("plan.bought")});
    goTo(endsAt() - 24h);
    QCOMPARE(told().last(), QStringLiteral("plan.notice.renews"));
    wish("renew_not");
    fireAgain("plan.notice", 1);
    QCOMPARE(told().last(), QStringLiteral("plan.notice.ends"));
    start(usd(10));
    buyRenewing(kPrimeDay); // the receipt says when it ends
    goTo(endsAt() - 1s);
    QCOMPARE(told(), QStringList{QStringLiteral("plan.bought")});
}

void TestRenewals::shortBalanceIsTriedThreeTimesThenFree()
{
    buyRenewing(kPrimeWeek);
    spendAll();
    const Timestamp end = endsAt();
    goTo(end);
    QCOMPARE(live("state"), QStringLiteral("grace"));
    const int before = int(told().size());
    QCOMPARE(told().last(), QStringLiteral("plan.short"));
    const Json keyboard = Json::parse(
        value(QStringLiteral("SELECT payload #>> '{parameters,reply_markup}' AS answer FROM outbox "
                             "WHERE method = 'sendMessage' ORDER BY id DESC LIMIT 1"))
            .toStdString());
    QCOMPARE(core::textMember(keyboard["inline_keyboard"][0][0], "callback_data"),
             std::optional(QStringLiteral("wallet:topup")));
    for (const auto after : {6h, 24h}) {
        goTo(end + after - 1s);
        fireAgain("plan.due", 1); // too early
        const auto size = told().size();
        goTo(end + after);
        QCOMPARE(told().size(), size + 1);
        QCOMPARE(told().last(), QStringLiteral("plan.short"));
    }
    goTo(end + 48h);
    QCOMPARE(live("state"), QString());
    QCOMPARE(endReason(), QStringLiteral("unpaid"));
    QCOMPARE(told().mid(before),
             (QStringList{QStringLiteral("plan.short"), QStringLiteral("plan.short"),
                          QStringLiteral("plan.ended.unpaid")}));
    QCOMPARE(count(QStringLiteral("timers")), 0);
    topUp(100);
    goTo(end + 500h);
    QCOMPARE(count(QStringLiteral("transfers WHERE request_key LIKE 'renewal:%'")), 0);
}

void TestRenewals::topUpBetweenTheTriesRenews()
{
    buyRenewing(kPrimeWeek);
    spendAll();
    const Timestamp end = endsAt();
    goTo(end + 23h);
    topUp(20);
    goTo(end + 24h);
    QCOMPARE(live("state"), QStringLiteral("active"));
    QCOMPARE(endsAt(), end + 24h + std::chrono::days(7)); // a day without is no day of the plan
    QCOMPARE(transfers().last(), QStringLiteral("renewal:1:2 -20000000"));
    goTo(end + 48h);
    QCOMPARE(count(QStringLiteral("transfers WHERE request_key LIKE 'renewal:%'")), 1);
}

void TestRenewals::payNowRenewsWhenTheMoneyIsThere()
{
    buyRenewing(kPrimeWeek);
    wish("pay"); // nothing waits
    QCOMPARE(transfers().size(), 1);
    spendAll();
    const Timestamp end = endsAt();
    goTo(end + 1h);
    wish("pay");
    QCOMPARE(live("state"), QStringLiteral("grace"));
    topUp(20);
    wish("pay");
    wish("pay");
    QCOMPARE(live("state"), QStringLiteral("active"));
    QCOMPARE(count(QStringLiteral("transfers WHERE request_key LIKE 'renewal:%'")), 1);
    QCOMPARE(money().available, Money());
}

void TestRenewals::whoGivesUpWaitingIsOnFree()
{
    for (const char *how : {"cancel", "renew_not"}) {
        start(usd(20));
        buyRenewing(kPrimeWeek);
        goTo(endsAt());
        QCOMPARE(live("state"), QStringLiteral("grace"));
        wish(how);
        QCOMPARE(live("state"), QString());
        QCOMPARE(endReason(), QStringLiteral("cancelled"));
        QCOMPARE(count(QStringLiteral("timers")), 0);
    }
}

void TestRenewals::anotherPlanIsBoughtWhileOneWaits()
{
    buyRenewing(kUltraMonth);
    spendAll();
    const Timestamp end = endsAt();
    goTo(end + 1h);
    topUp(20);
    QCOMPARE(buy(kPrimeWeek), QStringLiteral("bought"));
    QCOMPARE(live("plan"), QStringLiteral("prime"));
    QCOMPARE(transfers().last(), QStringLiteral("plan:2 -20000000"));
    QVERIFY(transfers().filter(QStringLiteral("credit:")).isEmpty());
    goTo(end + 48h);
    QCOMPARE(live("state"), QStringLiteral("active"));
}

void TestRenewals::serverThatWasDownForDaysStillTries()
{
    buyRenewing(kPrimeWeek);
    spendAll();
    const Timestamp end = endsAt();
    m_clock.set(end + 100h);
    fire();
    QCOMPARE(live("state"), QStringLiteral("grace")); // counted from the first try
    m_clock.set(end + 100h + 30h);                    // down again: two tries are one
    fire();
    QCOMPARE(live("to_micros(next_try_at)").toLongLong(), core::toMicros(end + 148h));
    m_clock.set(end + 300h);
    fire();
    QCOMPARE(endReason(), QStringLiteral("unpaid"));
}

void TestRenewals::deadTimerComesBack()
{
    buyRenewing(kPrimeWeek);
    const Timestamp end = endsAt();
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(QStringLiteral("REVOKE INSERT ON plan_periods FROM speechcad_app")));
    goTo(end);
    for (int tries = 0; tries < 20 && count(QStringLiteral("inbox_waiting")) > 0; ++tries) {
        m_clock.advance(5min);
        run();
    }
    QCOMPARE(count(QStringLiteral("inbox_outcomes WHERE state = 'dead'")), 1);
    QVERIFY(owner->runScript(QStringLiteral("GRANT INSERT ON plan_periods TO speechcad_app")));
    QCOMPARE(transfers().size(), 1);
    goTo(m_clock.now() + 2h);
    QCOMPARE(live("period"), QStringLiteral("2"));
    QCOMPARE(transfers().size(), 2);
    QVERIFY(owner->runScript(QStringLiteral("SET session_replication_role = replica; DELETE FROM "
                                            "inbox_outcomes WHERE state = 'dead'")));
}

REGISTER_TEST(TestRenewals);

} // namespace tst_renewals

#include "tst_renewals.moc"
