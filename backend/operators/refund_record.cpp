#include "operators/refund_record.h"

namespace operators {

namespace {

template <typename Id> QVariant nullableId(const std::optional<Id> &id)
{
    return id ? QVariant(id->value) : database::null();
}

QVariant nullableId(qint64 id)
{
    return id != 0 ? QVariant(id) : database::null();
}

} // namespace

Result<void> insertRefund(engine::Context &context, const NewRefund &refund)
{
    const bool isDone = refund.transfer.has_value();
    const QString now = core::toIso(context.now());
    return database::done(context.transaction().run(
        QStringLiteral("INSERT INTO refunds (id, call_id, plan_period_id, customer_id, "
                       "paid_transfer_id, amount, reason, note, state, needs, rule, rules_version, "
                       "preview_hash, requested_by, requested_session, requested_at, expires_at, "
                       "approved_by, is_solo, is_automatic, decided_at, transfer_id, batch_id, "
                       "cause_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                       "?::timestamptz, ?::timestamptz, ?, ?, ?, ?::timestamptz, ?, ?, ?)"),
        {refund.id.value,
         nullableId(refund.of.call),
         nullableId(refund.of.period),
         refund.of.customer.value,
         refund.of.payment.value,
         refund.amount.micros(),
         refund.reason,
         refund.note,
         isDone ? QStringLiteral("done") : QStringLiteral("pending_approval"),
         nameOf(refund.ruling.needs),
         refund.ruling.rule,
         refund.ruling.version,
         refund.hash,
         nullableId(refund.requestedBy),
         nullableId(refund.session),
         core::toIso(refund.requestedAt.value_or(context.now())),
         refund.expiresAt ? QVariant(core::toIso(*refund.expiresAt)) : database::null(),
         nullableId(refund.approvedBy),
         refund.isSolo,
         refund.isAutomatic,
         isDone ? QVariant(now) : database::null(),
         nullableId(refund.transfer),
         nullableId(refund.batch),
         context.cause().value}));
}

} // namespace operators
