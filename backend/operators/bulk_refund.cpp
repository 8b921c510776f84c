#include "operators/bulk_refund.h"

#include "core/fault_point.h"
#include "operators/bulk_refund_case.h"
#include "operators/bulk_refund_run.h"
#include "operators/fresh_code.h"
#include "operators/preview_parts.h"

#include <QRegularExpression>

#include <algorithm>

namespace operators {

namespace {

const Waiting kWaitingBatch = {.noun = "batch", .expire = QStringLiteral("refund.bulk.expire")};
constexpr qsizetype kBatchDecisionMax = 500;

/// Money of many customers is no customer's, so what is decided about the whole has a lane of its
/// own.
QString laneOfBatch(api::BatchId id)
{
    return QStringLiteral("refunds:%1").arg(id.value);
}

/// Which other one has the name. Absent: none.
Result<std::optional<CommandOutcome>> refuseUsedKey(engine::Context &context, const QString &key)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$"));
    if (!form.match(key).hasMatch())
        return std::optional(refused("BadInput", QStringLiteral("a name of 3 to 64 letters, "
                                                                "digits, '.', '_' and '-' keeps "
                                                                "it from being asked for twice")));
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT id, state FROM refund_batches WHERE batch_key = ?"), {key});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<CommandOutcome>();
    return std::optional(refused("Duplicate", QStringLiteral("batch %1 has that name, and is %2")
                                                  .arg(rows->first().integer("id"))
                                                  .arg(rows->first().text("state"))));
}

Result<void> insertBatch(engine::Context &context, const Command &command,
                         const WantedBatch &wanted, const QString &key, Timestamp until)
{
    const std::vector<BatchCall> planned = wanted.planned();
    const bool isAmount = wanted.wish.share == api::RefundShare::Amount;
    const auto written = context.transaction().run(
        QStringLiteral("INSERT INTO refund_batches (id, batch_key, query, share, each, reason, "
                       "note, calls, total, state, needs, rule, rules_version, preview_hash, "
                       "requested_by, requested_session, requested_at, expires_at, cause_id) "
                       "VALUES (?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, 'pending_approval', ?, ?, ?, ?, "
                       "?, ?, ?::timestamptz, ?::timestamptz, ?)"),
        {wanted.id.value, key, QString::fromUtf8(core::toBytes(api::toJson(wanted.wish.query))),
         nameOf(wanted.wish.share),
         isAmount ? QVariant(wanted.wish.each.micros()) : database::null(), wanted.wish.reason,
         wanted.wish.note, qint64(planned.size()), wanted.total().micros(),
         nameOf(wanted.ruling.needs), wanted.ruling.rule, wanted.ruling.version, wanted.hashNow,
         command.by.value, command.session.value, core::toIso(context.now()), core::toIso(until),
         context.cause().value});
    if (!written)
        return failure(written.error());
    std::vector<qint64> calls, customers, payments, amounts;
    for (const BatchCall &call : planned) {
        calls.push_back(call.row.call.value);
        customers.push_back(call.row.customer.value);
        payments.push_back(call.payment.value);
        amounts.push_back(call.row.amount.micros());
    }
    return database::done(context.transaction().run(
        QStringLiteral("INSERT INTO refund_batch_rows (batch_id, call_id, customer_id, "
                       "paid_transfer_id, amount, cause_id) SELECT ?, call, customer, payment, "
                       "amount, ? FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) "
                       "AS u (call, customer, payment, amount)"),
        {wanted.id.value, context.cause().value, database::arrayOf(calls),
         database::arrayOf(customers), database::arrayOf(payments), database::arrayOf(amounts)}));
}

/// How many calls were given back before it ended, and how many nobody gives back any more.
struct Ended {
    qint64 done = 0;
    qint64 left = 0;
};
Result<Ended> endBatch(engine::Context &context, api::BatchId id, const QString &state,
                       std::optional<OperatorId> by, const QString &why)
{
    const QString now = core::toIso(context.now());
    const auto ended = context.transaction().run(
        QStringLiteral("UPDATE refund_batches SET state = ?, ended_at = ?::timestamptz, ended_by = "
                       "?, decision = ? WHERE id = ?"),
        {state, now, by ? QVariant(by->value) : database::null(), why, id.value});
    if (!ended)
        return failure(ended.error());
    core::faultPoint("bulk.ended");
    const auto left = context.transaction().run(
        QStringLiteral("UPDATE refund_batch_rows SET state = 'left', decided_at = ?::timestamptz, "
                       "cause_id = ? WHERE batch_id = ? AND state = 'planned'"),
        {now, context.cause().value, id.value});
    if (!left)
        return failure(left.error());
    const auto done = context.transaction().run(
        QStringLiteral("SELECT count(*) AS n FROM refund_batch_rows WHERE batch_id = ? AND state = "
                       "'done'"),
        {id.value});
    if (!done)
        return failure(done.error());
    if (auto gone = waitNoMore(context, kWaitingBatch, id.value); !gone)
        return failure(gone.error());
    context.changed(Topic::Refund, id.value);
    return Ended{.done = done->first().integer("n"), .left = left->affected()};
}

Result<engine::Outcome> expireBatch(const engine::Event &event, engine::Context &context)
{
    const api::BatchId id{core::integerMember(event.payload, "batch").value_or(0)};
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT to_micros(expires_at) AS until FROM refund_batches WHERE id = ? AND "
                       "state IN ('pending_approval', 'approved') FOR UPDATE"),
        {id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return engine::Outcome::Ignored;
    if (rows->first().time("until") >
        context.now()) { // it came early: by its time, not the timer's
        if (auto set = waitUntil(context, kWaitingBatch, id.value, laneOfBatch(id),
                                 rows->first().time("until"));
            !set)
            return failure(set.error());
        return engine::Outcome::Ignored;
    }
    if (auto ended = endBatch(context, id, QStringLiteral("expired"), {},
                              QStringLiteral("nobody decided in time"));
        !ended)
        return failure(ended.error());
    if (auto written = auditExpiry(context, kWaitingBatch, id.value); !written)
        return failure(written.error());
    return engine::Outcome::Handled;
}

Result<void> writeBatchApproval(engine::Context &context, const Command &command,
                                const WantedBatch &wanted)
{
    // The row says first what is needed: the database judges an agreement by it.
    const auto needs = context.transaction().run(
        QStringLiteral("UPDATE refund_batches SET needs = ?, rule = ? WHERE id = ?"),
        {nameOf(wanted.ruling.needs), wanted.ruling.rule, wanted.id.value});
    if (!needs)
        return failure(needs.error());
    const auto written = context.transaction().run(
        QStringLiteral("INSERT INTO refund_batch_approvals (batch_id, place, approver_id, "
                       "session_id, hash, at, cause_id) VALUES (?, ?, ?, ?, ?, ?::timestamptz, ?)"),
        {wanted.id.value, wanted.agreed + 1, command.by.value, command.session.value,
         wanted.hashNow, core::toIso(context.now()), context.cause().value});
    core::faultPoint("bulk.agreed");
    return database::done(written);
}

/// Each customer's part goes to that customer's lane.
Result<void> beginBatch(engine::Context &context, const WantedBatch &wanted, bool isSolo)
{
    const auto begun = context.transaction().run(
        QStringLiteral("UPDATE refund_batches SET state = 'running', needs = ?, rule = ?, is_solo "
                       "= ?, started_at = ?::timestamptz WHERE id = ?"),
        {nameOf(wanted.ruling.needs), wanted.ruling.rule, isSolo, core::toIso(context.now()),
         wanted.id.value});
    if (!begun)
        return failure(begun.error());
    if (auto gone = waitNoMore(context, kWaitingBatch, wanted.id.value); !gone)
        return gone;
    std::vector<CustomerId> customers;
    for (const BatchCall &call : wanted.planned())
        customers.push_back(call.row.customer);
    std::sort(customers.begin(), customers.end());
    customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
    if (auto posted = postCustomers(context, wanted.id, customers); !posted)
        return posted;
    core::faultPoint("bulk.begun");
    return {};
}

/// Nobody may agree to it any more: it has to be asked for anew, with the figures of now.
Result<CommandOutcome> voidBatch(engine::Context &context, const Command &command,
                                 const Json &payload, api::BatchId id)
{
    if (auto ended = endBatch(context, id, QStringLiteral("void"), {},
                              QStringLiteral("the figures changed"));
        !ended)
        return failure(ended.error());
    CommandOutcome outcome =
        refused("FiguresChanged", QStringLiteral("something was given back or the rules changed "
                                                 "since; batch %1 has to be asked for again, under "
                                                 "another name")
                                      .arg(id.value));
    outcome.keepsEffects = true;
    outcome.audit = doneLine(command, payload);
    outcome.audit->result = AuditResult::Failed;
    outcome.audit->reason = QStringLiteral("FiguresChanged: void");
    return outcome;
}

} // namespace

