#include "start_report.h"

#include "ui/shell/main_window.h"
#include "ui/support/page.h"

#include <QAbstractButton>
#include <QEvent>
#include <QLineEdit>
#include <QLoggingCategory>
#include <QTimer>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace console {

namespace {

#ifdef SPEECHCAD_TESTING
/// "NAME:PASSPHRASE", typed for a measurement as soon as one could.
void signInForTest(const ui::MainWindow &window)
{
    const QString who = qEnvironmentVariable("SPEECHCAD_TEST_SIGN_IN");
    if (who.isEmpty())
        return;
    window.findChild<QLineEdit *>(QStringLiteral("signIn.name"))->setText(who.section(u':', 0, 0));
    window.findChild<QLineEdit *>(QStringLiteral("signIn.passphrase"))
        ->setText(who.section(u':', 1));
    window.findChild<QAbstractButton *>(QStringLiteral("signIn.button"))->click();
}
#endif

} // namespace

StartReport::StartReport(ui::MainWindow &window)
    : m_window(window)
{
    window.installEventFilter(this);
    connect(&window, &ui::MainWindow::statusChanged, this, &StartReport::look);
}

bool StartReport::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        m_window.removeEventFilter(this);
        QTimer::singleShot(0, this, &StartReport::shown); // when all of it is painted
    }
    return QObject::eventFilter(watched, event);
}

void StartReport::shown()
{
    qCInfo(lcApp) << "the window is shown";
#ifdef SPEECHCAD_TESTING
    signInForTest(m_window);
#endif
}

/// After the first page there is nothing to report.
void StartReport::look()
{
    if (m_isDone || m_window.isLocked())
        return;
    if (!m_isSignedIn) {
        m_isSignedIn = true;
        qCInfo(lcApp) << "somebody is signed in";
        for (const ui::Page *page : m_window.pages())
            connect(page, &ui::Page::settledChanged, this, &StartReport::look);
    }
    if (m_window.currentPage().state() != ui::PageState::Loading &&
        m_window.currentPage().isSettled()) {
        qCInfo(lcApp) << "the first page is there";
        m_isDone = true;
    }
}

} // namespace console
