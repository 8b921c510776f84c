#pragma once

#include "api/deposits.h"
#include "ui/support/theme.h"

namespace ui {

/// What a person has to decide, in a few words and in a sentence.
struct ReviewKindWords {
    QString word;
    QString sentence;
};
[[nodiscard]] ReviewKindWords wordsOf(api::ReviewKind kind);

struct ReviewStateWords {
    QString word;
    QString iconName;
    Token tone = Token::Muted;
};
[[nodiscard]] ReviewStateWords wordsOf(api::ReviewState state);

/// "Accept part"; of a match that waits, what the second person does: "Approve match".
[[nodiscard]] QString actionWord(api::ReviewAction action, bool isApproval = false);
/// What can be done about it, whoever one is; empty when it is decided.
[[nodiscard]] QList<api::ReviewAction> actionsOf(const api::DepositReview &review);
/// Empty, or why this cannot be done although others of its kind could be: in a sentence.
[[nodiscard]] QString obstacleTo(const api::DepositReview &review, api::ReviewAction action);
/// "deposit.accept_part".
[[nodiscard]] const char *commandOf(api::ReviewAction action);

} // namespace ui
