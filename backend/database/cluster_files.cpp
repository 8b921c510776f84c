#include "database/cluster_files.h"

#include "core/fault_point.h"
#include "database/durable_file.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

namespace database {

namespace {

constexpr auto kInitTimeout = std::chrono::minutes(5);
constexpr qint64 kLogBytesMax = 4 * 1024 * 1024;

constexpr QLatin1String kHalfMade("cluster.new-");

std::optional<struct stat> statOf(const QString &path)
{
    struct stat found = {};
    if (::stat(QFile::encodeName(path).constData(), &found) != 0)
        return std::nullopt;
    return found;
}

Error refused(const QString &detail)
{
    return {.code = ErrorCode::DatabaseRefused, .detail = detail};
}

Error failed(const ClusterFiles &files, const QString &doing, const QString &path)
{
    return explainErrno(doing, path, errno, files.place());
}

/// As QDir::mkpath, but errno says why not.
bool makePath(const QString &path, mode_t mode)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), mode) == 0 || errno == EEXIST)
        return true;
    return errno == ENOENT && makePath(QFileInfo(path).path(), 0755) &&
           (::mkdir(name.constData(), mode) == 0 || errno == EEXIST);
}

/// The application's own directory. Its files may be secret, so others get no right to it.
Result<void> makeDataDirectory(const QString &dataDir)
{
    if (const auto found = statOf(dataDir)) {
        if (S_ISDIR(found->st_mode))
            return {};
        return failure(
            refused(QStringLiteral("The data directory %1 is a file. Move it away or set "
                                   "SPEECHCAD_DATA_DIR to a directory.")
                        .arg(dataDir)));
    }
    if (makePath(dataDir, 0700))
        return {};
    const int errorNumber = errno; // looking up our name changes it
    const FailurePlace place{dataDir, accountName(::geteuid()), {}};
    return failure(
        explainErrno(QStringLiteral("Making the data directory"), dataDir, errorNumber, place));
}

/// As root, the account must come through the data directory to its own part of it. Only it, and
/// without seeing the names there: group, execute.
void openDataDirectoryTo(const ServerAccount &account, const QString &dataDir)
{
    const QByteArray path = QFile::encodeName(dataDir);
    const auto found = statOf(dataDir);
    if (!account.isAnother || !found || found->st_uid != 0 || (found->st_mode & 0071))
        return; // open already, or shared with a group by somebody's wish
    if (::chown(path.constData(), static_cast<uid_t>(-1), account.gid) == 0)
        ::chmod(path.constData(), (found->st_mode & 07707) | S_IXGRP);
}

/// PostgreSQL as another account reaches nothing below a directory that the account may not pass.
Result<void> checkWay(const ServerAccount &account, const QString &directory)
{
    const ActAs asAccount(account);
    QString path;
    const QStringList names = directory.split(u'/', Qt::SkipEmptyParts);
    for (const QString &name : names) {
        path += u'/' + name;
        if (statOf(path + QStringLiteral("/.")) || errno != EACCES)
            continue;
        if (!account.isAnother)
            return failure(
                refused(QStringLiteral("You (\"%2\") may not enter %1. Set SPEECHCAD_DATA_DIR to a "
                                       "directory of your own, or give yourself the right to it.")
                            .arg(path, account.name)));
        return failure(refused(
            QStringLiteral(
                "PostgreSQL refuses to run as root, so it runs as \"%2\", and that account may not "
                "pass through %1. Set SPEECHCAD_DATA_DIR to a place it can reach, such as "
                "/var/lib/speechcad, or allow it with: chmod o+x %1")
                .arg(path, account.name)));
    }
    return {};
}

