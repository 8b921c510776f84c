// What RefundPages reads of bulk refunds.
#include "refund_pages.h"

#include "database/list_query.h"

namespace assembly {

namespace {

using database::FilterField;

/// How far each of them is stands beside it: counted along the key of its calls.
const QString kSelectBatches = QStringLiteral(
    "SELECT b.id, b.batch_key, b.query::text AS query, b.share, b.each, b.reason, b.note, b.calls, "
    "b.total, b.state, b.needs, b.rule, b.preview_hash, q.name AS requested_by, "
    "to_micros(b.requested_at) AS requested_at, to_micros(b.expires_at) AS expires_at, "
    "(SELECT string_agg(p.name, ',' ORDER BY a.place) FROM refund_batch_approvals a JOIN operators "
    "p ON p.id = a.approver_id WHERE a.batch_id = b.id) AS approved_by, to_micros(b.started_at) AS "
    "started_at, to_micros(b.ended_at) AS ended_at, e.name AS ended_by, b.decision, x.done, "
    "x.refused, x.left_out, x.given FROM refund_batches b JOIN operators q ON q.id = "
    "b.requested_by LEFT JOIN operators e ON e.id = b.ended_by CROSS JOIN LATERAL (SELECT count(*) "
    "FILTER (WHERE r.state = 'done') AS done, count(*) FILTER (WHERE r.state = 'refused') AS "
    "refused, count(*) FILTER (WHERE r.state = 'left') AS left_out, coalesce(sum(r.amount) FILTER "
    "(WHERE r.state = 'done'), 0)::bigint AS given FROM refund_batch_rows r WHERE r.batch_id = "
    "b.id) x WHERE ");

const QString kSelectBatchCalls = QStringLiteral(
    "SELECT x.call_id, x.customer_id, c.name, x.amount, x.state, x.why, x.refund_id, "
    "to_micros(x.decided_at) AS decided_at FROM refund_batch_rows x JOIN customers c ON c.id = "
    "x.customer_id WHERE ");

const QHash<QString, FilterField> &batchFields()
{
    static const QHash<QString, FilterField> fields = {
        {QString(), {QStringLiteral("starts_with(b.batch_key, ?)"), FilterField::Kind::Text}},
        {QStringLiteral("name"),
         {QStringLiteral("starts_with(b.batch_key, ?)"), FilterField::Kind::Text}},
        {QStringLiteral("state"),
         {QStringLiteral("b.state = ANY (string_to_array(?, ','))"), FilterField::Kind::Text}},
        {QStringLiteral("by"),
         {QStringLiteral("b.requested_by = (SELECT id FROM operators WHERE name = lower(?))"),
          FilterField::Kind::Text}},
        {QStringLiteral("id"), {QStringLiteral("b.id %1 ?"), FilterField::Kind::Integer}},
    };
    return fields;
}

const QHash<QString, FilterField> &batchCallFields()
{
    static const QHash<QString, FilterField> fields = {
        {QString(), database::customerNameField(QStringLiteral("x.customer_id"))},
        {QStringLiteral("batch"), {QStringLiteral("x.batch_id = ?"), FilterField::Kind::Integer}},
        {QStringLiteral("state"),
         {QStringLiteral("x.state = ANY (string_to_array(?, ','))"), FilterField::Kind::Text}},
        {QStringLiteral("customer"), database::customerField(QStringLiteral("x.customer_id"))},
        {QStringLiteral("id"), {QStringLiteral("x.call_id %1 ?"), FilterField::Kind::Integer}},
    };
    return fields;
}

/// What was asked for, as the row has it.
Result<api::BulkRefundWish> wishOf(const database::Row &row)
{
    const auto query = core::parseJson(row.text("query").toUtf8());
    if (!query)
        return failure(query.error());
    Json asked = {{"query", *query},
                  {"share", row.text("share")},
                  {"reason", row.text("reason")},
                  {"note", row.text("note")}};
    if (!row.isNull("each"))
        asked["each"] = row.integer("each");
    return api::bulkWishFromJson(asked);
}

Result<QList<api::RefundBatch>> batchesOf(const database::Rows &rows)
{
    QList<api::RefundBatch> batches;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const database::Row row = rows[i];
        auto wish = wishOf(row);
        if (!wish)
            return failure(wish.error());
        batches.append({.id = api::BatchId{row.integer("id")},
                        .key = row.text("batch_key"),
                        .wish = *std::move(wish),
                        .calls = row.integer("calls"),
                        .total = row.money("total"),
                        .state = row.text("state"),
                        .needs = api::refundNeedsFrom(row.text("needs")),
                        .rule = row.text("rule"),
                        .hash = row.text("preview_hash"),
                        .requestedBy = row.text("requested_by"),
                        .requestedAt = row.time("requested_at"),
                        .expiresAt = row.time("expires_at"),
                        .approvedBy = row.text("approved_by").split(u',', Qt::SkipEmptyParts),
                        .startedAt = row.optionalTime("started_at"),
                        .endedAt = row.optionalTime("ended_at"),
                        .endedBy = row.text("ended_by"),
                        .decision = row.text("decision"),
                        .done = row.integer("done"),
                        .refused = row.integer("refused"),
                        .left = row.integer("left_out"),
                        .given = row.money("given")});
    }
    return batches;
}

QList<api::RefundBatchCall> batchCallsOf(const database::Rows &rows)
{
    QList<api::RefundBatchCall> calls;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const database::Row row = rows[i];
        const auto refund = row.optionalInteger("refund_id");
        calls.append({.call = {row.integer("call_id")},
                      .customer = CustomerId{row.integer("customer_id")},
                      .customerName = row.text("name"),
                      .amount = row.money("amount"),
                      .state = row.text("state"),
                      .why = row.text("why"),
                      .refund = refund ? std::optional(api::RefundId{*refund}) : std::nullopt,
                      .decidedAt = row.optionalTime("decided_at")});
    }
    return calls;
}

