#pragma once

#include "ui/support/export_band.h"
#include "ui/support/filter_bar.h"
#include "ui/support/parts.h"
#include "ui/support/smart_table.h"

class QPushButton;
class QVBoxLayout;

namespace ui {

enum class PageState {
    Loading,
    EmptyNew,      // there is nothing in the whole list
    EmptyFiltered, // nothing matches the filter
    Failed,
    Ready,
};

/// What a list page says in its own words.
struct PaneWords {
    QString iconName;
    QString purpose;    // what will be here, for the empty list
    QString filterHint; // fields one may filter by
    QString tableName;  // for screen readers
    QString fileName;   // of an export: "deposits"
};

/// Filter, table, foot line and the four states of a list, the same on every page.
class TablePane final : public QWidget {
    Q_OBJECT

public:
    TablePane(WindowedModel &model, QList<FilterField> fields, PaneWords words,
              QWidget *parent = nullptr);
    void setColumns(const QList<ColumnSpec> &columns, int rowHeight);
    /// Conditions of the tab, added to those of the filter field.
    void setBaseTerms(const QList<api::FilterTerm> &terms);
    /// For names in tests: `page.deposits` gives `page.deposits.table`, `.filter` ...
    void setObjectNames(const QString &page);

    [[nodiscard]] PageState state() const { return m_state; }
    [[nodiscard]] SmartTable &table() const { return *m_table; }
    [[nodiscard]] FilterBar &filter() const { return *m_filter; }
    [[nodiscard]] ExportBand &exporting() const { return *m_export; }
    /// Ctrl+E and Ctrl+Shift+C: what the buttons beside the filter do.
    void askExport();
    void showColumnMenu();
    void setFoot(const QString &leading, const QString &trailing);
    /// A band under the table about the selected object; an empty title hides it.
    void setNotice(const QString &title, const QString &text, const QString &code);
    void reload();

Q_SIGNALS:
    void stateChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildFilterRow(QVBoxLayout &column);
    void buildErrorBand(QVBoxLayout &column);
    void buildTable(QVBoxLayout &column);
    void buildNotice(QVBoxLayout &column);
    void buildFoot(QVBoxLayout &column);
    void buildEmpty();
    void applyFilter();
    void showState();
    void showError();
    void showEmpty();
    void showPending();
    void placeOverlays();
    [[nodiscard]] PageState currentState() const;

    WindowedModel &m_model;
    PaneWords m_words;
    QList<api::FilterTerm> m_baseTerms;
    PageState m_state = PageState::Loading;
    FilterBar *m_filter = nullptr;
    QToolButton *m_columns = nullptr;
    QToolButton *m_exportButton = nullptr;
    QToolButton *m_reload = nullptr;
    ExportBand *m_export = nullptr;
    SmartTable *m_table = nullptr;
    QFrame *m_errorBand = nullptr;
    TokenLabel *m_errorTitle = nullptr;
    TokenLabel *m_errorText = nullptr;
    TokenLabel *m_errorCode = nullptr;
    QPushButton *m_retry = nullptr;
    QFrame *m_notice = nullptr;
    TokenLabel *m_noticeTitle = nullptr;
    TokenLabel *m_noticeText = nullptr;
    TokenLabel *m_noticeCode = nullptr;
    TokenLabel *m_footLeading = nullptr;
    TokenLabel *m_footTrailing = nullptr;
    QWidget *m_empty = nullptr;
    IconLabel *m_emptyIcon = nullptr;
    TokenLabel *m_emptyText = nullptr;
    QPushButton *m_emptyButton = nullptr;
    QWidget *m_slow = nullptr;
    QPushButton *m_pill = nullptr;
    QTimer m_slowTimer;
};

} // namespace ui
