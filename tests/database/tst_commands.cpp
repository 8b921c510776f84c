#include "tests/database/operator_fixture.h"
#include "tests/support/test_cluster.h"
#include "tests/support/test_main.h"

namespace tst_commands {

using namespace tests;

/// The door through which consoles ask for things.
class TestCommands final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void theConsolesRoleTouchesNoTable_data();
    void theConsolesRoleTouchesNoTable();
    void theConsolesRoleMakesNoTemporaryTable();
    void theSchemaIsMadeWithoutASuperuserToo();
    void aNumberIsSeenMaskedOnly();
    void aCommandIsDoneOnceAndAudited();
    void aStopIsHandledBeforeTheDialsThatWait();
    void theSameKeyDoesNothingAndGivesTheFirstResult();
    void aKeyThatWasUsedForSomethingElseIsRefused();
    void anotherSessionsTokenHasNoResultOfMine();
    void anEndedOrIdleOrUnknownSessionDoesNothing();
    void aSessionThatEndsBeforeItsCommandIsHandledDoesNothing();
    void aLateCommandExpiresAndIsNeverRun();
    void expiredIsNeverFollowedByDone();
    void aRefusedCommandLeavesNothingButItsResult();
    void unknownKindsAndBadKeysAreNotRecorded();
    void whatHasNoCommandBesideItIsIgnored();
    void tooManyWaitingAreTurnedAway();
    void finishedCommandsAndAuditNeverChange();
};

void TestCommands::theConsolesRoleTouchesNoTable_data()
{
    QTest::addColumn<QString>("statement");
    int n = 0;
    for (int source = 1; source <= 7; ++source)
        QTest::addRow("inbox of source %d", source)
            << QStringLiteral("INSERT INTO public.inbox (id, source, external_id, lane, kind, "
                              "payload, received_at) VALUES (1, %1, 'x', 'dial', 'x', '{}', now())")
                   .arg(source);
    for (const char *statement :
         {"INSERT INTO public.inbox_keys (source, external_id, body_sha256, received_at) VALUES "
          "(4, "
          "'x', '', now())",
          "INSERT INTO public.inbox_waiting (priority, lane, inbox_id) VALUES (0, 'dial', 1)",
          "INSERT INTO public.transfers (customer_id, at, cause_id, kind, request_key) VALUES (1, "
          "now(), 1, 'x', 'x')",
          "INSERT INTO public.audit (at) VALUES (now())",
          "SELECT to_number FROM public.calls",
          "SELECT * FROM public.operators",
          "SELECT * FROM public.operator_sessions",
          "SELECT * FROM public.inbox",
          "SELECT * FROM public.command_secrets",
          "SELECT * FROM public.second_factors",
          "SELECT * FROM public.recovery_codes",
          "SELECT * FROM public.revealed_values",
          "INSERT INTO public.command_lanes VALUES ('retell.webhook', 'dial')",
          "UPDATE public.customers SET name = 'x'",
          "UPDATE public.policy_switches SET is_on = true",
          "UPDATE console.operators SET name = 'x'",
          "UPDATE console.settings SET is_solo = true",
          "UPDATE console.calls SET state = 'ended'",
          "DELETE FROM console.switches",
          "SELECT public.lock_wallet(0)",
          "SELECT public.session_of('x')",
          "SELECT public.archive_ensure(1)",
          "CREATE TABLE console.mine (n int)",
          "CREATE TABLE public.mine (n int)",
          "SELECT pg_advisory_lock(1)",
          "SELECT pg_try_advisory_xact_lock_shared(1, 2)",
          "SELECT pg_advisory_unlock_all()",
          "SELECT lo_create(0)",
          "SELECT lo_from_bytea(0, 'x')",
          "SET ROLE speechcad_app"})
        QTest::addRow("%d", ++n) << QString::fromLatin1(statement);
}

void TestCommands::theConsolesRoleTouchesNoTable()
{
    QFETCH(QString, statement);
    // As somebody with the console's account would, by hand.
    const QString user = QStringLiteral("console_clerk");
    const auto made =
        openConnection(m_url, database::Role::Owner)
            ->runScript(QStringLiteral(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'console_clerk') "
                "THEN CREATE ROLE console_clerk LOGIN IN ROLE speechcad_console; END IF; END $$"));
    QVERIFY2(made, made ? "" : qUtf8Printable(made.error().detail));
    QString url = m_url;
    url.replace(QStringLiteral("user=speechcad"), QStringLiteral("user=") + user);
    QVERIFY(url != m_url);
    QCOMPARE(psql(url, QStringLiteral("SELECT count(*) FROM console.calls")).output.trimmed(),
             QStringLiteral("0"));
    const PsqlRun run = psql(url, statement);
    QVERIFY(run.exitCode != 0);
    QVERIFY2(run.errors.contains(QStringLiteral("permission denied")), qUtf8Printable(run.errors));
}

