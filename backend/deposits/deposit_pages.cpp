#include "deposits/deposit_pages.h"

#include "api/deposit_reviews.h"
#include "core/assert.h"
#include "database/list_query.h"
#include "deposits/deposit_policy_page.h"
#include "deposits/deposit_state.h"

namespace deposits {

namespace {

using database::FilterField;

const QString kSelect = QStringLiteral(
    "SELECT d.id, to_micros(d.created_at) AS created_at, d.customer_id, c.name, d.coin, "
    "d.requested, d.expected::text AS expected, "
    "d.received::text AS received, d.credited, d.confirmations, d.confirmations_required, d.state, "
    "coalesce(d.provider_payment_id, '') AS payment_id, to_micros(d.last_webhook_at) AS "
    "last_webhook_at, "
    "to_micros(d.last_check_at) AS last_check_at, d.transfer_id, d.note, coalesce(d.address, '') "
    "AS address, "
    "to_micros(d.expires_at) AS expires_at, (SELECT count(*) FROM deposit_reviews r WHERE "
    "r.deposit_id = d.id AND r.state IN ('open', 'pending_approval')) AS reviews FROM deposits d "
    "JOIN customers c ON c.id = d.customer_id WHERE ");

const QString kReviews = QStringLiteral(
    "SELECT r.id, r.deposit_id, r.customer_id, c.name, r.kind, coalesce(d.coin, '') AS coin, "
    "r.asked, r.expected::text AS expected, r.received::text AS received, r.suggested, "
    "r.in_suspense, r.subject, r.evidence, r.state, r.decision, r.amount, r.payee_id, r.payment, "
    "r.reason, q.name AS requested_by, a.name AS approved_by, to_micros(r.opened_at) AS "
    "opened_at, to_micros(r.decided_at) AS decided_at, r.transfer_id FROM deposit_reviews r JOIN "
    "customers c ON c.id = r.customer_id LEFT JOIN deposits d ON d.id = r.deposit_id LEFT JOIN "
    "operators q ON q.id = r.requested_by LEFT JOIN operators a ON a.id = r.approved_by WHERE ");
constexpr int kLooseMax = 50;

const QHash<QString, FilterField> &filterFields()
{
    static const QHash<QString, FilterField> fields = {
        {QString(), database::customerNameField(QStringLiteral("d.customer_id"))},
        {QStringLiteral("state"),
         {QStringLiteral("d.state = ANY (string_to_array(?, ','))"), FilterField::Kind::Text}},
        {QStringLiteral("customer"), database::customerField(QStringLiteral("d.customer_id"))},
        {QStringLiteral("coin"), {QStringLiteral("d.coin = upper(?)"), FilterField::Kind::Text}},
        {QStringLiteral("amount"), {QStringLiteral("d.requested %1 ?"), FilterField::Kind::Usd}},
        {QStringLiteral("id"), {QStringLiteral("d.id %1 ?"), FilterField::Kind::Integer}},
        {QStringLiteral("provider"),
         {QStringLiteral("d.provider_payment_id ^@ ?"), FilterField::Kind::Text}},
        {QStringLiteral("since"),
         {QStringLiteral("d.created_at >= ?::timestamptz"), FilterField::Kind::Since}},
        // The one value is "waiting"; any other finds nothing.
        {QStringLiteral("review"),
         {QStringLiteral("d.id IN (SELECT r.deposit_id FROM deposit_reviews r WHERE r.state IN "
                         "('open', 'pending_approval') AND r.deposit_id IS NOT NULL AND ? = "
                         "'waiting')"),
          FilterField::Kind::Text}},
    };
    return fields;
}

api::DepositRow rowOf(const database::Row &row)
{
    const auto transfer = row.optionalInteger("transfer_id");
    return {.id = DepositId{row.integer("id")},
            .createdAt = row.time("created_at"),
            .customer = CustomerId{row.integer("customer_id")},
            .customerName = row.text("name"),
            .coin = row.text("coin"),
            .requested = row.money("requested"),
            .expectedCrypto = row.text("expected"),
            .receivedCrypto = row.text("received"),
            .credited = row.money("credited"),
            .confirmations = static_cast<int>(row.integer("confirmations")),
            .confirmationsRequired = static_cast<int>(row.integer("confirmations_required")),
            .state = stateOf(row.text("state")),
            .providerPaymentId = row.text("payment_id"),
            .lastWebhookAt = row.optionalTime("last_webhook_at"),
            .lastCheckAt = row.optionalTime("last_check_at"),
            .transfer = transfer ? std::optional(TransferId{*transfer}) : std::nullopt,
            .note = row.text("note"),
            .waitingReviews = static_cast<int>(row.integer("reviews"))};
}

/// A word of a constraint of the table, so one that is not known is our own mistake.
template <typename Value> Value known(const std::optional<Value> &value)
{
    CORE_ASSERT(value.has_value());
    return *value;
}

api::DepositReview shownReview(const database::Row &row)
{
    const auto deposit = row.optionalInteger("deposit_id");
    const auto transfer = row.optionalInteger("transfer_id");
    return {.id = api::ReviewId{row.integer("id")},
            .deposit = deposit ? std::optional(DepositId{*deposit}) : std::nullopt,
            .customer = CustomerId{row.integer("customer_id")},
            .customerName = row.text("name"),
            .kind = known(api::reviewKindFrom(row.text("kind"))),
            .state = known(api::reviewStateFrom(row.text("state"))),
            .coin = row.text("coin"),
            .asked = row.money("asked"),
            .expectedCrypto = row.text("expected"),
            .receivedCrypto = row.text("received"),
            .suggested = row.money("suggested"),
            .inSuspense = row.money("in_suspense"),
            .subject = row.text("subject"),
            .evidence = row.text("evidence"),
            .decision = api::reviewActionFrom(row.text("decision")),
            .amount = row.money("amount"),
            .payee = CustomerId{row.integer("payee_id")},
            .payment = row.text("payment"),
            .reason = row.text("reason"),
            .requestedBy = row.text("requested_by"),
            .approvedBy = row.text("approved_by"),
            .openedAt = row.time("opened_at"),
            .decidedAt = row.optionalTime("decided_at"),
            .transfer = transfer ? std::optional(TransferId{*transfer}) : std::nullopt};
}

Result<QList<api::DepositReview>> readReviews(database::Connection &connection,
                                              const QString &which, const database::Values &values)
{
    const auto rows = connection.run(kReviews + which, values);
    if (!rows)
        return failure(rows.error());
    QList<api::DepositReview> reviews;
    for (qsizetype i = 0; i < rows->size(); ++i)
        reviews.append(shownReview((*rows)[i]));
    return reviews;
}

Result<api::Page<api::DepositRow>> readPage(database::Connection &connection,
                                            const api::PageQuery &query, Timestamp now)
{
    auto conditions = database::conditionsOf(query.filter, filterFields(), now);
    if (!conditions)
        return failure(conditions.error());
    auto total = Result<database::Total>(database::Total{});
    if (query.isCounted)
        total = database::countRows(connection, QStringLiteral("deposits d"),
                                    QStringLiteral("deposits"), *conditions);
    if (!total)
        return failure(total.error());
    const database::Keyset keyset = database::keysetOf(query, QStringLiteral("d.id"));
    const auto rows =
        connection.run(kSelect + conditions->sql + keyset.sql, conditions->values + keyset.values);
    if (!rows)
        return failure(rows.error());
    api::Page<api::DepositRow> page = {.rows = {},
                                       .next = {},
                                       .total = total->count,
                                       .isTotalExact = total->isExact,
                                       .readAt = now};
    for (qsizetype i = 0; i < rows->size(); ++i)
        page.rows.append(rowOf((*rows)[i]));
    database::finishPage(page, query, keyset,
                         [](const api::DepositRow &row) { return row.id.value; });
    return page;
}

Result<QList<api::DepositRow>> readRows(database::Connection &connection,
                                        const QList<DepositId> &ids)
{
    std::vector<qint64> values;
    for (const DepositId id : ids)
        values.push_back(id.value);
    const auto rows = connection.run(kSelect + QStringLiteral("d.id = ANY (?::bigint[])"),
                                     {database::arrayOf(values)});
    if (!rows)
        return failure(rows.error());
    QList<api::DepositRow> found;
    for (qsizetype i = 0; i < rows->size(); ++i)
        found.append(rowOf((*rows)[i]));
    return found;
}

Result<api::DepositDetail> readDetail(database::Connection &connection, DepositId id)
{
    const auto rows = connection.run(kSelect + QStringLiteral("d.id = ?"), {id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure(
            {.code = ErrorCode::NotFound, .detail = QStringLiteral("no deposit %1").arg(id.value)});
    const auto events =
        connection.run(QStringLiteral("SELECT to_micros(at) AS at, kind, detail, cause_id FROM "
                                      "deposit_events WHERE deposit_id = ? ORDER BY id"),
                       {id.value});
    if (!events)
        return failure(events.error());
    const auto reviews =
        readReviews(connection, QStringLiteral("r.deposit_id = ? ORDER BY r.id DESC"), {id.value});
    if (!reviews)
        return failure(reviews.error());
    api::DepositDetail detail = {.row = rowOf(rows->first()),
                                 .address = rows->first().text("address"),
                                 .expiresAt = rows->first().optionalTime("expires_at"),
                                 .events = {},
                                 .reviews = *reviews};
    for (qsizetype i = 0; i < events->size(); ++i) {
        const database::Row event = (*events)[i];
        detail.events.append({event.time("at"), event.text("kind"), event.text("detail"),
                              InboxId{event.integer("cause_id")}});
    }
    return detail;
}

/// Both walk an index: the names from `typed` on, and from each coin to the next one.
Result<QStringList> readSuggestions(database::Connection &connection, const QString &field,
                                    const QString &typed)
{
    if (field == QLatin1String("customer"))
        return database::customerSuggestions(connection, typed);
    if (field == QLatin1String("coin"))
        return database::suggestions(
            connection,
            QStringLiteral(
                "WITH RECURSIVE coins AS ((SELECT coin FROM deposits ORDER BY coin LIMIT 1) "
                "UNION ALL SELECT (SELECT d.coin FROM deposits d WHERE d.coin > c.coin ORDER BY "
                "d.coin LIMIT 1) FROM coins c WHERE c.coin IS NOT NULL) "
                "SELECT coin AS value FROM coins WHERE lower(coin) LIKE ? LIMIT 10"),
            typed);
    return QStringList();
}

} // namespace

DepositPages::DepositPages(database::ReadPool &pool, const Clock &clock)
    : m_pool(pool)
    , m_clock(clock)
{
}

QFuture<Result<api::Page<api::DepositRow>>> DepositPages::listDeposits(api::PageQuery query)
{
    return m_pool.read<api::Page<api::DepositRow>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readPage(connection, query, m_clock.now());
        });
}

QFuture<Result<QList<api::DepositRow>>> DepositPages::loadDeposits(QList<DepositId> ids)
{
    return m_pool.read<QList<api::DepositRow>>(
        [ids = std::move(ids)](database::Connection &connection) {
            return readRows(connection, ids);
        });
}

QFuture<Result<api::DepositDetail>> DepositPages::loadDeposit(DepositId id)
{
    return m_pool.read<api::DepositDetail>(
        [id](database::Connection &connection) { return readDetail(connection, id); });
}

QFuture<Result<QList<api::DepositReview>>> DepositPages::loadLooseReviews()
{
    return m_pool.read<QList<api::DepositReview>>([](database::Connection &connection) {
        return readReviews(connection,
                           QStringLiteral("r.state = 'pending_approval' AND r.deposit_id IS NULL "
                                          "ORDER BY r.id LIMIT ?"),
                           {kLooseMax});
    });
}

QFuture<Result<api::DepositPolicy>> DepositPages::loadPolicy()
{
    return m_pool.read<api::DepositPolicy>(
        [this](database::Connection &connection) { return readPolicy(connection, m_clock.now()); });
}

QFuture<Result<QStringList>> DepositPages::suggest(QString field, QString typed)
{
    return m_pool.read<QStringList>(
        [field = std::move(field), typed = std::move(typed)](database::Connection &connection) {
            return readSuggestions(connection, field, typed);
        });
}

} // namespace deposits
