#include "system_pages.h"

#include "database/transaction.h"

namespace assembly {

Result<api::SystemStatus> readSystemStatus(database::Connection &connection, Timestamp now)
{
    // One statement is one snapshot: the four counts are of the same moment.
    const auto rows = connection.run(
        QStringLiteral("SELECT (SELECT count(*) FROM inbox_keys) AS received, "
                       "(SELECT count(*) FROM inbox_outcomes WHERE state <> 'dead') AS done, "
                       "(SELECT count(*) FROM inbox_outcomes WHERE state = 'dead') AS dead, "
                       "(SELECT count(*) FROM inbox_waiting WHERE attempts = 0) AS waiting, "
                       "(SELECT count(*) FROM inbox_waiting WHERE attempts > 0) AS retrying, "
                       "(SELECT count(*) FROM outbox_waiting) AS outbox_waiting, "
                       "(SELECT coalesce(sum(available + held + debt + platform_amount + "
                       "other_amount), 0)::bigint FROM transfers) AS ledger_sum"));
    if (!rows)
        return failure(rows.error());
    const database::Row row = rows->first();
    return api::SystemStatus{.inboxReceived = row.integer("received"),
                             .inboxDone = row.integer("done"),
                             .inboxWaiting = row.integer("waiting"),
                             .inboxRetrying = row.integer("retrying"),
                             .inboxDead = row.integer("dead"),
                             .outboxWaiting = row.integer("outbox_waiting"),
                             .ledgerSum = row.money("ledger_sum"),
                             .isLeader = false,
                             .readAt = now};
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
        auto status = readSystemStatus(connection, m_clock.now());
        if (status)
            status->isLeader = m_isLeader();
        return status;
    });
}

} // namespace assembly
