#pragma once

#include "api/system.h"
#include "database/read_pool.h"

#include <functional>

namespace assembly {

/// The conservation equation in one snapshot, from the tables as they are.
[[nodiscard]] Result<api::SystemStatus> readSystemStatus(database::Connection &connection,
                                                         Timestamp now);

/// Answers the status bar.
class SystemPages final : public api::System {
public:
    SystemPages(database::ReadPool &pool, const Clock &clock, std::function<bool()> isLeader);
    [[nodiscard]] QFuture<Result<api::SystemStatus>> loadStatus() override;

private:
    database::ReadPool &m_pool;
    const Clock &m_clock;
    std::function<bool()> m_isLeader;
};

} // namespace assembly
