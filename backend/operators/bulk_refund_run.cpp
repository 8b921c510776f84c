#include "operators/bulk_refund_run.h"

#include "core/fault_point.h"
#include "operators/preview_parts.h"
#include "operators/refund_record.h"

namespace operators {

namespace {

const QString kPartOfCustomer = QStringLiteral("refund.bulk.customer");
const QString kFinishBatch = QStringLiteral("refund.bulk.finish");
/// So that a customer with many calls holds up neither the others nor whoever stops it.
constexpr int kCallsAtOnce = 50;

/// A batch that runs, as its refunds say it.
struct RunningBatch {
    api::BatchId id;
    QString reason;
    QString note;
    RefundRuling ruling;
    QString hash;
    OperatorId requestedBy;
    SessionId session;
    Timestamp requestedAt;
    bool isSolo = false;
    std::optional<OperatorId> approvedBy;
};

/// Whoever stops it waits until this part is done, and whoever comes later sees that it is stopped.
/// Absent: it does not run.
Result<std::optional<RunningBatch>> holdBatch(engine::Context &context, api::BatchId id)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT reason, note, needs, rule, rules_version, preview_hash, "
                       "requested_by, requested_session, to_micros(requested_at) AS requested_at, "
                       "is_solo, (SELECT a.approver_id FROM refund_batch_approvals a WHERE "
                       "a.batch_id = b.id ORDER BY place DESC LIMIT 1) AS approved_by FROM "
                       "refund_batches b WHERE id = ? AND state = 'running' FOR SHARE"),
        {id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<RunningBatch>();
    const database::Row row = rows->first();
    const auto approver = row.optionalInteger("approved_by");
    return std::optional(
        RunningBatch{.id = id,
                     .reason = row.text("reason"),
                     .note = row.text("note"),
                     .ruling = {.needs = api::refundNeedsFrom(row.text("needs")),
                                .rule = row.text("rule"),
                                .version = static_cast<int>(row.integer("rules_version"))},
                     .hash = row.text("preview_hash"),
                     .requestedBy = OperatorId{row.integer("requested_by")},
                     .session = SessionId{row.integer("requested_session")},
                     .requestedAt = row.time("requested_at"),
                     .isSolo = row.boolean("is_solo"),
                     .approvedBy = approver ? std::optional(OperatorId{*approver}) : std::nullopt});
}

/// A call of it whose turn has come.
struct PlannedCall {
    qint64 call = 0;
    TransferId payment;
    Money amount;
    api::RefundId refund; // the number it will have
};

Result<std::vector<PlannedCall>> takePlanned(engine::Context &context, api::BatchId batch,
                                             CustomerId customer)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT call_id, paid_transfer_id, amount, nextval('inbox_id') AS refund "
                       "FROM (SELECT call_id, paid_transfer_id, amount FROM refund_batch_rows "
                       "WHERE batch_id = ? AND customer_id = ? AND state = 'planned' ORDER BY "
                       "call_id LIMIT ? FOR UPDATE) planned"),
        {batch.value, customer.value, kCallsAtOnce});
    if (!rows)
        return failure(rows.error());
    std::vector<PlannedCall> calls;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        calls.push_back({.call = row.integer("call_id"),
                         .payment = TransferId{row.integer("paid_transfer_id")},
                         .amount = row.money("amount"),
                         .refund = api::RefundId{row.integer("refund")}});
    }
    return calls;
}

/// `refusals`: one a call; empty: it was given back.
Result<void> writeResults(engine::Context &context, api::BatchId batch,
                          const std::vector<PlannedCall> &calls,
                          const std::vector<QString> &refusals)
{
    std::vector<qint64> ids;
    std::vector<std::optional<qint64>> refunds;
    for (size_t i = 0; i < calls.size(); ++i) {
        ids.push_back(calls[i].call);
        refunds.push_back(refusals[i].isEmpty() ? std::optional(calls[i].refund.value)
                                                : std::nullopt);
    }
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE refund_batch_rows x SET state = CASE WHEN u.refund IS NULL THEN "
                       "'refused' ELSE 'done' END, refund_id = u.refund, why = u.why, decided_at = "
                       "?::timestamptz, cause_id = ? FROM unnest(?::bigint[], ?::bigint[], "
                       "?::text[]) AS u (call, refund, why) WHERE x.batch_id = ? AND x.call_id = "
                       "u.call AND x.state = 'planned'"),
        {core::toIso(context.now()), context.cause().value, database::arrayOf(ids),
         database::arrayOf(refunds), database::arrayOf(refusals), batch.value}));
}

