#include "operators/deposit_desk.h"

#include "core/crypto.h"
#include "deposits/coin_switches.h"
#include "operators/fresh_code.h"
#include "operators/preview_parts.h"
#include "providers/dynopay/status.h"

#include <QRegularExpression>

namespace operators {

namespace {

using api::ReviewAction;
using api::ReviewKind;
using api::ReviewPreview;
using api::ReviewState;

const Money kSeniorMost = Money::fromCents(50'00);
constexpr qsizetype kReasonMin = 3;
constexpr qsizetype kReasonMax = 500;

QString textIn(const Json &payload, const char *member)
{
    return core::textMember(payload, member).value_or(QString()).trimmed();
}

tl::unexpected<CommandOutcome> turnedDown(const char *code, const QString &detail)
{
    return tl::unexpected<CommandOutcome>(refused(code, detail));
}

/// A transaction's hash or a payment's id, as people copy it.
bool isPaymentName(const QString &text)
{
    static const QRegularExpression name(QStringLiteral("^[A-Za-z0-9._:-]{6,200}$"));
    return name.match(text).hasMatch();
}

/// The deposit of ours that a payment belongs to; 0: none. Such a payment is decided there.
Result<qint64> depositOfPayment(engine::Context &context, const QString &payment,
                                std::optional<DepositId> except)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT id FROM deposits WHERE provider_payment_id = ? UNION ALL SELECT id "
                       "FROM deposits WHERE tx_id = ? AND transfer_id IS NOT NULL UNION ALL SELECT "
                       "deposit_id FROM deposit_parts WHERE tx_id = ? AND transfer_id IS NOT NULL"),
        {payment, payment, payment});
    if (!rows)
        return failure(rows.error());
    for (qsizetype i = 0; i < rows->size(); ++i) {
        if (!except || (*rows)[i].integer("id") != except->value)
            return (*rows)[i].integer("id");
    }
    return 0;
}

} // namespace

/// A decision as somebody wants it, with all that it is about, locked.
struct DepositDesk::Case {
    deposits::LockedReview locked;
    deposits::Settlement wanted;
    bool isNew = false;       // of a payment that nobody reported
    bool needsSecond = false; // and this is not the second person
    bool mayDecide = false;   // by role and amount
    QString rule;
    QString hash; // of the preview it is based on
};

DepositDesk::DepositDesk(const deposits::DepositFlow &deposits,
                         const language::Catalogue &catalogue, const QByteArray &installationKey)
    : m_deposits(deposits)
    , m_catalogue(catalogue)
    , m_sealing(installationKey)
{
}

void DepositDesk::addRoutes(engine::RoutingTable &routes) const
{
    addCommand(routes,
               {.name = QStringLiteral("deposit.preview"),
                .work = [this](engine::Context &context, const Command &command,
                               const Json &payload) { return preview(context, command, payload); },
                .isAuditedWhenDone = false});
    for (const ReviewAction action :
         {ReviewAction::Accept, ReviewAction::AcceptPart, ReviewAction::CreditExcess,
          ReviewAction::Refuse, ReviewAction::Match})
        addCommand(routes, {.name = QStringLiteral("deposit.") + api::nameOf(action),
                            .work = [this, action](engine::Context &context, const Command &command,
                                                   const Json &payload) {
                                return execute(context, command, action, payload);
                            }});
    addCommand(routes, {.name = QStringLiteral("deposits.pause"),
                        .work = [this](engine::Context &context, const Command &command,
                                       const Json &payload) {
                            return pause(context, command, true, payload);
                        }});
    addCommand(routes, {.name = QStringLiteral("deposits.resume"),
                        .work = [this](engine::Context &context, const Command &command,
                                       const Json &payload) {
                            return pause(context, command, false, payload);
                        }});
}

// --- What is wanted -----------------------------------------------------------------------------

