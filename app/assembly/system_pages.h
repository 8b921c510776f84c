#pragma once

#include "api/system.h"
#include "database/read_pool.h"

#include <functional>
#include <mutex>

namespace assembly {

/// The conservation equation in one snapshot, from the tables as they are.
[[nodiscard]] Result<api::SystemStatus> readSystemStatus(database::Connection &connection,
                                                         Timestamp now);

/// Answers the status bar. Whole tables are counted once a minute; in between, only what is newer
/// than that count and what is still to do.
class SystemPages final : public api::System {
public:
    SystemPages(database::ReadPool &pool, const Clock &clock, std::function<bool()> isLeader);
    [[nodiscard]] QFuture<Result<api::SystemStatus>> loadStatus() override;

private:
    /// A count of everything, and how much of it is newer than a row a little before its end.
    struct Count {
        api::SystemStatus status;
        qint64 baseId = 0;
        qint64 recentReceived = 0;
        qint64 recentDead = 0;
    };

    [[nodiscard]] Result<api::SystemStatus> read(database::Connection &connection);
    [[nodiscard]] static Result<Count> countAll(database::Connection &connection, Timestamp now);
    [[nodiscard]] static Result<api::SystemStatus> countNewer(database::Connection &connection,
                                                              const Count &count, Timestamp now);

    database::ReadPool &m_pool;
    const Clock &m_clock;
    std::function<bool()> m_isLeader;
    std::mutex m_mutex;
    std::optional<Count> m_count;
    bool m_isCounting = false; // some thread counts everything now
};

} // namespace assembly
