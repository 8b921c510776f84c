#include "ui/shell/main_window.h"

#include "api/permissions.h"
#include "ui/pages/audit/audit_page.h"
#include "ui/pages/calls/live_calls_page.h"
#include "ui/pages/customers/customers_page.h"
#include "ui/pages/deposits/deposits_page.h"
#include "ui/pages/ledger/ledger_page.h"
#include "ui/pages/overview/overview_page.h"
#include "ui/pages/people/people_page.h"
#include "ui/pages/people/second_factor_dialog.h"
#include "ui/pages/refunds/refund_dialog.h"
#include "ui/pages/refunds/refunds_page.h"
#include "ui/pages/translations/translations_page.h"
#include "ui/shell/navigation.h"
#include "ui/shell/sign_in_view.h"
#include "ui/shell/status_strip.h"
#include "ui/shell/top_bar.h"
#include "ui/support/closed_page.h"
#include "ui/support/icon.h"
#include "ui/support/when_ready.h"

#include <QApplication>
#include <QEvent>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr QSize kSize(1280, 800);
constexpr QSize kSizeMin(960, 600);
constexpr qint64 kActivityEveryMs = 5000;
// The keys of the full console, so that a shortcut learnt now stays right. Each with Ctrl.
constexpr Qt::Key kOverviewKey = Qt::Key_1;
constexpr Qt::Key kLiveCallsKey = Qt::Key_2;
constexpr Qt::Key kCustomersKey = Qt::Key_3;
constexpr Qt::Key kLedgerKey = Qt::Key_4;
constexpr Qt::Key kDepositsKey = Qt::Key_5;
constexpr Qt::Key kRefundsKey = Qt::Key_6;
constexpr Qt::Key kTranslationsKey = Qt::Key_8;
constexpr Qt::Key kAuditKey = Qt::Key_Minus;
constexpr Qt::Key kPeopleKey = Qt::Key_Comma; // of the settings, whose part it is

QVBoxLayout *columnIn(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

} // namespace

MainWindow::MainWindow(const api::Backend &backend, Themes &themes, const Options &options)
    : m_backend(backend)
    , m_themes(themes)
    , m_display(backend.clock, options.zone)
    , m_root(new QStackedWidget)
    , m_signIn(new SignInView(backend))
{
    setObjectName(QStringLiteral("window"));
    setWindowTitle(QStringLiteral("Speechcad"));
    setWindowIcon(icon(QStringLiteral("logo")));
    setMinimumSize(kSizeMin);
    resize(kSize);
    m_root->addWidget(m_signIn);
    setCentralWidget(m_root);
    if (!options.settingsPath.isEmpty()) {
        m_settings = std::make_unique<QSettings>(options.settingsPath, QSettings::IniFormat);
        restoreLayout();
    }
    addShortcuts();
    connect(m_signIn, &SignInView::signedIn, this, &MainWindow::enter);
    connect(&backend.session, &api::Session::ended, this, [this] {
        if (!isLocked())
            leave(m_who, tr("The session has ended. Sign in again to go on."));
    });
    connect(&backend.session, &api::Session::changed, this, [this] {
        const auto who = m_backend.session.current();
        if (who && !isLocked())
            takeRights(*who);
    });
    qApp->installEventFilter(this);
    m_sinceActivity.start();
    if (const auto who = backend.session.current())
        enter(*who);
    else
        m_signIn->takeFocus();
}

MainWindow::~MainWindow()
{
    qApp->removeEventFilter(this);
    if (m_settings)
        saveLayout();
    qDeleteAll(findChildren<RefundDialog *>());
    // The pages look at m_display, so they go first.
    delete takeCentralWidget();
}

// ---- who is here

void MainWindow::enter(const api::SignedIn &who)
{
    if (!isLocked())
        return;
    m_who = who.name;
    m_roles = api::effectiveRoles(who.roles, who.isSolo);
    buildContent();
    m_top->setUser(who);
    m_root->setCurrentWidget(m_content);
    showPage(m_pageBefore);
    showDialogs(who.name);
    Q_EMIT statusChanged();
}

/// Somebody may have changed them: the pages are made anew, with what these rights offer.
void MainWindow::takeRights(const api::SignedIn &who)
{
    m_top->setUser(who);
    if (api::effectiveRoles(who.roles, who.isSolo) == m_roles)
        return;
    leave(who.name, {});
    enter(who);
}

/// What the pages know goes with them; a draft of a refund waits for its author.
void MainWindow::leave(const QString &lockedBy, const QString &words)
{
    if (isLocked())
        return;
    m_pageBefore = m_stack->currentIndex();
    m_isFolded = m_navigation->isFolded();
    hideDialogs();
    m_signIn->showFor(lockedBy, words);
    m_root->setCurrentWidget(m_signIn);
    m_signIn->takeFocus();
    m_pages.clear();
    m_stack = nullptr;
    m_calls = nullptr;
    m_customers = nullptr;
    // Not at once: this may have been asked for by a button of what goes.
    m_content->deleteLater();
    m_content = nullptr;
}

