#pragma once

#include "customers/messenger.h"
#include "ledger/refund.h"
#include "operators/command_desk.h"

namespace operators {

/// What was paid for: a call, or a period of a plan.
struct PaidThing {
    qint64 call = 0;   // 0: of a plan
    qint64 period = 0; // of a plan
    QString plan = {}; // "prime"
    TransferId payment = {};
    CustomerId customer = {};
    Timestamp at = {}; // of the end of the call, of the start of the period

    [[nodiscard]] bool isPlan() const { return period != 0; }
    [[nodiscard]] QString name() const; // English: "call 12"
};

/// What the wish names, or the refusal NotFound: there is no such thing, or nothing was paid.
[[nodiscard]] Result<tl::expected<PaidThing, CommandOutcome>> findPaid(engine::Context &context,
                                                                       const api::RefundWish &wish);

/// What the customer reads of money that came back, and of money that was taken back again.
[[nodiscard]] language::Text refundedText(const PaidThing &of, Money amount, Money balance,
                                          const QString &transfer);
[[nodiscard]] language::Text reversedText(const PaidThing &of, Money amount, Money balance,
                                          const QString &transfer);

} // namespace operators
