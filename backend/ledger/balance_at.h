#pragma once

#include "ledger/transfer.h"

namespace ledger {

/// What the customer had at that moment: after the newest transfer up to and with it. All zero
/// before the first one. One probe of an index, however long the history. NotFound: no such wallet.
[[nodiscard]] Result<Balance> balanceAt(database::Transaction &transaction, CustomerId customer,
                                        Timestamp at);

} // namespace ledger
