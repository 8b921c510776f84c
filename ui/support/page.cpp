#include "ui/support/page.h"

#include <QApplication>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

Page::Page(const QString &name, const QString &title, const QString &iconName, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_title(title)
    , m_iconName(iconName)
{
    setObjectName(QStringLiteral("page.") + name);
    setAccessibleName(title);
}

void Page::build(TablePane *pane, QWidget *above, QWidget *aboveList)
{
    m_pane = pane;
    m_pane->setObjectNames(objectName());
    m_drawer = new Drawer;
    m_drawer->setObjectName(objectName() + QStringLiteral(".drawer"));
    m_drawer->setMinimumWidth(px(320));
    m_drawer->setMaximumWidth(px(488));
    m_drawer->hide();

    auto *list = new QWidget;
    auto *listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins(0, 0, 0, 0);
    listColumn->setSpacing(0);
    if (aboveList != nullptr)
        listColumn->addWidget(aboveList);
    listColumn->addWidget(m_pane, 1);

    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_drawer);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    if (above != nullptr)
        column->addWidget(above);
    column->addWidget(m_splitter, 1);

    connect(m_pane, &TablePane::stateChanged, this, &Page::settledChanged);
    connect(m_drawer, &Drawer::closed, this, &Page::closeDrawer);
    connect(&m_pane->table(), &SmartTable::objectOpened, this, &Page::openDrawer);
    connect(&m_pane->table(), &SmartTable::objectSelected, this, [this](qint64 id) {
        if (id == 0)
            return closeDrawer();
        if (isDrawerOpen())
            showObject(id);
    });
}

void Page::buildInto(QStackedWidget *views, TablePane *pane)
{
    m_pane = pane;
    m_pane->setObjectNames(objectName());
    views->addWidget(pane);
    buildWith(views);
    connect(m_pane, &TablePane::stateChanged, this, &Page::settledChanged);
    connect(&m_pane->table(), &SmartTable::objectOpened, this, &Page::openDrawer);
}

void Page::setListShown(bool isShown)
{
    m_splitter->setVisible(isShown);
}

void Page::buildWith(QWidget *content)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(content, 1);
}

bool Page::isSettled() const
{
    return state() != PageState::Loading && !m_isDetailPending;
}

void Page::setDetailPending(bool isPending)
{
    m_isDetailPending = isPending;
    Q_EMIT settledChanged();
}

void Page::reload()
{
    m_pane->reload();
}

void Page::focusFilter()
{
    m_pane->filter().focusField();
}

void Page::askExport()
{
    m_pane->askExport();
}

void Page::showColumnMenu()
{
    m_pane->showColumnMenu();
}

void Page::takeFocus()
{
    m_pane->table().setFocus();
}

void Page::showStart()
{
    closeDrawer();
    m_pane->table().clearChoice();
}

QStringList Page::scenes() const
{
    return {QString(), QStringLiteral("drawer")};
}

void Page::showScene(const QString &scene)
{
    if (scene.isEmpty())
        showStart();
    else
        openDrawer();
}

void Page::toggleDrawer()
{
    if (isDrawerOpen())
        closeDrawer();
    else
        openDrawer();
}

void Page::openDrawer()
{
    SmartTable &table = m_pane->table();
    if (table.selectedObject() == 0 && table.model()->rowCount() > 0)
        table.setCurrentIndex(table.model()->index(0, 0));
    if (table.selectedObject() == 0)
        return;
    if (!isDrawerOpen()) {
        m_drawer->show();
        m_splitter->setSizes({width() - px(Drawer::kWidthPx), px(Drawer::kWidthPx)});
    }
    showObject(table.selectedObject());
}

void Page::closeDrawer()
{
    const bool hadFocus = m_drawer->isAncestorOf(QApplication::focusWidget());
    m_drawer->hide();
    if (hadFocus)
        m_pane->table().setFocus();
}

} // namespace ui
