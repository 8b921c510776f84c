#include "refund_pages.h"

#include "database/list_query.h"

namespace assembly {

namespace {

using database::FilterField;

const QString kSelectRefunds = QStringLiteral(
    "SELECT r.id, coalesce(r.call_id, 0) AS call_id, r.customer_id, c.name, r.amount, r.reason, "
    "r.note, r.state, r.rule, q.name AS requested_by, to_micros(r.requested_at) AS requested_at, "
    "to_micros(r.expires_at) AS expires_at, a.name AS approved_by, to_micros(r.decided_at) AS "
    "decided_at, r.decision, r.transfer_id FROM refunds r JOIN customers c ON c.id = r.customer_id "
    "LEFT JOIN operators q ON q.id = r.requested_by LEFT JOIN operators a ON a.id = r.approved_by "
    "WHERE ");

const QHash<QString, FilterField> &refundFields()
{
    static const QHash<QString, FilterField> fields = {
        {QString(), database::customerNameField(QStringLiteral("r.customer_id"))},
        {QStringLiteral("state"),
         {QStringLiteral("r.state = ANY (string_to_array(?, ','))"), FilterField::Kind::Text}},
        {QStringLiteral("customer"), database::customerField(QStringLiteral("r.customer_id"))},
        {QStringLiteral("id"), {QStringLiteral("r.id %1 ?"), FilterField::Kind::Integer}},
    };
    return fields;
}

api::RefundRow refundOf(const database::Row &row)
{
    const auto transfer = row.optionalInteger("transfer_id");
    return {.id = api::RefundId{row.integer("id")},
            .call = {row.integer("call_id")},
            .customer = CustomerId{row.integer("customer_id")},
            .customerName = row.text("name"),
            .amount = row.money("amount"),
            .reason = row.text("reason"),
            .note = row.text("note"),
            .state = row.text("state"),
            .rule = row.text("rule"),
            .requestedBy = row.text("requested_by"),
            .requestedAt = row.time("requested_at"),
            .expiresAt = row.optionalTime("expires_at"),
            .approvedBy = row.text("approved_by"),
            .decidedAt = row.optionalTime("decided_at"),
            .decision = row.text("decision"),
            .transfer = transfer ? std::optional(TransferId{*transfer}) : std::nullopt};
}

Result<api::Page<api::RefundRow>> readRefunds(database::Connection &connection,
                                              const api::PageQuery &query, Timestamp now)
{
    auto conditions = database::conditionsOf(query.filter, refundFields(), now);
    if (!conditions)
        return failure(conditions.error());
    auto total = Result<database::Total>(database::Total{});
    if (query.isCounted)
        total = database::countRows(connection, QStringLiteral("refunds r"),
                                    QStringLiteral("refunds"), *conditions);
    if (!total)
        return failure(total.error());
    const database::Keyset keyset = database::keysetOf(query, QStringLiteral("r.id"));
    const auto rows = connection.run(kSelectRefunds + conditions->sql + keyset.sql,
                                     conditions->values + keyset.values);
    if (!rows)
        return failure(rows.error());
    api::Page<api::RefundRow> page = {.rows = {},
                                      .next = {},
                                      .total = total->count,
                                      .isTotalExact = total->isExact,
                                      .readAt = now};
    for (qsizetype i = 0; i < rows->size(); ++i)
        page.rows.append(refundOf((*rows)[i]));
    database::finishPage(page, query, keyset,
                         [](const api::RefundRow &row) { return row.id.value; });
    return page;
}

} // namespace

RefundPages::RefundPages(database::ReadPool &pool, const Clock &clock)
    : m_pool(pool)
    , m_clock(clock)
{
}

QFuture<Result<api::Page<api::RefundRow>>> RefundPages::listRefunds(api::PageQuery query)
{
    return m_pool.read<api::Page<api::RefundRow>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readRefunds(connection, query, m_clock.now());
        });
}

QFuture<Result<QList<api::RefundRow>>> RefundPages::loadRefunds(QList<api::RefundId> ids)
{
    using Found = Result<QList<api::RefundRow>>;
    return m_pool.read<QList<api::RefundRow>>(
        [ids = std::move(ids)](database::Connection &connection) -> Found {
            std::vector<qint64> values;
            for (const api::RefundId id : ids)
                values.push_back(id.value);
            const auto rows =
                connection.run(kSelectRefunds + QStringLiteral("r.id = ANY (?::bigint[])"),
                               {database::arrayOf(values)});
            if (!rows)
                return failure(rows.error());
            QList<api::RefundRow> refunds;
            for (qsizetype i = 0; i < rows->size(); ++i)
                refunds.append(refundOf((*rows)[i]));
            return refunds;
        });
}

QFuture<Result<QStringList>> RefundPages::suggest(QString field, QString typed)
{
    if (field != QLatin1String("customer"))
        return QtFuture::makeReadyFuture(Result<QStringList>(QStringList()));
    return m_pool.read<QStringList>([typed = std::move(typed)](database::Connection &connection) {
        return database::customerSuggestions(connection, typed);
    });
}

} // namespace assembly