namespace {

/// What the payload says by itself.
tl::expected<deposits::Settlement, CommandOutcome>
settlementOf(const Command &command, ReviewAction action, const Json &payload)
{
    deposits::Settlement wanted = {
        .action = action,
        .amount = Money::fromMicros(core::integerMember(payload, "amount").value_or(0)),
        .payee = CustomerId{core::integerMember(payload, "customer").value_or(0)},
        .payment = textIn(payload, "payment"),
        .reason = textIn(payload, "reason"),
        .requestedBy = command.by};
    if (wanted.reason.size() < kReasonMin || wanted.reason.size() > kReasonMax)
        return turnedDown("BadInput",
                          QStringLiteral("a reason of 3 to 500 characters says why; of a match, "
                                         "where the evidence is"));
    if (action == ReviewAction::Match && !wanted.payment.isEmpty() &&
        !isPaymentName(wanted.payment))
        return turnedDown("BadInput", QStringLiteral("a payment is named by its id or by its "
                                                     "transaction's hash"));
    return wanted;
}

/// Fills in what a review knows already, and what another person has asked for.
Result<tl::expected<void, CommandOutcome>> completeMatch(engine::Context &context,
                                                         const deposits::LockedReview &locked,
                                                         deposits::Settlement &wanted)
{
    using Answer = tl::expected<void, CommandOutcome>;
    const deposits::Review &review = locked.review;
    if (review.state == ReviewState::PendingApproval) {
        wanted.amount = review.amount;
        wanted.payee = review.payee;
        wanted.payment = review.payment;
        wanted.reason = review.reason; // the evidence stays; the second person's words are audited
        return Answer();
    }
    const QString name = wanted.payment.isEmpty() ? review.subject : wanted.payment;
    if (!isPaymentName(name))
        return Answer(turnedDown("BadInput", QStringLiteral("a payment is named by its id or by "
                                                            "its transaction's hash")));
    const auto owner = depositOfPayment(context, name, locked.review.deposit);
    if (!owner)
        return failure(owner.error());
    if (*owner != 0)
        return Answer(turnedDown(
            "BadInput",
            QStringLiteral("that payment is of deposit %1: decide it there").arg(*owner)));
    wanted.payment = deposits::paymentOfTransaction(name);
    return Answer();
}

} // namespace

DepositDesk::Loaded DepositDesk::load(engine::Context &context, const Command &command,
                                      ReviewAction action, const Json &payload) const
{
    auto settlement = settlementOf(command, action, payload);
    if (!settlement)
        return turnedDown("BadInput", settlement.error().detail);
    Case wanted = {.locked = {}, .wanted = *std::move(settlement), .rule = {}, .hash = {}};
    wanted.hash = textIn(payload, "hash");
    api::ReviewId id{core::integerMember(payload, "review").value_or(0)};
    wanted.isNew = id.value == 0 && action == ReviewAction::Match;
    if (wanted.isNew) {
        const auto customer = customers::find(context.transaction(), wanted.wanted.payee);
        if (!customer)
            return failure(customer.error());
        if (!*customer)
            return turnedDown("NotFound", QStringLiteral("there is no such customer"));
        const auto opened = deposits::openUndetected(context, wanted.wanted.payee,
                                                     wanted.wanted.payment, wanted.wanted.reason);
        if (!opened)
            return failure(opened.error());
        id = *opened;
    }
    auto locked = deposits::lockReview(context.transaction(), id);
    if (!locked)
        return failure(locked.error());
    if (!*locked)
        return turnedDown("NotFound", QStringLiteral("there is no review %1").arg(id.value));
    wanted.locked = **std::move(locked);
    const deposits::Review &review = wanted.locked.review;
    const bool isPending = review.state == ReviewState::PendingApproval;
    if (review.state != ReviewState::Open &&
        !(isPending && (action == ReviewAction::Match || action == ReviewAction::Refuse)))
        return turnedDown(
            "Settled",
            QStringLiteral("review %1 is %2").arg(id.value).arg(api::nameOf(review.state)));
    if (action == ReviewAction::Match) {
        const auto completed = completeMatch(context, wanted.locked, wanted.wanted);
        if (!completed)
            return failure(completed.error());
        if (!*completed)
            return tl::unexpected<CommandOutcome>(completed->error());
    }
    return judged(command, std::move(wanted));
}

