#include "deposits/deposit_flow.h"

#include "core/fault_point.h"
#include "deposits/consistency.h"
#include "deposits/deposit_messages.h"
#include "deposits/deposit_parts.h"
#include "deposits/deposit_rules.h"
#include "deposits/deposit_steps.h"
#include "ledger/transfer.h"

namespace deposits {

using namespace language::literals;

namespace {

constexpr qint64 kNoteBelow = 980 * kThousandth;
constexpr qint64 kClearlyMore = 20'000'000; // in parts per billion of what was asked for
/// So often it is asked again, six minutes in all, while webhooks may be on their way.
constexpr int kPatientChecks = 3;

/// The provider says that clearly more came than what the credit would go by.
bool saysMore(const Amount &told, const Deposit &deposit)
{
    return told && deposit.received && deposit.expected &&
           told->partsPerBillionOf(*deposit.expected) -
                   deposit.received->partsPerBillionOf(*deposit.expected) >
               kClearlyMore;
}

QString noteOf(const Decision &decision, const Deposit &deposit)
{
    if (decision.verdict == Verdict::Overpaid)
        return QStringLiteral("more than asked: %1 USD in suspense")
            .arg(decision.excess.toString());
    if (decision.verdict == Verdict::Full && deposit.received && deposit.expected &&
        deposit.received->partsPerBillionOf(*deposit.expected) < kNoteBelow)
        return QStringLiteral("less than asked, as far as the rules tolerate it");
    if (decision.verdict == Verdict::OverpaidWhole)
        return QStringLiteral("more than asked, and credited with it: %1 USD")
            .arg((decision.credit - deposit.requested).toString());
    if (decision.isDisputed && deposit.received && deposit.reportedMost)
        return QStringLiteral("credited by the lowest report, %1 %3; another one said %2")
            .arg(deposit.received->toString(), deposit.reportedMost->toString(), deposit.coin);
    if (decision.verdict == Verdict::Partial)
        return QStringLiteral("less than asked: credited in proportion");
    return {};
}

} // namespace

Result<void> DepositFlow::credit(engine::Context &context, Deposit &deposit,
                                 const Amount &told) const
{
    if (deposit.transfer)
        return {}; // this answer has come late
    const auto parts = takeTogether(context, deposit, told);
    if (!parts)
        return failure(parts.error());
    const bool isPatient = deposit.state == State::Verifying ? deposit.checks < kPatientChecks
                                                             : !waitsForPerson(deposit.state);
    if (isPatient && saysMore(told, deposit)) {
        if (auto begun = beginVerifying(context, deposit); !begun)
            return begun;
        return noteEvent(context, deposit.id, QStringLiteral("provider says more came"),
                         QStringLiteral("%1 %3, webhooks told of %2")
                             .arg(told->toString(), deposit.received->toString(), deposit.coin));
    }
    if (deposit.isSimulated)
        return review(context, deposit, State::MismatchReview,
                      QStringLiteral("the provider marked it as simulated: is its key a test key?"),
                      {"topup.review"_key});
    const auto isByHand = isCreditedByHand(context.transaction(), deposit.txId);
    if (!isByHand)
        return failure(isByHand.error());
    if (*isByHand)
        return review(context, deposit, State::MismatchReview,
                      QStringLiteral("a person has credited this transaction already"),
                      {"topup.review"_key});
    if (*parts > 0)
        addNote(deposit, QStringLiteral("paid in %1 parts").arg(*parts));
    return creditByRule(context, deposit, *parts > 0);
}

Result<void> DepositFlow::creditByRule(engine::Context &context, Deposit &deposit,
                                       bool isPaidInParts) const
{
    const auto rules = depositRulesAt(context.transaction(), context.now());
    if (!rules)
        return failure(rules.error());
    const Rule rule = rules->isStrict ? Rule::Strict : m_rule;
    const bool isLate = deposit.expiresAt && context.now() > *deposit.expiresAt;
    if (rule == Rule::Guarded &&
        isRateOff(deposit.requested, deposit.expected, deposit.exchangeRate))
        return review(context, deposit, isLate ? State::LateReview : State::MismatchReview,
                      QStringLiteral("the provider's rate is more than 5 % off what was asked"),
                      isLate ? language::Text{"topup.late"_key}
                             : language::Text{"topup.review"_key});
    const Decision decision = decide(
        rule, deposit.requested,
        {.expected = deposit.expected, .received = deposit.received, .most = deposit.reportedMost},
        {.from = rules->tolerateFrom * kThousandth,
         .to = rules->tolerateTo * kThousandth,
         .excessUpTo = rules->excessUpTo});
    if (decision.verdict == Verdict::TooLittle)
        return review(context, deposit, State::UnderpaidReview,
                      QStringLiteral("too little arrived to credit it by rule"),
                      underpaidText(deposit));
    if (!decision.credit.isPositive())
        return review(context, deposit, State::MismatchReview,
                      QStringLiteral("paid, but how much is not known"), {"topup.review"_key});
    deposit.rulesVersion = rules->version;
    return book(context, deposit, decision, isPaidInParts);
}

Result<void> DepositFlow::book(engine::Context &context, Deposit &deposit, const Decision &decision,
                               bool isPaidInParts) const
{
    const bool hasOtherPayment = !deposit.otherTxId.isEmpty() && !isPaidInParts;
    const bool hasMore =
        decision.verdict == Verdict::Overpaid || decision.isDisputed || hasOtherPayment;
    const State state = hasMore ? State::OverpaidReview : State::Credited;
    // Before any money moves: a state that cannot follow would have to be credited again and again.
    if (deposit.transfer || !mayFollow(deposit.state, state))
        return failure({.code = ErrorCode::Internal,
                        .detail = QStringLiteral("deposit %1 cannot be credited as %2")
                                      .arg(deposit.id.value)
                                      .arg(nameOf(deposit.state))});
    const auto transfer = ledger::creditDeposit(context.transaction(),
                                                {.customer = deposit.customer,
                                                 .amount = decision.credit,
                                                 .excess = decision.excess,
                                                 .payment = paymentOf(deposit)},
                                                context.cause(), context.now());
    if (!transfer)
        return failure(transfer.error());
    deposit.transfer = transfer->id;
    deposit.credited = decision.credit;
    if (const QString note = noteOf(decision, deposit); !note.isEmpty())
        addNote(deposit, note);
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("credited"),
                               decision.credit.toString() + QStringLiteral(" USD"));
        !noted)
        return noted;
    if (auto moved = moveTo(context, deposit, state); !moved)
        return moved;
    core::faultPoint("deposit.credited");
    if (auto covered = coverParts(context, deposit, isPaidInParts); !covered)
        return covered;
    core::faultPoint("deposit.covered");
    if (auto opened = reviewRest(context, deposit, decision); !opened)
        return opened;
    const auto balance = ledger::balanceOf(context.transaction(), deposit.customer);
    if (!balance)
        return failure(balance.error());
    return tell(context, deposit, creditedText(deposit, decision, *balance));
}

