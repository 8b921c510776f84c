#include "operators/refund_flow.h"

#include "core/crypto.h"
#include "core/fault_point.h"
#include "operators/fresh_code.h"
#include "operators/preview_parts.h"
#include "operators/refund_case.h"

namespace operators {

using namespace language::literals;

namespace {

using namespace std::chrono_literals;
using api::RefundEntry;
using api::RefundPreview;

const QString kExpire = QStringLiteral("refund.expire");

QString timerOf(api::RefundId id)
{
    return QStringLiteral("%1:%2").arg(kExpire).arg(id.value);
}

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

/// Without anybody who agreed it is done because nobody has to, or because there is nobody else.
bool isByThemselves(const Command &command, const WantedRefund &wanted)
{
    return !wanted.isWaiting || wanted.requestedBy == command.by || command.isSolo;
}

Result<void> writeRefund(engine::Context &context, const Command &command,
                         const WantedRefund &wanted, TransferId transfer)
{
    const QString now = core::toIso(context.now());
    const bool isAgreed = !isByThemselves(command, wanted);
    const bool isSolo = wanted.ruling.needs != api::RefundNeeds::Nobody && !isAgreed;
    const QVariant approver = isAgreed ? QVariant(command.by.value) : database::null();
    return database::done(
        wanted.isWaiting
            ? context.transaction().run(
                  QStringLiteral("UPDATE refunds SET state = 'done', needs = ?, rule = ?, "
                                 "approved_by = ?, is_solo = ?, decided_at = ?::timestamptz, "
                                 "transfer_id = ? WHERE id = ?"),
                  {nameOf(wanted.ruling.needs), wanted.ruling.rule, approver, isSolo, now,
                   transfer.value, wanted.id.value})
            : context.transaction().run(
                  QStringLiteral("INSERT INTO refunds (id, call_id, customer_id, paid_transfer_id, "
                                 "amount, reason, note, state, needs, rule, rules_version, "
                                 "preview_hash, requested_by, requested_session, requested_at, "
                                 "is_solo, decided_at, transfer_id, cause_id) VALUES (?, ?, ?, ?, "
                                 "?, ?, ?, 'done', ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, "
                                 "?::timestamptz, ?, ?)"),
                  {wanted.id.value, wanted.wish.call.value, wanted.customer.id.value,
                   wanted.what.paidBy.value, wanted.wish.amount.micros(), wanted.wish.reason,
                   wanted.wish.note, nameOf(wanted.ruling.needs), wanted.ruling.rule,
                   wanted.ruling.version, wanted.hash, command.by.value, command.session.value, now,
                   isSolo, now, transfer.value, context.cause().value}));
}

/// The transfer, the record and the message, all or none. What is only shown needs no record:
/// whoever has to agree to it may not have done so yet.
Result<Made> perform(engine::Context &context, const customers::Messenger &messenger,
                     const Command &command, const WantedRefund &wanted, bool isShown)
{
    const auto transfer = ledger::refund(context.transaction(), wanted.what, wanted.wish.amount,
                                         QStringLiteral("refund:%1").arg(wanted.id.value),
                                         context.cause(), context.now());
    if (!transfer)
        return failure(transfer.error());
    core::faultPoint("refund.transfer");
    const auto written =
        isShown ? Result<void>() : writeRefund(context, command, wanted, transfer->id);
    if (!written)
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
    QString text = QStringLiteral("refund of call %1; amount %2; left %3; rules %4")
                       .arg(wanted.wish.call.value)
                       .arg(wanted.wish.amount.micros())
                       .arg(wanted.what.rest().micros())
                       .arg(wanted.ruling.version);
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

Result<void> writeApproval(engine::Context &context, const Command &command,
                           const WantedRefund &wanted, const QString &hash)
{
    const auto written = context.transaction().run(
        QStringLiteral("INSERT INTO refund_approvals (refund_id, place, approver_id, session_id, "
                       "hash, at, cause_id) VALUES (?, ?, ?, ?, ?, ?::timestamptz, ?)"),
        {wanted.id.value, wanted.agreed + 1, command.by.value, command.session.value, hash,
         core::toIso(context.now()), context.cause().value});
    core::faultPoint("refund.agreed");
    return database::done(written);
}

/// Ends one that waits, whatever its end is.
Result<bool> endWaiting(engine::Context &context, api::RefundId id, const char *state,
                        const QString &why)
{
    const auto ended = context.transaction().run(
        QStringLiteral("UPDATE refunds SET state = ?, decided_at = ?::timestamptz, decision = ? "
                       "WHERE id = ? AND state IN ('pending_approval', 'approved') RETURNING id"),
        {QLatin1String(state), core::toIso(context.now()), why, id.value});
    if (!ended)
        return failure(ended.error());
    core::faultPoint("refund.ended");
    context.changed(Topic::Refund, id.value);
    if (auto gone = context.cancelTimer(timerOf(id)); !gone)
        return failure(gone.error());
    return !ended->isEmpty();
}

/// Nobody may agree to it any more: it has to be asked for anew, with the figures of now.
Result<CommandOutcome> returnToRequester(engine::Context &context, const Command &command,
                                         const Json &payload, api::RefundId id, const QString &why)
{
    if (auto ended = endWaiting(context, id, "void", why); !ended)
        return failure(ended.error());
    CommandOutcome outcome = refused(
        "FiguresChanged", QStringLiteral("the figures are others than those that were asked for "
                                         "(%1); refund %2 has to be asked for again")
                              .arg(why)
                              .arg(id.value));
    outcome.keepsEffects = true;
    outcome.audit = doneLine(command, payload);
    outcome.audit->result = AuditResult::Failed;
    outcome.audit->reason = QStringLiteral("FiguresChanged: void");
    return outcome;
}

} // namespace

RefundFlow::RefundFlow(const customers::Messenger &messenger, const Sealing &sealing)
    : m_messenger(messenger)
    , m_sealing(sealing)
{
}

void RefundFlow::addRoutes(engine::RoutingTable &routes) const
{
    addStep(routes, this, "refund.preview", &RefundFlow::preview, false);
    addStep(routes, this, "refund.execute", &RefundFlow::execute);
    addStep(routes, this, "refund.request", &RefundFlow::request);
    addStep(routes, this, "refund.approve", &RefundFlow::approve);
    addStep(routes, this, "refund.reject", &RefundFlow::reject);
    routes.add({.kind = kExpire,
                .order = engine::Order::Free,
                .handle = [this](const engine::Event &event, engine::Context &context) {
                    return expire(event, context);
                }});
}

Result<CommandOutcome> RefundFlow::preview(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    Result<CommandOutcome> outcome = CommandOutcome();
    const auto looked = undone(context, [&]() -> Result<void> {
        outcome = previewInside(context, m_messenger, command, payload);
        return outcome ? Result<void>() : failure(outcome.error());
    });
    if (!looked)
        return failure(looked.error());
    return outcome;
}

Result<QString> RefundFlow::hashNow(engine::Context &context, const Command &command,
                                    const WantedRefund &wanted) const
{
    QString hash;
    const auto looked = undone(context, [&]() -> Result<void> {
        const auto preview = look(context, m_messenger, command, wanted);
        if (!preview)
            return failure(preview.error());
        hash = preview->hash;
        return {};
    });
    if (!looked)
        return failure(looked.error());
    return hash;
}

/// The money moves, if it is what `hash` was made of.
Result<CommandOutcome> RefundFlow::finish(engine::Context &context, const Command &command,
                                          const WantedRefund &wanted, const QString &hash) const
{
    const auto made = perform(context, m_messenger, command, wanted, false);
    if (!made)
        return failure(made.error());
    const auto entries = entriesOf(context, made->transfer);
    if (!entries)
        return failure(entries.error());
    if (!isSameHash(hashOf(wanted, *entries), hash))
        return figuresChanged();
    if (wanted.isWaiting) {
        if (auto gone = context.cancelTimer(timerOf(wanted.id)); !gone)
            return failure(gone.error());
    }
    return CommandOutcome{.answer = {{"refund", wanted.id.value},
                                     {"transfer", made->transfer.value},
                                     {"state", "done"}}};
}

Result<CommandOutcome> RefundFlow::execute(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    if (core::integerMember(payload, "refund"))
        return approve(context, command, payload);
    const auto wanted = loadRefund(context, command, payload);
    if (!wanted)
        return failure(wanted.error());
    if (!*wanted)
        return wanted->error();
    if (!(*wanted)->mayExecute)
        return refused(
            "NeedsApproval",
            QStringLiteral("another person has to agree: %1").arg((*wanted)->ruling.rule));
    return finish(context, command, **wanted, (*wanted)->hash);
}

Result<CommandOutcome> RefundFlow::approve(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    const auto wanted = loadRefund(context, command, payload);
    if (!wanted)
        return failure(wanted.error());
    const auto id = core::integerMember(payload, "refund");
    if (!*wanted && id && wanted->error().code == QLatin1String("AboveRefundable"))
        return returnToRequester(context, command, payload, api::RefundId{*id},
                                 QStringLiteral("so much is not left"));
    if (!*wanted)
        return wanted->error();
    if (!(*wanted)->isWaiting)
        return refused("BadInput", QStringLiteral("a refund that waits is named by its number"));
    return approveWanted(context, command, payload, **wanted);
}

Result<CommandOutcome> RefundFlow::approveWanted(engine::Context &context, const Command &command,
                                                 const Json &payload,
                                                 const WantedRefund &wanted) const
{
    const auto hash = hashNow(context, command, wanted);
    if (!hash)
        return failure(hash.error());
    if (!isSameHash(*hash, wanted.agreedHash))
        return returnToRequester(context, command, payload, wanted.id,
                                 QStringLiteral("something was given back or the rules changed"));
    if (!wanted.mayExecute)
        return refused("NeedsApproval",
                       wanted.requestedBy == command.by
                           ? QStringLiteral("another person has to agree, not who asked for it")
                           : QStringLiteral("others have to agree: %1").arg(wanted.ruling.rule));
    if (!isSameHash(*hash, wanted.hash))
        return figuresChanged();
    const auto refusal = refuseWithoutCode(context, command, payload, m_sealing);
    if (!refusal)
        return failure(refusal.error());
    if (*refusal)
        return **refusal;
    if (isByThemselves(command, wanted))
        return finish(context, command, wanted, *hash);
    // The row says first what is needed: the database judges an agreement by it.
    const bool needsAnother =
        wanted.ruling.needs == api::RefundNeeds::TwoPeople && wanted.agreed == 0;
    const auto needs = context.transaction().run(
        QStringLiteral("UPDATE refunds SET needs = ?, rule = ? WHERE id = ?"),
        {nameOf(wanted.ruling.needs), wanted.ruling.rule, wanted.id.value});
    if (!needs)
        return failure(needs.error());
    if (auto agreed = writeApproval(context, command, wanted, *hash); !agreed)
        return failure(agreed.error());
    if (!needsAnother)
        return finish(context, command, wanted, *hash);
    const auto waits = context.transaction().run(
        QStringLiteral("UPDATE refunds SET state = 'approved' WHERE id = ?"), {wanted.id.value});
    if (!waits)
        return failure(waits.error());
    context.changed(Topic::Refund, wanted.id.value);
    return CommandOutcome{.answer = {{"refund", wanted.id.value}, {"state", "approved"}}};
}

Result<CommandOutcome> RefundFlow::request(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    const auto wanted = loadRefund(context, command, payload);
    if (!wanted)
        return failure(wanted.error());
    if (!*wanted)
        return wanted->error();
    if ((*wanted)->isWaiting)
        return refused("BadInput", QStringLiteral("it waits already"));
    return leave(context, command, **wanted);
}

Result<void> RefundFlow::requestByNobody(engine::Context &context,
                                         const api::RefundWish &wish) const
{
    Command nobody;
    nobody.id = context.cause();
    nobody.language = QStringLiteral("en");
    const auto wanted = loadRefund(context, nobody, api::toJson(wish));
    const auto left = wanted && *wanted ? leave(context, nobody, **wanted)
                      : wanted          ? Result<CommandOutcome>(wanted->error())
                                        : failure(wanted.error());
    if (!left)
        return failure(left.error());
    if (!left->isDone())
        return failure({.code = ErrorCode::BadInput, .detail = left->detail});
    return {};
}

Result<CommandOutcome> RefundFlow::leave(engine::Context &context, const Command &command,
                                         const WantedRefund &refund) const
{
    const auto rules = refundRulesAt(context.transaction(), context.now());
    const auto hash = rules ? hashNow(context, command, refund) : failure(rules.error());
    if (!hash)
        return failure(hash.error());
    if (!refund.hash.isEmpty() && !isSameHash(refund.hash, *hash))
        return figuresChanged();
    const bool isAskedFor = command.by.value != 0;
    const Timestamp until = context.now() + std::chrono::hours(rules->waitsHours);
    const auto written = context.transaction().run(
        QStringLiteral("INSERT INTO refunds (id, call_id, customer_id, paid_transfer_id, amount, "
                       "reason, note, state, needs, rule, rules_version, preview_hash, "
                       "requested_by, requested_session, requested_at, expires_at, is_automatic, "
                       "cause_id) VALUES (?, ?, ?, ?, ?, ?, ?, 'pending_approval', ?, ?, ?, ?, ?, "
                       "?, ?::timestamptz, ?::timestamptz, ?, ?)"),
        {refund.id.value, refund.wish.call.value, refund.customer.id.value,
         refund.what.paidBy.value, refund.wish.amount.micros(), refund.wish.reason,
         refund.wish.note, nameOf(refund.ruling.needs), refund.ruling.rule, refund.ruling.version,
         *hash, isAskedFor ? QVariant(command.by.value) : database::null(),
         isAskedFor ? QVariant(command.session.value) : database::null(),
         core::toIso(context.now()), core::toIso(until), !isAskedFor, context.cause().value});
    if (!written)
        return failure(written.error());
    core::faultPoint("refund.requested");
    if (auto set = context.schedule({.key = timerOf(refund.id),
                                     .dueAt = until,
                                     .kind = kExpire,
                                     .lane = customers::laneOf(refund.customer.id),
                                     .payload = {{"v", 1}, {"refund", refund.id.value}}});
        !set)
        return failure(set.error());
    context.changed(Topic::Refund, refund.id.value);
    return CommandOutcome{.answer = {{"refund", refund.id.value}, {"hash", *hash}}};
}

Result<CommandOutcome> RefundFlow::reject(engine::Context &context, const Command &command,
                                          const Json &payload) const
{
    const api::RefundId id{core::integerMember(payload, "refund").value_or(0)};
    const QString reason = core::textMember(payload, "reason").value_or(QString()).left(500);
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT requested_by IS NOT DISTINCT FROM ?::bigint AS is_own FROM refunds "
                       "WHERE id = ? AND state IN ('pending_approval', 'approved') AND "
                       "(requested_by IS NOT DISTINCT FROM ?::bigint OR ?::boolean) FOR UPDATE"),
        {command.by.value, id.value, command.by.value,
         bool(command.roles & (Role::Senior | Role::Finance))});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return refused("NotFound",
                       QStringLiteral("no refund %1 waits that you may end").arg(id.value));
    const bool isOwn = rows->first().boolean("is_own");
    if (!isOwn && reason.trimmed().isEmpty())
        return refused("BadInput", QStringLiteral("whoever asked for it wants to know why not"));
    if (auto ended = endWaiting(context, id, isOwn ? "cancelled" : "rejected", reason); !ended)
        return failure(ended.error());
    return CommandOutcome{
        .answer = {{"refund", id.value}, {"state", isOwn ? "cancelled" : "rejected"}}};
}

