#include "ledger/balance_at.h"

namespace ledger {

Result<Balance> balanceAt(database::Transaction &transaction, CustomerId customer, Timestamp at)
{
    const auto past = pastBalance(transaction, customer, at);
    if (!past)
        return failure(past.error());
    return Balance{past->available, past->held, past->debt};
}

Result<api::PastBalance> pastBalance(database::Transaction &transaction, CustomerId customer,
                                     Timestamp at)
{
    // The index on customer, time and place in the chain finds it with one probe, however long the
    // history is.
    const auto rows = transaction.run(
        QStringLiteral(
            "SELECT coalesce(t.available_after, 0) AS available, coalesce(t.held_after, 0) AS "
            "held, coalesce(t.debt_after, 0) AS debt, t.id FROM wallets w LEFT JOIN LATERAL "
            "(SELECT id, available_after, held_after, debt_after FROM transfers WHERE customer_id "
            "= "
            "w.customer_id AND at <= ?::timestamptz ORDER BY at DESC, seq DESC LIMIT 1) t ON true "
            "WHERE w.customer_id = ?"),
        {core::toIso(at), customer.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("no wallet %1").arg(customer.value)});
    const database::Row row = rows->first();
    const auto transfer = row.optionalInteger("id");
    return api::PastBalance{.at = at,
                            .available = row.money("available"),
                            .held = row.money("held"),
                            .debt = row.money("debt"),
                            .transfer =
                                transfer ? std::optional(TransferId{*transfer}) : std::nullopt};
}

} // namespace ledger
