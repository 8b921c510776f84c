#pragma once

#include "bot/dialog.h"

namespace bot {

struct Links {
    QString terms;   // the terms page; "{lang}" stands for the customer's language
    QString channel; // empty: no such button
};

/// First use: language, terms, a tour of four steps, the menu. Nothing here asks for an e-mail or a
/// number.
class StartDialog final : public Dialog {
public:
    explicit StartDialog(Links links);
    [[nodiscard]] Result<bool> command(Turn &turn, const QString &name) override;
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;
    [[nodiscard]] bool isOpenToEveryone() const override { return true; }

    [[nodiscard]] Result<void> chooseLanguage(Turn &turn) const;
    [[nodiscard]] Result<void> showTerms(Turn &turn) const;

private:
    [[nodiscard]] Result<void> showTour(Turn &turn, int step) const;
    Links m_links;
};

} // namespace bot
