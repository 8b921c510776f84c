#pragma once

#include "operators/paid_thing.h"
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
    PaidThing of;
    customers::Customer customer;
    ledger::Refundable what;
    RefundRuling ruling;
    bool mayExecute = false; // by whoever gave the command; of one that waits: may agree to it
};

/// Absent: such a reason and note may stand in a refund.
[[nodiscard]] std::optional<CommandOutcome> checkReason(const QString &reason, const QString &note,
                                                        const QStringList &known);

/// A refusal, or the case. Refusals: NotFound (what was paid, or the request), BadInput,
/// AboveRefundable, Settled.
[[nodiscard]] Result<tl::expected<WantedRefund, CommandOutcome>>
loadRefund(engine::Context &context, const Command &command, const Json &payload);

} // namespace operators
