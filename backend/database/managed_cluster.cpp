#include "database/managed_cluster.h"

#include "database/postmaster.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QLoggingCategory>
#include <QThread>
#include <QUrl>

#include <libpq-fe.h>
#include <sys/stat.h>

Q_LOGGING_CATEGORY(lcCluster, "cluster")

namespace database {

namespace {

// Recovery replays up to 4 GB after a crash.
constexpr auto kReadyTimeout = std::chrono::minutes(10);
// Another process may be waiting for that.
constexpr auto kStartLockTimeout = std::chrono::minutes(11);
constexpr auto kLeaveTimeout = std::chrono::seconds(2);
constexpr auto kLeftoversTimeout = std::chrono::seconds(20);
constexpr auto kStopTimeout = std::chrono::seconds(60);
// A server that says "ready" but nobody answers at its socket.
constexpr qint64 kSilenceMsMax = 2000;
constexpr qint64 kTellAfterMs = 1000;
constexpr int kReadyPollMs = 5;
constexpr qint64 kLogBytesShownMax = 16 * 1024;

void tell(const ManagedCluster::Progress &progress, const QString &text)
{
    qCInfo(lcCluster).noquote() << text;
    if (progress)
        progress(text);
}

bool isSameDirectory(const QString &one, const QString &other)
{
    struct stat first = {};
    struct stat second = {};
    return ::stat(QFile::encodeName(one).constData(), &first) == 0 &&
           ::stat(QFile::encodeName(other).constData(), &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

struct CloseConnection {
    void operator()(PGconn *connection) const { PQfinish(connection); }
};
using ConnectionPtr = std::unique_ptr<PGconn, CloseConnection>;

struct ClearResult {
    void operator()(PGresult *result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

} // namespace

enum class ManagedCluster::Waited {
    Ready,
    Gone,   // there is no server process, or no longer
    Silent, // it runs, but its socket was taken away
    TooLong,
};

ManagedCluster::ManagedCluster(ClusterFiles files)
    : m_files(std::move(files))
{
}

Result<std::unique_ptr<ManagedCluster>> ManagedCluster::open(const QString &dataDir,
                                                             const Progress &progress)
{
    auto files = prepareClusterFiles(dataDir);
    if (!files)
        return failure(files.error());
    std::unique_ptr<ManagedCluster> cluster(new ManagedCluster(*std::move(files)));
    if (const auto joined = cluster->join(progress); !joined)
        return failure(joined.error());
    return cluster;
}

ManagedCluster::~ManagedCluster()
{
    // Who holds the start lock for long is starting the server and therefore a user: we are not the
    // last. With the start lock nobody else tries for the users lock, so to get that alone means to
    // be the last.
    if (!m_startLock.waitExclusive(kLeaveTimeout) || !m_usersLock.tryExclusive())
        return;
    if (!stopServer(m_files.account, m_files.cluster(), kStopTimeout))
        qCWarning(lcCluster) << "PostgreSQL did not stop; the next start adopts it";
    else
        removeSocketDirectory(m_files, m_socketDirectory);
}

Result<void> ManagedCluster::join(const Progress &progress)
{
    {
        const ActAs asAccount(m_files.account);
        auto startLock = FileLock::open(m_files.startLock());
        auto usersLock = FileLock::open(m_files.usersLock());
        if (!startLock || !usersLock)
            return failure(startLock ? usersLock.error() : startLock.error());
        m_startLock = *std::move(startLock);
        m_usersLock = *std::move(usersLock);
    }
    return ensureRunning(progress);
}

Result<void> ManagedCluster::ensureRunning(const Progress &progress)
{
    if (!m_startLock.tryExclusive()) {
        tell(progress,
             QStringLiteral("Waiting for another process that starts or stops the database"));
        if (!m_startLock.waitExclusive(kStartLockTimeout))
            return failure(
                {.code = ErrorCode::DatabaseRefused,
                 .detail = QStringLiteral("Another Speechcad process has been starting or stopping "
                                          "the database in %1 for minutes. End that process and "
                                          "start again.")
                               .arg(m_files.directory)});
    }
    Result<void> done = {};
    if (m_usersLock.tryShared())
        done = bringUp(progress);
    else
        done =
            failure({.code = ErrorCode::DatabaseRefused,
                     .detail = QStringLiteral(
                                   "%1 cannot be locked: file locks do not work on that disk. Set "
                                   "SPEECHCAD_DATA_DIR to a local one.")
                                   .arg(m_files.usersLock())});
    m_startLock.unlock();
    return done;
}

Result<void> ManagedCluster::bringUp(const Progress &progress)
{
    const Waited found = waitUntilReady(progress, 0);
    if (found == Waited::Ready)
        return makeDatabase();
    if (found == Waited::TooLong)
        return failure(tooSlow());
    const auto programs = makeIfMissing(progress);
    if (!programs)
        return failure(programs.error());
    // What answers nobody, or a postmaster's orphans, must be gone before another server may start.
    if (!stopServer(m_files.account, m_files.cluster(), kLeftoversTimeout))
        return failure(stillInUse());
    return start(*programs, progress).and_then([this] { return makeDatabase(); });
}

Result<PostgresPrograms> ManagedCluster::makeIfMissing(const Progress &progress)
{
    const auto version = clusterVersion(m_files);
    if (!version)
        return failure(version.error());
    const auto programs = findPostgresPrograms(programDirectories(), *version);
    if (!programs || *version)
        return programs;
    tell(progress, QStringLiteral("Making the database"));
    if (const auto made = makeCluster(m_files, *programs); !made)
        return failure(made.error());
    return programs;
}

Result<void> ManagedCluster::start(const PostgresPrograms &programs, const Progress &progress)
{
    const auto socketDirectory = prepareSocketDirectory(m_files);
    if (!socketDirectory)
        return failure(socketDirectory.error());
    for (bool isAgain = false;; isAgain = true) {
        const qint64 logStart = rotateLog(m_files);
        const auto launched = launch(programs, *socketDirectory);
        if (!launched)
            return failure(launched.error());
        tell(progress, QStringLiteral("Starting PostgreSQL %1").arg(programs.version));
        const Waited found = waitUntilReady(progress, *launched);
        if (found == Waited::Ready)
            return {};
        if (found == Waited::TooLong)
            return failure(tooSlow());
        // It was ended from outside before it could say a word.
        if (const QString said = saidSince(logStart); !said.isEmpty() || isAgain)
            return failure(notStarted(said));
    }
}

Result<pid_t> ManagedCluster::launch(const PostgresPrograms &programs,
                                     const QString &socketDirectory)
{
    return disarmStalePostmasterFile(m_files.account, m_files.cluster())
        .and_then([&] { return removeStaleSocket(m_files, socketDirectory); })
        .and_then([&] { return writeConfiguration(m_files); })
        .and_then([&] {
            return launchServer(m_files.account, programs,
                                {m_files.cluster(), socketDirectory, m_files.log()});
        });
}

ManagedCluster::Waited ManagedCluster::waitUntilReady(const Progress &progress, pid_t launched)
{
    const QDeadlineTimer deadline(kReadyTimeout);
    QElapsedTimer waited;
    QElapsedTimer silent;
    bool isTold = false;
    for (waited.start(); !deadline.hasExpired(); QThread::msleep(kReadyPollMs)) {
        const auto file = readPostmasterFile(m_files.cluster());
        const Answer answer = file && isSameDirectory(file->clusterDirectory, m_files.cluster())
                                  ? askServer(file->socketDirectory, file->port)
                                  : Answer::Nobody;
        if (answer == Answer::Ready) {
            m_socketDirectory = file->socketDirectory;
            m_port = file->port;
            return Waited::Ready;
        }
        // A process just loaded bears the name of its parent for a moment.
        if (answer == Answer::Nobody && !isRunning(launched) &&
            serverProcesses(m_files.account, m_files.cluster()).isEmpty())
            return Waited::Gone;
        if (answer != Answer::Nobody || !file || !file->isReady)
            silent.invalidate();
        else if (!silent.isValid())
            silent.start();
        else if (silent.elapsed() > kSilenceMsMax)
            return Waited::Silent;
        if (!isTold && waited.elapsed() > kTellAfterMs) {
            isTold = true;
            tell(progress,
                 QStringLiteral(
                     "Waiting for PostgreSQL, which recovers after a crash or is stopping"));
        }
    }
    return Waited::TooLong;
}

/// Each time, as a crash may have come between the first start and this.
Result<void> ManagedCluster::makeDatabase()
{
    const ConnectionPtr connection(
        PQconnectdb(connectionUrl(QStringLiteral("postgres")).toUtf8().constData()));
    ResultPtr result(
        PQexec(connection.get(), "SELECT FROM pg_catalog.pg_database WHERE datname = 'speechcad'"));
    if (PQresultStatus(result.get()) == PGRES_TUPLES_OK && PQntuples(result.get()) == 1)
        return {};
    if (PQresultStatus(result.get()) == PGRES_TUPLES_OK)
        result.reset(PQexec(connection.get(), "CREATE DATABASE speechcad"));
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK)
        return {};
    const QString said = QString::fromUtf8(PQerrorMessage(connection.get()));
    return failure(
        explainFailure(QStringLiteral("Opening the database"), said, m_files.place(m_files.log())));
}

QString ManagedCluster::saidSince(qint64 logStart) const
{
    QFile log(m_files.log());
    if (!log.open(QIODevice::ReadOnly))
        return {};
    log.seek(qMax(logStart, log.size() - kLogBytesShownMax));
    return QString::fromUtf8(log.readAll());
}

Error ManagedCluster::notStarted(const QString &said) const
{
    return explainFailure(QStringLiteral("Starting PostgreSQL"), said,
                          m_files.place(m_files.log()));
}

Error ManagedCluster::tooSlow() const
{
    return {.code = ErrorCode::DatabaseRefused,
            .detail =
                QStringLiteral(
                    "PostgreSQL has been recovering or stopping for minutes. Leave it running "
                    "and start again later; its log tells how far it is: %1")
                    .arg(m_files.log())};
}

Error ManagedCluster::stillInUse() const
{
    return explainFailure(QStringLiteral("Starting PostgreSQL"),
                          QStringLiteral("the database is still in use"), m_files.place());
}

QString ManagedCluster::connectionUrl(const QString &database) const
{
    const auto encoded = [](const QString &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text, QByteArrayLiteral("/")));
    };
    return QStringLiteral("postgresql:///%1?host=%2&port=%3&user=%4")
        .arg(encoded(database), encoded(m_socketDirectory), QString::number(m_port), superuser());
}

} // namespace database
