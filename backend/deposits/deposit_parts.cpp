#include "deposits/deposit_parts.h"

#include "deposits/consistency.h"

namespace deposits {

namespace {

constexpr qint64 kWholeInBillionths = 1'000'000'000;
constexpr qint64 kDustInBillionths = 1'000'000; // what the provider itself does not count

Amount amountOf(const database::Row &row, const char *name)
{
    return row.isNull(name) ? std::nullopt : amountIn(row.text(name));
}

} // namespace

Result<void> notePart(engine::Context &context, const Deposit &deposit,
                      const providers::dynopay::Event &event)
{
    const Amount came = amountIn(event.received());
    if (!came)
        return {};
    return database::done(context.transaction().run(
        QStringLiteral("INSERT INTO deposit_parts AS p (deposit_id, tx_id, least, most, seen_at, "
                       "cause_id) VALUES (?, ?, ?::numeric, ?::numeric, ?::timestamptz, ?) ON "
                       "CONFLICT (deposit_id, tx_id) DO UPDATE SET least = least(p.least, "
                       "excluded.least), most = greatest(p.most, excluded.most) WHERE p.least > "
                       "excluded.least OR p.most < excluded.most"),
        {deposit.id.value, transactionOf(event), came->toString(), came->toString(),
         core::toIso(context.now()), context.cause().value}));
}

Result<Parts> partsOf(database::Transaction &transaction, DepositId deposit)
{
    const auto rows = transaction.run(
        QStringLiteral(
            "SELECT count(*) AS all_of_them, count(*) FILTER (WHERE tx_id <> '') AS named, "
            "sum(least)::text AS of_all, (sum(least) FILTER (WHERE tx_id <> ''))::text AS "
            "of_named, coalesce(bool_or(EXISTS (SELECT FROM transfers t WHERE t.request_key = "
            "'deposit:tx:' || p.tx_id) OR EXISTS (SELECT FROM deposit_reviews r WHERE "
            "r.deposit_id = p.deposit_id AND r.kind = 'second_payment' AND r.subject = p.tx_id "
            "AND r.state NOT IN ('open', 'void'))), false) AS is_apart FROM deposit_parts p WHERE "
            "deposit_id = ?"),
        {deposit.value});
    if (!rows)
        return failure(rows.error());
    const database::Row row = rows->first();
    return Parts{.named = static_cast<int>(row.integer("named")),
                 .all = static_cast<int>(row.integer("all_of_them")),
                 .ofNamed = amountOf(row, "of_named"),
                 .ofAll = amountOf(row, "of_all"),
                 .isDecidedApart = row.boolean("is_apart")};
}

Amount totalOf(const Parts &parts, const Amount &told)
{
    if (!told || parts.all < 2 || parts.isDecidedApart)
        return std::nullopt;
    const auto isConfirmed = [&](const Amount &sum) {
        return sum && sum->partsPerBillionOf(*told) <= kWholeInBillionths + kDustInBillionths;
    };
    if (isConfirmed(parts.ofAll))
        return parts.ofAll;
    return parts.named > 1 && isConfirmed(parts.ofNamed) ? parts.ofNamed : std::nullopt;
}

Result<int> takeTogether(engine::Context &context, Deposit &deposit, const Amount &told)
{
    const auto parts = partsOf(context.transaction(), deposit.id);
    if (!parts)
        return failure(parts.error());
    const Amount together = totalOf(*parts, told);
    deposit.received = together ? together : lowerOf(deposit.received, told);
    deposit.reportedMost = higherOf(deposit.reportedMost, higherOf(together, told));
    // Nobody can say whether the one without a name is the other one: a person looks at it.
    if (!told && parts->all > parts->named && parts->named == 1)
        deposit.reportedMost =
            higherOf(deposit.reportedMost, lowerOf(parts->ofAll, deposit.expected));
    return !together ? 0 : together == parts->ofAll ? parts->all : parts->named;
}

Result<void> coverParts(engine::Context &context, const Deposit &deposit, bool areTogether)
{
    if (!deposit.transfer)
        return {};
    const auto covered = context.transaction().run(
        QStringLiteral("UPDATE deposit_parts SET transfer_id = ? WHERE deposit_id = ? AND "
                       "transfer_id IS NULL AND (tx_id IN ('', ?) OR ?::boolean) AND NOT EXISTS "
                       "(SELECT FROM transfers t WHERE t.request_key = 'deposit:tx:' || tx_id)"),
        {deposit.transfer->value, deposit.id.value, deposit.txId, areTogether});
    if (!covered || !areTogether)
        return database::done(covered);
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE deposit_reviews SET state = 'void', decided_at = ?::timestamptz "
                       "WHERE deposit_id = ? AND state = 'open' AND kind = 'second_payment' AND "
                       "subject IN (SELECT tx_id FROM deposit_parts WHERE deposit_id = ? AND "
                       "transfer_id IS NOT NULL)"),
        {core::toIso(context.now()), deposit.id.value, deposit.id.value}));
}

Result<bool> isBeyondCredit(engine::Context &context, Deposit &deposit, const QString &txId)
{
    if (txId.isEmpty() || txId == deposit.txId)
        return false;
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT coalesce(bool_or(tx_id = ?), false) AS is_covered, "
                       "coalesce(bool_or(tx_id = ''), false) AS has_unnamed FROM deposit_parts "
                       "WHERE deposit_id = ? AND transfer_id IS NOT NULL"),
        {txId, deposit.id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->first().boolean("is_covered"))
        return false;
    // What had no name may have been this one or another: a person looks.
    if (!deposit.txId.isEmpty() || rows->first().boolean("has_unnamed"))
        return true;
    deposit.txId = txId;
    if (auto covered = coverParts(context, deposit, false); !covered)
        return failure(covered.error());
    return false;
}

} // namespace deposits
