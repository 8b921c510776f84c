#pragma once

#include "customers/messenger.h"
#include "engine/routing_table.h"
#include "ledger/transfer.h"
#include "subscriptions/subscription_store.h"

namespace subscriptions {

enum class Purchase {
    Possible,   // or done
    NoSuchPlan, // there never was, or a newer version is sold by now
    HasIt,      // runs already
    TooLittle,  // in the wallet
};

/// What buying a plan does, or would do.
struct Offer {
    Purchase outcome = Purchase::NoSuchPlan;
    Plan plan;
    std::optional<Subscription> current = {}; // ends for it
    Money credit = {};                        // for what is left of that one, to the wallet
    Money missing = {};                       // TooLittle: that much more
};

/// Plans of customers from the purchase to the end. Everything is one transaction: money, period,
/// timers and what the customer is told. Who changes a subscription locks the wallet first.
class SubscriptionFlow {
public:
    explicit SubscriptionFlow(const customers::Messenger &messenger);

    /// Adds the routes plan.due and plan.notice.
    void addRoutes(engine::RoutingTable &routes) const;

    /// Changes nothing.
    [[nodiscard]] Result<Offer> offer(engine::Context &context, CustomerId customer,
                                      int planVersion) const;
    /// Pays the whole price from the wallet; another plan that runs ends, and what is left of it is
    /// credited before. The same key buys once. Duplicate: the key bought another plan.
    [[nodiscard]] Result<Offer> buy(engine::Context &context, const customers::Customer &customer,
                                    int planVersion, const QString &requestKey) const;

    /// The three answer false when there is nothing of that kind to do.
    /// It runs to the end of what was paid; one that waits for money ends at once.
    [[nodiscard]] Result<bool> cancel(engine::Context &context,
                                      const customers::Customer &customer) const;
    /// On also takes a cancellation back; off ends one that waits for money.
    [[nodiscard]] Result<bool> setRenewal(engine::Context &context,
                                          const customers::Customer &customer, bool isOn) const;
    /// Of a plan that waits for money: now, not at the next try.
    [[nodiscard]] Result<bool> payNow(engine::Context &context,
                                      const customers::Customer &customer) const;

private:
    using Step = Result<engine::Outcome>;
    [[nodiscard]] Step due(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step notice(const engine::Event &event, engine::Context &context) const;
    /// An end must not be lost, whatever went wrong.
    [[nodiscard]] Step comeBack(const engine::Event &event, engine::Context &context) const;

    [[nodiscard]] Result<Offer> weigh(engine::Context &context, int planVersion,
                                      const ledger::Balance &balance,
                                      const std::optional<Subscription> &current) const;
    [[nodiscard]] Result<std::optional<Offer>> boughtBefore(engine::Context &context,
                                                            CustomerId customer, int planVersion,
                                                            const QString &requestKey) const;
    [[nodiscard]] Result<void> giveUpFor(engine::Context &context, Offer &offer) const;
    [[nodiscard]] Result<void> begin(engine::Context &context, const customers::Customer &customer,
                                     const Offer &offer, const QString &requestKey) const;

    [[nodiscard]] Result<void> passOn(engine::Context &context, const customers::Customer &customer,
                                      Subscription &subscription, Money available) const;
    [[nodiscard]] Result<void> renew(engine::Context &context, const customers::Customer &customer,
                                     Subscription &subscription, Money available) const;
    [[nodiscard]] Result<void> payPeriod(engine::Context &context,
                                         const customers::Customer &customer,
                                         Subscription &subscription, const Plan &plan) const;
    [[nodiscard]] Result<void> waitForMoney(engine::Context &context,
                                            const customers::Customer &customer,
                                            Subscription &subscription, Money price,
                                            Money available) const;
    [[nodiscard]] Result<void> end(engine::Context &context, const customers::Customer &customer,
                                   Subscription &subscription, EndReason reason) const;
    [[nodiscard]] Result<void> tell(engine::Context &context, const customers::Customer &customer,
                                    const customers::Message &message) const;

    const customers::Messenger &m_messenger;
};

/// The timers of a period: its end, and a notice a day before where it is longer than a day.
[[nodiscard]] Result<void> setTimers(engine::Context &context, const Subscription &subscription);
[[nodiscard]] Result<void> cancelTimers(engine::Context &context, const Subscription &subscription);

} // namespace subscriptions
