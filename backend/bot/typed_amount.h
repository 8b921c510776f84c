#pragma once

#include "core/money.h"

#include <optional>

namespace bot {

/// "35", "35.5", "35,50", "$35", "35 usd": people type amounts in many ways. Whole cents only, and
/// nothing that could be read in two ways: "10,000" is neither ten nor ten thousand.
[[nodiscard]] std::optional<Money> typedAmount(const QString &text);

} // namespace bot
