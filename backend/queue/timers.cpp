#include "queue/timers.h"

#include "queue/inbox.h"

namespace queue {

namespace {

constexpr int kTimersPerTransactionMax = 500;

} // namespace

Result<void> schedule(database::Transaction &transaction, const Timer &timer, InboxId cause)
{
    const auto set =
        transaction.run(QStringLiteral("INSERT INTO timers (key, due_at, kind, lane, payload, "
                                       "cause_id) VALUES (?, ?::timestamptz, ?, ?, ?::jsonb, ?) "
                                       "ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, "
                                       "kind = excluded.kind, lane = excluded.lane, "
                                       "payload = excluded.payload, cause_id = excluded.cause_id"),
                        {timer.key, core::toIso(timer.dueAt), timer.kind, timer.lane,
                         QString::fromUtf8(core::toBytes(timer.payload)), cause.value});
    if (!set)
        return failure(set.error());
    return {};
}

Result<void> cancel(database::Transaction &transaction, const QString &key)
{
    const auto gone = transaction.run(QStringLiteral("DELETE FROM timers WHERE key = ?"), {key});
    if (!gone)
        return failure(gone.error());
    return {};
}

Result<int> fireDue(database::Transaction &transaction, Timestamp now)
{
    const auto due = transaction.run(
        QStringLiteral("WITH fired AS (DELETE FROM timers WHERE key IN (SELECT key FROM timers "
                       "WHERE due_at <= ?::timestamptz ORDER BY due_at "
                       "LIMIT ? FOR UPDATE SKIP LOCKED) RETURNING *) "
                       "SELECT key, to_micros(due_at) AS due_at, kind, lane, payload, cause_id "
                       "FROM fired ORDER BY fired.due_at, key"),
        {core::toIso(now), kTimersPerTransactionMax});
    if (!due)
        return failure(due.error());
    std::vector<NewEntry> entries;
    for (qsizetype i = 0; i < due->size(); ++i) {
        const database::Row row = (*due)[i];
        // With the cause, since a timer may be set again for the very moment it fired at; an event
        // sets it once.
        entries.push_back({.source = Source::Timer,
                           .externalId = row.text("key") + u'@' + core::toIso(row.time("due_at")) +
                                         u'#' + QString::number(row.integer("cause_id")),
                           .lane = row.text("lane"),
                           .kind = row.text("kind"),
                           .payload = row.text("payload").toUtf8(),
                           .cause = InboxId{row.integer("cause_id")}});
    }
    if (const auto recorded = record(transaction, entries, now); !recorded)
        return failure(recorded.error());
    return static_cast<int>(entries.size());
}

} // namespace queue
