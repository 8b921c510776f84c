#pragma once

#include "engine/context.h"
#include "subscriptions/plan.h"
#include "subscriptions/subscription_state.h"

namespace subscriptions {

using SubscriptionId = core::Id<struct SubscriptionTag>;

/// One period that was paid: what it is, and what is left of it.
struct Period {
    qint64 id = 0;
    int number = 0; // 0: Free's
    int planVersion = 0;
    Timestamp startsAt;
    Timestamp endsAt;
    Money price;
    std::optional<TransferId> transfer;
    std::chrono::seconds granted{0};
    std::chrono::seconds held{0}; // by calls that are not over
    std::chrono::seconds used{0};

    [[nodiscard]] std::chrono::seconds left() const { return granted - held - used; }
};

struct Subscription {
    SubscriptionId id;
    CustomerId customer;
    QString plan; // "prime"
    int days = 0;
    State state = State::Active;
    bool renews = false;
    Timestamp startedAt;
    Period period = {}; // the newest
    std::optional<Timestamp> graceSince = {};
    std::optional<Timestamp> nextTryAt = {};

    /// When something is due: the end of the period, or the next try to renew it.
    [[nodiscard]] Timestamp dueAt() const { return nextTryAt.value_or(period.endsAt); }
    [[nodiscard]] bool isPaidAt(Timestamp at) const
    {
        return state != State::Ended && at < period.endsAt;
    }
};

/// How long before its end a period's renewal is announced.
inline constexpr std::chrono::hours kNoticeBefore{24};

/// What the next period costs: as it was when that was announced, or for a shorter period when it
/// began, however late the timer or the money comes and whatever became dearer since. Absent: there
/// never was such a plan.
[[nodiscard]] Result<std::optional<Plan>> announcedPlan(database::Transaction &transaction,
                                                        const Subscription &subscription);

/// Absent: the customer is on Free.
[[nodiscard]] Result<std::optional<Subscription>> liveOf(database::Transaction &transaction,
                                                         CustomerId customer);
/// For changing it; the customer's wallet is locked before.
[[nodiscard]] Result<std::optional<Subscription>> lockLive(database::Transaction &transaction,
                                                           CustomerId customer);
/// Absent: no such subscription.
[[nodiscard]] Result<std::optional<Subscription>> find(database::Transaction &transaction,
                                                       SubscriptionId id);
[[nodiscard]] Result<std::optional<Subscription>> findByKey(database::Transaction &transaction,
                                                            const QString &requestKey);
/// Free's minutes of a customer, while they last.
[[nodiscard]] Result<std::optional<Period>> freeOf(database::Transaction &transaction,
                                                   CustomerId customer, Timestamp at);

[[nodiscard]] Result<SubscriptionId> insertSubscription(engine::Context &context,
                                                        CustomerId customer, const Plan &plan,
                                                        const QString &requestKey);
/// Paid by that transfer. The caller makes it the newest of its subscription.
[[nodiscard]] Result<Period> insertPeriod(engine::Context &context, const Subscription &of,
                                          int number, const Plan &plan, Timestamp startsAt,
                                          TransferId transfer);
/// State, renewing, newest period and the times of grace.
[[nodiscard]] Result<void> save(engine::Context &context, const Subscription &subscription);
[[nodiscard]] Result<void> saveEnd(engine::Context &context, Subscription &subscription,
                                   EndReason reason);
/// Its seconds are gone from now on; what a call holds stays held.
[[nodiscard]] Result<void> closePeriod(engine::Context &context, const Period &period);

/// For people.
[[nodiscard]] Result<void> noteEvent(engine::Context &context, SubscriptionId id,
                                     const QString &kind, const QString &detail = {});

} // namespace subscriptions