BulkRefund::BulkRefund(const Sealing &sealing)
    : m_sealing(sealing)
{
}

void BulkRefund::addRoutes(engine::RoutingTable &routes) const
{
    addStep(routes, this, "refund.bulk.preview", &BulkRefund::preview, false);
    addStep(routes, this, "refund.bulk.request", &BulkRefund::request);
    addStep(routes, this, "refund.bulk.approve", &BulkRefund::approve);
    addStep(routes, this, "refund.bulk.cancel", &BulkRefund::cancel);
    routes.add({.kind = kWaitingBatch.expire, .order = engine::Order::Free, .handle = expireBatch});
}

/// Reads alone: no money is locked, so nobody waits while a person looks at a thousand calls.
Result<CommandOutcome> BulkRefund::preview(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    Result<CommandOutcome> outcome = CommandOutcome();
    const auto looked = undone(context, [&]() -> Result<void> {
        outcome = withCase(loadBatch(context, command, payload),
                           [](const WantedBatch &wanted) -> Result<CommandOutcome> {
                               return CommandOutcome{.answer = api::toJson(previewOf(wanted))};
                           });
        return outcome ? Result<void>() : failure(outcome.error());
    });
    if (!looked)
        return failure(looked.error());
    return outcome;
}

Result<CommandOutcome> BulkRefund::request(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    const QString key = core::textMember(payload, "key").value_or(QString());
    return withCase(
        loadBatch(context, command, payload),
        [&](const WantedBatch &wanted) -> Result<CommandOutcome> {
            if (wanted.isWaiting)
                return refused("BadInput", QStringLiteral("it waits already"));
            const auto refusal = refuseUsedKey(context, key);
            if (!refusal)
                return failure(refusal.error());
            if (*refusal)
                return **refusal;
            if (wanted.planned().empty())
                return refused("NotFound", QStringLiteral("there is nothing to give back"));
            if (!isSameHash(wanted.hash, wanted.hashNow))
                return figuresChanged();
            const auto until =
                waitForOthers(context, kWaitingBatch, wanted.id.value, laneOfBatch(wanted.id));
            if (!until)
                return failure(until.error());
            if (auto written = insertBatch(context, command, wanted, key, *until); !written)
                return failure(written.error());
            core::faultPoint("bulk.requested");
            context.changed(Topic::Refund, wanted.id.value);
            CommandOutcome outcome{
                .answer = {{"batch", wanted.id.value}, {"hash", wanted.hashNow}}};
            outcome.audit = doneLine(command, payload);
            outcome.audit->object = QStringLiteral("batch %1").arg(wanted.id.value);
            outcome.audit->reason = QStringLiteral("%1: %2 calls, %3 USD: %4")
                                        .arg(key)
                                        .arg(wanted.planned().size())
                                        .arg(wanted.total().toString(), wanted.wish.reason);
            return outcome;
        });
}

