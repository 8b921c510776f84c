#pragma once

#include "api/deposits.h"

namespace deposits {

using State = api::DepositState;

/// As stored: "awaiting_payment".
[[nodiscard]] QString nameOf(State state);
/// Aborts on an unknown name: the column has a CHECK.
[[nodiscard]] State stateOf(const QString &name);

/// May a deposit go from one state to the other? An event that would go backwards is kept and
/// changes nothing.
[[nodiscard]] bool mayFollow(State from, State to);

/// Nothing is expected any more from the provider.
[[nodiscard]] bool isFinal(State state);

} // namespace deposits
