#include "subscriptions/allowance.h"
#include "tests/database/call_fixture.h"
#include "tests/support/test_main.h"

namespace tst_allowances {

using namespace tests;

/// Minutes of a plan pay for calls before the wallet does; no second of them pays twice.
class TestAllowances final : public CallStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void freeMinutesAreGrantedOnceAndEnd();
    void clockThatIsSetBackHidesNoMinutes();
    void callWithinTheMinutesHoldsNoMoney();
    void minutesComeFirstThenTheWallet();
    void minutesWithoutMoneyMakeAShortCall();
    void recordingIsPaidBesideTheMinutes();
    void unansweredCallGivesThemBack();
    void callOfTheProvidersFailureGivesThemBack();
    void twoAtOnceDoNotUseTheSameMinutes();
    void abroadIsPaidByTheMinute();
    void minutesEndWithTheirPeriod();
    void whatEndsSoonestGoesFirst();
    void minutesHeldAtThePeriodsEndAreStillTheCalls();
    void sameEndTwiceUsesThemOnce();
    void previewPromisesTheMinutes();
    void postgresRefuses_data();
    void postgresRefuses();
    void cleanup() { QCOMPARE(looseEnds(), QString()); }

private:
    static constexpr auto kCanada = "+14165550123";

    void grant(Timestamp at = kMonday, qint64 customer = kCaller)
    {
        QVERIFY(
            committed<bool>(*m_connection, [&](database::Transaction &transaction) -> Result<bool> {
                engine::Event event;
                event.id = kCause;
                event.receivedAt = at;
                engine::Context context(transaction, event, kInstallationKey);
                const auto done = subscriptions::grantFree(context, CustomerId{customer});
                return done ? Result<bool>(true) : failure(done.error());
            }));
    }
    /// A paid period, as the purchase would have made it.
    void addPeriod(int version, Timestamp from)
    {
        const auto made = openConnection(m_url, database::Role::Owner)
                              ->runScript(QStringLiteral(R"(
            BEGIN;
            INSERT INTO subscriptions (customer_id, request_key, plan, days, started_at, cause_id)
                SELECT 7001, 'made', plan, days, '%2', 1 FROM plan_versions WHERE id = %1;
            INSERT INTO transfers (customer_id, at, cause_id, available, platform, platform_amount, kind, request_key)
                SELECT 7001, now(), 1, -price, 'revenue_plans', price, 'plan', 'plan:1' FROM plan_versions WHERE id = %1;
            INSERT INTO plan_periods (customer_id, subscription_id, number, plan_version_id, starts_at, ends_at, price,
                transfer_id, granted_s, cause_id)
                SELECT 7001, 1, 1, id, '%2', '%2'::timestamptz + days * interval '24 hours', price,
                    (SELECT max(id) FROM transfers), allowance_s, 1 FROM plan_versions WHERE id = %1;
            COMMIT)")
                                              .arg(version)
                                              .arg(core::toIso(from)));
        QVERIFY2(made, qUtf8Printable(made ? QString() : made.error().detail));
    }
    /// "held used" of the period, Free first.
    [[nodiscard]] QStringList counters()
    {
        return column(*m_connection, QStringLiteral("SELECT held_s || ' ' || used_s AS answer FROM "
                                                    "plan_periods ORDER BY id"));
    }
    void talk(qint64 call, qint64 durationMs, const QString &reason = QStringLiteral("user_hangup"))
    {
        answerDial(call);
        if (durationMs >= 0)
            tell("call_started", call, ongoing(call));
        tell("call_ended", call, over(call, reason, durationMs));
    }
};

void TestAllowances::freeMinutesAreGrantedOnceAndEnd()
{
    grant();
    grant(kMonday + 1h);
    QCOMPARE(count(QStringLiteral("plan_periods")), 1);
    const auto left = [&](const char *region, Timestamp at) {
        return committed<std::chrono::seconds>(*m_connection,
                                               [&](database::Transaction &transaction) {
                                                   return subscriptions::allowanceLeft(
                                                       transaction, CustomerId{kCaller},
                                                       QLatin1String(region), at);
                                               })
            .value();
    };
    QCOMPARE(left("US", kMonday), 120s);
    QCOMPARE(left("CA", kMonday + 48h - 1s), 120s);
    QCOMPARE(left("US", kMonday + 48h), 0s);
    QCOMPARE(left("US", kMonday - 1h), 120s); // paid is paid, also when a clock is set back
    QCOMPARE(left("JM", kMonday), 0s);
    QCOMPARE(left("FR", kMonday), 0s);
    QCOMPARE(left("", kMonday), 0s);
}

