#include "deposits/deposit_flow.h"

#include "deposits/consistency.h"
#include "deposits/deposit_steps.h"

namespace deposits {

using engine::Outcome;
namespace dynopay = providers::dynopay;

// --- A webhook ----------------------------------------------------------------------------------

Result<Outcome> DepositFlow::webhook(const engine::Event &event, engine::Context &context) const
{
    auto found = lockDepositByToken(context.transaction(), event.routeTokenSha256);
    if (!found)
        return failure(found.error());
    if (!*found)
        return failure({.code = ErrorCode::Internal,
                        .detail = QStringLiteral("a hook's token leads to no deposit")});
    Deposit &deposit = **found;
    deposit.lastWebhookAt = context.now();
    const bool isReadable = !core::boolMember(event.payload, "malformed").value_or(false);
    const auto told =
        isReadable ? dynopay::readEvent(event.payload)
                   : failure({.code = ErrorCode::BadInput, .detail = QStringLiteral("not JSON")});
    const QString contradiction =
        told ? contradictionIn(*told, deposit) : QStringLiteral("it cannot be read");
    if (told && told->isTest)
        return Outcome::Ignored;
    if (!contradiction.isEmpty()) {
        // The event waits for a person; the deposit keeps its state, so a forged event cannot
        // freeze a good one.
        qCCritical(lcDeposits) << "deposit" << deposit.id.value
                               << "got an event that does not match:" << contradiction;
        deposit.note = QStringLiteral("an event does not match: %1").arg(contradiction);
        if (auto noted =
                noteEvent(context, deposit.id, QStringLiteral("webhook refused"), contradiction);
            !noted)
            return failure(noted.error());
    } else if (auto applied = applyEvent(context, deposit, *told); !applied) {
        return failure(applied.error());
    }
    if (auto saved = saveDeposit(context, deposit); !saved)
        return failure(saved.error());
    return Outcome::Handled;
}

Result<void> DepositFlow::applyEvent(engine::Context &context, Deposit &deposit,
                                     const dynopay::Event &event) const
{
    const QString word = event.event.isEmpty() ? event.statusWord : event.event;
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("webhook ") + word.left(60));
        !noted)
        return noted;
    if (isFinal(deposit.state))
        return {};
    if (deposit.paymentId.isEmpty() && event.originalPaymentId.isEmpty())
        deposit.paymentId = event.paymentId; // old deployments do not tell it at creation
    if (const auto received = core::Decimal::parse(event.received());
        received && !received->isZero())
        deposit.received = *received;

    switch (event.status.statusClass) {
    case dynopay::StatusClass::Wait:
        if (event.statusWord == QLatin1String("pending") ||
            event.event == QLatin1String("payment.pending"))
            return moveTo(context, deposit, State::Detected);
        return {};
    case dynopay::StatusClass::SeenPaid:
        // A recovery is told once and with the event of an earlier step: how far it is only the
        // provider can say.
        if (!event.isRecovered)
            return moveTo(context, deposit, State::Confirming);
        [[fallthrough]];
    case dynopay::StatusClass::FinalPaid:
        if (auto moved = moveTo(context, deposit, State::Verifying); !moved)
            return moved;
        deposit.checks = 0;
        return askProvider(context, deposit);
    case dynopay::StatusClass::ProblemFunds:
        return applyFundsProblem(context, deposit, event.status.problem);
    case dynopay::StatusClass::Dead:
        return {}; // our own countdown expires it; a payment may still come
    case dynopay::StatusClass::Reversed:
        deposit.note = QStringLiteral("the provider says the payment was refunded");
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "was refunded by the provider";
        return {};
    case dynopay::StatusClass::Unknown:
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "has a status we do not know";
        return askProvider(context, deposit);
    }
    return {};
}

