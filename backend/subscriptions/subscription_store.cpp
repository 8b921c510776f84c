#include "subscriptions/subscription_store.h"

#include "core/assert.h"
#include "subscriptions/plan_rules.h"

#include <algorithm>

namespace subscriptions {

namespace {

const QString kPeriodColumns = QStringLiteral(
    "p.id AS period_id, coalesce(p.number, 0) AS number, p.plan_version_id, to_micros(p.starts_at) "
    "AS starts_at, to_micros(p.ends_at) AS ends_at, p.price, p.transfer_id, p.granted_s, p.held_s, "
    "p.used_s ");

const QString kSelect =
    QStringLiteral("SELECT s.id, s.customer_id, s.plan, s.days, s.state, s.renews, "
                   "to_micros(s.started_at) AS started_at, to_micros(s.grace_since) AS "
                   "grace_since, to_micros(s.next_try_at) AS next_try_at, ") +
    kPeriodColumns +
    QStringLiteral("FROM subscriptions s JOIN plan_periods p ON p.subscription_id = s.id AND "
                   "p.number = s.period WHERE ");

Period periodOf(const database::Row &row)
{
    const auto transfer = row.optionalInteger("transfer_id");
    return {.id = row.integer("period_id"),
            .number = static_cast<int>(row.integer("number")),
            .planVersion = static_cast<int>(row.integer("plan_version_id")),
            .startsAt = row.time("starts_at"),
            .endsAt = row.time("ends_at"),
            .price = row.money("price"),
            .transfer = transfer ? std::optional(TransferId{*transfer}) : std::nullopt,
            .granted = std::chrono::seconds(row.integer("granted_s")),
            .held = std::chrono::seconds(row.integer("held_s")),
            .used = std::chrono::seconds(row.integer("used_s"))};
}

Subscription subscriptionOf(const database::Row &row)
{
    return {.id = SubscriptionId{row.integer("id")},
            .customer = CustomerId{row.integer("customer_id")},
            .plan = row.text("plan"),
            .days = static_cast<int>(row.integer("days")),
            .state = stateOf(row.text("state")),
            .renews = row.boolean("renews"),
            .startedAt = row.time("started_at"),
            .period = periodOf(row),
            .graceSince = row.optionalTime("grace_since"),
            .nextTryAt = row.optionalTime("next_try_at")};
}

Result<std::optional<Subscription>> findWhere(database::Transaction &transaction,
                                              const QString &condition, const QVariant &value)
{
    const auto rows = transaction.run(kSelect + condition, {value});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::optional<Subscription>()
                           : std::optional(subscriptionOf(rows->first()));
}

QVariant nullable(const std::optional<Timestamp> &time)
{
    return time ? QVariant(core::toIso(*time)) : database::null();
}

} // namespace

Result<std::optional<Plan>> announcedPlan(database::Transaction &transaction,
                                          const Subscription &subscription)
{
    const Period &period = subscription.period;
    return planAt(transaction, subscription.plan, subscription.days,
                  std::max(period.startsAt, period.endsAt - kNoticeBefore));
}

Result<std::optional<Subscription>> liveOf(database::Transaction &transaction, CustomerId customer)
{
    return findWhere(transaction, QStringLiteral("s.customer_id = ? AND s.state <> 'ended'"),
                     customer.value);
}

Result<std::optional<Subscription>> lockLive(database::Transaction &transaction,
                                             CustomerId customer)
{
    return findWhere(transaction,
                     QStringLiteral("s.customer_id = ? AND s.state <> 'ended' FOR UPDATE OF s"),
                     customer.value);
}

Result<std::optional<Subscription>> find(database::Transaction &transaction, SubscriptionId id)
{
    return findWhere(transaction, QStringLiteral("s.id = ?"), id.value);
}

Result<std::optional<Subscription>> findByKey(database::Transaction &transaction,
                                              const QString &requestKey)
{
    return findWhere(transaction, QStringLiteral("s.request_key = ?"), requestKey);
}

Result<std::optional<Period>> freeOf(database::Transaction &transaction, CustomerId customer,
                                     Timestamp at)
{
    const auto rows = transaction.run(QStringLiteral("SELECT ") + kPeriodColumns +
                                          QStringLiteral("FROM plan_periods p WHERE p.customer_id "
                                                         "= ? AND p.subscription_id IS NULL AND "
                                                         "p.ends_at > ?::timestamptz"),
                                      {customer.value, core::toIso(at)});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::optional<Period>() : std::optional(periodOf(rows->first()));
}

Result<SubscriptionId> insertSubscription(engine::Context &context, CustomerId customer,
                                          const Plan &plan, const QString &requestKey)
{
    const auto rows = context.transaction().run(
        QStringLiteral("INSERT INTO subscriptions (customer_id, request_key, plan, days, "
                       "started_at, cause_id) VALUES (?, ?, ?, ?, ?::timestamptz, ?) RETURNING id"),
        {customer.value, requestKey, plan.name, plan.days, core::toIso(context.now()),
         context.cause().value});
    if (!rows)
        return failure(rows.error());
    return SubscriptionId{rows->first().integer("id")};
}

Result<Period> insertPeriod(engine::Context &context, const Subscription &of, int number,
                            const Plan &plan, Timestamp startsAt, TransferId transfer)
{
    Period period{.number = number,
                  .planVersion = plan.version,
                  .startsAt = startsAt,
                  .endsAt = periodEnd(startsAt, plan.days),
                  .price = plan.price,
                  .transfer = transfer,
                  .granted = plan.allowance};
    const auto rows = context.transaction().run(
        QStringLiteral("INSERT INTO plan_periods (customer_id, subscription_id, number, "
                       "plan_version_id, starts_at, ends_at, price, transfer_id, granted_s, "
                       "cause_id) VALUES (?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?, ?) "
                       "RETURNING id"),
        {of.customer.value, of.id.value, number, plan.version, core::toIso(startsAt),
         core::toIso(period.endsAt), plan.price.micros(), transfer.value,
         static_cast<qint64>(plan.allowance.count()), context.cause().value});
    if (!rows)
        return failure(rows.error());
    period.id = rows->first().integer("id");
    return period;
}

Result<void> save(engine::Context &context, const Subscription &subscription)
{
    const auto saved = context.transaction().run(
        QStringLiteral("UPDATE subscriptions SET state = ?, renews = ?, period = ?, grace_since = "
                       "?::timestamptz, next_try_at = ?::timestamptz WHERE id = ?"),
        {nameOf(subscription.state), subscription.renews, subscription.period.number,
         nullable(subscription.graceSince), nullable(subscription.nextTryAt),
         subscription.id.value});
    if (!saved)
        return failure(saved.error());
    CORE_ASSERT(saved->affected() == 1);
    context.changed(Topic::Customer, subscription.customer.value);
    return {};
}

Result<void> saveEnd(engine::Context &context, Subscription &subscription, EndReason reason)
{
    CORE_ASSERT(mayFollow(subscription.state, State::Ended));
    subscription.state = State::Ended;
    subscription.renews = false;
    subscription.graceSince.reset();
    subscription.nextTryAt.reset();
    const auto saved = context.transaction().run(
        QStringLiteral("UPDATE subscriptions SET state = 'ended', renews = false, grace_since = "
                       "NULL, next_try_at = NULL, ended_at = ?::timestamptz, end_reason = ? WHERE "
                       "id = ?"),
        {core::toIso(context.now()), nameOf(reason), subscription.id.value});
    if (!saved)
        return failure(saved.error());
    context.changed(Topic::Customer, subscription.customer.value);
    return noteEvent(context, subscription.id, QStringLiteral("ended"), nameOf(reason));
}

Result<void> closePeriod(engine::Context &context, const Period &period)
{
    const auto closed = context.transaction().run(
        QStringLiteral("UPDATE plan_periods SET closed_at = least(greatest(?::timestamptz, "
                       "starts_at), ends_at) WHERE id = ?"),
        {core::toIso(context.now()), period.id});
    if (!closed)
        return failure(closed.error());
    return {};
}

Result<void> noteEvent(engine::Context &context, SubscriptionId id, const QString &kind,
                       const QString &detail)
{
    const auto noted = context.transaction().run(
        QStringLiteral("INSERT INTO subscription_events (subscription_id, at, kind, detail, "
                       "cause_id) VALUES (?, ?::timestamptz, ?, ?, ?)"),
        {id.value, core::toIso(context.now()), kind, detail, context.cause().value});
    if (!noted)
        return failure(noted.error());
    return {};
}

} // namespace subscriptions