Json payloadOf(api::BatchId batch, CustomerId customer)
{
    return {{"v", 1}, {"batch", batch.value}, {"customer", customer.value}};
}

QString keyOf(const QString &kind, api::BatchId batch, CustomerId customer)
{
    return QStringLiteral("%1:%2:%3").arg(kind).arg(batch.value).arg(customer.value);
}

/// Each customer's part asks, so the last one that is through ends the batch, whichever it is.
Result<void> askToFinish(engine::Context &context, api::BatchId batch, CustomerId customer)
{
    return context.post(QStringLiteral("refunds:%1").arg(batch.value), kFinishBatch,
                        {{"v", 1}, {"batch", batch.value}}, keyOf(kFinishBatch, batch, customer));
}

/// No try was good: the calls that are left say so, and the batch does not wait for them for ever.
Result<engine::Outcome> refuseTheRest(const engine::Event &event, engine::Context &context)
{
    const api::BatchId batch{core::integerMember(event.payload, "batch").value_or(0)};
    const CustomerId customer{core::integerMember(event.payload, "customer").value_or(0)};
    const auto held = holdBatch(context, batch);
    if (!held)
        return failure(held.error());
    if (!*held)
        return engine::Outcome::Ignored;
    const auto refused = context.transaction().run(
        QStringLiteral("UPDATE refund_batch_rows SET state = 'refused', why = 'the server could "
                       "not do it; its log says why', decided_at = ?::timestamptz, cause_id = ? "
                       "WHERE batch_id = ? AND customer_id = ? AND state = 'planned'"),
        {core::toIso(context.now()), context.cause().value, batch.value, customer.value});
    if (!refused)
        return failure(refused.error());
    context.changed(Topic::Refund, batch.value);
    if (auto asked = askToFinish(context, batch, customer); !asked)
        return failure(asked.error());
    return engine::Outcome::Handled;
}

Result<engine::Outcome> finishBatch(const engine::Event &event, engine::Context &context)
{
    const api::BatchId batch{core::integerMember(event.payload, "batch").value_or(0)};
    const auto finished = context.transaction().run(
        QStringLiteral("UPDATE refund_batches SET state = 'done', ended_at = ?::timestamptz WHERE "
                       "id = ? AND state = 'running' AND NOT EXISTS (SELECT FROM refund_batch_rows "
                       "x WHERE x.batch_id = ? AND x.state = 'planned') RETURNING id"),
        {core::toIso(context.now()), batch.value, batch.value});
    if (!finished)
        return failure(finished.error());
    if (finished->isEmpty())
        return engine::Outcome::Ignored; // others are not through yet, or it was ended
    core::faultPoint("bulk.finished");
    context.changed(Topic::Refund, batch.value);
    const auto counts = context.transaction().run(
        QStringLiteral("SELECT count(*) FILTER (WHERE state = 'done') AS done, count(*) FILTER "
                       "(WHERE state = 'refused') AS refused, coalesce(sum(amount) FILTER (WHERE "
                       "state = 'done'), 0)::bigint AS total FROM refund_batch_rows WHERE batch_id "
                       "= ?"),
        {batch.value});
    if (!counts)
        return failure(counts.error());
    const database::Row row = counts->first();
    const AuditLine line = {.operatorName = QStringLiteral("automatic"),
                            .action = QStringLiteral("refund.bulk.done"),
                            .object = QStringLiteral("batch %1").arg(batch.value),
                            .reason = QStringLiteral("%1 calls, %2 USD; %3 refused")
                                          .arg(row.integer("done"))
                                          .arg(row.money("total").toString())
                                          .arg(row.integer("refused")),
                            .origin = QStringLiteral("server")};
    if (auto written = writeAudit(context.transaction(), line, context.cause(), context.now());
        !written)
        return failure(written.error());
    return engine::Outcome::Handled;
}

} // namespace

struct BulkRefundRun::Part {
    RunningBatch batch;
    customers::Customer customer;
    std::vector<PlannedCall> calls;
};

Result<void> postCustomers(engine::Context &context, api::BatchId batch,
                           const std::vector<CustomerId> &customers)
{
    std::vector<engine::Posting> postings;
    for (const CustomerId customer : customers)
        postings.push_back({.lane = customers::laneOf(customer),
                            .kind = kPartOfCustomer,
                            .payload = payloadOf(batch, customer),
                            .key = keyOf(kPartOfCustomer, batch, customer)});
    return context.post(postings);
}