void MainWindow::lock()
{
    if (isLocked())
        return;
    leave(m_who, {});
    whenReady(m_backend.session.signOut(), this, [](const Result<bool> &) {});
}

void MainWindow::signOut()
{
    if (isLocked())
        return;
    for (const auto &dialog : std::as_const(m_refunds))
        delete dialog;
    m_refunds.clear();
    leave({}, {});
    whenReady(m_backend.session.signOut(), this, [](const Result<bool> &) {});
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    const bool isActivity = event->type() == QEvent::MouseMove ||
                            event->type() == QEvent::MouseButtonPress ||
                            event->type() == QEvent::KeyPress || event->type() == QEvent::Wheel;
    if (isActivity && !isLocked() && m_sinceActivity.elapsed() > kActivityEveryMs) {
        m_sinceActivity.restart();
        m_backend.session.noteActivity();
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::hideDialogs()
{
    const auto dialogs = findChildren<Dialog *>();
    for (Dialog *dialog : dialogs) {
        if (qobject_cast<RefundDialog *>(dialog) != nullptr && dialog->isVisible()) {
            dialog->setProperty("draftOf", m_who);
            dialog->hide();
        } else {
            dialog->deleteLater();
        }
    }
}

void MainWindow::showDialogs(const QString &name)
{
    const auto dialogs = findChildren<RefundDialog *>();
    for (RefundDialog *dialog : dialogs) {
        if (dialog->property("draftOf").toString() == name)
            dialog->show();
        else
            dialog->deleteLater(); // somebody else's, and none of the business of who is here now
    }
}

// ---- content

void MainWindow::buildContent()
{
    m_navigation = new Navigation;
    m_top = new TopBar(m_display, m_themes);
    m_stack = new QStackedWidget;
    m_status = new StatusStrip(m_backend);
    auto *right = new QWidget;
    auto *rightColumn = columnIn(right);
    rightColumn->addWidget(m_top);
    rightColumn->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_navigation);
    row->addWidget(right, 1);
    m_content = new QWidget;
    auto *column = columnIn(m_content);
    column->addLayout(row, 1);
    column->addWidget(m_status);
    m_root->addWidget(m_content);
    buildPages();
    m_navigation->setFolded(m_isFolded);
    connect(m_status, &StatusStrip::statusChanged, this, &MainWindow::statusChanged);
    connect(m_navigation, &Navigation::chosen, this, qOverload<int>(&MainWindow::showPage));
    connect(m_top, &TopBar::lockAsked, this, &MainWindow::lock);
    connect(m_top, &TopBar::signOutAsked, this, &MainWindow::signOut);
    connect(m_top, &TopBar::secondFactorAsked, this, &MainWindow::openSecondFactor);
    if (m_settings)
        restoreColumns();
}

void MainWindow::buildPages()
{
    auto *overview = new OverviewPage(m_backend, m_display);
    m_calls = new LiveCallsPage(m_backend, m_display);
    m_customers = new CustomersPage(m_backend, m_display);
    addPage(overview, kOverviewKey);
    addPage(m_calls, kLiveCallsKey);
    addPage(m_customers, kCustomersKey);
    auto *ledger = new LedgerPage(m_backend, m_display);
    addPage(ledger, kLedgerKey);
    addPage(new DepositsPage(m_backend, m_display), kDepositsKey);
    auto *refunds = new RefundsPage(m_backend, m_display);
    addPage(refunds, kRefundsKey);
    addPage(new TranslationsPage(m_backend), kTranslationsKey);
    addStaffPages();
    connect(overview, &OverviewPage::pageAsked, this,
            qOverload<const QString &, const QList<api::FilterTerm> &>(&MainWindow::showPage));
    connect(refunds, &RefundsPage::approvalAsked, this,
            [this](const api::MoneyRequest &request) { openRefund(request.call, request); });
    const auto refundCall = [this](api::CallId call) { openRefund(call); };
    connect(m_calls, &LiveCallsPage::refundAsked, this, refundCall);
    connect(m_calls, &LiveCallsPage::customerAsked, this, &MainWindow::openCustomer);
    connect(m_customers, &CustomersPage::refundAsked, this, refundCall);
    const auto refundPlan = [this](TransferId payment) { openRefund(payment); };
    connect(m_customers, &CustomersPage::planRefundAsked, this, refundPlan);
    connect(ledger, &LedgerPage::planRefundAsked, this, refundPlan);
}

/// A page that is not for whoever sits here says so in its place.
void MainWindow::addStaffPages()
{
    const QString audit = tr("Audit");
    if (AuditPage::isFor(m_roles))
        addPage(new AuditPage(m_backend, m_display), kAuditKey);
    else
        addPage(new ClosedPage(QStringLiteral("audit"), audit, QStringLiteral("audit"),
                               tr("The audit is not for your role. It is for Support, Senior, "
                                  "Finance and Admin.")),
                kAuditKey);
    if (m_roles.testFlag(api::Role::Admin))
        addPage(new PeoplePage(m_backend, m_display), kPeopleKey);
    else
        addPage(new ClosedPage(QStringLiteral("people"), tr("People"), QStringLiteral("people"),
                               tr("People and their rights are for Admins. Your own second factor "
                                  "is in the menu with your name.")),
                kPeopleKey);
}

void MainWindow::openSecondFactor()
{
    auto *dialog = new SecondFactorDialog(m_backend, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::addPage(Page *page, Qt::Key shortcutKey)
{
    const QKeySequence keys(Qt::CTRL | shortcutKey);
    const int number = int(m_pages.size());
    m_pages.append(page);
    m_stack->addWidget(page);
    m_navigation->addPage(page->name(), page->title(), page->iconName(),
                          keys.toString(QKeySequence::NativeText));
    connect(new QShortcut(keys, m_content), &QShortcut::activated, this,
            [this, number] { showPage(number); });
}

void MainWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, void (Page::*act)()) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, [this, act] {
            if (!isLocked())
                (currentPage().*act)();
        });
    };
    add(QKeySequence(Qt::Key_F5), &Page::reload);
    add(QKeySequence(Qt::Key_F9), &Page::toggleDrawer);
    add(QKeySequence(Qt::CTRL | Qt::Key_F), &Page::focusFilter);
    add(QKeySequence(Qt::CTRL | Qt::Key_E), &Page::askExport);
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &Page::showColumnMenu);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_L), this), &QShortcut::activated, this,
            &MainWindow::lock);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F12), this),
            &QShortcut::activated, this, [this] {
                if (!isLocked())
                    m_calls->stopAll();
            });
}

