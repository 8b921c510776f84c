#pragma once

#include "engine/routing_table.h"

namespace engine {

/// What a table tells about one cause, for people: `sql` has one `?`, the cause's inbox id.
struct EffectReader {
    QString name; // "transfers"
    QString sql;
};

struct ShadowReport {
    Outcome outcome = Outcome::Handled;
    /// name of the reader -> its rows as objects, values as text. Ids are in it but mean nothing:
    /// sequences leave gaps.
    Json effects;
};

/// Runs the handler of `entry` as if it had just arrived, forces what a commit would check, reads
/// back what it wrote, and rolls everything back. Never waits longer than 200 ms for a lock.
[[nodiscard]] Result<ShadowReport> shadowRun(database::Connection &connection,
                                             const RoutingTable &routes,
                                             const queue::NewEntry &entry,
                                             const QByteArray &installationKey,
                                             const QList<EffectReader> &readers, Timestamp now);

} // namespace engine
