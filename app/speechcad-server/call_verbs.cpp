#include "operator_session.h"
#include "output.h"
#include "verbs.h"

namespace server {

namespace {

const QString kUnfinished = QStringLiteral(
    "SELECT id, state, customer_id, to_number, region, asked_at::text AS asked_at, hold FROM "
    "console.calls WHERE state IN ('asked', 'queued', 'dialling', 'unknown', 'talking', 'ending') "
    "ORDER BY id LIMIT 1000");

} // namespace

int callsList(const Arguments &arguments, const core::Settings &settings)
{
    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return cannotRun(arguments.isJson, access.error());
    const auto connection = database::Connection::open((*access)->url(), QStringLiteral("calls"),
                                                       database::Role::Console);
    if (!connection)
        return cannotRun(arguments.isJson, connection.error());
    const auto rows = (*connection)->run(kUnfinished);
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    Json list = Json::array();
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        list.push_back({{"call", row.integer("id")},
                        {"state", row.text("state")},
                        {"customer", row.integer("customer_id")},
                        {"to", row.text("to_number")},
                        {"region", row.text("region")},
                        {"asked_at", row.text("asked_at")},
                        {"hold", row.money("hold").toString()}});
        if (!arguments.isJson)
            printLine(
                QStringLiteral("%1  %2  customer %3  %4 %5  hold %6 USD")
                    .arg(row.integer("id"), 8)
                    .arg(row.text("state"), -10)
                    .arg(row.integer("customer_id"))
                    .arg(row.text("to_number"), row.text("region"), row.money("hold").toString()));
    }
    if (arguments.isJson)
        printJson({{"calls", list}});
    else
        printLine(QStringLiteral("%1 calls are not over").arg(rows->size()));
    return Good;
}

int callsStop(const Arguments &arguments, const core::Settings &settings)
{
    bool isNumber = false;
    const qint64 call = arguments.operands.first().toLongLong(&isNumber);
    if (!isNumber) {
        printError(QStringLiteral("a call is named by its number"));
        return BadUsage;
    }
    return runCommand(arguments, settings, "call.stop", {{"call", call}}, [&](const Json &) {
        return QStringLiteral("call %1 is being ended").arg(call);
    });
}

int callsStopAll(const Arguments &arguments, const core::Settings &settings)
{
    return runCommand(
        arguments, settings, "calls.stop_all", Json::object(), [](const Json &answer) {
            return QStringLiteral("nothing is dialled any more; %1 calls are being ended")
                .arg(core::integerMember(answer, "calls").value_or(0));
        });
}

int callsResume(const Arguments &arguments, const core::Settings &settings)
{
    return runCommand(arguments, settings, "calls.resume", Json::object(),
                      [](const Json &) { return QStringLiteral("calls are dialled again"); });
}

} // namespace server
