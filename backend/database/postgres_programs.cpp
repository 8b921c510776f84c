#include "database/postgres_programs.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QStandardPaths>

#include <array>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace database {

namespace {

constexpr int kAnswerTimeoutMs = 20'000;

/// The child's last error before exec, told by its exit status: a plain process never uses it here.
constexpr int kNotPermittedStatus = 126;

/// Our PG... variables are about our connections and must not steer the server. Messages come in
/// English, since we look for words in them.
QProcessEnvironment programEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        if (name.startsWith(QStringLiteral("PG")) || name.startsWith(QStringLiteral("LC_")))
            environment.remove(name);
    environment.remove(QStringLiteral("LANGUAGE"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    return environment;
}

void becomeAccountOrExit(const ServerAccount &account)
{
    ::setsid();
    ::umask(0077);
    if (!becomeServerAccount(account))
        ::_exit(kNotPermittedStatus);
}

Error couldNotRun(const QProcess &process)
{
    return {.code = ErrorCode::DatabaseRefused,
            .detail = QStringLiteral("%1 could not be run: %2.")
                          .arg(process.program(), process.errorString())};
}

Error couldNotBecome(const ServerAccount &account)
{
    return {.code = ErrorCode::DatabaseRefused,
            .detail = QStringLiteral(
                          "PostgreSQL refuses to run as root, and this process may not become the "
                          "account \"%1\". Start it as an ordinary user, or allow the container "
                          "to change its user (capabilities SETUID and SETGID).")
                          .arg(account.name)};
}

std::optional<int> versionOf(const QString &directory)
{
    const QDir programs(directory);
    for (const QString &name : {QStringLiteral("initdb"), QStringLiteral("postgres")})
        if (!QFileInfo(programs.filePath(name)).isExecutable())
            return std::nullopt;
    QProcess process;
    process.setProcessEnvironment(programEnvironment());
    process.start(programs.filePath(QStringLiteral("postgres")), {QStringLiteral("--version")});
    process.waitForFinished(kAnswerTimeoutMs);
    static const QRegularExpression number(QStringLiteral("PostgreSQL\\) (\\d+)"));
    const auto match = number.match(QString::fromUtf8(process.readAllStandardOutput()));
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).toInt();
}

Error notFound(const QStringList &directories, const QList<int> &versions,
               std::optional<int> wanted)
{
    QStringList seen;
    for (const int version : versions)
        seen << QString::number(version);
    QString detail;
    if (wanted && !seen.isEmpty())
        detail = QStringLiteral(
                     "The database was made by PostgreSQL %1, but this machine has version %2. "
                     "Install the package postgresql-%1, or restore a backup into an empty "
                     "data directory.")
                     .arg(QString::number(*wanted), seen.join(QStringLiteral(", ")));
    else if (!seen.isEmpty())
        detail =
            QStringLiteral("PostgreSQL %1 is too old: version %2 or newer is needed. Install the "
                           "package postgresql-%2.")
                .arg(seen.join(QStringLiteral(", ")))
                .arg(kPostgresVersionMin);
    else
        detail = QStringLiteral(
                     "The programs of a PostgreSQL server were not found (looked in %1). Install "
                     "them (Debian, Ubuntu: apt install postgresql; Fedora: dnf install "
                     "postgresql-server), or set SPEECHCAD_DATABASE_URL to a server elsewhere.")
                     .arg(directories.join(QStringLiteral(", ")));
    return {.code = ErrorCode::DatabaseRefused, .detail = detail};
}

QStringList versionFolders(const QString &parent, const QString &pattern)
{
    QStringList found;
    const QStringList names = QDir(parent).entryList({pattern}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names)
        found << QStringLiteral("%1/%2/bin").arg(parent, name);
    return found;
}

/// Who can reach the server is said here and not in a file, which might be edited or damaged.
QStringList serverArguments(const ServerLaunch &launch)
{
    // A list of directories, so one with a comma or a blank in its name needs double quotes.
    QString directory = launch.socketDirectory;
    directory.replace(u'"', QStringLiteral("\"\""));
    return {QStringLiteral("-D"), launch.clusterDirectory,
            QStringLiteral("-c"), QStringLiteral("listen_addresses="),
            QStringLiteral("-c"), QStringLiteral("unix_socket_directories=\"%1\"").arg(directory)};
}

} // namespace

