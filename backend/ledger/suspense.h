#pragma once

#include "ledger/transfer.h"

namespace ledger {

/// What was paid beyond what was asked for and waits in suspense. One key for both ways, so that it
/// leaves suspense once.
struct Excess {
    CustomerId customer;
    Money amount;
    qint64 review = 0; // the decision's
};
/// To the customer; what they owe is paid first.
[[nodiscard]] Result<Transfer> creditExcess(database::Transaction &transaction,
                                            const Excess &excess, InboxId cause, Timestamp now);
/// Back to clearing: it is not the customer's, and what becomes of the coins is no entry.
[[nodiscard]] Result<Transfer> refuseExcess(database::Transaction &transaction,
                                            const Excess &excess, InboxId cause, Timestamp now);

} // namespace ledger
