#include "customers/customer_pages.h"

#include "customers/customer.h"
#include "customers/customer_history.h"
#include "database/list_query.h"

namespace customers {

namespace {

using database::FilterField;

// Each figure of a row is a walk along an index of that customer. Calls and their tier are shown
// here; nothing is decided by them.
const QString kSelect = QStringLiteral(
    "SELECT c.id, c.name, c.language, c.terms_version, to_micros(c.terms_accepted_at) AS "
    "terms_accepted_at, c.is_reachable, to_micros(c.created_at) AS created_at, c.cause_id, "
    "w.available, w.held, w.debt, "
    "(SELECT to_micros(o.created_at) FROM outbox o WHERE o.provider = 1 AND o.lane = 'chat:' || "
    "c.id ORDER BY o.id DESC LIMIT 1) AS last_at, "
    "(SELECT count(*) FROM calls k WHERE k.customer_id = c.id AND k.dialled_at > "
    "?::timestamptz - interval '30 days') AS calls, "
    "coalesce((SELECT k.tier FROM calls k WHERE k.customer_id = c.id ORDER BY k.id DESC LIMIT 1), "
    "'new') AS tier, "
    "coalesce(m.spend, 0)::bigint AS spend, coalesce(m.refunds, 0)::bigint AS refunds%1 "
    "FROM customers c JOIN wallets w ON w.customer_id = c.id LEFT JOIN LATERAL (SELECT "
    "sum(t.platform_amount) FILTER (WHERE t.kind = 'charge') AS spend, "
    "-sum(t.platform_amount) FILTER (WHERE t.kind = 'refund') AS refunds FROM transfers t WHERE "
    "t.customer_id = c.id AND t.at > ?::timestamptz - interval '30 days') m ON true WHERE ");

const QString kDetails = QStringLiteral(
    ", (SELECT count(*) FROM calls k WHERE k.customer_id = c.id) AS all_calls, "
    "(SELECT k.callee_zone FROM calls k WHERE k.customer_id = c.id AND k.consent = 'own_number' "
    "AND k.callee_zone <> '' ORDER BY k.id DESC LIMIT 1) AS zone, "
    "w.seq IS NULL OR (SELECT t.hash = w.hash FROM transfers t WHERE t.customer_id = w.customer_id "
    "AND t.seq = w.seq) AS intact");

const QHash<QString, FilterField> &filterFields()
{
    const auto text = [](const char *sql) {
        return FilterField{QString::fromUtf8(sql), FilterField::Kind::Text};
    };
    static const QHash<QString, FilterField> fields = {
        {QString(), text("lower(c.name) LIKE lower(?) || '%'")},
        {QStringLiteral("name"), text("lower(c.name) LIKE lower(?) || '%'")},
        {QStringLiteral("id"), {QStringLiteral("c.id %1 ?"), FilterField::Kind::Integer}},
        {QStringLiteral("language"), text("c.language = lower(?)")},
        {QStringLiteral("status"),
         text("CASE ? WHEN 'unreachable' THEN NOT c.is_reachable WHEN 'no_terms' THEN "
              "c.is_reachable AND c.terms_version IS NULL ELSE c.is_reachable AND c.terms_version "
              "IS NOT NULL END")},
        // From the messages to their customers: the other way round each customer is looked at.
        {QStringLiteral("since"),
         {QStringLiteral("c.id IN (SELECT CASE WHEN o.lane ~ '^chat:[0-9]{1,18}$' THEN "
                         "substr(o.lane, 6)::bigint END FROM outbox o WHERE o.provider = 1 AND "
                         "o.created_at >= ?::timestamptz)"),
          FilterField::Kind::Since}},
    };
    return fields;
}

api::CustomerStatus statusOf(const database::Row &row)
{
    if (!row.boolean("is_reachable"))
        return api::CustomerStatus::Unreachable;
    return row.isNull("terms_version") ? api::CustomerStatus::NoTerms : api::CustomerStatus::Active;
}

api::CustomerRow rowOf(const database::Row &row)
{
    return {.id = CustomerId{row.integer("id")},
            .name = row.text("name"),
            .language = row.text("language"),
            .status = statusOf(row),
            .tier = row.text("tier"),
            .available = row.money("available"),
            .held = row.money("held"),
            .debt = row.money("debt"),
            .lastActivityAt = row.optionalTime("last_at"),
            .createdAt = row.time("created_at"),
            .calls30d = row.integer("calls"),
            .spend30d = row.money("spend"),
            .refunds30d = row.money("refunds")};
}

/// Newest first: a customer is made by one inbox row, whose number grows.
Result<api::Page<api::CustomerRow>> readPage(database::Connection &connection,
                                             const api::PageQuery &query, Timestamp now)
{
    auto conditions = database::conditionsOf(query.filter, filterFields(), now);
    if (!conditions)
        return failure(conditions.error());
    auto total = Result<database::Total>(database::Total{});
    if (query.isCounted)
        total = database::countRows(connection, QStringLiteral("customers c"),
                                    QStringLiteral("customers"), *conditions);
    if (!total)
        return failure(total.error());
    const QString iso = core::toIso(now);
    const database::Keyset keyset = database::keysetOf(query, QStringLiteral("c.cause_id"));
    const auto rows =
        connection.run(kSelect.arg(QString()) + conditions->sql + keyset.sql,
                       database::Values{iso, iso} + conditions->values + keyset.values);
    if (!rows)
        return failure(rows.error());
    api::Page<api::CustomerRow> page = {.rows = {},
                                        .next = {},
                                        .total = total->count,
                                        .isTotalExact = total->isExact,
                                        .readAt = now};
    QHash<qint64, qint64> causes;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        page.rows.append(rowOf(row));
        causes.insert(row.integer("id"), row.integer("cause_id"));
    }
    database::finishPage(page, query, keyset, [&causes](const api::CustomerRow &row) {
        return causes.value(row.id.value);
    });
    return page;
}

Result<QList<api::CustomerRow>> readRows(database::Connection &connection,
                                         const QList<CustomerId> &ids, Timestamp now)
{
    std::vector<qint64> values;
    for (const CustomerId id : ids)
        values.push_back(id.value);
    const QString iso = core::toIso(now);
    const auto rows =
        connection.run(kSelect.arg(QString()) + QStringLiteral("c.id = ANY (?::bigint[])"),
                       {iso, iso, database::arrayOf(values)});
    if (!rows)
        return failure(rows.error());
    QList<api::CustomerRow> found;
    for (qsizetype i = 0; i < rows->size(); ++i)
        found.append(rowOf((*rows)[i]));
    return found;
}

/// The newest period of the plan that runs, or what is left of Free; shown, and nothing is decided
/// by it.
Result<std::optional<api::CustomerPlan>> readPlan(database::Connection &connection,
                                                  CustomerId customer, const QString &now)
{
    const auto rows = connection.run(
        QStringLiteral(
            "SELECT v.plan, v.days, p.price, coalesce(s.state, '') AS state, coalesce(s.renews, "
            "false) AS renews, p.granted_s, p.used_s, p.held_s, to_micros(p.starts_at) AS "
            "starts_at, to_micros(p.ends_at) AS ends_at, to_micros(s.next_try_at) AS next_try_at, "
            "p.transfer_id FROM plan_periods p JOIN plan_versions v ON v.id = p.plan_version_id "
            "LEFT JOIN subscriptions s ON s.id = p.subscription_id AND s.period = p.number AND "
            "s.state <> 'ended' WHERE p.customer_id = ? AND p.closed_at IS NULL AND (s.id IS NOT "
            "NULL OR (p.subscription_id IS NULL AND p.ends_at > ?::timestamptz)) ORDER BY s.id "
            "NULLS LAST LIMIT 1"),
        {customer.value, now});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<api::CustomerPlan>();
    const database::Row row = rows->first();
    const auto transfer = row.optionalInteger("transfer_id");
    return std::optional(api::CustomerPlan{
        .plan = row.text("plan"),
        .days = static_cast<int>(row.integer("days")),
        .price = row.money("price"),
        .state = row.text("state"),
        .renews = row.boolean("renews"),
        .granted = std::chrono::seconds(row.integer("granted_s")),
        .used = std::chrono::seconds(row.integer("used_s")),
        .held = std::chrono::seconds(row.integer("held_s")),
        .startsAt = row.time("starts_at"),
        .endsAt = row.time("ends_at"),
        .nextTryAt = row.optionalTime("next_try_at"),
        .transfer = transfer ? std::optional(TransferId{*transfer}) : std::nullopt});
}

Result<api::CustomerDetail> readDetail(database::Connection &connection, CustomerId id,
                                       Timestamp now)
{
    const QString iso = core::toIso(now);
    const auto rows =
        connection.run(kSelect.arg(kDetails) + QStringLiteral("c.id = ?"), {iso, iso, id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("no customer %1").arg(id.value)});
    const auto plan = readPlan(connection, id, iso);
    if (!plan)
        return failure(plan.error());
    const database::Row row = rows->first();
    return api::CustomerDetail{.row = rowOf(row),
                               .timeZone = row.text("zone"),
                               .termsAcceptedAt = row.optionalTime("terms_accepted_at"),
                               .calls = row.integer("all_calls"),
                               .isChainIntact = row.boolean("intact"),
                               .plan = *plan};
}

} // namespace

