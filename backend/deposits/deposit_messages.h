#pragma once

#include "customers/messenger.h"
#include "deposits/amount_rule.h"
#include "deposits/deposit_store.h"
#include "ledger/transfer.h"
#include "providers/dynopay/api.h"

#include <optional>

namespace deposits {

/// What customers read about their deposits.

/// What to send and where: with the tag where the coin needs one, and a button that copies the
/// address. `minutesLeft`: until the address expires.
[[nodiscard]] customers::Message addressMessage(const Deposit &deposit, int minutesLeft);
/// For the picture: what wallets read.
[[nodiscard]] QString qrContent(const Deposit &deposit);
[[nodiscard]] language::Text creationFailedText(providers::dynopay::Refusal refusal,
                                                const std::optional<Money> &minimum);
/// Shown in the place of the address once the deposit is in this state. Absent: nothing new.
[[nodiscard]] std::optional<language::Text> statusText(State state);
/// Less arrived than can be credited by rule.
[[nodiscard]] language::Text underpaidText(const Deposit &deposit);
[[nodiscard]] language::Text creditedText(const Deposit &deposit, const Decision &decision,
                                          const ledger::Balance &balance);
[[nodiscard]] customers::Keyboard walletKeyboard();

} // namespace deposits
