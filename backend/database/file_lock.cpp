#include "database/file_lock.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace database {

namespace {

constexpr int kPollMs = 10; // flock has no time limit of its own

} // namespace

FileLock::FileLock(int descriptor)
    : m_descriptor(descriptor)
{
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

FileLock::FileLock(FileLock &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

Result<FileLock> FileLock::open(const QString &path)
{
    const QByteArray bytes = QFile::encodeName(path);
    const int descriptor =
        ::open(bytes.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return failure({.code = ErrorCode::DatabaseRefused,
                        .detail = QStringLiteral("The lock file %1 cannot be opened: %2.")
                                      .arg(path, QString::fromLocal8Bit(std::strerror(errno)))});
    return FileLock(descriptor);
}

bool FileLock::tryExclusive()
{
    return m_descriptor >= 0 && ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0;
}

bool FileLock::tryShared()
{
    return m_descriptor >= 0 && ::flock(m_descriptor, LOCK_SH | LOCK_NB) == 0;
}

bool FileLock::waitExclusive(std::chrono::milliseconds timeout)
{
    const QDeadlineTimer deadline(timeout);
    while (!tryExclusive()) {
        if (m_descriptor < 0 || deadline.hasExpired())
            return false;
        QThread::msleep(kPollMs);
    }
    return true;
}

void FileLock::unlock()
{
    if (m_descriptor >= 0)
        ::flock(m_descriptor, LOCK_UN);
}

} // namespace database
