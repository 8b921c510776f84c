#include "deposits/amount_rule.h"

namespace deposits {

namespace {

constexpr qint64 kBillion = 1'000'000'000; // ratios are in parts per billion
constexpr qint64 kFullFrom = 980'000'000;
constexpr qint64 kFullTo = 1'020'000'000;
const Money kSmallestPartialCredit = Money::fromCents(1'00);
const Money kLargestUnknownCredit = Money::fromCents(20'00);

} // namespace

Decision decide(Rule rule, Money requested, const std::optional<core::Decimal> &expected,
                const std::optional<core::Decimal> &received)
{
    if (rule == Rule::Strict)
        return {Verdict::Full, requested, {}};
    if (!expected || expected->isZero() || !received) {
        if (requested > kLargestUnknownCredit)
            return {Verdict::UnknownLarge, {}, {}};
        return {Verdict::UnknownSmall, requested, {}};
    }
    const qint64 ratio = received->partsPerBillionOf(*expected);
    if (ratio >= kFullFrom && ratio <= kFullTo)
        return {Verdict::Full, requested, {}};
    if (ratio > kFullTo) {
        // Capped, so that an absurd figure cannot overflow: beyond it a person decides anyway.
        const qint64 beyond = std::min(ratio - kBillion, 1000 * kBillion);
        return {Verdict::Overpaid, requested,
                requested.timesRatioDown(beyond, kBillion).roundedDownToCents()};
    }
    const Money part = requested.timesRatioDown(ratio, kBillion).roundedDownToCents();
    if (part < kSmallestPartialCredit)
        return {Verdict::TooLittle, {}, {}};
    return {Verdict::Partial, part, {}};
}

} // namespace deposits
