#include "deposits/deposit_flow.h"

#include "deposits/consistency.h"
#include "deposits/deposit_messages.h"
#include "deposits/deposit_parts.h"
#include "deposits/deposit_rules.h"
#include "deposits/deposit_steps.h"

namespace deposits {

using namespace language::literals;
using engine::Outcome;
namespace dynopay = providers::dynopay;
using dynopay::FundsProblem;
using dynopay::StatusClass;

namespace {

constexpr std::chrono::hours kReserved{2}; // so long DynoPay gives nobody else the address
constexpr int kSilentChecks = 4; // so often it was asked in vain before a person hears of it

bool isPending(const dynopay::Event &event)
{
    return event.status.statusClass == StatusClass::Wait &&
           (event.statusWord == QLatin1String("pending") ||
            event.statusWord == QLatin1String("payment.pending"));
}

/// A word about a payment that was seen already, but under another transaction.
bool isOtherPayment(const dynopay::Event &event, const Deposit &deposit)
{
    const QString transaction = transactionOf(event);
    return !transaction.isEmpty() && !deposit.txId.isEmpty() && transaction != deposit.txId;
}

/// What an event tells about the coins. The lowest report is credited by: DynoPay may repeat what
/// it expected when less came.
void readCoins(Deposit &deposit, const dynopay::Event &event)
{
    if (!isOfMoney(event.status) && !isPending(event))
        return; // an amount in it is what we asked for
    if (const Amount received = amountIn(event.received())) {
        deposit.received = lowerOf(deposit.received, received);
        deposit.reportedMost = higherOf(deposit.reportedMost, received);
    }
    if (const Amount rate = amountIn(event.exchangeRate))
        deposit.exchangeRate = rate;
    if (isOtherPayment(event, deposit))
        noteOtherPayment(deposit, event);
    else if (deposit.txId.isEmpty())
        deposit.txId = transactionOf(event);
}

} // namespace

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
    const bool isReadable = !core::boolMember(event.payload, "malformed").value_or(false);
    const auto told =
        isReadable ? dynopay::readEvent(event.payload)
                   : failure({.code = ErrorCode::BadInput, .detail = QStringLiteral("not JSON")});
    if (told && told->isTest)
        return Outcome::Ignored;
    QString contradiction =
        told ? contradictionIn(*told, deposit) : QStringLiteral("it cannot be read");
    if (contradiction.isEmpty() && deposit.paymentId.isEmpty()) {
        const auto isOthers =
            isPaymentOfAnother(context.transaction(), told->paymentId, deposit.id);
        if (!isOthers)
            return failure(isOthers.error());
        if (*isOthers)
            contradiction = QStringLiteral("its payment is another deposit's");
    }
    const auto taken = takeEvent(context, deposit, told.value_or(dynopay::Event()), contradiction);
    if (!taken)
        return failure(taken.error());
    return Outcome::Handled;
}

/// Handled as if it had come, without the figures that only it had: the provider is asked.
Result<Outcome> DepositFlow::missed(const engine::Event &event, engine::Context &context) const
{
    auto found = lockDeposit(context.transaction(), depositIdOf(event.payload));
    if (!found)
        return failure(found.error());
    if (!*found)
        return Outcome::Ignored;
    Deposit &deposit = **found;
    const QString name = core::textMember(event.payload, "event").value_or(QString());
    const auto told = dynopay::readEvent({{"event", name}, {"payment_id", deposit.paymentId}});
    if (!told)
        return failure(told.error());
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("missed a webhook"),
                               QStringLiteral("the provider's event log has ") + name.left(60));
        !noted)
        return failure(noted.error());
    if (auto taken = takeEvent(context, deposit, *told, {}); !taken)
        return failure(taken.error());
    return Outcome::Handled;
}

Result<void> DepositFlow::takeEvent(engine::Context &context, Deposit &deposit,
                                    const dynopay::Event &event, const QString &contradiction) const
{
    const bool wasOver = isWatchOver(deposit, context.now());
    deposit.lastWebhookAt = context.now();
    const auto done = contradiction.isEmpty() ? applyEvent(context, deposit, event)
                                              : refuseEvent(context, deposit, event, contradiction);
    if (!done)
        return done;
    const auto due = nextCheck(deposit, context.now());
    if (wasOver && due && contradiction.isEmpty() && !isFinal(deposit.state)) {
        if (auto scheduled = scheduleCheck(context, deposit, *due); !scheduled)
            return scheduled;
    }
    return saveDeposit(context, deposit);
}

