#include "deposits/amount_rule.h"

#include <algorithm>

namespace deposits {

namespace {

constexpr qint64 kBillion = 1'000'000'000;   // ratios are in parts per billion
constexpr qint64 kDisputedFrom = 20'000'000; // between two reports
constexpr qint64 kRateTolerance = 50'000'000;
const Money kSmallestPartialCredit = Money::fromCents(1'00);
const Money kLargestUnknownCredit = Money::fromCents(20'00);

Decision overpaid(Money requested, qint64 ratio)
{
    // Capped, so that an absurd figure cannot overflow: beyond it a person decides anyway.
    const qint64 beyond = std::min(ratio - kBillion, 1000 * kBillion);
    return {.verdict = Verdict::Overpaid,
            .credit = requested,
            .excess = requested.timesRatioDown(beyond, kBillion).roundedDownToCents()};
}

/// By itself only what the lowest report has as well.
Decision withSmallExcess(const Decision &least, const Decision &most, Money upTo)
{
    if (most.excess > upTo || !least.excess.isPositive())
        return most;
    return {.verdict = Verdict::OverpaidWhole, .credit = least.credit + least.excess, .excess = {}};
}

} // namespace

Decision decide(Rule rule, Money requested, const Arrival &arrival, const Tolerance &tolerance)
{
    if (rule == Rule::Strict)
        return {.verdict = Verdict::Full, .credit = requested, .excess = {}};
    if (!arrival.expected || arrival.expected->isZero() || !arrival.received) {
        if (requested > kLargestUnknownCredit)
            return {};
        return {.verdict = Verdict::UnknownSmall, .credit = requested, .excess = {}};
    }
    const qint64 ratio = arrival.received->partsPerBillionOf(*arrival.expected);
    const qint64 most =
        arrival.most ? std::max(ratio, arrival.most->partsPerBillionOf(*arrival.expected)) : ratio;
    if (ratio >= tolerance.from && most <= tolerance.to)
        return {.verdict = Verdict::Full, .credit = requested, .excess = {}};
    // The excess by the highest report: none of it may go unseen.
    if (ratio >= tolerance.from && ratio > tolerance.to && most - ratio <= kDisputedFrom)
        return withSmallExcess(overpaid(requested, ratio), overpaid(requested, most),
                               tolerance.excessUpTo);
    if (ratio >= tolerance.from)
        return overpaid(requested, most);
    const Money part = requested.timesRatioDown(ratio, kBillion).roundedDownToCents();
    const bool isTooLittle = part < kSmallestPartialCredit;
    return {.verdict = isTooLittle ? Verdict::TooLittle : Verdict::Partial,
            .credit = isTooLittle ? Money() : part,
            .excess = {},
            .isDisputed = most - ratio > kDisputedFrom};
}

bool isRateOff(Money requested, const std::optional<core::Decimal> &expected,
               const std::optional<core::Decimal> &usdPerCoin)
{
    const auto usd = core::Decimal::parse(requested.toString());
    const auto one = core::Decimal::parse(u"1");
    if (!usd || !one || !expected || expected->isZero() || !usdPerCoin || usdPerCoin->isZero())
        return false;
    const qint64 asked = usd->partsPerBillionOf(*expected); // USD a coin, when it was asked for
    const qint64 told = usdPerCoin->partsPerBillionOf(*one);
    // Widened: a coin may be worth many dollars, and these are billionths of one.
    const auto difference = static_cast<__int128>(told > asked ? told - asked : asked - told);
    return difference * kBillion > static_cast<__int128>(asked) * kRateTolerance;
}

} // namespace deposits
