#pragma once

#include "api/backend.h"

#include <QPromise>

#include <memory>

namespace tests {

class FakeRefunds final : public api::Refunds {
public:
    explicit FakeRefunds(const core::Clock &clock)
        : m_clock(clock)
    {
    }
    QFuture<Result<api::Page<api::MoneyRequest>>> listRequests(api::PageQuery query) override;
    QFuture<Result<QList<api::MoneyRequest>>> loadRequests(QList<api::RequestId> ids) override;
    QFuture<Result<QStringList>> suggest(QString field, QString typed) override;
    QFuture<Result<QList<api::RefundRulesVersion>>> loadRules() override;
    QFuture<Result<api::PlanPayment>> loadPlanPayment(TransferId transfer) override;
    QFuture<Result<api::Page<api::RefundBatch>>> listBatches(api::PageQuery query) override;
    QFuture<Result<QList<api::RefundBatch>>> loadBatches(QList<api::BatchId> ids) override;
    QFuture<Result<api::Page<api::RefundBatchCall>>> listBatchCalls(api::PageQuery query) override;
    QFuture<Result<QList<api::RefundBatchCall>>>
    loadBatchCalls(api::BatchId batch, QList<api::BatchCallId> calls) override;

    QList<api::RefundBatch> batches;
    QHash<qint64, QList<api::RefundBatchCall>> batchCalls; // by the batch's number
    std::optional<Error> nextBatchesError;
    bool areBatchesHeld = false;
    QList<api::PlanPayment> planPayments;
    QList<api::MoneyRequest> rows;
    QList<api::RefundRulesVersion> rules;
    std::optional<Error> nextError;
    std::optional<Error> nextRulesError;
    bool isHeld = false;
    bool areRulesHeld = false;

private:
    const core::Clock &m_clock;
};

class FakePeople final : public api::People {
public:
    explicit FakePeople(const core::Clock &clock)
        : m_clock(clock)
    {
    }
    QFuture<Result<api::Page<api::PersonRow>>> listPeople(api::PageQuery query) override;
    QFuture<Result<QList<api::PersonRow>>> loadPeople(QList<api::OperatorId> ids) override;
    QFuture<Result<QList<api::SessionRow>>> loadSessions(api::OperatorId id) override;
    QFuture<Result<QByteArray>> drawQr(QString text) override;

    QList<api::PersonRow> rows;
    std::optional<Error> nextError;
    bool isHeld = false; // nothing is answered
    QString drawn;       // the newest text

private:
    const core::Clock &m_clock;
};

class FakeAudit final : public api::Audit {
public:
    explicit FakeAudit(const core::Clock &clock)
        : m_clock(clock)
    {
    }
    QFuture<Result<api::Page<api::AuditRow>>> listAudit(api::PageQuery query) override;
    QFuture<Result<QStringList>> suggest(QString field, QString typed) override;
    QFuture<Result<api::VerifyReport>> verify() override;
    /// Of a verification that is held.
    void tell(int thousandths, const QString &what);
    [[nodiscard]] bool isCanceled() const { return m_verifying->isCanceled(); }
    void finish();

    QList<api::AuditRow> rows;
    api::VerifyReport report;
    std::optional<Error> nextError;
    bool isHeld = false;
    bool isVerifyHeld = false;
    QList<api::FilterTerm> asked; // of the newest list

private:
    using Promise = QPromise<Result<api::VerifyReport>>;
    const core::Clock &m_clock;
    std::shared_ptr<Promise> m_verifying;
};

} // namespace tests
