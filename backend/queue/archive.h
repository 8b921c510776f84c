#pragma once

#include "core/clock.h"
#include "database/transaction.h"

namespace queue {

enum class Archive {
    Inbox,
    Outbox,
};

/// Makes the partitions that the next 1,500,000 rows need: two and a half minutes of ten thousand
/// rows a second. Blocks nobody. Returns how many were made.
[[nodiscard]] Result<int> ensurePartitions(database::Transaction &transaction);

/// Drops one partition whose rows are all final and older than `before`, if there is one; false:
/// there is none. Kept of it, in `inbox_history` and `outbox_history`: dead rows, the causes of
/// whatever stays (money above all) up to what first arrived, and what was said because of them.
/// The keys of all rows stay too. Conflict: the table was busy, so come again.
[[nodiscard]] Result<bool> retirePartition(database::Transaction &transaction, Archive archive,
                                           Timestamp before);

} // namespace queue
