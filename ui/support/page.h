#pragma once

#include "api/backend.h"
#include "ui/support/display.h"
#include "ui/support/drawer.h"
#include "ui/support/table_pane.h"

#include <QSplitter>

namespace ui {

/// A page of the console: a list and, at the trailing edge, one object of it.
class Page : public QWidget {
    Q_OBJECT

public:
    /// `name` is stable and for machines: "deposits".
    Page(const QString &name, const QString &title, const QString &iconName,
         QWidget *parent = nullptr);
    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString iconName() const { return m_iconName; }

    [[nodiscard]] PageState state() const { return m_pane->state(); }
    /// The list and the open object have arrived: what is seen is what there is.
    [[nodiscard]] bool isSettled() const;
    void reload();
    void focusFilter();
    /// F9: opens on the selected object, else on the first.
    void toggleDrawer();
    void openDrawer();
    void closeDrawer();
    [[nodiscard]] bool isDrawerOpen() const { return m_drawer->isVisible(); }
    [[nodiscard]] TablePane &pane() const { return *m_pane; }

protected:
    /// Puts pane and drawer together; `above` stands over both.
    void build(TablePane *pane, QWidget *above = nullptr, QWidget *aboveList = nullptr);
    [[nodiscard]] Drawer &drawer() const { return *m_drawer; }
    void setDetailPending(bool isPending) { m_isDetailPending = isPending; }
    virtual void showObject(qint64 id) = 0;

private:
    QString m_name;
    QString m_title;
    QString m_iconName;
    TablePane *m_pane = nullptr;
    Drawer *m_drawer = nullptr;
    QSplitter *m_splitter = nullptr;
    bool m_isDetailPending = false;
};

} // namespace ui
