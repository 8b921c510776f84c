#pragma once

#include "core/clock.h"
#include "core/money.h"

#include <optional>

namespace subscriptions {

/// Whole days of 24 hours in UTC: no month end, leap day or summer time moves the end of a period.
[[nodiscard]] Timestamp periodEnd(Timestamp start, int days);

/// A period follows the one before it without a gap when it is paid within the hour; when it is
/// paid later it begins with the payment, since the customer had no plan meanwhile.
[[nodiscard]] Timestamp renewalStart(Timestamp previousEnd, Timestamp now);

/// When the renewal of a plan whose balance was short is tried again: 6, 24 and 48 hours after the
/// first try. Absent: not any more.
[[nodiscard]] std::optional<Timestamp> nextTry(Timestamp graceSince, Timestamp now);

/// A period that is left before its end.
struct Unused {
    Money paid; // for the whole period
    int days = 0;
    Timestamp endsAt;
    std::chrono::seconds granted{0};
    std::chrono::seconds left{0}; // neither used nor held by a call
};
/// What a change of plan gives back: the part of the price that whole unused days are of all days,
/// but no more than the part that unused seconds are of all seconds, rounded down to a
/// micro-dollar.
[[nodiscard]] Money creditOf(const Unused &unused, Timestamp now);

} // namespace subscriptions
