#pragma once

#include "ledger/transfer.h"

namespace ledger {

/// Money given to a customer for its own sake, or to put right what we counted wrongly; what they
/// owe is paid first. A correction may take: never more than is available (InsufficientFunds).
/// `amount`: positive to the customer.
struct Adjustment {
    CustomerId customer;
    Money amount;
    bool isGoodwill = false;
    QString requestKey;
};
[[nodiscard]] Result<Transfer> adjust(database::Transaction &transaction,
                                      const Adjustment &adjustment, InboxId cause, Timestamp now);

/// Takes `amount` of a refund back to where it came from. What it refunded stays refunded: it is
/// not given back a second time. Errors: NotFound; InsufficientFunds.
[[nodiscard]] Result<Transfer> reverseRefund(database::Transaction &transaction, TransferId refund,
                                             Money amount, const QString &requestKey, InboxId cause,
                                             Timestamp now);

/// Takes the whole credit of a deposit back to where it came from; what the wallet has no more is
/// owed. Once for each deposit: Duplicate with another amount.
[[nodiscard]] Result<Transfer> reverseDeposit(database::Transaction &transaction,
                                              CustomerId customer, Money amount, DepositId deposit,
                                              InboxId cause, Timestamp now);

/// From the wallet out of the system, and back when it could not be sent. InsufficientFunds.
[[nodiscard]] Result<Transfer> payOut(database::Transaction &transaction, CustomerId customer,
                                      Money amount, const QString &requestKey, InboxId cause,
                                      Timestamp now);
[[nodiscard]] Result<Transfer> returnPayout(database::Transaction &transaction, CustomerId customer,
                                            Money amount, const QString &requestKey, InboxId cause,
                                            Timestamp now);

} // namespace ledger
