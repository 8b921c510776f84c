#include "engine/worker.h"

#include "core/assert.h"
#include "core/fault_point.h"

#include <QLoggingCategory>
#include <QRandomGenerator>

Q_LOGGING_CATEGORY(lcEngine, "engine")

namespace engine {

namespace {

using namespace std::chrono_literals;

constexpr int kBatchRowsMax = 64;
constexpr int kLaneQuota = 16; // of one lane in a batch, while other lanes wait too
constexpr std::chrono::milliseconds kBatchTimeMax = 20ms;
constexpr std::array kOrderedDelays = {500ms, 2000ms};
constexpr std::array kFreeDelays = {1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 32000ms, 64000ms};

Result<Event> eventOf(const queue::Entry &entry)
{
    auto payload = core::parseJson(entry.payload, 64);
    if (!payload)
        return failure(payload.error());
    return Event{.id = entry.id,
                 .source = entry.source,
                 .externalId = entry.externalId,
                 .lane = entry.lane,
                 .kind = entry.kind,
                 .payload = std::move(*payload),
                 .receivedAt = entry.receivedAt,
                 .cause = entry.cause,
                 .routeTokenSha256 = entry.routeTokenSha256};
}

/// How long until the next try; absent: that was the last.
std::optional<std::chrono::milliseconds> delayAfter(Order order, int failedTries)
{
    const std::span<const std::chrono::milliseconds> delays =
        order == Order::Ordered ? std::span<const std::chrono::milliseconds>(kOrderedDelays)
                                : std::span<const std::chrono::milliseconds>(kFreeDelays);
    const auto index = static_cast<size_t>(failedTries - 1);
    return index < delays.size() ? std::optional(delays[index]) : std::nullopt;
}

bool isDatabaseAway(const Error &error)
{
    return error.code == ErrorCode::DatabaseUnavailable;
}

} // namespace

Worker::Worker(const RoutingTable &routes, const Clock &clock, const QByteArray &installationKey,
               Counters &counters)
    : m_routes(routes)
    , m_clock(clock)
    , m_installationKey(installationKey)
    , m_counters(counters)
{
    // Workers start at different places of the circle, so they rarely try the same lane.
    m_cursors.fill(QStringLiteral("customer:%1").arg(QRandomGenerator::global()->bounded(1, 10)));
}

Result<Worker::Pass> Worker::runOnce(database::Connection &connection)
{
    const auto batch =
        runBatch(connection, kBatchRowsMax, m_lastClaimCameShort ? kBatchRowsMax : kLaneQuota);
    if (batch || isDatabaseAway(batch.error()))
        return batch;
    // One row of the batch failed. Which one shows when they run alone.
    Pass sum;
    for (int i = 0; i < kBatchRowsMax; ++i) {
        const auto one = runOne(connection);
        if (!one)
            return one;
        if (one->rows == 0)
            break;
        sum.rows += one->rows;
        sum.hasSent |= one->hasSent;
    }
    return sum;
}

Result<Worker::Pass> Worker::runBatch(database::Connection &connection, int rows, int quota)
{
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    const auto claim = queue::claim(*transaction, m_cursors, rows, quota, m_clock.now());
    if (!claim)
        return failure(claim.error());
    m_lastClaimCameShort = static_cast<int>(claim->rows.size()) < rows;
    if (claim->rows.empty()) {
        const bool isRound = claim->next == m_cursors;
        m_cursors = claim->next;
        return Pass{.hasMoreLanes = !isRound};
    }
    Pass pass;
    const auto started = std::chrono::steady_clock::now();
    for (const queue::Entry &entry : claim->entries) {
        const auto handled = handle(*transaction, entry);
        if (!handled)
            return failure(handled.error());
        ++pass.rows;
        pass.hasSent |= *handled;
        if (std::chrono::steady_clock::now() - started > kBatchTimeMax)
            break; // the rest stays waiting, in its order
    }
    core::faultPoint("engine.handled");
    const std::span finished(claim->rows.data(), static_cast<size_t>(pass.rows));
    if (auto done = queue::complete(*transaction, finished, m_clock.now()); !done)
        return failure(done.error());
    if (auto committed = transaction->commit(); !committed)
        return failure(committed.error());
    core::faultPoint("engine.committed");
    m_cursors = claim->next;
    m_counters.handled += pass.rows;
    ++m_counters.batches;
    return pass;
}

Result<Worker::Pass> Worker::runOne(database::Connection &connection)
{
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    const auto claim = queue::claim(*transaction, m_cursors, 1, 1, m_clock.now());
    if (!claim)
        return failure(claim.error());
    m_cursors = claim->next;
    if (claim->rows.empty())
        return Pass{};
    if (auto saved = transaction->savepoint(); !saved)
        return failure(saved.error());

    Result<void> outcome;
    const auto handled = handle(*transaction, claim->entries.front());
    if (handled) {
        // What only the commit would check is checked now, while the savepoint can still undo it.
        const auto checked = transaction->set(QStringLiteral("SET CONSTRAINTS ALL IMMEDIATE"));
        outcome = checked ? queue::complete(*transaction, claim->rows, m_clock.now())
                          : failure(checked.error());
    } else {
        outcome = failure(handled.error());
    }
    if (!outcome) {
        if (isDatabaseAway(outcome.error()))
            return failure(outcome.error());
        if (auto undone = transaction->rollbackToSavepoint(); !undone)
            return failure(undone.error());
        if (auto noted = recordFailure(*transaction, claim->rows.front(), claim->entries.front(),
                                       outcome.error());
            !noted)
            return failure(noted.error());
    }
    if (auto committed = transaction->commit(); !committed)
        return failure(committed.error());
    core::faultPoint("engine.committed-alone");
    m_counters.handled += outcome ? 1 : 0;
    return Pass{.rows = 1, .hasSent = true};
}

Result<bool> Worker::handle(database::Transaction &transaction, const queue::Entry &entry)
{
    const Route *route = m_routes.find(entry.kind);
    if (!route)
        return failure({.code = ErrorCode::Internal,
                        .detail = QStringLiteral("no handler for %1").arg(entry.kind)});
    const auto event = eventOf(entry);
    if (!event)
        return failure(event.error());
    Context context(transaction, *event, m_installationKey);
    const auto outcome = runGuarded(route->handle, *event, context);
    if (!outcome)
        return failure(outcome.error());
    if (*outcome == Outcome::Ignored)
        ++m_counters.ignored;
    return context.hasSent();
}

Result<void> Worker::recordFailure(database::Transaction &transaction, const queue::Claimed &row,
                                   const queue::Entry &entry, const Error &error)
{
    const Route *route = m_routes.find(entry.kind);
    const Order order = route ? route->order : Order::Free;
    const auto delay = route ? delayAfter(order, row.attempts + 1) : std::nullopt;
    if (delay) {
        ++m_counters.retried;
        qCWarning(lcEngine) << "event" << row.id.value << entry.kind
                            << "failed and will be tried again:" << error.detail;
        return queue::retryLater(transaction, row, m_clock.now() + *delay, order == Order::Free,
                                 error);
    }
    ++m_counters.dead;
    qCCritical(lcEngine) << "event" << row.id.value << entry.kind << "is dead after"
                         << row.attempts + 1 << "tries:" << error.detail;
    if (auto buried = queue::bury(transaction, row, error, m_clock.now()); !buried)
        return buried;
    const auto event = eventOf(entry);
    if (!route || !route->whenDead || !event)
        return {};
    if (auto saved = transaction.savepoint(); !saved)
        return saved;
    Context context(transaction, *event, m_installationKey);
    const auto told = runGuarded(route->whenDead, *event, context);
    // What only the commit would check is checked now: else the row could never be buried.
    const Result<void> checked =
        told ? transaction.set(QStringLiteral("SET CONSTRAINTS ALL IMMEDIATE"))
             : failure(told.error());
    if (!checked) {
        qCWarning(lcEngine) << "event" << row.id.value
                            << "nobody could be told:" << checked.error().detail;
        return transaction.rollbackToSavepoint();
    }
    return {};
}

} // namespace engine
