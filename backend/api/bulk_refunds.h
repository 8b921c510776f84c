#pragma once

#include "api/operators.h"

namespace api {

using BatchId = core::Id<struct BatchTag>;
using BatchCallId = core::Id<struct CallTag>; // of any call

/// Which calls are looked for: those that ended in a span of time, and of them those that match
/// every list that is not empty.
struct BulkRefundQuery {
    Timestamp from; // of the end of the call; before `to`, 31 days at most
    Timestamp to;
    QStringList disconnections = {}; // the provider's words: "error_asr"
    QStringList states = {};         // of the call: "ended"
    QStringList regions = {};        // "US"
    std::optional<qint64> script = {};
    std::optional<CustomerId> customer = {};
};

/// What is given back of each call.
enum class RefundShare {
    Full,   // all that is left of what was paid
    Half,   // of what was paid, as far as it is left
    Amount, // the same of each, as far as it is left
};

struct BulkRefundWish {
    BulkRefundQuery query;
    RefundShare share = RefundShare::Full;
    Money each = {}; // of Amount
    QString reason;  // one of refundReasons()
    QString note = {};
};
[[nodiscard]] Json toJson(const BulkRefundQuery &query);
[[nodiscard]] Json toJson(const BulkRefundWish &wish);
/// Errors: BadInput, in words for the person who asked.
[[nodiscard]] Result<BulkRefundQuery> bulkQueryFromJson(const Json &json);
[[nodiscard]] Result<BulkRefundWish> bulkWishFromJson(const Json &json);
/// "full", "half", "amount"
[[nodiscard]] QString nameOf(RefundShare share);

struct BulkRefundRow {
    BatchCallId call;
    CustomerId customer;
    Money paid;
    Money refunded; // before this
    Money amount;   // zero: nothing, and `why` says so
    QString why;    // English
};

/// What a bulk refund would do, or one that waits would do now.
struct BulkRefundPreview {
    QList<BulkRefundRow> rows; // of every call that cost something, in the order of calls
    qint64 uncharged = 0;      // calls that match and cost nothing
    qint64 calls = 0;          // that would be refunded
    qint64 customers = 0;
    Money total;
    RefundNeeds needs = RefundNeeds::TwoPeople;
    QString rule;            // English: which rule decided that
    bool mayApprove = false; // whoever looks, one that waits
    QString hash;
};
[[nodiscard]] Json toJson(const BulkRefundPreview &preview);
/// BadInput when it is none.
[[nodiscard]] Result<BulkRefundPreview> bulkPreviewFromJson(const Json &answer);

/// A bulk refund that was asked for, and how far it is. Its number is the inbox row's, as that of
/// other requests for money.
struct RefundBatch {
    BatchId id;
    QString key; // the name it was asked for under
    BulkRefundWish wish;
    qint64 calls = 0; // asked for
    Money total;      // asked for
    QString state; // pending_approval, approved (one of two), running, done, rejected, cancelled,
                   // expired, void
    RefundNeeds needs = RefundNeeds::TwoPeople;
    QString rule; // English: which rule decided that
    QString hash; // of the preview it was asked for with
    QString requestedBy;
    Timestamp requestedAt;
    Timestamp expiresAt;    // while it waits
    QStringList approvedBy; // in order
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> endedAt;
    QString endedBy;  // who stopped or rejected it
    QString decision; // why
    qint64 done = 0;  // calls that were given back
    qint64 refused = 0;
    qint64 left = 0; // calls whose turn had not come when it ended
    Money given;

    [[nodiscard]] bool isWaiting() const
    {
        return state == QLatin1String("pending_approval") || state == QLatin1String("approved");
    }
    [[nodiscard]] bool isRunning() const { return state == QLatin1String("running"); }
    [[nodiscard]] qint64 decided() const { return done + refused + left; }
};

/// What became of a call of a batch.
struct RefundBatchCall {
    BatchCallId call;
    CustomerId customer;
    QString customerName;
    Money amount;
    QString state; // planned, done, refused, left (the batch ended before it)
    QString why;   // English: why it was refused
    std::optional<RefundId> refund;
    std::optional<Timestamp> decidedAt;
};

} // namespace api
