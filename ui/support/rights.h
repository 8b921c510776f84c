#pragma once

#include "api/operators.h"

namespace ui {

// What a role may do. The backend decides; the console only does not offer what would be refused.

[[nodiscard]] bool mayEndCalls(api::Roles roles);
[[nodiscard]] bool mayStopAll(api::Roles roles);
[[nodiscard]] bool mayResume(api::Roles roles);
[[nodiscard]] bool mayAskRefund(api::Roles roles, bool isSolo);

/// Why a command was refused, in a sentence: what it means and what to do.
[[nodiscard]] QString refusalWords(const api::CommandResult &result);
/// Nobody knows whether it was done; the same dialog asks again.
[[nodiscard]] QString failureWords(const core::Error &error);

} // namespace ui
