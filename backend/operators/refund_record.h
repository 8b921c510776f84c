#pragma once

#include "api/bulk_refunds.h"
#include "operators/paid_thing.h"
#include "operators/refund_rules.h"

namespace operators {

/// A row of the refunds as it is first written: it waits for others, or it is done.
struct NewRefund {
    api::RefundId id;
    PaidThing of;
    Money amount;
    QString reason;
    QString note;
    RefundRuling ruling;
    QString hash = {};                          // of the preview it was asked for with
    std::optional<OperatorId> requestedBy = {}; // absent: nobody asked for it
    std::optional<SessionId> session = {};      // in which they did
    std::optional<Timestamp> requestedAt = {};  // absent: now
    std::optional<Timestamp> expiresAt = {};    // of one that waits
    std::optional<OperatorId> approvedBy = {};  // the last of those who had to agree
    bool isSolo = false;                        // there was nobody who could have
    bool isAutomatic = false;                   // because the provider failed
    std::optional<TransferId> transfer = {};    // of one that is done
    std::optional<api::BatchId> batch = {};     // it is one of many
};
[[nodiscard]] Result<void> insertRefund(engine::Context &context, const NewRefund &refund);

} // namespace operators
