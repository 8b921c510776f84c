#include "tests/database/call_fixture.h"
#include "tests/support/test_main.h"

namespace tst_call_rules {

using namespace tests;

/// What PostgreSQL refuses of a call, whatever a program says.
class TestCallRules final : public CallStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void statesFollowAsTheProgramThinks();
    void callIsNeverDialledTwice();
    void stateNeverGoesBack();
    void endNeedsItsHoldResolved();
    void holdIsResolvedOnceAndByItsOwnTransfer();
    void nothingIsDialledWithoutAVerdict();
    void nothingIsRemoved();
    void onlyADayCountsAndAllThatIsKnown();

private:
    /// The name of what refuses, or "done".
    [[nodiscard]] QString attempt(const QString &sql);
};

QString TestCallRules::attempt(const QString &sql)
{
    const auto done = m_connection->run(sql);
    return done ? QStringLiteral("done") : done.error().detail;
}

void TestCallRules::statesFollowAsTheProgramThinks()
{
    using calls::State;
    const auto states = {State::Asked,   State::Queued,  State::Dialling, State::Unknown,
                         State::Talking, State::Ending,  State::Ended,    State::NotConnected,
                         State::Failed,  State::Refused, State::Cancelled};
    for (const State from : states) {
        for (const State to : states) {
            const bool allowed =
                column(*m_connection, QStringLiteral("SELECT call_may_follow('%1', '%2') AS answer")
                                          .arg(calls::nameOf(from), calls::nameOf(to)))
                    .value(0) == QStringLiteral("true");
            QVERIFY2(allowed == calls::mayFollow(from, to),
                     qUtf8Printable(calls::nameOf(from) + u' ' + calls::nameOf(to)));
        }
    }
}

void TestCallRules::callIsNeverDialledTwice()
{
    const qint64 call = ask();
    const QString already = QStringLiteral("was dialled already");
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET attempt_id = 'another'")).contains(already));
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET dial_outbox_id = 99")).contains(already));
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET rate_per_minute = 1")).contains(already));
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET hold = 0, hold_transfer_id = NULL"))
                .contains(already));
    answerDial(call);
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET provider_call_id = 'x'"))
                .contains(QStringLiteral("has a provider call already")));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox_keys WHERE "
                                                  "request_key = 'dial:1')")),
             1);
}

void TestCallRules::stateNeverGoesBack()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_ended", call, over(call));
    for (const char *live : {"asked", "queued", "dialling", "unknown", "talking", "ending"})
        QVERIFY2(attempt(QStringLiteral("UPDATE calls SET state = '%1'").arg(QLatin1String(live)))
                     .contains(QStringLiteral("may not go")),
                 live);
    QCOMPARE(state(call), QStringLiteral("ended"));
}

void TestCallRules::endNeedsItsHoldResolved()
{
    ask();
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET state = 'failed'"))
                .contains(QStringLiteral("hold_ends_with_call")));
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET charged = 1"))
                .contains(QStringLiteral("charged_")));
}

void TestCallRules::holdIsResolvedOnceAndByItsOwnTransfer()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_ended", call, over(call));
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET charged = 1"))
                .contains(QStringLiteral("was settled already")));
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET charge_transfer_id = NULL, charged = 0"))
                .contains(QStringLiteral("was settled already")));
    const qint64 second = ask(QStringLiteral("+12015550124"));
    answerDial(second);
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET state = 'ended', charged = 583334, "
                                   "charge_transfer_id = 3 WHERE id = %1")
                        .arg(second))
                .contains(QStringLiteral("is not the charge of call")));
    QVERIFY(attempt(QStringLiteral("UPDATE calls SET state = 'failed', release_transfer_id = 2 "
                                   "WHERE id = %1")
                        .arg(second))
                .contains(QStringLiteral("is not the release of call")));
}

void TestCallRules::nothingIsDialledWithoutAVerdict()
{
    QVERIFY(attempt(QStringLiteral(
                        "INSERT INTO calls (customer_id, request_key, script_version_id, "
                        "to_number, consent, is_recorded, tier, state, attempt_id, "
                        "dial_outbox_id, dialled_at, asked_at, cause_id) VALUES (7001, 'k', 7001, "
                        "'+12015550123', 'written', false, 'new', 'dialling', 'a', 1, now(), "
                        "now(), 1)"))
                .contains(QStringLiteral("never_without_verdict")));
}

void TestCallRules::nothingIsRemoved()
{
    ask();
    QVERIFY(attempt(QStringLiteral("DELETE FROM calls")) != QStringLiteral("done"));
    QVERIFY(attempt(QStringLiteral("DELETE FROM call_events")) != QStringLiteral("done"));
    QVERIFY(attempt(QStringLiteral("UPDATE rates SET per_minute = 1")) != QStringLiteral("done"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(!owner->run(QStringLiteral("DELETE FROM calls")));
    QVERIFY(!owner->run(QStringLiteral("UPDATE rates SET per_minute = 1")));
}

void TestCallRules::onlyADayCountsAndAllThatIsKnown()
{
    // Now is the 23rd, 15:00Z. One number is known for weeks, one is new since this morning.
    const auto made = openConnection(m_url, database::Role::Owner)->runScript(QStringLiteral(R"(
        INSERT INTO calls (customer_id, request_key, script_version_id, to_number, consent, is_recorded, tier, state,
            attempt_id, dial_outbox_id, rates_version, rate_per_minute, recording_fee, longest_s, verdict, asked_at,
            dialled_at, cause_id)
        SELECT 7001, 'old' || n, 7001, to_number, 'relationship', false, 'new', 'not_connected', 'old' || n, -n, 1, 350000,
            0, 60, '{}', at, at, 1 FROM (VALUES
                (1, '+12015550101', '2026-11-01Z'::timestamptz), (2, '+12015550101', '2026-11-23 08:00Z'),
                (3, '+12015550102', '2026-11-23 09:00Z'), (4, '+12015550102', '2026-11-23 14:30Z'),
                (5, '+12015550123', '2026-11-02Z')) old (n, to_number, at))"));
    QVERIFY2(made, qUtf8Printable(made ? QString() : made.error().detail));
    const qint64 known = ask();
    const auto fact = [&](qint64 call, const char *name) {
        return value(call, qPrintable(QStringLiteral("facts->>'%1'").arg(QLatin1String(name))));
    };
    QCOMPARE(fact(known, "calls_in_hour"), QStringLiteral("1"));
    QCOMPARE(fact(known, "calls_in_day"), QStringLiteral("3"));
    QCOMPARE(fact(known, "new_destinations_in_day"), QStringLiteral("1"));
    QCOMPARE(fact(known, "new_destination"), QStringLiteral("false"));
    QCOMPARE(fact(known, "calls_to_destination_in_day"), QStringLiteral("0"));
    const qint64 fresh = ask(QStringLiteral("+12015550199"));
    QCOMPARE(fact(fresh, "new_destination"), QStringLiteral("true"));
}

REGISTER_TEST(TestCallRules);

} // namespace tst_call_rules

#include "tst_call_rules.moc"
