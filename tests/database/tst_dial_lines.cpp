#include "calls/call_records.h"
#include "tests/database/call_fixture.h"
#include "tests/support/test_main.h"

#include <future>
#include <thread>

namespace tst_dial_lines {

using namespace tests;

/// What a dial sees of other lanes: all that was committed before it, nothing of what is under way.
class TestDialLines final : public CallStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void callTakesALineUntilItIsOver_data();
    void callTakesALineUntilItIsOver();
    void callThatNeverDialledTakesNone();
    void endCountsInItsTurn();
    void optOutUnderWayIsWaitedFor();
    void agentThatIsBeingChangedIsWaitedFor();

private:
    using Change = std::function<Result<void>(database::Transaction &)>;
    /// Dials while another transaction has made `change` and commits only when the dial waits.
    qint64 dialDuring(const Change &change);
    [[nodiscard]] QStringList lines()
    {
        return column(*m_connection, QStringLiteral("SELECT call_id::text || ' ' || customer_id || "
                                                    "' ' || region || ' ' || tier AS answer FROM "
                                                    "dial_lines ORDER BY call_id"));
    }
};

void TestDialLines::callTakesALineUntilItIsOver_data()
{
    QTest::addColumn<QString>("end");
    QTest::addColumn<QString>("state");
    QTest::newRow("talked") << "user_hangup"
                            << "ended";
    QTest::newRow("nobody answered") << "dial_no_answer"
                                     << "not_connected";
    QTest::newRow("refused by the provider") << ""
                                             << "failed";
}

void TestDialLines::callTakesALineUntilItIsOver()
{
    QFETCH(QString, end);
    QFETCH(QString, state);
    const qint64 call = ask();
    QCOMPARE(lines(), QStringList{QStringLiteral("%1 7001 US new").arg(call)});
    if (end.isEmpty()) {
        answerDial(call, 402, {{"message", "no credit"}});
    } else {
        answerDial(call);
        QCOMPARE(lines().size(), 1);
        tell("call_ended", call, over(call, end, end == u"dial_no_answer" ? -1 : 30'000));
    }
    QCOMPARE(this->state(call), state);
    QCOMPARE(lines(), QStringList());
    QCOMPARE(looseEnds(), QString());
}

void TestDialLines::callThatNeverDialledTakesNone()
{
    const qint64 call = ask();
    const qint64 second = ask(QStringLiteral("+12015550124"));
    QCOMPARE(state(second), QStringLiteral("queued"));
    stop(second);
    QCOMPARE(state(second), QStringLiteral("cancelled"));
    QCOMPARE(lines(), QStringList{QStringLiteral("%1 7001 US new").arg(call)});
    QCOMPARE(count(QStringLiteral("inbox WHERE kind = 'call.line_free'")), 0);
}

/// What the lane was asked before an end it judges without it, and what it was asked after with it.
void TestDialLines::endCountsInItsTurn()
{
    const qint64 first = ask();
    answerDial(first);
    const auto other = openConnection(m_url);
    auto holding = database::Transaction::begin(*other);
    QVERIFY(holding);
    QVERIFY(holding->run(QStringLiteral("SELECT pg_advisory_xact_lock(hashtextextended(?, 7))"),
                         {calls::dialLane()}));
    const qint64 before = ask(QStringLiteral("+12015550124"));
    tell("call_ended", first, over(first));
    const qint64 after = ask(QStringLiteral("+12015550125"));
    QCOMPARE(state(first), QStringLiteral("ended"));
    QCOMPARE(lines().size(), 1); // the lane does not know yet
    holding->rollback();
    run();
    QCOMPARE(state(before), QStringLiteral("queued"));
    QCOMPARE(state(after), QStringLiteral("dialling"));
    QCOMPARE(lines(), QStringList{QStringLiteral("%1 7001 US new").arg(after)});
}

qint64 TestDialLines::dialDuring(const Change &change)
{
    std::promise<void> isChanged;
    std::jthread other([&] {
        const auto connection = openConnection(m_url);
        const auto watch = openConnection(m_url);
        auto transaction = database::Transaction::begin(*connection);
        if (!transaction || !change(*transaction))
            qFatal("not changed");
        isChanged.set_value();
        const QString waiting = QStringLiteral(
            "(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
            "wait_event_type = 'Lock')");
        QElapsedTimer timer;
        timer.start();
        while (number(*watch, waiting) == 0 && timer.elapsed() < 1'500) // less than lock_timeout
            std::this_thread::yield();
        if (!transaction->commit())
            qFatal("not committed");
    });
    isChanged.get_future().wait();
    return ask();
}

void TestDialLines::optOutUnderWayIsWaitedFor()
{
    const qint64 call = dialDuring([this](database::Transaction &transaction) -> Result<void> {
        if (auto locked = calls::lockNumber(transaction, kCallee); !locked)
            return locked;
        return database::done(transaction.run(
            QStringLiteral("INSERT INTO do_not_call (number, kind, reason, added_at, cause_id) "
                           "VALUES (?, 'opted_out', 'said so', ?::timestamptz, 1)"),
            {kCallee, core::toIso(m_clock.now())}));
    });
    QCOMPARE(state(call), QStringLiteral("refused"));
    QCOMPARE(asked("createPhoneCall"), 0);
}

void TestDialLines::agentThatIsBeingChangedIsWaitedFor()
{
    const qint64 call = dialDuring([](database::Transaction &transaction) {
        return database::done(transaction.run(
            QStringLiteral("UPDATE script_agents SET state = 'failed' WHERE script_version_id = ?"),
            {kCaller}));
    });
    QCOMPARE(state(call), QStringLiteral("refused"));
    QCOMPARE(value(call, "outcome"), QStringLiteral("script"));
}

REGISTER_TEST(TestDialLines);

} // namespace tst_dial_lines

#include "tst_dial_lines.moc"
