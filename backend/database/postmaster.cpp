#include "database/postmaster.h"

#include "database/cluster_failure.h"
#include "database/durable_file.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QThread>

#include <cerrno>
#include <csignal>

#include <libpq-fe.h>
#include <sys/stat.h>

namespace database {

namespace {

constexpr int kPollMs = 10;
constexpr auto kImmediateStopTimeout = std::chrono::seconds(10);

// Above the highest pid that Linux gives, so no process ever has it.
const QByteArray kNobodysPid = QByteArrayLiteral("2147483647");

QString fileIn(const QString &clusterDirectory)
{
    return clusterDirectory + QStringLiteral("/postmaster.pid");
}

QList<QByteArray> linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().split('\n');
}

bool worksIn(const QString &process, const struct stat &directory)
{
    struct stat at = {};
    const QByteArray link = QFile::encodeName(process + QStringLiteral("/cwd"));
    if (::stat(link.constData(), &at) != 0 || at.st_dev != directory.st_dev ||
        at.st_ino != directory.st_ino)
        return false;
    QFile name(process + QStringLiteral("/comm"));
    return name.open(QIODevice::ReadOnly) && name.readAll().trimmed() == "postgres";
}

bool waitUntilGone(const ServerAccount &account, const QString &clusterDirectory,
                   std::chrono::milliseconds timeout)
{
    const QDeadlineTimer deadline(timeout);
    while (!serverProcesses(account, clusterDirectory).isEmpty()) {
        if (deadline.hasExpired())
            return false;
        QThread::msleep(kPollMs);
    }
    return true;
}

void signalServer(const ServerAccount &account, const QString &clusterDirectory, int signal)
{
    const auto file = readPostmasterFile(clusterDirectory);
    if (file && serverProcesses(account, clusterDirectory).contains(file->pid))
        ::kill(file->pid, signal);
}

} // namespace

std::optional<PostmasterFile> readPostmasterFile(const QString &clusterDirectory)
{
    if (!QFile::exists(fileIn(clusterDirectory)))
        return std::nullopt;
    const QList<QByteArray> lines = linesOf(fileIn(clusterDirectory));
    PostmasterFile file;
    file.pid = qMax(0, lines.value(0).trimmed().toInt());
    file.clusterDirectory = QFile::decodeName(lines.value(1));
    file.port = lines.value(3).trimmed().toInt();
    file.socketDirectory = QFile::decodeName(lines.value(4));
    file.isReady = lines.value(7).trimmed() == "ready";
    return file;
}

QList<pid_t> serverProcesses(const ServerAccount &account, const QString &clusterDirectory)
{
    // As the account, because /proc shows the working directory of a process to its own account
    // only; root in a container often lacks the right (SYS_PTRACE) to see others'.
    const ActAs asAccount(account);
    struct stat directory = {};
    QList<pid_t> found;
    if (::stat(QFile::encodeName(clusterDirectory).constData(), &directory) != 0)
        return found;
    const QStringList names =
        QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        bool isNumber = false;
        const pid_t pid = name.toInt(&isNumber);
        if (isNumber && worksIn(QStringLiteral("/proc/") + name, directory))
            found << pid;
    }
    return found;
}

Result<void> disarmStalePostmasterFile(const ServerAccount &account,
                                       const QString &clusterDirectory)
{
    const auto file = readPostmasterFile(clusterDirectory);
    if (!file)
        return {};
    const ActAs asAccount(account);
    const QString path = fileIn(clusterDirectory);
    QList<QByteArray> lines = linesOf(path);
    bool done = false;
    if (file->pid == 0) {
        done = QFile::remove(path);
    } else {
        lines[0] = kNobodysPid;
        done = replaceFile(path, lines.join('\n'));
    }
    if (!done)
        return failure(explainErrno(
            QStringLiteral("Clearing what a crashed server left"), path, errno,
            {.directory = clusterDirectory, .accountName = account.name, .logFile = {}}));
    return {};
}

Answer askServer(const QString &socketDirectory, int port)
{
    // It did not get that far yet; libpq would ask at its default place.
    if (socketDirectory.isEmpty())
        return Answer::Nobody;
    const QByteArray host = QFile::encodeName(socketDirectory);
    const QByteArray number = QByteArray::number(port);
    const char *const keywords[] = {"host", "port", "user", "dbname", "connect_timeout", nullptr};
    const char *const values[] = {
        host.constData(), number.constData(), "speechcad", "postgres", "5", nullptr};
    switch (PQpingParams(keywords, values, 0)) {
    case PQPING_OK: return Answer::Ready;
    case PQPING_REJECT: return Answer::NotYet;
    case PQPING_NO_RESPONSE:
    case PQPING_NO_ATTEMPT: return Answer::Nobody;
    }
    Q_UNREACHABLE();
}

bool isRunning(pid_t process)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (process <= 0 || !file.open(QIODevice::ReadOnly))
        return false;
    // "12 (postgres) S ...": a name may hold anything, a parenthesis too.
    const QByteArray line = file.readAll();
    const char state = line.mid(line.lastIndexOf(')') + 2, 1).at(0);
    return state != 'Z' && state != 'X';
}

bool stopServer(const ServerAccount &account, const QString &clusterDirectory,
                std::chrono::milliseconds timeout)
{
    signalServer(account, clusterDirectory, SIGINT);
    if (waitUntilGone(account, clusterDirectory, timeout))
        return true;
    signalServer(account, clusterDirectory, SIGQUIT);
    return waitUntilGone(account, clusterDirectory, kImmediateStopTimeout);
}

} // namespace database
