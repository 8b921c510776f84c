#include "subscriptions/subscription_flow.h"

#include "core/assert.h"
#include "core/fault_point.h"
#include "ledger/refund.h"
#include "subscriptions/plan_rules.h"
#include "subscriptions/subscription_messages.h"

#include <QLoggingCategory>

#include <algorithm>

Q_LOGGING_CATEGORY(lcSubscriptions, "subscriptions")

namespace subscriptions {

namespace {

/// The version that is sold now; one that was replaced is no offer any more.
Result<std::optional<Plan>> soldNow(engine::Context &context, int planVersion)
{
    const auto asked = planOfVersion(context.transaction(), planVersion);
    if (!asked)
        return failure(asked.error());
    if (!*asked || (*asked)->isFree())
        return std::optional<Plan>();
    auto sold = planAt(context.transaction(), (*asked)->name, (*asked)->days, context.now());
    if (sold && *sold && (*sold)->version != planVersion)
        return std::optional<Plan>();
    return sold;
}

/// Never more than is left of what was paid for the period.
Result<Money> creditFor(engine::Context &context, const Subscription &current)
{
    const Money worth = creditOf({.paid = current.period.price,
                                  .days = current.days,
                                  .endsAt = current.period.endsAt,
                                  .granted = current.period.granted,
                                  .left = current.period.left()},
                                 context.now());
    if (!worth.isPositive() || !current.period.transfer)
        return Money();
    const auto paid = ledger::lockRefundable(context.transaction(), *current.period.transfer);
    if (!paid)
        return failure(paid.error());
    return std::min(worth, paid->rest());
}

} // namespace

SubscriptionFlow::SubscriptionFlow(const customers::Messenger &messenger)
    : m_messenger(messenger)
{
}

Result<Offer> SubscriptionFlow::offer(engine::Context &context, CustomerId customer,
                                      int planVersion) const
{
    const auto balance = ledger::balanceOf(context.transaction(), customer);
    if (!balance)
        return failure(balance.error());
    const auto current = liveOf(context.transaction(), customer);
    if (!current)
        return failure(current.error());
    return weigh(context, planVersion, *balance, *current);
}

Result<Offer> SubscriptionFlow::weigh(engine::Context &context, int planVersion,
                                      const ledger::Balance &balance,
                                      const std::optional<Subscription> &current) const
{
    const auto plan = soldNow(context, planVersion);
    if (!plan)
        return failure(plan.error());
    if (!*plan)
        return Offer{};
    Offer offer{.outcome = Purchase::Possible, .plan = **plan, .current = current};
    const bool isPaid = current && current->isPaidAt(context.now());
    if (isPaid && current->plan == offer.plan.name && current->days == offer.plan.days) {
        offer.outcome = Purchase::HasIt;
        return offer;
    }
    if (isPaid) {
        const auto credit = creditFor(context, *current);
        if (!credit)
            return failure(credit.error());
        offer.credit = *credit;
    }
    const Money there = balance.available + offer.credit;
    if (there < offer.plan.price) {
        offer.outcome = Purchase::TooLittle;
        offer.missing = offer.plan.price - there;
    }
    return offer;
}

Result<Offer> SubscriptionFlow::buy(engine::Context &context, const customers::Customer &customer,
                                    int planVersion, const QString &requestKey) const
{
    const auto balance = ledger::lockBalance(context.transaction(), customer.id);
    if (!balance)
        return failure(balance.error());
    const auto before = boughtBefore(context, customer.id, planVersion, requestKey);
    if (!before)
        return failure(before.error());
    if (*before)
        return **before;
    const auto current = lockLive(context.transaction(), customer.id);
    if (!current)
        return failure(current.error());
    auto offer = weigh(context, planVersion, *balance, *current);
    if (!offer)
        return failure(offer.error());
    if (offer->outcome != Purchase::Possible)
        return offer;
    if (offer->current) {
        if (auto given = giveUpFor(context, *offer); !given)
            return failure(given.error());
    }
    if (auto begun = begin(context, customer, *offer, requestKey); !begun)
        return failure(begun.error());
    return offer;
}

Result<std::optional<Offer>> SubscriptionFlow::boughtBefore(engine::Context &context,
                                                            CustomerId customer, int planVersion,
                                                            const QString &requestKey) const
{
    const auto known = findByKey(context.transaction(), requestKey);
    if (!known)
        return failure(known.error());
    if (!*known)
        return std::optional<Offer>();
    const auto plan = planOfVersion(context.transaction(), planVersion);
    if (!plan)
        return failure(plan.error());
    const bool isSame = (*known)->customer == customer && *plan &&
                        (*known)->plan == (*plan)->name && (*known)->days == (*plan)->days;
    if (!isSame)
        return failure({.code = ErrorCode::Duplicate,
                        .detail = QStringLiteral("subscription %1 has this key and is another plan")
                                      .arg((*known)->id.value)});
    return std::optional(Offer{.outcome = Purchase::Possible, .plan = **plan});
}

/// The plan of before ends, and its unused part comes back as a refund of what was paid for it: the
/// ledger then knows that no more than that was given back.
Result<void> SubscriptionFlow::giveUpFor(engine::Context &context, Offer &offer) const
{
    Subscription &current = *offer.current;
    if (offer.credit.isPositive()) {
        const auto paid = ledger::lockRefundable(context.transaction(), *current.period.transfer);
        if (!paid)
            return failure(paid.error());
        const auto given = ledger::refund(
            context.transaction(), *paid, offer.credit,
            QStringLiteral("credit:%1:%2").arg(current.id.value).arg(current.period.number),
            context.cause(), context.now());
        if (!given)
            return failure(given.error());
    }
    core::faultPoint("plan.credited");
    if (current.isPaidAt(context.now())) {
        if (auto closed = closePeriod(context, current.period); !closed)
            return closed;
    }
    if (auto gone = cancelTimers(context, current); !gone)
        return gone;
    return saveEnd(context, current, EndReason::Changed);
}

Result<void> SubscriptionFlow::begin(engine::Context &context, const customers::Customer &customer,
                                     const Offer &offer, const QString &requestKey) const
{
    const auto id = insertSubscription(context, customer.id, offer.plan, requestKey);
    if (!id)
        return failure(id.error());
    Subscription made{.id = *id,
                      .customer = customer.id,
                      .plan = offer.plan.name,
                      .days = offer.plan.days,
                      .startedAt = context.now()};
    const auto paid = ledger::post(context.transaction(),
                                   {.customer = customer.id,
                                    .kind = QStringLiteral("plan"),
                                    .requestKey = QStringLiteral("plan:%1").arg(id->value),
                                    .available = -offer.plan.price,
                                    .platform = ledger::Platform::RevenuePlans,
                                    .platformAmount = offer.plan.price},
                                   context.cause(), context.now());
    if (!paid)
        return failure(paid.error());
    core::faultPoint("plan.paid");
    const auto period = insertPeriod(context, made, 1, offer.plan, context.now(), paid->id);
    if (!period)
        return failure(period.error());
    made.period = *period;
    if (auto noted = noteEvent(context, made.id, QStringLiteral("bought")); !noted)
        return noted;
    if (auto set = setTimers(context, made); !set)
        return set;
    context.changed(Topic::Customer, customer.id.value);
    qCInfo(lcSubscriptions) << "subscription" << made.id.value << "begins";
    return tell(context, customer, boughtMessage(made, offer.credit));
}

Result<bool> SubscriptionFlow::cancel(engine::Context &context,
                                      const customers::Customer &customer) const
{
    if (const auto locked = ledger::lockBalance(context.transaction(), customer.id); !locked)
        return failure(locked.error());
    auto current = lockLive(context.transaction(), customer.id);
    if (!current)
        return failure(current.error());
    if (!*current || (*current)->state == State::Cancelled)
        return false;
    Subscription &subscription = **current;
    if (subscription.state == State::Grace) {
        if (auto ended = end(context, customer, subscription, EndReason::Cancelled); !ended)
            return failure(ended.error());
        return true;
    }
    subscription.state = State::Cancelled;
    subscription.renews = false;
    if (auto noted = noteEvent(context, subscription.id, QStringLiteral("cancelled")); !noted)
        return failure(noted.error());
    if (auto saved = save(context, subscription); !saved)
        return failure(saved.error());
    return true;
}

Result<bool> SubscriptionFlow::setRenewal(engine::Context &context,
                                          const customers::Customer &customer, bool isOn) const
{
    if (const auto locked = ledger::lockBalance(context.transaction(), customer.id); !locked)
        return failure(locked.error());
    auto current = lockLive(context.transaction(), customer.id);
    if (!current)
        return failure(current.error());
    if (!*current || (*current)->renews == isOn)
        return false;
    Subscription &subscription = **current;
    if (subscription.state == State::Grace) {
        if (auto ended = end(context, customer, subscription, EndReason::Cancelled); !ended)
            return failure(ended.error());
        return true;
    }
    subscription.state = State::Active; // a cancellation is taken back
    subscription.renews = isOn;
    if (auto noted = noteEvent(context, subscription.id,
                               isOn ? QStringLiteral("renews") : QStringLiteral("renews_not"));
        !noted)
        return failure(noted.error());
    if (auto saved = save(context, subscription); !saved)
        return failure(saved.error());
    return true;
}

Result<bool> SubscriptionFlow::payNow(engine::Context &context,
                                      const customers::Customer &customer) const
{
    const auto balance = ledger::lockBalance(context.transaction(), customer.id);
    if (!balance)
        return failure(balance.error());
    auto current = lockLive(context.transaction(), customer.id);
    if (!current)
        return failure(current.error());
    if (!*current || (*current)->state != State::Grace)
        return false;
    const auto plan = announcedPlan(context.transaction(), **current);
    if (!plan)
        return failure(plan.error());
    if (!*plan || balance->available < (*plan)->price)
        return false; // the tries go on as they were
    if (auto paid = payPeriod(context, customer, **current, **plan); !paid)
        return failure(paid.error());
    return true;
}

Result<void> SubscriptionFlow::tell(engine::Context &context, const customers::Customer &customer,
                                    const customers::Message &message) const
{
    const auto sent = m_messenger.send(context, customer, message);
    return sent ? Result<void>() : failure(sent.error());
}

} // namespace subscriptions
