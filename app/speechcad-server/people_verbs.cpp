#include "operator_session.h"
#include "operators/operator_store.h"
#include "output.h"
#include "verbs.h"

namespace server {

namespace {

const QString kOpenSessions = QStringLiteral(
    "SELECT s.id, o.name, o.roles::text AS roles, s.origin, s.started_at::timestamptz(0)::text AS "
    "started_at, s.seen_at::timestamptz(0)::text AS seen_at, s.ends_at::timestamptz(0)::text AS "
    "ends_at FROM operator_sessions s JOIN operators o ON o.id = s.operator_id WHERE s.ended_at IS "
    "NULL AND o.is_active AND clock_timestamp() < s.ends_at AND clock_timestamp() < s.active_at + "
    "make_interval(secs => s.idle_s) ORDER BY s.id");

int runReveal(const Arguments &arguments, const core::Settings &settings, const char *kind,
              Json payload, const Told &told)
{
    const bool needsReason = QLatin1String(kind).startsWith(QLatin1String("reveal."));
    if (needsReason && arguments.option("reason").trimmed().isEmpty()) {
        printError(QStringLiteral("say why, with --reason: the audit keeps it"));
        return BadUsage;
    }
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    payload["v"] = 1;
    payload["reason"] = arguments.option("reason");
    return report(arguments, (*session)->reveal(kind, payload), [&](const Json &answer) {
        return told(answer.value("revealed", Json::object()));
    });
}

/// "12"; absent with a line on standard error.
std::optional<qint64> numberOf(const Arguments &arguments, const char *what)
{
    bool isNumber = false;
    const qint64 number = arguments.operands.first().toLongLong(&isNumber);
    if (isNumber)
        return number;
    printError(QStringLiteral("a %1 is named by its number").arg(QLatin1String(what)));
    return std::nullopt;
}

QString listOf(const Json &texts)
{
    QStringList lines;
    for (const Json &text : texts)
        lines << (text.is_string() ? text.get<QString>() : QString::fromUtf8(core::toBytes(text)));
    return lines.join(u'\n');
}

QString numbersIn(const Json &revealed)
{
    return listOf(revealed.value("numbers", Json::array()));
}

} // namespace

int operatorSessions(const Arguments &arguments, const core::Settings &settings)
{
    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return cannotRun(arguments.isJson, access.error());
    const auto connection =
        database::Connection::open((*access)->url(), QStringLiteral("sessions"));
    if (!connection)
        return cannotRun(arguments.isJson, connection.error());
    const auto rows = (*connection)->run(kOpenSessions);
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    Json list = Json::array();
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        list.push_back({{"session", row.integer("id")},
                        {"operator", row.text("name")},
                        {"origin", row.text("origin")},
                        {"started_at", row.text("started_at")},
                        {"seen_at", row.text("seen_at")},
                        {"ends_at", row.text("ends_at")}});
        if (!arguments.isJson)
            printLine(QStringLiteral("%1  %2 from %3, since %4, seen %5, until %6")
                          .arg(row.integer("id"), 6)
                          .arg(row.text("name"), -16)
                          .arg(row.text("origin"), row.text("started_at"), row.text("seen_at"),
                               row.text("ends_at")));
    }
    if (arguments.isJson)
        printJson({{"sessions", list}});
    else
        printLine(QStringLiteral("%1 sessions are open").arg(rows->size()));
    return Good;
}

int operatorEndSession(const Arguments &arguments, const core::Settings &settings)
{
    const auto session = numberOf(arguments, "session");
    if (!session)
        return BadUsage;
    return runCommand(
        arguments, settings, "session.end", {{"session", *session}},
        [&](const Json &) { return QStringLiteral("session %1 has ended").arg(*session); });
}

int operatorRoles(const Arguments &arguments, const core::Settings &settings)
{
    const auto roles =
        operators::rolesFrom(arguments.option("roles").split(u',', Qt::SkipEmptyParts));
    if (!roles) {
        printError(roles.error().detail);
        return BadUsage;
    }
    const QStringList names = operators::namesOf(*roles);
    Json list = Json::array();
    for (const QString &role : names)
        list.push_back(role);
    const QString &name = arguments.operands.first();
    return runCommand(
        arguments, settings, "operator.roles", {{"operator", name}, {"roles", std::move(list)}},
        [&](const Json &) {
            return QStringLiteral("%1 is %2 now").arg(name, names.join(QStringLiteral(", ")));
        });
}