/// `rowsOf` makes the rows of a page from what was read.
template <typename Row, typename RowsOf, typename IdOf>
Result<api::Page<Row>> readListed(database::Connection &connection, const api::PageQuery &query,
                                  const QHash<QString, FilterField> &fields, Timestamp now,
                                  const QString &select, const QString &table, const QString &alias,
                                  const QString &key, RowsOf rowsOf, IdOf idOf)
{
    const auto conditions = database::conditionsOf(query.filter, fields, now);
    if (!conditions)
        return failure(conditions.error());
    auto total = Result<database::Total>(database::Total{});
    if (query.isCounted)
        total = database::countRows(connection, table + u' ' + alias, table, *conditions);
    if (!total)
        return failure(total.error());
    const database::Keyset keyset = database::keysetOf(query, key);
    const auto rows =
        connection.run(select + conditions->sql + keyset.sql, conditions->values + keyset.values);
    if (!rows)
        return failure(rows.error());
    Result<QList<Row>> listed = rowsOf(*rows);
    if (!listed)
        return failure(listed.error());
    api::Page<Row> page = {.rows = *std::move(listed),
                           .next = {},
                           .total = total->count,
                           .isTotalExact = total->isExact,
                           .readAt = now};
    database::finishPage(page, query, keyset, idOf);
    return page;
}

template <typename Id> QString arrayOfIds(const QList<Id> &ids)
{
    std::vector<qint64> values;
    for (const Id id : ids)
        values.push_back(id.value);
    return database::arrayOf(values);
}

} // namespace

QFuture<Result<api::Page<api::RefundBatch>>> RefundPages::listBatches(api::PageQuery query)
{
    return m_pool.read<api::Page<api::RefundBatch>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readListed<api::RefundBatch>(
                connection, query, batchFields(), m_clock.now(), kSelectBatches,
                QStringLiteral("refund_batches"), QStringLiteral("b"), QStringLiteral("b.id"),
                batchesOf, [](const api::RefundBatch &row) { return row.id.value; });
        });
}

QFuture<Result<QList<api::RefundBatch>>> RefundPages::loadBatches(QList<api::BatchId> ids)
{
    return m_pool.read<QList<api::RefundBatch>>(
        [ids =
             std::move(ids)](database::Connection &connection) -> Result<QList<api::RefundBatch>> {
            const auto rows = connection.run(
                kSelectBatches + QStringLiteral("b.id = ANY (?::bigint[])"), {arrayOfIds(ids)});
            if (!rows)
                return failure(rows.error());
            return batchesOf(*rows);
        });
}

QFuture<Result<api::Page<api::RefundBatchCall>>> RefundPages::listBatchCalls(api::PageQuery query)
{
    return m_pool.read<api::Page<api::RefundBatchCall>>(
        [query = std::move(query),
         this](database::Connection &connection) -> Result<api::Page<api::RefundBatchCall>> {
            const bool isOfOne = std::any_of(
                query.filter.cbegin(), query.filter.cend(), [](const api::FilterTerm &term) {
                    return term.field == QLatin1String("batch") &&
                           term.comparison == api::FilterTerm::Comparison::Is;
                });
            if (!isOfOne)
                return failure({.code = ErrorCode::BadInput,
                                .detail = QStringLiteral("the calls are those of one batch")});
            return readListed<api::RefundBatchCall>(
                connection, query, batchCallFields(), m_clock.now(), kSelectBatchCalls,
                QStringLiteral("refund_batch_rows"), QStringLiteral("x"),
                QStringLiteral("x.call_id"),
                [](const database::Rows &rows) {
                    return Result<QList<api::RefundBatchCall>>(batchCallsOf(rows));
                },
                [](const api::RefundBatchCall &row) { return row.call.value; });
        });
}

QFuture<Result<QList<api::RefundBatchCall>>>
RefundPages::loadBatchCalls(api::BatchId batch, QList<api::BatchCallId> calls)
{
    return m_pool.read<QList<api::RefundBatchCall>>(
        [batch, calls = std::move(calls)](
            database::Connection &connection) -> Result<QList<api::RefundBatchCall>> {
            const auto rows = connection.run(
                kSelectBatchCalls +
                    QStringLiteral("x.batch_id = ? AND x.call_id = ANY (?::bigint[])"),
                {batch.value, arrayOfIds(calls)});
            if (!rows)
                return failure(rows.error());
            return batchCallsOf(*rows);
        });
}

} // namespace assembly
