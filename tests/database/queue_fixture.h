#pragma once

#include "queue/inbox.h"
#include "queue/outbox.h"
#include "queue/timers.h"

#include "tests/database/database_fixture.h"

namespace tests {

inline queue::NewEntry entry(const QString &key, const QString &lane,
                             const QString &kind = QStringLiteral("count"),
                             const QByteArray &payload = QByteArrayLiteral("{}"))
{
    return {.source = queue::Source::Internal,
            .externalId = key,
            .lane = lane,
            .kind = kind,
            .payload = payload};
}

inline std::vector<queue::Recorded> recordAll(database::Connection &connection,
                                              const std::vector<queue::NewEntry> &entries)
{
    auto recorded = queue::record(connection, entries, kMorning);
    if (!recorded)
        qFatal("not recorded: %s", qUtf8Printable(recorded.error().detail));
    return *std::move(recorded);
}

/// "state:n", sorted: what became of all rows.
inline QStringList outcomes(database::Connection &connection)
{
    return column(connection,
                  QStringLiteral("SELECT state || ':' || count(*) AS answer FROM inbox_outcomes "
                                 "GROUP BY state ORDER BY state"));
}

inline qint64 waiting(database::Connection &connection)
{
    return number(connection, QStringLiteral("(SELECT count(*) FROM inbox_waiting)"));
}

} // namespace tests
