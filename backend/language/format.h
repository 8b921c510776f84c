#pragma once

#include "language/text.h"

#include <QLocale>

namespace language {

/// Numbers and times as people who read `locale` write them. Digits are Latin in every language,
/// and what belongs together is joined by no-break spaces.

[[nodiscard]] QString formatted(Money money, const QLocale &locale); // 1,234.50 USD
[[nodiscard]] QString formatted(const core::Decimal &amount, const QLocale &locale);
[[nodiscard]] QString formatted(const CoinAmount &amount, const QLocale &locale); // 24.98 USDT
[[nodiscard]] QString formatted(qint64 number, const QLocale &locale);
[[nodiscard]] QString formatted(Timestamp moment, const QLocale &locale); // 22 Nov 2026 17:04 UTC

} // namespace language
