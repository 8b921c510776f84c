#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/shell/screenshots.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_screenshots {

namespace {

bool isWritten(tests::FakeConsole &console, ui::Themes &themes, const QString &directory)
{
    const api::Backend backend = console.backend();
    ui::Screenshots pictures(backend, themes, directory);
    QSignalSpy finished(&pictures, &ui::Screenshots::finished);
    pictures.start();
    return QTest::qWaitFor([&] { return !finished.isEmpty(); }, 400'000) && finished[0][0].toBool();
}

} // namespace

class TestScreenshots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPageIsWrittenInBothThemes();
    void aDirectoryThatCannotBeMadeIsAFailure();
};

void TestScreenshots::everyPageIsWrittenInBothThemes()
{
    tests::FakeConsole console;
    console.fillWithSamples();
    ui::Themes themes(*qApp);
    // SPEECHCAD_SCREENSHOT_DIR keeps the pictures, to look at them.
    QTemporaryDir temporary;
    const QString kept = qEnvironmentVariable("SPEECHCAD_SCREENSHOT_DIR");
    const QString directory = kept.isEmpty() ? temporary.path() : kept;
    QVERIFY(isWritten(console, themes, directory));
    for (const char *page : {"deposits",
                             "deposits-drawer",
                             "deposits-review",
                             "ledger",
                             "ledger-drawer",
                             "ledger-explain",
                             "ledger-past",
                             "overview",
                             "people",
                             "people-drawer",
                             "people-factor",
                             "people-add",
                             "refunds",
                             "refunds-drawer",
                             "refunds-payout",
                             "refunds-adjust",
                             "refunds-approve",
                             "refunds-sent",
                             "refunds-bulk",
                             "refunds-bulk_calls",
                             "refunds-bulk_new",
                             "refunds-bulk_preview",
                             "refunds-bulk_approve",
                             "refunds-rules",
                             "refunds-change_rules",
                             "audit",
                             "audit-drawer",
                             "audit-verified",
                             "live_calls",
                             "live_calls-drawer",
                             "live_calls-end",
                             "live_calls-history",
                             "customers",
                             "customers-timeline",
                             "customers-money",
                             "customers-calls",
                             "customers-messages",
                             "customers-refund",
                             "translations"}) {
        const QImage light(QStringLiteral("%1/%2-light.png").arg(directory, QLatin1String(page)));
        const QImage dark(QStringLiteral("%1/%2-dark.png").arg(directory, QLatin1String(page)));
        QCOMPARE(light.size(), QSize(1440, 900));
        QCOMPARE(dark.size(), QSize(1440, 900));
        // The middle of the top bar is bare surface.
        QCOMPARE(light.pixelColor(720, 24), QColor(QStringLiteral("#FFFFFF")));
        QCOMPARE(dark.pixelColor(720, 24), QColor(QStringLiteral("#16191E")));
    }
}

void TestScreenshots::aDirectoryThatCannotBeMadeIsAFailure()
{
    tests::FakeConsole console;
    ui::Themes themes(*qApp);
    QTemporaryDir temporary;
    QFile file(temporary.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!isWritten(console, themes, file.fileName()));
}

REGISTER_TEST(TestScreenshots);

} // namespace tst_screenshots

#include "tst_screenshots.moc"
