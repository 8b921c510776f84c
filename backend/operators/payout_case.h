#pragma once

#include "customers/customer.h"
#include "ledger/adjustment.h"
#include "operators/command_desk.h"

namespace operators {

/// A payout as somebody wants it. The wallet is locked until the transaction ends.
struct WantedPayout {
    qint64 id = 0; // of the entry that waits, or of the one to be made
    bool isWaiting = false;
    OperatorId requestedBy;
    Money amount;
    QString destination;
    QString reason;
    std::optional<OperatorId> firstBy; // who has agreed already
    QString hash;                      // of the preview that whoever gave the command has seen
    QString agreedHash;                // of the one it was asked for with
    customers::Customer customer;
    ledger::Balance balance;
    bool mayDecide = false; // whoever gave the command may agree to it
};

/// A refusal, or the case. Refusals: NotFound, BadInput, Settled, InsufficientFunds.
[[nodiscard]] Result<tl::expected<WantedPayout, CommandOutcome>>
loadPayout(engine::Context &context, const Command &command, const Json &payload);

} // namespace operators
