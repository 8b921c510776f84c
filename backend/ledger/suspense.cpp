#include "ledger/suspense.h"

#include "core/assert.h"

namespace ledger {

namespace {

constexpr CustomerId kHouse{0};

QString keyOf(const Excess &excess)
{
    return QStringLiteral("excess:%1").arg(excess.review);
}

} // namespace

Result<Transfer> creditExcess(database::Transaction &transaction, const Excess &excess,
                              InboxId cause, Timestamp now)
{
    CORE_ASSERT(excess.amount.isPositive());
    const auto balance = lockBalance(transaction, excess.customer);
    if (!balance)
        return failure(balance.error());
    const Money toDebt = std::min(excess.amount, -balance->debt);
    return post(transaction,
                {.customer = excess.customer,
                 .kind = QStringLiteral("deposit_excess"),
                 .requestKey = keyOf(excess),
                 .available = excess.amount - toDebt,
                 .debt = toDebt,
                 .platform = Platform::Suspense,
                 .platformAmount = -excess.amount},
                cause, now);
}

Result<Transfer> refuseExcess(database::Transaction &transaction, const Excess &excess,
                              InboxId cause, Timestamp now)
{
    CORE_ASSERT(excess.amount.isPositive());
    return post(transaction,
                {.customer = kHouse,
                 .kind = QStringLiteral("excess_refused"),
                 .requestKey = keyOf(excess),
                 .platform = Platform::Suspense,
                 .platformAmount = -excess.amount,
                 .otherPlatform = Platform::DynopayClearing,
                 .otherAmount = excess.amount},
                cause, now);
}

} // namespace ledger
