#include "assembly/books_watch.h"
#include "assembly/system_pages.h"
#include "tests/database/ledger_fixture.h"
#include "tests/database/queue_fixture.h"
#include "tests/support/paid_call.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>

namespace tst_conservation {

using namespace tests;
using namespace std::chrono_literals;

/// What came is what is there; when it is not, it is counted, shown and told.
class TestConservation final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aSoundDatabaseBalances();
    void everyEquationSeesItsMismatch_data();
    void everyEquationSeesItsMismatch();
    void aDroppedPartitionIsNoMismatch();
    void aMismatchAndTheStopSwitchAreToldOnce();
    void anUnsoundLedgerIsToldWithinADay();
    void aLostDatabaseIsTold();
    void cleanupTestCase() { m_owner.reset(); }

private:
    /// What is counted after `sql`, all of which is undone.
    [[nodiscard]] QStringList mismatchesAfter(const QString &sql);

    QString m_url;
    std::unique_ptr<database::Connection> m_owner;
};

namespace {

/// A program that keeps what it is told.
struct Listener {
    explicit Listener(const Clock &clock)
        : alerts({.command = script()}, clock)
    {
        alerts.start();
    }
    [[nodiscard]] QString script() const
    {
        QFile file(directory.filePath(QStringLiteral("listen")));
        const QByteArray text = "#!/bin/sh\ncat >> '" + directory.path().toUtf8() + "/told'\n";
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() ||
            !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
            qFatal("no script");
        return file.fileName();
    }
    [[nodiscard]] QStringList told() const
    {
        QFile file(directory.filePath(QStringLiteral("told")));
        QStringList keys;
        while (file.isOpen() || file.open(QIODevice::ReadOnly)) {
            const QByteArray line = file.readLine();
            if (line.isEmpty())
                break;
            const auto alert = core::parseJson(line);
            keys << (alert ? core::textMember(*alert, "alert").value_or(QString()) : QString());
        }
        return keys;
    }
    QTemporaryDir directory;
    assembly::Alerts alerts;
};

} // namespace

void TestConservation::initTestCase()
{
    m_url = freshDatabase();
    m_owner = openConnection(m_url, database::Role::Owner);
    const auto connection = openConnection(m_url);
    recordAll(*connection, {entry(QStringLiteral("a"), QStringLiteral("dial")),
                            entry(QStringLiteral("b"), QStringLiteral("dial"))});
    addFrenchCustomer(*connection, 40);
    (void)addPaidCall(*connection, 40, usd(3));
    const auto made = m_owner->runScript(QStringLiteral(
        "SET session_replication_role = replica; "
        "INSERT INTO deposits (customer_id, coin, requested, state, token_sha256, created_at, "
        "transfer_id, credited, cause_id) SELECT 40, 'BTC', 5000000000, 'credited', "
        "sha256('token'), now(), id, 5000000000, 1 FROM transfers WHERE kind = 'deposit'; "
        "SET session_replication_role = origin; "
        "INSERT INTO calls (customer_id, request_key, script_version_id, to_number, consent, "
        "is_recorded, tier, asked_at, cause_id) VALUES (40, 'open', 1, '+14155550123', "
        "'relationship', false, 'new', now(), 1); "
        "INSERT INTO transfers (customer_id, at, cause_id, available, held, kind, request_key) "
        "SELECT 40, now(), 1, -2000000, 2000000, 'hold', 'hold:' || id FROM calls WHERE "
        "request_key = 'open'; "
        "UPDATE calls SET state = 'dialling', attempt_id = 'open', dialled_at = now(), "
        "dial_outbox_id = 99, verdict = '{}', longest_s = 600, rates_version = 1, rate_per_minute "
        "= 350000, recording_fee = 0, hold = 2000000, hold_transfer_id = (SELECT max(id) FROM "
        "transfers) WHERE request_key = 'open'"));
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
}

QStringList TestConservation::mismatchesAfter(const QString &sql)
{
    // readConservation's own BEGIN finds this one open, and its end undoes all.
    const auto done = m_owner->runScript(
        QStringLiteral("BEGIN; SET LOCAL session_replication_role = replica; ") + sql);
    if (!done)
        qFatal("not done: %s", qUtf8Printable(done.error().detail));
    const auto conservation = assembly::readConservation(*m_owner, kMorning);
    if (!conservation)
        qFatal("not counted: %s", qUtf8Printable(conservation.error().detail));
    return conservation->mismatches();
}

void TestConservation::aSoundDatabaseBalances()
{
    const auto connection = openConnection(m_url);
    const auto conservation = assembly::readConservation(*connection, kMorning);
    QVERIFY(conservation);
    QCOMPARE(conservation->mismatches(), QStringList());
    QCOMPARE(conservation->equations.size(), 7);
    QCOMPARE(conservation->unsealedTransfers, 4);
    const QByteArray text = intake::prometheusText(assembly::metricsOf(*conservation));
    QVERIFY(text.contains("speechcad_books_balanced{equation=\"open_holds\"} 1\n"));
    QVERIFY(text.contains("speechcad_books_left{equation=\"inbox\"} 2\n"));
    QVERIFY(text.contains("speechcad_unsealed_transfers 4\n"));
}

