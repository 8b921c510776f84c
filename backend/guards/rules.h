#pragma once

#include "guards/facts.h"
#include "guards/number.h"
#include "guards/policy.h"
#include "guards/verdict.h"

namespace guards {

/// All that a rule may look at.
struct Case {
    const CallRequest &request;
    const Facts &facts;
    const Policy &policy;
    Number number;
};

// Each answers for its Rule; what it looks at is in facts.h. Only judge.cpp calls them.
[[nodiscard]] Finding judgeNumber(const Case &call);
[[nodiscard]] Finding judgeLine(const Case &call);
[[nodiscard]] Finding judgeRegion(const Case &call);
[[nodiscard]] Finding judgeHours(const Case &call);
[[nodiscard]] Finding judgeDoNotCall(const Case &call);
[[nodiscard]] Finding judgeTier(const Case &call);
[[nodiscard]] Finding judgePace(const Case &call);
[[nodiscard]] Finding judgeLines(const Case &call);
[[nodiscard]] Finding judgeMoney(const Case &call);
[[nodiscard]] Finding judgeDisclosure(const Case &call);
[[nodiscard]] Finding judgeCallerId(const Case &call);
[[nodiscard]] Finding judgeStop(const Case &call);

[[nodiscard]] Allotment allot(const Facts &facts, std::chrono::seconds longest);
/// What is asked for, between the shortest call of all and the longest of the tier.
[[nodiscard]] std::chrono::seconds longestAllowed(const Case &call);

} // namespace guards
