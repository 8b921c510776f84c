#pragma once

#include "core/json.h"

namespace ledger {

/// A stored body for people to look at: its structure, and the values of members that say what
/// happened to which object. Everything else - names, numbers, what people wrote - is masked.
[[nodiscard]] Json maskedBody(const Json &body);

} // namespace ledger
