#include "deposits/consistency.h"
#include "deposits/deposit_flow.h"
#include "deposits/deposit_parts.h"
#include "deposits/deposit_rules.h"
#include "deposits/deposit_steps.h"

namespace deposits {

using namespace language::literals;
namespace dynopay = providers::dynopay;
using dynopay::StatusClass;

// --- When it is credited, and what comes after --------------------------------------------------

/// Nothing more was expected. What comes nevertheless is never credited by itself, and never
/// swallowed either.
Result<void> DepositFlow::applyToClosed(engine::Context &context, Deposit &deposit,
                                        const dynopay::Event &event) const
{
    if (!isOfMoney(event.status))
        return {};
    if (deposit.isUnsettled) {
        const bool hasFailed = event.status.problem == dynopay::FundsProblem::SettlementFailed;
        if (auto done = hasFailed ? reviewUnsettled(context, deposit, event.statusWord)
                                  : askProvider(context, deposit);
            !done)
            return done;
    }
    if (deposit.state != State::Credited && deposit.state != State::OverpaidReview) {
        addNote(deposit, QStringLiteral("a payment was reported for a deposit that is closed"));
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "is closed and was paid";
        const QString transaction = transactionOf(event);
        const auto opened =
            openReview(context, deposit,
                       {.kind = ReviewKind::Closed,
                        .subject = transaction.isEmpty() ? deposit.paymentId : transaction,
                        .received = amountIn(event.received()),
                        .suggested = worthOf(deposit, amountIn(event.received())),
                        .evidence = QStringLiteral("it was %1").arg(nameOf(deposit.state))});
        return opened ? Result<void>() : failure(opened.error());
    }
    const auto isOther = isBeyondCredit(context, deposit, transactionOf(event));
    if (!isOther || !*isOther)
        return isOther ? Result<void>() : failure(isOther.error());
    const auto isToDecide = reviewOtherPayment(context, deposit, event);
    if (!isToDecide || !*isToDecide)
        return isToDecide ? Result<void>() : failure(isToDecide.error());
    const bool isFirst = deposit.state == State::Credited;
    noteOtherPayment(deposit, event);
    if (auto moved = moveTo(context, deposit, State::OverpaidReview); !moved || !isFirst)
        return moved;
    return tell(context, deposit, {"topup.review"_key});
}

/// By the rules a payment may be credited when it is confirmed: then its provider is asked now, and
/// not only when it is settled.
Result<void> DepositFlow::confirming(engine::Context &context, Deposit &deposit) const
{
    if (auto moved = moveTo(context, deposit, State::Confirming); !moved)
        return moved;
    const auto rules = depositRulesAt(context.transaction(), context.now());
    if (!rules)
        return failure(rules.error());
    return deposit.requested <= rules->confirmedUpTo ? askProvider(context, deposit)
                                                     : Result<void>();
}

/// As many confirmations as the provider asks for itself, and a webhook told of the whole amount:
/// what is less or more than asked waits until it is settled.
Result<void> DepositFlow::applyConfirmed(engine::Context &context, Deposit &deposit,
                                         const dynopay::PaymentStatus &status) const
{
    if (auto moved = moveTo(context, deposit, State::Confirming); !moved)
        return moved;
    const bool isConfirmed =
        status.statusWord.compare(QLatin1String("confirmed"), Qt::CaseInsensitive) == 0 &&
        !status.paymentId.isEmpty() && status.requiredConfirmations > 0 &&
        status.confirmations >= status.requiredConfirmations;
    if (!isConfirmed || deposit.state != State::Confirming)
        return {};
    const auto rules = depositRulesAt(context.transaction(), context.now());
    if (!rules)
        return failure(rules.error());
    if (deposit.requested > rules->confirmedUpTo || !isAsAsked(deposit, *rules))
        return {};
    const Amount told = amountIn(status.amountReceived);
    deposit.isUnsettled = true;
    const auto done = credit(context, deposit, told != deposit.expected ? told : Amount());
    deposit.isUnsettled = deposit.transfer.has_value();
    return done;
}

/// It was credited when it was confirmed: has it settled?
Result<void> DepositFlow::applyAfterCredit(engine::Context &context, Deposit &deposit,
                                           const dynopay::PaymentStatus &status) const
{
    if (status.isSettled()) {
        deposit.isUnsettled = false;
        return endWatch(context, deposit);
    }
    const bool hasFailed = status.status.statusClass == StatusClass::Dead ||
                           status.status.statusClass == StatusClass::Reversed ||
                           status.status.problem == dynopay::FundsProblem::SettlementFailed;
    return hasFailed ? reviewUnsettled(context, deposit, status.statusWord) : Result<void>();
}

Result<void> DepositFlow::reviewUnsettled(engine::Context &context, const Deposit &deposit,
                                          const QString &word) const
{
    qCCritical(lcDeposits) << "deposit" << deposit.id.value << "is credited and does not settle";
    const auto opened = openReview(
        context, deposit,
        {.kind = ReviewKind::Refunded,
         .subject = QStringLiteral("settlement"),
         .received = deposit.received,
         .evidence = QStringLiteral("credited when it was confirmed, but it has not settled: ") +
                     word.left(60)});
    return opened ? Result<void>() : failure(opened.error());
}

} // namespace deposits