void MainWindow::showPage(int page)
{
    m_stack->setCurrentIndex(page);
    m_navigation->setCurrent(page);
    m_top->setTitle(m_pages[page]->title());
    m_pages[page]->takeFocus();
}

void MainWindow::showPage(const QString &name, const QList<api::FilterTerm> &terms)
{
    for (int page = 0; page < int(m_pages.size()); ++page) {
        if (m_pages[page]->name() != name)
            continue;
        showPage(page);
        if (m_pages[page] == m_calls && !terms.isEmpty())
            m_calls->showHistory(terms);
        else if (m_pages[page]->hasList() && !terms.isEmpty())
            m_pages[page]->pane().filter().setTerms(terms);
    }
}

Page &MainWindow::currentPage() const
{
    return *m_pages[m_stack->currentIndex()];
}

RefundDialog *MainWindow::openRefund(const RefundOf &of,
                                     const std::optional<api::MoneyRequest> &request)
{
    const auto dialogs = findChildren<RefundDialog *>();
    for (RefundDialog *dialog : dialogs) {
        if (dialog->of() == of && dialog->isVisible()) {
            dialog->raise();
            dialog->activateWindow();
            return dialog;
        }
    }
    auto *dialog = new RefundDialog(of, m_backend, this, request);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_refunds.removeAll(nullptr);
    m_refunds.append(dialog);
    dialog->show();
    return dialog;
}

void MainWindow::openCustomer(CustomerId customer)
{
    showPage(m_customers->name(), {});
    m_customers->showCustomer(customer);
}

bool MainWindow::hasStatus() const
{
    return !isLocked() && m_status->hasStatus();
}

// ---- what is remembered

void MainWindow::restoreLayout()
{
    restoreGeometry(m_settings->value(QStringLiteral("window/geometry")).toByteArray());
    m_isFolded = m_settings->value(QStringLiteral("window/folded"), false).toBool();
    m_display.setUtc(m_settings->value(QStringLiteral("window/utc"), true).toBool() ||
                     !m_display.hasChoice());
    const int theme = m_settings->value(QStringLiteral("window/theme"), 0).toInt();
    if (theme >= int(ThemeChoice::FollowSystem) && theme <= int(ThemeChoice::Contrast))
        m_themes.choose(static_cast<ThemeChoice>(theme));
}

void MainWindow::restoreColumns()
{
    for (Page *page : std::as_const(m_pages)) {
        if (!page->hasList())
            continue;
        const QString key = QStringLiteral("columns/") + page->name();
        SmartTable &table = page->pane().table();
        table.setColumnChoices(m_settings->value(key).toStringList());
        connect(&table, &SmartTable::columnsChosen, this,
                [this, key, &table] { m_settings->setValue(key, table.columnChoices()); });
    }
}

void MainWindow::saveLayout() const
{
    m_settings->setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_settings->setValue(QStringLiteral("window/folded"),
                         isLocked() ? m_isFolded : m_navigation->isFolded());
    m_settings->setValue(QStringLiteral("window/utc"), m_display.isUtc());
    m_settings->setValue(QStringLiteral("window/theme"), static_cast<int>(m_themes.choice()));
}

} // namespace ui