Result<void> makeDirectory(const ClusterFiles &files)
{
    const QByteArray path = QFile::encodeName(files.directory);
    if (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
        return failure(
            failed(files, QStringLiteral("Making the database's directory"), files.directory));
    return {};
}

/// Root makes the directory as its own; it is given away once. The directory itself, never where a
/// link leads.
Result<void> giveToAccount(const ClusterFiles &files)
{
    const auto found = statOf(files.directory);
    if (!files.account.isAnother || !found || found->st_uid != 0)
        return {};
    const QByteArray path = QFile::encodeName(files.directory);
    if (::lchown(path.constData(), files.account.uid, files.account.gid) != 0)
        return failure(
            failed(files, QStringLiteral("Giving a directory to PostgreSQL"), files.directory));
    return {};
}

void removeHalfMade(const ClusterFiles &files)
{
    const QDir directory(files.directory);
    const QStringList names =
        directory.entryList({kHalfMade + QStringLiteral("*")}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names)
        QDir(directory.filePath(name)).removeRecursively();
}

/// Characters of all languages, ordered by code point: no index depends on a locale that an update
/// may change.
QString localeName()
{
    const locale_t found = ::newlocale(LC_ALL_MASK, "C.UTF-8", nullptr);
    if (!found)
        return QStringLiteral("C");
    ::freelocale(found);
    return QStringLiteral("C.UTF-8");
}

Result<void> runInitdb(const ClusterFiles &files, const PostgresPrograms &programs,
                       const QString &target)
{
    // "trust": whoever reaches the socket is let in. The guard is the 0700 directory around it,
    // which only the account itself (and root) can enter; a password in a file beside it would
    // guard nothing more.
    const auto run =
        runAs(files.account, programs.path("initdb"),
              {QStringLiteral("--pgdata=") + target, QStringLiteral("--username=speechcad"),
               QStringLiteral("--auth-local=trust"), QStringLiteral("--auth-host=reject"),
               QStringLiteral("--encoding=UTF8"), QStringLiteral("--locale=") + localeName(),
               QStringLiteral("--lc-messages=C"), QStringLiteral("--data-checksums")},
              kInitTimeout);
    if (!run)
        return failure(run.error());
    if (run->exitCode != 0)
        return failure(explainFailure(QStringLiteral("Making the database (initdb)"), run->output,
                                      files.place()));
    return {};
}

Result<void> putInPlace(const ClusterFiles &files, const QString &made)
{
    const ActAs asAccount(files.account);
    const bool isWritten = appendToFile(made + QStringLiteral("/postgresql.conf"),
                                        QByteArrayLiteral("\ninclude 'speechcad.conf'\n"));
    core::faultPoint("cluster.initialized");
    const QByteArray from = QFile::encodeName(made);
    const QByteArray to = QFile::encodeName(files.cluster());
    if (!isWritten || ::rename(from.constData(), to.constData()) != 0 ||
        !syncDirectory(files.directory))
        return failure(failed(files, QStringLiteral("Making the database"), made));
    core::faultPoint("cluster.renamed");
    return {};
}

bool isPrivateDirectory(const QString &path, const ServerAccount &account)
{
    struct stat found = {};
    return ::lstat(QFile::encodeName(path).constData(), &found) == 0 && S_ISDIR(found.st_mode) &&
           found.st_uid == account.uid && (found.st_mode & 0777) == 0700;
}

bool makePrivateDirectory(const QString &path, const ServerAccount &account)
{
    return ::mkdir(QFile::encodeName(path).constData(), 0700) == 0 ||
           isPrivateDirectory(path, account);
}

/// A place for short paths that only the account can write to, or that keeps others from renaming
/// what is ours.
QString shortParent(const ServerAccount &account)
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!runtime.isEmpty() && runtime.size() < 60 && isPrivateDirectory(runtime, account))
        return runtime;
    return QStringLiteral("/tmp");
}

Result<QString> shortSocketDirectory(const ClusterFiles &files)
{
    const QString record = files.directory + QStringLiteral("/socket-directory");
    QFile recorded(record);
    if (recorded.open(QIODevice::ReadOnly)) {
        const QString before = QFile::decodeName(recorded.readAll().trimmed());
        if (!before.isEmpty() && makePrivateDirectory(before, files.account))
            return before;
    }
    QByteArray name =
        QFile::encodeName(shortParent(files.account) + QStringLiteral("/speechcad-XXXXXX"));
    if (!::mkdtemp(name.data()) || !replaceFile(record, name))
        return failure(failed(files, QStringLiteral("Making the socket's directory"), record));
    return QFile::decodeName(name);
}

} // namespace

