#pragma once

#include "core/result.h"

#include <QString>

#include <compare>

namespace core {

/// A signed amount of whole micro-dollars: 1 USD is 1,000,000. Never a double.
/// Sums that leave the 64-bit range abort: no true amount comes near, so it can only be our own
/// error. Amounts from outside come through fromCents, parse and timesRatio, which check.
class Money {
public:
    constexpr Money() = default;
    [[nodiscard]] static constexpr Money fromMicros(qint64 micros) { return Money(micros); }
    [[nodiscard]] static Money fromCents(qint64 cents);
    /// "25", "25.5", "-0.000001": a dot, at most six decimals, nothing else.
    [[nodiscard]] static Result<Money> parse(QStringView usd);

    [[nodiscard]] constexpr qint64 micros() const { return m_micros; }
    [[nodiscard]] constexpr bool isZero() const { return m_micros == 0; }
    [[nodiscard]] constexpr bool isNegative() const { return m_micros < 0; }
    [[nodiscard]] constexpr bool isPositive() const { return m_micros > 0; }

    /// this x numerator / denominator, rounded towards minus infinity or plus infinity.
    [[nodiscard]] Money timesRatioDown(qint64 numerator, qint64 denominator) const;
    [[nodiscard]] Money timesRatioUp(qint64 numerator, qint64 denominator) const;
    /// Towards zero, to whole cents: what a proportional credit is rounded to.
    [[nodiscard]] Money roundedDownToCents() const;

    /// Plain decimal with two to six decimals: "25.00", "0.583334". For JSON and logs; screens use
    /// formatting.
    [[nodiscard]] QString toString() const;

    friend constexpr auto operator<=>(const Money &, const Money &) = default;
    friend Money operator+(Money left, Money right);
    friend Money operator-(Money left, Money right);
    friend Money operator-(Money amount);
    Money &operator+=(Money other) { return *this = *this + other; }
    Money &operator-=(Money other) { return *this = *this - other; }

private:
    explicit constexpr Money(qint64 micros)
        : m_micros(micros)
    {
    }
    qint64 m_micros = 0;
};

} // namespace core

using core::Money;
