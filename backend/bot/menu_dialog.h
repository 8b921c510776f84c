#pragma once

#include "bot/dialog.h"
#include "bot/start_dialog.h"

namespace bot {

/// The main menu as a message, with the balance as it is now.
[[nodiscard]] Result<void> showMenu(Turn &turn);

/// Main menu, help and the ways out of every flow.
class MenuDialog final : public Dialog {
public:
    explicit MenuDialog(Links links);
    [[nodiscard]] Result<bool> command(Turn &turn, const QString &name) override;
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;

private:
    [[nodiscard]] Result<void> showHelp(Turn &turn) const;
    [[nodiscard]] Result<void> leave(Turn &turn) const;
    Links m_links;
};

} // namespace bot