/// How much it is, and whether this person may.
tl::expected<DepositDesk::Case, CommandOutcome> DepositDesk::judged(const Command &command,
                                                                    Case wanted)
{
    const deposits::Review &review = wanted.locked.review;
    const auto amount = deposits::DepositFlow::amountOf(wanted.locked, wanted.wanted);
    if (!amount)
        return turnedDown("BadInput", amount.error());
    wanted.wanted.amount = *amount;
    // Refusing money is as weighty as giving it.
    const Money weight = wanted.wanted.action == ReviewAction::Refuse
                             ? std::max(review.suggested, review.inSuspense)
                             : *amount;
    const bool isFinance = command.roles.testFlag(Role::Finance);
    wanted.mayDecide = isFinance || (command.roles.testFlag(Role::Senior) && weight <= kSeniorMost);
    wanted.rule = weight > kSeniorMost ? QStringLiteral("over 50 USD: finance")
                                       : QStringLiteral("up to 50 USD: senior or finance");
    if (wanted.wanted.action != ReviewAction::Match)
        return wanted;
    const bool isPending = review.state == ReviewState::PendingApproval;
    const bool isOwn = !isPending || review.requestedBy == command.by;
    if (command.isSolo && isFinance) {
        wanted.wanted.isSolo = true; // there is nobody else to ask
    } else if (isOwn) {
        wanted.needsSecond = true;
        wanted.rule += QStringLiteral("; a match takes two people");
    } else {
        wanted.wanted.requestedBy = *review.requestedBy;
        wanted.wanted.approvedBy = command.by;
    }
    return wanted;
}

// --- Looking and doing --------------------------------------------------------------------------

/// Over what a person has agreed to, and nothing that other traffic moves.
QString DepositDesk::hashOf(const Case &wanted, const QList<api::RefundEntry> &entries)
{
    const deposits::Review &review = wanted.locked.review;
    const deposits::Settlement &settlement = wanted.wanted;
    QString text = QStringLiteral("review %1 %2 %3; %4; %5 to %6 for %7")
                       .arg(wanted.isNew ? 0 : review.id.value)
                       .arg(api::nameOf(review.kind), api::nameOf(review.state),
                            api::nameOf(settlement.action))
                       .arg(settlement.amount.micros())
                       .arg(settlement.payee.value)
                       .arg(settlement.payment);
    if (wanted.locked.deposit)
        text += QStringLiteral("; deposit %1 %2 %3")
                    .arg(wanted.locked.deposit->id.value)
                    .arg(deposits::nameOf(wanted.locked.deposit->state))
                    .arg(wanted.locked.deposit->credited.micros());
    for (const api::RefundEntry &entry : entries)
        text += QStringLiteral("; %1 %2").arg(entry.account).arg(entry.amount.micros());
    return QString::fromLatin1(core::sha256(text.toUtf8()).toHex());
}

namespace {

Result<QList<api::RefundEntry>> entriesOfDecision(engine::Context &context,
                                                  const deposits::Decided &decided)
{
    return decided.transfer ? entriesOf(context, *decided.transfer)
                            : Result<QList<api::RefundEntry>>(QList<api::RefundEntry>());
}

bool isTakenBack(const deposits::LockedReview &locked, const deposits::Settlement &wanted)
{
    return wanted.action == ReviewAction::Refuse &&
           locked.review.state == ReviewState::PendingApproval &&
           locked.review.kind != ReviewKind::Undetected;
}

} // namespace

