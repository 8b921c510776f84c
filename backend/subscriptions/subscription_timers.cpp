#include "core/assert.h"
#include "core/fault_point.h"
#include "subscriptions/plan_rules.h"
#include "subscriptions/subscription_flow.h"
#include "subscriptions/subscription_messages.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcSubscriptions)

namespace subscriptions {

using namespace std::chrono_literals;
using engine::Outcome;

namespace {

constexpr auto kComeBack = 1h;

QString timerKey(SubscriptionId id, const char *purpose)
{
    return QStringLiteral("plan:%1:%2").arg(id.value).arg(QLatin1String(purpose));
}

Json payloadOf(const Subscription &subscription)
{
    return {
        {"v", 1}, {"subscription", subscription.id.value}, {"period", subscription.period.number}};
}

Result<void> setDue(engine::Context &context, const Subscription &subscription)
{
    return context.schedule({timerKey(subscription.id, "due"), subscription.dueAt(),
                             QStringLiteral("plan.due"), customers::laneOf(subscription.customer),
                             payloadOf(subscription)});
}

/// Whose subscription it is, with the wallet locked.
struct Account {
    customers::Customer customer;
    Money available;
    Subscription subscription;
};

/// Absent: the timer's reason is gone. It names the period it was set for, so that one which comes
/// twice, or after a renewal, does nothing.
Result<std::optional<Account>> lockAccount(engine::Context &context, const Json &payload)
{
    const SubscriptionId id{core::integerMember(payload, "subscription").value_or(0)};
    const auto found = find(context.transaction(), id);
    if (!found)
        return failure(found.error());
    if (!*found)
        return std::optional<Account>();
    const CustomerId owner = (*found)->customer;
    const auto balance = ledger::lockBalance(context.transaction(), owner);
    if (!balance)
        return failure(balance.error());
    auto live = lockLive(context.transaction(), owner);
    if (!live)
        return failure(live.error());
    const bool isMeant = *live && (*live)->id == id &&
                         (*live)->period.number == core::integerMember(payload, "period");
    if (!isMeant)
        return std::optional<Account>();
    auto customer = customers::find(context.transaction(), owner);
    if (!customer)
        return failure(customer.error());
    CORE_ASSERT(*customer); // a foreign key
    return std::optional(Account{**customer, balance->available, **live});
}

} // namespace

void SubscriptionFlow::addRoutes(engine::RoutingTable &routes) const
{
    routes.add({.kind = QStringLiteral("plan.due"),
                .handle = [this](const auto &event, auto &context) { return due(event, context); },
                .whenDead = [this](const auto &event,
                                   auto &context) { return comeBack(event, context); }});
    routes.add(
        {.kind = QStringLiteral("plan.notice"),
         .handle = [this](const auto &event, auto &context) { return notice(event, context); }});
}

Result<Outcome> SubscriptionFlow::due(const engine::Event &event, engine::Context &context) const
{
    auto account = lockAccount(context, event.payload);
    if (!account)
        return failure(account.error());
    if (!*account)
        return Outcome::Ignored;
    Subscription &subscription = (*account)->subscription;
    if (context.now() < subscription.dueAt()) { // a clock was set back, or it was set for earlier
        if (auto set = setDue(context, subscription); !set)
            return failure(set.error());
        return Outcome::Ignored;
    }
    if (auto passed = passOn(context, (*account)->customer, subscription, (*account)->available);
        !passed)
        return failure(passed.error());
    return Outcome::Handled;
}

/// What follows a period that is over.
Result<void> SubscriptionFlow::passOn(engine::Context &context, const customers::Customer &customer,
                                      Subscription &subscription, Money available) const
{
    switch (subscription.state) {
    case State::Active:
        return subscription.renews ? renew(context, customer, subscription, available)
                                   : end(context, customer, subscription, EndReason::Expired);
    case State::Grace: return renew(context, customer, subscription, available);
    case State::Cancelled: return end(context, customer, subscription, EndReason::Cancelled);
    case State::Ended: break;
    }
    CORE_ASSERT(false); // it would not be live
    return {};
}

Result<void> SubscriptionFlow::renew(engine::Context &context, const customers::Customer &customer,
                                     Subscription &subscription, Money available) const
{
    const auto plan = announcedPlan(context.transaction(), subscription);
    if (!plan)
        return failure(plan.error());
    CORE_ASSERT(*plan); // versions are never taken away
    if (available < (*plan)->price)
        return waitForMoney(context, customer, subscription, (*plan)->price, available);
    return payPeriod(context, customer, subscription, **plan);
}

Result<void> SubscriptionFlow::payPeriod(engine::Context &context,
                                         const customers::Customer &customer,
                                         Subscription &subscription, const Plan &plan) const
{
    const int number = subscription.period.number + 1;
    const auto paid = ledger::post(
        context.transaction(),
        {.customer = customer.id,
         .kind = QStringLiteral("plan"),
         .requestKey = QStringLiteral("renewal:%1:%2").arg(subscription.id.value).arg(number),
         .available = -plan.price,
         .platform = ledger::Platform::RevenuePlans,
         .platformAmount = plan.price},
        context.cause(), context.now());
    if (!paid)
        return failure(paid.error());
    core::faultPoint("plan.renewal_paid");
    const auto period =
        insertPeriod(context, subscription, number, plan,
                     renewalStart(subscription.period.endsAt, context.now()), paid->id);
    if (!period)
        return failure(period.error());
    subscription.period = *period;
    subscription.state = State::Active;
    subscription.graceSince.reset();
    subscription.nextTryAt.reset();
    if (auto noted = noteEvent(context, subscription.id, QStringLiteral("renewed"),
                               QStringLiteral("period %1").arg(number));
        !noted)
        return noted;
    if (auto saved = save(context, subscription); !saved)
        return saved;
    if (auto set = setTimers(context, subscription); !set)
        return set;
    qCInfo(lcSubscriptions) << "subscription" << subscription.id.value << "renewed to period"
                            << number;
    return tell(context, customer, renewedMessage(subscription));
}

Result<void> SubscriptionFlow::waitForMoney(engine::Context &context,
                                            const customers::Customer &customer,
                                            Subscription &subscription, Money price,
                                            Money available) const
{
    const Timestamp since = subscription.graceSince.value_or(context.now());
    const auto next = nextTry(since, context.now());
    if (!next)
        return end(context, customer, subscription, EndReason::Unpaid);
    subscription.state = State::Grace;
    subscription.graceSince = since;
    subscription.nextTryAt = next;
    if (auto noted = noteEvent(context, subscription.id, QStringLiteral("short"),
                               (price - available).toString());
        !noted)
        return noted;
    if (auto saved = save(context, subscription); !saved)
        return saved;
    if (auto set = setDue(context, subscription); !set)
        return set;
    return tell(context, customer, shortMessage(subscription, price, available));
}

Result<void> SubscriptionFlow::end(engine::Context &context, const customers::Customer &customer,
                                   Subscription &subscription, EndReason reason) const
{
    if (auto gone = cancelTimers(context, subscription); !gone)
        return gone;
    if (auto saved = saveEnd(context, subscription, reason); !saved)
        return saved;
    qCInfo(lcSubscriptions) << "subscription" << subscription.id.value
                            << "ended:" << nameOf(reason);
    return tell(context, customer, endedMessage(subscription, reason));
}

Result<Outcome> SubscriptionFlow::notice(const engine::Event &event, engine::Context &context) const
{
    const auto account = lockAccount(context, event.payload);
    if (!account)
        return failure(account.error());
    // After the end there is nothing to announce, and who has cancelled knows.
    if (!*account || (*account)->subscription.state != State::Active ||
        context.now() >= (*account)->subscription.period.endsAt)
        return Outcome::Ignored;
    const Subscription &subscription = (*account)->subscription;
    const auto plan = announcedPlan(context.transaction(), subscription);
    if (!plan)
        return failure(plan.error());
    CORE_ASSERT(*plan);
    if (auto told = tell(context, (*account)->customer,
                         noticeMessage(subscription, (*plan)->price, (*account)->available));
        !told)
        return failure(told.error());
    return Outcome::Handled;
}

Result<Outcome> SubscriptionFlow::comeBack(const engine::Event &event,
                                           engine::Context &context) const
{
    qCCritical(lcSubscriptions) << "inbox row" << event.id.value
                                << "of a plan's period failed; it is tried again in an hour";
    // Of its own: by now "due" may be set for a later period.
    const qint64 id = core::integerMember(event.payload, "subscription").value_or(0);
    if (auto set =
            context.schedule({timerKey(SubscriptionId{id}, "again"), context.now() + kComeBack,
                              event.kind, event.lane, event.payload});
        !set)
        return failure(set.error());
    return Outcome::Handled;
}

Result<void> setTimers(engine::Context &context, const Subscription &subscription)
{
    if (auto set = setDue(context, subscription); !set)
        return set;
    const Timestamp noticeAt = subscription.period.endsAt - kNoticeBefore;
    if (noticeAt <= context.now()) // of a plan of one day the receipt says the same
        return context.cancelTimer(timerKey(subscription.id, "notice"));
    return context.schedule({timerKey(subscription.id, "notice"), noticeAt,
                             QStringLiteral("plan.notice"),
                             customers::laneOf(subscription.customer), payloadOf(subscription)});
}

Result<void> cancelTimers(engine::Context &context, const Subscription &subscription)
{
    for (const char *purpose : {"due", "notice"}) {
        if (auto gone = context.cancelTimer(timerKey(subscription.id, purpose)); !gone)
            return gone;
    }
    return {};
}

} // namespace subscriptions