QString PostgresPrograms::path(const char *program) const
{
    return QDir(directory).filePath(QString::fromLatin1(program));
}

QStringList programDirectories()
{
    QStringList directories =
        versionFolders(QStringLiteral("/usr/lib/postgresql"), QStringLiteral("*"));
    directories += versionFolders(QStringLiteral("/usr"), QStringLiteral("pgsql-*"));
    if (QStandardPaths::findExecutable(QStringLiteral("pg_config")).size() > 0) {
        QProcess process;
        process.start(QStringLiteral("pg_config"), {QStringLiteral("--bindir")});
        process.waitForFinished(kAnswerTimeoutMs);
        directories << QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    }
    if (const QString onPath = QStandardPaths::findExecutable(QStringLiteral("initdb"));
        !onPath.isEmpty())
        directories << QFileInfo(QFileInfo(onPath).canonicalFilePath()).path();
    directories << QStringLiteral("/usr/local/pgsql/bin");
    directories.removeAll(QString());
    directories.removeDuplicates();
    return directories;
}

Result<PostgresPrograms> findPostgresPrograms(const QStringList &directories,
                                              std::optional<int> wanted)
{
    PostgresPrograms best;
    QList<int> seen;
    for (const QString &directory : directories) {
        const auto version = versionOf(directory);
        if (!version)
            continue;
        seen << *version;
        const bool fits = wanted ? *version == *wanted : *version >= kPostgresVersionMin;
        if (fits && *version > best.version)
            best = {directory, *version};
    }
    if (best.version == 0)
        return failure(notFound(directories, seen, wanted));
    return best;
}

Result<ProgramRun> runAs(const ServerAccount &account, const QString &program,
                         const QStringList &arguments, std::chrono::milliseconds timeout)
{
    QProcess process;
    process.setProcessEnvironment(programEnvironment());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setWorkingDirectory(QStringLiteral("/")); // ours may be closed to the account
    process.setChildProcessModifier([&account] { becomeAccountOrExit(account); });
    process.start(program, arguments);
    if (!process.waitForFinished(static_cast<int>(timeout.count())) ||
        process.exitStatus() != QProcess::NormalExit)
        return failure(couldNotRun(process));
    if (process.exitCode() == kNotPermittedStatus)
        return failure(couldNotBecome(account));
    return ProgramRun{process.exitCode(), QString::fromUtf8(process.readAll())};
}

Result<pid_t> launchServer(const ServerAccount &account, const PostgresPrograms &programs,
                           const ServerLaunch &launch)
{
    const QByteArray log = QFile::encodeName(launch.logFile);
    std::array<int, 2> told = {}; // by the first child, of the second
    if (::pipe2(told.data(), O_CLOEXEC) != 0)
        return failure({.code = ErrorCode::DatabaseRefused,
                        .detail = QStringLiteral("no file handle is free to start PostgreSQL")});
    const auto closePipe = qScopeGuard([&told] {
        ::close(told[0]);
        ::close(told[1]);
    });
    QProcess process;
    process.setProcessEnvironment(programEnvironment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.setWorkingDirectory(launch.clusterDirectory);
    process.setChildProcessModifier([&account, &log, &told] {
        becomeAccountOrExit(account);
        int output = ::open(log.constData(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
        if (output < 0) // a full disk: better a server without a log than one that writes into our
                        // closed pipe
            output = ::open("/dev/null", O_WRONLY);
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
        ::close(output);
        // The second child goes on to become the server. It belongs to init, so that it neither
        // ends with us nor stays as a zombie of ours when another process stops it.
        const pid_t server = ::fork();
        if (server != 0)
            ::_exit(::write(told[1], &server, sizeof server) == sizeof server ? 0 : 1);
    });
    process.start(programs.path("postgres"), serverArguments(launch));
    if (!process.waitForStarted() || !process.waitForFinished())
        return failure(couldNotRun(process));
    if (process.exitCode() == kNotPermittedStatus)
        return failure(couldNotBecome(account));
    pid_t server = 0;
    if (process.exitCode() != 0 || ::read(told[0], &server, sizeof server) != sizeof server ||
        server < 0)
        return failure(couldNotRun(process));
    return server;
}

} // namespace database
