#include "ui/shell/screenshots.h"

#include "ui/shell/main_window.h"
#include "ui/support/page.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QPixmap>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr QSize kSize(1440, 900);
constexpr auto kDataDeadline = 15s;
constexpr auto kWakeInterval = 20ms;

/// Runs the event loop until `isDone`, or the deadline. The timer wakes a loop nothing else wakes.
template <typename Fn> bool waitUntil(Fn isDone)
{
    QTimer waker;
    waker.start(kWakeInterval);
    const QDeadlineTimer deadline(kDataDeadline);
    while (!isDone() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    return isDone();
}

bool write(MainWindow &window, const QString &directory, const QString &name)
{
    // Layout and polish events that the last step has posted.
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    return window.grab().save(QDir(directory).filePath(name + QStringLiteral(".png")));
}

bool writePage(MainWindow &window, int number, const QString &directory, const QString &theme)
{
    window.showPage(number);
    Page &page = window.currentPage();
    const auto isReady = [&] { return page.isSettled() && window.hasStatus(); };
    bool isGood = waitUntil(isReady);
    isGood = write(window, directory, page.name() + u'-' + theme) && isGood;
    page.openDrawer();
    isGood = waitUntil(isReady) && isGood;
    isGood = write(window, directory, page.name() + QStringLiteral("-drawer-") + theme) && isGood;
    page.closeDrawer();
    page.pane().table().clearChoice();
    return isGood;
}

} // namespace

bool writeScreenshots(const api::Backend &backend, Themes &themes, const QString &directory)
{
    if (!QDir().mkpath(directory))
        return false;
    const ThemeChoice before = themes.choice();
    MainWindow window(backend, themes, {});
    window.resize(kSize);
    window.show();
    bool isGood = true;
    for (int page = 0; page < int(window.pages().size()); ++page) {
        themes.choose(ThemeChoice::Light);
        isGood = writePage(window, page, directory, QStringLiteral("light")) && isGood;
        themes.choose(ThemeChoice::Dark);
        isGood = writePage(window, page, directory, QStringLiteral("dark")) && isGood;
    }
    themes.choose(before);
    return isGood;
}

} // namespace ui
