#include "operators/adjustment_flow.h"

#include "core/crypto.h"
#include "core/fault_point.h"
#include "deposits/deposit_reversal.h"
#include "operators/adjustment_case.h"
#include "operators/fresh_code.h"
#include "operators/preview_parts.h"

namespace operators {

using namespace language::literals;

namespace {

const Waiting kWaitingAdjustment = {.noun = "adjustment",
                                    .expire = QStringLiteral("adjustment.expire")};

language::Text adjustmentText(const WantedAdjustment &wanted, const ledger::Transfer &transfer,
                              const QString &reference)
{
    const Money amount = wanted.amount.isNegative() ? -wanted.amount : wanted.amount;
    if (wanted.refund)
        return reversedText(wanted.refundOf, amount, transfer.availableAfter, reference);
    language::Arguments values = {
        {"amount", amount}, {"balance", transfer.availableAfter}, {"transfer", reference}};
    if (wanted.deposit && transfer.debtAfter.isNegative()) {
        values.set(QStringLiteral("debt"), -transfer.debtAfter);
        return {"topup.reversed_owed"_key, values};
    }
    if (wanted.deposit)
        return {"topup.reversed"_key, values};
    return {wanted.amount.isPositive() ? "adjustment.credit"_key : "adjustment.debit"_key, values};
}

Result<ledger::Transfer> move(engine::Context &context, const WantedAdjustment &wanted)
{
    if (wanted.deposit) {
        deposits::Deposit deposit = *wanted.deposit;
        return deposits::reverse(context, deposit);
    }
    const QString key = QStringLiteral("adjustment:%1").arg(wanted.id);
    if (wanted.refund)
        return ledger::reverseRefund(context.transaction(), wanted.refundTransfer, -wanted.amount,
                                     key, context.cause(), context.now());
    return ledger::adjust(context.transaction(),
                          {.customer = wanted.customer.id,
                           .amount = wanted.amount,
                           .isGoodwill = wanted.kind == QLatin1String("goodwill"),
                           .requestKey = key},
                          context.cause(), context.now());
}

/// Over what a person has agreed to, and nothing that other traffic moves.
QString adjustmentHash(const WantedAdjustment &wanted, const QList<api::RefundEntry> &entries)
{
    QString text = QStringLiteral("adjustment %1 of customer %2; amount %3; refund %4; %5")
                       .arg(wanted.kind)
                       .arg(wanted.customer.id.value)
                       .arg(wanted.amount.micros())
                       .arg(wanted.refund ? wanted.refund->value : 0)
                       .arg(wanted.reason);
    // How much of a deposit's credit the wallet still has is moved by every call.
    if (wanted.deposit)
        text += QStringLiteral("; deposit %1").arg(wanted.deposit->id.value);
    for (const api::RefundEntry &entry : entries) {
        if (!wanted.deposit || !entry.isCustomers)
            text += QStringLiteral("; %1 %2").arg(entry.account).arg(entry.amount.micros());
    }
    return QString::fromLatin1(core::sha256(text.toUtf8()).toHex());
}

Result<bool> endAdjustment(engine::Context &context, qint64 id, const char *state,
                           const QString &why)
{
    const auto ended = context.transaction().run(
        QStringLiteral(
            "UPDATE adjustments SET state = ?, decided_at = ?::timestamptz, decision = ? "
            "WHERE id = ? AND state = 'pending_approval' RETURNING id"),
        {QLatin1String(state), core::toIso(context.now()), why, id});
    if (!ended)
        return failure(ended.error());
    context.changed(Topic::Refund, id);
    if (auto gone = waitNoMore(context, kWaitingAdjustment, id); !gone)
        return failure(gone.error());
    return !ended->isEmpty();
}

Result<void> insertAdjustment(engine::Context &context, const Command &command,
                              const WantedAdjustment &wanted, const QString &hash, Timestamp until)
{
    const auto written = context.transaction().run(
        QStringLiteral("INSERT INTO adjustments (id, customer_id, kind, amount, refund_id, "
                       "deposit_id, reason, state, preview_hash, requested_by, requested_session, "
                       "requested_at, expires_at, cause_id) VALUES (?, ?, ?, ?, ?, ?, ?, "
                       "'pending_approval', ?, ?, ?, ?::timestamptz, ?::timestamptz, ?)"),
        {wanted.id, wanted.customer.id.value, wanted.kind, wanted.amount.micros(),
         wanted.refund ? QVariant(wanted.refund->value) : database::null(),
         wanted.deposit ? QVariant(wanted.deposit->id.value) : database::null(), wanted.reason,
         hash, command.by.value, command.session.value, core::toIso(context.now()),
         core::toIso(until), context.cause().value});
    core::faultPoint("adjustment.requested");
    context.changed(Topic::Refund, wanted.id);
    return database::done(written);
}

} // namespace

AdjustmentFlow::AdjustmentFlow(const customers::Messenger &messenger, const Sealing &sealing)
    : m_messenger(messenger)
    , m_sealing(sealing)
{
}

void AdjustmentFlow::addRoutes(engine::RoutingTable &routes) const
{
    addStep(routes, this, "adjustment.preview", &AdjustmentFlow::preview, false);
    addStep(routes, this, "adjustment.request", &AdjustmentFlow::request);
    addStep(routes, this, "refund.reverse", &AdjustmentFlow::request);
    addStep(routes, this, "deposit.reverse", &AdjustmentFlow::request);
    addStep(routes, this, "adjustment.approve", &AdjustmentFlow::approve);
    addStep(routes, this, "adjustment.reject", &AdjustmentFlow::reject);
    routes.add({.kind = kWaitingAdjustment.expire,
                .order = engine::Order::Free,
                .handle = [this](const engine::Event &event, engine::Context &context) {
                    return expire(event, context);
                }});
}

/// The transfer and the message; the record is the caller's.
Result<Made> AdjustmentFlow::perform(engine::Context &context, const WantedAdjustment &wanted,
                                     bool isShown) const
{
    const auto transfer = move(context, wanted);
    if (!transfer)
        return failure(transfer.error());
    core::faultPoint("adjustment.transfer");
    const language::Text text =
        adjustmentText(wanted, *transfer, referenceOf(transfer->id, isShown));
    const auto message = m_messenger.send(context, wanted.customer, {.parts = {text}});
    if (!message)
        return failure(message.error());
    return Made{*transfer, *message};
}

Result<api::RefundPreview> AdjustmentFlow::look(engine::Context &context, const Command &command,
                                                const WantedAdjustment &wanted) const
{
    auto preview = previewOf(context, m_messenger.catalogue(), command,
                             [&] { return perform(context, wanted, true); });
    if (!preview)
        return preview;
    preview->paid = wanted.refunded;
    preview->refunded = wanted.refunded;
    preview->refundable = wanted.balance.available;
    preview->customerLanguage = wanted.customer.language;
    preview->needs = api::RefundNeeds::Finance;
    preview->rule = QStringLiteral("another person of Finance agrees");
    preview->mayExecute = wanted.mayDecide;
    preview->hash = adjustmentHash(wanted, preview->entries);
    return preview;
}

Result<CommandOutcome> AdjustmentFlow::preview(engine::Context &context, const Command &command,
                                               const Json &payload) const
{
    return withCase(loadAdjustment(context, command, payload),
                    [&](const WantedAdjustment &wanted) -> Result<CommandOutcome> {
                        const auto preview = look(context, command, wanted);
                        if (!preview)
                            return failure(preview.error());
                        return CommandOutcome{.answer = api::toJson(*preview)};
                    });
}

Result<CommandOutcome> AdjustmentFlow::request(engine::Context &context, const Command &command,
                                               const Json &payload) const
{
    return withCase(loadAdjustment(context, command, payload), [&](const WantedAdjustment &wanted) {
        return leave(context, command, payload, wanted);
    });
}

Result<CommandOutcome> AdjustmentFlow::leave(engine::Context &context, const Command &command,
                                             const Json &payload,
                                             const WantedAdjustment &wanted) const
{
    if (wanted.isWaiting)
        return refused("BadInput", QStringLiteral("it waits already"));
    const bool isReversal = command.kind == QLatin1String("refund.reverse");
    if (isReversal != wanted.refund.has_value())
        return refused("BadInput", QStringLiteral("a refund is taken back by refund.reverse"));
    if ((command.kind == QLatin1String("deposit.reverse")) != wanted.deposit.has_value())
        return refused("BadInput", QStringLiteral("a deposit is taken back by deposit.reverse"));
    const auto preview = look(context, command, wanted);
    if (!preview)
        return failure(preview.error());
    if (!wanted.hash.isEmpty() && !isSameHash(wanted.hash, preview->hash))
        return figuresChanged();
    const auto until = waitForOthers(context, kWaitingAdjustment, wanted.id,
                                     customers::laneOf(wanted.customer.id));
    if (!until)
        return failure(until.error());
    if (auto written = insertAdjustment(context, command, wanted, preview->hash, *until); !written)
        return failure(written.error());
    CommandOutcome outcome{.answer = {{"adjustment", wanted.id}, {"hash", preview->hash}}};
    outcome.audit = doneLine(command, payload);
    outcome.audit->reason = QStringLiteral("%1 %2 USD: %3")
                                .arg(wanted.kind, wanted.amount.toString(), wanted.reason)
                                .left(500);
    return outcome;
}

Result<CommandOutcome> AdjustmentFlow::approve(engine::Context &context, const Command &command,
                                               const Json &payload) const
{
    if (!core::integerMember(payload, "adjustment"))
        return refused("BadInput", QStringLiteral("one that waits is named by its number"));
    const auto wanted = loadAdjustment(context, command, payload);
    if (!wanted)
        return failure(wanted.error());
    if (!*wanted)
        return wanted->error();
    const auto preview = look(context, command, **wanted);
    if (!preview)
        return failure(preview.error());
    if (!isSameHash(preview->hash, (*wanted)->agreedHash)) {
        const auto ended =
            endAdjustment(context, (*wanted)->id, "void", QStringLiteral("the figures changed"));
        if (!ended)
            return failure(ended.error());
        CommandOutcome outcome =
            refused("FiguresChanged", QStringLiteral("the figures are others than those that "
                                                     "were asked for; it has to be asked for "
                                                     "again"));
        outcome.keepsEffects = true;
        return outcome;
    }
    if (!(*wanted)->mayDecide)
        return refused("NeedsApproval", QStringLiteral("another person of Finance has to agree"));
    if (!isSameHash(preview->hash, (*wanted)->hash))
        return figuresChanged();
    const auto refusal = refuseWithoutCode(context, command, payload, m_sealing);
    if (!refusal)
        return failure(refusal.error());
    if (*refusal)
        return **refusal;
    return finish(context, command, **wanted);
}

Result<CommandOutcome> AdjustmentFlow::finish(engine::Context &context, const Command &command,
                                              const WantedAdjustment &wanted) const
{
    const auto made = perform(context, wanted, false);
    if (!made)
        return failure(made.error());
    const auto written = context.transaction().run(
        QStringLiteral("UPDATE adjustments SET state = 'done', approved_by = ?, approved_session = "
                       "?, approved_hash = ?, is_solo = ?, decided_at = ?::timestamptz, "
                       "transfer_id = ? WHERE id = ?"),
        {command.by.value, command.session.value, wanted.agreedHash,
         wanted.requestedBy == command.by, core::toIso(context.now()), made->transfer.id.value,
         wanted.id});
    if (!written)
        return failure(written.error());
    core::faultPoint("adjustment.written");
    if (auto gone = waitNoMore(context, kWaitingAdjustment, wanted.id); !gone)
        return failure(gone.error());
    context.changed(Topic::Refund, wanted.id);
    if (wanted.refund)
        context.changed(Topic::Refund, wanted.refund->value);
    return CommandOutcome{
        .answer = {{"adjustment", wanted.id}, {"transfer", made->transfer.id.value}}};
}

Result<CommandOutcome> AdjustmentFlow::reject(engine::Context &context, const Command &command,
                                              const Json &payload) const
{
    const qint64 id = core::integerMember(payload, "adjustment").value_or(0);
    const QString reason = core::textMember(payload, "reason").value_or(QString()).left(500);
    const auto rows = context.transaction().run(
        QStringLiteral(
            "SELECT requested_by = ? AS is_own FROM adjustments WHERE id = ? AND state = "
            "'pending_approval' AND (requested_by = ? OR ?::boolean) FOR UPDATE"),
        {command.by.value, id, command.by.value, command.roles.testFlag(Role::Finance)});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return refused("NotFound",
                       QStringLiteral("no adjustment %1 waits that you may end").arg(id));
    const bool isOwn = rows->first().boolean("is_own");
    if (!isOwn && reason.trimmed().isEmpty())
        return refused("BadInput", QStringLiteral("whoever asked for it wants to know why not"));
    if (auto ended = endAdjustment(context, id, isOwn ? "cancelled" : "rejected", reason); !ended)
        return failure(ended.error());
    return CommandOutcome{
        .answer = {{"adjustment", id}, {"state", isOwn ? "cancelled" : "rejected"}}};
}

/// By its own time, not by the timer's: that may come early, late or twice.
Result<engine::Outcome> AdjustmentFlow::expire(const engine::Event &event,
                                               engine::Context &context) const
{
    const qint64 id = core::integerMember(event.payload, "adjustment").value_or(0);
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT to_micros(expires_at) AS until, customer_id FROM adjustments WHERE "
                       "id = ? AND state = 'pending_approval' FOR UPDATE"),
        {id});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return engine::Outcome::Ignored;
    if (const Timestamp until = rows->first().time("until"); until > context.now()) {
        const CustomerId customer{rows->first().integer("customer_id")};
        if (auto set =
                waitUntil(context, kWaitingAdjustment, id, customers::laneOf(customer), until);
            !set)
            return failure(set.error());
        return engine::Outcome::Ignored;
    }
    if (auto ended =
            endAdjustment(context, id, "expired", QStringLiteral("nobody decided in time"));
        !ended)
        return failure(ended.error());
    if (auto written = auditExpiry(context, kWaitingAdjustment, id); !written)
        return failure(written.error());
    return engine::Outcome::Handled;
}

} // namespace operators
