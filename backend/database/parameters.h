#pragma once

#include "database/connection.h"

namespace database {

/// Runs one statement with `$1`, `$2`, ... for the values, which travel beside its text. The driver
/// behind `Connection::run` writes them into the text, where pg_stat_activity shows them to whoever
/// has the same login: secrets go this way. DatabaseUnavailable: open a new connection.
[[nodiscard]] Result<Rows> runWithParameters(Connection &connection, const QString &sql,
                                             const Values &values);

} // namespace database
