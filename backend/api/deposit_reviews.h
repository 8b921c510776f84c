#pragma once

#include "api/deposits.h"
#include "api/operators.h"

namespace api {

using ReviewId = core::Id<struct DepositReviewTag>;

/// What a person has to decide about a deposit; one deposit may have several.
enum class ReviewKind {
    Underpaid,
    Late,
    Mismatch,
    ProviderProblem, // received, but the provider could not forward it
    Unverified,      // reported as paid, and the provider does not answer when it is asked
    Excess,          // in suspense
    Disputed,        // credited by the lowest report; another one said more
    SecondPayment,   // another transaction to the same address
    Stray,           // an event that does not match its deposit
    Closed,          // a payment for a deposit that is closed
    Refunded,        // the provider says it gave the payment back
    Undetected,      // found by people: nobody reported it to us
};

enum class ReviewState {
    Open,
    PendingApproval, // of a match: another person has to agree
    Done,
    Refused,
    Void, // settled by itself
};

enum class ReviewAction {
    Accept,       // as asked
    AcceptPart,   // an amount
    CreditExcess, // from suspense to the customer
    Refuse,
    Match, // to a customer, with evidence
};

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
