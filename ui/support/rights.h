#pragma once

#include "api/operators.h"

namespace ui {

/// Whether whoever sits here may give this kind of command. The backend decides by the same table;
/// the console only does not offer what would be refused.
[[nodiscard]] bool may(const api::Session &session, const char *kind);

/// Why a command was refused, in a sentence: what it means and what to do.
[[nodiscard]] QString refusalWords(const api::CommandResult &result);
/// Nobody knows whether it was done; the same dialog asks again.
[[nodiscard]] QString failureWords(const core::Error &error);

} // namespace ui
