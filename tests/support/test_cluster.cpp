#include "tests/support/test_cluster.h"

#include "database/postmaster.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>

#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tests {

namespace {

constexpr auto kPrefix = "speechcad-test-";
constexpr int kPsqlTimeoutMs = 30'000;
constexpr auto kStopTimeout = std::chrono::seconds(30);

std::unique_ptr<TestCluster> &theInstance()
{
    static std::unique_ptr<TestCluster> cluster;
    return cluster;
}

/// Test programs that were killed leave their server running: it goes when somebody notices that no
/// process holds the directory's locks.
void removeAbandoned()
{
    const QDir parent(QDir::tempPath());
    const QStringList names =
        parent.entryList({QString::fromLatin1(kPrefix) + u'*'}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QString directory = parent.filePath(name);
        const QString database = directory + QStringLiteral("/database");
        if (!QFile::exists(database + QStringLiteral("/users.lock")))
            continue;
        auto start = database::FileLock::open(database + QStringLiteral("/start.lock"));
        auto users = database::FileLock::open(database + QStringLiteral("/users.lock"));
        if (!start || !users || !start->tryExclusive() || !users->tryExclusive())
            continue;
        const auto files = database::prepareClusterFiles(directory);
        if (files && database::stopServer(files->account, files->cluster(), kStopTimeout))
            QDir(directory).removeRecursively();
    }
}

} // namespace

TestCluster &TestCluster::instance()
{
    if (!theInstance()) {
        const QString shared = qEnvironmentVariable("SPEECHCAD_TEST_CLUSTER");
        theInstance().reset(shared.isEmpty() ? new TestCluster : new TestCluster(shared));
        qAddPostRoutine([] { theInstance().reset(); });
    }
    return *theInstance();
}

TestCluster::TestCluster()
{
    removeAbandoned();
    m_directory = std::make_unique<QTemporaryDir>(
        QDir::tempPath() + u'/' + QString::fromLatin1(kPrefix) + QStringLiteral("XXXXXX"));
    m_dataDir = m_directory->path();
    open();
}

TestCluster::TestCluster(const QString &sharedDataDir)
    : m_dataDir(sharedDataDir)
{
    open();
}

TestCluster::~TestCluster()
{
    if (!m_directory) // others go on using the cluster: leave nothing of ours in it
        for (const QString &name : std::as_const(m_databases))
            run(QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(name));
    m_cluster.reset();
}

void TestCluster::open()
{
    auto opened = database::ManagedCluster::open(m_dataDir);
    if (!opened)
        qFatal("no test cluster: %s", qUtf8Printable(opened.error().detail));
    m_cluster = *std::move(opened);
}

void TestCluster::run(const QString &sql)
{
    PGconn *connection =
        PQconnectdb(m_cluster->connectionUrl(QStringLiteral("postgres")).toUtf8().constData());
    PGresult *result = PQexec(connection, sql.toUtf8().constData());
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        qFatal("%s: %s", qUtf8Printable(sql), PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
}

QString TestCluster::newName(const QString &kind)
{
    return QStringLiteral("%1_%2_%3").arg(kind).arg(::getpid()).arg(m_databases.size());
}

QString TestCluster::makeDatabase(const QString &name, const QString &options)
{
    run(QStringLiteral("CREATE DATABASE %1 %2").arg(name, options));
    m_databases << name;
    return m_cluster->connectionUrl(name);
}

QString TestCluster::createDatabase()
{
    return makeDatabase(newName(QStringLiteral("test")), QString());
}

QString TestCluster::databaseFrom(const QString &templateName,
                                  const std::function<void(const QString &url)> &fill)
{
    if (!m_templates.contains(templateName)) {
        const QString name = newName(QStringLiteral("template_") + templateName);
        fill(makeDatabase(name, QString()));
        m_templates.insert(templateName, name);
    }
    return makeDatabase(newName(templateName),
                        QStringLiteral("TEMPLATE ") + m_templates[templateName]);
}

pid_t TestCluster::serverPid() const
{
    const auto file = database::readPostmasterFile(m_cluster->files().cluster());
    return file ? file->pid : 0;
}

void TestCluster::stopImmediately()
{
    if (const pid_t server = serverPid())
        ::kill(server, SIGQUIT);
    if (!database::stopServer(m_cluster->files().account, m_cluster->files().cluster(),
                              kStopTimeout))
        qFatal("the test cluster does not stop");
}

void TestCluster::start()
{
    if (const auto running = m_cluster->ensureRunning(); !running)
        qFatal("the test cluster does not start: %s", qUtf8Printable(running.error().detail));
}

void TestCluster::restart()
{
    stopImmediately();
    start();
}

PsqlRun psql(const QString &url, const QString &sql)
{
    QProcess process;
    process.start(QStringLiteral("psql"),
                  {QStringLiteral("--no-psqlrc"), QStringLiteral("--no-align"),
                   QStringLiteral("--tuples-only"), QStringLiteral("--quiet"),
                   QStringLiteral("--set=ON_ERROR_STOP=1"), QStringLiteral("--file=-"),
                   QStringLiteral("--dbname=") + url});
    process.write(sql.toUtf8());
    process.closeWriteChannel();
    if (!process.waitForFinished(kPsqlTimeoutMs))
        return {-1, QString(), process.errorString()};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()).trimmed(),
            QString::fromUtf8(process.readAllStandardError()).trimmed()};
}

void openToOthers(const QString &directory)
{
    ::chmod(QFile::encodeName(directory).constData(), 0711);
}

} // namespace tests