FailurePlace ClusterFiles::place(const QString &logFile) const
{
    return {directory, account.name, logFile};
}

Result<void> checkOwner(const QString &path, uid_t owner, const ServerAccount &account)
{
    if (owner == account.uid)
        return {};
    if (account.isAnother)
        return failure(
            refused(QStringLiteral("%1 belongs to \"%2\", but PostgreSQL must run as \"%3\" here. "
                                   "Give it to that account with: chown -R %3: %1")
                        .arg(path, accountName(owner), account.name)));
    return failure(refused(
        QStringLiteral("%1 belongs to \"%2\", and you are \"%3\". Start the program as "
                       "\"%2\", or as root give the directory away with: chown -R %3: %1, or "
                       "set SPEECHCAD_DATA_DIR to a directory of your own.")
            .arg(path, accountName(owner), account.name)));
}

Result<ClusterFiles> prepareClusterFiles(const QString &dataDir)
{
    const QString absolute = QDir::cleanPath(QFileInfo(dataDir).absoluteFilePath());
    if (const auto made = makeDataDirectory(absolute); !made)
        return failure(made.error());
    ClusterFiles files{{}, absolute + QStringLiteral("/database")};
    const auto found = statOf(files.directory);
    auto account = serverAccount(found ? std::optional(found->st_uid) : std::nullopt);
    if (!account)
        return failure(account.error());
    files.account = *std::move(account);
    openDataDirectoryTo(files.account, absolute);
    const auto ready = checkWay(files.account, absolute)
                           .and_then([&] { return makeDirectory(files); })
                           .and_then([&] { return giveToAccount(files); });
    if (!ready)
        return failure(ready.error());
    const auto now = statOf(files.directory);
    if (const auto owned = checkOwner(files.directory, now ? now->st_uid : 0, files.account);
        !owned)
        return failure(owned.error());
    // The directory is the guard of a cluster that trusts its visitors, so it is closed again if it
    // was opened.
    const ActAs asAccount(files.account);
    if (::chmod(QFile::encodeName(files.directory).constData(), 0700) != 0)
        return failure(
            failed(files, QStringLiteral("Closing a directory to others"), files.directory));
    return files;
}

Result<std::optional<int>> clusterVersion(const ClusterFiles &files)
{
    const auto found = statOf(files.cluster());
    if (!found && errno == ENOENT)
        return std::nullopt;
    if (!found)
        return failure(failed(files, QStringLiteral("Looking at the database"), files.cluster()));
    if (const auto owned = checkOwner(files.cluster(), found->st_uid, files.account); !owned)
        return failure(owned.error());
    const ActAs asAccount(files.account);
    // A copy may have opened it to others, which PostgreSQL refuses.
    ::chmod(QFile::encodeName(files.cluster()).constData(), 0700);
    const QString path = files.cluster() + QStringLiteral("/PG_VERSION");
    QFile file(path);
    errno = 0;
    if (!file.open(QIODevice::ReadOnly) && errno != ENOENT)
        return failure(failed(files, QStringLiteral("Reading the database's version"), path));
    const int version = file.isOpen() ? file.readAll().trimmed().toInt() : 0;
    if (version == 0)
        return failure(
            refused(QStringLiteral("%1 is there but is no whole PostgreSQL database (PG_VERSION is "
                                   "missing), perhaps an interrupted copy. Move it away to begin "
                                   "with an empty one, or copy it again.")
                        .arg(files.cluster())));
    return version;
}

