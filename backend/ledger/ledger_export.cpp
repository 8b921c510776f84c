#include "ledger/ledger_export.h"

#include "database/transaction.h"
#include "seals/export_text.h"

namespace ledger {

namespace {

constexpr int kRowsAtOnce = 5000;

using Write = std::function<bool(const QByteArray &)>;

Result<qint64> exportTable(database::Transaction &transaction, const QString &table,
                           seals::Stream stream, const Write &write)
{
    qint64 count = 0;
    for (qint64 after = std::numeric_limits<qint64>::min();;) {
        const auto rows = transaction.run(
            QStringLiteral("SELECT t.id, sealed_line(t) AS line FROM %1 t WHERE t.id > ? ORDER BY "
                           "t.id LIMIT ?")
                .arg(table),
            {after, kRowsAtOnce});
        if (!rows)
            return failure(rows.error());
        QByteArray text;
        for (qsizetype i = 0; i < rows->size(); ++i)
            text += seals::exportRow(stream, (*rows)[i].text("line").toUtf8());
        if (!write(text))
            return failure({.code = ErrorCode::Internal,
                            .detail = QStringLiteral("the export could not be written")});
        count += rows->size();
        if (rows->size() < kRowsAtOnce)
            return count;
        after = (*rows)[rows->size() - 1].integer("id");
    }
}

} // namespace

Result<ExportCounts> exportSealed(database::Connection &connection, Timestamp now,
                                  const Write &write)
{
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    if (auto set = transaction->set(
            QStringLiteral("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; "
                           "SET LOCAL statement_timeout = 0"));
        !set)
        return failure(set.error());
    if (!write(seals::exportHead(core::toIso(now).toLatin1())))
        return failure({.code = ErrorCode::Internal,
                        .detail = QStringLiteral("the export could not be written")});
    const auto transfers =
        exportTable(*transaction, QStringLiteral("transfers"), seals::Stream::Transfers, write);
    if (!transfers)
        return failure(transfers.error());
    const auto audit =
        exportTable(*transaction, QStringLiteral("audit"), seals::Stream::Audit, write);
    if (!audit)
        return failure(audit.error());
    return ExportCounts{*transfers, *audit};
}

} // namespace ledger
