#include "ui/shell/screenshots.h"

#include "ui/shell/main_window.h"
#include "ui/support/page.h"

#include <QDir>
#include <QPixmap>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr QSize kSize(1440, 900);
constexpr auto kDataDeadline = 15s;
constexpr auto kLayoutTime = 100ms; // layouts inside layouts take some rounds of the event loop

} // namespace

Screenshots::Screenshots(const api::Backend &backend, Themes &themes, QString directory)
    : m_themes(themes)
    , m_directory(std::move(directory))
    , m_themeBefore(themes.choice())
    , m_window(std::make_unique<MainWindow>(backend, themes, MainWindow::Options{}))
{
    for (int page = 0; page < int(m_window->pages().size()); ++page) {
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
            m_steps.append({.page = page, .theme = theme, .hasDrawer = false});
            m_steps.append({.page = page, .theme = theme, .hasDrawer = true});
        }
        connect(m_window->pages()[page], &Page::settledChanged, this, &Screenshots::look);
    }
    connect(m_window.get(), &MainWindow::statusChanged, this, &Screenshots::look);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_isGood = false;
        take();
    });
    m_settle.setSingleShot(true);
    m_settle.setInterval(kLayoutTime);
    connect(&m_settle, &QTimer::timeout, this, &Screenshots::take);
}

Screenshots::~Screenshots() = default;

void Screenshots::start()
{
    m_isGood = QDir().mkpath(m_directory);
    m_window->resize(kSize);
    m_window->show();
    startStep();
}

void Screenshots::startStep()
{
    if (m_steps.isEmpty()) {
        m_themes.choose(m_themeBefore);
        return Q_EMIT finished(m_isGood);
    }
    const Step &step = m_steps.first();
    m_themes.choose(step.theme);
    m_window->showPage(step.page);
    Page &page = m_window->currentPage();
    if (step.hasDrawer) {
        page.openDrawer();
    } else {
        page.closeDrawer();
        page.pane().table().clearChoice();
    }
    m_deadline.start(kDataDeadline);
    look();
}

void Screenshots::look()
{
    const bool isUnderWay = m_deadline.isActive();
    if (isUnderWay && m_window->currentPage().isSettled() && m_window->hasStatus())
        m_settle.start();
    else
        m_settle.stop();
}

void Screenshots::take()
{
    m_deadline.stop();
    m_settle.stop();
    m_isGood = m_window->grab().save(QDir(m_directory).filePath(fileName())) && m_isGood;
    m_steps.removeFirst();
    startStep();
}

QString Screenshots::fileName() const
{
    const Step &step = m_steps.first();
    const QString page = m_window->currentPage().name();
    const QString drawer = step.hasDrawer ? QStringLiteral("-drawer") : QString();
    const QString theme =
        step.theme == ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark");
    return page + drawer + u'-' + theme + QStringLiteral(".png");
}

} // namespace ui
