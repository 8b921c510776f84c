#include "console_reader.h"
#include "operator_session.h"
#include "verbs.h"

namespace server {

namespace {

std::optional<qint64> priceIn(const QString &usd)
{
    const auto amount = Money::parse(usd);
    return amount ? std::optional(amount->micros()) : std::nullopt;
}

QString versionWords(const Json &answer)
{
    return QStringLiteral("version %1 is recorded")
        .arg(core::integerMember(answer, "version").value_or(0));
}

Json rateJson(const database::Row &row)
{
    return {{"version", row.integer("version")},
            {"prefix", row.text("prefix")},
            {"per_minute", row.money("per_minute").toString()},
            {"recording", row.money("recording_fee").toString()},
            {"from", row.text("from")},
            {"by", row.text("by")},
            {"reason", row.text("note")}};
}

QString rateLine(const database::Row &row)
{
    return QStringLiteral("%1 %2 USD a minute, version %3 from %4 by %5")
        .arg(row.text("prefix"), -10)
        .arg(row.money("per_minute").toString())
        .arg(row.integer("version"))
        .arg(row.text("from"), row.text("by"));
}

} // namespace

int planSetPrice(const Arguments &arguments, const core::Settings &settings)
{
    bool isNumber = false;
    const int days = arguments.operands[1].toInt(&isNumber);
    bool areMinutes = false;
    const qint64 minutes = arguments.option("minutes").toLongLong(&areMinutes);
    const auto price = priceIn(arguments.operands[2]);
    if (!isNumber || !price || !areMinutes)
        return misused(QStringLiteral("it is plan set-price PLAN DAYS USD --minutes N"));
    if (arguments.option("reason").trimmed().isEmpty())
        return misused(QStringLiteral("--reason says why"));
    return runCommand(arguments, settings, "policy.plan_price",
                      {{"plan", arguments.operands[0].toStdString()},
                       {"days", days},
                       {"price", *price},
                       {"minutes", minutes},
                       {"from", arguments.option("from").toStdString()}},
                      versionWords);
}

int ratesList(const Arguments &arguments, const core::Settings &settings)
{
    ConsoleReader reader(settings);
    const auto rows = reader.run(QStringLiteral(
        "SELECT r.version, r.prefix, r.per_minute, r.recording_fee, r.starts_at::text AS from, "
        "r.note, coalesce(o.name, 'as shipped') AS by FROM console.rates r LEFT JOIN "
        "console.operators o ON o.id = r.changed_by WHERE r.version >= (SELECT n.version FROM "
        "console.rates n WHERE n.starts_at <= now() ORDER BY n.version DESC LIMIT 1) ORDER BY "
        "r.version, r.prefix"));
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(arguments, "rates", *rows, rateJson, rateLine);
}

int ratesSet(const Arguments &arguments, const core::Settings &settings)
{
    Json rates = Json::object();
    for (const QString &one : arguments.operands.first().split(u',')) {
        const auto rate = priceIn(one.section(u'=', 1));
        if (!one.contains(u'=') || !rate)
            return misused(
                QStringLiteral("rates are PREFIX=USD a minute, such as +44=0.50,+=0.70"));
        rates[one.section(u'=', 0, 0).trimmed().toStdString()] = *rate;
    }
    if (arguments.option("reason").trimmed().isEmpty())
        return misused(QStringLiteral("--reason says why"));
    Json payload = {{"rates", std::move(rates)}, {"from", arguments.option("from").toStdString()}};
    if (arguments.has("recording")) {
        const auto fee = priceIn(arguments.option("recording"));
        if (!fee)
            return misused(QStringLiteral("--recording is USD a call, such as 0.02"));
        payload["recording_fee"] = *fee;
    }
    return runCommand(arguments, settings, "policy.rates", payload, versionWords);
}

} // namespace server
