#pragma once

#include "api/operators.h"
#include "api/page.h"

namespace api {

/// Money that somebody gives back, or wants to.
struct RefundRow {
    RefundId id;
    core::Id<struct CallTag> call; // 0: of something else
    CustomerId customer;
    QString customerName;
    Money amount;
    QString reason; // one of refundReasons()
    QString note;
    QString state;       // "pending_approval", "done", "rejected", "expired", ...
    QString rule;        // English: why somebody else has to agree
    QString requestedBy; // empty: the customer
    Timestamp requestedAt;
    std::optional<Timestamp> expiresAt; // of one that waits
    QString approvedBy;
    std::optional<Timestamp> decidedAt;
    QString decision; // why it was rejected
    std::optional<TransferId> transfer;

    [[nodiscard]] bool isWaiting() const
    {
        return state == QLatin1String("pending_approval") || state == QLatin1String("approved");
    }
};

/// What the Refunds page may see. Any thread may call; answers come later.
/// Filter fields: state (several with commas), customer (id or name), id.
class Refunds {
public:
    virtual ~Refunds() = default;
    [[nodiscard]] virtual QFuture<Result<Page<RefundRow>>> listRefunds(PageQuery query) = 0;
    [[nodiscard]] virtual QFuture<Result<QList<RefundRow>>> loadRefunds(QList<RefundId> ids) = 0;
    [[nodiscard]] virtual QFuture<Result<QStringList>> suggest(QString field, QString typed) = 0;
};

} // namespace api
