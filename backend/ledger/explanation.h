#pragma once

#include "api/ledger.h"
#include "database/transaction.h"

namespace ledger {

using api::Cause;
using api::ExplainedTransfer;

// Both read as a console does, where the bodies of causes are masked: database::Role::Console.

/// Why there is this transfer: itself, what it ends or gives back, what ended it or gave it back,
/// oldest first, each with its whole chain of causes. NotFound: there is none.
[[nodiscard]] Result<QList<ExplainedTransfer>> explainTransfer(database::Transaction &transaction,
                                                               TransferId transfer);
/// Why the customer's balance is what it is: the newest `limit` transfers, oldest first. NotFound:
/// no such wallet.
[[nodiscard]] Result<QList<ExplainedTransfer>> explainCustomer(database::Transaction &transaction,
                                                               CustomerId customer, int limit);

} // namespace ledger
