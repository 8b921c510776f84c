#pragma once

#include "api/deposit_rules.h"

#include <QStringList>

namespace ui {

/// "98 %", "97.5 %": of thousandths.
[[nodiscard]] QString percentWords(int thousandths);
/// For a field: "98", "97.5".
[[nodiscard]] QString percentText(int thousandths);
/// As somebody types it, with this locale's point; nullopt: it is none.
[[nodiscard]] std::optional<int> readPercent(const QString &typed);
/// "USDT TRC-20", "BTC".
[[nodiscard]] QString coinName(const QString &coin);
/// "Minimum of LTC 10.00 USD → 15.00 USD", one a rule that differs.
[[nodiscard]] QStringList policyChanges(const api::DepositRulesVersion &before,
                                        const api::DepositRulesVersion &after);

} // namespace ui
