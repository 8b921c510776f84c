#pragma once

#include "deposits/deposit_store.h"
#include "ledger/adjustment.h"
#include "operators/paid_thing.h"

namespace operators {

/// An adjustment as somebody wants it. The wallet is locked until the transaction ends.
struct WantedAdjustment {
    qint64 id = 0; // of the row that waits, or of the one to be made
    bool isWaiting = false;
    OperatorId requestedBy;
    QString kind; // "goodwill", "correction", "reversal", "deposit_reversal"
    Money amount; // positive: to the customer
    QString reason;
    std::optional<api::RefundId> refund; // that is taken back
    TransferId refundTransfer;
    PaidThing refundOf;
    Money refunded;
    std::optional<deposits::Deposit> deposit; // whose credit is taken back; locked
    QString hash;       // of the preview that whoever gave the command has seen
    QString agreedHash; // of the one it was asked for with
    customers::Customer customer;
    ledger::Balance balance;
    bool mayDecide = false; // by whoever gave the command; of one that waits: may agree to it
};

/// A refusal, or the case. Refusals: NotFound, BadInput, Settled, InsufficientFunds.
[[nodiscard]] Result<tl::expected<WantedAdjustment, CommandOutcome>>
loadAdjustment(engine::Context &context, const Command &command, const Json &payload);

} // namespace operators
