#include "ledger/balance_at.h"

namespace ledger {

Result<Balance> balanceAt(database::Transaction &transaction, CustomerId customer, Timestamp at)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT coalesce(t.available_after, 0) AS available, coalesce(t.held_after, "
                       "0) AS held, coalesce(t.debt_after, 0) AS debt FROM wallets w LEFT JOIN "
                       "LATERAL (SELECT available_after, held_after, debt_after FROM transfers "
                       "WHERE customer_id = w.customer_id AND at <= ?::timestamptz ORDER BY at "
                       "DESC, seq DESC LIMIT 1) t ON true WHERE w.customer_id = ?"),
        {core::toIso(at), customer.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("no wallet %1").arg(customer.value)});
    const database::Row row = rows->first();
    return Balance{row.money("available"), row.money("held"), row.money("debt")};
}

} // namespace ledger
