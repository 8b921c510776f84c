#include "calls/dial_lines.h"

#include "calls/call_screen.h"
#include "calls/dialler.h"

namespace calls {

Result<LinesTaken> linesTaken(database::Transaction &transaction, CustomerId customer,
                              const QString &region, const QString &tiers)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT count(*) AS taken, count(*) FILTER (WHERE customer_id = ?) AS "
                       "of_one, count(*) FILTER (WHERE region = ? AND tier = ANY (?::text[])) AS "
                       "in_region FROM dial_lines"),
        {customer.value, region, tiers});
    if (!rows)
        return failure(rows.error());
    const database::Row row = rows->first();
    return LinesTaken{.all = static_cast<int>(row.integer("taken")),
                      .ofCustomer = static_cast<int>(row.integer("of_one")),
                      .inRegion = static_cast<int>(row.integer("in_region"))};
}

Result<void> takeLine(engine::Context &context, const Call &call)
{
    return database::done(context.transaction().run(
        QStringLiteral("INSERT INTO dial_lines (call_id, customer_id, region, tier, taken_at) "
                       "VALUES (?, ?, ?, ?, ?::timestamptz)"),
        {call.id.value, call.wish.customer.value, call.region, call.tier,
         core::toIso(context.now())}));
}

Result<void> postLineIsFree(engine::Context &context, const Call &call)
{
    return context.post(dialLane(), QStringLiteral("call.line_free"), payloadOf(call.id),
                        QStringLiteral("line:%1").arg(call.id.value));
}

Result<engine::Outcome> freeLine(const engine::Event &event, engine::Context &context)
{
    const auto freed =
        context.transaction().run(QStringLiteral("DELETE FROM dial_lines WHERE call_id = ?"),
                                  {callIdOf(event.payload).value});
    if (!freed)
        return failure(freed.error());
    return freed->affected() == 1 ? engine::Outcome::Handled : engine::Outcome::Ignored;
}

} // namespace calls
