#include "ui/pages/people/roles_dialog.h"

#include "ui/support/rights.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr std::array<std::pair<api::Role, const char *>, 5> kRoles = {
    {{api::Role::Viewer, "viewer"},
     {api::Role::Support, "support"},
     {api::Role::Senior, "senior"},
     {api::Role::Finance, "finance"},
     {api::Role::Admin, "admin"}}};

} // namespace

RolesDialog::RolesDialog(const api::PersonRow &person, api::Commands &commands, QWidget *parent)
    : CommandDialog(QStringLiteral("dialog.roles"), tr("Roles of %1").arg(person.name), commands,
                    parent)
    , m_person(person)
{
    head().addWidget(makeWords(tr("They hold from the next command on; an open console changes "
                                  "within seconds."),
                               Token::Muted));
    for (const auto &[role, code] : kRoles) {
        auto *box = new QCheckBox(namesOfRoles(role).value(0));
        box->setObjectName(objectName() + u'.' + QLatin1String(code));
        box->setAccessibleName(box->text());
        box->setChecked(person.roles.testFlag(role));
        connect(box, &QCheckBox::toggled, this, &RolesDialog::check);
        body().addWidget(box);
        m_boxes.append({role, box});
    }
    m_reason = new QLineEdit;
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    connect(m_reason, &QLineEdit::textChanged, this, &RolesDialog::check);
    body().addWidget(makeField(tr("Reason"), m_reason));
    m_hint = new TokenLabel(TextSize::Small, Token::Muted);
    body().addWidget(m_hint);
    setVerb(tr("Change roles"), QStringLiteral("primary"));
    check();
}

api::Roles RolesDialog::chosen() const
{
    api::Roles roles;
    for (const auto &[role, box] : m_boxes)
        roles.setFlag(role, box->isChecked());
    return roles;
}

void RolesDialog::check()
{
    QString problem;
    if (!chosen())
        problem = tr("Choose one role at least; to keep somebody out, make them not active");
    else if (chosen() == m_person.roles)
        problem = tr("These are the roles now");
    else if (m_reason->text().trimmed().size() < kReasonMin)
        problem = tr("Say why, in 3 characters or more");
    m_hint->setText(problem);
    verb().setEnabled(problem.isEmpty());
}

Json RolesDialog::payload() const
{
    Json roles = Json::array();
    for (const auto &[role, code] : kRoles) {
        if (chosen().testFlag(role))
            roles.push_back(code);
    }
    return {{"v", 1},
            {"operator", m_person.name},
            {"roles", std::move(roles)},
            {"reason", m_reason->text().trimmed()}};
}

} // namespace ui
