#include "ui/shell/main_window.h"

#include "ui/pages/deposits/deposits_page.h"
#include "ui/pages/ledger/ledger_page.h"
#include "ui/shell/navigation.h"
#include "ui/shell/status_strip.h"
#include "ui/shell/top_bar.h"
#include "ui/support/icon.h"

#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr QSize kSize(1280, 800);
constexpr QSize kSizeMin(960, 600);
// The digits of the full console, so that a shortcut learnt now stays right.
constexpr int kLedgerDigit = 4;
constexpr int kDepositsDigit = 5;

QVBoxLayout *columnIn(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

} // namespace

MainWindow::MainWindow(const api::Backend &backend, Themes &themes, const Options &options)
    : m_themes(themes)
    , m_display(backend.clock, options.zone)
    , m_navigation(new Navigation)
    , m_top(new TopBar(m_display, themes))
    , m_stack(new QStackedWidget)
    , m_status(new StatusStrip(backend))
{
    setObjectName(QStringLiteral("window"));
    setWindowTitle(QStringLiteral("Speechcad"));
    setWindowIcon(icon(QStringLiteral("logo")));
    setMinimumSize(kSizeMin);
    resize(kSize);

    auto *centre = new QWidget;
    auto *right = new QWidget;
    auto *rightColumn = columnIn(right);
    rightColumn->addWidget(m_top);
    rightColumn->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_navigation);
    row->addWidget(right, 1);
    auto *column = columnIn(centre);
    column->addLayout(row, 1);
    column->addWidget(m_status);
    setCentralWidget(centre);

    addPage(new LedgerPage(backend, m_display), kLedgerDigit);
    addPage(new DepositsPage(backend, m_display), kDepositsDigit);
    addShortcuts();
    connect(m_status, &StatusStrip::statusChanged, this, &MainWindow::statusChanged);
    connect(m_navigation, &Navigation::chosen, this, &MainWindow::showPage);
    if (!options.settingsPath.isEmpty()) {
        m_settings = std::make_unique<QSettings>(options.settingsPath, QSettings::IniFormat);
        restoreLayout();
    }
    showPage(int(m_pages.size()) - 1);
}

MainWindow::~MainWindow()
{
    if (m_settings)
        saveLayout();
    // The pages look at m_display, so they go first.
    delete takeCentralWidget();
}

void MainWindow::addPage(Page *page, int shortcutDigit)
{
    const QKeySequence keys(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + shortcutDigit));
    const int number = int(m_pages.size());
    m_pages.append(page);
    m_stack->addWidget(page);
    m_navigation->addPage(page->name(), page->title(), page->iconName(),
                          keys.toString(QKeySequence::NativeText));
    connect(new QShortcut(keys, this), &QShortcut::activated, this,
            [this, number] { showPage(number); });
}

void MainWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, void (Page::*act)()) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this,
                [this, act] { (currentPage().*act)(); });
    };
    add(QKeySequence(Qt::Key_F5), &Page::reload);
    add(QKeySequence(Qt::Key_F9), &Page::toggleDrawer);
    add(QKeySequence(Qt::CTRL | Qt::Key_F), &Page::focusFilter);
    add(QKeySequence(Qt::CTRL | Qt::Key_E), &Page::askExport);
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &Page::showColumnMenu);
}

void MainWindow::showPage(int page)
{
    m_stack->setCurrentIndex(page);
    m_navigation->setCurrent(page);
    m_top->setTitle(m_pages[page]->title());
    m_pages[page]->pane().table().setFocus();
}

Page &MainWindow::currentPage() const
{
    return *m_pages[m_stack->currentIndex()];
}

bool MainWindow::hasStatus() const
{
    return m_status->hasStatus();
}

void MainWindow::restoreLayout()
{
    restoreGeometry(m_settings->value(QStringLiteral("window/geometry")).toByteArray());
    m_navigation->setFolded(m_settings->value(QStringLiteral("window/folded"), false).toBool());
    m_display.setUtc(m_settings->value(QStringLiteral("window/utc"), true).toBool() ||
                     !m_display.hasChoice());
    const int theme = m_settings->value(QStringLiteral("window/theme"), 0).toInt();
    if (theme >= int(ThemeChoice::FollowSystem) && theme <= int(ThemeChoice::Contrast))
        m_themes.choose(static_cast<ThemeChoice>(theme));
    for (Page *page : std::as_const(m_pages)) {
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
    m_settings->setValue(QStringLiteral("window/folded"), m_navigation->isFolded());
    m_settings->setValue(QStringLiteral("window/utc"), m_display.isUtc());
    m_settings->setValue(QStringLiteral("window/theme"), static_cast<int>(m_themes.choice()));
}

} // namespace ui