void TestConservation::everyEquationSeesItsMismatch_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char *equation, const char *sql) {
        QTest::newRow(equation) << QString::fromLatin1(sql);
    };
    row("inbox", "DELETE FROM inbox_waiting WHERE inbox_id = (SELECT min(id) FROM inbox)");
    row("ledger_sum", "ALTER TABLE transfers DROP CONSTRAINT balanced; UPDATE transfers SET "
                      "platform_amount = platform_amount + 1 WHERE kind = 'deposit'");
    row("available", "UPDATE wallets SET available = available + 1 WHERE customer_id = 40");
    row("held", "UPDATE wallets SET held = held + 1 WHERE customer_id = 40");
    row("debt", "UPDATE wallets SET debt = -1 WHERE customer_id = 40");
    row("deposits", "DELETE FROM deposits");
    row("deposits", "UPDATE deposits SET credited = credited + 1 WHERE transfer_id IS NOT NULL");
    row("deposits", "UPDATE deposits SET credited = credited - 1 WHERE transfer_id IS NOT NULL");
    row("open_holds", "UPDATE calls SET hold = hold + 1 WHERE request_key = 'open'");
}

void TestConservation::everyEquationSeesItsMismatch()
{
    QFETCH(QString, sql);
    const QString equation = QString::fromLatin1(QTest::currentDataTag());
    const QStringList mismatches = mismatchesAfter(sql);
    QVERIFY2(!mismatches.filter(equation + u':').isEmpty(), qPrintable(mismatches.join(u'\n')));
    QCOMPARE(mismatchesAfter(QStringLiteral("SELECT 1")), QStringList());
}

void TestConservation::aDroppedPartitionIsNoMismatch()
{
    const QString drop = QStringLiteral(
        "DELETE FROM inbox_waiting; INSERT INTO inbox_outcomes_kept (inbox_id, state, attempts, "
        "handled_at) VALUES (1, 'dead', 8, now()); DROP TABLE inbox_0, inbox_outcomes_0");
    QCOMPARE(mismatchesAfter(drop), QStringList());
    QVERIFY(m_owner->runScript(
        QStringLiteral("BEGIN; SET LOCAL session_replication_role = replica; ") + drop));
    const auto status = assembly::readSystemStatus(*m_owner, kMorning);
    QVERIFY(m_owner->runScript(QStringLiteral("ROLLBACK")));
    QVERIFY(status && status->isConserved());
    QCOMPARE(status->inboxDead, 1);
    QCOMPARE(status->inboxDone, 1);
}

void TestConservation::aMismatchAndTheStopSwitchAreToldOnce()
{
    core::FakeClock clock(kMorning);
    Listener listener(clock);
    assembly::BooksWatch watch({.databaseUrl = m_url}, clock, listener.alerts);
    watch.start();
    QTRY_VERIFY(!watch.metrics().isEmpty());
    const auto set = [&](const char *sql) {
        QVERIFY(m_owner->runScript(QStringLiteral("SET session_replication_role = replica; %1; SET "
                                                  "session_replication_role = origin")
                                       .arg(QLatin1String(sql))));
    };
    const auto balanced = [&] {
        return intake::prometheusText(watch.metrics())
            .contains("speechcad_books_balanced{equation=\"held\"} 1\n");
    };
    QVERIFY(balanced());
    set("UPDATE wallets SET held = held + 1 WHERE customer_id = 40");
    for (int minute = 0; minute < 2; ++minute) {
        clock.advance(60s);
        QTRY_VERIFY(!balanced());
    }
    QTRY_COMPARE(listener.told(), QStringList(QStringLiteral("conservation")));
    set("UPDATE wallets SET held = held - 1 WHERE customer_id = 40");
    clock.advance(60s);
    QTRY_VERIFY(balanced());
    set("UPDATE policy_switches SET is_on = true WHERE name = 'stop_calls'");
    QTRY_COMPARE(listener.told().value(1), QStringLiteral("stop_switch"));
    set("UPDATE policy_switches SET is_on = false WHERE name = 'stop_calls'");
    watch.stop();
    QCOMPARE(listener.told().size(), 2);
}

/// The books balance all the while: only the chain of hashes knows.
void TestConservation::anUnsoundLedgerIsToldWithinADay()
{
    core::FakeClock clock(kMorning);
    Listener listener(clock);
    assembly::BooksWatch watch({.databaseUrl = m_url}, clock, listener.alerts);
    watch.start();
    const auto isSound = [&](const char *value) {
        return intake::prometheusText(watch.metrics())
            .contains(QByteArray("speechcad_ledger_sound ") + value + '\n');
    };
    QTRY_VERIFY(!watch.metrics().isEmpty());
    QVERIFY(!isSound("0") && !isSound("1"));
    clock.advance(10min);
    QTRY_VERIFY(isSound("1"));
    const auto write = [&](const char *at) {
        QVERIFY(m_owner->runScript(
            QStringLiteral("SET session_replication_role = replica; UPDATE transfers SET at = at "
                           "%1 interval '1 second' WHERE id = (SELECT min(id) FROM transfers); SET "
                           "session_replication_role = origin")
                .arg(QLatin1String(at))));
    };
    write("+");
    clock.advance(23h);
    QVERIFY(isSound("1"));
    clock.advance(1h);
    QTRY_VERIFY(isSound("0"));
    QTRY_COMPARE(listener.told(), QStringList(QStringLiteral("ledger")));
    write("-");
    clock.advance(24h);
    QTRY_VERIFY(isSound("1"));
}

void TestConservation::aLostDatabaseIsTold()
{
    core::FakeClock clock(kMorning);
    TestCluster cluster;
    const QString url = freshDatabase(cluster);
    Listener listener(clock);
    assembly::BooksWatch watch({.databaseUrl = url, .awayPatience = 100ms}, clock, listener.alerts);
    watch.start();
    QTRY_VERIFY(!watch.metrics().isEmpty());
    cluster.stopImmediately();
    QTRY_COMPARE_WITH_TIMEOUT(listener.told(), QStringList(QStringLiteral("database")), 30'000);
    cluster.start();
    QTRY_VERIFY_WITH_TIMEOUT(!watch.metrics().isEmpty(), 30'000);
    watch.stop();
}

REGISTER_TEST(TestConservation);

} // namespace tst_conservation

#include "tst_conservation.moc"
