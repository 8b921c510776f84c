#include "operators/paid_thing.h"

#include "subscriptions/plan.h"

namespace operators {

using namespace language::literals;

namespace {

using Paid = tl::expected<PaidThing, CommandOutcome>;

Paid nothingPaid(const QString &detail)
{
    return tl::unexpected<CommandOutcome>(refused("NotFound", detail));
}

Result<Paid> findPlanPayment(engine::Context &context, TransferId payment)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT p.id, p.customer_id, v.plan, to_micros(p.starts_at) AS at FROM "
                       "plan_periods p JOIN plan_versions v ON v.id = p.plan_version_id WHERE "
                       "p.transfer_id = ?"),
        {payment.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return nothingPaid(QStringLiteral("no plan was paid by T-%1").arg(payment.value));
    const database::Row row = rows->first();
    return PaidThing{.period = row.integer("id"),
                     .plan = row.text("plan"),
                     .payment = payment,
                     .customer = CustomerId{row.integer("customer_id")},
                     .at = row.time("at")};
}

Result<Paid> findCall(engine::Context &context, qint64 call)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT customer_id, charge_transfer_id, to_micros(coalesce(ended_at, "
                       "asked_at)) AS at FROM calls WHERE id = ?"),
        {call});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return nothingPaid(QStringLiteral("there is no call %1").arg(call));
    const database::Row row = rows->first();
    if (row.isNull("charge_transfer_id"))
        return nothingPaid(QStringLiteral("nothing was charged for call %1").arg(call));
    return PaidThing{.call = call,
                     .payment = TransferId{row.integer("charge_transfer_id")},
                     .customer = CustomerId{row.integer("customer_id")},
                     .at = row.time("at")};
}

language::Text textOfMoney(const PaidThing &of, const language::Key &call,
                           const language::Key &plan, Money amount, Money balance,
                           const QString &transfer)
{
    language::Arguments values = {{"amount", amount}, {"balance", balance}, {"transfer", transfer}};
    if (of.isPlan())
        values.set(QStringLiteral("plan"), subscriptions::titleOf(of.plan));
    else
        values.set(QStringLiteral("call"), QString::number(of.call));
    return {of.isPlan() ? plan : call, values};
}

} // namespace

QString PaidThing::name() const
{
    return isPlan() ? QStringLiteral("plan %1, paid by T-%2")
                          .arg(subscriptions::titleOf(plan))
                          .arg(payment.value)
                    : QStringLiteral("call %1").arg(call);
}

Result<Paid> findPaid(engine::Context &context, const api::RefundWish &wish)
{
    return wish.payment ? findPlanPayment(context, *wish.payment)
                        : findCall(context, wish.call.value);
}

language::Text refundedText(const PaidThing &of, Money amount, Money balance,
                            const QString &transfer)
{
    return textOfMoney(of, "refund.done"_key, "refund.done.plan"_key, amount, balance, transfer);
}

language::Text reversedText(const PaidThing &of, Money amount, Money balance,
                            const QString &transfer)
{
    return textOfMoney(of, "refund.reversed"_key, "refund.reversed.plan"_key, amount, balance,
                       transfer);
}

} // namespace operators
