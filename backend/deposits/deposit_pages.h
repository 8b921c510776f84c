#pragma once

#include "api/deposits.h"
#include "core/clock.h"
#include "database/read_pool.h"

namespace deposits {

/// Answers the console's Deposits page from the read connections.
class DepositPages final : public api::Deposits {
public:
    DepositPages(database::ReadPool &pool, const Clock &clock);
    [[nodiscard]] QFuture<Result<api::Page<api::DepositRow>>>
    listDeposits(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<QList<api::DepositRow>>>
    loadDeposits(QList<DepositId> ids) override;
    [[nodiscard]] QFuture<Result<api::DepositDetail>> loadDeposit(DepositId id) override;
    [[nodiscard]] QFuture<Result<QList<api::DepositReview>>> loadLooseReviews() override;
    [[nodiscard]] QFuture<Result<api::DepositPolicy>> loadPolicy() override;
    [[nodiscard]] QFuture<Result<QStringList>> suggest(QString field, QString typed) override;

private:
    database::ReadPool &m_pool;
    const Clock &m_clock;
};

} // namespace deposits
