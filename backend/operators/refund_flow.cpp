#include "operators/refund_flow.h"

#include "core/crypto.h"
#include "core/fault_point.h"
#include "operators/fresh_code.h"
#include "operators/preview_parts.h"
#include "operators/refund_case.h"
#include "operators/refund_record.h"

namespace operators {

namespace {

using namespace std::chrono_literals;
using namespace language::literals;
using api::RefundEntry;
using api::RefundPreview;

constexpr std::chrono::hours kCustomersWait = 24h * 30;
const Waiting kWaitingRefund = {.noun = "refund", .expire = QStringLiteral("refund.expire")};

/// Without anybody who agreed it is done because nobody has to, or because there is nobody else.
bool isByThemselves(const Command &command, const WantedRefund &wanted)
{
    return !wanted.isWaiting || wanted.requestedBy == command.by || command.isSolo;
}

Result<void> writeRefund(engine::Context &context, const Command &command,
                         const WantedRefund &wanted, TransferId transfer)
{
    const bool isAgreed = !isByThemselves(command, wanted);
    const bool isSolo = wanted.ruling.needs != api::RefundNeeds::Nobody && !isAgreed;
    if (!wanted.isWaiting)
        return insertRefund(context, {.id = wanted.id,
                                      .of = wanted.of,
                                      .amount = wanted.wish.amount,
                                      .reason = wanted.wish.reason,
                                      .note = wanted.wish.note,
                                      .ruling = wanted.ruling,
                                      .hash = wanted.hash,
                                      .requestedBy = command.by,
                                      .session = command.session,
                                      .isSolo = isSolo,
                                      .transfer = transfer});
    const QVariant approver = isAgreed ? QVariant(command.by.value) : database::null();
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE refunds SET state = 'done', needs = ?, rule = ?, approved_by = ?, "
                       "is_solo = ?, decided_at = ?::timestamptz, transfer_id = ? WHERE id = ?"),
        {nameOf(wanted.ruling.needs), wanted.ruling.rule, approver, isSolo,
         core::toIso(context.now()), transfer.value, wanted.id.value}));
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
    const language::Text text =
        refundedText(wanted.of, wanted.wish.amount, transfer->availableAfter,
                     referenceOf(transfer->id, isShown));
    const auto message = messenger.send(context, wanted.customer, {.parts = {text}});
    if (!message)
        return failure(message.error());
    core::faultPoint("refund.told");
    context.changed(Topic::Refund, wanted.id.value);
    if (!wanted.of.isPlan())
        context.changed(Topic::Call, wanted.of.call);
    return Made{*transfer, *message};
}

/// Over what a person has agreed to, and nothing that other traffic moves.
QString hashOf(const WantedRefund &wanted, const QList<RefundEntry> &entries)
{
    QString text = QStringLiteral("refund of %1; amount %2; left %3; rules %4")
                       .arg(wanted.of.name())
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
    auto preview = previewOf(context, messenger.catalogue(), command,
                             [&] { return perform(context, messenger, command, wanted, true); });
    if (!preview)
        return preview;
    preview->paid = wanted.what.paid;
    preview->refunded = wanted.what.refunded;
    preview->refundable = wanted.what.rest();
    preview->customerLanguage = wanted.customer.language;
    preview->needs = wanted.ruling.needs;
    preview->rule = wanted.ruling.rule;
    preview->mayExecute = wanted.mayExecute;
    preview->hash = hashOf(wanted, preview->entries);
    return preview;
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
    if (auto gone = waitNoMore(context, kWaitingRefund, id.value); !gone)
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
    routes.add({.kind = kWaitingRefund.expire,
                .order = engine::Order::Free,
                .handle = [this](const engine::Event &event, engine::Context &context) {
                    return expire(event, context);
                }});
}

