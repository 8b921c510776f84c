#include "long_ledger.h"

#include "tests/database/database_fixture.h"

#include <QFile>

namespace benchmarks {

namespace {

// 10,000 customers with 90 transfers each, and one with 100,000.
const QString kManyOwners = QStringLiteral(
    "CREATE TEMPORARY TABLE owner_length AS SELECT n AS number, CASE n WHEN 0 THEN 100000 ELSE 90 "
    "END AS length FROM generate_series(0, 10000) n;\n");
// Two or three entries a transfer.
const QString kOneOwner = QStringLiteral(
    "CREATE TEMPORARY TABLE owner_length AS SELECT 0 AS number, 450000 AS length;\n");

QString script(const QString &name)
{
    QFile file(QStringLiteral(BENCHMARKS_DIR "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qUtf8Printable(file.fileName()));
    return QString::fromUtf8(file.readAll());
}

QString filled(tests::TestCluster &cluster, const QString &commands)
{
    const QString url = tests::freshDatabase(cluster);
    const auto owner = tests::openConnection(url, database::Role::Owner);
    const auto patient = owner->run(QStringLiteral("SET statement_timeout = 0"));
    const auto made = owner->runScript(commands);
    if (!patient || !made)
        qFatal("no long ledger: %s", made ? "" : qUtf8Printable(made.error().detail));
    // What autovacuum does soon after; a page just loaded would pay for its hint bits.
    for (const char *step :
         {"VACUUM ANALYZE transfers", "VACUUM ANALYZE wallets", "VACUUM ANALYZE customers",
          "VACUUM ANALYZE inbox_kept", "VACUUM ANALYZE inbox_outcomes_kept", "CHECKPOINT"}) {
        if (const auto done = owner->run(QString::fromLatin1(step)); !done)
            qFatal("%s: %s", step, qUtf8Printable(done.error().detail));
    }
    return url;
}

} // namespace

QString longLedger(tests::TestCluster &cluster)
{
    static const QString url =
        filled(cluster, kManyOwners + script(QStringLiteral("long_ledger.sql")));
    return url;
}

QString deepLedger(tests::TestCluster &cluster)
{
    return filled(cluster, kOneOwner + script(QStringLiteral("long_ledger.sql")) +
                               script(QStringLiteral("causes.sql")));
}

} // namespace benchmarks
