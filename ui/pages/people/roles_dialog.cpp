#include "ui/pages/people/roles_dialog.h"

#include "ui/pages/people/role_boxes.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

RolesDialog::RolesDialog(const api::PersonRow &person, api::Commands &commands, QWidget *parent)
    : CommandDialog(QStringLiteral("dialog.roles"), tr("Roles of %1").arg(person.name), commands,
                    parent)
    , m_person(person)
{
    head().addWidget(makeWords(tr("They hold from the next command on; an open console changes "
                                  "within seconds."),
                               Token::Muted));
    m_roles = new RoleBoxes(objectName(), person.roles);
    connect(m_roles, &RoleBoxes::changed, this, &RolesDialog::check);
    body().addWidget(m_roles);
    m_reason = new QLineEdit;
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    connect(m_reason, &QLineEdit::textChanged, this, &RolesDialog::check);
    body().addWidget(makeField(tr("Reason"), m_reason));
    m_hint = new TokenLabel(TextSize::Small, Token::Muted);
    body().addWidget(m_hint);
    setVerb(tr("Change roles"), QStringLiteral("primary"));
    check();
}

void RolesDialog::check()
{
    QString problem;
    if (!m_roles->chosen())
        problem = tr("Choose one role at least; to keep somebody out, make them not active");
    else if (m_roles->chosen() == m_person.roles)
        problem = tr("These are the roles now");
    else if (m_reason->text().trimmed().size() < kReasonMin)
        problem = tr("Say why, in 3 characters or more");
    m_hint->setText(problem);
    verb().setEnabled(problem.isEmpty());
}

Json RolesDialog::payload() const
{
    return {{"v", 1},
            {"operator", m_person.name},
            {"roles", roleNames(m_roles->chosen())},
            {"reason", m_reason->text().trimmed()}};
}

} // namespace ui
