#include "refund_pages.h"

#include "database/list_query.h"

namespace assembly {

namespace {

using database::FilterField;

/// Whose agreement a refund had stands beside it, of one or two people.
const QString kSelectRequests = QStringLiteral(
    "SELECT r.id, r.kind, coalesce(r.call_id, 0) AS call_id, r.refund_id, r.customer_id, c.name, "
    "r.amount, r.reason, r.note, r.state, r.rule, q.name AS requested_by, "
    "to_micros(r.requested_at) AS requested_at, to_micros(r.expires_at) AS expires_at, "
    "coalesce((SELECT string_agg(p.name, ',' ORDER BY a.place) FROM refund_approvals a JOIN "
    "operators p ON p.id = a.approver_id WHERE r.kind = 'refund' AND a.refund_id = r.id), "
    "concat_ws(',', f.name, s.name)) AS approved_by, to_micros(r.decided_at) AS decided_at, "
    "r.decision, r.transfer_id, r.destination, to_micros(r.payable_from) AS payable_from, "
    "r.reference, r.returned_transfer_id FROM money_requests r JOIN customers c ON c.id = "
    "r.customer_id LEFT JOIN operators q ON q.id = r.requested_by LEFT JOIN operators f ON f.id = "
    "r.first_by LEFT JOIN operators s ON s.id = r.second_by WHERE ");

const QHash<QString, FilterField> &requestFields()
{
    static const QHash<QString, FilterField> fields = {
        {QString(), database::customerNameField(QStringLiteral("r.customer_id"))},
        {QStringLiteral("state"),
         {QStringLiteral("r.state = ANY (string_to_array(?, ','))"), FilterField::Kind::Text}},
        {QStringLiteral("kind"),
         {QStringLiteral("r.kind = ANY (string_to_array(?, ','))"), FilterField::Kind::Text}},
        {QStringLiteral("customer"), database::customerField(QStringLiteral("r.customer_id"))},
        {QStringLiteral("by"),
         {QStringLiteral("r.requested_by = (SELECT id FROM operators WHERE name = lower(?))"),
          FilterField::Kind::Text}},
        {QStringLiteral("id"), {QStringLiteral("r.id %1 ?"), FilterField::Kind::Integer}},
    };
    return fields;
}

std::optional<TransferId> transferOf(const database::Row &row, const char *column)
{
    const auto id = row.optionalInteger(column);
    return id ? std::optional(TransferId{*id}) : std::nullopt;
}

api::MoneyRequest requestOf(const database::Row &row)
{
    const auto refund = row.optionalInteger("refund_id");
    return {.id = api::RequestId{row.integer("id")},
            .kind = api::requestKindFrom(row.text("kind")).value_or(api::RequestKind::Refund),
            .call = {row.integer("call_id")},
            .refund = refund ? std::optional(api::RefundId{*refund}) : std::nullopt,
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
            .approvedBy = row.text("approved_by").split(u',', Qt::SkipEmptyParts),
            .decidedAt = row.optionalTime("decided_at"),
            .decision = row.text("decision"),
            .transfer = transferOf(row, "transfer_id"),
            .destination = row.text("destination"),
            .payableFrom = row.optionalTime("payable_from"),
            .reference = row.text("reference"),
            .returned = transferOf(row, "returned_transfer_id")};
}

Result<api::Page<api::MoneyRequest>> readRequests(database::Connection &connection,
                                                  const api::PageQuery &query, Timestamp now)
{
    auto conditions = database::conditionsOf(query.filter, requestFields(), now);
    if (!conditions)
        return failure(conditions.error());
    auto total = Result<database::Total>(database::Total{});
    if (query.isCounted) // beyond what is counted exactly nearly all are refunds
        total = database::countRows(connection, QStringLiteral("money_requests r"),
                                    QStringLiteral("refunds"), *conditions);
    if (!total)
        return failure(total.error());
    const database::Keyset keyset = database::keysetOf(query, QStringLiteral("r.id"));
    const auto rows = connection.run(kSelectRequests + conditions->sql + keyset.sql,
                                     conditions->values + keyset.values);
    if (!rows)
        return failure(rows.error());
    api::Page<api::MoneyRequest> page = {.rows = {},
                                         .next = {},
                                         .total = total->count,
                                         .isTotalExact = total->isExact,
                                         .readAt = now};
    for (qsizetype i = 0; i < rows->size(); ++i)
        page.rows.append(requestOf((*rows)[i]));
    database::finishPage(page, query, keyset,
                         [](const api::MoneyRequest &row) { return row.id.value; });
    return page;
}

Result<QList<api::MoneyRequest>> readSomeRequests(database::Connection &connection,
                                                  const QList<api::RequestId> &ids)
{
    std::vector<qint64> values;
    for (const api::RequestId id : ids)
        values.push_back(id.value);
    const auto rows = connection.run(kSelectRequests + QStringLiteral("r.id = ANY (?::bigint[])"),
                                     {database::arrayOf(values)});
    if (!rows)
        return failure(rows.error());
    QList<api::MoneyRequest> requests;
    for (qsizetype i = 0; i < rows->size(); ++i)
        requests.append(requestOf((*rows)[i]));
    return requests;
}

Result<QList<api::RefundRulesVersion>> readRules(database::Connection &connection)
{
    const auto rows = connection.run(QStringLiteral(
        "SELECT r.*, CASE WHEN isfinite(r.in_force_from) THEN to_micros(r.in_force_from) END AS "
        "since, o.name AS by, a.what AS asked, b.name AS asked_by, to_micros(a.expires_at) AS "
        "asked_until FROM refund_rules r LEFT JOIN operators o ON o.id = r.changed_by LEFT JOIN "
        "LATERAL (SELECT * FROM agreements w WHERE w.kind = 'policy.refund_rules' AND w.state = "
        "'waiting' AND w.asked_at >= r.in_force_from AND w.expires_at > now() ORDER BY w.id DESC "
        "LIMIT 1) a ON r.version = (SELECT max(version) FROM refund_rules) LEFT JOIN operators b "
        "ON b.id = a.asked_by ORDER BY r.version DESC"));
    if (!rows)
        return failure(rows.error());
    QList<api::RefundRulesVersion> versions;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        api::RefundRulesVersion version = {.version = static_cast<int>(row.integer("version")),
                                           .since = row.optionalTime("since"),
                                           .limits = {},
                                           .changedBy = row.text("by"),
                                           .reason = row.text("reason")};
        if (!row.isNull("asked"))
            version.looserAsked = {row.text("asked"), row.text("asked_by"),
                                   row.time("asked_until")};
        for (const api::RefundLimit &limit : api::refundLimits())
            version.limits.append(row.integer(limit.name.toLatin1().constData()));
        versions.append(std::move(version));
    }
    return versions;
}

Result<api::PlanPayment> readPlanPayment(database::Connection &connection, TransferId transfer)
{
    const auto rows = connection.run(
        QStringLiteral("SELECT t.customer_id, c.name, v.plan, to_micros(p.starts_at) AS starts_at, "
                       "to_micros(p.ends_at) AS ends_at, t.platform_amount AS paid, "
                       "coalesce((SELECT -sum(r.platform_amount) FROM transfers r WHERE "
                       "r.refunds_id = t.id), 0)::bigint AS refunded FROM transfers t JOIN "
                       "plan_periods p ON p.transfer_id = t.id JOIN plan_versions v ON v.id = "
                       "p.plan_version_id JOIN customers c ON c.id = t.customer_id WHERE t.id = ?"),
        {transfer.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("no plan was paid by T-%1").arg(transfer.value)});
    const database::Row row = rows->first();
    return api::PlanPayment{.transfer = transfer,
                            .customer = CustomerId{row.integer("customer_id")},
                            .customerName = row.text("name"),
                            .plan = row.text("plan"),
                            .startsAt = row.time("starts_at"),
                            .endsAt = row.time("ends_at"),
                            .paid = row.money("paid"),
                            .refunded = row.money("refunded")};
}

} // namespace

