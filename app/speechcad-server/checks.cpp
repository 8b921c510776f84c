#include "verbs.h"

#include "assembly/database_access.h"
#include "assembly/system_pages.h"
#include "core/crypto.h"
#include "core/key_file.h"
#include "database/migrations.h"
#include "language/checks.h"
#include "output.h"

#include <QFileInfo>
#include <QProcess>
#include <QStorageInfo>

namespace server {

namespace {

constexpr qint64 kFreeBytesMin = 1'000'000'000;

struct Check {
    QString name;
    bool isGood = true;
    QString words;
};

Check checkPassed(const char *name, const QString &words = QStringLiteral("good"))
{
    return {QString::fromLatin1(name), true, words};
}

Check checkFailed(const char *name, const QString &words)
{
    return {QString::fromLatin1(name), false, words};
}

Check databaseCheck(const core::Settings &settings)
{
    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return checkFailed("database", access.error().detail);
    const auto connection = database::Connection::open((*access)->url(), QStringLiteral("doctor"),
                                                       database::Role::Owner);
    if (!connection)
        return checkFailed("database", connection.error().detail);
    if (const auto good = database::checkServer(**connection); !good)
        return checkFailed("database", good.error().detail);
    const auto pending = database::pendingMigrations(**connection);
    if (!pending)
        return checkFailed("database", pending.error().detail);
    if (!pending->isEmpty())
        return checkFailed("database",
                           QStringLiteral("%1 migrations are missing; run speechcad-server migrate")
                               .arg(pending->size()));
    return checkPassed("database", (*access)->isManaged()
                                       ? QStringLiteral("managed PostgreSQL, up to date")
                                       : QStringLiteral("up to date"));
}

Check keyCheck(const core::Settings &settings)
{
    if (!QFileInfo::exists(settings.sealKeyFile))
        return checkPassed("key file", QStringLiteral("will be made at the first start"));
    const auto key = core::readOrMakeKeyFile(settings.sealKeyFile);
    if (!key)
        return checkFailed("key file", key.error().detail);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if (QFileInfo(settings.sealKeyFile).permissions() & others)
        return checkFailed("key file",
                           QStringLiteral("other accounts may read it; run chmod 600 on it"));
    return checkPassed("key file");
}

Check alertCheck(const core::Settings &settings)
{
    if (settings.alertCommand.isEmpty())
        return checkPassed("alerts", QStringLiteral("nobody is told; set SPEECHCAD_ALERT_COMMAND"));
    const QString program = QProcess::splitCommand(settings.alertCommand).value(0);
    const QFileInfo file(program);
    if (!file.isFile() || !file.isExecutable())
        return checkFailed("alerts",
                           QStringLiteral("%1 of SPEECHCAD_ALERT_COMMAND is no program that this "
                                          "account may run")
                               .arg(program));
    return checkPassed("alerts");
}

Check diskCheck(const core::Settings &settings)
{
    QString folder = settings.dataDir;
    while (!QFileInfo::exists(folder) && folder.size() > 1)
        folder = QFileInfo(folder).path();
    const qint64 free = QStorageInfo(folder).bytesAvailable();
    if (free < 0) // as where the mount is hidden from a container
        return checkPassed("disk", QStringLiteral("how much is free cannot be told here"));
    const QString words = QStringLiteral("%1 MB free for the data").arg(free / 1'000'000);
    return free < kFreeBytesMin ? checkFailed("disk", words) : checkPassed("disk", words);
}

Check translationsCheckOf()
{
    const auto report = language::checkEmbeddedTranslations();
    if (!report)
        return checkFailed("translations", report.error().detail);
    return report->hasErrors()
               ? checkFailed(
                     "translations",
                     QStringLiteral("broken texts; run speechcad-server translations check"))
               : checkPassed("translations");
}

} // namespace

int status(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return cannotRun(arguments.isJson, access.error());
    const auto connection = database::Connection::open((*access)->url(), QStringLiteral("status"));
    if (!connection)
        return cannotRun(arguments.isJson, connection.error());
    const auto status = assembly::readSystemStatus(**connection, clock.now());
    const auto servers =
        (*connection)
            ->run(QStringLiteral("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = "
                                 "current_database() AND application_name = 'speechcad inbox'"));
    if (!status || !servers)
        return cannotRun(arguments.isJson, status ? servers.error() : status.error());
    const qint64 running = servers->first().integer("n");
    const bool isGood = status->isConserved() && status->inboxDead == 0;
    if (arguments.isJson) {
        printJson({{"servers", running},
                   {"inbox",
                    {{"received", status->inboxReceived},
                     {"done", status->inboxDone},
                     {"waiting", status->inboxWaiting},
                     {"retrying", status->inboxRetrying},
                     {"dead", status->inboxDead}}},
                   {"outbox_waiting", status->outboxWaiting},
                   {"ledger_sum", status->ledgerSum.toString()},
                   {"conserved", status->isConserved()}});
    } else {
        printLine(QStringLiteral("servers       %1").arg(running));
        printLine(QStringLiteral(
                      "inbox         %1 received = %2 done + %3 waiting + %4 retrying + %5 dead")
                      .arg(status->inboxReceived)
                      .arg(status->inboxDone)
                      .arg(status->inboxWaiting)
                      .arg(status->inboxRetrying)
                      .arg(status->inboxDead));
        printLine(QStringLiteral("outbox        %1 waiting").arg(status->outboxWaiting));
        printLine(QStringLiteral("ledger sum    %1 USD").arg(status->ledgerSum.toString()));
        printLine(status->isConserved() ? QStringLiteral("books         balanced")
                                        : QStringLiteral("books         MISMATCH"));
    }
    return isGood ? Good : FoundProblem;
}

int migrate(const Arguments &arguments, const core::Settings &settings)
{
    const auto key = core::readOrMakeKeyFile(settings.sealKeyFile);
    if (!key)
        return cannotRun(arguments.isJson, key.error());
    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return cannotRun(arguments.isJson, access.error());
    const auto applied = (*access)->prepare(*key);
    if (!applied)
        return cannotRun(arguments.isJson, applied.error());
    if (arguments.isJson) {
        Json names = Json::array();
        for (const QString &name : *applied)
            names.push_back(name);
        printJson({{"applied", names}});
    } else {
        printLine(applied->isEmpty()
                      ? QStringLiteral("the database is up to date")
                      : QStringLiteral("applied: ") + applied->join(QStringLiteral(", ")));
    }
    return Good;
}

int translationsCheck(const Arguments &arguments)
{
    const auto report = language::checkEmbeddedTranslations();
    if (!report)
        return cannotRun(arguments.isJson, report.error());
    Json findings = Json::array();
    for (const language::Finding &finding : report->findings) {
        const QString severity = finding.severity == language::Severity::Error
                                     ? QStringLiteral("error")
                                     : QStringLiteral("warning");
        findings.push_back({{"check", finding.check},
                            {"severity", severity},
                            {"language", finding.language},
                            {"key", finding.key},
                            {"words", finding.words}});
        if (!arguments.isJson)
            printLine(
                QStringLiteral("%1 %2 %3 %4: %5")
                    .arg(finding.check, severity, finding.language, finding.key, finding.words));
    }
    Json coverage = Json::object();
    for (const language::Coverage &language : report->coverage) {
        coverage[language.language.toStdString()] = {
            {"finished_and_clean", language.finishedAndClean}, {"total", language.total}};
        if (!arguments.isJson)
            printLine(QStringLiteral("%1: %2 of %3 finished and clean")
                          .arg(language.language)
                          .arg(language.finishedAndClean)
                          .arg(language.total));
    }
    if (arguments.isJson)
        printJson({{"findings", findings}, {"coverage", coverage}});
    return report->hasErrors() ? FoundProblem : Good;
}

int doctor(const Arguments &arguments, const core::Settings &settings, const QStringList &problems)
{
    QList<Check> checks;
    for (const QString &problem : problems)
        checks << checkFailed("settings", problem);
    if (problems.isEmpty())
        checks << checkPassed("settings");
    checks << databaseCheck(settings) << keyCheck(settings) << alertCheck(settings)
           << diskCheck(settings) << translationsCheckOf();
    bool isGood = true;
    Json list = Json::array();
    for (const Check &check : std::as_const(checks)) {
        isGood = isGood && check.isGood;
        list.push_back({{"check", check.name}, {"good", check.isGood}, {"words", check.words}});
        if (!arguments.isJson)
            printLine(QStringLiteral("%1  %2: %3")
                          .arg(check.isGood ? QStringLiteral("good   ") : QStringLiteral("PROBLEM"),
                               check.name, check.words));
    }
    if (arguments.isJson)
        printJson({{"good", isGood}, {"checks", list}});
    return isGood ? Good : FoundProblem;
}

} // namespace server