/// Whoever only looks does not make others wait long, nor waits long for them.
Result<CommandOutcome> RefundFlow::preview(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    Result<CommandOutcome> outcome = CommandOutcome();
    const auto looked = undone(context, [&]() -> Result<void> {
        if (auto set =
                context.transaction().set(QStringLiteral("SET LOCAL lock_timeout = '200ms'"));
            !set)
            return failure(set.error());
        outcome = withCase(loadRefund(context, command, payload),
                           [&](const WantedRefund &wanted) -> Result<CommandOutcome> {
                               const auto preview = look(context, m_messenger, command, wanted);
                               if (!preview)
                                   return failure(preview.error());
                               return CommandOutcome{.answer = api::toJson(*preview)};
                           });
        return outcome ? Result<void>() : failure(outcome.error());
    });
    if (!looked)
        return failure(looked.error());
    return outcome;
}

/// The money moves, if it is what `hash` was made of.
Result<CommandOutcome> RefundFlow::finish(engine::Context &context, const Command &command,
                                          const WantedRefund &wanted, const QString &hash) const
{
    const auto made = perform(context, m_messenger, command, wanted, false);
    if (!made)
        return failure(made.error());
    const auto entries = entriesOf(context, made->transfer.id);
    if (!entries)
        return failure(entries.error());
    if (!isSameHash(hashOf(wanted, *entries), hash))
        return figuresChanged();
    if (wanted.isWaiting) {
        if (auto gone = waitNoMore(context, kWaitingRefund, wanted.id.value); !gone)
            return failure(gone.error());
    }
    return CommandOutcome{.answer = {{"refund", wanted.id.value},
                                     {"transfer", made->transfer.id.value},
                                     {"state", "done"}}};
}

Result<CommandOutcome> RefundFlow::execute(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    if (core::integerMember(payload, "refund"))
        return approve(context, command, payload);
    return withCase(
        loadRefund(context, command, payload),
        [&](const WantedRefund &wanted) -> Result<CommandOutcome> {
            if (!wanted.mayExecute)
                return refused(
                    "NeedsApproval",
                    QStringLiteral("another person has to agree: %1").arg(wanted.ruling.rule));
            const auto refusal = refuseWithoutCode(context, command, payload, m_sealing);
            if (!refusal)
                return failure(refusal.error());
            if (*refusal)
                return **refusal;
            return finish(context, command, wanted, wanted.hash);
        });
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
    const auto seen = look(context, m_messenger, command, wanted);
    if (!seen)
        return failure(seen.error());
    const QString hash = seen->hash;
    if (!isSameHash(hash, wanted.agreedHash))
        return returnToRequester(context, command, payload, wanted.id,
                                 QStringLiteral("something was given back or the rules changed"));
    if (!wanted.mayExecute)
        return refused("NeedsApproval",
                       wanted.requestedBy == command.by
                           ? QStringLiteral("another person has to agree, not who asked for it")
                           : QStringLiteral("others have to agree: %1").arg(wanted.ruling.rule));
    if (!isSameHash(hash, wanted.hash))
        return figuresChanged();
    const auto refusal = refuseWithoutCode(context, command, payload, m_sealing);
    if (!refusal)
        return failure(refusal.error());
    if (*refusal)
        return **refusal;
    if (isByThemselves(command, wanted))
        return finish(context, command, wanted, hash);
    // The row says first what is needed: the database judges an agreement by it.
    const bool needsAnother =
        wanted.ruling.needs == api::RefundNeeds::TwoPeople && wanted.agreed == 0;
    const auto needs = context.transaction().run(
        QStringLiteral("UPDATE refunds SET needs = ?, rule = ? WHERE id = ?"),
        {nameOf(wanted.ruling.needs), wanted.ruling.rule, wanted.id.value});
    if (!needs)
        return failure(needs.error());
    if (auto agreed = writeApproval(context, command, wanted, hash); !agreed)
        return failure(agreed.error());
    if (!needsAnother)
        return finish(context, command, wanted, hash);
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
    return withCase(loadRefund(context, command, payload),
                    [&](const WantedRefund &wanted) -> Result<CommandOutcome> {
                        if (wanted.isWaiting)
                            return refused("BadInput", QStringLiteral("it waits already"));
                        return leave(context, command, wanted);
                    });
}

