#include "tests/database/console_fixture.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QSignalSpy>

namespace tst_sessions {

using namespace tests;

namespace {

constexpr qint64 kToldWithinMs = 5000;

} // namespace

/// When a session ends, and who is told.
class TestSessions final : public ConsoleStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startConsoles(); }
    void cleanup() { stopConsoles(); }
    void aConsolesTimesAreTenMinutesAndTwelveHours();
    void idleForTooLongIsOver();
    void whatIsDoneKeepsItAlive();
    void nothingKeepsItBeyondItsEnd();
    void anAdminEndsASessionOnEveryConsole();
    void onlyThatSessionEnds();
    void aSessionIsEndedOnce();
    void otherRolesReachAnOpenConsole();
    void whoIsDeactivatedIsToldAtTheConsole();
    void aConsoleThatHearsNothingIsNobodys();

private:
    [[nodiscard]] Result<api::CommandResult> asAdmin(const char *kind, const Json &payload)
    {
        const auto admin = newConsole();
        const auto in = signInAt(*admin, QStringLiteral("admin"), kPassphrase);
        if (!in)
            return failure(in.error());
        return wait(
            admin->submit(QLatin1String(kind), payload, QStringLiteral("admin-%1").arg(++m_keys)));
    }
    [[nodiscard]] qint64 sessionOfSupport() // the newest: that of m_client
    {
        return count("SELECT max(s.id) FROM operator_sessions s JOIN operators o ON o.id = "
                     "s.operator_id WHERE o.name = 'support'");
    }
    void shift(const char *column, const char *by)
    {
        QVERIFY(m_connection->run(
            QStringLiteral("UPDATE operator_sessions SET %1 = clock_timestamp() %2")
                .arg(QLatin1String(column), QLatin1String(by))));
    }
    /// By the console's functions, as a console would find out.
    [[nodiscard]] bool isOpen()
    {
        const QByteArray token = tokenOf(QStringLiteral("support"));
        const auto open = m_console->run(
            QStringLiteral("SELECT name FROM console.heartbeat(?::bytea, false)"), {token});
        return open && !open->isEmpty();
    }
    [[nodiscard]] QString submitted()
    {
        return submit(QStringLiteral("support"), "call.stop", {{"v", 1}, {"call", 7}},
                      QStringLiteral("k-%1").arg(++m_keys))
            .outcome;
    }
    int m_keys = 0;
};

void TestSessions::aConsolesTimesAreTenMinutesAndTwelveHours()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QCOMPARE(text("SELECT concat_ws(' ', idle_s, ends_at - started_at) AS answer FROM "
                  "operator_sessions ORDER BY id DESC LIMIT 1"),
             QStringLiteral("600 12:00:00"));
}

void TestSessions::idleForTooLongIsOver()
{
    shift("active_at", "- interval '599 s'");
    QVERIFY(isOpen()); // the beat of a console nobody touches is no activity
    QVERIFY(isOpen());
    shift("active_at", "- interval '600 s'");
    QVERIFY(!isOpen());
    QCOMPARE(submitted(), QStringLiteral("not_signed_in"));
    // Too late to become active again.
    QVERIFY(m_console
                ->run(QStringLiteral("SELECT name FROM console.heartbeat(?::bytea, true)"),
                      {tokenOf(QStringLiteral("support"))})
                ->isEmpty());
    QVERIFY(!isOpen());
}

void TestSessions::whatIsDoneKeepsItAlive()
{
    shift("active_at", "- interval '590 s'");
    QCOMPARE(submitted(), QStringLiteral("recorded"));
    QCOMPARE(count("SELECT count(*) FROM operator_sessions WHERE active_at > clock_timestamp() - "
                   "interval '60 s'"),
             1); // this one's only
}

void TestSessions::nothingKeepsItBeyondItsEnd()
{
    shift("ends_at", "+ interval '2 s'");
    QVERIFY(isOpen());
    QCOMPARE(submitted(), QStringLiteral("recorded"));
    shift("ends_at", "");
    QVERIFY(!isOpen());
    QCOMPARE(submitted(), QStringLiteral("not_signed_in"));
}

