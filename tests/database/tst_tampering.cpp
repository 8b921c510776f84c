#include "ledger/ledger_export.h"
#include "tests/database/seal_fixture.h"
#include "tests/support/paid_call.h"
#include "tests/support/test_main.h"

#include "core/json.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>

namespace tst_tampering {

using namespace tests;

namespace {

constexpr quint32 kSeed = 20261128;
constexpr int kTamperings = 1000;
constexpr int kExportTamperings = 200;

struct Column {
    QString name;
    QString type;
};

struct CheckerRun {
    int exitCode = -1;
    Json json; // null when it printed none
};

/// The separate program, with nothing of this process but its arguments.
CheckerRun runChecker(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(SPEECHCAD_BINARY_DIR "/speechcad-seal-check"), arguments);
    if (!process.waitForFinished(60'000))
        return {};
    const auto json = core::parseJson(process.readAllStandardOutput());
    return {process.exitCode(), json ? *json : Json()};
}

/// SQL for another value than the one that is there.
QString otherValue(const Column &column, int by)
{
    const QString &name = column.name;
    if (column.type == QLatin1String("boolean"))
        return QStringLiteral("NOT %1").arg(name);
    if (column.type == QLatin1String("text"))
        return QStringLiteral("coalesce(%1, '') || '%2'").arg(name).arg(by);
    if (column.type == QLatin1String("bytea"))
        return QStringLiteral("CASE WHEN length(%1) > 0 THEN set_byte(%1, %2 % length(%1), "
                              "get_byte(%1, %2 % length(%1)) # 1) ELSE '\\x01' END")
            .arg(name)
            .arg(by);
    if (column.type.startsWith(QLatin1String("timestamp")))
        return QStringLiteral("CASE WHEN isfinite(%1) THEN %1 + interval '%2 microseconds' ELSE "
                              "'2026-01-01' END")
            .arg(name)
            .arg(by);
    if (column.type == QLatin1String("ARRAY"))
        return QStringLiteral("array_append(%1, 'viewer')").arg(name);
    if (column.type == QLatin1String("USER-DEFINED"))
        return QStringLiteral("(CASE WHEN %1 = 'payouts' THEN 'suspense' ELSE 'payouts' "
                              "END)::platform_account")
            .arg(name);
    return QStringLiteral("coalesce(%1, 0) + %2").arg(name).arg(by);
}

} // namespace

/// Whoever owns the database may change everything in it, and is found.
class TestTampering final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyColumnIsSealed_data();
    void everyColumnIsSealed();
    void everyTamperingIsFound();
    void theCheckerFindsItInAnExport();
    void theCheckerSaysWhatItCannotDo();
    void cleanupTestCase();

private:
    void removeAllGuards();
    [[nodiscard]] QString randomKey(const QString &table);
    [[nodiscard]] QString randomTampering();
    [[nodiscard]] QString change(const QString &table);
    [[nodiscard]] QString swap(const QString &table);
    [[nodiscard]] QString insertion(const QString &table);
    /// Absent: it could not be done, or changed nothing.
    [[nodiscard]] std::optional<bool> isFound(const QString &tampering);
    [[nodiscard]] QByteArray exported();
    [[nodiscard]] CheckerRun check(const QByteArray &text);
    int below(int bound) { return static_cast<int>(m_random.bounded(bound)); }