void TestCommands::theConsolesRoleMakesNoTemporaryTable()
{
    // A database's own rights are not copied with it, so this one is made by the migrations.
    const QString url = TestCluster::instance().createDatabase();
    QVERIFY(database::migrate(*openConnection(url, database::Role::Owner)));
    const auto made = openConnection(url, database::Role::Console)
                          ->runScript(QStringLiteral("CREATE TEMPORARY TABLE mine (n int)"));
    QVERIFY(!made);
    QVERIFY2(made.error().detail.contains(QStringLiteral("permission denied to create temporary")),
             qUtf8Printable(made.error().detail));
}

void TestCommands::theSchemaIsMadeWithoutASuperuserToo()
{
    QString url = TestCluster::instance().createDatabase();
    const auto given = openConnection(url, database::Role::Owner)->runScript(QStringLiteral(R"(
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plain_owner') THEN
                CREATE ROLE plain_owner LOGIN IN ROLE speechcad_app, speechcad_console; END IF;
            EXECUTE format('ALTER DATABASE %I OWNER TO plain_owner', current_database());
        END $$)"));
    QVERIFY2(given, given ? "" : qUtf8Printable(given.error().detail));
    url.replace(QStringLiteral("user=speechcad"), QStringLiteral("user=plain_owner"));
    const auto owner = openConnection(url, database::Role::Owner);
    const auto migrated = database::migrate(*owner);
    QVERIFY2(migrated, migrated ? "" : qUtf8Printable(migrated.error().detail));
    QVERIFY(!openConnection(url, database::Role::Console)
                 ->runScript(QStringLiteral("CREATE TEMPORARY TABLE mine (n int)")));
    QVERIFY(openConnection(url)->run(QStringLiteral("SELECT pg_try_advisory_lock(1)")));
}

void TestCommands::aNumberIsSeenMaskedOnly()
{
    (void)paidCall(usd(1));
    QCOMPARE(column(*m_console, QStringLiteral("SELECT to_number AS answer FROM console.calls")),
             QStringList{QStringLiteral("+1 41 ••• •••23")});
    const auto views = column(
        *m_console, QStringLiteral("SELECT table_name AS answer FROM information_schema.views "
                                   "WHERE table_schema = 'console'"));
    QVERIFY(views.size() >= 8);
    for (const QString &view : views) {
        const auto whole = column(*m_console, QStringLiteral("SELECT to_jsonb(v)::text AS answer "
                                                             "FROM console.%1 v")
                                                  .arg(view));
        QVERIFY2(!whole.join(u' ').contains(QStringLiteral("4155550123")), qUtf8Printable(view));
    }
}

void TestCommands::aCommandIsDoneOnceAndAudited()
{
    const Finished finished = command(QStringLiteral("support"), "calls.stop_all",
                                      {{"v", 1}, {"reason", "fire drill"}}, QStringLiteral("k1"));
    QCOMPARE(finished.state, QStringLiteral("done"));
    QCOMPARE(m_controls, QStringList{QStringLiteral("stop all, fire drill, by support")});
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT concat_ws(' ', operator_name, roles, action, result, "
                                   "reason, origin) AS answer FROM audit")),
             QStringList{QStringLiteral("support {support} calls.stop_all done fire drill local")});
    QCOMPARE(text("SELECT concat_ws(' ', source, external_id, kind, lane) AS answer FROM inbox"),
             QStringLiteral("4 2:k1 command.calls.stop_all policy"));
    // The token is nowhere.
    QCOMPARE(count("SELECT count(*) FROM inbox WHERE payload::text LIKE '%token of%'"), 0);
}