Result<void> RefundFlow::requestByNobody(engine::Context &context, const api::RefundWish &wish,
                                         Nobody who) const
{
    Command nobody;
    nobody.id = context.cause();
    nobody.language = QStringLiteral("en");
    const auto left =
        withCase(loadRefund(context, nobody, api::toJson(wish)),
                 [&](const WantedRefund &wanted) { return leave(context, nobody, wanted, who); });
    if (!left)
        return failure(left.error());
    if (!left->isDone())
        return failure({.code = ErrorCode::BadInput, .detail = left->detail});
    return {};
}

Result<CommandOutcome> RefundFlow::leave(engine::Context &context, const Command &command,
                                         const WantedRefund &refund,
                                         std::optional<Nobody> nobody) const
{
    const auto seen = look(context, m_messenger, command, refund);
    if (!seen)
        return failure(seen.error());
    if (!refund.hash.isEmpty() && !isSameHash(refund.hash, seen->hash))
        return figuresChanged();
    const QString lane = customers::laneOf(refund.customer.id);
    const bool isCustomers = nobody == Nobody::Customer;
    const auto until =
        isCustomers ? waitForOthers(context, kWaitingRefund, refund.id.value, lane, kCustomersWait)
                    : waitForOthers(context, kWaitingRefund, refund.id.value, lane);
    if (!until)
        return failure(until.error());
    const bool isAskedFor = command.by.value != 0;
    const auto written = insertRefund(
        context, {.id = refund.id,
                  .of = refund.of,
                  .amount = refund.wish.amount,
                  .reason = refund.wish.reason,
                  .note = refund.wish.note,
                  .ruling = refund.ruling,
                  .hash = seen->hash,
                  .requestedBy = isAskedFor ? std::optional(command.by) : std::nullopt,
                  .session = isAskedFor ? std::optional(command.session) : std::nullopt,
                  .expiresAt = *until,
                  .isAutomatic = nobody == Nobody::Server});
    if (!written)
        return failure(written.error());
    core::faultPoint("refund.requested");
    context.changed(Topic::Refund, refund.id.value);
    return CommandOutcome{.answer = {{"refund", refund.id.value}, {"hash", seen->hash}}};
}

/// Not why: that was written for staff.
Result<void> RefundFlow::tellNotGiven(engine::Context &context, CustomerId id, qint64 call) const
{
    const auto customer = customers::find(context.transaction(), id);
    if (!customer)
        return failure(customer.error());
    const auto told =
        m_messenger.send(context, **customer,
                         {.parts = {{"refund.not_given"_key, {{"call", QString::number(call)}}}}});
    return told ? Result<void>() : failure(told.error());
}

Result<CommandOutcome> RefundFlow::reject(engine::Context &context, const Command &command,
                                          const Json &payload) const
{
    const api::RefundId id{core::integerMember(payload, "refund").value_or(0)};
    const QString reason = core::textMember(payload, "reason").value_or(QString()).left(500);
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT requested_by IS NOT DISTINCT FROM ?::bigint AS is_own, customer_id, "
                       "coalesce(call_id, 0) AS call_id, requested_by IS NULL AND NOT is_automatic "
                       "AS is_customers FROM refunds WHERE id = ? AND state IN "
                       "('pending_approval', 'approved') AND "
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
    if (rows->first().boolean("is_customers")) {
        if (auto told = tellNotGiven(context, CustomerId{rows->first().integer("customer_id")},
                                     rows->first().integer("call_id"));
            !told)
            return failure(told.error());
    }
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
        if (auto set = waitUntil(context, kWaitingRefund, id.value, customers::laneOf(customer),
                                 rows->first().time("until"));
            !set)
            return failure(set.error());
        return engine::Outcome::Ignored;
    }
    if (auto ended = endWaiting(context, id, "expired", QStringLiteral("nobody decided in time"));
        !ended)
        return failure(ended.error());
    if (auto written = auditExpiry(context, kWaitingRefund, id.value); !written)
        return failure(written.error());
    return engine::Outcome::Handled;
}

} // namespace operators
