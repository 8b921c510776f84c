#include "ledger/statement.h"

#include "core/csv.h"

namespace ledger {

namespace {

constexpr int kRowsAtOnce = 2000;
constexpr std::chrono::microseconds kJustBefore{1};

// Everything that is a number; the reference may begin with whatever an outsider chose.
const QList<bool> kAreNumbers = {false, true, false, false, true, true, true, true, true, true};

QByteArray lineOf(const database::Row &row)
{
    const auto usd = [&](const char *column) { return row.money(column).toString(); };
    return core::csvLine({core::toIso(row.time("at")), QString::number(row.integer("id")),
                          row.text("kind"), row.text("request_key"), usd("available"), usd("held"),
                          usd("debt"), usd("available_after"), usd("held_after"),
                          usd("debt_after")},
                         kAreNumbers);
}

Result<qint64> writeLines(database::Transaction &transaction, const StatementSpan &span,
                          const std::function<bool(const QByteArray &)> &write)
{
    qint64 count = 0;
    // A customer's `at` never goes back, so the index on it and `seq` has them in this order.
    QString at = core::toIso(span.from);
    for (qint64 seq = -1;;) {
        const auto rows = transaction.run(
            QStringLiteral("SELECT id, seq, to_micros(at) AS at, kind, request_key, available, "
                           "held, debt, available_after, held_after, debt_after FROM transfers "
                           "WHERE customer_id = ? AND (at, seq) > (?::timestamptz, ?) AND at < "
                           "?::timestamptz ORDER BY at, seq LIMIT ?"),
            {span.customer.value, at, seq, core::toIso(span.to), kRowsAtOnce});
        if (!rows)
            return failure(rows.error());
        QByteArray lines;
        for (qsizetype i = 0; i < rows->size(); ++i)
            lines += lineOf((*rows)[i]);
        if (!write(lines))
            return failure({.code = ErrorCode::Internal,
                            .detail = QStringLiteral("the statement could not be written")});
        count += rows->size();
        if (rows->size() < kRowsAtOnce)
            return count;
        const database::Row last = (*rows)[rows->size() - 1];
        at = core::toIso(last.time("at"));
        seq = last.integer("seq");
    }
}

} // namespace

QByteArray statementHead()
{
    const QStringList titles = {QStringLiteral("time"),       QStringLiteral("transfer"),
                                QStringLiteral("kind"),       QStringLiteral("reference"),
                                QStringLiteral("available"),  QStringLiteral("held"),
                                QStringLiteral("debt"),       QStringLiteral("available_after"),
                                QStringLiteral("held_after"), QStringLiteral("debt_after")};
    return core::csvMark() + core::csvLine(titles, kAreNumbers);
}

Result<Statement> writeStatement(database::Connection &connection, const StatementSpan &span,
                                 const std::function<bool(const QByteArray &)> &write)
{
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    if (auto set = transaction->set(
            QStringLiteral("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        !set)
        return failure(set.error());
    const auto opening = balanceAt(*transaction, span.customer, span.from - kJustBefore);
    const auto closing = balanceAt(*transaction, span.customer, span.to - kJustBefore);
    if (!opening || !closing)
        return failure(opening ? closing.error() : opening.error());
    if (!write(statementHead()))
        return failure({.code = ErrorCode::Internal,
                        .detail = QStringLiteral("the statement could not be written")});
    const auto count = writeLines(*transaction, span, write);
    if (!count)
        return failure(count.error());
    return Statement{*opening, *closing, *count};
}

} // namespace ledger
