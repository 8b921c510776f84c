#pragma once

#include "core/clock.h"
#include "core/id.h"
#include "core/json.h"
#include "database/transaction.h"

namespace queue {

/// At `dueAt` an inbox row of this kind appears on this lane. One timer a key.
struct Timer {
    QString key;
    Timestamp dueAt;
    QString kind;
    QString lane;
    Json payload;
};

/// Sets the timer; one with the same key is moved and takes over kind, lane and payload.
[[nodiscard]] Result<void> schedule(database::Transaction &transaction, const Timer &timer,
                                    InboxId cause);
/// Absent is fine: it may have fired already.
[[nodiscard]] Result<void> cancel(database::Transaction &transaction, const QString &key);
/// Turns up to 500 due timers into inbox rows. Returns how many. Only the leader calls it.
[[nodiscard]] Result<int> fireDue(database::Transaction &transaction, Timestamp now);

} // namespace queue
