#include "queue/archive.h"

namespace queue {

namespace {

constexpr qint64 kRowsAhead = 1'500'000;

} // namespace

Result<int> ensurePartitions(database::Transaction &transaction)
{
    const auto made =
        transaction.run(QStringLiteral("SELECT archive_ensure(?) AS made"), {kRowsAhead});
    if (!made)
        return failure(made.error());
    return static_cast<int>(made->first().integer("made"));
}

Result<bool> retirePartition(database::Transaction &transaction, Archive archive, Timestamp before)
{
    // Looking through a million rows may take longer than a handler may.
    if (auto set = transaction.set(QStringLiteral("SET LOCAL statement_timeout = '60s'")); !set)
        return failure(set.error());
    const auto retired = transaction.run(
        QStringLiteral("SELECT archive_retire(?, ?::timestamptz) AS retired"),
        {archive == Archive::Inbox ? QStringLiteral("inbox") : QStringLiteral("outbox"),
         core::toIso(before)});
    if (!retired)
        return failure(retired.error());
    return retired->first().boolean("retired");
}

} // namespace queue
