#pragma once

#include "api/page.h"
#include "database/connection.h"

#include <QHash>

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

struct Conditions {
    QString sql; // "TRUE AND ...", never empty
    Values values;
};

/// Errors: BadInput with words for the person who typed the filter.
[[nodiscard]] Result<Conditions> conditionsOf(const QList<api::FilterTerm> &filter,
                                              const QHash<QString, FilterField> &fields,
                                              Timestamp now);

/// Rows that match: exact up to 10,000, else the planner's estimate of the whole table.
struct Total {
    qint64 count = 0;
    bool isExact = true;
};
[[nodiscard]] Result<Total> countRows(Connection &connection, const QString &from,
                                      const QString &table, const Conditions &conditions);

} // namespace database
