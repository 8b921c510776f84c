#pragma once

#include "api/bulk_refunds.h"
#include "api/page.h"
#include "api/wish.h"

namespace api {

using RequestId = core::Id<struct MoneyRequestTag>;

enum class RequestKind {
    Refund,          // of what was paid for a call
    Goodwill,        // given for its own sake
    Correction,      // of what was counted wrongly
    Reversal,        // of a refund, which is taken back
    DepositReversal, // of a credited deposit
    Payout,          // out of the system
};
/// "refund", ... as the database and filters write them.
[[nodiscard]] QString nameOf(RequestKind kind);
[[nodiscard]] std::optional<RequestKind> requestKindFrom(const QString &name);

/// Money that somebody moves by hand, or wants to: refunds, adjustments and payouts. Their numbers
/// are those of the commands that asked for them, so no two kinds share one.
struct MoneyRequest {
    RequestId id;
    RequestKind kind = RequestKind::Refund;
    core::Id<struct CallTag> call;  // 0: of no call
    std::optional<RefundId> refund; // that is taken back
    CustomerId customer;
    QString customerName;
    Money amount;   // of an adjustment negative where it is taken from the wallet
    QString reason; // of a refund one of refundReasons(), else in words
    QString note;
    /// pending_approval, approved (one of two), to_send (a payout that two agreed to), done, paid,
    /// returned (a payout that could not be sent), rejected, cancelled, expired, void.
    QString state;
    QString rule;        // English: why somebody else has to agree
    QString requestedBy; // empty: the customer, or nobody
    Timestamp requestedAt;
    std::optional<Timestamp> expiresAt; // of one that waits
    QStringList approvedBy;             // in order
    std::optional<Timestamp> decidedAt;
    QString decision; // why it was rejected
    std::optional<TransferId> transfer;

    // Of a payout:
    QString destination; // masked
    std::optional<Timestamp> payableFrom;
    QString reference; // the transaction that paid it
    std::optional<TransferId> returned;

    [[nodiscard]] bool isWaiting() const
    {
        return state == QLatin1String("pending_approval") || state == QLatin1String("approved");
    }
    /// Agreed to and paid by the wallet; a person has to send it.
    [[nodiscard]] bool isToSend() const { return state == QLatin1String("to_send"); }
};

/// What a customer paid for a period of a plan, and what of it was given back.
struct PlanPayment {
    TransferId transfer;
    CustomerId customer;
    QString customerName;
    QString plan; // "prime"
    Timestamp startsAt;
    Timestamp endsAt;
    Money paid;
    Money refunded;

    [[nodiscard]] Money refundable() const { return paid - refunded; }
};

/// One of the limits by which it is decided who has to agree to a refund.
struct RefundLimit {
    enum class Unit {
        Usd, // in micro-dollars
        Days,
        Hours,
        Count,
    };
    QString name; // as policy.refund_rules and the database call it
    Unit unit = Unit::Usd;
};
[[nodiscard]] const QList<RefundLimit> &refundLimits();

/// The rules of refunds as one version has them. None ever changes: the next one is added.
struct RefundRulesVersion {
    int version = 0;
    std::optional<Timestamp> since; // absent: as shipped
    QList<qint64> limits;           // one for each of refundLimits()
    QString changedBy;              // empty: as shipped
    QString reason;
    std::optional<Wish> looserAsked = {}; // of the newest: what waits for a second person
};

/// What the page of refunds and approvals may see. Any thread may call; answers come later.
/// Filter fields: state and kind (several with commas), customer (id or name), by (an operator's
/// name), id.
class Refunds {
public:
    virtual ~Refunds() = default;
    [[nodiscard]] virtual QFuture<Result<Page<MoneyRequest>>> listRequests(PageQuery query) = 0;
    [[nodiscard]] virtual QFuture<Result<QList<MoneyRequest>>>
    loadRequests(QList<RequestId> ids) = 0;
    [[nodiscard]] virtual QFuture<Result<QStringList>> suggest(QString field, QString typed) = 0;
    /// Every version, the newest first.
    [[nodiscard]] virtual QFuture<Result<QList<RefundRulesVersion>>> loadRules() = 0;
    /// NotFound: no plan was paid by it.
    [[nodiscard]] virtual QFuture<Result<PlanPayment>> loadPlanPayment(TransferId transfer) = 0;

    /// Filter fields: state (several with commas), by (an operator's name), name (as it begins),
    /// id.
    [[nodiscard]] virtual QFuture<Result<Page<RefundBatch>>> listBatches(PageQuery query) = 0;
    [[nodiscard]] virtual QFuture<Result<QList<RefundBatch>>> loadBatches(QList<BatchId> ids) = 0;
    /// The calls of one batch, in the order of their numbers. Filter fields: batch (needed), state
    /// (several with commas), customer (id or name), id (of the call).
    [[nodiscard]] virtual QFuture<Result<Page<RefundBatchCall>>>
    listBatchCalls(PageQuery query) = 0;
    [[nodiscard]] virtual QFuture<Result<QList<RefundBatchCall>>>
    loadBatchCalls(BatchId batch, QList<BatchCallId> calls) = 0;
};

} // namespace api