/// The event waits for a person; the deposit keeps its state, so a forged event cannot freeze a
/// good one.
Result<void> DepositFlow::refuseEvent(engine::Context &context, Deposit &deposit,
                                      const dynopay::Event &event, const QString &why) const
{
    qCCritical(lcDeposits) << "deposit" << deposit.id.value
                           << "got an event that does not match:" << why;
    addNote(deposit, QStringLiteral("an event does not match: %1").arg(why));
    deposit.isSimulated |= event.isSimulated;
    const QString transaction = transactionOf(event);
    const QString subject = transaction.isEmpty() ? event.paymentId : transaction;
    const QString paid = event.received().isEmpty()
                             ? QString()
                             : QStringLiteral("; it reports %1 %2")
                                   .arg(event.received().left(40), event.currency.left(20));
    const auto opened = openReview(context, deposit,
                                   {.kind = ReviewKind::Stray,
                                    .subject = subject.isEmpty() ? why : subject,
                                    .received = amountIn(event.received()),
                                    .evidence = why + paid});
    if (!opened)
        return failure(opened.error());
    return noteEvent(context, deposit.id, QStringLiteral("webhook refused"), why);
}

Result<bool> DepositFlow::reviewOtherPayment(engine::Context &context, const Deposit &deposit,
                                             const dynopay::Event &event) const
{
    const Amount received = amountIn(event.received());
    return openReview(context, deposit,
                      {.kind = ReviewKind::SecondPayment,
                       .subject = transactionOf(event),
                       .received = received,
                       .suggested = worthOf(deposit, received),
                       .evidence = QStringLiteral("another transaction to the same address")});
}

Result<void> DepositFlow::applyEvent(engine::Context &context, Deposit &deposit,
                                     const dynopay::Event &event) const
{
    const QString word = event.event.isEmpty() ? event.statusWord : event.event;
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("webhook ") + word.left(60));
        !noted)
        return noted;
    if (event.status.statusClass == StatusClass::Reversed) {
        addNote(deposit, QStringLiteral("the provider says the payment was refunded"));
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "was refunded by the provider";
        if (auto opened = openReview(context, deposit,
                                     {.kind = ReviewKind::Refunded,
                                      .subject = word,
                                      .evidence = QStringLiteral("told by a webhook")});
            !opened)
            return failure(opened.error());
    }
    if (const auto fee = core::Decimal::parse(event.fee))
        deposit.providerFee = *fee;
    if (isOfMoney(event.status)) {
        if (auto put = notePart(context, deposit, event); !put)
            return put;
    }
    if (isFinal(deposit.state))
        return applyToClosed(context, deposit, event);
    // Nobody has seen the address yet. The question that follows its answer will tell the rest.
    if (deposit.state == State::Created)
        return {};
    if (deposit.paymentId.isEmpty() && event.originalPaymentId.isEmpty())
        deposit.paymentId = event.paymentId; // old deployments do not tell it at creation
    const bool isOther =
        isOtherPayment(event, deposit) && (isOfMoney(event.status) || isPending(event));
    readCoins(deposit, event);
    if (isOther) {
        if (auto opened = reviewOtherPayment(context, deposit, event); !opened)
            return failure(opened.error());
    }
    return applyState(context, deposit, event);
}

Result<void> DepositFlow::applyState(engine::Context &context, Deposit &deposit,
                                     const dynopay::Event &event) const
{
    switch (event.status.statusClass) {
    case StatusClass::Wait:
        return isPending(event) ? moveTo(context, deposit, State::Detected) : Result<void>();
    case StatusClass::SeenPaid:
        // A recovery is told once and with the event of an earlier step: how far it is only the
        // provider can say.
        return event.isRecovered ? reportedPaid(context, deposit) : confirming(context, deposit);
    case StatusClass::FinalPaid: return reportedPaid(context, deposit);
    case StatusClass::ProblemFunds:
        if (event.status.problem == FundsProblem::SettlementFailed) {
            addNote(deposit, QStringLiteral("received, but the provider could not forward it"));
            return moveTo(context, deposit, State::SettlementFailedHold);
        }
        return askProvider(context, deposit);
    case StatusClass::Dead: return {}; // our own countdown expires it; a payment may still come
    case StatusClass::Reversed: return {};
    case StatusClass::Unknown:
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "has a status we do not know";
        return askProvider(context, deposit);
    }
    return {};
}

