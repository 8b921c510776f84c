#include "database/migrations.h"

#include "core/crypto.h"
#include "database/transaction.h"

#include <QDir>
#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcDatabase)

static void initMigrationResources()
{
    Q_INIT_RESOURCE(migrations);
}

namespace database {

namespace {

constexpr int kServerVersionMin = 150000;

struct Migration {
    QString name; // 0001_queue
    QString sql;
    QString checksum; // hex SHA-256 of the file
};

QList<Migration> shippedMigrations()
{
    initMigrationResources();
    QList<Migration> all;
    const QDir folder(QStringLiteral(":/migrations"));
    for (const QString &file :
         folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        const QString sql = sqlResource(folder.filePath(file));
        all.append({file.chopped(4), sql, QString::fromLatin1(core::sha256(sql.toUtf8()).toHex())});
    }
    return all;
}

/// name -> checksum of what the database has; empty on a new database.
Result<QHash<QString, QString>> appliedMigrations(Connection &connection)
{
    const auto table =
        connection.run(QStringLiteral("SELECT to_regclass('migrations') IS NOT NULL AS there"));
    if (!table)
        return failure(table.error());
    QHash<QString, QString> applied;
    if (!table->first().boolean("there"))
        return applied;
    const auto rows = connection.run(QStringLiteral("SELECT name, checksum FROM migrations"));
    if (!rows)
        return failure(rows.error());
    for (qsizetype i = 0; i < rows->size(); ++i)
        applied.insert((*rows)[i].text("name"), (*rows)[i].text("checksum"));
    return applied;
}

Result<void> refuseChanged(const QHash<QString, QString> &applied, const QList<Migration> &shipped)
{
    QHash<QString, QString> ours;
    for (const Migration &migration : shipped)
        ours.insert(migration.name, migration.checksum);
    for (auto it = applied.cbegin(); it != applied.cend(); ++it) {
        if (ours.contains(it.key()) && ours.value(it.key()) != it.value())
            return failure(
                {.code = ErrorCode::DatabaseRefused,
                 .detail = QStringLiteral(
                               "migration %1 has changed since it was applied to this database; "
                               "install the version that made the database")
                               .arg(it.key())});
    }
    return {};
}

Result<void> refuseNewer(Connection &connection)
{
    const auto state = connection.run(QStringLiteral("SELECT min_code FROM schema_state"));
    if (!state)
        return failure(state.error());
    if (state->first().integer("min_code") > kSchemaCode)
        return failure({.code = ErrorCode::DatabaseRefused,
                        .detail = QStringLiteral(
                            "this database needs a newer version of Speechcad than this one")});
    return {};
}

Result<void> apply(Connection &owner, const Migration &migration)
{
    auto transaction = Transaction::begin(owner);
    if (!transaction)
        return failure(transaction.error());
    if (auto done = owner.runScript(
            QStringLiteral("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '30s'"));
        !done)
        return done;
    if (auto done = owner.runScript(migration.sql); !done)
        return failure(
            {.code = done.error().code,
             .detail =
                 QStringLiteral("migration %1: %2").arg(migration.name, done.error().detail)});
    const auto recorded =
        transaction->run(QStringLiteral("INSERT INTO migrations (name, checksum) VALUES (?, ?)"),
                         {migration.name, migration.checksum});
    if (!recorded)
        return failure(recorded.error());
    return transaction->commit();
}

/// Session lock "migrations" of this database; a second server waits here and finds the work done.
class MigrationLock {
public:
    explicit MigrationLock(Connection &connection)
        : m_connection(connection)
    {
        // The other server may take its time: the usual limits would end the wait.
        taken = m_connection.runScript(
            QStringLiteral("SET statement_timeout = 0; SET lock_timeout = 0; "
                           "SELECT pg_advisory_lock(hashtextextended('migrations', 1))"));
    }
    ~MigrationLock()
    {
        if (taken)
            (void)m_connection.runScript(
                QStringLiteral("SELECT pg_advisory_unlock(hashtextextended('migrations', 1)); "
                               "SET statement_timeout = '10s'; SET lock_timeout = '2s'"));
    }
    Result<void> taken;

private:
    Connection &m_connection;
};

} // namespace

Result<MigrationReport> migrate(Connection &owner)
{
    const MigrationLock lock(owner);
    if (!lock.taken)
        return failure(lock.taken.error());
    const auto applied = appliedMigrations(owner);
    if (!applied)
        return failure(applied.error());
    const QList<Migration> shipped = shippedMigrations();
    // Before anything is applied: a newer schema is not ours to add to.
    if (!applied->isEmpty()) {
        if (auto fits = refuseNewer(owner); !fits)
            return failure(fits.error());
    }
    if (auto known = refuseChanged(*applied, shipped); !known)
        return failure(known.error());

    MigrationReport report;
    for (const Migration &migration : shipped) {
        if (applied->contains(migration.name))
            continue;
        if (auto done = apply(owner, migration); !done)
            return failure(done.error());
        qCInfo(lcDatabase) << "migration applied" << migration.name;
        report.applied << migration.name;
    }
    return report;
}

Result<QStringList> pendingMigrations(Connection &connection)
{
    const auto applied = appliedMigrations(connection);
    if (!applied)
        return failure(applied.error());
    QStringList pending;
    for (const Migration &migration : shippedMigrations()) {
        if (!applied->contains(migration.name))
            pending << migration.name;
    }
    return pending;
}

Result<void> checkServer(Connection &connection)
{
    const auto rows = connection.run(QStringLiteral(
        "SELECT current_setting('server_version_num')::int AS version, "
        "current_setting('server_version') AS shown, "
        "current_setting('fsync') AS fsync, current_setting('full_page_writes') AS "
        "full_page_writes, "
        "reset_val AS synchronous_commit FROM pg_settings WHERE name = 'synchronous_commit'"));
    if (!rows)
        return failure(rows.error());
    const Row row = rows->first();
    const auto refuse = [](const QString &words) {
        return failure({.code = ErrorCode::DatabaseRefused, .detail = words});
    };
    if (row.integer("version") < kServerVersionMin)
        return refuse(QStringLiteral("PostgreSQL %1 is too old: version 15 or newer is needed")
                          .arg(row.text("shown")));
    for (const char *setting : {"fsync", "full_page_writes", "synchronous_commit"}) {
        if (row.text(setting) == QLatin1String("off"))
            return refuse(
                QStringLiteral("the PostgreSQL setting %1 is off, so a power cut could lose money; "
                               "set %1 = on and reload the server")
                    .arg(QLatin1String(setting)));
    }
    return {};
}

} // namespace database