/// What was paid beyond the credit is a person's to decide.
Result<void> DepositFlow::reviewRest(engine::Context &context, const Deposit &deposit,
                                     const Decision &decision) const
{
    Result<bool> opened = true;
    if (decision.excess.isPositive())
        opened = openReview(context, deposit,
                            {.kind = ReviewKind::Excess,
                             .received = higherOf(deposit.received, deposit.reportedMost),
                             .suggested = decision.excess,
                             .inSuspense = decision.excess,
                             .evidence = QStringLiteral("more arrived than was asked for")});
    if (opened && decision.isDisputed)
        opened = openReview(
            context, deposit,
            {.kind = ReviewKind::Disputed,
             .received = deposit.reportedMost,
             .suggested = std::max(
                 Money(), std::min(deposit.requested, worthOf(deposit, deposit.reportedMost)) -
                              deposit.credited),
             .evidence = noteOf(decision, deposit)});
    return opened ? Result<void>() : failure(opened.error());
}

Result<void> DepositFlow::review(engine::Context &context, Deposit &deposit, State state,
                                 const QString &why, const language::Text &text) const
{
    const bool isNew = addNote(deposit, why);
    if (!mayFollow(deposit.state, state)) { // it waits for a person already
        if (auto saved = saveDeposit(context, deposit); !saved)
            return saved;
        return reviewState(context, deposit);
    }
    if (auto moved = moveTo(context, deposit, state); !moved)
        return moved;
    // A payment that is reported again comes here again.
    if (!isNew)
        return showStatus(context, deposit, {.parts = {text}});
    qCCritical(lcDeposits) << "deposit" << deposit.id.value << "waits for a person:" << why;
    return tell(context, deposit, text);
}

} // namespace deposits
