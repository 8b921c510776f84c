#pragma once

#include "api/ledger.h"
#include "ledger/transfer.h"

namespace ledger {

/// What the customer had right after the last transfer at or before `at`; nothing before the first.
/// Transfers are dated in the order of their chain, so the answer for a past instant only changes
/// by a transfer that is still to be handled and whose event was received before that instant.
/// Errors: NotFound: no such wallet.
[[nodiscard]] Result<Balance> balanceAt(database::Transaction &transaction, CustomerId customer,
                                        Timestamp at);

/// The same, with the transfer that it stands after.
[[nodiscard]] Result<api::PastBalance> pastBalance(database::Transaction &transaction,
                                                   CustomerId customer, Timestamp at);

} // namespace ledger
