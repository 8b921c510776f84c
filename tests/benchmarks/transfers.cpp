#include "parts.h"
#include "programs.h"

#include "ledger/transfer.h"
#include "tests/database/database_fixture.h"

#include <QRandomGenerator>

#include <atomic>
#include <latch>

namespace benchmarks {

namespace {

using namespace std::chrono_literals;

constexpr int kRounds = 5;
constexpr int kClients = 16;
constexpr int kWalletsEach = 1000;
constexpr auto kRunTime = 3s;

constexpr std::array kPlatforms = {
    ledger::Platform::DynopayClearing,  ledger::Platform::RevenueCalls,
    ledger::Platform::RevenuePlans,     ledger::Platform::AdjustGoodwill,
    ledger::Platform::AdjustCorrection, ledger::Platform::Suspense,
    ledger::Platform::WriteOff,         ledger::Platform::Payouts};

struct Run {
    int perCommit = 1;
    bool isHot = false; // all onto one platform account
};

/// The wallets that one commit touches, ascending as they must always be locked.
std::vector<qint64> chooseWallets(int client, int count)
{
    std::vector<qint64> wallets;
    for (int i = 0; i < count; ++i)
        wallets.push_back(1 + client * kWalletsEach +
                          QRandomGenerator::global()->bounded(kWalletsEach));
    std::sort(wallets.begin(), wallets.end());
    return wallets;
}

ledger::NewTransfer transferOf(qint64 wallet, qint64 number, bool isHot)
{
    const Money amount = Money::fromCents(1);
    return {.customer = CustomerId{wallet},
            .kind = QStringLiteral("adjust"),
            .requestKey = QStringLiteral("adjust:%1").arg(number),
            .available = amount,
            .platform = isHot ? ledger::Platform::AdjustGoodwill
                              : kPlatforms[size_t(number) % kPlatforms.size()],
            .platformAmount = -amount};
}

Result<void> postAll(database::Transaction &transaction, const std::vector<qint64> &wallets,
                     qint64 firstNumber, bool isHot)
{
    qint64 number = firstNumber;
    for (const qint64 wallet : wallets) {
        const auto posted = ledger::post(transaction, transferOf(wallet, number++, isHot),
                                         InboxId{1}, core::SystemClock().now());
        if (!posted)
            return failure(posted.error());
    }
    return {};
}

/// Transfers a second.
double transfers(const QString &url, const Run &run)
{
    static std::atomic<qint64> nextNumber = 0;
    std::latch ready(kClients);
    std::atomic<qint64> count = 0;
    tests::inThreads(kClients, [&](int client) {
        const auto connection = tests::openConnection(url);
        ready.arrive_and_wait();
        const auto end = std::chrono::steady_clock::now() + kRunTime;
        while (std::chrono::steady_clock::now() < end) {
            const std::vector<qint64> wallets = chooseWallets(client, run.perCommit);
            const qint64 first = nextNumber.fetch_add(run.perCommit);
            const auto done =
                database::inTransaction(*connection, [&](database::Transaction &transaction) {
                    return postAll(transaction, wallets, first, run.isHot);
                });
            if (!done)
                qFatal("a transfer failed: %s", qUtf8Printable(done.error().detail));
            count += run.perCommit;
        }
    });
    return static_cast<double>(count) / std::chrono::duration<double>(kRunTime).count();
}

QString walletsDatabase(tests::TestCluster &cluster)
{
    const QString url = tests::freshDatabase(cluster);
    const auto made =
        tests::openConnection(url, database::Role::Owner)
            ->run(QStringLiteral("INSERT INTO wallets (customer_id) SELECT generate_series(1, ?)"),
                  {kClients * kWalletsEach});
    if (!made)
        qFatal("%s", qUtf8Printable(made.error().detail));
    return url;
}

struct Series {
    std::vector<double> rates;
    std::vector<double> ratios;
    void add(double rate, double base)
    {
        rates.push_back(rate);
        ratios.push_back(rate / base);
    }
};

Figure figure(const QString &what, const Series &series, std::optional<Bound> target, Bound goal)
{
    return {.what = what,
            .measured = perSecond(median(series.rates)),
            .value = median(series.ratios),
            .unit = QStringLiteral("x"),
            .target = target,
            .goal = goal};
}

} // namespace

Report measureTransfers(tests::TestCluster &cluster)
{
    const QString tpcbUrl = tpcbDatabase(cluster);
    const QString url = walletsDatabase(cluster);
    (void)transfers(url, {}); // as TPC-B's: the first writes to each page cost more than all others
    std::vector<double> base;
    Series single;
    Series hot;
    Series many;
    for (int round = 0; round < kRounds; ++round) {
        base.push_back(tpcb(tpcbUrl));
        single.add(transfers(url, {}), base.back());
        hot.add(transfers(url, {.isHot = true}), single.rates.back());
        many.add(transfers(url, {.perCommit = 32}), base.back());
    }
    Report report;
    report.add({.what = QStringLiteral("pgbench: TPC-B, scale 10, 16 clients"),
                .measured = perSecond(median(base)),
                .value = 1,
                .unit = QStringLiteral("x")});
    report.add(figure(QStringLiteral("transfers, one a commit, 16 clients"), single, atLeast(0.7),
                      atLeast(1.0)));
    report.add(figure(QStringLiteral("  32 a commit"), many, std::nullopt, atLeast(2.0)));
    report.add(figure(QStringLiteral("  all onto one platform account, x spread"), hot,
                      std::nullopt, atLeast(0.9)));
    return report;
}

} // namespace benchmarks
