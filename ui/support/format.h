#pragma once

#include "core/clock.h"
#include "core/error.h"
#include "core/money.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

namespace ui {

inline constexpr QChar kMinus = QChar(0x2212);
inline constexpr QChar kNoBreakSpace = QChar(0x00A0);
inline constexpr QChar kDash = QChar(0x2013); // "there is none"

/// "1,234.50"; amounts below a cent with all six decimals: "0.583334". Never rounded.
[[nodiscard]] QString formatMoney(Money amount, const QLocale &locale = QLocale());
/// "25.00 USD" with a no-break space.
[[nodiscard]] QString formatUsd(Money amount, const QLocale &locale = QLocale());
/// An amount in USD as somebody typed it, with this locale's separators; nullopt: it is none.
[[nodiscard]] std::optional<Money> readUsd(const QString &typed, const QLocale &locale = QLocale());
/// "48,210".
[[nodiscard]] QString formatCount(qint64 count, const QLocale &locale = QLocale());
/// "10,000", or "about 1.2 M" where the count is an estimate.
[[nodiscard]] QString formatTotal(qint64 total, bool isExact, const QLocale &locale = QLocale());

/// How many digits stand behind the point of a plain decimal text.
[[nodiscard]] int decimalsOf(const QString &decimal);
/// Zeros added behind, so that two amounts of one coin line up; nothing is ever cut.
[[nodiscard]] QString padDecimals(const QString &decimal, int decimals);
/// received - expected with a sign: "0", "+5.00", U+2212 "0.80". Empty when one is not known.
[[nodiscard]] QString formatDifference(const QString &received, const QString &expected);
/// The smallest number of decimals that shows an amount of this coin well.
[[nodiscard]] int usualDecimals(const QString &coin);

struct CoinWords {
    QString symbol;  // "USDT"
    QString network; // "TRC-20"
};
[[nodiscard]] CoinWords coinWords(const QString &coin);

/// "14:40:52" and, for another day than today, "11-18" (another year: "2025-11-18").
struct MomentWords {
    QString date;
    QString time;
};
[[nodiscard]] MomentWords formatMoment(Timestamp moment, Timestamp now, const QTimeZone &zone);
/// "2026-11-20 14:42:07".
[[nodiscard]] QString formatFullMoment(Timestamp moment, const QTimeZone &zone);
/// "34 s", "5 min", "68 min", "5 h", "3 d".
[[nodiscard]] QString formatAge(std::chrono::seconds age);

/// What happened, in a sentence for staff; never the detail of the error.
[[nodiscard]] QString sentenceOf(core::ErrorCode code);

} // namespace ui
