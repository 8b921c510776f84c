#include "ledger/adjustment.h"

#include "core/assert.h"

namespace ledger {

Result<Transfer> adjust(database::Transaction &transaction, const Adjustment &adjustment,
                        InboxId cause, Timestamp now)
{
    CORE_ASSERT(!adjustment.amount.isZero());
    CORE_ASSERT(!adjustment.isGoodwill || adjustment.amount.isPositive());
    const auto balance = lockBalance(transaction, adjustment.customer);
    if (!balance)
        return failure(balance.error());
    const Money toDebt =
        adjustment.amount.isPositive() ? std::min(adjustment.amount, -balance->debt) : Money();
    return post(
        transaction,
        {.customer = adjustment.customer,
         .kind = adjustment.isGoodwill ? QStringLiteral("goodwill") : QStringLiteral("correction"),
         .requestKey = adjustment.requestKey,
         .available = adjustment.amount - toDebt,
         .debt = toDebt,
         .platform = adjustment.isGoodwill ? Platform::AdjustGoodwill : Platform::AdjustCorrection,
         .platformAmount = -adjustment.amount},
        cause, now);
}

Result<Transfer> reverseRefund(database::Transaction &transaction, TransferId refund, Money amount,
                               const QString &requestKey, InboxId cause, Timestamp now)
{
    CORE_ASSERT(amount.isPositive());
    const auto rows = transaction.run(
        QStringLiteral("SELECT customer_id, platform = 'revenue_plans' AS is_plan FROM transfers "
                       "WHERE id = ? AND kind = 'refund' AND -platform_amount >= ?"),
        {refund.value, amount.micros()});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure(
            {.code = ErrorCode::NotFound,
             .detail = QStringLiteral("transfer %1 gave not that much back").arg(refund.value)});
    return post(transaction,
                {.customer = CustomerId{rows->first().integer("customer_id")},
                 .kind = QStringLiteral("refund_reversal"),
                 .requestKey = requestKey,
                 .available = -amount,
                 .platform = rows->first().boolean("is_plan") ? Platform::RevenuePlans
                                                              : Platform::RevenueCalls,
                 .platformAmount = amount},
                cause, now);
}

Result<Transfer> reverseDeposit(database::Transaction &transaction, CustomerId customer,
                                Money amount, DepositId deposit, InboxId cause, Timestamp now)
{
    CORE_ASSERT(amount.isPositive());
    const auto balance = lockBalance(transaction, customer);
    if (!balance)
        return failure(balance.error());
    const Money fromWallet = std::min(amount, balance->available);
    return post(transaction,
                {.customer = customer,
                 .kind = QStringLiteral("deposit_reversal"),
                 .requestKey = QStringLiteral("deposit_reversal:%1").arg(deposit.value),
                 .available = -fromWallet,
                 .debt = fromWallet - amount,
                 .platform = Platform::DynopayClearing,
                 .platformAmount = amount},
                cause, now);
}

Result<Transfer> payOut(database::Transaction &transaction, CustomerId customer, Money amount,
                        const QString &requestKey, InboxId cause, Timestamp now)
{
    CORE_ASSERT(amount.isPositive());
    return post(transaction,
                {.customer = customer,
                 .kind = QStringLiteral("payout"),
                 .requestKey = requestKey,
                 .available = -amount,
                 .platform = Platform::Payouts,
                 .platformAmount = amount},
                cause, now);
}

Result<Transfer> returnPayout(database::Transaction &transaction, CustomerId customer, Money amount,
                              const QString &requestKey, InboxId cause, Timestamp now)
{
    CORE_ASSERT(amount.isPositive());
    return post(transaction,
                {.customer = customer,
                 .kind = QStringLiteral("payout_returned"),
                 .requestKey = requestKey,
                 .available = amount,
                 .platform = Platform::Payouts,
                 .platformAmount = -amount},
                cause, now);
}

} // namespace ledger
