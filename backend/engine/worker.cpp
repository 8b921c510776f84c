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
constexpr int kLostBatchesMax = 2; // then one of the rows may be what costs us the connection
constexpr std::chrono::milliseconds kAloneTimeMax = 1000ms;
// How long a row may go on losing races (a lock that somebody holds, a deadlock, the connection)
// before that counts as a failure of its own. An ordered one holds up its lane meanwhile.
constexpr std::chrono::seconds kOrderedPatience = 60s;
constexpr std::chrono::seconds kFreePatience = 600s;
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
    if (m_suspect) {
        if (auto noted = noteSuspect(connection); !noted)
            return failure(noted.error());
    }
    if (m_lostBatches >= kLostBatchesMax)
        return runAlone(connection);
    const auto batch =
        runBatch(connection, kBatchRowsMax, m_lastClaimCameShort ? kBatchRowsMax : kLaneQuota);
    if (batch || isDatabaseAway(batch.error()))
        return batch;
    return runAlone(connection);
}

/// A row of a batch failed. Which one shows when they run alone.
Result<Worker::Pass> Worker::runAlone(database::Connection &connection)
{
    Pass sum;
    const auto started = std::chrono::steady_clock::now();
    for (int i = 0; i < kBatchRowsMax; ++i) {
        const auto one = runOne(connection);
        if (!one)
            return one;
        if (one->rows == 0)
            break;
        sum.rows += one->rows;
        sum.hasSent |= one->hasSent;
        if (std::chrono::steady_clock::now() - started > kAloneTimeMax)
            break; // each may wait for a lock, and stop() waits for us
    }
    m_lostBatches = 0;
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
        if (!handled) {
            m_lostBatches += isDatabaseAway(handled.error()) ? 1 : 0;
            return failure(handled.error());
        }
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
    m_lostBatches = 0;
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

    const auto outcome = handleAlone(*transaction, *claim);
    if (!outcome) {
        Suspect failed{claim->rows.front(), claim->entries.front(), outcome.error()};
        if (isDatabaseAway(outcome.error())) {
            m_suspect = std::move(failed);
            m_lostBatches = 0;
            return failure(outcome.error());
        }
        if (auto undone = transaction->rollbackToSavepoint(); !undone)
            return failure(undone.error());
        if (auto noted = recordFailure(*transaction, failed); !noted) {
            failed.mayTell = false;
            if (isDatabaseAway(noted.error()))
                m_suspect = std::move(failed);
            return failure(noted.error());
        }
    }
    if (auto committed = transaction->commit(); !committed)
        return failure(committed.error());
    core::faultPoint("engine.committed-alone");
    m_counters.handled += outcome ? 1 : 0;
    return Pass{.rows = 1, .hasSent = true};
}

Result<void> Worker::handleAlone(database::Transaction &transaction, const queue::Claim &claim)
{
    if (const auto handled = handle(transaction, claim.entries.front()); !handled)
        return failure(handled.error());
    // What only the commit would check is checked now, while the savepoint can still undo it.
    if (auto checked = transaction.set(QStringLiteral("SET CONSTRAINTS ALL IMMEDIATE")); !checked)
        return checked;
    return queue::complete(transaction, claim.rows, m_clock.now());
}

Result<void> Worker::noteSuspect(database::Connection &connection)
{
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    const Suspect suspect = *m_suspect;
    const auto isOurs = queue::reclaim(*transaction, suspect.row);
    Result<void> noted = isOurs ? transaction->savepoint() : failure(isOurs.error());
    if (noted && *isOurs) {
        m_suspect->mayTell = false;
        noted = recordFailure(*transaction, suspect);
    }
    if (noted)
        noted = transaction->commit();
    if (!noted && isDatabaseAway(noted.error()))
        return noted; // so it is still to be noted
    m_suspect.reset();
    return {};
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

Order Worker::orderOf(const queue::Entry &entry) const
{
    const Route *route = m_routes.find(entry.kind);
    return route ? route->order : Order::Free;
}

Result<void> Worker::recordFailure(database::Transaction &transaction, const Suspect &failed)
{
    const auto postponed = postpone(transaction, failed, failed.error);
    if (!postponed)
        return failure(postponed.error());
    if (*postponed)
        return {};
    const Order order = orderOf(failed.entry);
    const auto delay = m_routes.find(failed.entry.kind) ? delayAfter(order, failed.row.attempts + 1)
                                                        : std::nullopt;
    if (!delay)
        return giveUp(transaction, failed);
    ++m_counters.retried;
    qCWarning(lcEngine) << "event" << failed.row.id.value << failed.entry.kind
                        << "failed and will be tried again:" << failed.error.detail;
    return queue::retryLater(transaction, failed.row, m_clock.now() + *delay, order == Order::Free,
                             failed.error);
}

/// Whether `error` is a lost race that the row has not lost for too long yet, and it waits now.
Result<bool> Worker::postpone(database::Transaction &transaction, const Suspect &failed,
                              const Error &error)
{
    if (!error.transient)
        return false;
    const Order order = orderOf(failed.entry);
    const auto postponed = queue::postpone(
        transaction, failed.row, m_clock.now(),
        order == Order::Ordered ? kOrderedPatience : kFreePatience, order == Order::Free, error);
    if (postponed && *postponed) {
        ++m_counters.postponed;
        qCInfo(lcEngine) << "event" << failed.row.id.value << failed.entry.kind
                         << "has to wait:" << error.detail;
    }
    return postponed;
}

Result<void> Worker::giveUp(database::Transaction &transaction, const Suspect &failed)
{
    if (const auto told = tell(transaction, failed); !told) {
        if (isDatabaseAway(told.error()))
            return told;
        if (auto undone = transaction.rollbackToSavepoint(); !undone)
            return undone;
        // The customer is not left without a word because somebody held a lock just then.
        const auto postponed = postpone(transaction, failed, told.error());
        if (!postponed)
            return failure(postponed.error());
        if (*postponed)
            return {};
        qCWarning(lcEngine) << "event" << failed.row.id.value
                            << "nobody could be told:" << told.error().detail;
    }
    ++m_counters.dead;
    qCCritical(lcEngine) << "event" << failed.row.id.value << failed.entry.kind << "is dead after"
                         << failed.row.attempts + 1 << "tries:" << failed.error.detail;
    return queue::bury(transaction, failed.row, failed.error, m_clock.now());
}

Result<void> Worker::tell(database::Transaction &transaction, const Suspect &failed)
{
    const Route *route = m_routes.find(failed.entry.kind);
    const auto event = eventOf(failed.entry);
    if (!route || !route->whenDead || !event || !failed.mayTell)
        return {};
    Context context(transaction, *event, m_installationKey);
    if (const auto told = runGuarded(route->whenDead, *event, context); !told)
        return failure(told.error());
    // What only the commit would check is checked now: else the row could never be buried.
    return transaction.set(QStringLiteral("SET CONSTRAINTS ALL IMMEDIATE"));
}

} // namespace engine
