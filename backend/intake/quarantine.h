#pragma once

#include "database/connection.h"
#include "queue/inbox.h"

namespace intake {

/// A webhook that was refused for its signature.
struct Unproven {
    queue::Source source = queue::Source::Dynopay;
    QByteArray reason;                // of the refusal
    QByteArray routeTokenSha256 = {}; // empty: nothing but the signature tells it from a stranger's
    QByteArray body = {};
    QByteArray headers = {}; // as of queue::NewEntry
};

struct Quarantined {
    bool isKnownRoute = false;   // its token is ours, so it did not come from a stranger
    std::optional<qint64> row{}; // absent: kept before, or its token has its share
};

/// Keeps it for a person to look at, when its token is ours; nothing handles it. Bounded: rows of a
/// token, rows in all (the newest stay), and the body by what a hook takes.
[[nodiscard]] Result<Quarantined> quarantine(database::Connection &connection,
                                             const Unproven &refused, Timestamp now);

/// Remembers that `source` signs what it sends. True: that is news.
[[nodiscard]] Result<bool> noteSigner(database::Connection &connection, queue::Source source,
                                      Timestamp now);
[[nodiscard]] Result<bool> isSigner(database::Connection &connection, queue::Source source);

} // namespace intake