/// By its own time, not by the timer's: that may come early, late or twice.
Result<engine::Outcome> RefundFlow::expire(const engine::Event &event,
                                           engine::Context &context) const
{
    const api::RefundId id{core::integerMember(event.payload, "refund").value_or(0)};
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT to_micros(expires_at) AS until, customer_id FROM refunds WHERE id = "
                       "? AND state IN ('pending_approval', 'approved') FOR UPDATE"),
        {id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return engine::Outcome::Ignored;
    if (rows->first().time("until") > context.now()) {
        const CustomerId customer{rows->first().integer("customer_id")};
        if (auto set = context.schedule({timerOf(id), rows->first().time("until"), kExpire,
                                         customers::laneOf(customer), event.payload});
            !set)
            return failure(set.error());
        return engine::Outcome::Ignored;
    }
    if (auto ended = endWaiting(context, id, "expired", QStringLiteral("nobody decided in time"));
        !ended)
        return failure(ended.error());
    const AuditLine line = {.operatorName = QStringLiteral("timer"),
                            .action = kExpire,
                            .object = QStringLiteral("refund %1").arg(id.value),
                            .origin = QStringLiteral("server")};
    if (auto written = writeAudit(context.transaction(), line, context.cause(), context.now());
        !written)
        return failure(written.error());
    return engine::Outcome::Handled;
}

} // namespace operators
