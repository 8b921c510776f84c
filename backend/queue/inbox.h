#pragma once

#include "core/clock.h"
#include "core/id.h"
#include "database/transaction.h"

#include <array>
#include <span>

namespace queue {

/// Who an inbox row came from. The numbers are stored: append, never reorder.
enum class Source : qint16 {
    Telegram = 1,
    Retell = 2,
    Dynopay = 3,
    Operator = 4,
    Timer = 5,
    Delivery = 6, // the answer to an outbox row
    Internal = 7, // posted by a handler
};

/// Something that arrived. The key (source, externalId) only drops identical repeats; what may
/// happen once is decided by request keys in the domain.
struct NewEntry {
    Source source = Source::Internal;
    QString externalId;
    QString lane; // empty: the lane of `routeTokenSha256`
    QString kind;
    QByteArray payload;               // JSON text
    QByteArray raw = {};              // the bytes as received, where they are evidence
    QByteArray headers = {};          // JSON object of allow-listed headers; never a secret
    QByteArray routeTokenSha256 = {}; // SHA-256 of the token in a hook's path
    std::optional<InboxId> cause = {};
};

enum class RecordOutcome {
    Recorded,
    Repeat,              // answered as if it were the first time
    RepeatWithOtherBody, // kept in inbox_conflicts for a person
    UnknownRoute,        // no such token
    RouteFull,           // this token has delivered 200 times: answered, not kept
};

struct Recorded {
    RecordOutcome outcome = RecordOutcome::Recorded;
    InboxId id; // of the first with this key; 0 for UnknownRoute and RouteFull
};

/// Writes all entries with one statement, in its own commit. Same order as given.
[[nodiscard]] Result<std::vector<Recorded>>
record(database::Connection &connection, std::span<const NewEntry> entries, Timestamp now);
/// The same inside a transaction that something else is part of.
[[nodiscard]] Result<std::vector<Recorded>>
record(database::Transaction &transaction, std::span<const NewEntry> entries, Timestamp now);

/// Lets a hook's token lead to a lane. The token itself is never stored.
[[nodiscard]] Result<void> addRoute(database::Transaction &transaction,
                                    const QByteArray &tokenSha256, const QString &lane);

/// Where a worker is on its walk round the lanes: one cursor a priority.
using Cursors = std::array<QString, 5>;

struct Claimed {
    qint16 priority = 0;
    QString lane; // as it waits; may end in "#<id>" after a failure
    InboxId id;
    qint16 attempts = 0; // failed tries so far
};

struct Entry {
    InboxId id;
    Source source = Source::Internal;
    QString externalId;
    QString lane;
    QString kind;
    QByteArray payload;
    Timestamp receivedAt;
    std::optional<InboxId> cause;
    QByteArray routeTokenSha256; // empty: it came by no token
};

struct Claim {
    std::vector<Claimed> rows;  // in the order of their lanes
    std::vector<Entry> entries; // the same rows, same order
    Cursors next;
};

/// Locks up to `rows` rows, at most `quota` a lane, until the transaction ends.
[[nodiscard]] Result<Claim> claim(database::Transaction &transaction, const Cursors &after,
                                  int rows, int quota, Timestamp now);
/// Marks claimed rows done.
[[nodiscard]] Result<void> complete(database::Transaction &transaction,
                                    std::span<const Claimed> rows, Timestamp now);
/// Tries the row again at `notBefore`. With `ownLane` it stops holding up the rows behind it.
[[nodiscard]] Result<void> retryLater(database::Transaction &transaction, const Claimed &row,
                                      Timestamp notBefore, bool ownLane, const Error &error);
/// Puts back a row that only lost a race (a lock, a deadlock, the connection): that is no attempt.
/// False: it has been losing for longer than `patience`, and is as it was.
[[nodiscard]] Result<bool> postpone(database::Transaction &transaction, const Claimed &row,
                                    Timestamp now, std::chrono::seconds patience, bool ownLane,
                                    const Error &error);
/// Claims a row of an earlier transaction again. False: somebody else has or had it.
[[nodiscard]] Result<bool> reclaim(database::Transaction &transaction, const Claimed &row);
/// Gives the row up: it stays in the archive as dead, for a person to look at.
[[nodiscard]] Result<void> bury(database::Transaction &transaction, const Claimed &row,
                                const Error &error, Timestamp now);

} // namespace queue