    std::unique_ptr<SealStage> m_stage;
    std::unique_ptr<database::Connection> m_owner;
    QHash<QString, QList<Column>> m_columns;
    QHash<QString, QString> m_keys;
    QRandomGenerator m_random{kSeed};
};

void TestTampering::initTestCase()
{
    m_stage = std::make_unique<SealStage>(freshDatabase());
    m_owner = openConnection(m_stage->url(), database::Role::Owner);
    m_keys = {{QStringLiteral("transfers"), QStringLiteral("id")},
              {QStringLiteral("audit"), QStringLiteral("id")},
              {QStringLiteral("seals"), QStringLiteral("id")},
              {QStringLiteral("calls"), QStringLiteral("id")},
              {QStringLiteral("wallets"), QStringLiteral("customer_id")}};
    addFrenchCustomer(m_stage->connection(), 40);
    addCustomer(m_stage->connection(), 50, QStringLiteral("Never paid"));
    for (int i = 0; i < 6; ++i) {
        m_stage->addRows(5);
        (void)addPaidCall(m_stage->connection(), 40, usd(1 + i));
        // Ids that are never used: what is put in later finds a place between sealed rows.
        QVERIFY(m_owner->runScript(
            QStringLiteral("SELECT nextval(pg_get_serial_sequence('transfers', 'id')), "
                           "nextval(pg_get_serial_sequence('audit', 'id'))")));
        QCOMPARE(m_stage->seal(), 1);
    }
    QCOMPARE(m_stage->verify().problems, QStringList());
    removeAllGuards();
    for (const QString &table : m_keys.keys()) {
        const auto rows = m_owner->run(
            QStringLiteral("SELECT column_name::text AS name, data_type::text AS type FROM "
                           "information_schema.columns WHERE table_schema = 'public' AND "
                           "table_name = ? ORDER BY ordinal_position"),
            {table});
        QVERIFY(rows);
        static const QStringList ofHold = {QStringLiteral("customer_id"),
                                           QStringLiteral("hold"),
                                           QStringLiteral("charged"),
                                           QStringLiteral("hold_transfer_id"),
                                           QStringLiteral("charge_transfer_id"),
                                           QStringLiteral("release_transfer_id")};
        for (qsizetype i = 0; i < rows->size(); ++i) {
            const Column column = {(*rows)[i].text("name"), (*rows)[i].text("type")};
            if (table != QLatin1String("calls") || ofHold.contains(column.name))
                m_columns[table] << column;
        }
    }
}

/// What PostgreSQL itself would refuse, a superuser can switch off first.
void TestTampering::removeAllGuards()
{
    const auto removed = m_owner->runScript(QStringLiteral(R"(
        SET session_replication_role = replica;
        DO $$ DECLARE c record; BEGIN
          FOR c IN SELECT conrelid::regclass AS tab, conname FROM pg_constraint
              WHERE conrelid IN ('transfers'::regclass, 'audit'::regclass, 'wallets'::regclass, 'seals'::regclass,
                'calls'::regclass) AND contype NOT IN ('p', 't') ORDER BY contype = 'u' LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', c.tab, c.conname);
          END LOOP; END $$;
        ALTER TABLE transfers ALTER COLUMN id DROP IDENTITY;
        ALTER TABLE audit ALTER COLUMN id DROP IDENTITY;
        ALTER TABLE calls ALTER COLUMN id DROP IDENTITY;)"));
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().detail));
}

void TestTampering::everyColumnIsSealed_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<int>("index");
    for (const char *name : {"transfers", "audit"}) {
        const QString table = QString::fromLatin1(name);
        for (int i = 0; i < m_columns[table].size(); ++i)
            QTest::newRow(qPrintable(table + u'.' + m_columns[table][i].name)) << table << i;
    }
}

