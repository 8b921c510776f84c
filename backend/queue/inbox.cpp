#include "queue/inbox.h"

#include "core/assert.h"
#include "core/crypto.h"

#include <QHash>

namespace queue {

namespace {

using database::arrayOf;

constexpr int kDeliveriesPerRouteMax = 200;

// One statement, one commit: keys, archive, queue and route counts stand or fall together. `n`
// keeps the first of two equal keys in one batch; `s` gives out ids in the order of arrival, which
// is the order inside a lane; `k` goes by key, so that two servers with the same keys never wait
// for each other. A row without inbox_id at the end is a repeat, or its route is unknown or full;
// what else the batch has for a route counts as kept, so that a batch cannot go beyond the limit.
const QString kRecord = QStringLiteral(R"(
WITH n AS MATERIALIZED (
  SELECT DISTINCT ON (u.source, u.external_id) u.source, u.external_id, u.body_sha256, coalesce(r.lane, u.lane) AS lane,
    u.kind, u.payload, u.raw, u.headers, u.cause, u.route, u.place,
    CASE WHEN u.route IS NULL THEN 'open' WHEN r.lane IS NULL THEN 'unknown'
         WHEN r.stored + row_number() OVER (PARTITION BY u.route ORDER BY u.place) > ? THEN 'full' ELSE 'open' END AS gate
  FROM unnest(?::smallint[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::jsonb[], ?::bytea[], ?::jsonb[], ?::bigint[], ?::bytea[])
    WITH ORDINALITY AS u(source, external_id, body_sha256, lane, kind, payload, raw, headers, cause, route, place)
  LEFT JOIN webhook_routes r ON r.token_sha256 = u.route
  ORDER BY u.source, u.external_id, u.place),
s AS MATERIALIZED (
  SELECT source, external_id, body_sha256, nextval('inbox_id') AS inbox_id
  FROM (SELECT source, external_id, body_sha256 FROM n WHERE gate = 'open' ORDER BY place) arrived),
k AS (
  INSERT INTO inbox_keys (source, external_id, inbox_id, body_sha256, received_at)
  SELECT source, external_id, inbox_id, body_sha256, ?::timestamptz FROM s ORDER BY source, external_id
  ON CONFLICT DO NOTHING RETURNING source, external_id, inbox_id),
i AS (
  INSERT INTO inbox (id, source, external_id, lane, kind, payload, raw, headers, route_sha256, received_at, cause_id)
  SELECT inbox_id, source, external_id, lane, kind, payload, raw, headers, route, ?::timestamptz, cause FROM n JOIN k USING (source, external_id)),
w AS (
  INSERT INTO inbox_waiting (priority, lane, inbox_id)
  SELECT lane_priority(lane), lane, inbox_id FROM n JOIN k USING (source, external_id)),
c AS (
  UPDATE webhook_routes r SET stored = r.stored + s.kept
  FROM (SELECT route, count(*) AS kept FROM n JOIN k USING (source, external_id) WHERE route IS NOT NULL GROUP BY route) s
  WHERE r.token_sha256 = s.route)
SELECT n.source, n.external_id, n.gate, k.inbox_id, o.inbox_id AS first_id, o.body_sha256 = n.body_sha256 AS same_body
FROM n LEFT JOIN k USING (source, external_id) LEFT JOIN inbox_keys o USING (source, external_id))");

const QString kRecordConflict =
    QStringLiteral("INSERT INTO inbox_conflicts (source, external_id, first_inbox_id, payload, "
                   "received_at) VALUES (?, ?, ?, ?::jsonb, ?::timestamptz)");

using Key = std::pair<qint16, QString>;

database::Values recordValues(std::span<const NewEntry> entries, Timestamp now)
{
    std::vector<qint64> sources;
    std::vector<QString> ids;
    std::vector<QByteArray> digests;
    std::vector<QString> lanes;
    std::vector<QString> kinds;
    std::vector<QString> payloads;
    std::vector<QByteArray> raws;
    std::vector<std::optional<QString>> headers;
    std::vector<std::optional<qint64>> causes;
    std::vector<QByteArray> routes;
    for (const NewEntry &entry : entries) {
        sources.push_back(static_cast<qint64>(entry.source));
        ids.push_back(entry.externalId);
        digests.push_back(core::sha256(entry.raw.isEmpty() ? entry.payload : entry.raw));
        lanes.push_back(entry.lane);
        kinds.push_back(entry.kind);
        payloads.push_back(QString::fromUtf8(entry.payload));
        raws.push_back(entry.raw.isEmpty() ? QByteArray() : entry.raw);
        headers.push_back(entry.headers.isEmpty()
                              ? std::nullopt
                              : std::optional(QString::fromUtf8(entry.headers)));
        causes.push_back(entry.cause ? std::optional(entry.cause->value) : std::nullopt);
        routes.push_back(entry.routeTokenSha256.isEmpty() ? QByteArray() : entry.routeTokenSha256);
    }
    const QString at = core::toIso(now);
    return {kDeliveriesPerRouteMax,
            arrayOf(sources),
            arrayOf(ids),
            arrayOf(digests),
            arrayOf(lanes),
            arrayOf(kinds),
            arrayOf(payloads),
            arrayOf(raws),
            arrayOf(headers),
            arrayOf(causes),
            arrayOf(routes),
            at,
            at};
}

Recorded outcomeOf(const database::Row &row)
{
    if (row.text("gate") == QLatin1String("unknown"))
        return {RecordOutcome::UnknownRoute, {}};
    if (!row.isNull("inbox_id"))
        return {RecordOutcome::Recorded, InboxId{row.integer("inbox_id")}};
    const InboxId first{row.integer("first_id")};
    if (!row.isNull("same_body"))
        return {row.boolean("same_body") ? RecordOutcome::Repeat
                                         : RecordOutcome::RepeatWithOtherBody,
                first};
    // Full, or the first is being committed by another server at this very moment.
    return {row.text("gate") == QLatin1String("full") ? RecordOutcome::RouteFull
                                                      : RecordOutcome::Repeat,
            first};
}

template <typename Executor>
Result<std::vector<Recorded>> recordWith(Executor &executor, std::span<const NewEntry> entries,
                                         Timestamp now)
{
    std::vector<Recorded> outcomes;
    if (entries.empty())
        return outcomes;
    const auto rows = executor.run(kRecord, recordValues(entries, now));
    if (!rows)
        return failure(rows.error());
    std::map<Key, Recorded> byKey;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        byKey[{static_cast<qint16>(row.integer("source")), row.text("external_id")}] =
            outcomeOf(row);
    }
    for (const NewEntry &entry : entries) {
        const Recorded &outcome = byKey.at({static_cast<qint16>(entry.source), entry.externalId});
        outcomes.push_back(outcome);
        if (outcome.outcome != RecordOutcome::RepeatWithOtherBody)
            continue;
        const auto kept = executor.run(
            kRecordConflict, {static_cast<int>(entry.source), entry.externalId, outcome.id.value,
                              QString::fromUtf8(entry.payload), core::toIso(now)});
        if (!kept)
            return failure(kept.error());
    }
    return outcomes;
}

QString joined(const Cursors &cursors)
{
    return arrayOf(std::vector<QString>(cursors.begin(), cursors.end()));
}

/// Where a row waits after a failure that must not hold up the rows behind it.
QString ownLaneOf(const Claimed &row)
{
    return row.lane.contains(u'#') ? row.lane : row.lane + u'#' + QString::number(row.id.value);
}

QStringList list(const database::Row &row, const char *column)
{
    return row.text(column).split(u'\n');
}

Result<std::vector<Entry>> load(database::Transaction &transaction,
                                const std::vector<Claimed> &rows)
{
    std::vector<qint64> ids;
    for (const Claimed &row : rows)
        ids.push_back(row.id.value);
    const auto found = transaction.run(
        QStringLiteral("SELECT id, source, external_id, lane, kind, payload, "
                       "to_micros(received_at) AS received_at, cause_id, route_sha256 "
                       "FROM inbox WHERE id = ANY (?::bigint[])"),
        {arrayOf(ids)});
    if (!found)
        return failure(found.error());
    QHash<qint64, Entry> byId;
    for (qsizetype i = 0; i < found->size(); ++i) {
        const database::Row row = (*found)[i];
        const auto cause = row.optionalInteger("cause_id");
        byId.insert(row.integer("id"),
                    {.id = InboxId{row.integer("id")},
                     .source = static_cast<Source>(row.integer("source")),
                     .externalId = row.text("external_id"),
                     .lane = row.text("lane"),
                     .kind = row.text("kind"),
                     .payload = row.text("payload").toUtf8(),
                     .receivedAt = row.time("received_at"),
                     .cause = cause ? std::optional(InboxId{*cause}) : std::nullopt,
                     .routeTokenSha256 = row.bytes("route_sha256")});
    }
    std::vector<Entry> entries;
    for (const qint64 id : ids) {
        CORE_ASSERT(byId.contains(id)); // both rows were written by one statement
        entries.push_back(byId.value(id));
    }
    return entries;
}

} // namespace

Result<std::vector<Recorded>> record(database::Connection &connection,
                                     std::span<const NewEntry> entries, Timestamp now)
{
    return recordWith(connection, entries, now);
}

Result<std::vector<Recorded>> record(database::Transaction &transaction,
                                     std::span<const NewEntry> entries, Timestamp now)
{
    return recordWith(transaction, entries, now);
}

Result<void> addRoute(database::Transaction &transaction, const QByteArray &tokenSha256,
                      const QString &lane)
{
    const auto added = transaction.run(
        QStringLiteral("INSERT INTO webhook_routes (token_sha256, lane) VALUES (?, ?)"),
        {tokenSha256, lane});
    if (!added)
        return failure(added.error());
    return {};
}

Result<Claim> claim(database::Transaction &transaction, const Cursors &after, int rows, int quota,
                    Timestamp now)
{
    const auto claimed = transaction.run(
        QStringLiteral(
            "SELECT array_to_string(priorities, E'\\n') AS priorities, array_to_string(lanes, "
            "E'\\n') AS lanes, "
            "array_to_string(ids, E'\\n') AS ids, array_to_string(tries, E'\\n') AS tries, "
            "array_to_string(next_after, E'\\n') AS next_after, cardinality(ids) AS count "
            "FROM claim(?::text[], ?, ?, ?::timestamptz)"),
        {joined(after), rows, quota, core::toIso(now)});
    if (!claimed)
        return failure(claimed.error());
    const database::Row row = claimed->first();
    Claim claim;
    const QStringList next = list(row, "next_after");
    std::copy(next.cbegin(), next.cend(), claim.next.begin());
    if (row.integer("count") == 0)
        return claim;
    const QStringList priorities = list(row, "priorities");
    const QStringList lanes = list(row, "lanes");
    const QStringList ids = list(row, "ids");
    const QStringList tries = list(row, "tries");
    for (qsizetype i = 0; i < ids.size(); ++i)
        claim.rows.push_back(
            {priorities[i].toShort(), lanes[i], InboxId{ids[i].toLongLong()}, tries[i].toShort()});
    auto entries = load(transaction, claim.rows);
    if (!entries)
        return failure(entries.error());
    claim.entries = std::move(*entries);
    return claim;
}

Result<void> complete(database::Transaction &transaction, std::span<const Claimed> rows,
                      Timestamp now)
{
    std::vector<qint64> priorities;
    std::vector<QString> lanes;
    std::vector<qint64> ids;
    std::vector<qint64> attempts;
    for (const Claimed &row : rows) {
        priorities.push_back(row.priority);
        lanes.push_back(row.lane);
        ids.push_back(row.id.value);
        attempts.push_back(row.attempts + 1);
        transaction.changed(Topic::Inbox, row.id.value);
    }
    const auto done = transaction.run(
        QStringLiteral("SELECT complete(?::smallint[], ?::text[], ?::bigint[], ?::smallint[], "
                       "?::timestamptz)"),
        {arrayOf(priorities), arrayOf(lanes), arrayOf(ids), arrayOf(attempts), core::toIso(now)});
    if (!done)
        return failure(done.error());
    return {};
}

Result<void> retryLater(database::Transaction &transaction, const Claimed &row, Timestamp notBefore,
                        bool ownLane, const Error &error)
{
    const auto moved = transaction.run(
        QStringLiteral(
            "UPDATE inbox_waiting SET lane = ?, attempts = attempts + 1, not_before = "
            "?::timestamptz, "
            "error_code = ?, error_detail = ? WHERE priority = ? AND lane = ? AND inbox_id = ?"),
        {ownLane ? ownLaneOf(row) : row.lane, core::toIso(notBefore),
         QString(core::name(error.code)), error.detail, row.priority, row.lane, row.id.value});
    if (!moved)
        return failure(moved.error());
    CORE_ASSERT(moved->affected() == 1); // we hold its lane
    transaction.changed(Topic::Inbox, row.id.value);
    return {};
}

Result<bool> postpone(database::Transaction &transaction, const Claimed &row, Timestamp now,
                      std::chrono::seconds patience, bool ownLane, const Error &error)
{
    // A quarter of the time it has waited so far: soon at first, and later no burden on a worker,
    // which may wait for the same lock each time.
    const auto moved = transaction.run(
        QStringLiteral("UPDATE inbox_waiting SET lane = ?, error_code = ?, error_detail = ?, "
                       "postponed_since = coalesce(postponed_since, n.now), not_before = n.now + "
                       "least(greatest((n.now - coalesce(postponed_since, n.now)) / 4, "
                       "interval '500 ms'), interval '10 s') "
                       "FROM (SELECT ?::timestamptz AS now) n "
                       "WHERE priority = ? AND lane = ? AND inbox_id = ? "
                       "AND coalesce(postponed_since, n.now) > n.now - make_interval(secs => ?)"),
        {ownLane ? ownLaneOf(row) : row.lane, QString(core::name(error.code)), error.detail,
         core::toIso(now), row.priority, row.lane, row.id.value,
         static_cast<qint64>(patience.count())});
    if (!moved)
        return failure(moved.error());
    if (moved->affected() > 0)
        transaction.changed(Topic::Inbox, row.id.value);
    return moved->affected() > 0;
}

Result<bool> reclaim(database::Transaction &transaction, const Claimed &row)
{
    const auto locked = transaction.run(
        QStringLiteral(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(split_part(?, '#', 1), 7)) AS ok"),
        {row.lane});
    if (!locked)
        return failure(locked.error());
    if (!locked->first().boolean("ok"))
        return false;
    // A statement of its own, so with a snapshot younger than the lock.
    const auto found = transaction.run(
        QStringLiteral("SELECT 1 FROM inbox_waiting WHERE priority = ? AND lane = ? "
                       "AND inbox_id = ? AND attempts = ?"),
        {row.priority, row.lane, row.id.value, row.attempts});
    if (!found)
        return failure(found.error());
    return !found->isEmpty();
}

Result<void> bury(database::Transaction &transaction, const Claimed &row, const Error &error,
                  Timestamp now)
{
    const auto buried = transaction.run(
        QStringLiteral("WITH gone AS (DELETE FROM inbox_waiting WHERE priority = ? AND lane = ? "
                       "AND inbox_id = ? RETURNING inbox_id) "
                       "INSERT INTO inbox_outcomes (inbox_id, state, attempts, handled_at, "
                       "error_code, error_detail) "
                       "SELECT inbox_id, 'dead', ?, ?::timestamptz, ?, ? FROM gone"),
        {row.priority, row.lane, row.id.value, row.attempts + 1, core::toIso(now),
         QString(core::name(error.code)), error.detail});
    if (!buried)
        return failure(buried.error());
    CORE_ASSERT(buried->affected() == 1);
    transaction.changed(Topic::Inbox, row.id.value);
    return {};
}

} // namespace queue
