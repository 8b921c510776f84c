#include "database/list_query.h"

#include <QRegularExpression>

namespace database {

namespace {

constexpr int kExactCountMax = 10'000;
constexpr int kPageRowsMax = 500;
constexpr int kIdsMax = 1000; // more of them are found soon by looking for them

using Comparison = api::FilterTerm::Comparison;

Error badFilter(const QString &words)
{
    return {.code = ErrorCode::BadInput, .detail = words};
}

QString operatorOf(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Is:
    case Comparison::IsNot: // negated as a whole
        return QStringLiteral("=");
    case Comparison::Above: return QStringLiteral(">");
    case Comparison::Below: return QStringLiteral("<");
    }
    return QStringLiteral("=");
}

Result<QVariant> sinceValue(const QString &text, Timestamp now)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,5})([mhd])$"));
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return failure(
            badFilter(QStringLiteral("since: takes a number with m, h or d, such as since:2h")));
    const std::chrono::minutes unit(match.captured(2) == QLatin1String("m")   ? 1
                                    : match.captured(2) == QLatin1String("h") ? 60
                                                                              : 1440);
    return QVariant(core::toIso(now - unit * match.captured(1).toInt()));
}

Result<QVariant> valueOf(const api::FilterTerm &term, FilterField::Kind kind, Timestamp now)
{
    bool ok = false;
    switch (kind) {
    case FilterField::Kind::Text: return QVariant(term.value);
    case FilterField::Kind::Since: return sinceValue(term.value, now);
    case FilterField::Kind::Integer: {
        const qint64 number = term.value.toLongLong(&ok);
        return ok ? Result<QVariant>(number)
                  : failure(badFilter(QStringLiteral("%1: takes a whole number").arg(term.field)));
    }
    case FilterField::Kind::Usd: {
        const auto amount = Money::parse(term.value);
        return amount ? Result<QVariant>(amount->micros())
                      : failure(badFilter(
                            QStringLiteral("%1: takes an amount in USD, such as 25 or 25.50")
                                .arg(term.field)));
    }
    }
    return failure(badFilter(term.field));
}

Result<Total> count(Connection &connection, const QString &from, const QString &table,
                    const Conditions &conditions, const QString &id)
{
    const auto counted = connection.run(
        QStringLiteral("SELECT count(*) AS n, CASE WHEN count(id) = count(*) AND count(*) <= %1 "
                       "THEN coalesce(array_agg(id) FILTER (WHERE id IS NOT NULL), '{}')::text END "
                       "AS ids FROM (SELECT %2 AS id FROM %3 WHERE %4 LIMIT %5) x")
            .arg(QString::number(kIdsMax), id, from, conditions.sql,
                 QString::number(kExactCountMax + 1)),
        conditions.values);
    if (!counted)
        return failure(counted.error());
    const qint64 exact = counted->first().integer("n");
    const QString ids = counted->first().text("ids");
    if (exact <= kExactCountMax)
        return Total{.count = exact,
                     .isExact = true,
                     .ids = ids.isEmpty() ? std::nullopt : std::optional(ids)};
    const auto estimate = connection.run(
        QStringLiteral("SELECT greatest(reltuples, ?)::bigint AS n FROM pg_class WHERE relname = ? "
                       "AND relnamespace = 'public'::regnamespace"),
        {exact, table});
    if (!estimate)
        return failure(estimate.error());
    return Total{.count = estimate->first().integer("n"), .isExact = false, .ids = {}};
}

} // namespace

FilterField customerField(const QString &column)
{
    return {column + QStringLiteral(" IN (SELECT id FROM customers WHERE id = CASE WHEN ? ~ "
                                    "'^[0-9]{1,18}$' THEN ?::text::bigint END OR lower(name) LIKE "
                                    "lower(?) || '%')"),
            FilterField::Kind::Text};
}

FilterField customerNameField(const QString &column)
{
    return {column + QStringLiteral(
                         " IN (SELECT id FROM customers WHERE lower(name) LIKE lower(?) || '%')"),
            FilterField::Kind::Text};
}

