#include "core/key_file.h"

#include "core/crypto.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

namespace core {

namespace {

constexpr qsizetype kKeyBytes = 32;

Error refused(const QString &words)
{
    return {.code = ErrorCode::ConfigurationInvalid, .detail = words};
}

Result<QByteArray> readKey(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(refused(
            QStringLiteral("cannot read the key file %1: %2").arg(path, file.errorString())));
    const QByteArray key = QByteArray::fromHex(file.readAll().trimmed());
    if (key.size() != kKeyBytes)
        return failure(refused(
            QStringLiteral(
                "the key file %1 must hold 64 hexadecimal digits; restore it from its backup")
                .arg(path)));
    return key;
}

} // namespace

Result<QByteArray> readOrMakeKeyFile(const QString &path)
{
    if (QFileInfo::exists(path))
        return readKey(path);
    QDir().mkpath(QFileInfo(path).absolutePath());
    // Written under another name and linked into place: nobody ever sees half a key, and the first
    // one wins.
    const QByteArray temporary = (path + QStringLiteral(".%1.new").arg(::getpid())).toLocal8Bit();
    const QByteArray content = randomBytes(kKeyBytes).toHex() + '\n';
    const int file = ::open(temporary.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool isWritten =
        file >= 0 &&
        ::write(file, content.constData(), static_cast<size_t>(content.size())) == content.size() &&
        ::fsync(file) == 0;
    if (file >= 0)
        ::close(file);
    const bool isLinked =
        isWritten &&
        (::link(temporary.constData(), path.toLocal8Bit().constData()) == 0 || errno == EEXIST);
    ::unlink(temporary.constData());
    if (!isLinked)
        return failure(refused(
            QStringLiteral(
                "cannot write the key file %1; check the folder's rights and free space, or set "
                "SPEECHCAD_SEAL_KEY_FILE to a file elsewhere")
                .arg(path)));
    return readKey(path);
}

} // namespace core
