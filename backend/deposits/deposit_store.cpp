#include "deposits/deposit_store.h"

#include "core/assert.h"
#include "core/callback_token.h"
#include "core/crypto.h"
#include "customers/customer.h"

namespace deposits {

namespace {

constexpr qsizetype kNoteCharactersMax = 1000;

const QString kColumns =
    QStringLiteral("SELECT id, customer_id, coin, requested, state, coalesce(provider_payment_id, "
                   "'') AS payment_id, coalesce(address, '') AS address, "
                   "coalesce(destination_tag, '') AS destination_tag, expected::text AS expected, "
                   "received::text AS received, reported_most::text AS reported_most, "
                   "exchange_rate::text AS exchange_rate, provider_fee::text AS "
                   "provider_fee, coalesce(tx_id, '') AS tx_id, "
                   "coalesce(other_tx_id, '') AS other_tx_id, is_simulated, confirmations, "
                   "confirmations_required, checks, to_micros(created_at) AS created_at, "
                   "to_micros(expires_at) AS expires_at, "
                   "to_micros(last_webhook_at) AS last_webhook_at, to_micros(last_check_at) AS "
                   "last_check_at, transfer_id, credited, coalesce(rules_version, 0) AS "
                   "rules_version, is_unsettled, reversal_transfer_id, "
                   "status_message_id, note FROM deposits WHERE ");

std::optional<core::Decimal> decimalOf(const database::Row &row, const char *column)
{
    if (row.isNull(column))
        return std::nullopt;
    const auto decimal = core::Decimal::parse(row.text(column));
    CORE_ASSERT(decimal); // only we write it
    return *decimal;
}

Deposit depositOf(const database::Row &row)
{
    const auto transfer = row.optionalInteger("transfer_id");
    const auto reversal = row.optionalInteger("reversal_transfer_id");
    return {.id = DepositId{row.integer("id")},
            .customer = CustomerId{row.integer("customer_id")},
            .coin = row.text("coin"),
            .requested = row.money("requested"),
            .state = stateOf(row.text("state")),
            .paymentId = row.text("payment_id"),
            .address = row.text("address"),
            .destinationTag = row.text("destination_tag"),
            .expected = decimalOf(row, "expected"),
            .received = decimalOf(row, "received"),
            .reportedMost = decimalOf(row, "reported_most"),
            .exchangeRate = decimalOf(row, "exchange_rate"),
            .providerFee = decimalOf(row, "provider_fee"),
            .txId = row.text("tx_id"),
            .otherTxId = row.text("other_tx_id"),
            .isSimulated = row.boolean("is_simulated"),
            .confirmations = static_cast<int>(row.integer("confirmations")),
            .confirmationsRequired = static_cast<int>(row.integer("confirmations_required")),
            .checks = static_cast<int>(row.integer("checks")),
            .createdAt = row.time("created_at"),
            .expiresAt = row.optionalTime("expires_at"),
            .lastWebhookAt = row.optionalTime("last_webhook_at"),
            .lastCheckAt = row.optionalTime("last_check_at"),
            .transfer = transfer ? std::optional(TransferId{*transfer}) : std::nullopt,
            .credited = row.money("credited"),
            .rulesVersion = static_cast<int>(row.integer("rules_version")),
            .isUnsettled = row.boolean("is_unsettled"),
            .reversal = reversal ? std::optional(TransferId{*reversal}) : std::nullopt,
            .statusMessage = OutboxId{row.integer("status_message_id")},
            .note = row.text("note")};
}

Result<std::optional<Deposit>> lockWhere(database::Transaction &transaction,
                                         const QString &condition, const QVariant &value)
{
    const auto rows =
        transaction.run(kColumns + condition + QStringLiteral(" FOR UPDATE"), {value});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::optional<Deposit>() : std::optional(depositOf(rows->first()));
}

using database::nullable;

QVariant nullable(const std::optional<core::Decimal> &decimal)
{
    return nullable(decimal ? decimal->toString() : QString());
}

QVariant nullable(const std::optional<Timestamp> &time)
{
    return nullable(time ? core::toIso(*time) : QString());
}

} // namespace

Result<Deposit> insertDeposit(engine::Context &context, const NewDeposit &deposit)
{
    const auto next = context.transaction().run(
        QStringLiteral("SELECT nextval(pg_get_serial_sequence('deposits', 'id')) AS id"));
    if (!next)
        return failure(next.error());
    const DepositId id{next->first().integer("id")};
    const QByteArray tokenSha256 = core::sha256(core::callbackToken(context.installationKey(), id));
    if (auto routed = queue::addRoute(context.transaction(), tokenSha256,
                                      customers::laneOf(deposit.customer));
        !routed)
        return failure(routed.error());
    const auto inserted = context.transaction().run(
        QStringLiteral(
            "INSERT INTO deposits (id, customer_id, coin, requested, state, token_sha256, "
            "created_at, cause_id) "
            "OVERRIDING SYSTEM VALUE VALUES (?, ?, ?, ?, 'created', ?, ?::timestamptz, ?)"),
        {id.value, deposit.customer.value, deposit.coin, deposit.requested.micros(), tokenSha256,
         core::toIso(context.now()), context.cause().value});
    if (!inserted)
        return failure(inserted.error());
    context.changed(Topic::Deposit, id.value);
    Deposit made;
    made.id = id;
    made.customer = deposit.customer;
    made.coin = deposit.coin;
    made.requested = deposit.requested;
    made.createdAt = context.now();
    return made;
}

Result<std::optional<Deposit>> lockDeposit(database::Transaction &transaction, DepositId id)
{
    return lockWhere(transaction, QStringLiteral("id = ?"), id.value);
}

Result<std::optional<Deposit>> lockDepositByToken(database::Transaction &transaction,
                                                  const QByteArray &tokenSha256)
{
    return lockWhere(transaction, QStringLiteral("token_sha256 = ?"), tokenSha256);
}

Result<void> saveDeposit(engine::Context &context, const Deposit &deposit)
{
    const auto saved = context.transaction().run(
        QStringLiteral("UPDATE deposits SET state = ?, provider_payment_id = ?, address = ?, "
                       "destination_tag = ?, expected = ?::numeric, "
                       "received = ?::numeric, reported_most = ?::numeric, "
                       "exchange_rate = ?::numeric, provider_fee = ?::numeric, tx_id = ?, "
                       "other_tx_id = ?, is_simulated = ?, "
                       "confirmations = ?, confirmations_required = ?, "
                       "checks = ?, expires_at = ?::timestamptz, "
                       "last_webhook_at = ?::timestamptz, last_check_at = ?::timestamptz, "
                       "transfer_id = ?, credited = ?, rules_version = ?, is_unsettled = ?, "
                       "reversal_transfer_id = ?, "
                       "status_message_id = ?, note = ? WHERE id = ?"),
        {nameOf(deposit.state),
         nullable(deposit.paymentId),
         nullable(deposit.address),
         nullable(deposit.destinationTag),
         nullable(deposit.expected),
         nullable(deposit.received),
         nullable(deposit.reportedMost),
         nullable(deposit.exchangeRate),
         nullable(deposit.providerFee),
         nullable(deposit.txId),
         nullable(deposit.otherTxId),
         deposit.isSimulated,
         deposit.confirmations,
         deposit.confirmationsRequired,
         deposit.checks,
         nullable(deposit.expiresAt),
         nullable(deposit.lastWebhookAt),
         nullable(deposit.lastCheckAt),
         deposit.transfer ? QVariant(deposit.transfer->value) : database::null(),
         deposit.credited.micros(),
         deposit.rulesVersion > 0 ? QVariant(deposit.rulesVersion) : database::null(),
         deposit.isUnsettled,
         deposit.reversal ? QVariant(deposit.reversal->value) : database::null(),
         deposit.statusMessage.value == 0 ? database::null()
                                          : QVariant(deposit.statusMessage.value),
         deposit.note,
         deposit.id.value});
    if (!saved)
        return failure(saved.error());
    CORE_ASSERT(saved->affected() == 1);
    context.changed(Topic::Deposit, deposit.id.value);
    return {};
}

Result<void> noteEvent(engine::Context &context, DepositId deposit, const QString &kind,
                       const QString &detail)
{
    const auto noted = context.transaction().run(
        QStringLiteral("INSERT INTO deposit_events (deposit_id, at, kind, detail, cause_id) VALUES "
                       "(?, ?::timestamptz, ?, ?, ?)"),
        {deposit.value, core::toIso(context.now()), kind, detail, context.cause().value});
    if (!noted)
        return failure(noted.error());
    return {};
}

bool addNote(Deposit &deposit, const QString &words)
{
    if (deposit.note.contains(words) || deposit.note.size() > kNoteCharactersMax)
        return false;
    deposit.note += deposit.note.isEmpty() ? words : QStringLiteral("; ") + words;
    return true;
}

Result<bool> isPaymentOfAnother(database::Transaction &transaction, const QString &paymentId,
                                DepositId deposit)
{
    const auto found = transaction.run(
        QStringLiteral("SELECT id FROM deposits WHERE provider_payment_id = ? AND id <> ?"),
        {paymentId, deposit.value});
    if (!found)
        return failure(found.error());
    return !found->isEmpty();
}

Result<int> countUnpaid(database::Transaction &transaction, CustomerId customer, Timestamp since)
{
    const auto found = transaction.run(
        QStringLiteral("SELECT count(*) AS unpaid FROM (SELECT state, created_at FROM deposits "
                       "WHERE customer_id = ? ORDER BY id DESC LIMIT 5) newest WHERE created_at > "
                       "?::timestamptz AND state IN ('created', 'create_failed', "
                       "'awaiting_payment', 'expired')"),
        {customer.value, core::toIso(since)});
    if (!found)
        return failure(found.error());
    return static_cast<int>(found->first().integer("unpaid"));
}

} // namespace deposits
