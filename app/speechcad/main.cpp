#include "assembly/stop_signals.h"
#include "console.h"
#include "core/log.h"
#include "core/test_clock.h"
#include "demo.h"
#include "demo_people.h"
#include "demo_scene.h"
#include "start_report.h"
#include "ui/shell/away_signals.h"
#include "ui/shell/main_window.h"
#include "ui/shell/screenshots.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>

namespace {

constexpr int kCannotRun = 3;

struct Options {
    bool isDemo = false;
    bool isConsoleOnly = false;
    bool isHeadless = false;
    QString dataDir;
    QString screenshotDir;
};

Options readOptions(const QApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The Speechcad console, with its backend."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption demo(
        QStringLiteral("demo"),
        QStringLiteral("Simulated providers and sample customers, in a world of its own."));
    const QCommandLineOption consoleOnly(
        QStringLiteral("console-only"),
        QStringLiteral("No backend here: look at the one elsewhere."));
    const QCommandLineOption headless(QStringLiteral("headless"),
                                      QStringLiteral("Run without a window until interrupted."));
    const QCommandLineOption dataDir(
        QStringLiteral("data-dir"),
        QStringLiteral("Where the demo keeps its data; default: a temporary folder."),
        QStringLiteral("DIR"));
    const QCommandLineOption screenshot(QStringLiteral("screenshot"),
                                        QStringLiteral("Write a picture of every page and end."),
                                        QStringLiteral("DIR"));
    parser.addOptions({demo, consoleOnly, headless, dataDir, screenshot});
    parser.process(application);
    return {.isDemo = parser.isSet(demo),
            .isConsoleOnly = parser.isSet(consoleOnly),
            .isHeadless = parser.isSet(headless),
            .dataDir = parser.value(dataDir),
            .screenshotDir = parser.value(screenshot)};
}

int refuse(const QStringList &problems)
{
    for (const QString &problem : problems)
        std::fprintf(stderr, "speechcad: %s\n", qUtf8Printable(problem));
    return kCannotRun;
}

console::RunMode modeOf(const Options &options)
{
    if (options.isDemo)
        return console::RunMode::Demo;
    return options.isConsoleOnly ? console::RunMode::ConsoleOnly : console::RunMode::ServerHere;
}

int takePictures(const console::Console &console, ui::Themes &themes, const Options &options,
                 console::DemoPeople *people)
{
    if (people == nullptr)
        return refuse({QStringLiteral("pictures are taken of a demo: add --demo")});
    console::waitForScene(console.backend());
    if (!people->signIn())
        return refuse({QStringLiteral("the demo's operator could not sign in")});
    bool isWritten = false;
    ui::Screenshots pictures(console.backend(), themes, options.screenshotDir);
    QObject::connect(&pictures, &ui::Screenshots::finished, &pictures, [&](bool isGood) {
        isWritten = isGood;
        QApplication::quit();
    });
    pictures.start();
    QApplication::exec();
    std::printf("%s %s\n",
                isWritten ? "pictures of every page are in"
                          : "not every picture could be written to",
                qUtf8Printable(options.screenshotDir));
    return isWritten ? 0 : 1;
}

int runHeadless(const console::Console &console)
{
    std::printf(
        "speechcad runs without a window; webhooks arrive on port %d. Press Ctrl+C to stop.\n"
        "To look at it: --screenshot DIR writes a picture of every page.\n",
        int(console.port()));
    std::fflush(stdout);
    return QApplication::exec();
}

int show(const console::Console &console, ui::Themes &themes, const core::Settings &settings)
{
    ui::MainWindow window(console.backend(), themes,
                          {.settingsPath = settings.dataDir + QStringLiteral("/console.ini")});
    console::StartReport report(window);
    const auto away = ui::AwaySignals::ofThisDesktop();
    QObject::connect(away.get(), &ui::AwaySignals::away, &window, &ui::MainWindow::lock);
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("speechcad"));
    QApplication::setApplicationVersion(QStringLiteral(SPEECHCAD_VERSION));
    core::installLog(core::LogFormat::Text);
    const Options options = readOptions(application);

    std::unique_ptr<console::Demo> demo;
    core::Settings settings;
    if (options.isDemo) {
        auto started = console::Demo::start(options.dataDir);
        if (!started)
            return refuse({started.error().detail});
        demo = std::move(*started);
        settings = demo->settings();
    } else {
        auto read = core::readSettings(core::SettingsSource::ofProcess(),
                                       options.isConsoleOnly ? core::SettingsUse::DatabaseOnly
                                                             : core::SettingsUse::Server);
        if (!read)
            return refuse(read.error());
        settings = *read;
    }
    const auto clock = core::processClock();
    if (!clock)
        return refuse({clock.error().detail});
    const auto console = console::Console::start(settings, modeOf(options), **clock);
    if (!console)
        return refuse({console.error().detail});

    std::unique_ptr<console::DemoPeople> people;
    if (options.isDemo) {
        people = std::make_unique<console::DemoPeople>(**console);
        if (const auto started = people->start(); !started)
            return refuse({started.error().detail});
    }
    const assembly::StopSignals signalsEndTheLoop;
    ui::Themes themes(application);
    if (!options.screenshotDir.isEmpty())
        return takePictures(**console, themes, options, people.get());
    if (options.isHeadless)
        return runHeadless(**console);
    return show(**console, themes, settings);
}
