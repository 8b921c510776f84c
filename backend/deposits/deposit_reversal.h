#pragma once

#include "deposits/deposit_store.h"
#include "ledger/transfer.h"

namespace deposits {

/// Why it cannot be taken back, in English; empty: it can.
[[nodiscard]] Result<QString> obstacleToReversal(database::Transaction &transaction,
                                                 const Deposit &deposit);

/// Takes a credited deposit back that turned out false: the credit's opposite transfer, with what
/// the wallet has no more as a debt, and the deposit's end. Once: ConstraintViolated.
[[nodiscard]] Result<ledger::Transfer> reverse(engine::Context &context, Deposit &deposit);

} // namespace deposits
