#include "subscriptions/plan.h"

#include <algorithm>

namespace subscriptions {

namespace {

Plan planOf(const database::Row &row)
{
    return {.version = static_cast<int>(row.integer("id")),
            .name = row.text("plan"),
            .days = static_cast<int>(row.integer("days")),
            .price = row.money("price"),
            .allowance = std::chrono::seconds(row.integer("allowance_s")),
            .hasCampaigns = row.boolean("has_campaigns")};
}

} // namespace

Result<std::vector<Plan>> plansAt(database::Transaction &transaction, Timestamp at)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT * FROM (SELECT DISTINCT ON (plan, days) id, plan, days, price, "
                       "allowance_s, has_campaigns FROM plan_versions WHERE valid_from <= "
                       "?::timestamptz ORDER BY plan, days, valid_from DESC) p ORDER BY "
                       "array_position(ARRAY['free', 'prime', 'elite', 'ultra'], plan), days"),
        {core::toIso(at)});
    if (!rows)
        return failure(rows.error());
    std::vector<Plan> plans;
    for (qsizetype i = 0; i < rows->size(); ++i)
        plans.push_back(planOf((*rows)[i]));
    return plans;
}

Result<std::optional<Plan>> planAt(database::Transaction &transaction, const QString &name,
                                   int days, Timestamp at)
{
    const auto plans = plansAt(transaction, at); // ten rows
    if (!plans)
        return failure(plans.error());
    const auto found = std::find_if(plans->begin(), plans->end(), [&](const Plan &plan) {
        return plan.name == name && plan.days == days;
    });
    return found == plans->end() ? std::optional<Plan>() : std::optional(*found);
}

Result<std::optional<Plan>> planOfVersion(database::Transaction &transaction, int version)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT id, plan, days, price, allowance_s, has_campaigns FROM "
                       "plan_versions WHERE id = ?"),
        {version});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::optional<Plan>() : std::optional(planOf(rows->first()));
}

QString titleOf(const QString &plan)
{
    return plan.left(1).toUpper() + plan.mid(1);
}

} // namespace subscriptions
