#include "parts.h"
#include "programs.h"

#include "engine/engine.h"
#include "tests/database/database_fixture.h"

#include <atomic>

namespace benchmarks {

namespace {

constexpr int kRounds = 3;
constexpr int kRows = 40'000;
constexpr int kLanes = 4'000;
constexpr int kBehindOneLane = 50'000;
constexpr int kPatienceMs = 60'000;
const QString kLongLane = QStringLiteral("customer:2long"); // in the middle of the circle

/// What intake would have written, in one statement.
void addRows(database::Connection &owner, int rows, const QString &laneExpression)
{
    const auto added = owner.run(
        QStringLiteral("WITH arrived AS (INSERT INTO inbox (id, source, external_id, lane, kind, "
                       "payload, received_at) SELECT nextval('inbox_id'), 7, 'row:' || n, %1, "
                       "'count', '{}', now() FROM generate_series(1, ?::int) n RETURNING id, lane) "
                       "INSERT INTO inbox_waiting (priority, lane, inbox_id) "
                       "SELECT lane_priority(lane), lane, id FROM arrived")
            .arg(laneExpression),
        {rows});
    if (!added)
        qFatal("%s", qUtf8Printable(added.error().detail));
}

QString filledDatabase(tests::TestCluster &cluster, bool hasLongLane)
{
    const QString url = tests::freshDatabase(cluster);
    const auto owner = tests::openConnection(url, database::Role::Owner);
    if (hasLongLane)
        addRows(*owner, kBehindOneLane, u'\'' + kLongLane + u'\'');
    addRows(*owner, kRows, QStringLiteral("'customer:' || n % %1").arg(kLanes));
    return url;
}

/// Seconds until the rows of all other lanes are handled.
double timeOfOthers(tests::TestCluster &cluster, bool hasLongLane)
{
    const QString url = filledDatabase(cluster, hasLongLane);
    std::atomic<int> count = 0;
    std::atomic<std::chrono::steady_clock::time_point> last = {};
    engine::RoutingTable routes;
    routes.add(
        {.kind = QStringLiteral("count"),
         .order = engine::Order::Ordered,
         .handle = [&](const engine::Event &event, engine::Context &) -> Result<engine::Outcome> {
             if (event.lane != kLongLane && ++count == kRows)
                 last = std::chrono::steady_clock::now();
             return engine::Outcome::Handled;
         }});
    const core::SystemClock clock;
    engine::Engine engine({.databaseUrl = url, .installationKey = QByteArray(32, 'k')}, routes,
                          clock, nullptr, [] {});
    const auto start = std::chrono::steady_clock::now();
    engine.start();
    if (!tests::becomes([&] { return count >= kRows; }, kPatienceMs))
        qFatal("%d of %d rows were handled", count.load(), kRows);
    engine.stop();
    return std::chrono::duration<double>(last.load() - start).count();
}

} // namespace

Report measureLanes(tests::TestCluster &cluster)
{
    std::vector<double> without;
    std::vector<double> with;
    std::vector<double> ratios;
    for (int round = 0; round < kRounds; ++round) {
        without.push_back(timeOfOthers(cluster, false));
        with.push_back(timeOfOthers(cluster, true));
        ratios.push_back(with.back() / without.back());
    }
    Report report;
    report.add({.what = QStringLiteral("40,000 rows in 4,000 lanes, 2 workers"),
                .measured = perSecond(kRows / median(without)),
                .value = 1,
                .unit = QStringLiteral("x")});
    report.add({.what = QStringLiteral("  time with 50,000 more in one lane"),
                .measured = QStringLiteral("%1 s").arg(median(with), 0, 'f', 2),
                .value = median(ratios),
                .unit = QStringLiteral("x"),
                .target = atMost(1.2),
                .goal = atMost(1.2)});
    return report;
}

} // namespace benchmarks
