#pragma once

#include "ui/support/windowed_model.h"

#include <QHeaderView>
#include <QTableView>
#include <QTimer>

namespace ui {

enum class CellKind {
    Text,
    Code,
    State,
    Money,
    Meter,
    Age,
};

struct ColumnSpec {
    QString name; // for what is remembered about it; never shown, never changed
    CellKind kind = CellKind::Text;
    int width = 100;      // at 100 %
    bool isRight = false; // numbers, durations, ages
    bool stretches = false;
    int foldOrder = 0;     // the highest folds first when there is no room; 0 never folds
    bool isSorted = false; // the list's own order: newest first
    bool isExtra = false;  // not shown unless somebody wants it
};

class SmartTable;

/// The header of a SmartTable: quiet words, and an arrow at the column the list is ordered by.
class TableHeader final : public QHeaderView {
    Q_OBJECT

public:
    explicit TableHeader(SmartTable &table);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    SmartTable &m_table;
};

/// The view of every list page: fixed row height, folding columns, one selected object, grey bars
/// for what is not there yet. Keeps the selected object when the model is read anew.
class SmartTable final : public QTableView {
    Q_OBJECT

public:
    explicit SmartTable(QWidget *parent = nullptr);
    void setList(WindowedModel *model, const QList<ColumnSpec> &columns, int rowHeight);

    /// The object whose rows are selected; 0: none.
    [[nodiscard]] qint64 selectedObject() const { return m_selectedObject; }
    void selectObject(qint64 id);
    void clearChoice();
    /// Which columns somebody chose to have or not to have, as "+check" and "-provider"; a wanted
    /// one folds last.
    [[nodiscard]] QStringList columnChoices() const;
    void setColumnChoices(const QStringList &choices);
    [[nodiscard]] bool isColumnWanted(int column) const;
    void wantColumn(int column, bool isWanted);
    void showColumnMenu(const QPoint &globalPlace);
    /// The rows are older than they look: a read failed.
    void setDimmed(bool isDimmed);
    [[nodiscard]] bool isDimmed() const { return m_isDimmed; }

    // For the delegates.
    [[nodiscard]] bool isSelected(const QModelIndex &index) const;
    [[nodiscard]] bool isFirstColumn(int column) const { return column == m_firstColumn; }
    [[nodiscard]] QRect contentRect(const QRect &cell, int column) const;
    [[nodiscard]] bool showsCellFocus() const { return m_isByKeyboard && hasFocus(); }
    void paintGreyBar(QPainter *painter, const QRect &content, int seed) const;
    [[nodiscard]] const ColumnSpec &column(int index) const { return m_columns[index]; }

Q_SIGNALS:
    void objectSelected(qint64 id);
    /// Enter, a double click or the space bar.
    void objectOpened(qint64 id);
    void escaped();
    void columnsChosen();

protected:
    void focusInEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    enum class Edge {
        None,
        Top,
        End,
    };

    void layOutColumns();
    [[nodiscard]] QList<bool> foldedColumns() const;
    void goTo(Edge edge);
    void goToWaiting();
    void tellRange();
    void restoreChoice();
    void copyCell() const;
    void copyRow() const;
    void paintSkeleton();

    WindowedModel *m_list = nullptr;
    QList<ColumnSpec> m_columns;
    int m_rowHeight = 32;
    int m_firstColumn = 0;
    int m_lastColumn = 0;
    qint64 m_selectedObject = 0;
    qint64 m_currentKey = 0;
    QHash<QString, bool> m_wanted; // by a column's name
    Edge m_waitsFor = Edge::None;  // where to go when it has been read
    int m_topRow = 0;              // before rows were taken out
    bool m_isDimmed = false;
    bool m_isByKeyboard = false;
    bool m_isRestoring = false;
    bool m_showsSkeleton = false;
    QTimer m_skeletonTimer;
};

} // namespace ui
