#include "ui/pages/customers/customers_page.h"

#include "ui/pages/customers/customer_words.h"
#include "ui/support/format.h"

#include <QShortcut>
#include <QStackedWidget>

namespace ui {

namespace {

constexpr int kRowPx = 32;

} // namespace

CustomersPage::CustomersPage(const api::Backend &backend, Display &display, QWidget *parent)
    : Page(QStringLiteral("customers"), tr("Customers"), QStringLiteral("customers"), parent)
    , m_model(new CustomersModel(backend.customers, display, this))
    , m_pages(new QStackedWidget)
    , m_view(new CustomerView(backend, display))
{
    auto *pane = new TablePane(*m_model, customerFilterFields(backend.customers),
                               {.iconName = QStringLiteral("customers"),
                                .purpose = tr("Whoever writes to the bot appears here"),
                                .filterHint = tr("name, status, language, since, id"),
                                .tableName = tr("Customers"),
                                .fileName = name()});
    pane->setColumns(CustomersModel::columns(), kRowPx);
    buildInto(m_pages, pane);
    m_pages->addWidget(m_view);

    const auto add = [this](const QKeySequence &keys, auto act) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { showList(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_R), [this] {
        if (isDrawerOpen())
            m_view->askRefund();
    });
    connect(m_view, &CustomerView::backAsked, this, &CustomersPage::showList);
    connect(m_view, &CustomerView::refundAsked, this, &CustomersPage::refundAsked);
    connect(m_view, &CustomerView::planRefundAsked, this, &CustomersPage::planRefundAsked);
    connect(m_view, &CustomerView::stateChanged, this, &Page::settledChanged);
    connect(pane, &TablePane::stateChanged, this, &CustomersPage::showFoot);
    connect(&display, &Display::changed, this,
            [this] { this->pane().table().viewport()->update(); });
    connect(&backend.changes, &api::Changes::changed, this, &CustomersPage::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, [this] { Page::reload(); });
    pane->setBaseTerms({});
}

void CustomersPage::takeChanges(const QList<core::Change> &changes)
{
    QList<qint64> ids;
    for (const core::Change &change : changes) {
        if (change.topic == Topic::Customer || change.topic == Topic::Wallet)
            ids.append(change.id);
    }
    if (!ids.isEmpty())
        m_model->noteChanged(ids);
}

void CustomersPage::showFoot()
{
    const QString total = formatTotal(m_model->total(), m_model->isTotalExact());
    pane().setFoot(m_model->readAt() ? tr("%1 customers").arg(total) : QString(), {});
}

void CustomersPage::showCustomer(CustomerId customer)
{
    if (m_view->customer() != customer)
        m_view->showCustomer(customer);
    m_pages->setCurrentWidget(m_view);
    m_view->pane().table().setFocus();
    Q_EMIT settledChanged();
}

void CustomersPage::showList()
{
    m_pages->setCurrentIndex(0);
    pane().table().setFocus();
    Q_EMIT settledChanged();
}

TablePane &CustomersPage::shownPane() const
{
    return isDrawerOpen() ? m_view->pane() : pane();
}

PageState CustomersPage::state() const
{
    return shownPane().state();
}

bool CustomersPage::isSettled() const
{
    return state() != PageState::Loading;
}

void CustomersPage::reload()
{
    if (isDrawerOpen())
        m_view->reload();
    else
        Page::reload();
}

void CustomersPage::focusFilter()
{
    shownPane().filter().focusField();
}

void CustomersPage::askExport()
{
    shownPane().askExport();
}

void CustomersPage::showColumnMenu()
{
    shownPane().showColumnMenu();
}

void CustomersPage::takeFocus()
{
    shownPane().table().setFocus();
}

void CustomersPage::openDrawer()
{
    SmartTable &table = pane().table();
    if (table.selectedObject() == 0 && table.model()->rowCount() > 0)
        table.setCurrentIndex(table.model()->index(0, 0));
    if (table.selectedObject() != 0)
        showObject(table.selectedObject());
}

void CustomersPage::closeDrawer()
{
    if (isDrawerOpen())
        showList();
}

bool CustomersPage::isDrawerOpen() const
{
    return m_pages->currentWidget() == m_view;
}

void CustomersPage::showObject(qint64 id)
{
    showCustomer(CustomerId{id});
}

QStringList CustomersPage::scenes() const
{
    return {QString(), QStringLiteral("timeline"), QStringLiteral("money"), QStringLiteral("calls"),
            QStringLiteral("messages")};
}

void CustomersPage::showScene(const QString &scene)
{
    if (scene.isEmpty())
        return showStart();
    openDrawer();
    m_view->showTab(static_cast<CustomerView::Tab>(scenes().indexOf(scene) - 1));
    if (scene == QLatin1String("messages") && m_view->pane().table().selectedObject() == 0 &&
        m_view->pane().table().model()->rowCount() > 0)
        m_view->pane().table().setCurrentIndex(m_view->pane().table().model()->index(0, 0));
}

} // namespace ui
