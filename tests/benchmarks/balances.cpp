#include "long_ledger.h"
#include "parts.h"
#include "processor_time.h"

#include "ledger/balance_at.h"
#include "ledger/explanation.h"
#include "ledger/verify.h"
#include "tests/database/database_fixture.h"

#include <QRandomGenerator>

namespace benchmarks {

namespace {

using Steady = std::chrono::steady_clock;

constexpr int kInstants = 3000;
constexpr int kChecked = 20; // summing up the entries takes a while
constexpr int kCustomersAsked = 1000;
constexpr int kExplained = 200;

double msSince(Steady::time_point start)
{
    return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

/// Any moment from before the ledger began until after it ended.
Timestamp anyMoment()
{
    static const Timestamp first = core::fromIso(u"2025-12-20T00:00:00Z").value();
    constexpr qint64 kMicros = 300LL * 24 * 3600 * 1'000'000;
    return first +
           std::chrono::microseconds(qint64(QRandomGenerator::global()->bounded(quint64(kMicros))));
}

ledger::Balance balanceAt(database::Connection &connection, CustomerId customer, Timestamp at)
{
    const auto read =
        tests::committed<ledger::Balance>(connection, [&](database::Transaction &transaction) {
            return ledger::balanceAt(transaction, customer, at);
        });
    if (!read)
        qFatal("no balance: %s", qUtf8Printable(read.error().detail));
    return *read;
}

void checkBalance(database::Connection &connection, CustomerId customer, Timestamp at)
{
    const auto sum = connection.run(
        QStringLiteral("SELECT coalesce(sum(available), 0)::bigint AS available FROM transfers "
                       "WHERE customer_id = ? AND at <= ?::timestamptz"),
        {customer.value, core::toIso(at)});
    if (!sum || sum->first().money("available") != balanceAt(connection, customer, at).available)
        qFatal("a balance is not the sum of its entries");
}

/// Each in a transaction of its own, with its commit.
std::vector<double> timesOf(database::Connection &connection,
                            const std::function<CustomerId()> &customer)
{
    std::vector<double> times;
    for (int i = 0; i < kInstants; ++i) {
        const CustomerId who = customer();
        const Timestamp at = anyMoment();
        const auto start = Steady::now();
        (void)balanceAt(connection, who, at);
        times.push_back(msSince(start));
    }
    return times;
}

void checkBalances(database::Connection &connection, CustomerId customer)
{
    for (int i = 0; i < kChecked; ++i)
        checkBalance(connection, customer, anyMoment());
}

void measureInstants(Report &report, tests::TestCluster &cluster, database::Connection &connection,
                     const QString &whose, const std::function<CustomerId()> &customer)
{
    const double before = serverProcessorMs(cluster.serverPid());
    const std::vector<double> times = timesOf(connection, customer);
    const double each = (serverProcessorMs(cluster.serverPid()) - before) / kInstants;
    const auto add = [&](const char *which, const QString &measured, double value) {
        report.add({.what = whose + QLatin1String(which),
                    .measured = measured,
                    .value = value,
                    .unit = QStringLiteral("ms"),
                    .target = atMost(2.5),
                    .goal = atMost(5)});
    };
    add(", p50", QStringLiteral("%1 ms cpu").arg(each, 0, 'f', 2), median(times));
    add(", p99", {}, percentile(times, 0.99));
}

/// Of the one account with a million entries: its balance, why it is what it is, and why there is
/// one of its transfers.
void measureDeepAccount(Report &report, tests::TestCluster &cluster)
{
    const QString url = deepLedger(cluster);
    const auto connection = tests::openConnection(url);
    const auto console = tests::openConnection(url, database::Role::Console);
    measureInstants(report, cluster, *connection,
                    QStringLiteral("  an account with 1,000,000 entries"),
                    [] { return kLongHistory; });
    const auto add = [&](const char *what, const std::function<qsizetype(int)> &explained) {
        std::vector<double> times;
        for (int i = 0; i < kExplained; ++i) {
            const auto start = Steady::now();
            if (explained(i) == 0)
                qFatal("nothing is explained");
            times.push_back(msSince(start));
        }
        report.add({.what = QLatin1String(what) + QStringLiteral(", p50"),
                    .measured = QStringLiteral("p99 %1 ms").arg(percentile(times, 0.99), 0, 'f', 1),
                    .value = median(times),
                    .unit = QStringLiteral("ms"),
                    .target = atMost(50),
                    .goal = atMost(100)});
    };
    const auto explain = [&](const auto &ask) {
        const auto answer = tests::committed<QList<ledger::ExplainedTransfer>>(*console, ask);
        return answer ? answer->size() : 0;
    };
    add("explain the account, newest 50", [&](int) {
        return explain([&](database::Transaction &transaction) {
            return ledger::explainCustomer(transaction, kLongHistory, 50);
        });
    });
    add("explain one of its transfers", [&](int i) {
        return explain([&](database::Transaction &transaction) {
            return ledger::explainTransfer(transaction, TransferId{1 + i * 1999});
        });
    });
}

double verifySeconds(database::Connection &connection)
{
    const auto start = Steady::now();
    const auto verified = ledger::verify(connection);
    const double seconds = msSince(start) / 1000;
    if (!verified)
        qFatal("verify: %s", qUtf8Printable(verified.error().detail));
    if (!verified->isSound() || verified->transfers != kLongLedger)
        qFatal("the long ledger is not sound: %s",
               verified->problems.isEmpty() ? "-"
                                            : qUtf8Printable(verified->problems.first().words));
    return seconds;
}

} // namespace

Report measureBalances(tests::TestCluster &cluster)
{
    const auto connection = tests::openConnection(longLedger(cluster));
    Report report;
    const auto instants = [&](const QString &whose, const std::function<CustomerId()> &customer) {
        measureInstants(report, cluster, *connection, whose, customer);
    };
    instants(QStringLiteral("balance at an instant, 100,000 transfers"),
             [] { return kLongHistory; });
    instants(QStringLiteral("  90 transfers"), [] { return kShortHistory; });
    instants(QStringLiteral("  any of 1,000 customers"), [] {
        return CustomerId{kShortHistory.value +
                          QRandomGenerator::global()->bounded(kCustomersAsked)};
    });
    checkBalances(*connection, kLongHistory);
    checkBalances(*connection, kShortHistory);
    const double before = serverProcessorMs(cluster.serverPid());
    const double seconds = verifySeconds(*connection);
    const double processor = (serverProcessorMs(cluster.serverPid()) - before) / 1000;
    report.add({.what = QStringLiteral("ledger verify, 1,000,000 transfers, found sound"),
                .measured = QStringLiteral("%1 s cpu").arg(processor, 0, 'f', 1),
                .value = seconds,
                .unit = QStringLiteral("s")});
    measureDeepAccount(report, cluster);
    return report;
}

} // namespace benchmarks
