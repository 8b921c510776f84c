#pragma once

#include "deposits/deposit_store.h"
#include "providers/dynopay/api.h"
#include "providers/dynopay/event.h"

namespace deposits {

/// Why an event cannot be about this deposit, in English; empty when nothing contradicts. What is
/// absent is no contradiction: DynoPay leaves out much.
[[nodiscard]] QString contradictionIn(const providers::dynopay::Event &event,
                                      const Deposit &deposit);
[[nodiscard]] QString contradictionIn(const providers::dynopay::PaymentStatus &status,
                                      const Deposit &deposit);

/// Which transaction an event speaks of, as far as it can be told from another one of the same
/// payment; empty: it cannot.
[[nodiscard]] QString transactionOf(const providers::dynopay::Event &event);

/// The lower or higher of the two that are known.
using Amount = std::optional<core::Decimal>;
[[nodiscard]] Amount lowerOf(const Amount &left, const Amount &right);
[[nodiscard]] Amount higherOf(const Amount &left, const Amount &right);
/// A crypto amount as the provider wrote it. Absent: unreadable or zero.
[[nodiscard]] Amount amountIn(const QString &text);

/// When the provider is asked next. After a payment was reported as final: after 10 s, 1, 5 and 15
/// minutes and each hour for 48 hours. Else at 2, 5, 15, 30, 60 and 120 minutes and each 6 hours,
/// until 72 hours after the creation or 48 hours after the last event. Absent: never any more.
[[nodiscard]] std::optional<Timestamp> nextCheck(const Deposit &deposit, Timestamp now);
/// Nothing is due any more by the plan above.
[[nodiscard]] bool isWatchOver(const Deposit &deposit, Timestamp now);

} // namespace deposits
