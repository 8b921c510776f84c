#pragma once

#include "customers/messenger.h"
#include "deposits/deposit_rules.h"
#include "deposits/deposit_store.h"
#include "providers/dynopay/api.h"
#include "providers/dynopay/event.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcDeposits)

namespace deposits {

/// The deposit a payload of ours is about; 0: none.
[[nodiscard]] DepositId depositIdOf(const Json &object);
/// What delivery stored of DynoPay's answer: {"http": 200, "body": "..."}.
[[nodiscard]] providers::dynopay::ApiAnswer answerIn(const Json &payload);

/// As `DepositCredit::payment`: the provider's id, or one of ours where it never told one.
[[nodiscard]] QString paymentOf(const Deposit &deposit);

/// Coins came, whatever became of them.
[[nodiscard]] bool isOfMoney(const providers::dynopay::Status &status);
/// The provider is asked about it: nothing is final yet, or it was credited before it was settled.
[[nodiscard]] bool isWatched(const Deposit &deposit);
/// No more is missing of it than the rules tolerate.
[[nodiscard]] bool isAsAsked(const Deposit &deposit, const DepositRules &rules);
[[nodiscard]] bool waitsForPerson(State state);
void noteOtherPayment(Deposit &deposit, const providers::dynopay::Event &event);

[[nodiscard]] Result<customers::Customer> customerOf(engine::Context &context,
                                                     const Deposit &deposit);

} // namespace deposits
