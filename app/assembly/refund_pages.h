#pragma once

#include "api/refunds.h"
#include "database/read_pool.h"

namespace assembly {

/// Answers the console's Refunds page.
class RefundPages final : public api::Refunds {
public:
    RefundPages(database::ReadPool &pool, const Clock &clock);
    [[nodiscard]] QFuture<Result<api::Page<api::RefundRow>>>
    listRefunds(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<QList<api::RefundRow>>>
    loadRefunds(QList<api::RefundId> ids) override;
    [[nodiscard]] QFuture<Result<QStringList>> suggest(QString field, QString typed) override;

private:
    database::ReadPool &m_pool;
    const Clock &m_clock;
};

} // namespace assembly
