#pragma once

#include "core/error.h"

#include <QString>

namespace database {

/// Where something went wrong, for the words that tell what to do about it.
struct FailurePlace {
    QString directory;   // <data directory>/database
    QString accountName; // that PostgreSQL's programs run as
    QString logFile;     // empty: nothing was written there
};

/// What a person can do about what initdb or the server said (in English: they run with LC_ALL=C).
[[nodiscard]] Error explainFailure(const QString &doing, const QString &output,
                                   const FailurePlace &place);

/// The same for a system call on `path` that failed with `errorNumber`.
[[nodiscard]] Error explainErrno(const QString &doing, const QString &path, int errorNumber,
                                 const FailurePlace &place);

/// The free bytes of the disk `path` is on, for our account; -1 when unknown.
[[nodiscard]] qint64 freeBytes(const QString &path);

} // namespace database
