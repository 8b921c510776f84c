#include "ui/pages/people/role_boxes.h"

#include "ui/support/fonts.h"
#include "ui/support/rights.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr std::array<std::pair<api::Role, const char *>, 5> kRoleNames = {
    {{api::Role::Viewer, "viewer"},
     {api::Role::Support, "support"},
     {api::Role::Senior, "senior"},
     {api::Role::Finance, "finance"},
     {api::Role::Admin, "admin"}}};

} // namespace

RoleBoxes::RoleBoxes(const QString &dialog, api::Roles chosen, QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(10));
    for (const auto &[role, name] : kRoleNames) {
        auto *box = new QCheckBox(namesOfRoles(role).value(0));
        box->setObjectName(dialog + u'.' + QLatin1String(name));
        box->setAccessibleName(box->text());
        box->setChecked(chosen.testFlag(role));
        connect(box, &QCheckBox::toggled, this, &RoleBoxes::changed);
        column->addWidget(box);
        m_boxes.append({role, box});
    }
}

api::Roles RoleBoxes::chosen() const
{
    api::Roles roles;
    for (const auto &[role, box] : m_boxes)
        roles.setFlag(role, box->isChecked());
    return roles;
}

Json roleNames(api::Roles roles)
{
    Json names = Json::array();
    for (const auto &[role, name] : kRoleNames) {
        if (roles.testFlag(role))
            names.push_back(name);
    }
    return names;
}

} // namespace ui