Result<Conditions> conditionsOf(const QList<api::FilterTerm> &filter,
                                const QHash<QString, FilterField> &fields, Timestamp now)
{
    Conditions conditions = {.sql = QStringLiteral("TRUE"), .values = {}};
    for (const api::FilterTerm &term : filter) {
        const auto field = fields.constFind(term.field);
        if (field == fields.cend()) {
            QStringList known = fields.keys();
            known.removeAll(QString());
            known.sort();
            return failure(badFilter(QStringLiteral("there is no field %1 here; the fields are: %2")
                                         .arg(term.field, known.join(QStringLiteral(", ")))));
        }
        const auto value = valueOf(term, field->kind, now);
        if (!value)
            return failure(value.error());
        const bool compares = field->sql.contains(QLatin1String("%1"));
        if (!compares &&
            (term.comparison == Comparison::Above || term.comparison == Comparison::Below))
            return failure(
                badFilter(QStringLiteral("%1 cannot be compared with > or <").arg(term.field)));
        const QString sql = compares ? field->sql.arg(operatorOf(term.comparison)) : field->sql;
        conditions.sql += QStringLiteral(" AND (") + sql + u')';
        // Not "NOT": a row whose column is null is not the value either, and belongs to the list.
        if (term.comparison == Comparison::IsNot)
            conditions.sql += QStringLiteral(" IS NOT TRUE");
        for (qsizetype i = 0; i < sql.count(u'?'); ++i)
            conditions.values << *value;
    }
    return conditions;
}

Keyset keysetOf(const api::PageQuery &query, const QString &idColumn)
{
    const int limit = qBound(1, query.limit, kPageRowsMax);
    const qint64 edge = query.isBackwards ? 0 : std::numeric_limits<qint64>::max();
    const qint64 after = query.after.isEmpty() ? edge : query.after.toLongLong();
    const QString sql = query.isBackwards ? QStringLiteral(" AND %1 > ? ORDER BY %1 LIMIT ?")
                                          : QStringLiteral(" AND %1 < ? ORDER BY %1 DESC LIMIT ?");
    return {.sql = sql.arg(idColumn), .values = {after, limit}, .limit = limit};
}

Result<QStringList> suggestions(Connection &connection, const QString &sql, const QString &typed)
{
    QString pattern = typed.toLower();
    for (const QChar special : {u'\\', u'%', u'_'})
        pattern.replace(special, QString(u'\\') + special);
    const auto rows = connection.run(sql, {pattern + u'%'});
    if (!rows)
        return failure(rows.error());
    QStringList values;
    for (qsizetype i = 0; i < rows->size(); ++i)
        values << (*rows)[i].text("value");
    return values;
}

Result<QStringList> customerSuggestions(Connection &connection, const QString &typed)
{
    return suggestions(connection,
                       QStringLiteral("SELECT DISTINCT name AS value FROM (SELECT name FROM "
                                      "customers WHERE lower(name) LIKE ? ORDER BY lower(name) "
                                      "USING ~<~ LIMIT 50) x ORDER BY 1 LIMIT 10"),
                       typed);
}

Result<Total> countRows(Connection &connection, const QString &from, const QString &table,
                        const Conditions &conditions)
{
    return count(connection, from, table, conditions, QStringLiteral("NULL::bigint"));
}

Result<Total> countFound(Connection &connection, const QString &from, const QString &table,
                         const QString &idColumn, const Conditions &conditions)
{
    if (conditions.values.isEmpty()) // the whole list, which its order finds at once
        return countRows(connection, from, table, conditions);
    return count(connection, from, table, conditions, idColumn);
}

void onlyFound(Conditions &conditions, const Total &total, const QString &idColumn)
{
    if (!total.ids)
        return;
    conditions.sql += QStringLiteral(" AND %1 = ANY (?::bigint[])").arg(idColumn);
    conditions.values << *total.ids;
}

} // namespace database
