#include "console_reader.h"
#include "operator_session.h"
#include "verbs.h"

#include <QRegularExpression>

namespace server {

namespace {

/// "97.5" of thousandths, as people say shares.
QString percentOf(qint64 thousandths)
{
    return QStringLiteral("%1.%2").arg(thousandths / 10).arg(thousandths % 10);
}

std::optional<qint64> thousandthsIn(const QString &percent)
{
    static const QRegularExpression shape(QStringLiteral("^([0-9]{1,3})(?:[.]([0-9]))?$"));
    const auto match = shape.match(percent);
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).toLongLong() * 10 + match.captured(2).toLongLong();
}

std::optional<qint64> microsIn(const QString &usd)
{
    const auto amount = Money::parse(usd);
    return amount ? std::optional(amount->micros()) : std::nullopt;
}

Json minimumsOf(const database::Row &row)
{
    const auto stored = core::parseJson(row.text("minimums").toUtf8());
    Json minimums = Json::object();
    if (!stored || !stored->is_object())
        return minimums;
    for (const auto &[coin, value] : stored->items())
        minimums[coin] =
            Money::fromMicros(core::integerMember(*stored, coin.c_str()).value_or(0)).toString();
    return minimums;
}

Json depositRuleJson(const database::Row &row)
{
    return {{"version", row.integer("version")},
            {"from", row.text("from")},
            {"by", row.text("by")},
            {"reason", row.text("reason")},
            {"tolerate_from", percentOf(row.integer("tolerate_from"))},
            {"tolerate_to", percentOf(row.integer("tolerate_to"))},
            {"excess_up_to", row.money("excess_up_to").toString()},
            {"confirmed_up_to", row.money("confirmed_up_to").toString()},
            {"minimums", minimumsOf(row)},
            {"strict", row.boolean("is_strict")}};
}

QString depositRuleLine(const database::Row &row)
{
    QStringList minimums;
    const Json named = minimumsOf(row);
    for (const auto &[coin, value] : named.items())
        minimums << QStringLiteral("%1=%2").arg(QString::fromStdString(coin), value.get<QString>());
    return QStringLiteral("version %1 from %2 by %3: %4\n  tolerate-from %5 %, ")
               .arg(row.integer("version"))
               .arg(row.text("from"), row.text("by"), row.text("reason"),
                    percentOf(row.integer("tolerate_from"))) +
           QStringLiteral("tolerate-to %1 %, excess-up-to %2, confirmed-up-to %3, strict %4\n  "
                          "minimum %5")
               .arg(percentOf(row.integer("tolerate_to")), row.money("excess_up_to").toString(),
                    row.money("confirmed_up_to").toString(),
                    row.boolean("is_strict") ? QStringLiteral("on") : QStringLiteral("off"),
                    minimums.join(u','));
}

/// Empty: `payload` has it. Else what is wrong with it.
QString readMinimums(const QString &typed, Json &payload)
{
    Json minimums = Json::object();
    for (const QString &one : typed.split(u',')) {
        const auto amount = microsIn(one.section(u'=', 1));
        if (!one.contains(u'=') || !amount)
            return QStringLiteral("--minimum is COIN=USD, such as LTC=15.00,BTC=20.00");
        minimums[one.section(u'=', 0, 0).trimmed().toStdString()] = *amount;
    }
    payload["minimums"] = std::move(minimums);
    return {};
}

QString readRules(const Arguments &arguments, Json &payload)
{
    for (const auto &[option, member] :
         {std::pair("tolerate-from", "tolerate_from"), std::pair("tolerate-to", "tolerate_to")}) {
        if (!arguments.has(option))
            continue;
        const auto share = thousandthsIn(arguments.option(option));
        if (!share)
            return QStringLiteral("--%1 is percent, such as 97.5").arg(QLatin1String(option));
        payload[member] = *share;
    }
    for (const auto &[option, member] : {std::pair("excess-up-to", "excess_up_to"),
                                         std::pair("confirmed-up-to", "confirmed_up_to")}) {
        if (!arguments.has(option))
            continue;
        const auto cap = microsIn(arguments.option(option));
        if (!cap)
            return QStringLiteral("--%1 is USD such as 5.00").arg(QLatin1String(option));
        payload[member] = *cap;
    }
    const QString strict = arguments.option("strict");
    if (!strict.isEmpty() && strict != QLatin1String("on") && strict != QLatin1String("off"))
        return QStringLiteral("--strict is on or off");
    if (!strict.isEmpty())
        payload["is_strict"] = strict == QLatin1String("on");
    return arguments.has("minimum") ? readMinimums(arguments.option("minimum"), payload)
                                    : QString();
}

} // namespace

int depositRules(const Arguments &arguments, const core::Settings &settings)
{
    ConsoleReader reader(settings);
    const auto rows = reader.run(QStringLiteral(
        "SELECT r.version, r.tolerate_from, r.tolerate_to, r.excess_up_to, r.confirmed_up_to, "
        "r.minimums::text AS minimums, r.is_strict, r.reason, r.in_force_from::text AS from, "
        "coalesce(o.name, 'as shipped') AS by FROM console.deposit_rules r LEFT JOIN "
        "console.operators o ON o.id = r.changed_by ORDER BY r.version"));
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(arguments, "versions", *rows, depositRuleJson, depositRuleLine);
}

int depositSetRules(const Arguments &arguments, const core::Settings &settings)
{
    Json payload = Json::object();
    if (const QString wrong = readRules(arguments, payload); !wrong.isEmpty())
        return misused(wrong);
    if (payload.empty() || arguments.option("reason").trimmed().isEmpty())
        return misused(QStringLiteral("name at least one rule, and --reason says why"));
    return runCommand(arguments, settings, "policy.deposit_rules", payload, [](const Json &answer) {
        return QStringLiteral("rules of version %1 are in force")
            .arg(core::integerMember(answer, "version").value_or(0));
    });
}

} // namespace server
