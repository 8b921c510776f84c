#pragma once

#include "api/deposit_reviews.h"
#include "deposits/amount_rule.h"
#include "deposits/deposit_store.h"

namespace deposits {

using api::OperatorId;
using api::ReviewAction;
using api::ReviewId;
using api::ReviewKind;
using api::ReviewState;

/// Something about a deposit that a person has to decide.
struct Review {
    ReviewId id;
    std::optional<DepositId> deposit;
    CustomerId customer;
    ReviewKind kind = ReviewKind::Mismatch;
    QString subject; // payment or transaction it is about
    Money asked;
    std::optional<core::Decimal> received; // in the coin
    Money suggested;                       // what the amount rule would make of it; zero: unknown
    Money inSuspense;
    QString evidence; // English, for staff
    ReviewState state = ReviewState::Open;
    // Of a match that waits for another person:
    std::optional<OperatorId> requestedBy;
    CustomerId payee;
    Money amount;
    QString payment;
    QString reason;
};

struct NewReview {
    ReviewKind kind = ReviewKind::Mismatch;
    QString subject = {};
    std::optional<core::Decimal> received = {};
    Money suggested = {};
    Money inSuspense = {};
    QString evidence = {};
};
/// Opens it, or brings the figures of the open one up to date. False: this was decided before, and
/// is not asked again.
[[nodiscard]] Result<bool> openReview(engine::Context &context, const Deposit &deposit,
                                      const NewReview &review);
/// What the deposit's state asks a person, or nothing. Reviews of other states, and all of them
/// once it is over, are void: it went on by itself.
[[nodiscard]] Result<void> reviewState(engine::Context &context, const Deposit &deposit);
/// Of a payment that nobody reported to us.
[[nodiscard]] Result<ReviewId> openUndetected(engine::Context &context, CustomerId customer,
                                              const QString &payment, const QString &evidence);

/// The deposit, locked before its review as everywhere; both stay so until the transaction ends.
/// Absent: no such review.
struct LockedReview {
    Review review;
    std::optional<Deposit> deposit;
};
[[nodiscard]] Result<std::optional<LockedReview>> lockReview(database::Transaction &transaction,
                                                             ReviewId id);

/// How it ends. `approvedBy`: another person than who asked for it.
struct Settlement {
    ReviewAction action = ReviewAction::Refuse;
    Money amount = {};
    CustomerId payee = {};
    QString payment = {};
    QString reason;
    OperatorId requestedBy;
    std::optional<OperatorId> approvedBy = {};
    bool isSolo = false;
    std::optional<TransferId> transfer = {};
};
[[nodiscard]] Result<void> settleReview(engine::Context &context, const Review &review,
                                        const Settlement &wanted);
/// A match waits for another person, or back to open when that one refuses.
[[nodiscard]] Result<void> proposeMatch(engine::Context &context, const Review &review,
                                        const Settlement &wanted);
[[nodiscard]] Result<void> takeProposalBack(engine::Context &context, const Review &review);

/// Something of it still waits for a person, strays apart: they may be of anybody.
[[nodiscard]] Result<bool> hasOpenReviews(database::Transaction &transaction, DepositId deposit);

/// A person has credited this transaction of the chain.
[[nodiscard]] Result<bool> isCreditedByHand(database::Transaction &transaction,
                                            const QString &txId);
/// As `DepositCredit::payment`: what is credited by the transaction and not by a payment's id.
[[nodiscard]] QString paymentOfTransaction(const QString &txId);

/// What `received` is worth by what was asked for, no more than ten times that; zero: it cannot be
/// told.
[[nodiscard]] Money worthOf(const Deposit &deposit, const std::optional<core::Decimal> &received);

} // namespace deposits
