#include "core/fault_point.h"
#include "deposits/coins.h"
#include "deposits/deposit_flow.h"
#include "deposits/deposit_messages.h"
#include "deposits/deposit_parts.h"
#include "deposits/deposit_steps.h"
#include "ledger/suspense.h"

namespace deposits {

using namespace language::literals;

namespace {

/// The deposit itself waits for the decision, and nothing of it has been credited.
bool isOfWholeDeposit(ReviewKind kind)
{
    switch (kind) {
    case ReviewKind::Underpaid:
    case ReviewKind::Late:
    case ReviewKind::Mismatch:
    case ReviewKind::ProviderProblem:
    case ReviewKind::Unverified: return true;
    case ReviewKind::Excess:
    case ReviewKind::Disputed:
    case ReviewKind::SecondPayment:
    case ReviewKind::Stray:
    case ReviewKind::Closed:
    case ReviewKind::Refunded:
    case ReviewKind::Undetected: return false;
    }
    Q_UNREACHABLE();
}

/// Whoever paid has been told that somebody looks into it.
bool isAwaited(ReviewKind kind)
{
    return kind == ReviewKind::Excess || kind == ReviewKind::SecondPayment ||
           (isOfWholeDeposit(kind) && kind != ReviewKind::Unverified);
}

/// May be given to somebody other than the deposit's customer.
bool mayBeMatched(ReviewKind kind)
{
    return kind == ReviewKind::Stray || kind == ReviewKind::Closed ||
           kind == ReviewKind::SecondPayment || kind == ReviewKind::Undetected;
}

tl::unexpected<QString> no(const QString &why)
{
    return tl::unexpected(why);
}

using Amount = tl::expected<Money, QString>;

Amount upTo(Money wanted, Money most)
{
    if (!wanted.isPositive() || wanted > most)
        return no(
            QStringLiteral("the amount must be above 0 and at most %1 USD").arg(most.toString()));
    return wanted;
}

Amount wholeOf(const LockedReview &locked, const Settlement &wanted)
{
    const Deposit &deposit = *locked.deposit;
    if (deposit.transfer)
        return no(QStringLiteral("deposit %1 is credited already").arg(deposit.id.value));
    if (!mayFollow(deposit.state, State::Credited))
        return no(
            QStringLiteral("a deposit that is %1 is not credited").arg(nameOf(deposit.state)));
    return wanted.action == ReviewAction::Accept ? Amount(deposit.requested)
                                                 : upTo(wanted.amount, deposit.requested);
}

/// What came besides what was credited: at most what it is worth by the rule.
Amount restOf(const LockedReview &locked, const Settlement &wanted)
{
    const Review &review = locked.review;
    if (!locked.deposit->transfer)
        return no(QStringLiteral("the deposit itself is not credited yet: decide that first"));
    const bool isWorthKnown = review.suggested.isPositive();
    if (wanted.action == ReviewAction::Accept)
        return isWorthKnown ? Amount(review.suggested)
                            : no(QStringLiteral("what it is worth is not known: accept a part"));
    return upTo(wanted.amount, isWorthKnown ? review.suggested : review.asked);
}

Amount acceptable(const LockedReview &locked, const Settlement &wanted)
{
    const Review &review = locked.review;
    if (isOfWholeDeposit(review.kind))
        return wholeOf(locked, wanted);
    if (review.kind == ReviewKind::Disputed || review.kind == ReviewKind::SecondPayment)
        return restOf(locked, wanted);
    if (review.kind == ReviewKind::Excess)
        return no(QStringLiteral("an excess is credited whole or refused"));
    return no(QStringLiteral("nothing of it can be accepted; match it to a customer, or refuse"));
}

Amount refusable(const LockedReview &locked)
{
    const bool writesOff =
        isOfWholeDeposit(locked.review.kind) && locked.review.kind != ReviewKind::Unverified;
    if (writesOff && !mayFollow(locked.deposit->state, State::WrittenOff))
        return no(QStringLiteral("the deposit is %1 just now: wait for what the provider says")
                      .arg(nameOf(locked.deposit->state)));
    return Money();
}

Amount matchable(const LockedReview &locked, const Settlement &wanted)
{
    if (!mayBeMatched(locked.review.kind))
        return no(QStringLiteral("its customer is known: accept it, or refuse"));
    if (wanted.payee.value == 0 || wanted.payment.isEmpty())
        return no(QStringLiteral("a match names a customer and the payment or transaction"));
    return upTo(wanted.amount, largestDeposit());
}

} // namespace

tl::expected<Money, QString> DepositFlow::amountOf(const LockedReview &locked,
                                                   const Settlement &wanted)
{
    switch (wanted.action) {
    case ReviewAction::Accept:
    case ReviewAction::AcceptPart: return acceptable(locked, wanted);
    case ReviewAction::CreditExcess:
        if (locked.review.kind != ReviewKind::Excess)
            return no(QStringLiteral("nothing of it is in suspense"));
        return locked.review.inSuspense;
    case ReviewAction::Refuse: return refusable(locked);
    case ReviewAction::Match: return matchable(locked, wanted);
    }
    Q_UNREACHABLE();
}

Result<std::optional<TransferId>> DepositFlow::transferFor(engine::Context &context,
                                                           LockedReview &locked,
                                                           const Settlement &wanted) const
{
    const Review &review = locked.review;
    const bool isExcess = review.kind == ReviewKind::Excess;
    const ledger::Excess excess = {review.customer, review.inSuspense, review.id.value};
    ledger::DepositCredit credit = {
        .customer = review.customer, .amount = wanted.amount, .payment = {}};
    Result<ledger::Transfer> made = failure({});
    if (wanted.action == ReviewAction::Refuse) {
        if (!isExcess)
            return std::optional<TransferId>();
        made = ledger::refuseExcess(context.transaction(), excess, context.cause(), context.now());
    } else if (isExcess) {
        made = ledger::creditExcess(context.transaction(), excess, context.cause(), context.now());
    } else {
        if (wanted.action == ReviewAction::Match)
            credit.customer = wanted.payee;
        credit.payment = wanted.action == ReviewAction::Match ? wanted.payment
                         : isOfWholeDeposit(review.kind)      ? paymentOf(*locked.deposit)
                         : review.kind == ReviewKind::Disputed
                             ? paymentOf(*locked.deposit) + QStringLiteral(":rest")
                             : paymentOfTransaction(review.subject);
        made = ledger::creditDeposit(context.transaction(), credit, context.cause(), context.now());
    }
    if (!made)
        return failure(made.error());
    // A payment is credited once: by another decision, or by the rule, it was before.
    if (made->isRepeat)
        return failure(
            {.code = ErrorCode::ConstraintViolated,
             .detail =
                 QStringLiteral("this payment was credited before, as T-%1").arg(made->id.value)});
    return std::optional(made->id);
}

/// Where the deposit goes once the review is settled.
Result<void> DepositFlow::moveOn(engine::Context &context, Deposit &deposit, const Review &review,
                                 ReviewAction action) const
{
    const bool isRefused = action == ReviewAction::Refuse;
    if (isOfWholeDeposit(review.kind)) {
        if (isRefused && review.kind == ReviewKind::Unverified)
            return saveDeposit(context, deposit); // it is still being watched
        return moveTo(context, deposit, isRefused ? State::WrittenOff : State::Credited);
    }
    const auto isOpen = hasOpenReviews(context.transaction(), deposit.id);
    if (!isOpen)
        return failure(isOpen.error());
    if (deposit.state == State::OverpaidReview && !*isOpen)
        return moveTo(context, deposit, State::Credited);
    return saveDeposit(context, deposit);
}

Result<OutboxId> DepositFlow::tellDecision(engine::Context &context, const LockedReview &locked,
                                           const Settlement &wanted, bool isShown) const
{
    const bool isRefused = wanted.action == ReviewAction::Refuse;
    if (isRefused && !isAwaited(locked.review.kind))
        return OutboxId{};
    const CustomerId reader =
        wanted.action == ReviewAction::Match ? wanted.payee : locked.review.customer;
    const auto customer = customers::find(context.transaction(), reader);
    if (!customer)
        return failure(customer.error());
    if (!*customer)
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("there is no customer %1").arg(reader.value)});
    language::Text text{"topup.refused"_key};
    if (!isRefused) {
        const auto balance = ledger::balanceOf(context.transaction(), reader);
        if (!balance)
            return failure(balance.error());
        // A number that is taken back again would only mislead.
        const QString reference = isShown || !wanted.transfer
                                      ? QStringLiteral("T-…")
                                      : QStringLiteral("T-%1").arg(wanted.transfer->value);
        const bool isExcess = wanted.action == ReviewAction::CreditExcess;
        text = {
            isExcess ? "topup.excess_credited"_key : "topup.credited"_key,
            {{"amount", wanted.amount}, {"balance", balance->available}, {"transfer", reference}}};
    }
    if (locked.deposit && isOfWholeDeposit(locked.review.kind)) {
        if (auto shown = showStatus(context, *locked.deposit, {.parts = {text}}); !shown)
            return failure(shown.error());
    }
    return m_messenger.send(context, **customer, {.parts = {text}, .keyboard = walletKeyboard()});
}

