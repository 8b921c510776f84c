#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/shell/away_signals.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

namespace tst_away_signals {

/// The desktop's own signals, over a real bus that belongs to the test.
class TestAwaySignals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatSaysThatNobodyLooks_data();
    void whatSaysThatNobodyLooks();
    void theConsoleLocks();
    void withoutABusNothingHappens();
    void cleanupTestCase();

private:
    void tell(const char *path, const char *interface, const char *name,
              const QVariantList &values);
    [[nodiscard]] QDBusConnection connectionOf(const char *name)
    {
        return QDBusConnection::connectToBus(m_address, QLatin1String(name));
    }

    QProcess m_daemon;
    QString m_address;
};

void TestAwaySignals::initTestCase()
{
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--session"), QStringLiteral("--print-address=1"),
                    QStringLiteral("--nofork"), QStringLiteral("--nopidfile")});
    QVERIFY(m_daemon.waitForStarted());
    while (!m_daemon.canReadLine())
        QVERIFY(m_daemon.waitForReadyRead(10'000));
    m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    QVERIFY(connectionOf("desktop").isConnected());
}

void TestAwaySignals::tell(const char *path, const char *interface, const char *name,
                           const QVariantList &values)
{
    QDBusMessage message = QDBusMessage::createSignal(QLatin1String(path), QLatin1String(interface),
                                                      QLatin1String(name));
    message.setArguments(values);
    QVERIFY(connectionOf("desktop").send(message));
}

void TestAwaySignals::whatSaysThatNobodyLooks_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("interface");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QVariantList>("values");
    QTest::addColumn<int>("times");
    const auto row = [](const char *what, const char *path, const char *interface, const char *name,
                        const QVariantList &values, int times) {
        QTest::newRow(what) << QByteArray(path) << QByteArray(interface) << QByteArray(name)
                            << values << times;
    };
    const char *login = "/org/freedesktop/login1";
    const char *manager = "org.freedesktop.login1.Manager";
    row("goes to sleep", login, manager, "PrepareForSleep", {true}, 1);
    row("wakes up", login, manager, "PrepareForSleep", {false}, 0);
    row("desktop is locked", "/org/freedesktop/login1/session/_32",
        "org.freedesktop.login1.Session", "Lock", {}, 1);
    row("screen saver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver",
        "ActiveChanged", {true}, 1);
    row("screen saver ends", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver",
        "ActiveChanged", {false}, 0);
    row("GNOME's", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", {true}, 1);
    row("something else", login, manager, "SessionNew", {true}, 0);
}

void TestAwaySignals::whatSaysThatNobodyLooks()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, interface);
    QFETCH(QByteArray, name);
    QFETCH(QVariantList, values);
    QFETCH(int, times);
    ui::AwaySignals signs(connectionOf("system"), connectionOf("session"));
    QSignalSpy away(&signs, &ui::AwaySignals::away);
    tell(path.constData(), interface.constData(), name.constData(), values);
    // What is told after it comes after it.
    tell("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", {true});
    QTRY_COMPARE(away.count(), times + 1);
}

void TestAwaySignals::theConsoleLocks()
{
    ui::Themes themes(*qApp);
    tests::FakeConsole console;
    console.fillWithSamples();
    ui::MainWindow window(console.backend(), themes,
                          {.zone = QTimeZone::utc(), .settingsPath = {}});
    window.show();
    QTRY_VERIFY(!window.isLocked());
    ui::AwaySignals signs(connectionOf("system"), connectionOf("session"));
    connect(&signs, &ui::AwaySignals::away, &window, &ui::MainWindow::lock);
    tell("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", {true});
    QTRY_VERIFY(window.isLocked());
}

void TestAwaySignals::withoutABusNothingHappens()
{
    ui::AwaySignals signs{QDBusConnection(QString()), QDBusConnection(QString())};
    QSignalSpy away(&signs, &ui::AwaySignals::away);
    tell("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", {true});
    QCOMPARE(away.count(), 0);
}

void TestAwaySignals::cleanupTestCase()
{
    for (const char *name : {"desktop", "system", "session"})
        QDBusConnection::disconnectFromBus(QLatin1String(name));
    m_daemon.terminate();
    QVERIFY(m_daemon.waitForFinished());
}

REGISTER_TEST(TestAwaySignals);

} // namespace tst_away_signals

#include "tst_away_signals.moc"
