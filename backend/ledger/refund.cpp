#include "ledger/refund.h"

#include "core/assert.h"

namespace ledger {

Result<Refundable> lockRefundable(database::Transaction &transaction, TransferId paidBy)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT customer_id, platform_amount, kind = 'plan' AS is_plan FROM "
                       "transfers WHERE id = ? AND ((kind = 'charge' AND platform = "
                       "'revenue_calls') OR (kind = 'plan' AND platform = 'revenue_plans'))"),
        {paidBy.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure(
            {.code = ErrorCode::NotFound,
             .detail = QStringLiteral("transfer %1 paid for nothing").arg(paidBy.value)});
    Refundable what = {.paidBy = paidBy,
                       .customer = CustomerId{rows->first().integer("customer_id")},
                       .platform = rows->first().boolean("is_plan") ? Platform::RevenuePlans
                                                                    : Platform::RevenueCalls,
                       .paid = rows->first().money("platform_amount"),
                       .refunded = {}};
    if (const auto locked = lockBalance(transaction, what.customer); !locked)
        return failure(locked.error());
    // Only now, in a statement of its own: what was given back meanwhile is seen.
    const auto sum = transaction.run(
        QStringLiteral("SELECT coalesce(-sum(platform_amount), 0)::bigint AS refunded FROM "
                       "transfers WHERE refunds_id = ?"),
        {paidBy.value});
    if (!sum)
        return failure(sum.error());
    what.refunded = sum->first().money("refunded");
    CORE_ASSERT(!what.rest().isNegative());
    return what;
}

Result<Transfer> refund(database::Transaction &transaction, const Refundable &what, Money amount,
                        const QString &requestKey, InboxId cause, Timestamp now)
{
    CORE_ASSERT(amount.isPositive());
    return post(transaction,
                {.customer = what.customer,
                 .kind = QStringLiteral("refund"),
                 .requestKey = requestKey,
                 .available = amount,
                 .platform = what.platform,
                 .platformAmount = -amount,
                 .refunds = what.paidBy},
                cause, now);
}

} // namespace ledger
