#pragma once

#include "ledger/transfer.h"

namespace ledger {

/// What was paid by one transfer, and how much of it is still with the house.
struct Refundable {
    TransferId paidBy;
    CustomerId customer;
    Platform platform = Platform::RevenueCalls;
    Money paid;
    Money refunded; // zero or positive

    [[nodiscard]] Money rest() const { return paid - refunded; }
};

/// Locks the customer's wallet, so that it stays true until the transaction ends. NotFound: there
/// is no such charge of a call or payment of a plan.
[[nodiscard]] Result<Refundable> lockRefundable(database::Transaction &transaction,
                                                TransferId paidBy);

/// Gives `amount` of it back to the wallet. The same key is one refund. Errors: ConstraintViolated:
/// more than is left of what was paid; PostgreSQL refuses it whatever was read before.
[[nodiscard]] Result<Transfer> refund(database::Transaction &transaction, const Refundable &what,
                                      Money amount, const QString &requestKey, InboxId cause,
                                      Timestamp now);

} // namespace ledger
