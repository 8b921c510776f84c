#include "ui/support/column_choice.h"

#include "ui/support/fonts.h"
#include "ui/support/icon.h"
#include "ui/support/smart_table.h"

#include <QKeyEvent>

namespace ui {

ColumnMenu::ColumnMenu(SmartTable &table)
    : QMenu(&table)
    , m_table(table)
{
    setObjectName(table.objectName() + QStringLiteral(".columns"));
    setAccessibleName(tr("Columns"));
    setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < table.model()->columnCount(); ++column) {
        QAction *action = addAction(table.model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setIconVisibleInMenu(true);
        action->setChecked(table.isColumnWanted(column));
        connect(action, &QAction::toggled, this, [this, column](bool isOn) {
            m_table.wantColumn(column, isOn);
            showChecks();
        });
        m_columns.append(action);
    }
    addSeparator();
    QAction *reset = addAction(tr("Reset columns"));
    connect(reset, &QAction::triggered, this, [this] { m_table.setColumnChoices({}); });
    showChecks();
}

void ColumnMenu::showChecks()
{
    const auto shown = std::count_if(m_columns.cbegin(), m_columns.cend(),
                                     [](const QAction *action) { return action->isChecked(); });
    for (int column = 0; column < m_columns.size(); ++column) {
        QAction *action = m_columns[column];
        QPixmap none(px(16), px(16));
        none.fill(Qt::transparent);
        action->setIcon(action->isChecked() ? ui::icon(QStringLiteral("check"), Token::Accent)
                                            : QIcon(none));
        // A table without a column would have no header to bring one back.
        action->setEnabled(!action->isChecked() || shown > 1);
        const QString title = m_table.model()->headerData(column, Qt::Horizontal).toString();
        action->setText(action->isChecked() && m_table.isColumnHidden(column)
                            ? tr("%1 (no room now)").arg(title)
                            : title);
    }
}

void ColumnMenu::mouseReleaseEvent(QMouseEvent *event)
{
    QAction *action = actionAt(event->position().toPoint());
    if (action != nullptr && action->isCheckable() && action->isEnabled())
        return action->toggle();
    QMenu::mouseReleaseEvent(event);
}

void ColumnMenu::keyPressEvent(QKeyEvent *event)
{
    const bool isToggle = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return ||
                          event->key() == Qt::Key_Enter;
    if (isToggle && activeAction() != nullptr && activeAction()->isCheckable() &&
        activeAction()->isEnabled())
        return activeAction()->toggle();
    QMenu::keyPressEvent(event);
}

} // namespace ui
