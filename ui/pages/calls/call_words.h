#pragma once

#include "api/calls.h"
#include "ui/support/filter_grammar.h"
#include "ui/support/theme.h"

namespace ui {

/// How a call's state is written, drawn and searched for.
struct CallStateWords {
    QString code; // as filters and the database name it
    QString word;
    QString iconName;
    Token tone = Token::Muted;
    bool needsPerson = false;
};
[[nodiscard]] const CallStateWords &wordsOf(api::CallState state);
[[nodiscard]] QList<FilterWord> callStateFilterWords();

struct RulingWords {
    QString word;
    QString iconName;
    Token tone = Token::Muted;
};
[[nodiscard]] RulingWords wordsOf(api::Ruling ruling);

/// "C-88213".
[[nodiscard]] QString callName(api::CallId id);
/// "3:48", "1:02:09".
[[nodiscard]] QString formatDuration(std::chrono::seconds duration);

/// How long somebody has been talked to, or was.
[[nodiscard]] std::optional<std::chrono::seconds> durationOf(const api::CallRow &row,
                                                             Timestamp now);
/// What it has cost by now, worked out from the rate: "about" until the call has been charged.
[[nodiscard]] Money costOf(const api::CallRow &row, Timestamp now);
/// Thousandths of the hold that are left; absent when nothing is held.
[[nodiscard]] std::optional<int> holdLeftOf(const api::CallRow &row, Timestamp now);
/// When the longest duration is reached.
[[nodiscard]] std::optional<Timestamp> stopsAt(const api::CallRow &row);
/// An amount that ticks, in whole cents: the exact one comes with the charge.
[[nodiscard]] QString formatAbout(Money amount);

/// "German".
[[nodiscard]] QString languageWord(const QString &tag);

} // namespace ui
