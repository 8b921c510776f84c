#pragma once

#include "api/operators.h"

namespace api {

using BatchId = core::Id<struct BatchTag>;

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
    core::Id<struct CallTag> call;
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

} // namespace api
