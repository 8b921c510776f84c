#pragma once

#include "api/people.h"
#include "ui/support/command_dialog.h"

namespace ui {

class RoleBoxes;

/// Which roles somebody has, from their next command on.
class RolesDialog final : public CommandDialog {
    Q_OBJECT

public:
    RolesDialog(const api::PersonRow &person, api::Commands &commands, QWidget *parent);

protected:
    [[nodiscard]] QString commandKind() const override { return QStringLiteral("operator.roles"); }
    [[nodiscard]] Json payload() const override;

private:
    void check();

    api::PersonRow m_person;
    RoleBoxes *m_roles = nullptr;
    QLineEdit *m_reason = nullptr;
    TokenLabel *m_hint = nullptr;
};

} // namespace ui
