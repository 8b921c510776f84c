#include "deposits/coins.h"
#include "deposits/deposit_flow.h"
#include "deposits/deposit_steps.h"
#include "ledger/transfer.h"

namespace deposits {

using namespace language::literals;

Result<void> DepositFlow::credit(engine::Context &context, Deposit &deposit) const
{
    const Decision decision = decide(m_rule, deposit.requested, deposit.expected, deposit.received);
    if (!decision.credit.isPositive()) {
        deposit.note = decision.verdict == Verdict::TooLittle
                           ? QStringLiteral("too little arrived to credit it by rule")
                           : QStringLiteral("paid, but how much is not known");
        if (auto moved = moveTo(context, deposit,
                                decision.verdict == Verdict::TooLittle ? State::UnderpaidReview
                                                                       : State::MismatchReview);
            !moved)
            return moved;
        return tellCredited(context, deposit, decision);
    }
    const QString payment = deposit.paymentId.isEmpty()
                                ? QStringLiteral("addr:%1").arg(deposit.id.value)
                                : deposit.paymentId;
    const auto transfer = ledger::creditDeposit(context.transaction(),
                                                {.customer = deposit.customer,
                                                 .amount = decision.credit,
                                                 .excess = decision.excess,
                                                 .payment = payment},
                                                context.cause(), context.now());
    if (!transfer)
        return failure(transfer.error());
    deposit.transfer = transfer->id;
    deposit.credited = decision.credit;
    deposit.note =
        decision.verdict == Verdict::Overpaid
            ? QStringLiteral("more than asked: %1 USD in suspense").arg(decision.excess.toString())
        : decision.verdict == Verdict::Partial
            ? QStringLiteral("less than asked: credited in proportion")
            : QString();
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("credited"),
                               decision.credit.toString() + QStringLiteral(" USD"));
        !noted)
        return noted;
    if (auto moved =
            moveTo(context, deposit,
                   decision.verdict == Verdict::Overpaid ? State::OverpaidReview : State::Credited);
        !moved)
        return moved;
    for (const char *timer : {"check", "countdown"}) {
        if (auto gone = context.cancelTimer(
                QStringLiteral("deposit:%1:%2").arg(deposit.id.value).arg(QLatin1String(timer)));
            !gone)
            return gone;
    }
    return tellCredited(context, deposit, decision);
}

Result<void> DepositFlow::tellCredited(engine::Context &context, const Deposit &deposit,
                                       const Decision &decision) const
{
    const auto customer = customerOf(context, deposit);
    const auto balance = ledger::balanceOf(context.transaction(), deposit.customer);
    const auto coin = findCoin(deposit.coin);
    if (!customer || !balance)
        return failure(customer ? balance.error() : customer.error());
    const core::Decimal received = deposit.received.value_or(core::Decimal());
    const core::Decimal expected = deposit.expected.value_or(core::Decimal());
    const QString transfer =
        deposit.transfer ? QStringLiteral("T-%1").arg(deposit.transfer->value) : QString();
    const auto text = [&]() -> language::Text {
        switch (decision.verdict) {
        case Verdict::Full:
        case Verdict::UnknownSmall:
            return {"topup.credited"_key,
                    {{"amount", decision.credit},
                     {"balance", balance->available},
                     {"transfer", transfer}}};
        case Verdict::Partial:
            return {"topup.underpaid_credited"_key,
                    {{"received", received},
                     {"coin", coin->name},
                     {"expected", expected},
                     {"amount", decision.credit},
                     {"balance", balance->available},
                     {"transfer", transfer}}};
        case Verdict::Overpaid:
            return {"topup.overpaid"_key,
                    {{"amount", decision.credit},
                     {"excess", decision.excess},
                     {"balance", balance->available},
                     {"transfer", transfer}}};
        case Verdict::TooLittle:
            return {"topup.underpaid"_key,
                    {{"received", received},
                     {"coin", coin->name},
                     {"expected", expected},
                     {"short", core::Decimal::distance(expected, received)}}};
        case Verdict::UnknownLarge: return {"topup.review"_key};
        }
        return {"topup.review"_key};
    }();
    // A new message, since an edit makes no notification.
    const auto told =
        m_messenger.send(context, *customer, {.parts = {text}, .keyboard = walletKeyboard()});
    if (!told)
        return failure(told.error());
    return showStatus(context, deposit, {text});
}

} // namespace deposits
