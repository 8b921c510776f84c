#include "guards/verdict.h"

#include "guards/members.h"

#include <algorithm>
#include <array>

namespace guards {

namespace {

constexpr int kVersion = 1;

constexpr std::array<const char *, kRulesCount> kCodes = {
    "G01", "G02", "G03", "G05", "G06", "G08", "G09", "G10", "G11", "G17", "G18", "G22",
};

std::optional<Ruling> rulingNamed(const QString &name)
{
    using enum Ruling;
    for (const Ruling each : {NotJudged, Allow, Queue, Review, Refuse}) {
        if (nameOf(each) == name)
            return each;
    }
    return std::nullopt;
}

Ruling rulingIn(Members &members)
{
    const auto ruling = rulingNamed(members.text("ruling"));
    if (!ruling)
        members.refuse("ruling");
    return ruling.value_or(Ruling::Refuse);
}

Json toJson(const Finding &finding)
{
    Json json = {{"rule", codeOf(finding.rule)},
                 {"ruling", nameOf(finding.ruling)},
                 {"text", language::toJson(finding.text)},
                 {"seen", finding.seen},
                 {"limit", finding.limit}};
    if (finding.until)
        json["until"] = core::toIso(*finding.until);
    return json;
}

Result<Finding> findingFromJson(const Json &json, Rule rule)
{
    Members members(json);
    if (members.text("rule") != codeOf(rule))
        members.refuse("rule");
    const Ruling ruling = rulingIn(members);
    auto text = language::textFromJson(members.object("text"));
    if (!text)
        return failure(text.error());
    Finding finding{.rule = rule,
                    .ruling = ruling,
                    .text = std::move(*text),
                    .seen = members.object("seen"),
                    .limit = members.object("limit"),
                    .until = members.timeIfAny("until")};
    if (!members.isGood())
        return members.problem();
    return finding;
}

Result<std::vector<Finding>> findingsFromJson(const Json &list)
{
    std::vector<Finding> findings;
    for (size_t i = 0; i < kRulesCount; ++i) {
        auto finding = findingFromJson(i < list.size() ? list[i] : Json(), Rule(i));
        if (!finding)
            return failure(finding.error());
        findings.push_back(std::move(*finding));
    }
    return findings;
}

} // namespace

QString codeOf(Rule rule)
{
    return QLatin1String(kCodes[size_t(rule)]);
}

QString nameOf(Ruling ruling)
{
    switch (ruling) {
    case Ruling::NotJudged: return QStringLiteral("not_judged");
    case Ruling::Allow: return QStringLiteral("allow");
    case Ruling::Queue: return QStringLiteral("queue");
    case Ruling::Review: return QStringLiteral("review");
    case Ruling::Refuse: return QStringLiteral("refuse");
    }
    Q_UNREACHABLE();
}

std::vector<Finding> Verdict::obstacles() const
{
    std::vector<Finding> found;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(found),
                 [](const Finding &each) { return each.ruling > Ruling::Allow; });
    std::stable_sort(found.begin(), found.end(), [](const Finding &left, const Finding &right) {
        return left.ruling > right.ruling;
    });
    return found;
}

Json toJson(const Verdict &verdict)
{
    Json findings = Json::array();
    for (const Finding &each : verdict.findings)
        findings.push_back(toJson(each));
    Json json = {{"v", kVersion},
                 {"ruling", nameOf(verdict.ruling)},
                 {"findings", findings},
                 {"longest_s", verdict.allotment.longest.count()},
                 {"allowance_s", verdict.allotment.fromAllowance.count()},
                 {"hold_micros", verdict.allotment.hold.micros()},
                 {"region", verdict.region},
                 {"policy", verdict.policyVersion},
                 {"judged_at", core::toIso(verdict.judgedAt)}};
    if (verdict.until)
        json["until"] = core::toIso(*verdict.until);
    return json;
}

Result<Verdict> verdictFromJson(const Json &json)
{
    Members members(json);
    if (members.count("v") != kVersion)
        members.refuse("v");
    Verdict verdict{.ruling = rulingIn(members),
                    .until = members.timeIfAny("until"),
                    .findings = {},
                    .allotment = {.longest = members.seconds("longest_s"),
                                  .fromAllowance = members.seconds("allowance_s"),
                                  .hold = members.amount("hold_micros")},
                    .region = members.text("region"),
                    .policyVersion = members.whole("policy"),
                    .judgedAt = members.time("judged_at")};
    const Json &list = members.list("findings");
    if (list.size() != kRulesCount)
        members.refuse("findings");
    if (!members.isGood())
        return members.problem();
    return findingsFromJson(list).map([&](std::vector<Finding> findings) {
        verdict.findings = std::move(findings);
        return verdict;
    });
}

} // namespace guards
