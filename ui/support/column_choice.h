#pragma once

#include <QMenu>

namespace ui {

class SmartTable;

/// The columns of a table, each with a check mark. It stays open while one chooses.
class ColumnMenu final : public QMenu {
    Q_OBJECT

public:
    explicit ColumnMenu(SmartTable &table);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showChecks();

    SmartTable &m_table;
    QList<QAction *> m_columns;
};

} // namespace ui
