#pragma once

#include "engine/routing_table.h"

#include <atomic>

namespace engine {

struct Counters {
    std::atomic<qint64> handled = 0;
    std::atomic<qint64> ignored = 0;
    std::atomic<qint64> retried = 0;
    std::atomic<qint64> dead = 0;
    std::atomic<qint64> batches = 0;
};

/// Claims lanes and runs their rows through handlers, on the thread that owns its connection.
class Worker {
public:
    Worker(const RoutingTable &routes, const Clock &clock, const QByteArray &installationKey,
           Counters &counters);

    struct Pass {
        int rows = 0; // 0: nothing to do just now
        bool hasSent = false;
        bool hasMoreLanes = false; // with no rows: a claim looks at 256 lanes, and there are more
    };
    /// One transaction: claim, handle, complete, commit. When a row of a batch fails the batch is
    /// rolled back and its rows are run one by one. Errors: the database is away or a conflict;
    /// nothing was changed.
    [[nodiscard]] Result<Pass> runOnce(database::Connection &connection);

private:
    [[nodiscard]] Result<Pass> runBatch(database::Connection &connection, int rows, int quota);
    [[nodiscard]] Result<Pass> runOne(database::Connection &connection);
    [[nodiscard]] Result<bool> handle(database::Transaction &transaction,
                                      const queue::Entry &entry);
    [[nodiscard]] Result<void> recordFailure(database::Transaction &transaction,
                                             const queue::Claimed &row, const queue::Entry &entry,
                                             const Error &error);

    const RoutingTable &m_routes;
    const Clock &m_clock;
    const QByteArray &m_installationKey;
    Counters &m_counters;
    queue::Cursors m_cursors;
    bool m_lastClaimCameShort = true;
};

} // namespace engine
