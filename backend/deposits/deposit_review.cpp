#include "deposits/deposit_review.h"

#include "core/assert.h"

namespace deposits {

namespace {

constexpr qint64 kBillion = 1'000'000'000;
constexpr qint64 kWorthMax = 10 * kBillion; // ten times what was asked for
constexpr qsizetype kEvidenceMax = 1000;
constexpr qsizetype kSubjectMax = 200;
/// Who knows the secret address could fill the table: beyond so many a deposit's notes must do.
constexpr qint64 kReviewsOfDepositMax = 30;

std::optional<ReviewKind> kindOf(State state)
{
    switch (state) {
    case State::UnderpaidReview: return ReviewKind::Underpaid;
    case State::LateReview: return ReviewKind::Late;
    case State::MismatchReview: return ReviewKind::Mismatch;
    case State::SettlementFailedHold: return ReviewKind::ProviderProblem;
    case State::Created:
    case State::CreateFailed:
    case State::AwaitingPayment:
    case State::Detected:
    case State::Confirming:
    case State::Verifying:
    case State::Credited:
    case State::Expired:
    case State::OverpaidReview: // each payment in it has its own
    case State::Reversed:
    case State::WrittenOff: return std::nullopt;
    }
    CORE_ASSERT(false);
    return std::nullopt;
}

QVariant textOrNull(const std::optional<core::Decimal> &decimal)
{
    return decimal ? QVariant(decimal->toString()) : database::null();
}

Review reviewOf(const database::Row &row)
{
    const auto deposit = row.optionalInteger("deposit_id");
    const auto requester = row.optionalInteger("requested_by");
    const auto kind = api::reviewKindFrom(row.text("kind"));
    const auto state = api::reviewStateFrom(row.text("state"));
    CORE_ASSERT(kind && state); // the columns have a CHECK
    Review review = {.id = ReviewId{row.integer("id")},
                     .deposit = deposit ? std::optional(DepositId{*deposit}) : std::nullopt,
                     .customer = CustomerId{row.integer("customer_id")},
                     .kind = *kind,
                     .subject = row.text("subject"),
                     .asked = row.money("asked"),
                     .received = {},
                     .suggested = row.money("suggested"),
                     .inSuspense = row.money("in_suspense"),
                     .evidence = row.text("evidence"),
                     .state = *state,
                     .requestedBy =
                         requester ? std::optional(OperatorId{*requester}) : std::nullopt,
                     .payee = CustomerId{row.integer("payee_id")},
                     .amount = row.money("amount"),
                     .payment = row.text("payment"),
                     .reason = row.text("reason")};
    if (!row.isNull("received"))
        review.received = *core::Decimal::parse(row.text("received"));
    return review;
}

Result<bool> isSettledBefore(engine::Context &context, const Deposit &deposit,
                             const NewReview &review)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT count(*) FILTER (WHERE kind = ? AND subject = ? AND subject <> '' "
                       "AND state IN ('done', 'refused')) AS settled, count(*) AS all_of_them FROM "
                       "deposit_reviews WHERE deposit_id = ?"),
        {api::nameOf(review.kind), review.subject.left(kSubjectMax), deposit.id.value});
    if (!rows)
        return failure(rows.error());
    const bool isByAnybody = review.kind == ReviewKind::Stray || review.kind == ReviewKind::Closed;
    return rows->first().integer("settled") > 0 ||
           (isByAnybody && rows->first().integer("all_of_them") >= kReviewsOfDepositMax);
}

} // namespace

Result<bool> openReview(engine::Context &context, const Deposit &deposit, const NewReview &review)
{
    const auto isSettled = isSettledBefore(context, deposit, review);
    if (!isSettled)
        return failure(isSettled.error());
    if (*isSettled)
        return false;
    const auto opened = context.transaction().run(
        QStringLiteral("INSERT INTO deposit_reviews (deposit_id, customer_id, kind, subject, "
                       "asked, expected, received, suggested, in_suspense, evidence, opened_at, "
                       "cause_id) VALUES (?, ?, ?, ?, ?, ?::numeric, ?::numeric, ?, ?, ?, "
                       "?::timestamptz, ?) ON CONFLICT (deposit_id, kind, subject) WHERE state IN "
                       "('open', 'pending_approval') DO UPDATE SET received = excluded.received, "
                       "suggested = excluded.suggested, evidence = excluded.evidence "
                       "WHERE deposit_reviews.state = 'open'"),
        {deposit.id.value, deposit.customer.value, api::nameOf(review.kind),
         review.subject.left(kSubjectMax), deposit.requested.micros(), textOrNull(deposit.expected),
         textOrNull(review.received), review.suggested.micros(), review.inSuspense.micros(),
         review.evidence.left(kEvidenceMax), core::toIso(context.now()), context.cause().value});
    if (!opened)
        return failure(opened.error());
    context.changed(Topic::Deposit, deposit.id.value);
    return true;
}

Result<void> reviewState(engine::Context &context, const Deposit &deposit)
{
    const auto kind = kindOf(deposit.state);
    const bool isOver = isFinal(deposit.state);
    if (!kind && !isOver)
        return {}; // it is looked at again, and the person may still decide
    const auto ended = context.transaction().run(
        QStringLiteral("UPDATE deposit_reviews SET state = 'void', decided_at = ?::timestamptz "
                       "WHERE deposit_id = ? AND state = 'open' AND kind IN ('underpaid', 'late', "
                       "'mismatch', 'provider_problem', 'unverified') AND kind <> ?"),
        {core::toIso(context.now()), deposit.id.value, kind ? api::nameOf(*kind) : QString()});
    if (!ended || !kind)
        return database::done(ended);
    const auto opened = openReview(context, deposit,
                                   {.kind = *kind,
                                    .received = deposit.received,
                                    .suggested = worthOf(deposit, deposit.received),
                                    .evidence = deposit.note});
    return opened ? Result<void>() : failure(opened.error());
}