RefundPages::RefundPages(database::ReadPool &pool, const Clock &clock)
    : m_pool(pool)
    , m_clock(clock)
{
}

QFuture<Result<api::Page<api::MoneyRequest>>> RefundPages::listRequests(api::PageQuery query)
{
    return m_pool.read<api::Page<api::MoneyRequest>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readRequests(connection, query, m_clock.now());
        });
}

QFuture<Result<QList<api::MoneyRequest>>> RefundPages::loadRequests(QList<api::RequestId> ids)
{
    return m_pool.read<QList<api::MoneyRequest>>(
        [ids = std::move(ids)](database::Connection &connection) {
            return readSomeRequests(connection, ids);
        });
}

QFuture<Result<QStringList>> RefundPages::suggest(QString field, QString typed)
{
    if (field == QLatin1String("customer"))
        return m_pool.read<QStringList>(
            [typed = std::move(typed)](database::Connection &connection) {
                return database::customerSuggestions(connection, typed);
            });
    if (field != QLatin1String("by"))
        return QtFuture::makeReadyFuture(Result<QStringList>(QStringList()));
    return m_pool.read<QStringList>([typed = std::move(typed)](database::Connection &connection) {
        return database::suggestions(
            connection,
            QStringLiteral("SELECT name AS value FROM operators WHERE name LIKE ? ORDER BY 1 LIMIT "
                           "10"),
            typed);
    });
}

QFuture<Result<QList<api::RefundRulesVersion>>> RefundPages::loadRules()
{
    return m_pool.read<QList<api::RefundRulesVersion>>(
        [](database::Connection &connection) { return readRules(connection); });
}

QFuture<Result<api::PlanPayment>> RefundPages::loadPlanPayment(TransferId transfer)
{
    return m_pool.read<api::PlanPayment>([transfer](database::Connection &connection) {
        return readPlanPayment(connection, transfer);
    });
}

} // namespace assembly
