#pragma once

#include "api/bulk_refunds.h"
#include "operators/command_desk.h"
#include "operators/refund_rules.h"

namespace operators {

/// A call as a bulk refund sees it: what would be given back, or why nothing.
struct BatchCall {
    api::BulkRefundRow row;
    TransferId payment;
    Timestamp at; // of its end

    [[nodiscard]] bool isPlanned() const { return row.amount.isPositive(); }
    [[nodiscard]] Money rest() const { return row.paid - row.refunded; }
};

/// A bulk refund as somebody wants it, with all that decides about it. No wallet is locked: each
/// customer's money is looked at again when it is their turn.
struct WantedBatch {
    api::BatchId id; // of the one that waits, or of the one to be made
    bool isWaiting = false;
    OperatorId requestedBy;
    api::BulkRefundWish wish;
    QString hash;           // of the preview that whoever gave the command has seen
    QString agreedHash;     // of one that waits: of the preview it was asked for with
    qint64 agreed = 0;      // how many have agreed to it
    bool hasAgreed = false; // and whoever gave the command is one of them
    std::vector<BatchCall> calls;
    qint64 uncharged = 0;
    RefundRuling ruling;
    bool mayApprove = false; // by whoever gave the command
    QString hashNow;

    [[nodiscard]] std::vector<BatchCall> planned() const;
    [[nodiscard]] Money total() const;
};

/// A refusal, or the case. Refusals: BadInput, NotFound, Settled, TooMany.
[[nodiscard]] Result<tl::expected<WantedBatch, CommandOutcome>>
loadBatch(engine::Context &context, const Command &command, const Json &payload);

[[nodiscard]] api::BulkRefundPreview previewOf(const WantedBatch &batch);

} // namespace operators