Result<void> makeCluster(const ClusterFiles &files, const PostgresPrograms &programs)
{
    QByteArray name =
        QFile::encodeName(files.directory + u'/' + kHalfMade + QStringLiteral("XXXXXX"));
    {
        const ActAs asAccount(files.account);
        removeHalfMade(files);
        // A new name each time: an initdb that outlived its crashed parent cannot write into ours.
        if (!::mkdtemp(name.data()))
            return failure(failed(files, QStringLiteral("Making the database"), files.directory));
    }
    const QString made = QFile::decodeName(name);
    const auto done =
        runInitdb(files, programs, made).and_then([&] { return putInPlace(files, made); });
    if (!done) {
        const ActAs asAccount(files.account);
        removeHalfMade(files);
    }
    return done;
}

Result<QString> prepareSocketDirectory(const ClusterFiles &files)
{
    constexpr qsizetype kSocketPathBytesMax = 107; // sockaddr_un, less the final zero
    const ActAs asAccount(files.account);
    const QString inside = files.directory + QStringLiteral("/socket");
    const QString socket = inside + QStringLiteral("/.s.PGSQL.%1").arg(kClusterPort);
    const bool isUsable =
        QFile::encodeName(socket).size() <= kSocketPathBytesMax &&
        !inside.contains(u','); // libpq takes a comma for the end of the first host
    if (!isUsable)
        return shortSocketDirectory(files);
    if (!makePrivateDirectory(inside, files.account) &&
        ::chmod(QFile::encodeName(inside).constData(), 0700) != 0)
        return failure(failed(files, QStringLiteral("Making the socket's directory"), inside));
    return inside;
}

QByteArray configurationText()
{
    return "# Written by Speechcad before each start: changes here are lost.\n"
           "unix_socket_permissions = 0700\n"
           "max_connections = 60\n"
           "shared_buffers = 256MB\n"
           "work_mem = 16MB\n"
           "maintenance_work_mem = 256MB\n"
           "max_wal_size = 4GB\n"
           "min_wal_size = 512MB\n"
           "checkpoint_timeout = 15min\n"
           "random_page_cost = 1.1\n"
           "jit = off\n"
           "autovacuum_naptime = 10s\n"
           "idle_in_transaction_session_timeout = 30s\n"
           "lock_timeout = 2s\n"
           "timezone = 'UTC'\n"
           "log_timezone = 'UTC'\n"
           "# Customers' data must not reach the log: no statements, no values of a failed key, "
           "and no line for\n"
           "# an error that the application is told anyway.\n"
           "log_min_messages = log\n"
           "log_min_error_statement = panic\n"
           "log_error_verbosity = terse\n"
           "# Who waits for a lock longer than a second is named with it, by numbers only.\n"
           "log_lock_waits = on\n"
           "log_checkpoints = off\n";
}

Result<void> removeStaleSocket(const ClusterFiles &files, const QString &socketDirectory)
{
    const ActAs asAccount(files.account);
    const QString socket = socketDirectory + QStringLiteral("/.s.PGSQL.%1").arg(kClusterPort);
    for (const QString &path : {socket, socket + QStringLiteral(".lock")})
        if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT)
            return failure(
                failed(files, QStringLiteral("Clearing what a crashed server left"), path));
    return {};
}

void removeSocketDirectory(const ClusterFiles &files, const QString &socketDirectory)
{
    const ActAs asAccount(files.account);
    if (!socketDirectory.isEmpty())
        ::rmdir(QFile::encodeName(socketDirectory).constData()); // fails unless it is empty
}

Result<void> writeConfiguration(const ClusterFiles &files)
{
    const ActAs asAccount(files.account);
    const QString path = files.cluster() + QStringLiteral("/speechcad.conf");
    if (!replaceFile(path, configurationText()))
        return failure(failed(files, QStringLiteral("Writing the database's settings"), path));
    return {};
}

qint64 rotateLog(const ClusterFiles &files)
{
    const ActAs asAccount(files.account);
    const qint64 size = QFileInfo(files.log()).size();
    if (size <= kLogBytesMax)
        return size;
    const QString old = files.log() + QStringLiteral(".1");
    QFile::remove(old);
    QFile::rename(files.log(), old);
    return 0;
}

} // namespace database