BulkRefundRun::BulkRefundRun(const customers::Messenger &messenger)
    : m_messenger(messenger)
{
}

void BulkRefundRun::addRoutes(engine::RoutingTable &routes) const
{
    routes.add({.kind = kPartOfCustomer,
                .order = engine::Order::Free,
                .handle = [this](const engine::Event &event,
                                 engine::Context &context) { return giveBack(event, context); },
                .whenDead = refuseTheRest});
    routes.add({.kind = kFinishBatch, .order = engine::Order::Free, .handle = finishBatch});
}

Result<engine::Outcome> BulkRefundRun::giveBack(const engine::Event &event,
                                                engine::Context &context) const
{
    const api::BatchId id{core::integerMember(event.payload, "batch").value_or(0)};
    const CustomerId customerId{core::integerMember(event.payload, "customer").value_or(0)};
    const auto batch = holdBatch(context, id);
    if (!batch)
        return failure(batch.error());
    if (!*batch)
        return engine::Outcome::Ignored;
    const auto calls = takePlanned(context, id, customerId);
    const auto customer =
        calls ? customers::find(context.transaction(), customerId) : failure(calls.error());
    if (!customer)
        return failure(customer.error());
    if (calls->empty()) { // the part before this one was the last, or it is over already
        if (auto asked = askToFinish(context, id, customerId); !asked)
            return failure(asked.error());
        return engine::Outcome::Ignored;
    }
    const Part part = {.batch = **batch, .customer = customer->value(), .calls = *calls};
    std::vector<QString> refusals;
    for (size_t i = 0; i < part.calls.size(); ++i) {
        // One that cannot be given back takes nothing from the others.
        const auto given = context.transaction().attempt([&] { return giveOne(context, part, i); });
        if (!given && given.error().transient)
            return failure(given.error());
        refusals.push_back(given ? QString() : given.error().detail.left(200));
    }
    if (auto written = writeResults(context, id, part.calls, refusals); !written)
        return failure(written.error());
    context.changed(Topic::Refund, id.value);
    core::faultPoint("bulk.written");
    const auto next =
        part.calls.size() < kCallsAtOnce
            ? askToFinish(context, id, customerId)
            : context.post(event.lane, kPartOfCustomer, payloadOf(id, customerId),
                           QStringLiteral("%1:%2").arg(keyOf(kPartOfCustomer, id, customerId),
                                                       QString::number(part.calls.back().call)));
    if (!next)
        return failure(next.error());
    return engine::Outcome::Handled;
}

/// A failure that is not transient is this call's refusal.
Result<void> BulkRefundRun::giveOne(engine::Context &context, const Part &part, size_t place) const
{
    const PlannedCall &planned = part.calls[place];
    const auto what = ledger::lockRefundable(context.transaction(), planned.payment);
    if (!what)
        return failure(what.error());
    if (planned.amount > what->rest())
        return failure(
            {.code = ErrorCode::ConstraintViolated,
             .detail =
                 QStringLiteral("%1 USD are left of what was paid").arg(what->rest().toString())});
    const auto transfer =
        ledger::refund(context.transaction(), *what, planned.amount,
                       QStringLiteral("refund:%1:%2").arg(part.batch.id.value).arg(planned.call),
                       context.cause(), context.now());
    if (!transfer)
        return failure(transfer.error());
    core::faultPoint("bulk.transfer");
    const PaidThing call = {
        .call = planned.call, .payment = planned.payment, .customer = part.customer.id};
    const auto written = insertRefund(context, {.id = planned.refund,
                                                .of = call,
                                                .amount = planned.amount,
                                                .reason = part.batch.reason,
                                                .note = part.batch.note,
                                                .ruling = part.batch.ruling,
                                                .hash = part.batch.hash,
                                                .requestedBy = part.batch.requestedBy,
                                                .session = part.batch.session,
                                                .requestedAt = part.batch.requestedAt,
                                                .approvedBy = part.batch.approvedBy,
                                                .isSolo = part.batch.isSolo,
                                                .transfer = transfer->id,
                                                .batch = part.batch.id});
    if (!written)
        return failure(written.error());
    core::faultPoint("bulk.record");
    const auto told =
        m_messenger.send(context, part.customer,
                         {.parts = {refundedText(call, planned.amount, transfer->availableAfter,
                                                 referenceOf(transfer->id, false))}});
    if (!told)
        return failure(told.error());
    core::faultPoint("bulk.told");
    context.changed(Topic::Refund, planned.refund.value);
    context.changed(Topic::Call, planned.call);
    return {};
}

} // namespace operators