int operatorDeactivate(const Arguments &arguments, const core::Settings &settings)
{
    const QString &name = arguments.operands.first();
    return runCommand(
        arguments, settings, "operator.deactivate", {{"operator", name}}, [&](const Json &) {
            return QStringLiteral("%1 cannot sign in any more; every session has ended").arg(name);
        });
}

int operatorActivate(const Arguments &arguments, const core::Settings &settings)
{
    const QString &name = arguments.operands.first();
    return runCommand(
        arguments, settings, "operator.activate", {{"operator", name}},
        [&](const Json &) { return QStringLiteral("%1 may sign in again").arg(name); });
}

int secondFactorClear(const Arguments &arguments, const core::Settings &settings)
{
    const QString &name = arguments.operands.first();
    return runCommand(
        arguments, settings, "second_factor.clear", {{"operator", name}},
        [&](const Json &) { return QStringLiteral("%1 signs in without a code").arg(name); });
}

int secondFactorBegin(const Arguments &arguments, const core::Settings &settings)
{
    return runReveal(
        arguments, settings, "second_factor.begin", Json::object(), [](const Json &shown) {
            return QStringLiteral("%1\nsecret: %2\nadd it to an app, then run speechcad-server "
                                  "second-factor confirm with the code that it shows")
                .arg(core::textMember(shown, "uri").value_or(QString()),
                     core::textMember(shown, "secret").value_or(QString()));
        });
}

int secondFactorConfirm(const Arguments &arguments, const core::Settings &settings)
{
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    auto code = readCode(arguments);
    if (!code) {
        printError(code.error().detail);
        return BadUsage;
    }
    auto future =
        (*session)->client().confirmSecondFactor(*std::move(code), OperatorSession::freshKey());
    future.waitForFinished();
    return report(arguments, future.result(), [](const Json &answer) {
        return QStringLiteral("from now on a code is asked for. Each of these works once instead; "
                              "they are not shown again:\n%1")
            .arg(listOf(answer["revealed"]["codes"]));
    });
}

int revealNumber(const Arguments &arguments, const core::Settings &settings)
{
    const auto call = numberOf(arguments, "call");
    return call ? runReveal(arguments, settings, "reveal.number", {{"call", *call}}, numbersIn)
                : int(BadUsage);
}

int revealCustomer(const Arguments &arguments, const core::Settings &settings)
{
    const auto customer = numberOf(arguments, "customer");
    return customer ? runReveal(arguments, settings, "reveal.number", {{"customer", *customer}},
                                numbersIn)
                    : int(BadUsage);
}

int revealTranscript(const Arguments &arguments, const core::Settings &settings)
{
    const auto call = numberOf(arguments, "call");
    if (!call)
        return BadUsage;
    return runReveal(arguments, settings, "reveal.transcript", {{"call", *call}},
                     [](const Json &shown) {
                         QStringList lines;
                         for (const Json &line : shown.value("lines", Json::array()))
                             lines << QStringLiteral("%1: %2").arg(
                                 core::textMember(line, "role").value_or(QString()),
                                 core::textMember(line, "content").value_or(QString()));
                         return lines.join(u'\n');
                     });
}

int secondFactorNeeded(const Arguments &arguments, const core::Settings &settings)
{
    const QString &word = arguments.operands.first();
    if (word != QLatin1String("yes") && word != QLatin1String("no")) {
        printError(QStringLiteral("say yes or no"));
        return BadUsage;
    }
    return runCommand(arguments, settings, "policy.second_factor",
                      {{"needed", word == QLatin1String("yes")}}, [&](const Json &) {
                          return word == QLatin1String("yes")
                                     ? QStringLiteral("deciding about money needs a second factor")
                                     : QStringLiteral(
                                           "deciding about money needs a code only of who "
                                           "has a second factor");
                      });
}

int revealDestination(const Arguments &arguments, const core::Settings &settings)
{
    const auto payout = numberOf(arguments, "payout");
    if (!payout)
        return BadUsage;
    return runReveal(arguments, settings, "reveal.destination", {{"payout", *payout}},
                     [](const Json &shown) {
                         return core::textMember(shown, "destination").value_or(QString());
                     });
}

} // namespace server
