#pragma once

#include "api/deposit_rules.h"
#include "ui/support/command_dialog.h"

class QCheckBox;
class QGridLayout;

namespace ui {

/// The next version of the rules of deposits: what changes, before and after, and why. What cannot
/// be is said under the field where it was typed.
class PolicyDialog final : public CommandDialog {
    Q_OBJECT

public:
    PolicyDialog(const api::DepositRulesVersion &rules, api::Commands &commands, QWidget *parent);
    /// With one rule changed: for a picture.
    void changeSample();

protected:
    [[nodiscard]] QString commandKind() const override
    {
        return QStringLiteral("policy.deposit_rules");
    }
    [[nodiscard]] Json payload() const override;
    [[nodiscard]] QString wordsOf(const api::CommandResult &refusal) const override;

private:
    /// What is typed, and where it is said that it cannot be.
    struct Field {
        QLineEdit *edit = nullptr;
        TokenLabel *hint = nullptr;
    };
    QGridLayout *addGroup(const QString &title, int columns);
    Field addField(QGridLayout &grid, int place, const QString &name, const QString &label,
                   const QString &text);
    void addStrict();
    void addMinimums();
    void addReason();
    /// The rules as they are typed; absent, and said so, where one of them cannot be.
    [[nodiscard]] std::optional<api::DepositRulesVersion> typed() const;
    void check();

    api::DepositRulesVersion m_rules;
    Field m_tolerateFrom;
    Field m_tolerateTo;
    Field m_excessUpTo;
    Field m_confirmedUpTo;
    QList<Field> m_minimums; // one for each of the version's
    QCheckBox *m_strict = nullptr;
    QLineEdit *m_reason = nullptr;
    TokenLabel *m_changes = nullptr;
    TokenLabel *m_hint = nullptr;
};

} // namespace ui
