#include "bot_api.h"
#include "parts.h"
#include "programs.h"

#include "core/clock.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace benchmarks {

namespace {

using namespace std::chrono_literals;

constexpr int kRounds = 5;
constexpr auto kPatience = 30s;
constexpr auto kPassphrase = "seventeen green herons";

struct Start {
    double toWindowMs = 0;
    std::optional<double> signInMs = {};      // absent: the build cannot sign in by itself
    std::optional<double> toFirstPageMs = {}; // without the sign-in
};

/// The console in a data directory of its own.
class Installation {
public:
    Installation()
        : m_environment(serverSettings({}, m_providers.url(), 2, m_directory.path()))
    {
        tests::openToOthers(m_directory.path()); // as root PostgreSQL runs as another account
        m_environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        m_environment.insert(QStringLiteral("SPEECHCAD_TEST_SIGN_IN"),
                             QStringLiteral("maria:") + QLatin1String(kPassphrase));
    }

    void addOperator()
    {
        QFile file(m_directory.filePath(QStringLiteral("passphrase")));
        if (!file.open(QIODevice::WriteOnly) || file.write(kPassphrase) < 0)
            qFatal("no file for the passphrase");
        file.close();
        const auto run =
            tests::runProgram({.name = QStringLiteral("speechcad-server"),
                               .arguments = {QStringLiteral("operator"), QStringLiteral("add"),
                                             QStringLiteral("maria"), QStringLiteral("--roles"),
                                             QStringLiteral("admin"), QStringLiteral("--solo"),
                                             QStringLiteral("--passphrase-file"), file.fileName()},
                               .environment = m_environment});
        if (run.exitCode != 0)
            qFatal("no operator: %s", qUtf8Printable(run.errors));
    }

    Start start()
    {
        const QString log = m_directory.filePath(QStringLiteral("console.log"));
        QFile::remove(log);
        const core::SystemClock clock;
        const Timestamp began = clock.now();
        tests::Program console(
            {.name = QStringLiteral("speechcad"), .environment = m_environment, .logFile = log});
        const auto msUntil = [&](Timestamp moment) {
            return std::chrono::duration<double, std::milli>(moment - began).count();
        };
        const auto shown = momentOf(log, "the window is shown", kPatience);
        if (!shown)
            qFatal("the window does not come:\n%s", contentOf(log).constData());
        Start start{.toWindowMs = msUntil(*shown)};
        const auto page = momentOf(log, "the first page is there", 5s);
        const auto signedIn = momentOf(log, "somebody is signed in", 0s);
        if (page && signedIn) {
            start.signInMs = msUntil(*signedIn) - msUntil(*shown);
            start.toFirstPageMs = msUntil(*page) - *start.signInMs;
        }
        if (!console.stop(kPatience))
            qFatal("the console does not stop");
        return start;
    }

private:
    static QByteArray contentOf(const QString &log)
    {
        QFile file(log);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// By the time that the line says; looking for it must cost the console little.
    static std::optional<Timestamp> momentOf(const QString &log, const char *words,
                                             std::chrono::milliseconds patience)
    {
        const QRegularExpression line(
            QStringLiteral("^(\\S+) info app: %1$").arg(QLatin1String(words)),
            QRegularExpression::MultilineOption);
        QRegularExpressionMatch match;
        const auto isThere = [&] {
            match = line.match(QString::fromUtf8(contentOf(log)));
            return match.hasMatch();
        };
        if (!QTest::qWaitFor(isThere, int(patience.count())))
            return std::nullopt;
        return core::fromIso(match.captured(1)).value();
    }

    BotApi m_providers;
    QTemporaryDir m_directory;
    tests::Environment m_environment;
};

Figure figure(const QString &what, const std::vector<double> &ms, std::optional<Bound> target,
              std::optional<Bound> goal)
{
    return {.what = what,
            .measured = QStringLiteral("%1-%2 ms")
                            .arg(qRound(*std::min_element(ms.begin(), ms.end())))
                            .arg(qRound(*std::max_element(ms.begin(), ms.end()))),
            .value = median(ms),
            .unit = QStringLiteral("ms"),
            .target = target,
            .goal = goal};
}

} // namespace

Report measureStart(tests::TestCluster &)
{
    Installation installation;
    const Start first = installation.start(); // makes the cluster and the schema
    installation.addOperator();
    std::vector<double> toWindow;
    std::vector<double> signIn;
    std::vector<double> toFirstPage;
    for (int round = 0; round < kRounds; ++round) {
        const Start start = installation.start();
        toWindow.push_back(start.toWindowMs);
        if (start.toFirstPageMs) {
            signIn.push_back(*start.signInMs);
            toFirstPage.push_back(*start.toFirstPageMs);
        }
    }
    Report report;
    report.add(figure(QStringLiteral("first start of all, to the sign-in"), {first.toWindowMs},
                      std::nullopt, std::nullopt));
    report.add(figure(QStringLiteral("second start, to the sign-in that can be typed into"),
                      toWindow, atMost(750), atMost(1500)));
    if (toFirstPage.empty())
        return report;
    report.add(figure(QStringLiteral("  to the first page, without the sign-in"), toFirstPage,
                      std::nullopt, atMost(1500)));
    report.add(figure(QStringLiteral("  the sign-in, its passphrase check is slow on purpose"),
                      signIn, std::nullopt, std::nullopt));
    return report;
}

} // namespace benchmarks
