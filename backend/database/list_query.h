#pragma once

#include "api/page.h"
#include "database/connection.h"

#include <QHash>

#include <optional>

namespace database {

/// What a filter field means in SQL. `sql` has `%1` where the comparison goes (=, <, >), or none
/// for a field that only knows "is", and a `?` wherever the value goes. IsNot lists the rows for
/// which Is is not true.
struct FilterField {
    enum class Kind {
        Text,
        Integer,
        Usd,   // bound as micro-dollars
        Since, // "2h", "7d": rows newer than that
    };
    QString sql;
    Kind kind = Kind::Text;
};

/// Rows of a customer, by id or by the beginning of their name; `column` holds the customer's id.
[[nodiscard]] FilterField customerField(const QString &column);
/// The same by the name alone: what is typed without a field.
[[nodiscard]] FilterField customerNameField(const QString &column);

struct Conditions {
    QString sql; // "TRUE AND ...", never empty
    Values values;
};

/// Errors: BadInput with words for the person who typed the filter.
[[nodiscard]] Result<Conditions> conditionsOf(const QList<api::FilterTerm> &filter,
                                              const QHash<QString, FilterField> &fields,
                                              Timestamp now);

/// Where a page begins, in which direction it is read, and how long it is: " AND d.id < ? ORDER BY
/// d.id DESC LIMIT ?".
struct Keyset {
    QString sql;
    Values values;
    int limit = 0;
};
[[nodiscard]] Keyset keysetOf(const api::PageQuery &query, const QString &idColumn);

/// Puts the rows of a page in the list's order, and the cursor to the next page behind them.
template <typename Row, typename IdOf>
void finishPage(api::Page<Row> &page, const api::PageQuery &query, const Keyset &keyset, IdOf idOf)
{
    if (page.rows.size() == keyset.limit)
        page.next = QString::number(idOf(page.rows.last()));
    if (query.isBackwards)
        std::reverse(page.rows.begin(), page.rows.end());
}

/// The column `value` of `sql`, which has one `?`: the pattern of what begins with `typed`, in
/// small letters.
[[nodiscard]] Result<QStringList> suggestions(Connection &connection, const QString &sql,
                                              const QString &typed);

/// Names of customers that begin so.
[[nodiscard]] Result<QStringList> customerSuggestions(Connection &connection, const QString &typed);

/// Rows that match: exact up to 10,000, else the planner's estimate of the whole table.
struct Total {
    qint64 count = 0;
    bool isExact = true;
    std::optional<QString> ids = {}; // of countFound: all of them, as an array
};
[[nodiscard]] Result<Total> countRows(Connection &connection, const QString &from,
                                      const QString &table, const Conditions &conditions);

/// The same for a filter that no index helps: when it finds few rows, their ids come with the
/// count, so that the page need not look through the whole table again (`onlyFound`).
[[nodiscard]] Result<Total> countFound(Connection &connection, const QString &from,
                                       const QString &table, const QString &idColumn,
                                       const Conditions &conditions);
void onlyFound(Conditions &conditions, const Total &total, const QString &idColumn);

} // namespace database
