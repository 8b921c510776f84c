#include "ui/pages/deposits/review_words.h"

#include "ui/support/format.h"

namespace ui {

namespace {

using api::ReviewAction;
using api::ReviewKind;
using api::ReviewState;

struct ReviewTexts {
    Q_DECLARE_TR_FUNCTIONS(Reviews)
};

} // namespace

ReviewKindWords wordsOf(ReviewKind kind)
{
    using Words = ReviewTexts;
    switch (kind) {
    case ReviewKind::Underpaid:
        return {Words::tr("Too little"), Words::tr("Less arrived than was asked for.")};
    case ReviewKind::Late:
        return {Words::tr("Came late"), Words::tr("It was paid long after it had expired.")};
    case ReviewKind::Mismatch:
        return {Words::tr("Does not match"),
                Words::tr("What was reported is not what was asked for.")};
    case ReviewKind::ProviderProblem:
        return {Words::tr("Provider problem"),
                Words::tr("The provider received it and could not forward it.")};
    case ReviewKind::Unverified:
        return {Words::tr("Not verified"),
                Words::tr("It was reported as paid, and the provider does not answer questions "
                          "about it.")};
    case ReviewKind::Excess:
        return {Words::tr("Too much"),
                Words::tr("More arrived than was asked for. The rest waits.")};
    case ReviewKind::Disputed:
        return {Words::tr("Reports differ"),
                Words::tr("The lowest report is credited; another one said more.")};
    case ReviewKind::SecondPayment:
        return {Words::tr("Second payment"),
                Words::tr("Another transaction came to the same address.")};
    case ReviewKind::Stray:
        return {Words::tr("Stray event"), Words::tr("A report does not belong to its deposit.")};
    case ReviewKind::Closed:
        return {Words::tr("Paid when closed"),
                Words::tr("A payment came for a deposit that is closed.")};
    case ReviewKind::Refunded:
        return {Words::tr("Given back"), Words::tr("The provider says that it gave this back.")};
    case ReviewKind::Undetected:
        return {Words::tr("Not reported"),
                Words::tr("Somebody found this payment; nobody had reported it.")};
    }
    Q_UNREACHABLE();
}

ReviewStateWords wordsOf(ReviewState state)
{
    using Words = ReviewTexts;
    switch (state) {
    case ReviewState::Open:
        return {Words::tr("To decide"), QStringLiteral("hourglass"), Token::Warn};
    case ReviewState::PendingApproval:
        return {Words::tr("Waits for a second person"), QStringLiteral("user"), Token::Warn};
    case ReviewState::Done:
        return {Words::tr("Accepted"), QStringLiteral("circle-check"), Token::Good};
    case ReviewState::Refused: return {Words::tr("Refused"), QStringLiteral("ban"), Token::Muted};
    case ReviewState::Void:
        return {Words::tr("Settled by itself"), QStringLiteral("circle-minus"), Token::Muted};
    }
    Q_UNREACHABLE();
}

QString actionWord(ReviewAction action, bool isApproval)
{
    using Words = ReviewTexts;
    switch (action) {
    case ReviewAction::Accept: return Words::tr("Accept");
    case ReviewAction::AcceptPart: return Words::tr("Accept part");
    case ReviewAction::CreditExcess: return Words::tr("Credit excess");
    case ReviewAction::Refuse: return Words::tr("Refuse");
    case ReviewAction::Match: return isApproval ? Words::tr("Approve match") : Words::tr("Match");
    }
    Q_UNREACHABLE();
}

QList<ReviewAction> actionsOf(const api::DepositReview &review)
{
    using enum ReviewAction;
    if (review.state == ReviewState::PendingApproval)
        return {Match, Refuse};
    if (review.state != ReviewState::Open)
        return {};
    switch (review.kind) {
    case ReviewKind::Underpaid:
    case ReviewKind::Late:
    case ReviewKind::Mismatch:
    case ReviewKind::ProviderProblem:
    case ReviewKind::Unverified:
    case ReviewKind::Disputed: return {Accept, AcceptPart, Refuse};
    case ReviewKind::Excess: return {CreditExcess, Refuse};
    case ReviewKind::SecondPayment: return {Accept, AcceptPart, Match, Refuse};
    case ReviewKind::Stray:
    case ReviewKind::Closed:
    case ReviewKind::Undetected: return {Match, Refuse};
    case ReviewKind::Refunded: return {Refuse};
    }
    Q_UNREACHABLE();
}

QString obstacleTo(const api::DepositReview &review, ReviewAction action)
{
    const bool isRest =
        review.kind == ReviewKind::Disputed || review.kind == ReviewKind::SecondPayment;
    if (action == ReviewAction::Accept && isRest && !review.suggested.isPositive())
        return ReviewTexts::tr("What it is worth is not known. Accept a part of it.");
    return {};
}

const char *commandOf(ReviewAction action)
{
    switch (action) {
    case ReviewAction::Accept: return "deposit.accept";
    case ReviewAction::AcceptPart: return "deposit.accept_part";
    case ReviewAction::CreditExcess: return "deposit.credit_excess";
    case ReviewAction::Refuse: return "deposit.refuse";
    case ReviewAction::Match: return "deposit.match";
    }
    Q_UNREACHABLE();
}

} // namespace ui
