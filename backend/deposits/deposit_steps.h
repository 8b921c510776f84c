#pragma once

#include "customers/messenger.h"
#include "deposits/deposit_store.h"
#include "providers/dynopay/api.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcDeposits)

namespace deposits {

/// The deposit a payload of ours is about; 0: none.
[[nodiscard]] DepositId depositIdOf(const Json &object);
/// What delivery stored of DynoPay's answer: {"http": 200, "body": "..."}.
[[nodiscard]] providers::dynopay::ApiAnswer answerIn(const Json &payload);

/// As `DepositCredit::payment`: the provider's id, or one of ours where it never told one.
[[nodiscard]] QString paymentOf(const Deposit &deposit);

[[nodiscard]] Result<customers::Customer> customerOf(engine::Context &context,
                                                     const Deposit &deposit);

} // namespace deposits
