#pragma once

#include "core/json.h"
#include "core/money.h"
#include "language/text.h"

#include <vector>

namespace guards {

/// In the order of the findings of a verdict. The codes are those that staff and records use.
enum class Rule {
    Number,     // G01: it is a number, complete and valid
    Line,       // G02: of people, not of emergency services, premium lines, satellites
    Region,     // G03: we call there
    Hours,      // G05: not in quiet hours, wherever the number may be
    DoNotCall,  // G06
    Tier,       // G08: what the account may do at all
    Pace,       // G09: how often
    Lines,      // G10: how many at once
    Money,      // G11: enough for a short call
    Disclosure, // G17: says first that an AI speaks
    CallerId,   // G18: shows a number of ours
    Stop,       // G22: the stop switch is off
};
constexpr int kRulesCount = int(Rule::Stop) + 1;

/// "G05"
[[nodiscard]] QString codeOf(Rule rule);

/// The highest of all findings is the verdict.
enum class Ruling {
    NotJudged, // cannot be, because the number is not valid
    Allow,
    Queue,  // may be placed later
    Review, // a person decides
    Refuse,
};

/// As stored: "queue".
[[nodiscard]] QString nameOf(Ruling ruling);

/// What one rule says. `seen` and `limit` are figures and names for staff, without the number.
struct Finding {
    Rule rule = Rule::Number;
    Ruling ruling = Ruling::Refuse;
    language::Text text; // for the customer
    Json seen = Json::object();
    Json limit = Json::object();
    std::optional<Timestamp> until = {}; // Queue: when to ask again
    friend bool operator==(const Finding &, const Finding &) = default;
};

/// How long the call may last, and what is held for it.
struct Allotment {
    std::chrono::seconds longest{0};
    std::chrono::seconds fromAllowance{0}; // of these, seconds of the plan
    Money hold;                            // for the rest, and the fee
    friend bool operator==(const Allotment &, const Allotment &) = default;
};

/// Stored with the call; nothing is dialled without one.
struct Verdict {
    Ruling ruling = Ruling::Refuse;
    std::optional<Timestamp> until = {}; // Queue: when to judge again
    std::vector<Finding> findings;       // one a rule
    Allotment allotment;                 // counts only with Allow
    QString region;                      // of the number; empty: unknown
    qint64 policyVersion = 0;
    Timestamp judgedAt;

    [[nodiscard]] bool isAllowed() const { return ruling == Ruling::Allow; }
    [[nodiscard]] const Finding &finding(Rule rule) const { return findings[size_t(rule)]; }
    /// What stands against the call, the most serious first; empty when it is allowed.
    [[nodiscard]] std::vector<Finding> obstacles() const;
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

[[nodiscard]] Json toJson(const Verdict &verdict);
/// Errors: BadInput when it is no stored verdict.
[[nodiscard]] Result<Verdict> verdictFromJson(const Json &json);

} // namespace guards
