#pragma once

#include "bot/dialog.h"
#include "deposits/deposit_flow.h"

namespace bot {

/// Amount, then coin and network, then the address comes by itself.
class TopupDialog final : public Dialog {
public:
    /// `coins`: DynoPay codes in the order they are offered; codes we do not know are left out.
    TopupDialog(const deposits::DepositFlow &flow, const QStringList &coins);
    [[nodiscard]] Result<bool> command(Turn &turn, const QString &name) override;
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;
    [[nodiscard]] Result<bool> typed(Turn &turn, const Conversation &conversation,
                                     const QString &text) override;

private:
    [[nodiscard]] Result<void> askAmount(Turn &turn) const;
    [[nodiscard]] Result<void> askOwnAmount(Turn &turn) const;
    [[nodiscard]] Result<void> refuseAmount(Turn &turn, Money smallest) const;
    [[nodiscard]] Result<void> askCoin(Turn &turn, Money amount) const;
    [[nodiscard]] Result<bool> chooseCoin(Turn &turn, const QString &argument) const;

    const deposits::DepositFlow &m_flow;
    QStringList m_coins;
};

} // namespace bot
