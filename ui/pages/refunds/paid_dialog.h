#pragma once

#include "api/refunds.h"
#include "ui/support/command_dialog.h"

namespace ui {

/// By which transaction a payout was sent: payout.paid.
class PaidDialog final : public CommandDialog {
    Q_OBJECT

public:
    PaidDialog(const api::MoneyRequest &payout, api::Commands &commands, QWidget *parent);

protected:
    [[nodiscard]] QString commandKind() const override { return QStringLiteral("payout.paid"); }
    [[nodiscard]] Json payload() const override;

private:
    qint64 m_payout;
    QLineEdit *m_reference = nullptr;
};

} // namespace ui
