#pragma once

#include "core/result.h"

#include <QString>

#include <compare>

namespace core {

/// A non-negative amount of some coin, exactly as the provider wrote it. Shown, and compared with
/// another amount of the same coin; never added, and never turned into money.
class Decimal {
public:
    Decimal() = default;
    /// "0.60241", "25", "3.1e-7": at most 12 digits before the point. Digits beyond 18 after it
    /// are cut off, towards zero: JavaScript prints up to 20.
    [[nodiscard]] static Result<Decimal> parse(QStringView text);

    [[nodiscard]] bool isZero() const { return m_mantissa == 0; }
    /// this / other in parts per billion, rounded down; 0 when other is 0. Capped at 10^18.
    [[nodiscard]] qint64 partsPerBillionOf(const Decimal &other) const;
    /// Without trailing zeros and exponent: "0.60241".
    [[nodiscard]] QString toString() const;

    friend bool operator==(const Decimal &, const Decimal &) = default;
    friend auto operator<=>(const Decimal &left, const Decimal &right)
    {
        return left.m_mantissa <=> right.m_mantissa;
    }
    /// What is missing or too much: |left - right|.
    [[nodiscard]] static Decimal distance(const Decimal &left, const Decimal &right);

private:
    __int128 m_mantissa = 0; // in units of 10^-18
};

} // namespace core
