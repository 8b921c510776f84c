#include "assembly/database_access.h"
#include "output.h"
#include "verbs.h"

namespace server {

namespace {

// The newest version of each plan and length that is in force, and who has it.
const QString kCatalogue = QStringLiteral(
    "SELECT p.id, p.plan, p.days, p.price, p.allowance_s / 60 AS minutes, p.has_campaigns, "
    "coalesce(s.live, 0) AS live, coalesce(s.renewing, 0) AS renewing, coalesce(s.waiting, 0) AS "
    "waiting FROM (SELECT DISTINCT ON (plan, days) * FROM console.plans WHERE valid_from <= "
    "?::timestamptz ORDER BY plan, days, valid_from DESC) p LEFT JOIN (SELECT plan, days, "
    "count(*) AS live, count(*) FILTER (WHERE renews) AS renewing, count(*) FILTER (WHERE state = "
    "'grace') AS waiting FROM console.subscriptions WHERE state <> 'ended' GROUP BY plan, days) s "
    "USING (plan, days) ORDER BY array_position(ARRAY['free', 'prime', 'elite', 'ultra'], p.plan), "
    "p.days");

const QString kOfCustomer = QStringLiteral(
    "SELECT coalesce(s.plan, 'free') AS plan, coalesce(s.days, 0) AS days, coalesce(s.state, "
    "'free') AS state, coalesce(s.renews, false) AS renews, coalesce(s.end_reason, '') AS "
    "end_reason, coalesce(p.number, 0) AS period, p.starts_at::text AS starts_at, p.ends_at::text "
    "AS ends_at, p.price, coalesce(p.transfer_id, 0) AS transfer, p.granted_s, p.held_s, p.used_s, "
    "p.closed_at IS NOT NULL AS is_closed FROM console.plan_periods p LEFT JOIN "
    "console.subscriptions s ON s.id = p.subscription_id WHERE p.customer_id = ? ORDER BY p.id "
    "DESC LIMIT 100");

Result<database::Rows> readAsConsole(const core::Settings &settings, const QString &sql,
                                     const database::Values &values)
{
    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return failure(access.error());
    const auto connection = database::Connection::open((*access)->url(), QStringLiteral("plans"),
                                                       database::Role::Console);
    if (!connection)
        return failure(connection.error());
    return (*connection)->run(sql, values);
}

Json planJson(const database::Row &row)
{
    return {{"version", row.integer("id")},
            {"plan", row.text("plan")},
            {"days", row.integer("days")},
            {"price", row.money("price").toString()},
            {"minutes", row.integer("minutes")},
            {"campaigns", row.boolean("has_campaigns")},
            {"subscribers", row.integer("live")},
            {"renewing", row.integer("renewing")},
            {"waiting_for_money", row.integer("waiting")}};
}

Json periodJson(const database::Row &row)
{
    return {{"plan", row.text("plan")},
            {"days", row.integer("days")},
            {"state", row.text("state")},
            {"renews", row.boolean("renews")},
            {"end_reason", row.text("end_reason")},
            {"period", row.integer("period")},
            {"starts_at", row.text("starts_at")},
            {"ends_at", row.text("ends_at")},
            {"price", row.money("price").toString()},
            {"transfer", row.integer("transfer")},
            {"granted_s", row.integer("granted_s")},
            {"held_s", row.integer("held_s")},
            {"used_s", row.integer("used_s")},
            {"is_closed", row.boolean("is_closed")}};
}

} // namespace

int planList(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    const auto rows = readAsConsole(settings, kCatalogue, {core::toIso(clock.now())});
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    Json list = Json::array();
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        list.push_back(planJson(row));
        if (!arguments.isJson)
            printLine(QStringLiteral("%1 %2 d  %3 USD  %4 minutes  %5 subscribers, %6 renew, %7 "
                                     "wait for money")
                          .arg(row.text("plan"), -6)
                          .arg(row.integer("days"), 3)
                          .arg(row.money("price").toString(), 6)
                          .arg(row.integer("minutes"), 4)
                          .arg(row.integer("live"))
                          .arg(row.integer("renewing"))
                          .arg(row.integer("waiting")));
    }
    if (arguments.isJson)
        printJson({{"plans", list}});
    return Good;
}

int planShow(const Arguments &arguments, const core::Settings &settings)
{
    bool isNumber = false;
    const qint64 customer = arguments.operands.first().toLongLong(&isNumber);
    if (!isNumber) {
        printError(QStringLiteral("a customer is named by their Telegram number"));
        return BadUsage;
    }
    const auto rows = readAsConsole(settings, kOfCustomer, {customer});
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    Json list = Json::array();
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        list.push_back(periodJson(row));
        if (!arguments.isJson)
            printLine(
                QStringLiteral("%1 %2, period %3, %4 to %5: %6 USD (T-%7), %8 of %9 s used")
                    .arg(row.text("plan"), -6)
                    .arg(row.text("state"))
                    .arg(row.integer("period"))
                    .arg(row.text("starts_at"), row.text("ends_at"), row.money("price").toString())
                    .arg(row.integer("transfer"))
                    .arg(row.integer("used_s"))
                    .arg(row.integer("granted_s")));
    }
    if (arguments.isJson)
        printJson({{"customer", customer}, {"periods", list}});
    else if (rows->isEmpty())
        printLine(QStringLiteral("customer %1 has had no plan").arg(customer));
    return Good;
}

} // namespace server
