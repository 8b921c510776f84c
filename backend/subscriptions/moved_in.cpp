#include "subscriptions/moved_in.h"

#include "ledger/transfer.h"
#include "subscriptions/subscription_flow.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcMovedIn, "subscriptions")

namespace subscriptions {

namespace {

const QString kMoveIn = QStringLiteral("plan.move_in");

/// The shortest that covers the rest; where none is as long, the longest there is.
Result<std::optional<Plan>> planFor(engine::Context &context, const QString &name, Timestamp ends)
{
    const auto catalogue = plansAt(context.transaction(), context.now());
    if (!catalogue)
        return failure(catalogue.error());
    std::optional<Plan> best;
    for (const Plan &plan : *catalogue) {
        if (plan.name != name || plan.isFree())
            continue;
        const auto covers = [&](const Plan &some) {
            return context.now() + std::chrono::days(some.days) >= ends;
        };
        const bool isBetter = !best || (covers(plan) ? !covers(*best) || plan.days < best->days
                                                     : !covers(*best) && plan.days > best->days);
        if (isBetter)
            best = plan;
    }
    return best;
}

Result<Period> insertMovedIn(engine::Context &context, const Subscription &of, const Plan &plan,
                             Timestamp ends)
{
    Period period{.number = 1,
                  .planVersion = plan.version,
                  .startsAt = context.now(),
                  .endsAt = ends,
                  .price = {},
                  .transfer = {},
                  .granted = plan.allowance};
    const auto rows = context.transaction().run(
        QStringLiteral("INSERT INTO plan_periods (customer_id, subscription_id, number, "
                       "plan_version_id, starts_at, ends_at, price, granted_s, is_moved_in, "
                       "cause_id) VALUES (?, ?, 1, ?, ?::timestamptz, ?::timestamptz, 0, ?, true, "
                       "?) RETURNING id"),
        {of.customer.value, of.id.value, plan.version, core::toIso(period.startsAt),
         core::toIso(ends), static_cast<qint64>(plan.allowance.count()), context.cause().value});
    if (!rows)
        return failure(rows.error());
    period.id = rows->first().integer("id");
    return period;
}

Result<engine::Outcome> begin(engine::Context &context, CustomerId customer, const Plan &plan,
                              const QString &key, Timestamp ends)
{
    const auto id = insertSubscription(context, customer, plan, key);
    if (!id)
        return failure(id.error());
    Subscription made{.id = *id,
                      .customer = customer,
                      .plan = plan.name,
                      .days = plan.days,
                      .startedAt = context.now()};
    const auto period = insertMovedIn(context, made, plan, ends);
    if (!period)
        return failure(period.error());
    made.period = *period;
    if (auto noted = noteEvent(context, made.id, QStringLiteral("moved_in")); !noted)
        return failure(noted.error());
    if (auto set = setTimers(context, made); !set)
        return failure(set.error());
    context.changed(Topic::Customer, customer.value);
    qCInfo(lcMovedIn) << "subscription" << made.id.value << "moved in";
    return engine::Outcome::Handled;
}

Result<engine::Outcome> moveIn(const engine::Event &event, engine::Context &context)
{
    const CustomerId customer{core::integerMember(event.payload, "customer").value_or(0)};
    const QString name = core::textMember(event.payload, "plan").value_or(QString());
    const Timestamp ends = Timestamp(
        std::chrono::microseconds(core::integerMember(event.payload, "ends").value_or(0)));
    const QString key = QStringLiteral("moved-in:%1").arg(customer.value);
    if (ends <= context.now())
        return engine::Outcome::Ignored;
    if (auto locked = ledger::lockBalance(context.transaction(), customer); !locked)
        return failure(locked.error());
    const auto before = findByKey(context.transaction(), key);
    if (!before)
        return failure(before.error());
    const auto other = lockLive(context.transaction(), customer);
    if (!other)
        return failure(other.error());
    if (*before || *other)
        return engine::Outcome::Ignored;
    const auto plan = planFor(context, name, ends);
    if (!plan)
        return failure(plan.error());
    if (!*plan)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("there is no plan %1").arg(name.left(20))});
    return begin(context, customer, **plan, key, ends);
}

} // namespace

Result<void> postMoveIn(engine::Context &context, CustomerId customer, const QString &plan,
                        Timestamp ends, const QString &key)
{
    return context.post(
        customers::laneOf(customer), kMoveIn,
        {{"customer", customer.value}, {"plan", plan}, {"ends", ends.time_since_epoch().count()}},
        key);
}

void addMoveInRoute(engine::RoutingTable &routes)
{
    routes.add({.kind = kMoveIn, .order = engine::Order::Free, .handle = moveIn});
}

} // namespace subscriptions