Result<void> DepositFlow::applyFundsProblem(engine::Context &context, Deposit &deposit,
                                            dynopay::FundsProblem problem) const
{
    if (problem == dynopay::FundsProblem::SettlementFailed) {
        deposit.note = QStringLiteral("received, but the provider could not forward it");
        return moveTo(context, deposit, State::SettlementFailedHold);
    }
    if (problem == dynopay::FundsProblem::Underpaid)
        deposit.note = QStringLiteral("the provider reports too little");
    return askProvider(context, deposit);
}

// --- The provider was asked ---------------------------------------------------------------------

Result<Outcome> DepositFlow::statusAnswered(const engine::Event &event,
                                            engine::Context &context) const
{
    const Json *request = core::member(event.payload, "request");
    auto found = request ? lockDeposit(context.transaction(), depositIdOf(*request))
                         : Result<std::optional<Deposit>>();
    if (!found)
        return failure(found.error());
    if (!*found || isFinal((*found)->state))
        return Outcome::Ignored;
    Deposit &deposit = **found;
    deposit.lastCheckAt = context.now();
    const bool byAddress = core::boolMember(*request, "by_address").value_or(false);
    const auto answer = answerIn(event.payload);
    const auto status =
        byAddress ? dynopay::parseCryptoTransaction(answer) : dynopay::parsePaymentStatus(answer);
    Result<void> done;
    if (status) {
        done = applyStatus(context, deposit, *status, byAddress);
    } else if (status.error().refusal == dynopay::Refusal::NotFound && !byAddress &&
               !deposit.address.isEmpty()) {
        done = askProvider(context, deposit,
                           true); // an older deployment knows payments by their address only
    } else {
        done = noteEvent(context, deposit.id, QStringLiteral("provider did not say"),
                         dynopay::name(status.error().refusal));
    }
    if (!done)
        return failure(done.error());
    if (!isFinal(deposit.state)) {
        if (auto scheduled = scheduleCheck(context, deposit); !scheduled)
            return failure(scheduled.error());
    }
    ++deposit.checks;
    if (auto saved = saveDeposit(context, deposit); !saved)
        return failure(saved.error());
    return Outcome::Handled;
}

Result<void> DepositFlow::applyStatus(engine::Context &context, Deposit &deposit,
                                      const dynopay::PaymentStatus &status, bool byAddress) const
{
    if (auto noted = noteEvent(context, deposit.id,
                               QStringLiteral("provider says ") + status.statusWord.left(40));
        !noted)
        return noted;
    if (const QString contradiction = contradictionIn(status, deposit); !contradiction.isEmpty()) {
        deposit.note = contradiction;
        return moveTo(context, deposit, State::MismatchReview);
    }
    // An older deployment knows no "settled": a webhook that says paid and a chain that agrees are
    // all it gives.
    const bool chainAgrees = byAddress && deposit.state == State::Verifying &&
                             (status.status.statusClass == dynopay::StatusClass::SeenPaid ||
                              status.status.statusClass == dynopay::StatusClass::ProblemFunds);
    if (status.isSettled() || chainAgrees) {
        deposit.received = smallerOf(deposit.received, status.amountReceived);
        return credit(context, deposit);
    }
    if (!deposit.received) {
        if (const auto seen = core::Decimal::parse(status.amountReceived); seen && !seen->isZero())
            deposit.received = *seen;
    }
    switch (status.status.statusClass) {
    case dynopay::StatusClass::SeenPaid: return moveTo(context, deposit, State::Confirming);
    case dynopay::StatusClass::ProblemFunds:
        if (status.status.problem == dynopay::FundsProblem::Underpaid)
            return moveTo(context, deposit, State::UnderpaidReview);
        return {};
    case dynopay::StatusClass::Wait:
        if (status.statusWord == QLatin1String("pending"))
            return moveTo(context, deposit, State::Detected);
        return {};
    case dynopay::StatusClass::FinalPaid:
    case dynopay::StatusClass::Dead:
    case dynopay::StatusClass::Reversed:
    case dynopay::StatusClass::Unknown: return {};
    }
    return {};
}

} // namespace deposits
