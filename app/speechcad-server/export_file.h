#pragma once

#include "core/result.h"

#include <QCryptographicHash>
#include <QFile>

namespace server {

/// A file that is there whole when it is kept, and not at all otherwise: written beside its name,
/// with ".part", and renamed. Only this account may read it.
class ExportFile {
public:
    explicit ExportFile(const QString &path);
    ~ExportFile();
    /// Errors: BadInput, with what to do.
    [[nodiscard]] Result<void> open();
    [[nodiscard]] bool write(const QByteArray &bytes);
    /// On the disk, under its name; the SHA-256 of all of it in hexadecimal.
    [[nodiscard]] Result<QString> keep();

private:
    QString m_path;
    QFile m_part;
    QCryptographicHash m_hash;
};

} // namespace server