void TestSessions::anAdminEndsASessionOnEveryConsole()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    const auto twin = newConsole(); // the same session, as two windows have it
    QVERIFY(wait(twin->resume(m_client->token())));
    QSignalSpy ended(m_client.get(), &api::Session::ended);
    QSignalSpy endedToo(twin.get(), &api::Session::ended);
    const auto done = asAdmin(
        "session.end", {{"v", 1}, {"session", sessionOfSupport()}, {"reason", "laptop stolen"}});
    QElapsedTimer since;
    since.start();
    QVERIFY(done);
    QCOMPARE(done->state, api::CommandState::Done);
    QTRY_VERIFY_WITH_TIMEOUT(ended.size() == 1 && endedToo.size() == 1, 10'000);
    QVERIFY2(since.elapsed() <= kToldWithinMs, qUtf8Printable(QString::number(since.elapsed())));
    QVERIFY(!m_client->current());
    QCOMPARE(
        text("SELECT concat_ws('|', operator_name, action, object, result, reason) AS answer "
             "FROM audit WHERE action = 'session.end'"),
        QStringLiteral("admin|session.end|session %1|done|laptop stolen").arg(sessionOfSupport()));
}

void TestSessions::onlyThatSessionEnds()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QCOMPARE(asAdmin("session.end", {{"v", 1}, {"session", sessionOfSupport()}})->state,
             api::CommandState::Done);
    QVERIFY(isOpen()); // the other one of the same operator
    QCOMPARE(count("SELECT count(*) FROM operator_sessions WHERE ended_at IS NOT NULL"), 1);
}

void TestSessions::aSessionIsEndedOnce()
{
    const Json payload = {{"v", 1}, {"session", 2}};
    QCOMPARE(asAdmin("session.end", payload)->state, api::CommandState::Done);
    QCOMPARE(asAdmin("session.end", payload)->code, QStringLiteral("NotFound"));
    QCOMPARE(text("SELECT end_reason AS answer FROM operator_sessions WHERE id = 2"),
             QStringLiteral("ended by admin"));
}

void TestSessions::otherRolesReachAnOpenConsole()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    const auto done =
        asAdmin("operator.roles", {{"v", 1}, {"operator", "support"}, {"roles", {"viewer"}}});
    QElapsedTimer since;
    since.start();
    QVERIFY(done);
    QCOMPARE(done->state, api::CommandState::Done);
    QTRY_VERIFY_WITH_TIMEOUT(m_client->current() && m_client->current()->roles == api::Role::Viewer,
                             10'000);
    QVERIFY2(since.elapsed() <= kToldWithinMs, qUtf8Printable(QString::number(since.elapsed())));
}

void TestSessions::whoIsDeactivatedIsToldAtTheConsole()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QSignalSpy ended(m_client.get(), &api::Session::ended);
    QVERIFY(asAdmin("operator.deactivate", {{"v", 1}, {"operator", "support"}}));
    QElapsedTimer since;
    since.start();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 10'000);
    QVERIFY2(since.elapsed() <= kToldWithinMs, qUtf8Printable(QString::number(since.elapsed())));
    QCOMPARE(signIn(QStringLiteral("support"), kPassphrase).error().code, ErrorCode::Unauthorized);
}

/// Pulling the cable keeps nobody signed in, and a short outage signs nobody out.
void TestSessions::aConsoleThatHearsNothingIsNobodys()
{
    const auto patient = newConsole();
    const auto lonely = std::make_unique<operators::ConsoleClient>(
        operators::ConsoleSettings{.databaseUrl = m_url, .lookEvery = 20ms, .aloneMax = 1ms},
        nullptr);
    QVERIFY(signInAt(*patient, QStringLiteral("support"), kPassphrase));
    QVERIFY(signInAt(*lonely, QStringLiteral("senior"), kPassphrase));
    const auto owner = openConnection(m_url, database::Role::Owner);
    const QString heartbeat =
        QStringLiteral("EXECUTE ON FUNCTION console.heartbeat(bytea, boolean) ");
    QVERIFY(owner->run(QStringLiteral("REVOKE ") + heartbeat +
                       QStringLiteral("FROM speechcad_console")));
    QTRY_VERIFY_WITH_TIMEOUT(!lonely->current(), 15'000);
    QVERIFY(patient->current());
    QVERIFY(
        owner->run(QStringLiteral("GRANT ") + heartbeat + QStringLiteral("TO speechcad_console")));
    QVERIFY(patient->current());
}

REGISTER_TEST(TestSessions);

} // namespace tst_sessions

#include "tst_sessions.moc"
