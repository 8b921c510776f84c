#include "long_ledger.h"

#include "tests/database/database_fixture.h"

#include <QFile>

namespace benchmarks {

namespace {

QString script()
{
    QFile file(QStringLiteral(BENCHMARKS_DIR "/long_ledger.sql"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qUtf8Printable(file.fileName()));
    return QString::fromUtf8(file.readAll());
}

QString filled(tests::TestCluster &cluster)
{
    const QString url = tests::freshDatabase(cluster);
    const auto owner = tests::openConnection(url, database::Role::Owner);
    const auto patient = owner->run(QStringLiteral("SET statement_timeout = 0"));
    const auto made = owner->runScript(script());
    if (!patient || !made)
        qFatal("no long ledger: %s", made ? "" : qUtf8Printable(made.error().detail));
    // What autovacuum does soon after; a page just loaded would pay for its hint bits.
    for (const char *step : {"VACUUM ANALYZE transfers", "VACUUM ANALYZE wallets",
                             "VACUUM ANALYZE customers", "CHECKPOINT"}) {
        if (const auto done = owner->run(QString::fromLatin1(step)); !done)
            qFatal("%s: %s", step, qUtf8Printable(done.error().detail));
    }
    return url;
}

} // namespace

QString longLedger(tests::TestCluster &cluster)
{
    static const QString url = filled(cluster);
    return url;
}

} // namespace benchmarks
