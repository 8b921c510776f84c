#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/shell/main_window.h"
#include "ui/support/page.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace tst_main_window {

namespace {

struct Fixture {
    Fixture()
    {
        console.fillWithSamples();
        backend = std::make_unique<api::Backend>(console.backend());
    }
    [[nodiscard]] std::unique_ptr<ui::MainWindow> open(const QString &settings = {})
    {
        auto window = std::make_unique<ui::MainWindow>(
            *backend, themes,
            ui::MainWindow::Options{.zone = QTimeZone("Europe/Berlin"), .settingsPath = settings});
        window->show();
        return window;
    }

    tests::FakeConsole console;
    std::unique_ptr<api::Backend> backend;
    ui::Themes themes{*qApp};
};

QString words(const ui::MainWindow &window, const QString &part)
{
    return window.findChild<QWidget *>(QStringLiteral("status.") + part)->accessibleName();
}

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void conservationIsWrittenOut();
    void anInboxThatDoesNotAddUpIsAMismatch();
    void aLedgerSumIsAMismatch();
    void aLostFeedIsReconnectingAndALostDatabaseOffline();
    void oldDataSaysItsAge();
    void keysChangePageDrawerAndFilter();
    void everyControlHasAName();
    void layoutIsRememberedWhereAskedTo();
    void aZoneThatIsUtcHasNoSwitch();
};

void TestMainWindow::conservationIsWrittenOut()
{
    Fixture f;
    const auto window = f.open();
    QTRY_VERIFY(window->hasStatus());
    QCOMPARE(words(*window, QStringLiteral("conservation")),
             QStringLiteral("Inbox 48,210 = 48,187 done + 12 waiting + 3 retrying + 8 dead"));
    QCOMPARE(words(*window, QStringLiteral("sum")), QStringLiteral("Ledger sum 0.00"));
    QCOMPARE(words(*window, QStringLiteral("dead")), QStringLiteral("8 dead letters"));
    QCOMPARE(words(*window, QStringLiteral("connection")), QStringLiteral("Connected"));
    QCOMPARE(words(*window, QStringLiteral("mode")), QStringLiteral("Server here, leader"));
}

void TestMainWindow::anInboxThatDoesNotAddUpIsAMismatch()
{
    Fixture f;
    f.console.system.status.inboxDone -= 1;
    const auto window = f.open();
    QTRY_VERIFY(
        words(*window, QStringLiteral("conservation")).startsWith(QLatin1String("MISMATCH")));
    QVERIFY(!words(*window, QStringLiteral("sum")).contains(QLatin1String("MISMATCH")));
}

void TestMainWindow::aLedgerSumIsAMismatch()
{
    Fixture f;
    f.console.system.status.ledgerSum = Money::fromMicros(1);
    const auto window = f.open();
    QTRY_COMPARE(words(*window, QStringLiteral("sum")),
                 QStringLiteral("MISMATCH  Ledger sum 0.000001"));
}

void TestMainWindow::aLostFeedIsReconnectingAndALostDatabaseOffline()
{
    Fixture f;
    const auto window = f.open();
    QTRY_COMPARE(words(*window, QStringLiteral("connection")), QStringLiteral("Connected"));
    Q_EMIT f.console.changes.lost();
    QCOMPARE(words(*window, QStringLiteral("connection")), QStringLiteral("Reconnecting"));
    f.console.clock.advance(std::chrono::seconds(11));
    f.console.system.nextError = Error{.code = ErrorCode::DatabaseUnavailable};
    Q_EMIT f.console.changes.readAgain();
    QTRY_COMPARE(words(*window, QStringLiteral("connection")), QStringLiteral("Offline"));
    Q_EMIT f.console.changes.connected();
    QTRY_COMPARE(words(*window, QStringLiteral("connection")), QStringLiteral("Connected"));
}

void TestMainWindow::oldDataSaysItsAge()
{
    Fixture f;
    const auto window = f.open();
    QTRY_VERIFY(window->hasStatus());
    f.console.clock.advance(std::chrono::seconds(40));
    Q_EMIT f.console.changes.lost(); // shows all parts anew
    QCOMPARE(words(*window, QStringLiteral("age")).replace(QChar(0xA0), u' '),
             QStringLiteral("Read 40 s ago"));
}

void TestMainWindow::keysChangePageDrawerAndFilter()
{
    Fixture f;
    const auto window = f.open();
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    QTest::keyClick(window.get(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(window->currentPage().name(), QStringLiteral("ledger"));
    QTest::keyClick(window.get(), Qt::Key_5, Qt::ControlModifier);
    QCOMPARE(window->currentPage().name(), QStringLiteral("deposits"));
    QTRY_COMPARE(window->currentPage().state(), ui::PageState::Ready);
    QTest::keyClick(window.get(), Qt::Key_F9);
    QVERIFY(window->currentPage().isDrawerOpen());
    QTest::keyClick(window.get(), Qt::Key_F9);
    QVERIFY(!window->currentPage().isDrawerOpen());
    QTest::keyClick(window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr);
    const int calls = f.console.deposits.listCalls;
    QTest::keyClick(window.get(), Qt::Key_F5);
    QCOMPARE(f.console.deposits.listCalls, calls + 1);
}

void TestMainWindow::everyControlHasAName()
{
    Fixture f;
    const auto window = f.open();
    const auto controls = window->findChildren<QWidget *>();
    int named = 0;
    for (const QWidget *control : controls) {
        const bool isControl = control->focusPolicy() & Qt::TabFocus && control->isVisible();
        if (!isControl)
            continue;
        QVERIFY2(!control->accessibleName().isEmpty() || control->focusProxy() != nullptr,
                 qPrintable(control->objectName() + u' ' +
                            QLatin1String(control->metaObject()->className())));
        ++named;
    }
    QVERIFY(named >= 8);
}

void TestMainWindow::layoutIsRememberedWhereAskedTo()
{
    Fixture f;
    const QTemporaryDir directory;
    const QString settings = directory.filePath(QStringLiteral("console.ini"));
    {
        const auto window = f.open(settings);
        window->findChild<QAbstractButton *>(QStringLiteral("navigation.fold"))->click();
        window->findChild<QAbstractButton *>(QStringLiteral("top.local"))->click();
        f.themes.choose(ui::ThemeChoice::Dark);
    }
    f.themes.choose(ui::ThemeChoice::Light);
    const auto window = f.open(settings);
    QCOMPARE(ui::Theme::current().name, ui::ThemeName::Dark);
    QVERIFY(window->findChild<QAbstractButton *>(QStringLiteral("top.local"))->isChecked());
    QCOMPARE(
        window->findChild<QAbstractButton *>(QStringLiteral("navigation.fold"))->accessibleName(),
        QStringLiteral("Expand"));
}

void TestMainWindow::aZoneThatIsUtcHasNoSwitch()
{
    Fixture f;
    const ui::MainWindow window(*f.backend, f.themes,
                                {.zone = QTimeZone::utc(), .settingsPath = {}});
    QVERIFY(window.findChild<QAbstractButton *>(QStringLiteral("top.local")) == nullptr);
}

REGISTER_TEST(TestMainWindow);

} // namespace tst_main_window

#include "tst_main_window.moc"
