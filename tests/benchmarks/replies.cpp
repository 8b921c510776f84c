#include "bot_api.h"
#include "parts.h"
#include "programs.h"
#include "update_sender.h"

#include "tests/database/database_fixture.h"

namespace benchmarks {

namespace {

constexpr int kWarmUp = 500;
constexpr int kSustained = 10'000;
constexpr int kPacedPerSecond = 200;
constexpr int kPaced = kPacedPerSecond * 10;
constexpr int kPatienceMs = 60'000;

double ms(std::chrono::steady_clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

void waitForReplies(const BotApi &api, int count)
{
    if (!tests::becomes([&] { return api.messageCount() >= count; }, kPatienceMs))
        qFatal("%d of %d updates were replied to", api.messageCount(), count);
}

/// Updates with their replies behind them.
double sustainedRate(BotApi &api, const Server &server, qint64 firstUpdate)
{
    const auto sentAt =
        sendUpdates({.port = server.port(), .updates = kSustained, .firstUpdate = firstUpdate});
    waitForReplies(api, kSustained);
    Moment last = sentAt.front();
    for (const auto &chat : api.takeArrivals())
        last = std::max(last, chat.back());
    return kSustained * 1000.0 / ms(last - sentAt.front());
}

/// From the sending of an update to its reply at the Bot API. A chat's replies keep the order of
/// its updates, and it sends one each few seconds.
std::vector<double> pacedLatencies(BotApi &api, const Server &server, qint64 firstUpdate)
{
    const auto sentAt = sendUpdates({.port = server.port(),
                                     .updates = kPaced,
                                     .firstUpdate = firstUpdate,
                                     .perSecond = kPacedPerSecond});
    waitForReplies(api, kPaced);
    const auto arrivals = api.takeArrivals();
    QHash<qint64, size_t> seen;
    std::vector<double> latencies;
    for (int i = 0; i < kPaced; ++i) {
        const qint64 customer = customerOf(firstUpdate + i);
        const Moment arrival = arrivals[customer].at(seen[customer]++);
        latencies.push_back(ms(arrival - sentAt[size_t(i)]));
    }
    return latencies;
}

Figure latency(const QString &what, double value, std::optional<Bound> target, Bound goal)
{
    return {.what = what,
            .measured = {},
            .value = value,
            .unit = QStringLiteral("ms"),
            .target = target,
            .goal = goal};
}

} // namespace

Report measureReplies(tests::TestCluster &cluster)
{
    BotApi api;
    const Server server(customersDatabase(cluster), api.url(), 2);
    (void)sendUpdates({.port = server.port(), .updates = kWarmUp, .firstUpdate = 1});
    waitForReplies(api, kWarmUp);
    (void)api.takeArrivals();

    const std::vector<double> latencies = pacedLatencies(api, server, 1'000'000);
    const double megabytes = server.residentMegabytes();
    const double rate = sustainedRate(api, server, 2'000'000);

    Report report;
    report.add({.what = QStringLiteral("updates in, handled, replied to"),
                .measured = perSecond(rate),
                .value = rate,
                .unit = QStringLiteral("/s"),
                .target = atLeast(1000),
                .goal = atLeast(3000)});
    report.add(latency(QStringLiteral("update to reply at 200/s, p50"), median(latencies),
                       atMost(10), atMost(4)));
    report.add(latency(QStringLiteral("update to reply at 200/s, p99"), percentile(latencies, 0.99),
                       std::nullopt, atMost(15)));
    report.add({.what = QStringLiteral("resident memory of the server at 200/s"),
                .measured = {},
                .value = megabytes,
                .unit = QStringLiteral("MB"),
                .goal = atMost(80)});
    return report;
}

} // namespace benchmarks
