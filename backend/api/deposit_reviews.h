#pragma once

#include "api/deposits.h"
#include "api/operators.h"

namespace api {

/// What a decision would do, worked out by doing it and taking it back.
struct ReviewPreview {
    ReviewAction action = ReviewAction::Refuse;
    Money asked;
    Money credited; // of the deposit, before
    Money inSuspense;
    Money amount;        // to the customer
    QString stateBefore; // of the deposit; empty: there is none
    QString stateAfter;
    QList<RefundEntry> entries;
    QString customerLanguage;
    QString customerText; // what they will read, without markup; empty: nothing is said
    QString operatorText; // the same in the operator's language
    bool needsSecondPerson = false;
    QString rule;            // English: why, or who may
    bool mayExecute = false; // by this operator, now
    QString hash;            // 64 hexadecimal digits; people compare the first 8
};
[[nodiscard]] Json toJson(const ReviewPreview &preview);
/// BadInput when it is none.
[[nodiscard]] Result<ReviewPreview> reviewPreviewFromJson(const Json &answer);

/// "second_payment", ... as the database and commands write them.
[[nodiscard]] QString nameOf(ReviewKind kind);
[[nodiscard]] QString nameOf(ReviewState state);
[[nodiscard]] QString nameOf(ReviewAction action);
[[nodiscard]] std::optional<ReviewKind> reviewKindFrom(const QString &name);
[[nodiscard]] std::optional<ReviewState> reviewStateFrom(const QString &name);
[[nodiscard]] std::optional<ReviewAction> reviewActionFrom(const QString &name);

} // namespace api
