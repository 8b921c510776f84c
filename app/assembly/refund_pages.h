#pragma once

#include "api/refunds.h"
#include "database/read_pool.h"

namespace assembly {

/// Answers the console's page of refunds and approvals.
class RefundPages final : public api::Refunds {
public:
    RefundPages(database::ReadPool &pool, const Clock &clock);
    [[nodiscard]] QFuture<Result<api::Page<api::MoneyRequest>>>
    listRequests(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<QList<api::MoneyRequest>>>
    loadRequests(QList<api::RequestId> ids) override;
    [[nodiscard]] QFuture<Result<QStringList>> suggest(QString field, QString typed) override;
    [[nodiscard]] QFuture<Result<QList<api::RefundRulesVersion>>> loadRules() override;
    [[nodiscard]] QFuture<Result<api::PlanPayment>> loadPlanPayment(TransferId transfer) override;
    [[nodiscard]] QFuture<Result<api::Page<api::RefundBatch>>>
    listBatches(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<QList<api::RefundBatch>>>
    loadBatches(QList<api::BatchId> ids) override;
    [[nodiscard]] QFuture<Result<api::Page<api::RefundBatchCall>>>
    listBatchCalls(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<QList<api::RefundBatchCall>>>
    loadBatchCalls(api::BatchId batch, QList<api::BatchCallId> calls) override;

private:
    database::ReadPool &m_pool;
    const Clock &m_clock;
};

} // namespace assembly