void TestCommands::aStopIsHandledBeforeTheDialsThatWait()
{
    const queue::NewEntry dial = {.source = queue::Source::Internal,
                                  .externalId = QStringLiteral("a dial"),
                                  .lane = QStringLiteral("dial"),
                                  .kind = QStringLiteral("call.dial"),
                                  .payload = "{}"};
    QVERIFY(queue::record(*m_connection, std::span(&dial, 1), m_clock.now()));
    for (const char *kind : {"calls.stop_all", "calls.resume"})
        QCOMPARE(submit(QStringLiteral("admin"), kind, {{"v", 1}}, QLatin1String(kind)).outcome,
                 QStringLiteral("recorded"));
    auto transaction = database::Transaction::begin(*m_connection);
    QVERIFY(transaction);
    queue::Cursors start;
    start.fill(QStringLiteral(""));
    const auto claim = queue::claim(*transaction, start, 3, 3, m_clock.now());
    QVERIFY(claim);
    QStringList kinds;
    for (const queue::Entry &entry : claim->entries)
        kinds << entry.kind;
    QCOMPARE(kinds,
             (QStringList{QStringLiteral("command.calls.stop_all"),
                          QStringLiteral("command.calls.resume"), QStringLiteral("call.dial")}));
}

void TestCommands::theSameKeyDoesNothingAndGivesTheFirstResult()
{
    const Json payload = {{"v", 1}, {"call", 12}};
    const Submitted first =
        submit(QStringLiteral("support"), "call.stop", payload, QStringLiteral("k1"));
    const Submitted second =
        submit(QStringLiteral("support"), "call.stop", payload, QStringLiteral("k1"));
    QCOMPARE(second.outcome, QStringLiteral("repeat"));
    QCOMPARE(second.id, first.id);
    handleAll();
    const Finished repeated =
        command(QStringLiteral("support"), "call.stop", payload, QStringLiteral("k1"));
    QCOMPARE(repeated.state, QStringLiteral("done"));
    QCOMPARE(repeated.answer, Json({{"call", 12}}));
    QCOMPARE(m_controls.size(), 1);
    QCOMPARE(count("SELECT count(*) FROM inbox"), 1);
}

void TestCommands::aKeyThatWasUsedForSomethingElseIsRefused()
{
    (void)command(QStringLiteral("support"), "call.stop", {{"call", 12}}, QStringLiteral("k1"));
    QCOMPARE(submit(QStringLiteral("support"), "call.stop", {{"call", 13}}, QStringLiteral("k1"))
                 .outcome,
             QStringLiteral("other_body"));
    QCOMPARE(
        submit(QStringLiteral("senior"), "call.stop", {{"call", 13}}, QStringLiteral("k1")).outcome,
        QStringLiteral("recorded")); // keys are each operator's own
}

void TestCommands::anotherSessionsTokenHasNoResultOfMine()
{
    (void)command(QStringLiteral("support"), "call.stop", {{"call", 12}}, QStringLiteral("k1"));
    QCOMPARE(resultOf(QStringLiteral("senior"), QStringLiteral("k1")).state,
             QStringLiteral("none"));
    QCOMPARE(resultOf(QStringLiteral("nobody"), QStringLiteral("k1")).state,
             QStringLiteral("none"));
    QCOMPARE(resultOf(QStringLiteral("support"), QStringLiteral("k1")).state,
             QStringLiteral("done"));
}

void TestCommands::anEndedOrIdleOrUnknownSessionDoesNothing()
{
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_sessions SET active_at = now() - "
                                             "interval '11 min' WHERE operator_id = 2")));
    QVERIFY(m_connection->run(QStringLiteral(
        "UPDATE operator_sessions SET ends_at = now() - interval '1 s' WHERE operator_id = 3")));
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operator_sessions SET ended_at = now() WHERE operator_id = 5")));
    for (const char *who : {"support", "senior", "admin", "nobody", ""})
        QCOMPARE(
            submit(QLatin1String(who), "calls.stop_all", {{"v", 1}}, QStringLiteral("k1")).outcome,
            QStringLiteral("not_signed_in"));
    QCOMPARE(count("SELECT count(*) FROM inbox"), 0);
}

void TestCommands::aSessionThatEndsBeforeItsCommandIsHandledDoesNothing()
{
    (void)submit(QStringLiteral("support"), "calls.stop_all", {{"v", 1}}, QStringLiteral("k1"));
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operator_sessions SET ended_at = now() WHERE operator_id = 2")));
    handleAll();
    const Finished finished = resultOf(QStringLiteral("support"), QStringLiteral("k1"));
    QCOMPARE(finished.state, QStringLiteral("refused"));
    QCOMPARE(finished.code, QStringLiteral("NotSignedIn"));
    QVERIFY(m_controls.isEmpty());
    QCOMPARE(count("SELECT count(*) FROM audit WHERE result = 'denied'"), 1);
}

void TestCommands::aLateCommandExpiresAndIsNeverRun()
{
    (void)submit(QStringLiteral("support"), "calls.stop_all", {{"v", 1}}, QStringLiteral("k1"));
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE commands SET expires_at = now() - interval '1 s'")));
    handleAll();
    QCOMPARE(resultOf(QStringLiteral("support"), QStringLiteral("k1")).state,
             QStringLiteral("expired"));
    QVERIFY(m_controls.isEmpty());
    QCOMPARE(count("SELECT count(*) FROM audit WHERE result = 'expired'"), 1);
}

