#include "operators/refund_flow.h"

#include "core/crypto.h"
#include "core/fault_point.h"
#include "operators/preview_parts.h"
#include "operators/refund_case.h"

namespace operators {

using namespace language::literals;

namespace {

using namespace std::chrono_literals;
using api::RefundEntry;
using api::RefundPreview;

constexpr std::chrono::hours kWaitsFor = 24h;

/// What a refund wrote.
struct Made {
    TransferId transfer;
    OutboxId message; // 0: the customer has blocked the bot
};

language::Text textOf(const WantedRefund &wanted, const ledger::Transfer &transfer,
                      const QString &reference)
{
    return {"refund.done"_key,
            {{"amount", wanted.wish.amount},
             {"call", QString::number(wanted.wish.call.value)},
             {"balance", transfer.availableAfter},
             {"transfer", reference}}};
}

Result<void> writeRefund(engine::Context &context, const Command &command,
                         const WantedRefund &wanted, TransferId transfer)
{
    const QString now = core::toIso(context.now());
    const bool isAgreed = wanted.isWaiting && wanted.requestedBy != command.by;
    const bool isSolo = wanted.ruling.needs != api::RefundNeeds::Nobody && !isAgreed;
    const QVariant approver = isAgreed ? QVariant(command.by.value) : database::null();
    const auto written =
        wanted.isWaiting
            ? context.transaction().run(
                  QStringLiteral("UPDATE refunds SET state = 'done', needs = ?, rule = ?, "
                                 "preview_hash = ?, approved_by = ?, is_solo = ?, decided_at = "
                                 "?::timestamptz, transfer_id = ? WHERE id = ?"),
                  {nameOf(wanted.ruling.needs), wanted.ruling.rule, wanted.hash, approver, isSolo,
                   now, transfer.value, wanted.id.value})
            : context.transaction().run(
                  QStringLiteral("INSERT INTO refunds (id, call_id, customer_id, paid_transfer_id, "
                                 "amount, reason, note, state, needs, rule, preview_hash, "
                                 "requested_by, requested_at, is_solo, decided_at, transfer_id, "
                                 "cause_id) VALUES (?, ?, ?, ?, ?, ?, ?, 'done', ?, ?, ?, ?, "
                                 "?::timestamptz, ?, ?::timestamptz, ?, ?)"),
                  {wanted.id.value, wanted.wish.call.value, wanted.customer.id.value,
                   wanted.what.paidBy.value, wanted.wish.amount.micros(), wanted.wish.reason,
                   wanted.wish.note, nameOf(wanted.ruling.needs), wanted.ruling.rule, wanted.hash,
                   command.by.value, now, isSolo, now, transfer.value, context.cause().value});
    if (!written)
        return failure(written.error());
    return {};
}

/// The transfer, the record and the message, all or none.
Result<Made> perform(engine::Context &context, const customers::Messenger &messenger,
                     const Command &command, const WantedRefund &wanted, bool isShown)
{
    const auto transfer = ledger::refund(context.transaction(), wanted.what, wanted.wish.amount,
                                         QStringLiteral("refund:%1").arg(wanted.id.value),
                                         context.cause(), context.now());
    if (!transfer)
        return failure(transfer.error());
    core::faultPoint("refund.transfer");
    if (auto written = writeRefund(context, command, wanted, transfer->id); !written)
        return failure(written.error());
    core::faultPoint("refund.written");
    // A number that is taken back again would only mislead.
    const QString reference =
        isShown ? QStringLiteral("T-…") : QStringLiteral("T-%1").arg(transfer->id.value);
    const auto message =
        messenger.send(context, wanted.customer, {.parts = {textOf(wanted, *transfer, reference)}});
    if (!message)
        return failure(message.error());
    core::faultPoint("refund.told");
    context.changed(Topic::Refund, wanted.id.value);
    context.changed(Topic::Call, wanted.wish.call.value);
    return Made{transfer->id, *message};
}

/// Over what a person has agreed to, and nothing that other traffic moves.
QString hashOf(const WantedRefund &wanted, const QList<RefundEntry> &entries)
{
    QString text = QStringLiteral("refund of call %1; amount %2; left %3; rules %4; refund %5")
                       .arg(wanted.wish.call.value)
                       .arg(wanted.wish.amount.micros())
                       .arg(wanted.what.rest().micros())
                       .arg(kRefundRules)
                       .arg(wanted.isWaiting ? wanted.id.value : 0);
    for (const RefundEntry &entry : entries)
        text += QStringLiteral("; %1 %2").arg(entry.account).arg(entry.amount.micros());
    return QString::fromLatin1(core::sha256(text.toUtf8()).toHex());
}

Result<RefundPreview> look(engine::Context &context, const customers::Messenger &messenger,
                           const Command &command, const WantedRefund &wanted)
{
    const auto made = perform(context, messenger, command, wanted, true);
    if (!made)
        return failure(made.error());
    if (auto checked = context.transaction().set(QStringLiteral("SET CONSTRAINTS ALL IMMEDIATE"));
        !checked)
        return failure(checked.error());
    const auto entries = entriesOf(context, made->transfer);
    if (!entries)
        return failure(entries.error());
    const auto message =
        shownMessage(context, messenger.catalogue(), made->message, command.language);
    if (!message)
        return failure(message.error());
    return RefundPreview{.paid = wanted.what.paid,
                         .refunded = wanted.what.refunded,
                         .refundable = wanted.what.rest(),
                         .entries = *entries,
                         .customerLanguage = wanted.customer.language,
                         .customerText = message->toCustomer,
                         .operatorText = message->toOperator,
                         .needs = wanted.ruling.needs,
                         .rule = wanted.ruling.rule,
                         .mayExecute = wanted.mayExecute,
                         .hash = hashOf(wanted, *entries)};
}

Result<CommandOutcome> previewInside(engine::Context &context,
                                     const customers::Messenger &messenger, const Command &command,
                                     const Json &payload)
{
    if (auto set = context.transaction().set(QStringLiteral("SET LOCAL lock_timeout = '200ms'"));
        !set)
        return failure(set.error());
    const auto wanted = loadRefund(context, command, payload);
    if (!wanted)
        return failure(wanted.error());
    if (!*wanted)
        return wanted->error();
    const auto preview = look(context, messenger, command, **wanted);
    if (!preview)
        return failure(preview.error());
    return CommandOutcome{.answer = api::toJson(*preview)};
}

} // namespace

RefundFlow::RefundFlow(const customers::Messenger &messenger)
    : m_messenger(messenger)
{
}

Result<CommandOutcome> RefundFlow::preview(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    Result<CommandOutcome> outcome = CommandOutcome();
    const auto undone = context.transaction().attempt([&]() -> Result<void> {
        outcome = previewInside(context, m_messenger, command, payload);
        return outcome ? failure({.code = ErrorCode::BadInput,
                                  .detail = QStringLiteral("only looked at")})
                       : Result<void>(failure(outcome.error()));
    });
    // The connection may have gone while it was being undone.
    if (undone.error().code == ErrorCode::DatabaseUnavailable)
        return failure(undone.error());
    return outcome;
}

Result<CommandOutcome> RefundFlow::execute(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    const auto wanted = loadRefund(context, command, payload);
    if (!wanted)
        return failure(wanted.error());
    if (!*wanted)
        return wanted->error();
    if (!(*wanted)->mayExecute)
        return refused(
            "NeedsApproval",
            QStringLiteral("another person has to agree: %1").arg((*wanted)->ruling.rule));
    const auto made = perform(context, m_messenger, command, **wanted, false);
    if (!made)
        return failure(made.error());
    const auto entries = entriesOf(context, made->transfer);
    if (!entries)
        return failure(entries.error());
    if (!core::equalInConstantTime(hashOf(**wanted, *entries).toLatin1(),
                                   (*wanted)->hash.toLatin1()))
        return refused("FiguresChanged",
                       QStringLiteral("the preview is of other figures; look at it again"));
    return CommandOutcome{
        .answer = {{"refund", (*wanted)->id.value}, {"transfer", made->transfer.value}}};
}

Result<CommandOutcome> RefundFlow::request(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    const auto wanted = loadRefund(context, command, payload);
    if (!wanted)
        return failure(wanted.error());
    if (!*wanted)
        return wanted->error();
    const WantedRefund &refund = **wanted;
    if (refund.isWaiting)
        return refused("BadInput", QStringLiteral("it waits already"));
    const auto written = context.transaction().run(
        QStringLiteral("INSERT INTO refunds (id, call_id, customer_id, paid_transfer_id, amount, "
                       "reason, note, state, needs, rule, requested_by, requested_at, expires_at, "
                       "cause_id) VALUES (?, ?, ?, ?, ?, ?, ?, 'pending_approval', ?, ?, ?, "
                       "?::timestamptz, ?::timestamptz, ?)"),
        {refund.id.value, refund.wish.call.value, refund.customer.id.value,
         refund.what.paidBy.value, refund.wish.amount.micros(), refund.wish.reason,
         refund.wish.note, nameOf(refund.ruling.needs), refund.ruling.rule, command.by.value,
         core::toIso(context.now()), core::toIso(context.now() + kWaitsFor),
         context.cause().value});
    if (!written)
        return failure(written.error());
    context.changed(Topic::Refund, refund.id.value);
    return CommandOutcome{.answer = {{"refund", refund.id.value}}};
}

Result<CommandOutcome> RefundFlow::reject(engine::Context &context, const Command &command,
                                          const Json &payload) const
{
    const qint64 id = core::integerMember(payload, "refund").value_or(0);
    const auto ended = context.transaction().run(
        QStringLiteral("UPDATE refunds SET state = CASE WHEN requested_by IS NOT DISTINCT FROM "
                       "?::bigint THEN 'cancelled' ELSE 'rejected' END, decided_at = "
                       "?::timestamptz, decision = ? WHERE id = ? AND state = 'pending_approval' "
                       "AND (requested_by IS NOT DISTINCT FROM ?::bigint OR ?::boolean) RETURNING "
                       "id"),
        {command.by.value, core::toIso(context.now()),
         core::textMember(payload, "reason").value_or(QString()).left(500), id, command.by.value,
         bool(command.roles & (Role::Senior | Role::Finance))});
    if (!ended)
        return failure(ended.error());
    if (ended->isEmpty())
        return refused("NotFound", QStringLiteral("no refund %1 waits that you may end").arg(id));
    context.changed(Topic::Refund, id);
    return CommandOutcome{.answer = {{"refund", id}}};
}

} // namespace operators