Result<Decided> DepositFlow::settle(engine::Context &context, LockedReview locked,
                                    Settlement wanted, bool isShown) const
{
    const auto transfer = transferFor(context, locked, wanted);
    if (!transfer)
        return failure(transfer.error());
    wanted.transfer = *transfer;
    core::faultPoint("review.transfer");
    if (auto settled = settleReview(context, locked.review, wanted); !settled)
        return failure(settled.error());
    core::faultPoint("review.settled");
    if (locked.deposit) {
        Deposit &deposit = *locked.deposit;
        if (isOfWholeDeposit(locked.review.kind))
            deposit.transfer = wanted.transfer;
        if (wanted.action != ReviewAction::Match)
            deposit.credited += wanted.amount;
        const QString detail =
            QStringLiteral("%1 USD: %2").arg(wanted.amount.toString(), wanted.reason);
        if (auto noted =
                noteEvent(context, deposit.id,
                          QStringLiteral("decided: ") + api::nameOf(wanted.action), detail);
            !noted)
            return failure(noted.error());
        if (auto moved = moveOn(context, deposit, locked.review, wanted.action); !moved)
            return failure(moved.error());
        if (isOfWholeDeposit(locked.review.kind)) {
            if (auto covered = coverParts(context, deposit, false); !covered)
                return failure(covered.error());
        }
    }
    const auto message = tellDecision(context, locked, wanted, isShown);
    if (!message)
        return failure(message.error());
    core::faultPoint("review.told");
    return Decided{.transfer = wanted.transfer,
                   .message = *message,
                   .stateAfter = locked.deposit ? nameOf(locked.deposit->state) : QString()};
}

} // namespace deposits