/// Does it, reads back what it did; the caller takes it back.
Result<ReviewPreview> DepositDesk::look(engine::Context &context, const Command &command,
                                        const Case &wanted) const
{
    const auto customer =
        customers::find(context.transaction(), wanted.wanted.action == ReviewAction::Match
                                                   ? wanted.wanted.payee
                                                   : wanted.locked.review.customer);
    if (!customer)
        return failure(customer.error());
    if (!*customer)
        return failure(
            {.code = ErrorCode::NotFound, .detail = QStringLiteral("there is no such customer")});
    deposits::Decided decided;
    if (isTakenBack(wanted.locked, wanted.wanted)) {
        if (wanted.locked.deposit)
            decided.stateAfter = deposits::nameOf(wanted.locked.deposit->state);
    } else {
        const auto made = m_deposits.settle(context, wanted.locked, shownSettlement(wanted), true);
        if (!made)
            return failure(made.error());
        decided = *made;
    }
    if (auto checked = context.transaction().set(QStringLiteral("SET CONSTRAINTS ALL IMMEDIATE"));
        !checked)
        return failure(checked.error());
    const auto entries = entriesOfDecision(context, decided);
    if (!entries)
        return failure(entries.error());
    const auto message = shownMessage(context, m_catalogue, decided.message, command.language);
    if (!message)
        return failure(message.error());
    const auto &deposit = wanted.locked.deposit;
    return ReviewPreview{.action = wanted.wanted.action,
                         .asked = wanted.locked.review.asked,
                         .credited = deposit ? deposit->credited : Money(),
                         .inSuspense = wanted.locked.review.inSuspense,
                         .amount = wanted.wanted.amount,
                         .stateBefore = deposit ? deposits::nameOf(deposit->state) : QString(),
                         .stateAfter = decided.stateAfter,
                         .entries = *entries,
                         .customerLanguage = (*customer)->language,
                         .customerText = message->toCustomer,
                         .operatorText = message->toOperator,
                         .needsSecondPerson = wanted.needsSecond,
                         .rule = wanted.rule,
                         .mayExecute = wanted.mayDecide && !wanted.needsSecond,
                         .hash = hashOf(wanted, *entries)};
}

/// What the one who only looks would do if the other person had agreed already.
deposits::Settlement DepositDesk::shownSettlement(const Case &wanted)
{
    deposits::Settlement shown = wanted.wanted;
    shown.isSolo = shown.isSolo || wanted.needsSecond;
    return shown;
}

Result<CommandOutcome> DepositDesk::previewInside(engine::Context &context, const Command &command,
                                                  ReviewAction action, const Json &payload) const
{
    if (auto set = context.transaction().set(QStringLiteral("SET LOCAL lock_timeout = '200ms'"));
        !set)
        return failure(set.error());
    const auto wanted = load(context, command, action, payload);
    if (!wanted)
        return failure(wanted.error());
    if (!*wanted)
        return wanted->error();
    const auto preview = look(context, command, **wanted);
    if (!preview)
        return failure(preview.error());
    return CommandOutcome{.answer = api::toJson(*preview)};
}

Result<CommandOutcome> DepositDesk::preview(engine::Context &context, const Command &command,
                                            const Json &payload) const
{
    const auto action = api::reviewActionFrom(textIn(payload, "action"));
    if (!action)
        return refused("BadInput", QStringLiteral("actions are accept, accept_part, credit_excess, "
                                                  "refuse and match"));
    return lookAndUndo(context, command, *action, payload);
}

Result<CommandOutcome> DepositDesk::lookAndUndo(engine::Context &context, const Command &command,
                                                ReviewAction action, const Json &payload) const
{
    Result<CommandOutcome> outcome = CommandOutcome();
    const auto undone = context.transaction().attempt([&]() -> Result<void> {
        outcome = previewInside(context, command, action, payload);
        return outcome ? failure({.code = ErrorCode::BadInput,
                                  .detail = QStringLiteral("only looked at")})
                       : Result<void>(failure(outcome.error()));
    });
    // The connection may have gone while it was being undone.
    if (undone.error().code == ErrorCode::DatabaseUnavailable)
        return failure(undone.error());
    return outcome;
}