Result<void> DepositFlow::reportedPaid(engine::Context &context, Deposit &deposit) const
{
    if (auto begun = beginVerifying(context, deposit); !begun)
        return begun;
    return askProvider(context, deposit);
}

Result<void> DepositFlow::beginVerifying(engine::Context &context, Deposit &deposit) const
{
    if (deposit.state == State::Verifying)
        return {};
    if (auto moved = moveTo(context, deposit, State::Verifying); !moved)
        return moved;
    deposit.checks = 0;
    const auto due = nextCheck(deposit, context.now());
    return due ? scheduleCheck(context, deposit, *due) : Result<void>();
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
    if (!*found || !isWatched(**found) || (*found)->state == State::Created)
        return Outcome::Ignored;
    Deposit &deposit = **found;
    deposit.lastCheckAt = context.now();
    const bool byAddress = core::boolMember(*request, "by_address").value_or(false);
    const bool isForAmount = core::boolMember(*request, "for_amount").value_or(false);
    const Question question = isForAmount ? Question::Amount
                              : byAddress ? Question::Address
                                          : Question::Status;
    const auto answer = answerIn(event.payload);
    const auto status =
        byAddress ? dynopay::parseCryptoTransaction(answer) : dynopay::parsePaymentStatus(answer);
    const bool isUnknown = !status && status.error().refusal == dynopay::Refusal::NotFound;
    Result<void> done;
    if (status)
        done = applyStatus(context, deposit, *status, question,
                           core::textMember(*request, "transaction").value_or(QString()));
    else if (isUnknown && question == Question::Status)
        // An older deployment knows payments by their address only.
        done = askProvider(context, deposit, Question::Address);
    else if (question == Question::Amount &&
             (isUnknown || (deposit.received && deposit.checks >= kSilentChecks)))
        done = credit(context, deposit); // settled, and nobody tells how much: the rule says what
    else
        done = providerIsSilent(context, deposit, status.error().refusal);
    if (!done)
        return failure(done.error());
    if (auto saved = saveDeposit(context, deposit); !saved)
        return failure(saved.error());
    return Outcome::Handled;
}

/// It waits and is asked about again and again; but the customer waits as well, so a person may
/// decide before that ends.
Result<void> DepositFlow::providerIsSilent(engine::Context &context, const Deposit &deposit,
                                           dynopay::Refusal refusal) const
{
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("provider did not say"),
                               dynopay::name(refusal));
        !noted || deposit.state != State::Verifying || deposit.checks < kSilentChecks)
        return noted;
    const auto opened = openReview(
        context, deposit,
        {.kind = ReviewKind::Unverified,
         .received = deposit.received,
         .suggested = worthOf(deposit, deposit.received),
         .evidence = QStringLiteral("reported as paid, and the provider does not answer: ") +
                     dynopay::name(refusal)});
    return opened ? Result<void>() : failure(opened.error());
}

Result<void> DepositFlow::applyStatus(engine::Context &context, Deposit &deposit,
                                      const dynopay::PaymentStatus &status, Question question,
                                      const QString &transaction) const
{
    if (auto noted = noteEvent(context, deposit.id,
                               QStringLiteral("provider says ") + status.statusWord.left(40));
        !noted)
        return noted;
    if (const QString contradiction = contradictionIn(status, deposit); !contradiction.isEmpty()) {
        addNote(deposit, contradiction);
        qCCritical(lcDeposits) << "deposit" << deposit.id.value
                               << "does not match:" << contradiction;
        return isOfMoney(status.status) ? moveTo(context, deposit, State::MismatchReview)
                                        : Result<void>();
    }
    if (deposit.isUnsettled)
        return applyAfterCredit(context, deposit, status);
    if (question == Question::Amount)
        return applyArrived(context, deposit, status, transaction);
    const bool byAddress = question == Question::Address;
    if (!byAddress && (status.confirmations > 0 || status.requiredConfirmations > 0)) {
        deposit.confirmations = status.confirmations;
        deposit.confirmationsRequired = status.requiredConfirmations;
    }
    // An address may serve somebody else's payment by now: what is said of it counts only beside a
    // webhook that says paid. An older deployment knows no "settled", so the chain is all it gives.
    const bool chainAgrees = deposit.state == State::Verifying && isOfMoney(status.status) &&
                             status.status.problem != FundsProblem::SettlementFailed;
    if (!byAddress && status.isSettled())
        return applySettled(context, deposit, status);
    if (byAddress && chainAgrees)
        return credit(context, deposit, amountIn(status.amountReceived));
    const bool isReserved = context.now() < deposit.createdAt + kReserved;
    return byAddress && !isReserved ? Result<void>() : applyUnpaid(context, deposit, status);
}

