#include "ledger/transfer.h"

#include "core/assert.h"

namespace ledger {

namespace {

QVariant nameOf(const std::optional<Platform> &platform)
{
    if (!platform)
        return database::null();
    switch (*platform) {
    case Platform::DynopayClearing: return QStringLiteral("dynopay_clearing");
    case Platform::RevenueCalls: return QStringLiteral("revenue_calls");
    case Platform::RevenuePlans: return QStringLiteral("revenue_plans");
    case Platform::AdjustGoodwill: return QStringLiteral("adjust_goodwill");
    case Platform::AdjustCorrection: return QStringLiteral("adjust_correction");
    case Platform::Suspense: return QStringLiteral("suspense");
    case Platform::WriteOff: return QStringLiteral("write_off");
    case Platform::Payouts: return QStringLiteral("payouts");
    }
    CORE_ASSERT(false);
    return {};
}

QVariant idOf(const std::optional<TransferId> &id)
{
    return id ? QVariant(id->value) : database::null();
}

Transfer transferOf(const database::Row &row, bool isRepeat)
{
    return {.id = TransferId{row.integer("id")},
            .availableAfter = row.money("available_after"),
            .heldAfter = row.money("held_after"),
            .debtAfter = row.money("debt_after"),
            .isRepeat = isRepeat};
}

/// The transfer that has the key already; its content must be the same.
Result<Transfer> repeatOf(database::Transaction &transaction, const NewTransfer &wanted)
{
    const auto found = transaction.run(
        QStringLiteral("SELECT id, available_after, held_after, debt_after, customer_id = ? AND "
                       "kind = ? AND available = ? "
                       "AND held = ? AND debt = ? AND platform_amount = ? AND other_amount = ? "
                       "AND platform IS NOT DISTINCT FROM ?::platform_account "
                       "AND other_platform IS NOT DISTINCT FROM ?::platform_account "
                       "AND resolves_id IS NOT DISTINCT FROM ? AND refunds_id IS NOT DISTINCT FROM "
                       "? AS same_content "
                       "FROM transfers WHERE request_key = ?"),
        {wanted.customer.value, wanted.kind, wanted.available.micros(), wanted.held.micros(),
         wanted.debt.micros(), wanted.platformAmount.micros(), wanted.otherAmount.micros(),
         nameOf(wanted.platform), nameOf(wanted.otherPlatform), idOf(wanted.resolves),
         idOf(wanted.refunds), wanted.requestKey});
    if (!found)
        return failure(found.error());
    if (found->isEmpty())
        return failure({.code = ErrorCode::Conflict,
                        .detail = QStringLiteral("the same key is being written"),
                        .transient = true});
    if (!found->first().boolean("same_content"))
        return failure({.code = ErrorCode::Duplicate,
                        .detail = QStringLiteral("transfer %1 has this key and other content")
                                      .arg(found->first().integer("id"))});
    return transferOf(found->first(), true);
}

Error named(Error error)
{
    if (error.detail.contains(QLatin1String("available_not_negative"))) {
        error.code = ErrorCode::InsufficientFunds;
    } else if (error.detail.contains(QLatin1String("transfers_resolves_id_key"))) {
        error.code = ErrorCode::ConstraintViolated; // another key: the hold was resolved before
    } else if (error.detail.contains(QLatin1String("transfers_request_key_key"))) {
        error.code =
            ErrorCode::Conflict; // written by another at the same moment: the next try finds it
        error.transient = true;
    }
    return error;
}

/// How much of this deposit paid a debt, when it was credited before: by now the debt may be
/// another.
Result<std::optional<Money>> paidDebtBefore(database::Transaction &transaction,
                                            const QString &requestKey)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT debt FROM transfers WHERE request_key = ?"), {requestKey});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::optional<Money>() : std::optional(rows->first().money("debt"));
}

Result<Balance> readBalance(database::Transaction &transaction, CustomerId customer,
                            const QString &sql)
{
    const auto rows = transaction.run(sql, {customer.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("no wallet %1").arg(customer.value)});
    const database::Row row = rows->first();
    return Balance{row.money("available"), row.money("held"), row.money("debt")};
}

} // namespace

