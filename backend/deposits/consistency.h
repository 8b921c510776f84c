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

/// The coins that arrived by both accounts: the smaller one, since DynoPay may report what it
/// expected as received.
[[nodiscard]] std::optional<core::Decimal> smallerOf(const std::optional<core::Decimal> &left,
                                                     const QString &right);

/// When the provider is asked next: often after a payment was reported, else at 2, 5, 15, 30, 60
/// and 120 minutes and each 6 hours after the creation. Absent: 72 hours are over.
[[nodiscard]] std::optional<Timestamp> nextCheck(const Deposit &deposit, Timestamp now);

} // namespace deposits
