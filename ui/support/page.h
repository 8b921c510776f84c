#pragma once

#include "api/backend.h"
#include "ui/support/display.h"
#include "ui/support/drawer.h"
#include "ui/support/table_pane.h"

#include <QSplitter>

class QStackedWidget;

namespace ui {

/// A page of the console: in most cases a list and, at the trailing edge, one object of it. A page
/// of another shape has no list and overrides what concerns one.
class Page : public QWidget {
    Q_OBJECT

public:
    /// `name` is stable and for machines: "deposits".
    Page(const QString &name, const QString &title, const QString &iconName,
         QWidget *parent = nullptr);
    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString iconName() const { return m_iconName; }

    [[nodiscard]] virtual PageState state() const { return m_pane->state(); }
    /// The list and the open object have arrived: what is seen is what there is.
    [[nodiscard]] virtual bool isSettled() const;
    virtual void reload();
    virtual void focusFilter();
    virtual void askExport();
    virtual void showColumnMenu();
    /// The page has come to the front: the keys go to its list.
    virtual void takeFocus();
    /// Takes the page to the state a fresh window has it in.
    virtual void showStart();
    /// F9: opens on the selected object, else on the first.
    void toggleDrawer();
    virtual void openDrawer();
    virtual void closeDrawer();
    [[nodiscard]] virtual bool isDrawerOpen() const { return m_drawer && m_drawer->isVisible(); }
    /// What pictures are taken of: the page itself (the first, "") and what can be opened on it.
    [[nodiscard]] virtual QStringList scenes() const;
    virtual void showScene(const QString &scene);
    [[nodiscard]] bool hasList() const { return m_pane != nullptr; }
    [[nodiscard]] TablePane &pane() const { return *m_pane; }

Q_SIGNALS:
    /// The list or the open object has arrived, or is awaited.
    void settledChanged();

protected:
    /// Puts pane and drawer together; `above` stands over both.
    void build(TablePane *pane, QWidget *above = nullptr, QWidget *aboveList = nullptr);
    /// A page whose list is one of several views: the list becomes the first of `views`, and what
    /// an opened object looks like is the page's own business.
    void buildInto(QStackedWidget *views, TablePane *pane);
    /// List and drawer, or something else in their place, which the page has added below.
    void setListShown(bool isShown);
    /// A page without a list.
    void buildWith(QWidget *content);
    [[nodiscard]] Drawer &drawer() const { return *m_drawer; }
    void setDetailPending(bool isPending);
    virtual void showObject(qint64 id) = 0;
    [[nodiscard]] bool isDetailPending() const { return m_isDetailPending; }

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
