#pragma once

#include "core/clock.h"
#include "core/id.h"
#include "core/json.h"
#include "database/transaction.h"

#include <span>

namespace queue {

/// Who an outbox row goes to. The numbers are stored: append, never reorder.
enum class Provider : qint16 {
    Telegram = 1,
    Retell = 2,
    Dynopay = 3,
};

/// Something to be said to a provider, once the transaction is committed.
struct NewMessage {
    QString requestKey; // a second row with the same key is the first one
    Provider provider = Provider::Telegram;
    QString method; // "sendMessage"; how it may be repeated: delivery/method_table.h
    QString lane;   // order is kept within it: "chat:<id>", "deposit:<id>"
    Json payload;
    QString replyKind = {}; // when set, the answer comes back as an inbox row of this kind ...
    QString replyLane = {}; // ... on this lane
    QString supersedeKey =
        {}; // an older waiting row of this lane with the same key need not be sent any more
};

/// Writes the row. Returns its id, of the first one when the request key exists already.
[[nodiscard]] Result<OutboxId> enqueue(database::Transaction &transaction,
                                       const NewMessage &message, InboxId cause, Timestamp now);

/// Takes back a row that was never sent. False: it is under way, or was; it may arrive, but when
/// it did not, it is not sent again (withdrawal.h).
[[nodiscard]] Result<bool> withdraw(database::Transaction &transaction, OutboxId id, Timestamp now);

/// The oldest unsent row of a lane.
struct OutboxHead {
    OutboxId id;
    Provider provider = Provider::Telegram;
    QString method;
    QString lane;
    Json payload;
    QString replyKind;
    QString replyLane;
    bool isUnknown = false; // a send of it has no known outcome: it may have arrived
    qint16 attempts = 0;    // sends so far
    Timestamp createdAt;
    InboxId cause;
    QString requestKey;
};

struct OutboxHeads {
    std::vector<OutboxHead> heads;
    QString next; // cursor for the next call
};

/// Up to `limit` due heads of a provider's lanes, walking round from `after`, locked until the
/// transaction ends, so that nothing newer takes their place meanwhile. Only the leader calls it.
[[nodiscard]] Result<OutboxHeads> dueHeads(database::Transaction &transaction, Provider provider,
                                           const QString &after, int limit, Timestamp now);
/// Commit this before a byte leaves: after a crash the rows are `unknown`.
[[nodiscard]] Result<void> markSending(database::Transaction &transaction,
                                       std::span<const OutboxHead> heads, Timestamp until);

struct Deferred {
    OutboxHead head;
    Timestamp until;
    bool mayHaveArrived = false; // it will come back with `isUnknown`
    bool takesSendBack = false;  // the last send is not to be counted in `attempts`
};
/// Back to waiting until then: a rate limit, or an attempt that surely did not arrive, or may be
/// repeated.
[[nodiscard]] Result<void> defer(database::Transaction &transaction,
                                 std::span<const Deferred> rows);

struct Finished {
    OutboxHead head;
    bool isSent = false; // false: given up
    Json answer;         // what the provider said, without secrets
};
/// Ends the rows and records the answers that somebody waits for, {"ok", "answer", "request"}.
[[nodiscard]] Result<void> finish(database::Transaction &transaction,
                                  std::span<const Finished> rows, Timestamp now);

/// Those of `heads`, as they were before they were marked, that nobody else has touched since.
[[nodiscard]] Result<std::vector<OutboxId>> stillSending(database::Transaction &transaction,
                                                         std::span<const OutboxHead> heads);
/// A new leader calls this first: what an earlier one was sending is unknown now, but not `except`,
/// which it is sending itself. Returns how many.
[[nodiscard]] Result<qint64> adoptSending(database::Transaction &transaction,
                                          std::span<const OutboxId> except = {});

/// The answers of finished rows; absent: not finished, or failed.
[[nodiscard]] Result<std::optional<Json>> answerOf(database::Transaction &transaction, OutboxId id);

} // namespace queue
