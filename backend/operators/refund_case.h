#pragma once

#include "customers/customer.h"
#include "ledger/refund.h"
#include "operators/command_desk.h"
#include "operators/refund_rules.h"

namespace operators {

/// A refund as somebody wants it, with all that decides about it. The wallet is locked and stays so
/// until the transaction ends.
struct WantedRefund {
    api::RefundId id; // of the row that waits, or of the one to be made
    bool isWaiting = false;
    std::optional<OperatorId> requestedBy;
    api::RefundWish wish;
    QString hash;           // of the preview that whoever gave the command has seen
    QString agreedHash;     // of one that waits: of the preview it was asked for with
    qint64 agreed = 0;      // how many have agreed to one that waits
    bool hasAgreed = false; // and whoever gave the command is one of them
    customers::Customer customer;
    ledger::Refundable what;
    RefundRuling ruling;
    bool mayExecute = false; // by whoever gave the command; of one that waits: may agree to it
};

/// A refusal, or the case. Refusals: NotFound (call, charge or request), BadInput, AboveRefundable,
/// Settled.
[[nodiscard]] Result<tl::expected<WantedRefund, CommandOutcome>>
loadRefund(engine::Context &context, const Command &command, const Json &payload);

} // namespace operators
