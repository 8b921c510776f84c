#pragma once

#include "core/json.h"
#include "guards/tier.h"

#include <array>
#include <chrono>
#include <map>
#include <set>
#include <vector>

namespace guards {

/// From the first minute of the day to before the other; equal: closed all day.
struct Window {
    std::chrono::minutes opens{0};
    std::chrono::minutes closes{0};
    friend bool operator==(const Window &, const Window &) = default;
};

/// When people may be called, by their own clock.
struct WeekHours {
    Window weekday;
    Window saturday;
    Window sunday;
    /// 1 is Monday, as in QDate.
    [[nodiscard]] const Window &on(int dayOfWeek) const;
    friend bool operator==(const WeekHours &, const WeekHours &) = default;
};

struct TierLimits {
    int callsAnHour = 0; // outside campaigns
    int callsADay = 0;
    std::optional<int> newDestinationsADay; // outside campaigns; absent: no limit
    int callsAtOnce = 0;
    std::chrono::seconds longestCall{0};
    int recipientsOfCampaign = 0; // zero: no campaigns
    bool needsOwnContacts = false;
    bool needsConsentProof = false;
    bool needsReviewOfFirst = false;
    bool isRegionCapped = true; // counts towards callsAtOnceInRegion
};

/// Numbers that are known to exist although the metadata, older than they are, calls them invalid.
struct KnownRange {
    QString prefix; // "+1839"
    QString region; // "US"
};

/// All figures of the guards. A change is a new version; a verdict says which one it was judged by.
struct Policy {
    qint64 version = 0;
    std::set<QString> regions; // that are called
    std::vector<KnownRange> knownRanges;
    WeekHours usualHours;
    std::map<QString, WeekHours> hoursOfRegion;
    int callsADayToDestination = 0; // of all customers together
    int callsAtOnceInRegion = 0;
    int providerSharePercent = 0;         // of the provider's limit; the rest is kept for others
    std::chrono::seconds askAgain{0};     // when all lines are busy
    std::chrono::seconds shortestCall{0}; // that the money must be enough for
    std::chrono::hours ageOfRegular{0};
    int answeredCallsOfRegular = 0;
    std::array<TierLimits, 3> tiers;

    [[nodiscard]] const TierLimits &limits(Tier tier) const { return tiers[size_t(tier)]; }
    [[nodiscard]] const WeekHours &hours(const QString &region) const;
};

/// Errors: BadInput, naming what is missing or out of range. A figure that is absent is no limit
/// of zero and no missing limit: the policy is refused.
[[nodiscard]] Result<Policy> policyFromJson(const Json &json);

/// resources/guards/policy.json: what is in force until an operator changes it.
[[nodiscard]] const Policy &shippedPolicy();

} // namespace guards
