#include "queue/outbox.h"

#include "core/assert.h"
#include "queue/inbox.h"
#include "queue/withdrawal.h"

#include <QHash>

namespace queue {

namespace {

using database::arrayOf;

Result<void> supersede(database::Transaction &transaction, const NewMessage &message,
                       OutboxId newest, Timestamp now)
{
    const auto gone = transaction.run(
        QStringLiteral("WITH gone AS (DELETE FROM outbox_waiting WHERE provider = ? AND lane = ? "
                       "AND supersede_key = ? "
                       "AND state = 'waiting' AND outbox_id < ? RETURNING outbox_id, attempts) "
                       "INSERT INTO outbox_outcomes (outbox_id, state, attempts, finished_at) "
                       "SELECT outbox_id, 'superseded', attempts, ?::timestamptz FROM gone"),
        {static_cast<int>(message.provider), message.lane, message.supersedeKey, newest.value,
         core::toIso(now)});
    if (!gone)
        return failure(gone.error());
    return {};
}

OutboxHead headOf(const database::Row &row)
{
    auto payload = core::parseJson(row.text("payload").toUtf8(), 64);
    CORE_ASSERT(payload); // written by enqueue
    return {.id = OutboxId{row.integer("id")},
            .provider = static_cast<Provider>(row.integer("provider")),
            .method = row.text("method"),
            .lane = row.text("lane"),
            .payload = std::move(*payload),
            .replyKind = row.text("reply_kind"),
            .replyLane = row.text("reply_lane"),
            // 'sending' and due: of a commit that nobody saw succeed, so nobody sends it just now.
            .isUnknown = row.text("state") != QLatin1String("waiting"),
            .attempts = static_cast<qint16>(row.integer("attempts")),
            .createdAt = row.time("created_at"),
            .cause = InboxId{row.integer("cause_id")},
            .requestKey = row.text("request_key")};
}

/// provider, lane and id of each: the key of outbox_waiting.
struct Keys {
    std::vector<qint64> providers;
    std::vector<QString> lanes;
    std::vector<qint64> ids;
    void add(const OutboxHead &head)
    {
        providers.push_back(static_cast<qint64>(head.provider));
        lanes.push_back(head.lane);
        ids.push_back(head.id.value);
    }
};

std::vector<NewEntry> repliesOf(std::span<const Finished> rows)
{
    std::vector<NewEntry> replies;
    for (const Finished &row : rows) {
        if (row.head.replyKind.isEmpty())
            continue;
        const Json payload = {{"v", 1},
                              {"ok", row.isSent},
                              {"answer", row.answer},
                              {"request", row.head.payload},
                              {"outbox", row.head.id.value}};
        replies.push_back(
            {.source = Source::Delivery,
             .externalId = QStringLiteral("%1:%2").arg(row.head.id.value).arg(row.head.attempts),
             .lane = row.head.replyLane,
             .kind = row.head.replyKind,
             .payload = core::toBytes(payload),
             .cause = row.head.cause});
    }
    return replies;
}

} // namespace

Result<OutboxId> enqueue(database::Transaction &transaction, const NewMessage &message,
                         InboxId cause, Timestamp now)
{
    const auto reply = [](const QString &text) {
        return text.isEmpty() ? database::null() : QVariant(text);
    };
    const auto inserted = transaction.run(
        QStringLiteral("WITH k AS (INSERT INTO outbox_keys (request_key) VALUES (?) "
                       "ON CONFLICT DO NOTHING RETURNING outbox_id, request_key), "
                       "o AS (INSERT INTO outbox (id, request_key, provider, method, lane, "
                       "payload, reply_kind, reply_lane, cause_id, created_at) "
                       "SELECT outbox_id, request_key, ?::smallint, ?, ?, ?::jsonb, ?, ?, "
                       "?::bigint, ?::timestamptz FROM k RETURNING id, provider, lane), "
                       "w AS (INSERT INTO outbox_waiting (provider, lane, outbox_id, "
                       "supersede_key) SELECT provider, lane, id, ? FROM o) "
                       "SELECT id FROM o"),
        {message.requestKey, static_cast<int>(message.provider), message.method, message.lane,
         QString::fromUtf8(core::toBytes(message.payload)), reply(message.replyKind),
         reply(message.replyLane), cause.value, core::toIso(now), reply(message.supersedeKey)});
    if (!inserted)
        return failure(inserted.error());
    if (inserted->isEmpty()) {
        const auto first = transaction.run(
            QStringLiteral("SELECT outbox_id FROM outbox_keys WHERE request_key = ?"),
            {message.requestKey});
        if (!first)
            return failure(first.error());
        return OutboxId{first->first().integer("outbox_id")};
    }
    const OutboxId id{inserted->first().integer("id")};
    transaction.changed(Topic::Outbox, id.value);
    if (message.supersedeKey.isEmpty())
        return id;
    if (auto done = supersede(transaction, message, id, now); !done)
        return failure(done.error());
    return id;
}

Result<bool> withdraw(database::Transaction &transaction, OutboxId id, Timestamp now)
{
    // A statement of its own, which waits for whoever just sends or defers it: the next one then
    // sees what became of it.
    const auto marked = transaction.run(
        QStringLiteral("UPDATE outbox_waiting w SET no_repeat = true FROM outbox o WHERE o.id = ? "
                       "AND w.provider = o.provider AND w.lane = o.lane AND w.outbox_id = o.id"),
        {id.value});
    if (!marked)
        return failure(marked.error());
    // Waiting again after a refusal that surely did nothing, it has not arrived either.
    const auto gone = transaction.run(
        QStringLiteral("WITH gone AS (DELETE FROM outbox_waiting w USING outbox o WHERE o.id = ? "
                       "AND w.provider = o.provider AND w.lane = o.lane AND w.outbox_id = o.id "
                       "AND w.state = 'waiting' RETURNING w.outbox_id, w.attempts) "
                       "INSERT INTO outbox_outcomes (outbox_id, state, attempts, finished_at) "
                       "SELECT outbox_id, 'superseded', attempts, ?::timestamptz FROM gone"),
        {id.value, core::toIso(now)});
    if (!gone)
        return failure(gone.error());
    return gone->affected() > 0;
}

Result<std::vector<OutboxId>> lockWithdrawn(database::Transaction &transaction,
                                            std::span<const OutboxHead> heads)
{
    Keys keys;
    for (const OutboxHead &head : heads)
        keys.add(head);
    const auto found = transaction.run(
        QStringLiteral("SELECT w.outbox_id, w.no_repeat FROM outbox_waiting w "
                       "JOIN unnest(?::smallint[], ?::text[], ?::bigint[]) u(p, l, i) "
                       "ON w.provider = u.p AND w.lane = u.l AND w.outbox_id = u.i "
                       "ORDER BY w.outbox_id FOR UPDATE OF w"),
        {arrayOf(keys.providers), arrayOf(keys.lanes), arrayOf(keys.ids)});
    if (!found)
        return failure(found.error());
    std::vector<OutboxId> withdrawn;
    for (qsizetype i = 0; i < found->size(); ++i) {
        if ((*found)[i].boolean("no_repeat"))
            withdrawn.push_back(OutboxId{(*found)[i].integer("outbox_id")});
    }
    return withdrawn;
}

Result<OutboxHeads> dueHeads(database::Transaction &transaction, Provider provider,
                             const QString &after, int limit, Timestamp now)
{
    const auto found =
        transaction.run(QStringLiteral("SELECT ids::text AS ids, next_after FROM "
                                       "outbox_heads(?::smallint, ?, ?, ?::timestamptz)"),
                        {static_cast<int>(provider), after, limit, core::toIso(now)});
    if (!found)
        return failure(found.error());
    OutboxHeads heads;
    heads.next = found->first().text("next_after");
    const QString ids = found->first().text("ids");
    if (ids == QLatin1String("{}"))
        return heads;
    const auto rows = transaction.run(
        QStringLiteral("SELECT o.id, o.provider, o.method, o.lane, o.payload, o.reply_kind, "
                       "o.reply_lane, o.cause_id, o.request_key, "
                       "to_micros(o.created_at) AS created_at, w.state, w.attempts "
                       "FROM outbox o JOIN outbox_waiting w ON w.provider = o.provider AND w.lane "
                       "= o.lane AND w.outbox_id = o.id "
                       // A head that a newer row is just taking the place of is skipped rather than
                       // waited for.
                       "WHERE o.id = ANY (?::bigint[]) ORDER BY o.id FOR UPDATE OF w SKIP LOCKED"),
        {ids});
    if (!rows)
        return failure(rows.error());
    for (qsizetype i = 0; i < rows->size(); ++i)
        heads.heads.push_back(headOf((*rows)[i]));
    return heads;
}

Result<void> markSending(database::Transaction &transaction, std::span<const OutboxHead> heads,
                         Timestamp until)
{
    Keys keys;
    for (const OutboxHead &head : heads)
        keys.add(head);
    const auto marked = transaction.run(
        QStringLiteral("UPDATE outbox_waiting w SET state = 'sending', attempts = attempts + 1, "
                       "not_before = ?::timestamptz "
                       "FROM unnest(?::smallint[], ?::text[], ?::bigint[]) u(p, l, i) "
                       "WHERE w.provider = u.p AND w.lane = u.l AND w.outbox_id = u.i"),
        {core::toIso(until), arrayOf(keys.providers), arrayOf(keys.lanes), arrayOf(keys.ids)});
    if (!marked)
        return failure(marked.error());
    CORE_ASSERT(marked->affected() ==
                static_cast<qint64>(heads.size())); // only the leader takes them away
    return {};
}

Result<void> defer(database::Transaction &transaction, std::span<const Deferred> rows)
{
    Keys keys;
    std::vector<QString> untils;
    std::vector<QString> states;
    std::vector<qint64> uncounted;
    for (const Deferred &row : rows) {
        keys.add(row.head);
        untils.push_back(core::toIso(row.until));
        states.push_back(row.mayHaveArrived ? QStringLiteral("unknown")
                                            : QStringLiteral("waiting"));
        uncounted.push_back(row.takesSendBack ? 1 : 0);
    }
    const auto moved = transaction.run(
        QStringLiteral("UPDATE outbox_waiting w SET state = u.s, not_before = u.t, "
                       "attempts = w.attempts - u.n "
                       "FROM unnest(?::smallint[], ?::text[], ?::bigint[], ?::timestamptz[], "
                       "?::text[], ?::smallint[]) u(p, l, i, t, s, n) "
                       "WHERE w.provider = u.p AND w.lane = u.l AND w.outbox_id = u.i"),
        {arrayOf(keys.providers), arrayOf(keys.lanes), arrayOf(keys.ids), arrayOf(untils),
         arrayOf(states), arrayOf(uncounted)});
    if (!moved)
        return failure(moved.error());
    return {};
}

Result<void> finish(database::Transaction &transaction, std::span<const Finished> rows,
                    Timestamp now)
{
    Keys keys;
    std::vector<QString> states;
    std::vector<QString> answers;
    for (const Finished &row : rows) {
        keys.add(row.head);
        states.push_back(row.isSent ? QStringLiteral("sent") : QStringLiteral("failed"));
        answers.push_back(QString::fromUtf8(core::toBytes(row.answer)));
        transaction.changed(Topic::Outbox, row.head.id.value);
    }
    const auto done = transaction.run(
        QStringLiteral(
            "WITH u AS (SELECT * FROM unnest(?::smallint[], ?::text[], ?::bigint[], ?::text[], "
            "?::jsonb[]) u(p, l, i, s, a)), "
            "gone AS (DELETE FROM outbox_waiting w USING u WHERE w.provider = u.p AND w.lane = u.l "
            "AND w.outbox_id = u.i "
            "RETURNING w.outbox_id, w.attempts) "
            "INSERT INTO outbox_outcomes (outbox_id, state, attempts, finished_at, answer) "
            "SELECT u.i, u.s, gone.attempts, ?::timestamptz, u.a FROM u JOIN gone ON "
            "gone.outbox_id = u.i"),
        {arrayOf(keys.providers), arrayOf(keys.lanes), arrayOf(keys.ids), arrayOf(states),
         arrayOf(answers), core::toIso(now)});
    if (!done)
        return failure(done.error());
    CORE_ASSERT(done->affected() == static_cast<qint64>(rows.size()));
    const std::vector<NewEntry> replies = repliesOf(rows);
    if (const auto recorded = record(transaction, replies, now); !recorded)
        return failure(recorded.error());
    return {};
}

Result<std::vector<OutboxId>> stillSending(database::Transaction &transaction,
                                           std::span<const OutboxHead> heads)
{
    Keys keys;
    std::vector<qint64> attempts;
    for (const OutboxHead &head : heads) {
        keys.add(head);
        attempts.push_back(head.attempts + 1);
    }
    const auto found = transaction.run(
        QStringLiteral("SELECT w.outbox_id FROM outbox_waiting w "
                       "JOIN unnest(?::smallint[], ?::text[], ?::bigint[], ?::smallint[]) "
                       "u(p, l, i, n) ON w.provider = u.p AND w.lane = u.l AND w.outbox_id = u.i "
                       "WHERE w.state = 'sending' AND w.attempts = u.n"),
        {arrayOf(keys.providers), arrayOf(keys.lanes), arrayOf(keys.ids), arrayOf(attempts)});
    if (!found)
        return failure(found.error());
    std::vector<OutboxId> ids;
    for (qsizetype i = 0; i < found->size(); ++i)
        ids.push_back(OutboxId{(*found)[i].integer("outbox_id")});
    return ids;
}

Result<qint64> adoptSending(database::Transaction &transaction, std::span<const OutboxId> except)
{
    std::vector<qint64> ids;
    for (const OutboxId id : except)
        ids.push_back(id.value);
    const auto adopted =
        transaction.run(QStringLiteral("UPDATE outbox_waiting SET state = 'unknown', not_before = "
                                       "'-infinity' WHERE state = 'sending' "
                                       "AND outbox_id <> ALL (?::bigint[])"),
                        {arrayOf(ids)});
    if (!adopted)
        return failure(adopted.error());
    return adopted->affected();
}

Result<std::optional<Json>> answerOf(database::Transaction &transaction, OutboxId id)
{
    const auto found = transaction.run(
        QStringLiteral(
            "SELECT answer FROM outbox_outcomes_history WHERE outbox_id = ? AND state = 'sent'"),
        {id.value});
    if (!found)
        return failure(found.error());
    if (found->isEmpty())
        return std::optional<Json>();
    auto answer = core::parseJson(found->first().text("answer").toUtf8(), 64);
    if (!answer)
        return failure(answer.error());
    return std::optional(std::move(*answer));
}

} // namespace queue
