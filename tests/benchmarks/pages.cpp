#include "long_ledger.h"
#include "parts.h"
#include "processor_time.h"

#include "ledger/ledger_pages.h"

#include <functional>

namespace benchmarks {

namespace {

using Steady = std::chrono::steady_clock;
using Comparison = api::FilterTerm::Comparison;

constexpr int kReadThreads = 2; // as the console has
constexpr int kColdRounds = 5;
constexpr int kRounds = 15;

/// Such a query, with the pages' answer.
struct Asked {
    double ms = 0;
    api::Page<api::TransferRow> page;
};

Asked ask(ledger::LedgerPages &pages, const api::PageQuery &query)
{
    const auto start = Steady::now();
    auto future = pages.listTransfers(query);
    future.waitForFinished();
    Asked asked{.ms = std::chrono::duration<double, std::milli>(Steady::now() - start).count(),
                .page = {}};
    const auto page = future.result();
    if (!page)
        qFatal("no page: %s", qUtf8Printable(page.error().detail));
    asked.page = *page;
    return asked;
}

/// What the page's reader waits, and what the database computes for it.
struct Cost {
    double ms = 0;
    double processorMs = 0;
};

Cost costOf(pid_t server, const std::function<double()> &askMs, int rounds)
{
    std::vector<double> times;
    const double before = serverProcessorMs(server);
    for (int round = 0; round < rounds; ++round)
        times.push_back(askMs());
    return {.ms = median(times), .processorMs = (serverProcessorMs(server) - before) / rounds};
}

bool hasAllBalances(const api::Page<api::TransferRow> &page)
{
    return std::all_of(page.rows.cbegin(), page.rows.cend(), [](const api::TransferRow &row) {
        return std::all_of(row.entries.cbegin(), row.entries.cend(),
                           [](const api::EntryRow &entry) { return entry.balanceAfter; });
    });
}

/// Of a console just started: its connection has to be opened, and nothing is summed up yet.
double firstPageOfAConsole(const QString &url, const Clock &clock)
{
    database::ReadPool pool(url, kReadThreads);
    ledger::LedgerPages pages(pool, clock);
    return ask(pages, {}).ms;
}

struct Filter {
    const char *words;
    api::FilterTerm term;
};

/// Everything that the field of the page takes, where it finds much, little, or nothing.
QList<Filter> filters()
{
    const auto is = [](const char *field, const char *value) {
        return api::FilterTerm{.field = QString::fromLatin1(field),
                               .value = QString::fromLatin1(value)};
    };
    const auto above = [](const char *field, const char *value) {
        return api::FilterTerm{.field = QString::fromLatin1(field),
                               .comparison = Comparison::Above,
                               .value = QString::fromLatin1(value)};
    };
    return {
        {"customer:1000, 100,000 of them", is("customer", "1000")},
        {"customer:1001, 90", is("customer", "1001")},
        {"customer by name, 111", is("customer", "Customer 12")},
        {"kind:charge, 444,000", is("kind", "charge")},
        {"kind:deposit, 111,000", is("kind", "deposit")},
        {"kind:refund, none", is("kind", "refund")},
        {"account:held", is("account", "held")},
        {"account:dynopay_clearing, 111,000", is("account", "dynopay_clearing")},
        {"account:payouts, none", is("account", "payouts")},
        {"amount>100, 1,000", above("amount", "100")},
        {"amount>2000000, none", above("amount", "2000000")},
        {"id>999000", above("id", "999000")},
        {"since:1m, none", is("since", "1m")},
        {"hold:x9999, a request key", is("", "hold:x9999")},
        {"nothing has such a key", is("", "refund:")},
    };
}

Figure figure(const QString &what, const Cost &cost, double target, double goal)
{
    return {.what = what,
            .measured = QStringLiteral("%1 ms cpu").arg(cost.processorMs, 0, 'f', 1),
            .value = cost.ms,
            .unit = QStringLiteral("ms"),
            .target = atMost(target),
            .goal = atMost(goal)};
}

} // namespace

Report measurePages(tests::TestCluster &cluster)
{
    const QString url = longLedger(cluster);
    const pid_t server = cluster.serverPid();
    const core::SystemClock clock;
    Report report;
    report.add(figure(QStringLiteral("first page of a console just started"),
                      costOf(
                          server, [&] { return firstPageOfAConsole(url, clock); }, kColdRounds),
                      150, 300));
    database::ReadPool pool(url, kReadThreads);
    ledger::LedgerPages pages(pool, clock);
    int reads = 1;
    while (!hasAllBalances(ask(pages, {}).page))
        ++reads;
    report.add({.what = QStringLiteral("  reads until all platform balances are there"),
                .measured = {},
                .value = double(reads),
                .unit = QStringLiteral("reads")});
    const auto cost = [&](const api::PageQuery &query) {
        return costOf(
            server, [&] { return ask(pages, query).ms; }, kRounds);
    };
    report.add(figure(QStringLiteral("first page later"), cost({}), 150, 300));
    report.add(figure(QStringLiteral("jump to the end"),
                      cost({.filter = {}, .after = {}, .isBackwards = true}), 150, 300));
    for (const Filter &filter : filters())
        report.add(figure(QStringLiteral("filter ") + QString::fromLatin1(filter.words),
                          cost({.filter = {filter.term}, .after = {}}), 250, 500));
    return report;
}

} // namespace benchmarks
