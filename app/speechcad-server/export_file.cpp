#include "export_file.h"

#include "database/durable_file.h"

#include <QFileInfo>

#include <cstdio>

#include <unistd.h>

namespace server {

ExportFile::ExportFile(const QString &path)
    : m_path(path)
    , m_part(path + QStringLiteral(".part"))
    , m_hash(QCryptographicHash::Sha256)
{
}

ExportFile::~ExportFile()
{
    if (m_part.isOpen())
        m_part.remove();
}

Result<void> ExportFile::open()
{
    if (!m_part.open(QIODevice::WriteOnly | QIODevice::Truncate) ||
        !m_part.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("cannot write %1: %2")
                                      .arg(m_part.fileName(), m_part.errorString())});
    return {};
}

bool ExportFile::write(const QByteArray &bytes)
{
    m_hash.addData(bytes);
    return m_part.write(bytes) == bytes.size();
}

Result<QString> ExportFile::keep()
{
    const bool isWritten = m_part.flush() && ::fsync(m_part.handle()) == 0;
    const bool isKept = isWritten && std::rename(QFile::encodeName(m_part.fileName()).constData(),
                                                 QFile::encodeName(m_path).constData()) == 0;
    if (!isKept)
        return failure(
            {.code = ErrorCode::Internal,
             .detail = QStringLiteral("cannot write %1; is the disk full?").arg(m_path)});
    m_part.close();
    (void)database::syncDirectory(QFileInfo(m_path).absolutePath());
    return QString::fromLatin1(m_hash.result().toHex());
}

} // namespace server
