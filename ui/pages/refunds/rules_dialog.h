#pragma once

#include "api/refunds.h"
#include "ui/support/command_dialog.h"

namespace ui {

/// The next version of the rules of refunds: what changes, before and after, and why.
class RulesDialog final : public CommandDialog {
    Q_OBJECT

public:
    RulesDialog(const api::RefundRulesVersion &rules, api::Commands &commands, QWidget *parent);
    /// With one limit changed: for a picture.
    void changeSample();

protected:
    [[nodiscard]] QString commandKind() const override
    {
        return QStringLiteral("policy.refund_rules");
    }
    [[nodiscard]] Json payload() const override;
    [[nodiscard]] QString wordsOf(const api::CommandResult &refusal) const override;

private:
    void addGroup(const QString &title, const QStringList &limits);
    /// Absent: one of them is not a number of its kind.
    [[nodiscard]] std::optional<QList<qint64>> typed() const;
    [[nodiscard]] QString problem(const std::optional<QList<qint64>> &limits) const;
    void check();

    api::RefundRulesVersion m_rules;
    QList<QLineEdit *> m_fields; // one for each of refundLimits()
    QLineEdit *m_reason = nullptr;
    TokenLabel *m_changes = nullptr;
    TokenLabel *m_hint = nullptr;
};

} // namespace ui
