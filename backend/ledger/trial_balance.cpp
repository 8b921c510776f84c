#include "ledger/trial_balance.h"

namespace ledger {

Result<TrialBalance> trialBalance(database::Transaction &transaction, std::optional<Timestamp> at)
{
    // It reads everything, so it may take longer than a handler's statement.
    if (auto set = transaction.set(QStringLiteral("SET LOCAL statement_timeout = 0")); !set)
        return failure(set.error());
    // One pass: what a transfer does to the three accounts of its customer and to platforms.
    const auto rows = transaction.run(
        QStringLiteral(
            "WITH sums AS (SELECT platform, other_platform, count(*) AS transfers, "
            "sum(available) AS available, count(*) FILTER (WHERE available <> 0) AS available_n, "
            "sum(held) AS held, count(*) FILTER (WHERE held <> 0) AS held_n, "
            "sum(debt) AS debt, count(*) FILTER (WHERE debt <> 0) AS debt_n, "
            "sum(platform_amount) AS one, sum(other_amount) AS other FROM transfers "
            "WHERE at <= coalesce(?::timestamptz, 'infinity') GROUP BY platform, other_platform) "
            "SELECT l.account, l.is_customers, sum(l.amount)::bigint AS amount, "
            "sum(l.n)::bigint AS n, (SELECT coalesce(sum(transfers), 0) FROM sums)::bigint AS "
            "transfers FROM sums s CROSS JOIN LATERAL (VALUES "
            "(1, 'available', true, s.available, s.available_n), (2, 'held', true, s.held, "
            "s.held_n), (3, 'debt', true, s.debt, s.debt_n), "
            "(4, s.platform::text, false, s.one, s.transfers), "
            "(4, s.other_platform::text, false, s.other, s.transfers)) "
            "AS l (place, account, is_customers, amount, n) WHERE l.account IS NOT NULL "
            "GROUP BY l.place, l.account, l.is_customers ORDER BY l.place, l.account"),
        {at ? QVariant(core::toIso(*at)) : database::null()});
    if (!rows)
        return failure(rows.error());
    TrialBalance balance;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        balance.lines.append({row.text("account"), row.boolean("is_customers"), row.money("amount"),
                              row.integer("n")});
        balance.sum += row.money("amount");
        balance.transfers = row.integer("transfers");
    }
    return balance;
}

} // namespace ledger
