#include "subscriptions/plan_rules.h"

#include <algorithm>
#include <array>

namespace subscriptions {

namespace {

using namespace std::chrono_literals;

constexpr auto kSeamless = 1h;
constexpr std::array<std::chrono::hours, 3> kTries = {6h, 24h, 48h};

} // namespace

Timestamp periodEnd(Timestamp start, int days)
{
    return start + std::chrono::days(days);
}

Timestamp renewalStart(Timestamp previousEnd, Timestamp now)
{
    return now <= previousEnd + kSeamless ? previousEnd : now;
}

std::optional<Timestamp> nextTry(Timestamp graceSince, Timestamp now)
{
    for (const std::chrono::hours after : kTries) {
        if (graceSince + after > now)
            return graceSince + after;
    }
    return std::nullopt;
}

Money creditOf(const Unused &unused, Timestamp now)
{
    if (now >= unused.endsAt || unused.days <= 0 || unused.left < 0s)
        return {};
    const qint64 daysLeft = std::min<qint64>(
        unused.days, std::chrono::floor<std::chrono::days>(unused.endsAt - now).count());
    const Money byDays = unused.paid.timesRatioDown(daysLeft, unused.days);
    if (unused.granted <= 0s)
        return byDays;
    const qint64 secondsLeft = std::min(unused.left, unused.granted).count();
    return std::min(byDays, unused.paid.timesRatioDown(secondsLeft, unused.granted.count()));
}

} // namespace subscriptions
