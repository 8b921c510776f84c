#pragma once

#include "api/overview.h"
#include "database/read_pool.h"

namespace assembly {

/// Answers the console's Overview page: figures of all the domains in one snapshot.
class OverviewPages final : public api::Overview {
public:
    OverviewPages(database::ReadPool &pool, const Clock &clock);
    [[nodiscard]] QFuture<Result<api::OverviewNumbers>> loadNumbers() override;
    [[nodiscard]] QFuture<Result<QList<api::OverviewPoint>>> loadSeries(int hours) override;

private:
    database::ReadPool &m_pool;
    const Clock &m_clock;
};

} // namespace assembly
