#include "system_pages.h"

#include "database/transaction.h"

namespace assembly {

namespace {

using namespace std::chrono_literals;

constexpr auto kCountAllInterval = 60s;
/// Rows so far behind the newest one are not expected to become dead letters within a minute.
constexpr qint64 kRecentIds = 10'000;

/// The queues hold what is still to do and nothing else, so they are short.
const QString kQueues =
    QStringLiteral("(SELECT count(*) FROM inbox_waiting WHERE attempts = 0) AS waiting, "
                   "(SELECT count(*) FROM inbox_waiting WHERE attempts > 0) AS retrying, "
                   "(SELECT count(*) FROM outbox_waiting) AS outbox_waiting");

// One statement is one snapshot: all counts are of the same moment.
const QString kEverything =
    QStringLiteral(
        "SELECT (SELECT count(*) FROM inbox_keys) AS received, "
        // Of a dropped partition the keys are left, and its dead rows.
        "(SELECT count(*) FROM inbox_outcomes WHERE state <> 'dead') + (SELECT count(*) "
        "FROM inbox_keys WHERE inbox_id < (SELECT coalesce(min(substring(c.relname FROM "
        "'[0-9]+$')::bigint), 0) * 1000000 FROM pg_inherits i JOIN pg_class c ON c.oid = "
        "i.inhrelid WHERE i.inhparent = (SELECT t.oid FROM pg_class t WHERE t.relname = 'inbox' "
        "AND "
        "t.relnamespace = 'public'::regnamespace))) - (SELECT count(*) FROM "
        "inbox_outcomes_kept WHERE state = 'dead') AS done, "
        "(SELECT count(*) FROM inbox_outcomes_history WHERE state = 'dead') AS dead, "
        "(SELECT coalesce(sum(available + held + debt + platform_amount + "
        "other_amount), 0)::bigint FROM transfers) AS ledger_sum, ") +
    kQueues;

QString newerThan(const QString &base)
{
    return QStringLiteral("(SELECT count(*) FROM inbox WHERE id > %1) AS recent_received, "
                          "(SELECT count(*) FROM inbox_outcomes WHERE inbox_id > %1 AND "
                          "state = 'dead') AS recent_dead")
        .arg(base);
}

api::SystemStatus statusOf(const database::Row &row, Timestamp now)
{
    return {.inboxReceived = row.integer("received"),
            .inboxDone = row.integer("done"),
            .inboxWaiting = row.integer("waiting"),
            .inboxRetrying = row.integer("retrying"),
            .inboxDead = row.integer("dead"),
            .outboxWaiting = row.integer("outbox_waiting"),
            .ledgerSum = row.money("ledger_sum"),
            .isLeader = false,
            .readAt = now};
}

qint64 accountedFor(const api::SystemStatus &status)
{
    return status.inboxDone + status.inboxWaiting + status.inboxRetrying + status.inboxDead;
}

} // namespace

Result<api::SystemStatus> readSystemStatus(database::Connection &connection, Timestamp now)
{
    const auto rows = connection.run(kEverything);
    if (!rows)
        return failure(rows.error());
    return statusOf(rows->first(), now);
}

SystemPages::SystemPages(database::ReadPool &pool, const Clock &clock,
                         std::function<bool()> isLeader)
    : m_pool(pool)
    , m_clock(clock)
    , m_isLeader(std::move(isLeader))
{
}

QFuture<Result<api::SystemStatus>> SystemPages::loadStatus()
{
    return m_pool.read<api::SystemStatus>([this](database::Connection &connection) {
        auto status = read(connection);
        if (status)
            status->isLeader = m_isLeader();
        return status;
    });
}

Result<api::SystemStatus> SystemPages::read(database::Connection &connection)
{
    const Timestamp now = m_clock.now();
    std::optional<Count> known;
    {
        const std::scoped_lock lock(m_mutex);
        const bool isFresh = m_count && now - m_count->status.readAt < kCountAllInterval;
        // Another thread may be at it: what is known serves until it is done.
        if (m_count && (isFresh || m_isCounting))
            known = m_count;
        else
            m_isCounting = true;
    }
    if (known)
        return countNewer(connection, *known, now);
    const auto counted = countAll(connection, now);
    const std::scoped_lock lock(m_mutex);
    m_isCounting = false;
    if (!counted)
        return failure(counted.error());
    m_count = *counted;
    return counted->status;
}

Result<SystemPages::Count> SystemPages::countAll(database::Connection &connection, Timestamp now)
{
    const auto rows = connection.run(
        QStringLiteral(
            "WITH base AS (SELECT greatest(coalesce(max(id), 0) - ?::bigint, 0) AS id FROM "
            "inbox) %1, %2, (SELECT id FROM base) AS base")
            .arg(kEverything, newerThan(QStringLiteral("(SELECT id FROM base)"))),
        {kRecentIds});
    if (!rows)
        return failure(rows.error());
    const database::Row row = rows->first();
    return Count{.status = statusOf(row, now),
                 .baseId = row.integer("base"),
                 .recentReceived = row.integer("recent_received"),
                 .recentDead = row.integer("recent_dead")};
}

/// The equation held or did not hold when everything was counted; until it is counted again, the
/// difference stays, so that a mismatch does not come and go.
Result<api::SystemStatus> SystemPages::countNewer(database::Connection &connection,
                                                  const Count &count, Timestamp now)
{
    const auto rows =
        connection.run(QStringLiteral("WITH base AS (SELECT ?::bigint AS id) SELECT %1, %2")
                           .arg(kQueues, newerThan(QStringLiteral("(SELECT id FROM base)"))),
                       {count.baseId});
    if (!rows)
        return failure(rows.error());
    const database::Row row = rows->first();
    api::SystemStatus status = count.status;
    const qint64 difference = status.inboxReceived - accountedFor(status);
    status.inboxReceived += row.integer("recent_received") - count.recentReceived;
    status.inboxDead += row.integer("recent_dead") - count.recentDead;
    status.inboxWaiting = row.integer("waiting");
    status.inboxRetrying = row.integer("retrying");
    status.inboxDone = status.inboxReceived - status.inboxWaiting - status.inboxRetrying -
                       status.inboxDead - difference;
    status.outboxWaiting = row.integer("outbox_waiting");
    status.readAt = now;
    return status;
}

} // namespace assembly
