#pragma once

#include <QIODevice>
#include <QString>

namespace database {

// QSaveFile is no help on a full disk: in Qt 6.4.2 its commit() says yes to a small file whose
// bytes could not be written, and the old content is gone.

/// `content` is on the disk, or errno says why not and what was there is whole.
[[nodiscard]] bool replaceFile(const QString &path, const QByteArray &content);
[[nodiscard]] bool appendToFile(const QString &path, const QByteArray &content);
/// What stands behind the first `size` bytes is gone for good.
[[nodiscard]] bool truncateFile(const QString &path, qint64 size);

/// What was made or renamed in it is there after a power loss.
[[nodiscard]] bool syncDirectory(const QString &path);

} // namespace database
