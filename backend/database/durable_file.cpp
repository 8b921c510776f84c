#include "database/durable_file.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace database {

namespace {

bool write(const QString &path, int flags, const QByteArray &content)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(),
                                  flags | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return false;
    const bool isWritten = ::write(descriptor, content.constData(),
                                   static_cast<size_t>(content.size())) == content.size() &&
                           ::fsync(descriptor) == 0;
    ::close(descriptor);
    return isWritten;
}

} // namespace

bool replaceFile(const QString &path, const QByteArray &content)
{
    const QString fresh = path + QStringLiteral(".new");
    return write(fresh, O_CREAT | O_TRUNC, content) &&
           std::rename(QFile::encodeName(fresh).constData(), QFile::encodeName(path).constData()) ==
               0 &&
           syncDirectory(QFileInfo(path).path());
}

bool appendToFile(const QString &path, const QByteArray &content)
{
    return write(path, O_APPEND, content);
}

bool truncateFile(const QString &path, qint64 size)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    const bool isDone =
        descriptor >= 0 && ::ftruncate(descriptor, size) == 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    return isDone;
}

bool syncDirectory(const QString &path)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool isSynced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    return isSynced;
}

} // namespace database
