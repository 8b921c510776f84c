#pragma once

#include "seals/seal.h"

#include <QIODevice>

#include <functional>

namespace seals {

/// A seal as a line of the file: its body, a blank, its signature in base 64, a line feed.
[[nodiscard]] QByteArray lineOf(const SignedSeal &seal);
/// Absent: no whole line, or none of ours.
[[nodiscard]] std::optional<SignedSeal> fromLine(QByteArrayView line);

/// How a file of seals ends.
struct FileEnd {
    std::optional<SignedSeal> newest; // absent: there is none
    qint64 wholeBytes = 0; // what follows was cut off by a crash and is to be written again
    qint64 bytes = 0;
    [[nodiscard]] bool isTorn() const { return wholeBytes < bytes; }
};
/// Looks at the end only. Errors: BadInput, the last whole line is no seal.
[[nodiscard]] Result<FileEnd> endOf(QIODevice &file);

/// All whole lines in order, null for one that is no seal. Returns whether a torn line follows.
[[nodiscard]] bool forEachSeal(QIODevice &file,
                               const std::function<void(const std::optional<SignedSeal> &)> &take);

} // namespace seals
