#pragma once

#include "core/clock.h"
#include "database/connection.h"

#include <functional>

namespace ledger {

struct ExportCounts {
    qint64 transfers = 0;
    qint64 audit = 0;
};

/// Gives every transfer and every audit row to `write`, as text to put one behind the other: JSON
/// lines whose bytes are what the seals were made of. One snapshot. False of `write` ends it.
/// Errors: Internal, it could not be written.
[[nodiscard]] Result<ExportCounts>
exportSealed(database::Connection &connection, Timestamp now,
             const std::function<bool(const QByteArray &)> &write);

} // namespace ledger