/// DynoPay may answer with what it expected once a payment is settled, whatever came. Such an
/// answer is beside a webhook's figure, but not in the place of one: unless a webhook told as much,
/// what the chain had is asked for then, and if nobody tells it the rule decides by what is known.
Result<void> DepositFlow::applySettled(engine::Context &context, Deposit &deposit,
                                       const dynopay::PaymentStatus &status) const
{
    const Amount told = amountIn(status.amountReceived);
    if (told && told != deposit.expected)
        return credit(context, deposit, told);
    const auto rules = depositRulesAt(context.transaction(), context.now());
    if (!rules)
        return failure(rules.error());
    const bool isWhole = isAsAsked(deposit, *rules);
    // Later the address may serve somebody else's payment.
    const bool isReserved = context.now() < deposit.createdAt + kReserved;
    if (deposit.received)
        deposit.received = lowerOf(deposit.received, told);
    if (isWhole || !isReserved || rules->isStrict || m_rule == Rule::Strict)
        return credit(context, deposit);
    // One that waits for a person goes on doing so meanwhile.
    if (!waitsForPerson(deposit.state)) {
        if (auto begun = beginVerifying(context, deposit); !begun)
            return begun;
    }
    return askProvider(context, deposit, Question::Amount, status.txId);
}

/// What came to the address of a payment that is settled. The address may serve the next one
/// already: then the transaction or the amount that is expected differs.
Result<void> DepositFlow::applyArrived(engine::Context &context, Deposit &deposit,
                                       const dynopay::PaymentStatus &status,
                                       const QString &transaction) const
{
    const Amount expected = amountIn(status.amountExpected);
    const bool isOfThisPayment = (!expected || expected == deposit.expected) &&
                                 (transaction.isEmpty() || status.txId == transaction);
    if (!isOfThisPayment || !isOfMoney(status.status))
        return credit(context, deposit);
    return credit(context, deposit, amountIn(status.amountReceived));
}

Result<void> DepositFlow::applyUnpaid(engine::Context &context, Deposit &deposit,
                                      const dynopay::PaymentStatus &status) const
{
    // What was expected says nothing about what came: see applySettled.
    const Amount told = amountIn(status.amountReceived);
    if (isOfMoney(status.status) && told && told != deposit.expected) {
        const auto parts = partsOf(context.transaction(), deposit.id);
        if (!parts)
            return failure(parts.error());
        if (const Amount together = totalOf(*parts, told); together || !deposit.received)
            deposit.received = together ? together : told;
    }
    switch (status.status.statusClass) {
    case StatusClass::SeenPaid: return applyConfirmed(context, deposit, status);
    case StatusClass::ProblemFunds:
        if (status.status.problem == FundsProblem::SettlementFailed)
            return moveTo(context, deposit, State::SettlementFailedHold);
        if (status.status.problem != FundsProblem::Underpaid ||
            !mayFollow(deposit.state, State::UnderpaidReview))
            return {};
        addNote(deposit, QStringLiteral("the provider reports too little"));
        if (auto moved = moveTo(context, deposit, State::UnderpaidReview); !moved)
            return moved;
        return showStatus(context, deposit, {.parts = {underpaidText(deposit)}});
    case StatusClass::Wait:
        return status.statusWord == QLatin1String("pending")
                   ? moveTo(context, deposit, State::Detected)
                   : Result<void>();
    case StatusClass::Reversed:
        addNote(deposit, QStringLiteral("the provider says the payment was refunded"));
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "was refunded by the provider";
        return {};
    case StatusClass::Unknown:
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "has a status we do not know";
        return {};
    case StatusClass::FinalPaid:
    case StatusClass::Dead: return {};
    }
    return {};
}

} // namespace deposits
