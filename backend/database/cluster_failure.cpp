#include "database/cluster_failure.h"

#include <QFile>
#include <QStringList>

#include <array>
#include <cstring>

#include <sys/statvfs.h>

namespace database {

namespace {

constexpr qint64 kMegabyte = 1024 * 1024;
// Less free than this: not even the log could be written.
constexpr qint64 kNearlyNothingBytes = kMegabyte;
constexpr int kLinesShownMax = 6;

enum class Cause {
    DiskFull,
    ReadOnly,
    Memory,
    Owner,
    Rights,
    NoSuchAccount,
    OtherVersion,
    StillInUse,
    Damaged,
};

struct Sign {
    const char *text;
    Cause cause;
};

// The first that is found decides: a full disk also shows as a panic, so it stands before it.
constexpr std::array kSigns{
    Sign{"No space left on device", Cause::DiskFull},
    Sign{"Disk quota exceeded", Cause::DiskFull},
    Sign{"Read-only file system", Cause::ReadOnly},
    Sign{"could not map anonymous shared memory", Cause::Memory},
    Sign{"could not create shared memory segment", Cause::Memory},
    Sign{"Cannot allocate memory", Cause::Memory},
    Sign{"has wrong ownership", Cause::Owner},
    Sign{"could not look up effective user ID", Cause::NoSuchAccount},
    Sign{"Permission denied", Cause::Rights},
    Sign{"incompatible with server", Cause::OtherVersion},
    Sign{"not compatible with this version", Cause::OtherVersion},
    Sign{"is still in use", Cause::StillInUse},
    Sign{"checkpoint record", Cause::Damaged},
    Sign{"PANIC:", Cause::Damaged},
};

QString whatToDo(Cause cause, const FailurePlace &place)
{
    const QString &directory = place.directory;
    switch (cause) {
    case Cause::DiskFull:
        return QStringLiteral(
                   "The disk that holds %1 is full (%2 MB free). Free 500 MB or more there, or "
                   "set SPEECHCAD_DATA_DIR to a larger disk, and start again; nothing is lost.")
            .arg(directory)
            .arg(qMax<qint64>(freeBytes(directory), 0) / kMegabyte);
    case Cause::ReadOnly:
        return QStringLiteral(
                   "The disk that holds %1 is mounted read-only. Mount it for writing, or set "
                   "SPEECHCAD_DATA_DIR to another disk.")
            .arg(directory);
    case Cause::Memory:
        return QStringLiteral(
            "There is not enough memory for PostgreSQL (it needs about 400 MB). Close "
            "other programs or raise the memory limit of this machine or container.");
    case Cause::Owner:
        return QStringLiteral(
                   "%1 has files of another account. Give them to the account PostgreSQL runs as, "
                   "with: chown -R %2: %1")
            .arg(directory, place.accountName);
    case Cause::Rights:
        return QStringLiteral(
                   "The account \"%2\" may not read or write everything in %1. Give it to that "
                   "account with: chown -R %2: %1 && chmod -R u+rwX %1")
            .arg(directory, place.accountName);
    case Cause::NoSuchAccount:
        return QStringLiteral(
            "The user this program runs as has no account on this machine, which PostgreSQL "
            "needs. Add the user to /etc/passwd or run as one that is there.");
    case Cause::OtherVersion:
        return QStringLiteral(
                   "The database in %1 was made by another version of PostgreSQL. Install that "
                   "version, or restore a backup into an empty data directory.")
            .arg(directory);
    case Cause::StillInUse:
        return QStringLiteral(
                   "Processes of an earlier PostgreSQL server still use %1. End them (ps -u %2 "
                   "shows them as \"postgres\") and start again.")
            .arg(directory, place.accountName);
    case Cause::Damaged:
        return QStringLiteral(
                   "The database in %1 is damaged, perhaps by a failing disk. Keep a copy of that "
                   "directory, then restore the last backup into an empty data directory.")
            .arg(directory);
    }
    Q_UNREACHABLE();
}

QString lastLines(const QString &output)
{
    const QStringList lines = output.trimmed().split(u'\n', Qt::SkipEmptyParts);
    return lines.mid(qMax<qsizetype>(0, lines.size() - kLinesShownMax)).join(QStringLiteral(" | "));
}

std::optional<Cause> causeOf(const QString &output, const FailurePlace &place)
{
    for (const Sign &sign : kSigns)
        if (output.contains(QLatin1String(sign.text)))
            return sign.cause;
    const qint64 free = freeBytes(place.directory);
    if (free >= 0 && free < kNearlyNothingBytes)
        return Cause::DiskFull;
    return std::nullopt;
}

} // namespace

Error explainFailure(const QString &doing, const QString &output, const FailurePlace &place)
{
    QString detail = doing + QStringLiteral(" failed. ");
    if (const auto cause = causeOf(output, place))
        detail += whatToDo(*cause, place);
    else
        detail += QStringLiteral("PostgreSQL gave a reason that is not known here.");
    if (const QString said = lastLines(output); !said.isEmpty())
        detail += QStringLiteral(" It said: %1").arg(said);
    if (!place.logFile.isEmpty())
        detail += QStringLiteral(" (log: %1)").arg(place.logFile);
    return {.code = ErrorCode::DatabaseRefused, .detail = detail};
}

Error explainErrno(const QString &doing, const QString &path, int errorNumber,
                   const FailurePlace &place)
{
    const QString said =
        QStringLiteral("%1: %2").arg(path, QString::fromLocal8Bit(std::strerror(errorNumber)));
    return explainFailure(doing, said, place);
}

qint64 freeBytes(const QString &path)
{
    struct statvfs disk = {};
    if (::statvfs(QFile::encodeName(path).constData(), &disk) != 0)
        return -1;
    return static_cast<qint64>(disk.f_bavail) * static_cast<qint64>(disk.f_frsize);
}

} // namespace database