Result<Transfer> post(database::Transaction &transaction, const NewTransfer &transfer,
                      InboxId cause, Timestamp now)
{
    CORE_ASSERT((transfer.available + transfer.held + transfer.debt + transfer.platformAmount +
                 transfer.otherAmount)
                    .isZero());
    // Looks for the key first: a repeated refund would otherwise meet its limit before its key.
    const auto inserted = transaction.run(
        QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, held, debt, "
                       "platform_amount, other_amount, "
                       "platform, other_platform, resolves_id, refunds_id, kind, request_key) "
                       "SELECT ?::bigint, ?::timestamptz, ?::bigint, ?::bigint, ?::bigint, "
                       "?::bigint, ?::bigint, ?::bigint, ?::platform_account, ?::platform_account, "
                       "?::bigint, ?::bigint, ?::text, k.key "
                       "FROM (SELECT ?::text COLLATE \"C\" AS key) k WHERE NOT EXISTS (SELECT FROM "
                       "transfers WHERE request_key = k.key) "
                       "RETURNING id, available_after, held_after, debt_after"),
        {transfer.customer.value, core::toIso(now), cause.value, transfer.available.micros(),
         transfer.held.micros(), transfer.debt.micros(), transfer.platformAmount.micros(),
         transfer.otherAmount.micros(), nameOf(transfer.platform), nameOf(transfer.otherPlatform),
         idOf(transfer.resolves), idOf(transfer.refunds), transfer.kind, transfer.requestKey});
    if (!inserted)
        return failure(named(inserted.error()));
    if (inserted->isEmpty())
        return repeatOf(transaction, transfer);
    const Transfer made = transferOf(inserted->first(), false);
    CORE_ASSERT(!made.availableAfter.isNegative() && !made.heldAfter.isNegative() &&
                !made.debtAfter.isPositive());
    transaction.changed(Topic::Transfer, made.id.value);
    transaction.changed(Topic::Wallet, transfer.customer.value);
    return made;
}

Result<void> openWallet(database::Transaction &transaction, CustomerId customer)
{
    const auto made = transaction.run(
        QStringLiteral("INSERT INTO wallets (customer_id) VALUES (?) ON CONFLICT DO NOTHING"),
        {customer.value});
    if (!made)
        return failure(made.error());
    return {};
}

Result<Balance> balanceOf(database::Transaction &transaction, CustomerId customer)
{
    return readBalance(
        transaction, customer,
        QStringLiteral("SELECT available, held, debt FROM wallets WHERE customer_id = ?"));
}

Result<Balance> lockBalance(database::Transaction &transaction, CustomerId customer)
{
    return readBalance(
        transaction, customer,
        QStringLiteral(
            "SELECT available, held, debt FROM lock_wallet(?) WHERE customer_id IS NOT NULL"));
}

Result<Transfer> creditDeposit(database::Transaction &transaction, const DepositCredit &credit,
                               InboxId cause, Timestamp now)
{
    const auto balance = lockBalance(transaction, credit.customer);
    if (!balance)
        return failure(balance.error());
    const QString requestKey = QStringLiteral("deposit:") + credit.payment;
    const auto before = paidDebtBefore(transaction, requestKey);
    if (!before)
        return failure(before.error());
    const Money toDebt = before->value_or(std::min(credit.amount, -balance->debt));
    NewTransfer transfer = {.customer = credit.customer,
                            .kind = QStringLiteral("deposit"),
                            .requestKey = requestKey,
                            .available = credit.amount - toDebt,
                            .debt = toDebt,
                            .platform = Platform::DynopayClearing,
                            .platformAmount = -(credit.amount + credit.excess)};
    if (credit.excess.isPositive()) {
        transfer.otherPlatform = Platform::Suspense;
        transfer.otherAmount = credit.excess;
    }
    return post(transaction, transfer, cause, now);
}

Result<std::vector<HistoryLine>> history(database::Transaction &transaction, CustomerId customer,
                                         int limit)
{
    const auto rows =
        transaction.run(QStringLiteral("SELECT to_micros(at) AS at, kind, available FROM transfers "
                                       "WHERE customer_id = ? ORDER BY seq DESC LIMIT ?"),
                        {customer.value, limit});
    if (!rows)
        return failure(rows.error());
    std::vector<HistoryLine> lines;
    for (qsizetype i = 0; i < rows->size(); ++i)
        lines.push_back(
            {(*rows)[i].time("at"), (*rows)[i].text("kind"), (*rows)[i].money("available")});
    return lines;
}

} // namespace ledger
