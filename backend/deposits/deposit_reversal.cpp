#include "deposits/deposit_reversal.h"

#include "core/fault_point.h"
#include "ledger/adjustment.h"

namespace deposits {

namespace {

/// What asked a person whether the credit was right: that is answered now.
Result<void> voidReviewsOfCredit(engine::Context &context, DepositId deposit)
{
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE deposit_reviews SET state = 'void', decided_at = ?::timestamptz "
                       "WHERE deposit_id = ? AND state = 'open' AND kind IN ('refunded', "
                       "'disputed')"),
        {core::toIso(context.now()), deposit.value}));
}

} // namespace

Result<QString> obstacleToReversal(database::Transaction &transaction, const Deposit &deposit)
{
    if (!deposit.transfer || !mayFollow(deposit.state, State::Reversed))
        return QStringLiteral("deposit %1 is %2: only a credited one is taken back")
            .arg(deposit.id.value)
            .arg(nameOf(deposit.state));
    const auto rows = transaction.run(
        QStringLiteral("SELECT EXISTS (SELECT FROM deposit_reviews WHERE deposit_id = ? AND kind = "
                       "'excess' AND state = 'open') AS has_excess"),
        {deposit.id.value});
    if (!rows)
        return failure(rows.error());
    return rows->first().boolean("has_excess")
               ? QStringLiteral("what was paid beyond it waits in suspense: decide that first")
               : QString();
}

Result<ledger::Transfer> reverse(engine::Context &context, Deposit &deposit)
{
    const auto transfer =
        ledger::reverseDeposit(context.transaction(), deposit.customer, deposit.credited,
                               deposit.id, context.cause(), context.now());
    if (!transfer)
        return transfer;
    if (transfer->isRepeat)
        return failure(
            {.code = ErrorCode::ConstraintViolated,
             .detail = QStringLiteral("it was taken back as T-%1").arg(transfer->id.value)});
    core::faultPoint("reversal.transfer");
    deposit.reversal = transfer->id;
    deposit.state = State::Reversed;
    deposit.isUnsettled = false;
    if (auto saved = saveDeposit(context, deposit); !saved)
        return failure(saved.error());
    if (auto ended = voidReviewsOfCredit(context, deposit.id); !ended)
        return failure(ended.error());
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("taken back"),
                               deposit.credited.toString() + QStringLiteral(" USD"));
        !noted)
        return failure(noted.error());
    return transfer;
}

} // namespace deposits
