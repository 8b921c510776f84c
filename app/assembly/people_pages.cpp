#include "people_pages.h"

#include "database/list_query.h"
#include "delivery/qr_picture.h"
#include "operators/operator_store.h"

namespace assembly {

namespace {

using database::FilterField;

/// A session is over at its end, when nothing was done for too long, and when somebody ended it.
const QString kIsOpen =
    QStringLiteral("s.ended_at IS NULL AND clock_timestamp() < s.ends_at AND clock_timestamp() < "
                   "s.active_at + make_interval(secs => s.idle_s)");

QString selectPeople()
{
    return QStringLiteral(
               "SELECT o.id, o.name, array_to_string(o.roles, ',') AS roles, o.is_active, "
               "to_micros(o.created_at) AS created_at, f.confirmed_at IS NOT NULL AS has_factor, "
               "(SELECT count(*) FROM recovery_codes r WHERE r.operator_id = o.id AND r.used_at IS "
               "NULL) AS codes, (SELECT count(*) FROM operator_sessions s WHERE s.operator_id = "
               "o.id AND o.is_active AND %1) AS sessions, (SELECT to_micros(max(x.seen_at)) FROM "
               "(SELECT s.seen_at FROM operator_sessions s WHERE s.operator_id = o.id ORDER BY "
               "s.id DESC LIMIT 5) x) AS last_seen FROM operators o LEFT JOIN second_factors f ON "
               "f.operator_id = o.id WHERE ")
        .arg(kIsOpen);
}

const QHash<QString, FilterField> &peopleFields()
{
    static const QHash<QString, FilterField> fields = {
        {QString(), {QStringLiteral("o.name ^@ lower(?)"), FilterField::Kind::Text}},
        {QStringLiteral("name"), {QStringLiteral("o.name ^@ lower(?)"), FilterField::Kind::Text}},
        {QStringLiteral("role"),
         {QStringLiteral("lower(?) = ANY (o.roles)"), FilterField::Kind::Text}},
        {QStringLiteral("active"),
         {QStringLiteral("o.is_active = (? = 'yes')"), FilterField::Kind::Text}},
        {QStringLiteral("id"), {QStringLiteral("o.id %1 ?"), FilterField::Kind::Integer}},
    };
    return fields;
}

api::Roles rolesOf(const database::Row &row)
{
    return operators::rolesFrom(row.text("roles").split(u',', Qt::SkipEmptyParts))
        .value_or(api::Roles());
}

api::PersonRow personOf(const database::Row &row)
{
    const bool hasFactor = row.boolean("has_factor");
    return {.id = api::OperatorId{row.integer("id")},
            .name = row.text("name"),
            .roles = rolesOf(row),
            .isActive = row.boolean("is_active"),
            .hasSecondFactor = hasFactor,
            .recoveryCodes = hasFactor ? static_cast<int>(row.integer("codes")) : 0,
            .openSessions = static_cast<int>(row.integer("sessions")),
            .lastSeenAt = row.optionalTime("last_seen"),
            .createdAt = row.time("created_at")};
}

Result<api::Page<api::PersonRow>> readPeople(database::Connection &connection,
                                             const api::PageQuery &query, Timestamp now)
{
    auto conditions = database::conditionsOf(query.filter, peopleFields(), now);
    if (!conditions)
        return failure(conditions.error());
    auto total = Result<database::Total>(database::Total{});
    if (query.isCounted)
        total = database::countRows(connection, QStringLiteral("operators o"),
                                    QStringLiteral("operators"), *conditions);
    if (!total)
        return failure(total.error());
    const database::Keyset keyset = database::keysetOf(query, QStringLiteral("o.id"));
    const auto rows = connection.run(selectPeople() + conditions->sql + keyset.sql,
                                     conditions->values + keyset.values);
    if (!rows)
        return failure(rows.error());
    api::Page<api::PersonRow> page = {.rows = {},
                                      .next = {},
                                      .total = total->count,
                                      .isTotalExact = total->isExact,
                                      .readAt = now};
    for (qsizetype i = 0; i < rows->size(); ++i)
        page.rows.append(personOf((*rows)[i]));
    database::finishPage(page, query, keyset,
                         [](const api::PersonRow &row) { return row.id.value; });
    return page;
}

Result<QList<api::PersonRow>> readSomePeople(database::Connection &connection,
                                             const QList<api::OperatorId> &ids)
{
    std::vector<qint64> values;
    for (const api::OperatorId id : ids)
        values.push_back(id.value);
    const auto rows = connection.run(selectPeople() + QStringLiteral("o.id = ANY (?::bigint[])"),
                                     {database::arrayOf(values)});
    if (!rows)
        return failure(rows.error());
    QList<api::PersonRow> people;
    for (qsizetype i = 0; i < rows->size(); ++i)
        people.append(personOf((*rows)[i]));
    return people;
}

Result<QList<api::SessionRow>> readSessions(database::Connection &connection, api::OperatorId id)
{
    const auto rows = connection.run(
        QStringLiteral("SELECT s.id, s.origin, to_micros(s.started_at) AS started_at, "
                       "to_micros(s.seen_at) AS seen_at, to_micros(s.ends_at) AS ends_at FROM "
                       "operator_sessions s WHERE s.operator_id = ? AND %1 ORDER BY s.id DESC")
            .arg(kIsOpen),
        {id.value});
    if (!rows)
        return failure(rows.error());
    QList<api::SessionRow> sessions;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        sessions.append({.id = api::SessionId{row.integer("id")},
                         .origin = row.text("origin"),
                         .startedAt = row.time("started_at"),
                         .seenAt = row.time("seen_at"),
                         .endsAt = row.time("ends_at")});
    }
    return sessions;
}

} // namespace

PeoplePages::PeoplePages(database::ReadPool &pool, const Clock &clock)
    : m_pool(pool)
    , m_clock(clock)
{
}

QFuture<Result<api::Page<api::PersonRow>>> PeoplePages::listPeople(api::PageQuery query)
{
    return m_pool.read<api::Page<api::PersonRow>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readPeople(connection, query, m_clock.now());
        });
}

QFuture<Result<QList<api::PersonRow>>> PeoplePages::loadPeople(QList<api::OperatorId> ids)
{
    return m_pool.read<QList<api::PersonRow>>(
        [ids = std::move(ids)](database::Connection &connection) {
            return readSomePeople(connection, ids);
        });
}

QFuture<Result<QList<api::SessionRow>>> PeoplePages::loadSessions(api::OperatorId id)
{
    return m_pool.read<QList<api::SessionRow>>(
        [id](database::Connection &connection) { return readSessions(connection, id); });
}

/// On a thread of the pool, since drawing takes as long as a query.
QFuture<Result<QByteArray>> PeoplePages::drawQr(QString text)
{
    return m_pool.read<QByteArray>(
        [text = std::move(text)](database::Connection &) { return delivery::qrPicture(text); });
}

} // namespace assembly
