#pragma once

#include "engine/routing_table.h"

#include <atomic>

namespace engine {

struct Counters {
    std::atomic<qint64> handled = 0;
    std::atomic<qint64> ignored = 0;
    std::atomic<qint64> retried = 0;
    std::atomic<qint64> postponed = 0; // lost a race, and no try was counted
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
    /// A row that was in a handler when the connection went: perhaps it is the reason.
    struct Suspect {
        queue::Claimed row;
        queue::Entry entry;
        Error error;
        bool mayTell = true; // false: telling the customer cost a connection before
    };

    [[nodiscard]] Result<Pass> runBatch(database::Connection &connection, int rows, int quota);
    [[nodiscard]] Result<Pass> runAlone(database::Connection &connection);
    [[nodiscard]] Result<Pass> runOne(database::Connection &connection);
    [[nodiscard]] Result<void> noteSuspect(database::Connection &connection);
    [[nodiscard]] Result<void> handleAlone(database::Transaction &transaction,
                                           const queue::Claim &claim);
    [[nodiscard]] Result<bool> handle(database::Transaction &transaction,
                                      const queue::Entry &entry);
    /// After rollbackToSavepoint(): what becomes of a row that failed.
    [[nodiscard]] Result<void> recordFailure(database::Transaction &transaction,
                                             const Suspect &failed);
    [[nodiscard]] Result<bool> postpone(database::Transaction &transaction, const Suspect &failed,
                                        const Error &error);
    [[nodiscard]] Result<void> giveUp(database::Transaction &transaction, const Suspect &failed);
    [[nodiscard]] Result<void> tell(database::Transaction &transaction, const Suspect &failed);
    [[nodiscard]] Order orderOf(const queue::Entry &entry) const;

    const RoutingTable &m_routes;
    const Clock &m_clock;
    const QByteArray &m_installationKey;
    Counters &m_counters;
    queue::Cursors m_cursors;
    bool m_lastClaimCameShort = true;
    int m_lostBatches = 0; // in a row, whose connection went while a handler ran
    std::optional<Suspect> m_suspect;
};

} // namespace engine
