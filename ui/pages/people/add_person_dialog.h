#pragma once

#include "ui/support/command_dialog.h"

namespace ui {

class RoleBoxes;

/// Somebody new who may sign in: name, roles and a first passphrase, which travels sealed and is
/// nowhere kept as it was typed.
class AddPersonDialog final : public CommandDialog {
    Q_OBJECT

public:
    AddPersonDialog(api::Commands &commands, QWidget *parent);
    /// Filled in: for a picture.
    void fillSample();

protected:
    [[nodiscard]] QString commandKind() const override { return QStringLiteral("operator.add"); }
    [[nodiscard]] Json payload() const override { return {{"v", 1}}; }
    [[nodiscard]] QFuture<Result<api::CommandResult>> give(const QString &requestKey) override;
    [[nodiscard]] QString wordsOf(const api::CommandResult &refusal) const override;

private:
    void check();

    QLineEdit *m_name = nullptr;
    RoleBoxes *m_roles = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QLineEdit *m_again = nullptr;
    TokenLabel *m_hint = nullptr;
};

} // namespace ui