void TestAllowances::clockThatIsSetBackHidesNoMinutes()
{
    start(usd(25));
    grant();
    m_clock.set(kMonday - 1h);
    const qint64 call = ask();
    QCOMPARE(value(call, "allowance_s"), QStringLiteral("120"));
    talk(call, 30'000);
    QCOMPARE(kinds(), (QStringList{QStringLiteral("deposit"), QStringLiteral("hold"),
                                   QStringLiteral("release")}));
    QCOMPARE(looseEnds(), QString());
}

void TestAllowances::callWithinTheMinutesHoldsNoMoney()
{
    start(Money());
    grant();
    const qint64 call = ask();
    QCOMPARE(state(call), QStringLiteral("dialling"));
    QCOMPARE(value(call, "longest_s"), QStringLiteral("120"));
    QCOMPARE(value(call, "allowance_s"), QStringLiteral("120"));
    QCOMPARE(counters(), QStringList{QStringLiteral("120 0")});
    talk(call, 100'000);
    QCOMPARE(state(call), QStringLiteral("ended"));
    QCOMPARE(value(call, "charged"), QStringLiteral("0"));
    QCOMPARE(counters(), QStringList{QStringLiteral("0 100")});
    QCOMPARE(kinds(), QStringList()); // the ledger has nothing to say
    tell("call_analyzed", call, analyzed(over(call)));
    QVERIFY(told().contains(QStringLiteral("call.money.plan")));
    QVERIFY(!told().contains(QStringLiteral("call.money.nothing")));
}

void TestAllowances::minutesComeFirstThenTheWallet()
{
    grant();
    const qint64 call = ask();
    QCOMPARE(value(call, "longest_s"), QStringLiteral("300"));
    QCOMPARE(value(call, "hold"), QStringLiteral("1050000")); // three minutes
    talk(call, 220'000);
    QCOMPARE(value(call, "billed_s"), QStringLiteral("220"));
    QCOMPARE(value(call, "charged"), QStringLiteral("583334")); // of a hundred seconds
    QCOMPARE(counters(), QStringList{QStringLiteral("0 120")});
    QCOMPARE(money().available, Money::fromMicros(24'416'666));
    QCOMPARE(money().held, Money());
    tell("call_analyzed", call, analyzed(over(call)));
    QVERIFY(told().contains(QStringLiteral("call.money.plan")));
    QVERIFY(told().contains(QStringLiteral("call.money.charged")));
    const qint64 next = ask(QStringLiteral("+12015550124"));
    QCOMPARE(value(next, "allowance_s"), QStringLiteral("0"));
    QCOMPARE(value(next, "hold"), QStringLiteral("1750000"));
}

void TestAllowances::minutesWithoutMoneyMakeAShortCall()
{
    start(Money::fromMicros(100'000)); // seventeen seconds
    grant();
    const qint64 call = ask();
    QCOMPARE(value(call, "longest_s"), QStringLiteral("137"));
    QCOMPARE(value(call, "hold"), QStringLiteral("99167"));
    talk(call, 137'000);
    QCOMPARE(value(call, "charged"), QStringLiteral("99167"));
    QCOMPARE(value(call, "uncovered"), QStringLiteral("0"));
}

void TestAllowances::recordingIsPaidBesideTheMinutes()
{
    m_isRecorded = true;
    grant();
    const qint64 call = ask();
    QCOMPARE(value(call, "hold"), QStringLiteral("1070000"));
    talk(call, 60'000);
    QCOMPARE(value(call, "charged"), QStringLiteral("20000")); // the fee alone
    QCOMPARE(counters(), QStringList{QStringLiteral("0 60")});
    // Without money for the fee there is no such call, whatever minutes there are.
    start(Money::fromMicros(19'999));
    m_isRecorded = true;
    grant();
    QCOMPARE(state(ask()), QStringLiteral("refused"));
    QCOMPARE(counters(), QStringList{QStringLiteral("0 0")});
}

void TestAllowances::unansweredCallGivesThemBack()
{
    grant();
    const qint64 call = ask();
    QCOMPARE(counters(), QStringList{QStringLiteral("120 0")});
    talk(call, -1, QStringLiteral("dial_busy"));
    QCOMPARE(state(call), QStringLiteral("not_connected"));
    QCOMPARE(counters(), QStringList{QStringLiteral("0 0")});
    QCOMPARE(money().available, Money::fromCents(25'00));
}

void TestAllowances::callOfTheProvidersFailureGivesThemBack()
{
    grant();
    const qint64 failed = ask();
    talk(failed, 50'000, QStringLiteral("error_retell"));
    QCOMPARE(state(failed), QStringLiteral("failed"));
    QCOMPARE(counters(), QStringList{QStringLiteral("0 0")});
    const qint64 refused = ask(QStringLiteral("+12015550124"));
    answerDial(refused, 402, Json::object());
    QCOMPARE(state(refused), QStringLiteral("failed"));
    QCOMPARE(counters(), QStringList{QStringLiteral("0 0")});
    const qint64 stopped = ask(QStringLiteral("+12015550125"));
    stop(stopped); // before it left
    QCOMPARE(state(stopped), QStringLiteral("cancelled"));
    QCOMPARE(counters(), QStringList{QStringLiteral("0 0")});
}

void TestAllowances::twoAtOnceDoNotUseTheSameMinutes()
{
    start(Money::fromCents(1'00));
    grant();
    // Somebody who may have two at once.
    const auto made = openConnection(m_url, database::Role::Owner)->runScript(QStringLiteral(R"(
        UPDATE customers SET created_at = '2026-11-01Z';
        INSERT INTO calls (customer_id, request_key, script_version_id, to_number, consent, is_recorded, tier, state,
            attempt_id, dial_outbox_id, rates_version, rate_per_minute, recording_fee, longest_s, verdict, asked_at,
            dialled_at, cause_id)
        SELECT 7001, 'old' || n, 7001, '+1201555010' || n, 'relationship', false, 'new', 'ended', 'old' || n, -n, 1, 350000,
            0, 60, '{}', '2026-11-10Z', '2026-11-10Z', 1 FROM generate_series(1, 5) n)"));
    QVERIFY2(made, qUtf8Printable(made ? QString() : made.error().detail));
    const qint64 first = ask();
    const qint64 second = ask(QString::fromLatin1(kCanada));
    QCOMPARE(value(first, "allowance_s"), QStringLiteral("120"));
    QCOMPARE(value(second, "allowance_s"), QStringLiteral("0"));
    QCOMPARE(state(second), QStringLiteral("refused")); // the first holds the dollar as well
    QCOMPARE(counters(), QStringList{QStringLiteral("120 0")});
    talk(first, 30'000);
    const qint64 third = ask(QString::fromLatin1(kCanada));
    QCOMPARE(value(third, "allowance_s"), QStringLiteral("90")); // what came back
    QCOMPARE(counters(), QStringList{QStringLiteral("90 30")});
}

void TestAllowances::abroadIsPaidByTheMinute()
{
    grant();
    const qint64 call = ask(QStringLiteral("+33612345678"));
    QCOMPARE(value(call, "allowance_s"), QStringLiteral("0"));
    QCOMPARE(counters(), QStringList{QStringLiteral("0 0")});
}

void TestAllowances::minutesEndWithTheirPeriod()
{
    grant(kMonday - 48h);
    QCOMPARE(value(ask(), "allowance_s"), QStringLiteral("0"));
    start();
    grant(kMonday - 48h + 1s);
    QCOMPARE(value(ask(), "allowance_s"), QStringLiteral("120"));
}

void TestAllowances::whatEndsSoonestGoesFirst()
{
    start(Money::fromCents(60'00));
    addPeriod(3, kMonday - 1h); // a week
    grant();                    // two days
    const qint64 call = ask();
    QCOMPARE(value(call, "allowance_s"), QStringLiteral("300"));
    QCOMPARE(value(call, "hold"), QStringLiteral("0"));
    QCOMPARE(counters(), (QStringList{QStringLiteral("180 0"), QStringLiteral("120 0")}));
    talk(call, 150'000);
    QCOMPARE(counters(), (QStringList{QStringLiteral("0 30"), QStringLiteral("0 120")}));
}

void TestAllowances::minutesHeldAtThePeriodsEndAreStillTheCalls()
{
    grant(kMonday - 48h + 30s);
    const qint64 call = ask();
    wait(60s);
    talk(call, 110'000);
    QCOMPARE(counters(), QStringList{QStringLiteral("0 110")});
    QCOMPARE(value(call, "charged"), QStringLiteral("0"));
}

void TestAllowances::sameEndTwiceUsesThemOnce()
{
    grant();
    const qint64 call = ask();
    talk(call, 70'000);
    tell("call_ended", call, over(call, QStringLiteral("user_hangup"), 70'000));
    tell("call_analyzed", call, analyzed(over(call, QStringLiteral("user_hangup"), 90'000)));
    QCOMPARE(counters(), QStringList{QStringLiteral("0 70")});
}

void TestAllowances::previewPromisesTheMinutes()
{
    grant();
    std::optional<calls::Preview> preview;
    QVERIFY(committed<bool>(*m_connection, [&](database::Transaction &transaction) -> Result<bool> {
        engine::Event event;
        event.id = kCause;
        event.receivedAt = m_clock.now();
        engine::Context context(transaction, event, kInstallationKey);
        const auto made = m_flow->preview(context, {.customer = CustomerId{kCaller},
                                                    .script = calls::ScriptVersionId{kCaller},
                                                    .to = kCallee});
        if (!made)
            return failure(made.error());
        preview = *made;
        return true;
    }));
    QCOMPARE(preview->verdict.allotment.fromAllowance, 120s);
    QCOMPARE(preview->priceOfExpected, Money()); // two minutes
    QCOMPARE(preview->priceOfLongest.micros(), 1'050'000);
    QCOMPARE(counters(), QStringList{QStringLiteral("0 0")});
}

void TestAllowances::postgresRefuses_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char *name, const char *sql) {
        QTest::newRow(name) << QString::fromUtf8(sql);
    };
    row("resolved before the call is over",
        "UPDATE allowance_holds SET used_s = 0, resolved_at = now()");
    row("the call over and its seconds still held",
        "UPDATE calls SET state = 'failed', release_transfer_id = NULL");
    row("more used than held", "UPDATE allowance_holds SET used_s = 121, resolved_at = now()");
    row("more held later", "UPDATE allowance_holds SET held_s = 121");
    row("held a second time", "INSERT INTO allowance_holds (call_id, period_id, held_s, held_at, "
                              "cause_id) SELECT call_id, period_id, 1, held_at, 1 FROM "
                              "allowance_holds");
    row("taken away", "DELETE FROM allowance_holds");
    row("beyond what was granted",
        "UPDATE plan_periods SET held_s = 0; UPDATE plan_periods SET used_s = 121");
    row("a promise that nothing holds", "UPDATE allowance_holds SET call_id = call_id + 1");
    row("minutes abroad",
        "INSERT INTO calls (customer_id, request_key, script_version_id, to_number, consent, "
        "is_recorded, tier, allowance_s, region, asked_at, cause_id) VALUES (7001, 'x', 7001, "
        "'+33612345678', 'written', false, 'new', 60, 'FR', now(), 1)");
}

void TestAllowances::postgresRefuses()
{
    QFETCH(QString, sql);
    start(Money());
    grant();
    const qint64 call = ask();
    QCOMPARE(value(call, "allowance_s"), QStringLiteral("120"));
    const auto done = openConnection(m_url, database::Role::Owner)
                          ->runScript(QStringLiteral("BEGIN; ") + sql + QStringLiteral("; COMMIT"));
    QVERIFY(!done);
    QVERIFY2(done.error().detail.startsWith(QLatin1String("23")),
             qUtf8Printable(done.error().detail));
}

REGISTER_TEST(TestAllowances);

} // namespace tst_allowances

#include "tst_allowances.moc"
