#pragma once

#include "api/deposits.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/theme.h"

namespace ui {

/// How a deposit's state is written, drawn and searched for.
struct DepositStateWords {
    QString code; // as filters and the database name it
    QString word;
    QString iconName;
    Token tone = Token::Muted;
    bool needsPerson = false; // shown as a filled pill
};
[[nodiscard]] const DepositStateWords &wordsOf(api::DepositState state);

/// Nothing will change any more unless somebody does something.
[[nodiscard]] bool isFinal(api::DepositState state);
/// Money has been seen and is not credited yet: these may be slow or late.
[[nodiscard]] bool isUnderWay(api::DepositState state);
/// The values of the filter field `state`.
[[nodiscard]] QList<FilterWord> depositStateFilterWords();
/// The conditions that leave only states for which `keeps` is true.
template <typename Fn> [[nodiscard]] QList<api::FilterTerm> termsForStates(Fn keeps)
{
    QList<api::FilterTerm> terms;
    for (int i = 0; i <= int(api::DepositState::WrittenOff); ++i) {
        const auto state = static_cast<api::DepositState>(i);
        if (!keeps(state))
            terms.append({.field = QStringLiteral("state"),
                          .comparison = api::FilterTerm::Comparison::IsNot,
                          .value = wordsOf(state).code});
    }
    return terms;
}

/// "D-5521".
[[nodiscard]] QString depositName(DepositId id);

enum class Slowness {
    Fine,
    Slow, // over 15 minutes
    Late, // over 60 minutes
};
[[nodiscard]] Slowness slownessOf(const api::DepositRow &row, Timestamp now);
/// How long an open deposit has waited, or how long a finished one took; nullopt: not known.
[[nodiscard]] std::optional<std::chrono::seconds> ageOf(const api::DepositRow &row, Timestamp now);

} // namespace ui
