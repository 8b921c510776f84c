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
    QString hash; // of the preview it is based on
    customers::Customer customer;
    ledger::Refundable what;
    RefundRuling ruling;
    bool mayExecute = false; // by whoever gave the command
};

/// A refusal, or the case. Refusals: NotFound (call, charge or request), BadInput, AboveRefundable,
/// Settled.
[[nodiscard]] Result<tl::expected<WantedRefund, CommandOutcome>>
loadRefund(engine::Context &context, const Command &command, const Json &payload);

} // namespace operators
