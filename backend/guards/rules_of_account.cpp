#include "guards/rules.h"

#include <algorithm>

namespace guards {

using language::Key;
using namespace language::literals;
using std::chrono::seconds;

namespace {

constexpr int kSecondsAMinute = 60;
constexpr qint64 kMicrosACent = 10'000;
constexpr int kPercent = 100;

struct Objection {
    Ruling ruling = Ruling::Refuse;
    language::Text text;
};

Objection refusal(Key key, std::optional<int> limit = {})
{
    language::Text text{.key = std::move(key)};
    if (limit)
        text.arguments.set(QStringLiteral("limit"), qint64(*limit));
    return {.ruling = Ruling::Refuse, .text = std::move(text)};
}

/// What a rule found: the objection, or that all is well.
Finding finding(Rule rule, const std::optional<Objection> &objection, Key good)
{
    if (objection)
        return {.rule = rule, .ruling = objection->ruling, .text = objection->text};
    return {.rule = rule, .ruling = Ruling::Allow, .text = {.key = std::move(good)}};
}

std::optional<Objection> objectionToCampaign(const Campaign &campaign, const TierLimits &limits)
{
    if (limits.recipientsOfCampaign == 0)
        return refusal("guard.tier.no_campaigns"_key);
    if (campaign.recipients > limits.recipientsOfCampaign)
        return refusal("guard.tier.recipients"_key, limits.recipientsOfCampaign);
    if (limits.needsOwnContacts && !campaign.hasOnlyOwnContacts)
        return refusal("guard.tier.contacts"_key);
    if (limits.needsConsentProof && !campaign.hasConsentProof)
        return refusal("guard.tier.proof"_key);
    if (limits.needsReviewOfFirst && campaign.isFirst && !campaign.isApproved)
        return Objection{.ruling = Ruling::Review, .text = {.key = "guard.tier.review"_key}};
    return std::nullopt;
}

std::optional<Objection> objectionOfTier(const Case &call)
{
    const TierLimits &limits = call.policy.limits(call.facts.tier);
    if (call.request.campaign)
        return objectionToCampaign(*call.request.campaign, limits);
    if (limits.newDestinationsADay && call.facts.isNewDestination &&
        call.facts.newDestinationsInDay >= *limits.newDestinationsADay)
        return refusal("guard.tier.destinations"_key, *limits.newDestinationsADay);
    return std::nullopt;
}

std::optional<Objection> objectionOfPace(const Case &call)
{
    const TierLimits &limits = call.policy.limits(call.facts.tier);
    if (call.facts.callsToDestinationInDay >= call.policy.callsADayToDestination)
        return refusal("guard.pace.destination"_key);
    if (call.request.campaign) // its own pace is the campaign's
        return std::nullopt;
    if (call.facts.callsInDay >= limits.callsADay)
        return refusal("guard.pace.day"_key, limits.callsADay);
    if (call.facts.callsInHour >= limits.callsAnHour)
        return refusal("guard.pace.hour"_key, limits.callsAnHour);
    return std::nullopt;
}

int ourLines(const Case &call)
{
    return int(qint64(call.facts.providerCallsMax) * call.policy.providerSharePercent / kPercent);
}

std::optional<Objection> objectionOfLines(const Case &call)
{
    const TierLimits &limits = call.policy.limits(call.facts.tier);
    const bool isRegionFull =
        limits.isRegionCapped && call.facts.liveCallsInRegion >= call.policy.callsAtOnceInRegion;
    if (call.facts.liveCallsOfCustomer >= limits.callsAtOnce)
        return Objection{.ruling = Ruling::Queue, .text = {.key = "guard.lines.yours"_key}};
    if (isRegionFull || call.facts.liveCalls >= ourLines(call))
        return Objection{.ruling = Ruling::Queue, .text = {.key = "guard.lines.busy"_key}};
    return std::nullopt;
}

Money charge(const Facts &facts, seconds paid)
{
    return facts.ratePerMinute.timesRatioUp(paid.count(), kSecondsAMinute);
}

/// What the money that is left after the fee pays for, but not more than `most`: so that an
/// enormous balance or a tiny rate cannot overflow.
seconds affordable(const Facts &facts, seconds most)
{
    if (facts.available < facts.fee)
        return seconds(0);
    const Money left = facts.available - facts.fee;
    if (left >= charge(facts, most))
        return most;
    return seconds(left.timesRatioDown(kSecondsAMinute, facts.ratePerMinute.micros()).micros());
}

/// For the shortest call that is placed; whole cents, since nobody tops up less.
Money missing(const Case &call)
{
    const seconds paid = std::max(seconds(0), call.policy.shortestCall - call.facts.allowance);
    const Money wanted = charge(call.facts, paid) + call.facts.fee - call.facts.available;
    return Money::fromMicros((wanted.micros() + kMicrosACent - 1) / kMicrosACent * kMicrosACent);
}

language::Text moneyText(const Allotment &allotment)
{
    if (allotment.hold.isZero())
        return {.key = "guard.money.plan"_key};
    return {.key = "guard.money.good"_key, .arguments = {{"hold", allotment.hold}}};
}

} // namespace

seconds longestAllowed(const Case &call)
{
    const seconds limit = call.policy.limits(call.facts.tier).longestCall;
    return std::clamp(call.request.longest.value_or(limit), call.policy.shortestCall, limit);
}

Allotment allot(const Facts &facts, seconds longest)
{
    if (facts.available < facts.fee)
        return {};
    const seconds fromAllowance = std::min(longest, facts.allowance);
    const seconds paid = affordable(facts, longest - fromAllowance);
    return {.longest = fromAllowance + paid,
            .fromAllowance = fromAllowance,
            .hold = charge(facts, paid) + facts.fee};
}

Finding judgeTier(const Case &call)
{
    const TierLimits &limits = call.policy.limits(call.facts.tier);
    Finding made = finding(Rule::Tier, objectionOfTier(call), "guard.tier.good"_key);
    made.seen = {{"tier", nameOf(call.facts.tier)},
                 {"new_destinations", call.facts.newDestinationsInDay},
                 {"is_new", call.facts.isNewDestination}};
    made.limit = {{"longest_s", limits.longestCall.count()},
                  {"recipients", limits.recipientsOfCampaign}};
    if (limits.newDestinationsADay)
        made.limit["new_destinations"] = *limits.newDestinationsADay;
    if (call.request.campaign)
        made.seen["recipients"] = call.request.campaign->recipients;
    return made;
}

Finding judgePace(const Case &call)
{
    const TierLimits &limits = call.policy.limits(call.facts.tier);
    Finding made = finding(Rule::Pace, objectionOfPace(call), "guard.pace.good"_key);
    made.seen = {{"hour", call.facts.callsInHour},
                 {"day", call.facts.callsInDay},
                 {"destination", call.facts.callsToDestinationInDay}};
    made.limit = {{"hour", limits.callsAnHour},
                  {"day", limits.callsADay},
                  {"destination", call.policy.callsADayToDestination}};
    return made;
}

Finding judgeLines(const Case &call)
{
    const TierLimits &limits = call.policy.limits(call.facts.tier);
    Finding made = finding(Rule::Lines, objectionOfLines(call), "guard.lines.good"_key);
    made.seen = {{"customer", call.facts.liveCallsOfCustomer},
                 {"region", call.facts.liveCallsInRegion},
                 {"all", call.facts.liveCalls}};
    made.limit = {{"customer", limits.callsAtOnce}, {"all", ourLines(call)}};
    if (limits.isRegionCapped)
        made.limit["region"] = call.policy.callsAtOnceInRegion;
    if (made.ruling == Ruling::Queue)
        made.until = call.facts.now + call.policy.askAgain;
    return made;
}

Finding judgeMoney(const Case &call)
{
    const Allotment allotment = allot(call.facts, longestAllowed(call));
    const bool isEnough = allotment.longest >= call.policy.shortestCall;
    Finding made{.rule = Rule::Money,
                 .ruling = isEnough ? Ruling::Allow : Ruling::Refuse,
                 .text = moneyText(allotment),
                 .seen = {{"available_micros", call.facts.available.micros()},
                          {"rate_micros_per_minute", call.facts.ratePerMinute.micros()},
                          {"fee_micros", call.facts.fee.micros()},
                          {"allowance_s", call.facts.allowance.count()},
                          {"longest_s", allotment.longest.count()}},
                 .limit = {{"shortest_s", call.policy.shortestCall.count()}}};
    if (!isEnough)
        made.text = {.key = "guard.money.short"_key, .arguments = {{"amount", missing(call)}}};
    return made;
}

} // namespace guards