void TestTampering::everyColumnIsSealed()
{
    QFETCH(QString, table);
    QFETCH(int, index);
    const Column column = m_columns[table][index];
    // Only the seals: balances and chains would find most of it too.
    auto transaction = database::Transaction::begin(*m_owner);
    QVERIFY(transaction);
    const QString key = randomKey(table);
    const auto changed =
        transaction->run(QStringLiteral("UPDATE %1 SET %2 = %3 WHERE id = %4")
                             .arg(table, column.name, otherValue(column, 10'007), key));
    QVERIFY2(changed, changed ? "" : qPrintable(changed.error().detail));
    const auto report = ledger::verifySeals(
        *transaction, {.publicKey = m_stage->signer().publicKey(), .file = m_stage->book().file()});
    QVERIFY(report);
    QVERIFY(!report->problems.isEmpty());
}

QString TestTampering::randomKey(const QString &table)
{
    const QStringList keys =
        column(*m_owner,
               QStringLiteral("SELECT %1 AS answer FROM %2 ORDER BY 1").arg(m_keys[table], table));
    return keys[below(static_cast<int>(keys.size()))];
}

QString TestTampering::change(const QString &table)
{
    const QList<Column> &columns = m_columns[table];
    const Column column = columns[below(static_cast<int>(columns.size()))];
    return QStringLiteral("UPDATE %1 SET %2 = %3 WHERE %4 = %5")
        .arg(table, column.name, otherValue(column, 1 + below(1000)), m_keys[table],
             randomKey(table));
}

/// Two rows trade everything but their keys.
QString TestTampering::swap(const QString &table)
{
    QStringList names;
    for (const Column &column : m_columns[table]) {
        if (column.name != m_keys[table])
            names << column.name;
    }
    const QString one = randomKey(table);
    const QString other = randomKey(table);
    return QStringLiteral(
               "UPDATE %1 t SET (%2) = (SELECT %3 FROM %1 o WHERE o.%4 = CASE t.%4 WHEN "
               "%5 THEN %6 ELSE %5 END) WHERE t.%4 IN (%5, %6) AND EXISTS (SELECT FROM "
               "%1 a, %1 b WHERE a.%4 = %5 AND b.%4 = %6 AND (%7) IS DISTINCT FROM (%8))")
        .arg(table, names.join(u','), QStringLiteral("o.") + names.join(QStringLiteral(",o.")),
             m_keys[table], one, other, QStringLiteral("a.") + names.join(QStringLiteral(",a.")),
             QStringLiteral("b.") + names.join(QStringLiteral(",b.")));
}

/// A copy of a row where there was none: in a gap, or before all others.
QString TestTampering::insertion(const QString &table)
{
    QStringList names;
    const auto rows = m_owner->run(
        QStringLiteral("SELECT column_name::text AS name FROM information_schema.columns WHERE "
                       "table_schema = 'public' AND table_name = ? AND is_generated = 'NEVER'"),
        {table});
    for (qsizetype i = 0; rows && i < rows->size(); ++i) {
        if ((*rows)[i].text("name") != m_keys[table])
            names << (*rows)[i].text("name");
    }
    const QString place =
        below(2) == 0
            ? QString::number(-below(1000))
            : QStringLiteral("(SELECT g FROM generate_series(1, (SELECT max(%1) FROM %2)) g WHERE "
                             "NOT EXISTS (SELECT FROM %2 o WHERE o.%1 = g) ORDER BY g OFFSET %3 "
                             "LIMIT 1)")
                  .arg(m_keys[table], table)
                  .arg(below(6));
    return QStringLiteral("INSERT INTO %1 (%2, %3) SELECT %4, %3 FROM %1 WHERE %2 = %5")
        .arg(table, m_keys[table], names.join(u','), place, randomKey(table));
}

QString TestTampering::randomTampering()
{
    static const QStringList tables = {QStringLiteral("transfers"), QStringLiteral("audit"),
                                       QStringLiteral("wallets"), QStringLiteral("calls"),
                                       QStringLiteral("seals")};
    const QString &table = tables[below(static_cast<int>(tables.size()))];
    switch (below(4)) {
    case 0: return change(table);
    case 1: return swap(table);
    case 2: return insertion(table);
    default:
        return QStringLiteral("DELETE FROM %1 WHERE %2 = %3")
            .arg(table, m_keys[table], randomKey(table));
    }
}

std::optional<bool> TestTampering::isFound(const QString &tampering)
{
    auto transaction = database::Transaction::begin(*m_owner);
    if (!transaction)
        return std::nullopt;
    const auto done = transaction->run(tampering);
    if (!done || done->affected() == 0)
        return std::nullopt;
    const auto problems =
        transaction->run(QStringLiteral("SELECT count(*) AS n FROM ledger_problems()"));
    const auto report = ledger::verifySeals(
        *transaction, {.publicKey = m_stage->signer().publicKey(), .file = m_stage->book().file()});
    if (!problems || !report)
        return false;
    return problems->first().integer("n") > 0 || !report->problems.isEmpty();
}

void TestTampering::everyTamperingIsFound()
{
    QVERIFY(!isFound(QStringLiteral("UPDATE wallets SET at = at")).value_or(true));
    int tried = 0;
    QHash<QString, int> kinds;
    for (int done = 0; done < kTamperings; ++tried) {
        QVERIFY2(tried < 2 * kTamperings, "too many could not be done");
        const QString tampering = randomTampering();
        const auto found = isFound(tampering);
        if (!found)
            continue;
        QVERIFY2(*found, qPrintable(tampering));
        ++kinds[tampering.section(u' ', 0, 0)];
        ++done;
    }
    QVERIFY(kinds.size() == 3 && *std::min_element(kinds.cbegin(), kinds.cend()) > 100);
    QCOMPARE(m_stage->verify().problems, QStringList()); // all of it was rolled back
}

QByteArray TestTampering::exported()
{
    QByteArray text;
    const auto counts =
        ledger::exportSealed(m_stage->connection(), kMorning, [&](const QByteArray &bytes) {
            text += bytes;
            return true;
        });
    return counts ? text : QByteArray();
}

CheckerRun TestTampering::check(const QByteArray &text)
{
    QFile file(m_stage->directory() + QStringLiteral("/export"));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("no file");
    file.close();
    return runChecker({m_stage->book().file(), m_stage->book().publicKeyFile(), file.fileName(),
                       QStringLiteral("--json")});
}

/// Without the database: only the file of seals, the public key and the export.
void TestTampering::theCheckerFindsItInAnExport()
{
    const QByteArray whole = exported();
    const CheckerRun sound = check(whole);
    QCOMPARE(sound.exitCode, 0);
    QCOMPARE(sound.json["transfers"]["sealed"].get<qint64>(), m_stage->count("transfers"));
    QCOMPARE(sound.json["audit"]["sealed"].get<qint64>(), m_stage->count("audit"));
    const QByteArrayList lines = whole.chopped(1).split('\n');
    const auto anyRow = [&] { return 1 + below(static_cast<int>(lines.size()) - 1); };
    for (int i = 0; i < kExportTamperings; ++i) {
        QByteArrayList changed = lines;
        const int row = anyRow();
        const int other = anyRow();
        switch (i % 4) {
        case 0: changed[row][20 + below(20)] ^= 1; break;
        case 1: changed.removeAt(row); break;
        case 2: changed.insert(row, changed[other]); break;
        default:
            if (row == other)
                continue;
            changed.swapItemsAt(row, other);
        }
        QVERIFY2(check(changed.join('\n') + '\n').exitCode == 1,
                 qPrintable(QStringLiteral("case %1").arg(i)));
    }
}

void TestTampering::theCheckerSaysWhatItCannotDo()
{
    const QString seals = m_stage->book().file();
    const QString key = m_stage->book().publicKeyFile();
    QCOMPARE(runChecker({}).exitCode, 2);
    QCOMPARE(runChecker({QStringLiteral("--nonsense")}).exitCode, 2);
    QCOMPARE(runChecker({seals, key, QStringLiteral("/nowhere")}).exitCode, 3);
    QCOMPARE(runChecker({seals, key, key}).exitCode, 3);
    QCOMPARE(runChecker({key, seals, key}).exitCode, 3);
}

void TestTampering::cleanupTestCase()
{
    m_owner.reset();
    m_stage.reset();
}

REGISTER_TEST(TestTampering);

} // namespace tst_tampering

#include "tst_tampering.moc"
