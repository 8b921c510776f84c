#include "guards/judge.h"

#include "core/assert.h"
#include "guards/rules.h"

#include <algorithm>
#include <array>

namespace guards {

namespace {

using JudgeRule = Finding (*)(const Case &);

constexpr std::array<JudgeRule, kRulesCount> kRules = {
    judgeNumber, judgeLine,  judgeRegion, judgeHours,      judgeDoNotCall, judgeTier,
    judgePace,   judgeLines, judgeMoney,  judgeDisclosure, judgeCallerId,  judgeStop,
};

constexpr qsizetype kDigitsMin = 8; // of a known range, with the calling code
constexpr qsizetype kDigitsMax = 15;

bool isDecisive(const Finding &finding, const Verdict &verdict)
{
    return finding.ruling == verdict.ruling;
}

/// To be asked again when the last of the reasons to wait is gone.
std::optional<Timestamp> latest(const Verdict &verdict)
{
    std::optional<Timestamp> until;
    for (const Finding &each : verdict.findings) {
        if (isDecisive(each, verdict) && each.until)
            until = std::max(until.value_or(*each.until), *each.until);
    }
    return until;
}

} // namespace

Number destinationOf(const CallRequest &request, const Policy &policy)
{
    Number number = readNumber(request.to);
    // What is dialled must be what was judged, to the letter.
    if (number.e164 != request.to)
        number.isValid = false;
    if (number.isValid || number.e164 != request.to || number.kind != LineKind::Unknown)
        return number;
    const qsizetype digits = number.e164.size() - 1;
    for (const KnownRange &range : policy.knownRanges) {
        if (number.e164.startsWith(range.prefix) && digits >= kDigitsMin && digits <= kDigitsMax) {
            number.isValid = true;
            number.region = range.region;
        }
    }
    return number;
}

Verdict judge(const CallRequest &request, const Facts &facts, const Policy &policy)
{
    const Case call{request, facts, policy, destinationOf(request, policy)};
    Verdict verdict{.ruling = Ruling::Allow,
                    .until = {},
                    .findings = {},
                    .allotment = allot(facts, longestAllowed(call)),
                    .region = call.number.region,
                    .policyVersion = policy.version,
                    .judgedAt = facts.now};
    for (const JudgeRule rule : kRules) {
        verdict.findings.push_back(rule(call));
        CORE_ASSERT(size_t(verdict.findings.back().rule) + 1 == verdict.findings.size());
        verdict.ruling = std::max(verdict.ruling, verdict.findings.back().ruling);
    }
    if (verdict.ruling == Ruling::Queue)
        verdict.until = latest(verdict);
    return verdict;
}

} // namespace guards
