#include "subscriptions/allowance.h"

#include "subscriptions/plan.h"
#include "subscriptions/plan_rules.h"

namespace subscriptions {

namespace {

constexpr int kFreeDays = 2;

bool isDomestic(const QString &region)
{
    return region == QLatin1String("US") || region == QLatin1String("CA");
}

} // namespace

Result<void> grantFree(engine::Context &context, CustomerId customer)
{
    const auto free =
        planAt(context.transaction(), QStringLiteral("free"), kFreeDays, context.now());
    if (!free)
        return failure(free.error());
    if (!*free || (*free)->allowance.count() == 0)
        return {};
    const auto granted = context.transaction().run(
        QStringLiteral("INSERT INTO plan_periods (customer_id, plan_version_id, starts_at, "
                       "ends_at, price, granted_s, cause_id) VALUES (?, ?, ?::timestamptz, "
                       "?::timestamptz, 0, ?, ?) ON CONFLICT (customer_id) WHERE subscription_id "
                       "IS NULL DO NOTHING"),
        {customer.value, (*free)->version, core::toIso(context.now()),
         core::toIso(periodEnd(context.now(), (*free)->days)),
         static_cast<qint64>((*free)->allowance.count()), context.cause().value});
    if (!granted)
        return failure(granted.error());
    context.changed(Topic::Customer, customer.value);
    return {};
}

/// A period that was paid counts from then on, also where a clock has been set back since.
Result<std::chrono::seconds> allowanceLeft(database::Transaction &transaction, CustomerId customer,
                                           const QString &region, Timestamp at)
{
    if (!isDomestic(region))
        return std::chrono::seconds(0);
    const auto rows = transaction.run(
        QStringLiteral("SELECT coalesce(sum(granted_s - held_s - used_s), 0)::bigint AS left_s "
                       "FROM plan_periods WHERE customer_id = ? AND ends_at > ?::timestamptz AND "
                       "closed_at IS NULL"),
        {customer.value, core::toIso(at)});
    if (!rows)
        return failure(rows.error());
    return std::chrono::seconds(rows->first().integer("left_s"));
}

Result<void> holdAllowance(engine::Context &context, CustomerId customer, qint64 call,
                           std::chrono::seconds seconds)
{
    if (seconds.count() == 0)
        return {};
    const QString now = core::toIso(context.now());
    const auto held = context.transaction().run(
        QStringLiteral(
            "WITH p AS (SELECT id, granted_s - held_s - used_s AS left_s, "
            "sum(granted_s - held_s - used_s) OVER (ORDER BY ends_at, id) - "
            "(granted_s - held_s - used_s) AS before FROM plan_periods WHERE customer_id = ? AND "
            "ends_at > ?::timestamptz AND closed_at IS NULL), "
            "t AS (SELECT id, least(left_s, ?::bigint - before)::int AS take FROM p), "
            "made AS (INSERT INTO allowance_holds (call_id, period_id, held_s, held_at, cause_id) "
            "SELECT ?::bigint, id, take, ?::timestamptz, ?::bigint FROM t WHERE take > 0 RETURNING "
            "held_s) SELECT coalesce(sum(held_s), 0)::bigint AS held_s FROM made"),
        {customer.value, now, static_cast<qint64>(seconds.count()), call, now,
         context.cause().value});
    if (!held)
        return failure(held.error());
    if (held->first().integer("held_s") != seconds.count())
        return failure(
            {.code = ErrorCode::Conflict,
             .detail = QStringLiteral("call %1 was promised seconds that are gone").arg(call),
             .transient = true});
    return {};
}

Result<void> resolveAllowance(engine::Context &context, qint64 call, std::chrono::seconds used)
{
    const auto resolved = context.transaction().run(
        QStringLiteral(
            "UPDATE allowance_holds h SET used_s = least(h.held_s, greatest(0, ?::bigint - "
            "x.before))::int, resolved_at = ?::timestamptz FROM (SELECT a.call_id, a.period_id, "
            "sum(a.held_s) OVER (ORDER BY p.ends_at, p.id) - a.held_s AS before FROM "
            "allowance_holds a JOIN plan_periods p ON p.id = a.period_id WHERE a.call_id = ?) x "
            "WHERE h.call_id = x.call_id AND h.period_id = x.period_id"),
        {static_cast<qint64>(used.count()), core::toIso(context.now()), call});
    if (!resolved)
        return failure(resolved.error());
    return {};
}

} // namespace subscriptions
