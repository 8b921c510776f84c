#pragma once

#include "database/connection.h"

namespace database {

/// Newest schema this program can work with; a database whose `min_code` is above it is left alone.
constexpr int kSchemaCode = 1;

struct MigrationReport {
    QStringList applied; // names, in order; empty: the schema was up to date
};

/// Applies what is missing of resources/migrations, each in a transaction of its own, under an
/// advisory lock, so that two servers may start at once. The connection must have Role::Owner.
/// Errors: DatabaseRefused when a file that was applied has changed since, or the database is newer
/// than this program.
[[nodiscard]] Result<MigrationReport> migrate(Connection &owner);

/// What `migrate` would apply.
[[nodiscard]] Result<QStringList> pendingMigrations(Connection &connection);

/// Refuses, in words, a server older than 15 or with fsync, full_page_writes or synchronous_commit
/// off.
[[nodiscard]] Result<void> checkServer(Connection &connection);

} // namespace database
