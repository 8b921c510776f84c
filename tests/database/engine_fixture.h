#pragma once

#include "engine/engine.h"
#include "engine/shadow_run.h"

#include "tests/database/queue_fixture.h"

namespace tests {

inline const QByteArray kInstallationKey = QByteArrayLiteral("0123456789abcdef0123456789abcdef");

/// `handled` gets a row for each event: its order in the table is the order of handling inside a
/// lane. `strict` has a rule that only a commit checks.
inline QString engineDatabase(const QString &url)
{
    const auto made =
        openConnection(url, database::Role::Owner)
            ->runScript(QStringLiteral(
                "CREATE TABLE IF NOT EXISTS handled (n bigserial PRIMARY KEY, inbox_id bigint NOT "
                "NULL UNIQUE, lane text NOT NULL, what text NOT NULL);"
                "CREATE TABLE IF NOT EXISTS strict (handled_id bigint REFERENCES handled "
                "(inbox_id) DEFERRABLE INITIALLY DEFERRED);"
                "GRANT SELECT, INSERT ON handled, strict TO speechcad_app; GRANT USAGE ON SEQUENCE "
                "handled_n_seq TO speechcad_app"));
    if (!made)
        qFatal("%s", qUtf8Printable(made.error().detail));
    return url;
}

inline Result<engine::Outcome> run(engine::Context &context, const QString &sql,
                                   const database::Values &values)
{
    const auto done = context.transaction().run(sql, values);
    if (!done)
        return failure(done.error());
    return engine::Outcome::Handled;
}

/// Writes that the event was handled, and where.
inline Result<engine::Outcome> note(const engine::Event &event, engine::Context &context)
{
    return run(context,
               QStringLiteral("INSERT INTO handled (inbox_id, lane, what) VALUES (?, ?, ?)"),
               {event.id.value, event.lane, event.kind});
}

/// Breaks the rule that only the commit checks.
inline Result<engine::Outcome> breakAtCommit(const engine::Event &event, engine::Context &context)
{
    return run(context, QStringLiteral("INSERT INTO strict VALUES (?)"), {-event.id.value});
}

inline Result<engine::Outcome> refuse(const engine::Event &, engine::Context &)
{
    return failure(
        {.code = ErrorCode::ProviderRefused, .detail = QStringLiteral("refused by the test")});
}

/// The kinds that these tests record: "count" does what `note` does.
inline engine::RoutingTable countingRoutes()
{
    engine::RoutingTable routes;
    routes.add({.kind = QStringLiteral("count"), .order = engine::Order::Ordered, .handle = note});
    return routes;
}

/// `rows` rows spread over `lanes` lanes, in batches as intake writes them.
inline void recordRows(database::Connection &connection, int rows, int lanes)
{
    std::vector<queue::NewEntry> entries;
    for (int i = 0; i < rows; ++i)
        entries.push_back(
            entry(QStringLiteral("row %1").arg(i), QStringLiteral("customer:%1").arg(i % lanes)));
    recordAll(connection, entries);
}

/// Rows handled before an older one of their lane: none in a sound queue.
inline qint64 outOfOrder(database::Connection &connection)
{
    return number(
        connection,
        QStringLiteral("(SELECT count(*) FROM (SELECT inbox_id < lag(inbox_id) OVER "
                       "(PARTITION BY lane ORDER BY n) AS late FROM handled) x WHERE late)"));
}

inline qint64 handledRows(database::Connection &connection)
{
    return number(connection, QStringLiteral("(SELECT count(*) FROM handled)"));
}

} // namespace tests