Result<CommandOutcome> DepositDesk::execute(engine::Context &context, const Command &command,
                                            ReviewAction action, const Json &payload) const
{
    const auto loaded = load(context, command, action, payload);
    if (!loaded)
        return failure(loaded.error());
    if (!*loaded)
        return loaded->error();
    const Case &wanted = **loaded;
    if (!wanted.mayDecide)
        return refused("NotAllowed", QStringLiteral("this is for others: ") + wanted.rule);
    const bool isPending = wanted.locked.review.state == ReviewState::PendingApproval;
    if (wanted.needsSecond && isPending)
        return refused("NeedsApproval", QStringLiteral("another person has to agree"));
    if (wanted.needsSecond)
        return propose(context, command, wanted);
    if (isTakenBack(wanted.locked, wanted.wanted)) {
        if (auto taken = deposits::takeProposalBack(context, wanted.locked.review); !taken)
            return failure(taken.error());
        return CommandOutcome{.answer = {{"review", wanted.locked.review.id.value}}};
    }
    return settle(context, command, payload, wanted);
}

/// The code is looked at last, as everywhere: what it does not agree to is undone, and a code that
/// came with other figures is not used up.
Result<CommandOutcome> DepositDesk::settle(engine::Context &context, const Command &command,
                                           const Json &payload, const Case &wanted) const
{
    const auto decided = m_deposits.settle(context, wanted.locked, wanted.wanted, false);
    if (!decided)
        return failure(decided.error());
    const auto entries = entriesOfDecision(context, *decided);
    if (!entries)
        return failure(entries.error());
    if (!isSameHash(hashOf(wanted, *entries), wanted.hash))
        return figuresChanged();
    const auto refusal = refuseWithoutCode(context, command, payload, m_sealing);
    if (!refusal)
        return failure(refusal.error());
    if (*refusal)
        return **refusal;
    Json answer = {{"review", wanted.locked.review.id.value}, {"state", decided->stateAfter}};
    if (decided->transfer)
        answer["transfer"] = decided->transfer->value;
    return CommandOutcome{.answer = std::move(answer)};
}

/// Leaves it for another person, who has to agree to what this one has looked at.
Result<CommandOutcome> DepositDesk::propose(engine::Context &context, const Command &command,
                                            const Case &wanted) const
{
    QString hash;
    Result<void> looked;
    const auto undone = context.transaction().attempt([&]() -> Result<void> {
        const auto preview = look(context, command, wanted);
        if (preview)
            hash = preview->hash;
        else
            looked = failure(preview.error());
        return failure({.code = ErrorCode::BadInput, .detail = QStringLiteral("only looked at")});
    });
    if (undone.error().code == ErrorCode::DatabaseUnavailable)
        return failure(undone.error());
    if (!looked)
        return failure(looked.error());
    if (!isSameHash(hash, wanted.hash))
        return figuresChanged();
    if (auto proposed = deposits::proposeMatch(context, wanted.locked.review, wanted.wanted);
        !proposed)
        return failure(proposed.error());
    return CommandOutcome{.answer = {{"review", wanted.locked.review.id.value}, {"waits", true}}};
}

Result<CommandOutcome> DepositDesk::pause(engine::Context &context, const Command &command,
                                          bool isPaused, const Json &payload) const
{
    const QString reason = textIn(payload, "reason");
    if (reason.size() < kReasonMin || reason.size() > kReasonMax)
        return refused("BadInput", QStringLiteral("a reason of 3 to 500 characters says why"));
    const QString named = textIn(payload, "coin");
    const bool isAll = named.compare(QLatin1String("all"), Qt::CaseInsensitive) == 0;
    const QString coin = isAll ? deposits::kAllCoins : providers::dynopay::normalisedCoin(named);
    const auto paused = deposits::pauseCoin(
        context, {.coin = coin, .isPaused = isPaused, .reason = reason, .by = command.name});
    if (!paused)
        return failure(paused.error());
    return CommandOutcome{.answer = {{"coin", isAll ? named.toLower() : coin}}};
}

} // namespace operators