Result<CommandOutcome> BulkRefund::approve(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    if (!core::integerMember(payload, "batch"))
        return refused("BadInput", QStringLiteral("one that waits is named by its number"));
    return withCase(loadBatch(context, command, payload), [&](const WantedBatch &wanted) {
        return agree(context, command, payload, wanted);
    });
}

Result<CommandOutcome> BulkRefund::agree(engine::Context &context, const Command &command,
                                         const Json &payload, const WantedBatch &wanted) const
{
    if (!isSameHash(wanted.hashNow, wanted.agreedHash))
        return voidBatch(context, command, payload, wanted.id);
    if (!wanted.mayApprove)
        return refused("NeedsApproval",
                       wanted.requestedBy == command.by
                           ? QStringLiteral("another person has to agree, not who asked for it")
                           : QStringLiteral("others have to agree: %1").arg(wanted.ruling.rule));
    if (!isSameHash(wanted.hash, wanted.hashNow))
        return figuresChanged();
    const auto refusal = refuseWithoutCode(context, command, payload, m_sealing);
    if (!refusal)
        return failure(refusal.error());
    if (*refusal)
        return **refusal;
    if (!command.isSolo) {
        if (auto written = writeBatchApproval(context, command, wanted); !written)
            return failure(written.error());
    }
    const bool needsAnother =
        !command.isSolo && wanted.ruling.needs == api::RefundNeeds::TwoPeople && wanted.agreed == 0;
    const auto done = needsAnother
                          ? database::done(context.transaction().run(
                                QStringLiteral("UPDATE refund_batches SET state = 'approved' WHERE "
                                               "id = ?"),
                                {wanted.id.value}))
                          : beginBatch(context, wanted, command.isSolo);
    if (!done)
        return failure(done.error());
    context.changed(Topic::Refund, wanted.id.value);
    return CommandOutcome{
        .answer = {{"batch", wanted.id.value}, {"state", needsAnother ? "approved" : "running"}}};
}

/// Also of one that runs: whose turn has not come keeps what they paid.
Result<CommandOutcome> BulkRefund::cancel(engine::Context &context, const Command &command,
                                          const Json &payload) const
{
    const api::BatchId id{core::integerMember(payload, "batch").value_or(0)};
    const QString reason =
        core::textMember(payload, "reason").value_or(QString()).trimmed().left(kBatchDecisionMax);
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT requested_by = ? AS is_own, state = 'running' AS is_running FROM "
                       "refund_batches WHERE id = ? AND state IN ('pending_approval', 'approved', "
                       "'running') FOR UPDATE"),
        {command.by.value, id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return refused("NotFound", QStringLiteral("no batch %1 waits or runs").arg(id.value));
    const bool isOwn = rows->first().boolean("is_own");
    const bool isRunning = rows->first().boolean("is_running");
    if ((!isOwn || isRunning) && reason.isEmpty())
        return refused("BadInput", QStringLiteral("a reason says why"));
    const QString state =
        isOwn || isRunning ? QStringLiteral("cancelled") : QStringLiteral("rejected");
    const auto ended = endBatch(context, id, state, command.by, reason);
    if (!ended)
        return failure(ended.error());
    return CommandOutcome{.answer = {{"batch", id.value},
                                     {"state", state.toStdString()},
                                     {"done", ended->done},
                                     {"left", ended->left}}};
}

} // namespace operators