CustomerPages::CustomerPages(database::ReadPool &pool,
                             std::shared_ptr<const language::Catalogue> catalogue,
                             const Clock &clock)
    : m_pool(pool)
    , m_catalogue(std::move(catalogue))
    , m_clock(clock)
{
}

QFuture<Result<api::Page<api::CustomerRow>>> CustomerPages::listCustomers(api::PageQuery query)
{
    return m_pool.read<api::Page<api::CustomerRow>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readPage(connection, query, m_clock.now());
        });
}

QFuture<Result<QList<api::CustomerRow>>> CustomerPages::loadCustomers(QList<CustomerId> ids)
{
    return m_pool.read<QList<api::CustomerRow>>(
        [ids = std::move(ids), this](database::Connection &connection) {
            return readRows(connection, ids, m_clock.now());
        });
}

QFuture<Result<api::CustomerDetail>> CustomerPages::loadCustomer(CustomerId id)
{
    return m_pool.read<api::CustomerDetail>([id, this](database::Connection &connection) {
        return readDetail(connection, id, m_clock.now());
    });
}

QFuture<Result<api::Page<api::TimelineRow>>> CustomerPages::listTimeline(api::PageQuery query)
{
    return m_pool.read<api::Page<api::TimelineRow>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readTimeline(connection, query, m_clock.now());
        });
}

QFuture<Result<api::Page<api::MessageRow>>> CustomerPages::listMessages(api::PageQuery query,
                                                                        QString language)
{
    return m_pool.read<api::Page<api::MessageRow>>([query = std::move(query),
                                                    language = std::move(language),
                                                    this](database::Connection &connection) {
        return readMessages(connection, query, *m_catalogue, language, m_clock.now());
    });
}

QFuture<Result<QStringList>> CustomerPages::suggest(QString field, QString typed)
{
    if (field != QLatin1String("name"))
        return QtFuture::makeReadyFuture(Result<QStringList>(QStringList()));
    return m_pool.read<QStringList>([typed = std::move(typed)](database::Connection &connection) {
        return database::customerSuggestions(connection, typed);
    });
}

} // namespace customers
