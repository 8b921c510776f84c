#include "bot_api.h"
#include "parts.h"
#include "programs.h"

#include "tests/database/database_fixture.h"

namespace benchmarks {

namespace {

constexpr int kRounds = 3;
constexpr int kPlainSeconds = 3;
constexpr int kAckSeconds = 4;

struct Series {
    std::vector<double> rates;
    std::vector<double> ratios;
    std::vector<double> p99;

    void add(const WrkRun &run, double plainRate)
    {
        rates.push_back(run.perSecond);
        ratios.push_back(run.perSecond / plainRate);
        p99.push_back(run.p99Ms);
    }
};

QString plainTable(tests::TestCluster &cluster)
{
    const QString url = cluster.createDatabase();
    const auto made = tests::openConnection(url, database::Role::Owner)
                          ->runScript(QStringLiteral(
                              "CREATE TABLE plain (id bigserial PRIMARY KEY, body text NOT NULL)"));
    if (!made)
        qFatal("%s", qUtf8Printable(made.error().detail));
    return url;
}

double plainInserts(const QString &url)
{
    return pgbench(url, {QStringLiteral("-n"), QStringLiteral("-M"), QStringLiteral("prepared"),
                         QStringLiteral("-c16"), QStringLiteral("-j2"),
                         QStringLiteral("-T%1").arg(kPlainSeconds), QStringLiteral("-f"),
                         QStringLiteral(BENCHMARKS_DIR "/insert.sql")});
}

/// A new server on a new database each time: what another run has left to do would be in the way.
WrkRun acks(tests::TestCluster &cluster, const BotApi &api, int workers)
{
    const Server server(customersDatabase(cluster), api.url(), workers);
    return wrk(server.port(), kAckSeconds, 1);
}

void addFigures(Report &report, const Series &series, const QString &engine,
                std::optional<Bound> target, double goal)
{
    report.add({.what = QStringLiteral("acks on 50 connections, ") + engine,
                .measured = perSecond(median(series.rates)),
                .value = median(series.ratios),
                .unit = QStringLiteral("x"),
                .target = target,
                .goal = atLeast(goal)});
    report.add({.what = QStringLiteral("  p99"),
                .measured = {},
                .value = median(series.p99),
                .unit = QStringLiteral("ms"),
                .goal = atMost(10)});
}

} // namespace

Report measureAcks(tests::TestCluster &cluster)
{
    BotApi api;
    const QString url = plainTable(cluster);
    std::vector<double> plain;
    Series off;
    Series on;
    for (int round = 0; round < kRounds; ++round) {
        plain.push_back(plainInserts(url));
        off.add(acks(cluster, api, 0), plain.back());
        on.add(acks(cluster, api, 2), plain.back());
    }
    Report report;
    report.add({.what = QStringLiteral("pgbench: plain inserts, 16 clients"),
                .measured = perSecond(median(plain)),
                .value = 1,
                .unit = QStringLiteral("x")});
    addFigures(report, off, QStringLiteral("engine off"), atLeast(0.5), 1.0);
    addFigures(report, on, QStringLiteral("engine on"), std::nullopt, 0.4);
    return report;
}

} // namespace benchmarks
