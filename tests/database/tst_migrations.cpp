#include "tests/database/database_fixture.h"
#include "tests/support/test_main.h"

namespace tst_migrations {

using database::Connection;
using database::Role;
using tests::number;
using tests::openConnection;
using tests::TestCluster;

class TestMigrations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newDatabaseGetsEveryMigrationInOrder();
    void secondRunAppliesNothing();
    void migrationThatHasChangedIsRefused();
    void databaseOfANewerProgramIsRefusedUntouched();
    void migrationsOfANewerProgramThatWeCanWorkWithAreFine();
    void serversStartingAtOnceApplyEachOnce();
    void secondServerWaitsLongerThanALockTimeout();
    void serverWithSafeSettingsIsTaken();
    void serverWithUnsafeSettingsIsRefusedInWords();
};

void TestMigrations::newDatabaseGetsEveryMigrationInOrder()
{
    auto owner = openConnection(TestCluster::instance().createDatabase(), Role::Owner);
    const auto pending = database::pendingMigrations(*owner);
    QVERIFY(pending && pending->size() >= 3);
    const auto report = database::migrate(*owner);
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(report->applied, *pending);
    QVERIFY(report->applied.first().startsWith(QLatin1String("0001_")));
    QVERIFY(std::is_sorted(report->applied.cbegin(), report->applied.cend()));
    QCOMPARE(number(*owner, QStringLiteral("(SELECT count(*) FROM migrations)")), pending->size());
}

void TestMigrations::secondRunAppliesNothing()
{
    auto owner = openConnection(tests::emptiedDatabase(), Role::Owner);
    const auto report = database::migrate(*owner);
    QVERIFY(report && report->applied.isEmpty());
    QVERIFY(database::pendingMigrations(*owner)->isEmpty());
    QCOMPARE(
        number(*owner, QStringLiteral("(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
                                      "AND pid = pg_backend_pid())")),
        0);
}

void TestMigrations::migrationThatHasChangedIsRefused()
{
    auto owner = openConnection(tests::freshDatabase(), Role::Owner);
    QVERIFY(owner->runScript(
        QStringLiteral("UPDATE migrations SET checksum = 'other' WHERE name LIKE '0002%'")));
    const auto report = database::migrate(*owner);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::DatabaseRefused);
    QVERIFY(report.error().detail.contains(QLatin1String("0002_ledger")));
}

void TestMigrations::databaseOfANewerProgramIsRefusedUntouched()
{
    auto owner = openConnection(tests::freshDatabase(), Role::Owner);
    QVERIFY(
        owner->runScript(QStringLiteral("UPDATE schema_state SET min_code = 2; "
                                        "DELETE FROM migrations WHERE name = '0003_customers'")));
    const auto report = database::migrate(*owner);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::DatabaseRefused);
    QVERIFY(report.error().detail.contains(QLatin1String("newer version")));
    QCOMPARE(number(*owner, QStringLiteral(
                                "(SELECT count(*) FROM migrations WHERE name = '0003_customers')")),
             0);
}

void TestMigrations::migrationsOfANewerProgramThatWeCanWorkWithAreFine()
{
    auto owner = openConnection(tests::freshDatabase(), Role::Owner);
    QVERIFY(owner->runScript(QStringLiteral("INSERT INTO migrations VALUES ('9999_later', 'x')")));
    QVERIFY(database::migrate(*owner));
}

void TestMigrations::serversStartingAtOnceApplyEachOnce()
{
    const QString url = TestCluster::instance().createDatabase();
    std::atomic<int> applied = 0;
    std::atomic<int> failed = 0;
    tests::inThreads(4, [&](int) {
        auto owner = openConnection(url, Role::Owner);
        const auto report = database::migrate(*owner);
        failed += report ? 0 : 1;
        applied += report ? static_cast<int>(report->applied.size()) : 0;
    });
    QCOMPARE(failed.load(), 0);
    auto owner = openConnection(url, Role::Owner);
    QCOMPARE(qint64(applied), number(*owner, QStringLiteral("(SELECT count(*) FROM migrations)")));
}

void TestMigrations::secondServerWaitsLongerThanALockTimeout()
{
    const QString url = tests::emptiedDatabase();
    auto first = openConnection(url, Role::Owner);
    QVERIFY(first->runScript(
        QStringLiteral("SELECT pg_advisory_lock(hashtextextended('migrations', 1))")));
    std::atomic<bool> isDone = false;
    Result<database::MigrationReport> report = failure({});
    std::jthread second([&] {
        auto owner = openConnection(url, Role::Owner);
        report = database::migrate(*owner);
        isDone = true;
    });
    const auto waits = [&](int seconds) {
        return number(*first,
                      QStringLiteral(
                          "(SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
                          "WHERE l.locktype = 'advisory' AND NOT l.granted "
                          "AND a.datname = current_database() "
                          "AND clock_timestamp() - a.query_start > interval '%1 s')")
                          .arg(seconds)) == 1;
    };
    const bool waited = tests::becomes([&] { return isDone || waits(3); });
    QVERIFY(first->runScript(QStringLiteral("SELECT pg_advisory_unlock_all()")));
    second.join();
    QVERIFY(waited);
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
}

void TestMigrations::serverWithSafeSettingsIsTaken()
{
    auto connection = openConnection(tests::emptiedDatabase());
    const auto checked = database::checkServer(*connection);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
}

void TestMigrations::serverWithUnsafeSettingsIsRefusedInWords()
{
    TestCluster cluster; // its settings are changed
    const QString url = cluster.createDatabase();
    for (const char *name : {"fsync", "full_page_writes", "synchronous_commit"}) {
        const QString setting = QLatin1String(name);
        auto owner = openConnection(url, Role::Owner);
        QVERIFY(owner->runScript(QStringLiteral("ALTER SYSTEM SET %1 = off").arg(setting)));
        QVERIFY(owner->runScript(QStringLiteral("SELECT pg_reload_conf()")));
        Result<void> checked;
        QVERIFY(tests::becomes([&] {
            auto fresh = openConnection(url, Role::Owner);
            checked = database::checkServer(*fresh);
            return !checked;
        }));
        QCOMPARE(checked.error().code, ErrorCode::DatabaseRefused);
        QVERIFY2(checked.error().detail.contains(setting + QStringLiteral(" is off")),
                 qPrintable(checked.error().detail));
        QVERIFY(owner->runScript(QStringLiteral("ALTER SYSTEM RESET %1").arg(setting)));
        QVERIFY(owner->runScript(QStringLiteral("SELECT pg_reload_conf()")));
        QVERIFY(tests::becomes([&] {
            auto fresh = openConnection(url, Role::Owner);
            return database::checkServer(*fresh).has_value();
        }));
    }
}

REGISTER_TEST(TestMigrations);

} // namespace tst_migrations

#include "tst_migrations.moc"
