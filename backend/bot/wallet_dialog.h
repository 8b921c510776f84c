#pragma once

#include "bot/dialog.h"

namespace bot {

/// Balance and the latest transactions.
class WalletDialog final : public Dialog {
public:
    [[nodiscard]] Result<bool> command(Turn &turn, const QString &name) override;
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;

private:
    [[nodiscard]] Result<void> showWallet(Turn &turn) const;
    [[nodiscard]] Result<void> showHistory(Turn &turn) const;
};

} // namespace bot
