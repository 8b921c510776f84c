#pragma once

#include "core/result.h"

#include <QString>

namespace database {

/// What PostgreSQL answered as an error of ours: the code by its SQLSTATE (none: the server is
/// away), and the first line without any value of the data.
[[nodiscard]] Error queryError(const QString &sqlState, const QString &message);

} // namespace database