void TestCommands::expiredIsNeverFollowedByDone()
{
    (void)submit(QStringLiteral("support"), "calls.stop_all", {{"v", 1}}, QStringLiteral("k1"));
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE commands SET expires_at = now() - interval '1 s'")));
    QCOMPARE(resultOf(QStringLiteral("support"), QStringLiteral("k1")).state,
             QStringLiteral("expired"));
    handleAll();
    QCOMPARE(resultOf(QStringLiteral("support"), QStringLiteral("k1")).state,
             QStringLiteral("expired"));
    QVERIFY(m_controls.isEmpty());
    QCOMPARE(text("SELECT concat_ws(' ', operator_name, action, result) AS answer FROM audit"),
             QStringLiteral("support calls.stop_all expired"));
}

void TestCommands::aRefusedCommandLeavesNothingButItsResult()
{
    const Finished finished = command(QStringLiteral("support"), "call.stop",
                                      {{"v", 1}, {"call", 0}}, QStringLiteral("k1"));
    QCOMPARE(finished.state, QStringLiteral("refused"));
    QCOMPARE(finished.code, QStringLiteral("NotFound"));
    QCOMPARE(count("SELECT count(*) FROM audit WHERE result = 'failed'"), 1);
    QCOMPARE(count("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'"), 0);
}

void TestCommands::unknownKindsAndBadKeysAreNotRecorded()
{
    const QString me = QStringLiteral("admin");
    QCOMPARE(submit(me, "retell.webhook", {{"v", 1}}, QStringLiteral("k1")).outcome,
             QStringLiteral("unknown_kind"));
    QCOMPARE(submit(me, "calls.stop_all", {{"v", 1}}, QStringLiteral("with space")).outcome,
             QStringLiteral("bad_input"));
    QCOMPARE(submit(me, "calls.stop_all", Json::array(), QStringLiteral("k1")).outcome,
             QStringLiteral("bad_input"));
    QCOMPARE(submit(me, "calls.stop_all", {{"v", std::string(20000, 'x')}}, QStringLiteral("k1"))
                 .outcome,
             QStringLiteral("bad_input"));
    QCOMPARE(count("SELECT count(*) FROM inbox"), 0);
}

void TestCommands::whatHasNoCommandBesideItIsIgnored()
{
    const queue::NewEntry forged = {.source = queue::Source::Operator,
                                    .externalId = QStringLiteral("5:forged"),
                                    .lane = QStringLiteral("dial"),
                                    .kind = QStringLiteral("command.calls.stop_all"),
                                    .payload = "{}"};
    QVERIFY(queue::record(*m_connection, std::span(&forged, 1), m_clock.now()));
    handleAll();
    QVERIFY(m_controls.isEmpty());
}

void TestCommands::tooManyWaitingAreTurnedAway()
{
    for (int i = 0; i < 200; ++i)
        QCOMPARE(submit(QStringLiteral("support"), "call.stop", {{"call", i}}, QString::number(i))
                     .outcome,
                 QStringLiteral("recorded"));
    QCOMPARE(
        submit(QStringLiteral("support"), "call.stop", {{"call", 1}}, QStringLiteral("one more"))
            .outcome,
        QStringLiteral("bad_input"));
    QCOMPARE(
        submit(QStringLiteral("support"), "call.stop", {{"call", 1}}, QStringLiteral("one-more"))
            .outcome,
        QStringLiteral("too_many"));
    QCOMPARE(
        submit(QStringLiteral("admin"), "calls.stop_all", {{"v", 1}}, QStringLiteral("k1")).outcome,
        QStringLiteral("recorded"));
}

void TestCommands::finishedCommandsAndAuditNeverChange()
{
    (void)command(QStringLiteral("support"), "calls.stop_all", {{"v", 1}}, QStringLiteral("k1"));
    QVERIFY(!m_connection->run(QStringLiteral("UPDATE commands SET state = 'refused'")));
    QVERIFY(!m_connection->run(QStringLiteral("UPDATE audit SET reason = ''")));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(!owner->run(QStringLiteral("DELETE FROM audit")));
    QVERIFY(!owner->run(QStringLiteral("UPDATE audit SET reason = ''")));
}

REGISTER_TEST(TestCommands);

} // namespace tst_commands

#include "tst_commands.moc"
