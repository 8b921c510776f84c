#pragma once

#include "bot/dialog.h"
#include "subscriptions/subscription_flow.h"

namespace bot {

/// The plan of a customer: what is left of it, buying, changing, renewal and cancelling.
class PlanDialog final : public Dialog {
public:
    explicit PlanDialog(const subscriptions::SubscriptionFlow &flow);
    [[nodiscard]] Result<bool> command(Turn &turn, const QString &name) override;
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;

private:
    [[nodiscard]] Result<void> showMine(Turn &turn) const;
    [[nodiscard]] Result<void> showOffers(Turn &turn) const;
    /// What it costs, and what ends for it.
    [[nodiscard]] Result<void> ask(Turn &turn, int version) const;
    [[nodiscard]] Result<void> show(Turn &turn, const subscriptions::Offer &offer) const;
    /// `argument`: the version and the credit that were shown; what has changed is asked again.
    [[nodiscard]] Result<void> buy(Turn &turn, const QString &argument) const;
    [[nodiscard]] Result<void> askCancel(Turn &turn) const;
    [[nodiscard]] Result<void> change(Turn &turn, const QString &what) const;

    const subscriptions::SubscriptionFlow &m_flow;
};

} // namespace bot
