#pragma once

#include "core/clock.h"

namespace guards {

struct Policy;

/// How far a customer is trusted; the limits are the policy's.
enum class Tier {
    New,
    Regular,
    Business,
};

/// As stored: "new".
[[nodiscard]] QString nameOf(Tier tier);
/// Absent: no such tier.
[[nodiscard]] std::optional<Tier> tierNamed(const QString &name);

/// What a customer has shown so far.
struct Standing {
    Timestamp since;
    int answeredCalls = 0;
    int complaints = 0;
    bool isBusiness = false; // set by a person, with the business name and purpose on file
};

[[nodiscard]] Tier earnedTier(const Standing &standing, const Policy &policy, Timestamp now);

} // namespace guards
