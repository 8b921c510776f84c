#pragma once

#include <QStringList>

#include <algorithm>
#include <array>
#include <vector>

/// What the simulator can do with a deposit, and what is credited by the rule.
namespace tests::deposit_scenarios {

inline constexpr qint64 kAskedMicros = 25'000'000;

/// What the provider says when it is asked.
enum class Answer {
    Tells,
    TellsByAddressOnly,
    Never, // an error, silence, or that nothing came
};

/// Facts only: what is credited follows from them, see creditFor.
struct Scenario {
    const char *name;
    QStringList steps;
    int arrived = 1000; // in thousandths of what was asked for: all that came and was settled
    int told = 1000;    // all that webhooks say
    int toldOfOld = 0;  // of the old generation, where that is another figure
    bool newTells =
        true; // a webhook of the new generation says that it is paid, or asks us to look
    bool oldTells = true; // the old generation tells the end only
    Answer answer = Answer::Tells;
    bool isRefusedOfNew = false; // its webhooks contradict the deposit or cannot be read
    bool isRefusedOfOld = false;
    bool isSimulated = false;
    bool isNeverSigned = false;
};

inline QStringList steps(std::initializer_list<const char *> names)
{
    QStringList list;
    for (const char *name : names)
        list << QString::fromLatin1(name);
    return list;
}

inline const std::vector<Scenario> &paid()
{
    static const std::vector<Scenario> all = {
        {.name = "exact", .steps = steps({"exact"})},
        {.name = "98.5 %", .steps = steps({"under(0.985)"}), .arrived = 985, .told = 985},
        {.name = "97 %", .steps = steps({"under(0.97)"}), .arrived = 970, .told = 970},
        {.name = "6 %", .steps = steps({"under(0.06)"}), .arrived = 60, .told = 60},
        {.name = "6 %, and the status repeats what was asked",
         .steps = steps({"status_api=optimistic", "under(0.06)"}),
         .arrived = 60,
         .told = 60},
        {.name = "3 %", .steps = steps({"under(0.03)"}), .arrived = 30, .told = 30},
        {.name = "102 %", .steps = steps({"over(1.02)"}), .arrived = 1020, .told = 1020},
        {.name = "double", .steps = steps({"over(2)"}), .arrived = 2000, .told = 2000},
        {.name = "half, and the status repeats what was asked",
         .steps = steps({"status_api=optimistic", "under(0.5)"}),
         .arrived = 500,
         .told = 500},
        // The old generation tells of the second part alone.
        {.name = "two parts", .steps = steps({"two_part(0.5,0.5)"}), .toldOfOld = 500},
        {.name = "two payments", .steps = steps({"two_payments(0.4,0.6)"}), .toldOfOld = 600},
        {.name = "late", .steps = steps({"late(2000)"})},
        {.name = "confirmed only", .steps = steps({"confirmed_only"}), .oldTells = false},
        {.name = "settled only", .steps = steps({"settled_only"})},
        {.name = "settled before confirmed", .steps = steps({"settled_before_confirmed"})},
        {.name = "settlement failed, then recovered",
         .steps = steps({"settlement_failed_then_recovered"}),
         .oldTells = false},
        {.name = "orphan of a known payment",
         .steps = steps({"orphan_recovery(known)"}),
         .oldTells = false},
        {.name = "orphan of an unknown payment",
         .steps = steps({"orphan_recovery(unknown)"}),
         .oldTells = false,
         .isRefusedOfNew = true},
        {.name = "three copies", .steps = steps({"duplicate(3)", "exact"})},
        {.name = "three copies with ids of their own",
         .steps = steps({"duplicate(3,new)", "exact"})},
        {.name = "replayed an hour later", .steps = steps({"exact", "ghost_replay(1)"})},
    };
    return all;
}

inline const std::vector<Scenario> &oddlyTold()
{
    static const std::vector<Scenario> all = {
        {.name = "metadata as text", .steps = steps({"meta=string", "exact"})},
        {.name = "metadata null", .steps = steps({"meta=null", "exact"})},
        {.name = "metadata absent", .steps = steps({"meta=absent", "exact"})},
        {.name = "metadata of another deposit",
         .steps = steps({"meta=foreign", "exact"}),
         .isRefusedOfNew = true,
         .isRefusedOfOld = true},
        {.name = "base amount as text", .steps = steps({"base_amount=string", "exact"})},
        {.name = "base amount null", .steps = steps({"base_amount=null", "exact"})},
        {.name = "base amount doubled, metadata right",
         .steps = steps({"base_amount=wrong", "exact"})},
        {.name = "base amount doubled, no metadata",
         .steps = steps({"meta=absent", "base_amount=wrong", "exact"}),
         .isRefusedOfNew = true,
         .isRefusedOfOld = true},
        {.name = "flat payload", .steps = steps({"legacy_flat", "exact"}), .isNeverSigned = true},
        {.name = "unknown status",
         .steps = steps({"unknown_status(frobnicated)", "exact"}),
         .oldTells = false},
        {.name = "wrong address",
         .steps = steps({"wrong_address", "exact"}),
         .isRefusedOfNew = true},
        {.name = "wrong currency",
         .steps = steps({"wrong_currency", "exact"}),
         .isRefusedOfNew = true,
         .isRefusedOfOld = true},
        {.name = "marked as simulated",
         .steps = steps({"simulated_flag", "exact"}),
         .isSimulated = true},
        {.name = "half a body",
         .steps = steps({"bad_json", "exact"}),
         .isRefusedOfNew = true,
         .isRefusedOfOld = true},
        {.name = "two megabytes", .steps = steps({"huge_body", "exact"}), .isRefusedOfNew = true},
        {.name = "the provider knows addresses only",
         .steps = steps({"status_api=404", "exact"}),
         .answer = Answer::TellsByAddressOnly},
        {.name = "the provider answers with an error",
         .steps = steps({"status_api=500", "exact"}),
         .answer = Answer::Never},
        {.name = "the provider does not answer",
         .steps = steps({"status_api=timeout", "exact"}),
         .answer = Answer::Never},
        {.name = "the provider says that nothing came",
         .steps = steps({"status_api=contradicts", "exact"}),
         .answer = Answer::Never},
        {.name = "never", .steps = steps({"never"}), .arrived = 0},
        {.name = "forged with an unknown token",
         .steps = steps({"forged_unknown_token"}),
         .arrived = 0},
        {.name = "forged with another's token",
         .steps = steps({"forged_other_token"}),
         .arrived = 0},
        {.name = "claimed as paid", .steps = steps({"forged_body"}), .arrived = 0},
    };
    return all;
}

struct Signing {
    const char *name;
    bool isTaken;
};
inline constexpr std::array kSignings = {
    Signing{"none", true},   Signing{"v1", true},          Signing{"v2", true},
    Signing{"both", true},   Signing{"rotated", true},     Signing{"wrong_secret", false},
    Signing{"stale", false}, Signing{"documented", false},
};

struct Row {
    const Scenario *scenario;
    bool isOld;
    Signing signing;
    [[nodiscard]] QString name() const
    {
        return QStringLiteral("%1, %2, %3")
            .arg(QLatin1String(scenario->name),
                 isOld ? QStringLiteral("old") : QStringLiteral("new"),
                 QLatin1String(signing.name));
    }
};

/// The old generation signs nothing, so there one way stands for all.
inline std::vector<Row> rows()
{
    std::vector<Row> all;
    for (const auto *scenarios : {&paid(), &oddlyTold()}) {
        for (const Scenario &scenario : *scenarios) {
            for (const Signing &signing : kSignings)
                all.push_back({&scenario, false, signing});
            all.push_back({&scenario, true, kSignings.front()});
        }
    }
    return all;
}

struct Credit {
    qint64 credited = 0;
    qint64 inSuspense = 0;
    bool isDisputed = false; // a person looks at the rest
};

/// The table of dynopay.md, section 8.1, for a deposit of 25 USD.
inline Credit byRatio(int thousandths)
{
    constexpr qint64 kCent = 10'000;
    constexpr qint64 kLeast = 1'000'000;
    if (thousandths > 1020)
        return {.credited = kAskedMicros, .inSuspense = kAskedMicros * (thousandths - 1000) / 1000};
    if (thousandths >= 980)
        return {.credited = kAskedMicros};
    const qint64 part = kAskedMicros * thousandths / 1000 / kCent * kCent;
    return {.credited = part < kLeast ? 0 : part};
}

inline Credit creditFor(const Row &row)
{
    const Scenario &facts = *row.scenario;
    const bool isProven = row.isOld || facts.isNeverSigned || row.signing.isTaken;
    const bool isRead = isProven && !(row.isOld ? facts.isRefusedOfOld : facts.isRefusedOfNew);
    if (facts.answer == Answer::Never || (facts.isSimulated && isProven))
        return {};
    // An address may serve somebody else: without a word that it was paid it proves nothing.
    const bool isByAddress = row.isOld || facts.answer == Answer::TellsByAddressOnly;
    if (isByAddress && !(isRead && (row.isOld ? facts.oldTells : facts.newTells)))
        return {};
    if (!isRead)
        return byRatio(facts.arrived);
    const int told = row.isOld && facts.toldOfOld > 0 ? facts.toldOfOld : facts.told;
    Credit credit = byRatio(std::min(facts.arrived, told));
    credit.isDisputed = told < facts.arrived;
    return credit;
}

} // namespace tests::deposit_scenarios
