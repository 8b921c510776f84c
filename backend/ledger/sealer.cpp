#include "ledger/sealer.h"

#include "core/fault_point.h"
#include "database/transaction.h"

namespace ledger {

namespace {

Error notOurs()
{
    return {.code = ErrorCode::DatabaseRefused,
            .detail = QStringLiteral("the newest seal of the database is not signed by this "
                                     "installation's key; run speechcad-server ledger verify")};
}

/// Up to which id of `table` nothing can come any more; `upto` when nothing is new.
Result<qint64> pointOf(database::Connection &connection, const QString &table, qint64 upto)
{
    // Without a lock at first: in a quiet minute nobody should have to wait.
    const auto newest =
        connection.run(QStringLiteral("SELECT coalesce(max(id), 0) AS id FROM %1").arg(table));
    if (!newest)
        return failure(newest.error());
    if (newest->first().integer("id") <= upto)
        return upto;
    // A transaction of its own, so that the lock is gone before anything is summed up.
    const auto point = connection.run(QStringLiteral("SELECT seal_point(?) AS id"), {table});
    if (!point)
        return failure(point.error());
    return std::min(point->first().integer("id"), upto + kSealedIdsMax);
}

Result<seals::Span> spanOf(database::Transaction &transaction, const QString &table, qint64 after,
                           qint64 upto)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT n, digest FROM sealed_%1(?, ?)").arg(table), {after, upto});
    if (!rows)
        return failure(rows.error());
    return seals::Span{after, upto, rows->first().integer("n"), rows->first().bytes("digest")};
}

Result<void> store(database::Transaction &transaction, const seals::Seal &seal,
                   const seals::SignedSeal &made)
{
    const auto stored = transaction.run(
        QStringLiteral("INSERT INTO seals (id, at, transfers_upto, audit_upto, body, signature) "
                       "VALUES (?, ?::timestamptz, ?, ?, ?, ?)"),
        {seal.number, core::toIso(seal.at), seal.transfers.upto, seal.audit.upto,
         QString::fromUtf8(made.body), made.signature});
    if (!stored)
        return failure(stored.error());
    return {};
}

} // namespace

Result<std::optional<seals::SignedSeal>> newestSeal(database::Connection &connection)
{
    const auto rows = connection.run(
        QStringLiteral("SELECT body, signature FROM seals ORDER BY id DESC LIMIT 1"));
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<seals::SignedSeal>();
    return std::optional(
        seals::SignedSeal{rows->first().text("body").toUtf8(), rows->first().bytes("signature")});
}

Result<std::optional<seals::SignedSeal>> sealNext(database::Connection &connection,
                                                  const seals::Signer &signer, Timestamp now)
{
    const auto newest = newestSeal(connection);
    if (!newest)
        return failure(newest.error());
    const auto before = *newest ? seals::sealOf((*newest)->body) : Result<seals::Seal>();
    if (!before || (*newest && !seals::isSignedBy(signer.publicKey(), **newest)))
        return failure(notOurs());
    const auto transfers = pointOf(connection, QStringLiteral("transfers"), before->transfers.upto);
    const auto audit = pointOf(connection, QStringLiteral("audit"), before->audit.upto);
    if (!transfers || !audit)
        return failure(transfers ? audit.error() : transfers.error());
    if (*transfers == before->transfers.upto && *audit == before->audit.upto)
        return std::optional<seals::SignedSeal>();

    std::optional<seals::SignedSeal> made;
    const auto sealed = database::inTransaction(
        connection, [&](database::Transaction &transaction) -> Result<void> {
            const auto money = spanOf(transaction, QStringLiteral("transfers"),
                                      before->transfers.upto, *transfers);
            const auto deeds =
                spanOf(transaction, QStringLiteral("audit"), before->audit.upto, *audit);
            if (!money || !deeds)
                return failure(money ? deeds.error() : money.error());
            // A clock that was set back makes no seal older than the one before it.
            const seals::Seal seal = {.number = before->number + 1,
                                      .at = std::max(now, before->at),
                                      .transfers = *money,
                                      .audit = *deeds,
                                      .previous = *newest ? seals::hashOf(**newest) : QByteArray()};
            made = signer.sign(seal);
            core::faultPoint("seals.signed");
            return store(transaction, seal, *made);
        });
    if (!sealed)
        return failure(sealed.error());
    core::faultPoint("seals.committed");
    return made;
}

} // namespace ledger
