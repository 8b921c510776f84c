#pragma once

#include "api/operators.h"

#include <QList>
#include <QWidget>

class QCheckBox;

namespace ui {

/// One box for each role.
class RoleBoxes final : public QWidget {
    Q_OBJECT

public:
    /// `dialog` is the dialog's name, for tests.
    RoleBoxes(const QString &dialog, api::Roles chosen, QWidget *parent = nullptr);
    [[nodiscard]] api::Roles chosen() const;

Q_SIGNALS:
    void changed();

private:
    QList<std::pair<api::Role, QCheckBox *>> m_boxes;
};

/// ["support", ...], as commands name them.
[[nodiscard]] Json roleNames(api::Roles roles);

} // namespace ui