Result<ReviewId> openUndetected(engine::Context &context, CustomerId customer,
                                const QString &payment, const QString &evidence)
{
    const auto opened = context.transaction().run(
        QStringLiteral("INSERT INTO deposit_reviews (customer_id, kind, subject, evidence, "
                       "opened_at, cause_id) VALUES (?, 'undetected', ?, ?, ?::timestamptz, ?) "
                       "RETURNING id"),
        {customer.value, payment.left(kSubjectMax), evidence.left(kEvidenceMax),
         core::toIso(context.now()), context.cause().value});
    if (!opened)
        return failure(opened.error());
    return ReviewId{opened->first().integer("id")};
}

Result<std::optional<LockedReview>> lockReview(database::Transaction &transaction, ReviewId id)
{
    const auto known = transaction.run(
        QStringLiteral("SELECT deposit_id FROM deposit_reviews WHERE id = ?"), {id.value});
    if (!known)
        return failure(known.error());
    if (known->isEmpty())
        return std::optional<LockedReview>();
    LockedReview locked;
    if (const auto deposit = known->first().optionalInteger("deposit_id")) {
        auto found = lockDeposit(transaction, DepositId{*deposit});
        if (!found)
            return failure(found.error());
        locked.deposit = std::move(*found);
    }
    const auto rows = transaction.run(
        QStringLiteral("SELECT id, deposit_id, customer_id, kind, subject, asked, "
                       "received::text AS received, suggested, in_suspense, evidence, state, "
                       "requested_by, payee_id, amount, payment, reason FROM deposit_reviews WHERE "
                       "id = ? FOR UPDATE"),
        {id.value});
    if (!rows)
        return failure(rows.error());
    CORE_ASSERT(!rows->isEmpty()); // never deleted
    locked.review = reviewOf(rows->first());
    return std::optional(std::move(locked));
}

Result<void> settleReview(engine::Context &context, const Review &review, const Settlement &wanted)
{
    const bool isRefused = wanted.action == ReviewAction::Refuse;
    const auto settled = context.transaction().run(
        QStringLiteral("UPDATE deposit_reviews SET state = ?, decision = ?, amount = ?, payee_id = "
                       "?, payment = ?, reason = ?, requested_by = ?, approved_by = ?, is_solo = "
                       "?, decided_at = ?::timestamptz, transfer_id = ? WHERE id = ?"),
        {isRefused ? QStringLiteral("refused") : QStringLiteral("done"), api::nameOf(wanted.action),
         wanted.amount.micros(),
         wanted.payee.value != 0 ? QVariant(wanted.payee.value) : database::null(), wanted.payment,
         wanted.reason, wanted.requestedBy.value,
         wanted.approvedBy ? QVariant(wanted.approvedBy->value) : database::null(), wanted.isSolo,
         core::toIso(context.now()),
         wanted.transfer ? QVariant(wanted.transfer->value) : database::null(), review.id.value});
    if (!settled)
        return failure(settled.error());
    CORE_ASSERT(settled->affected() == 1);
    if (review.deposit)
        context.changed(Topic::Deposit, review.deposit->value);
    return {};
}

Result<void> proposeMatch(engine::Context &context, const Review &review, const Settlement &wanted)
{
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE deposit_reviews SET state = 'pending_approval', decision = 'match', "
                       "amount = ?, payee_id = ?, payment = ?, reason = ?, requested_by = ?, "
                       "requested_at = ?::timestamptz WHERE id = ?"),
        {wanted.amount.micros(), wanted.payee.value, wanted.payment, wanted.reason,
         wanted.requestedBy.value, core::toIso(context.now()), review.id.value}));
}

Result<void> takeProposalBack(engine::Context &context, const Review &review)
{
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE deposit_reviews SET state = 'open', decision = NULL, amount = 0, "
                       "payee_id = NULL, payment = '', requested_by = NULL, requested_at = NULL "
                       "WHERE id = ?"),
        {review.id.value}));
}

Result<bool> hasOpenReviews(database::Transaction &transaction, DepositId deposit)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT EXISTS (SELECT FROM deposit_reviews WHERE deposit_id = ? AND state "
                       "IN ('open', 'pending_approval') AND kind <> 'stray') AS is_open"),
        {deposit.value});
    if (!rows)
        return failure(rows.error());
    return rows->first().boolean("is_open");
}

QString paymentOfTransaction(const QString &txId)
{
    return QStringLiteral("tx:") + txId;
}

Result<bool> isCreditedByHand(database::Transaction &transaction, const QString &txId)
{
    if (txId.isEmpty())
        return false;
    const auto rows = transaction.run(
        QStringLiteral("SELECT EXISTS (SELECT FROM transfers WHERE request_key = ?) AS is_known"),
        {QStringLiteral("deposit:") + paymentOfTransaction(txId)});
    if (!rows)
        return failure(rows.error());
    return rows->first().boolean("is_known");
}

Money worthOf(const Deposit &deposit, const std::optional<core::Decimal> &received)
{
    if (!deposit.expected || deposit.expected->isZero() || !received)
        return {};
    const qint64 ratio = std::min(received->partsPerBillionOf(*deposit.expected), kWorthMax);
    return deposit.requested.timesRatioDown(ratio, kBillion).roundedDownToCents();
}

} // namespace deposits
