#include "tests/database/cluster_tools.h"
#include "tests/support/test_cluster.h"
#include "tests/support/test_main.h"

#include <QDirIterator>
#include <QTest>

namespace tst_managed_cluster {

using database::ManagedCluster;
using tests::isRoot;
using tests::kNobody;
using tests::ownerOf;
using tests::psql;
using tests::readFile;
using tests::User;
using tests::writeFile;

namespace {

/// A program of the cluster's account that has nothing to do with PostgreSQL.
class Stranger {
public:
    explicit Stranger(const database::ServerAccount &account)
    {
        m_process.setChildProcessModifier([&account] {
            if (!database::becomeServerAccount(account))
                ::_exit(1);
        });
        m_process.start(QStringLiteral("cat"), QStringList());
        m_process.waitForStarted();
    }
    ~Stranger()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }
    [[nodiscard]] QByteArray pid() const { return QByteArray::number(m_process.processId()); }

private:
    QProcess m_process;
};

} // namespace

class TestManagedCluster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void firstStartMakesADatabaseAndTheNextKeepsIt();
    void reachableOnlyThroughAPrivateDirectory();
    void serverHasOurSettings();
    void lastProcessOutStopsTheServer();
    void simultaneousFirstStartsMakeOneCluster();
    void comingAndGoingAtOnceNeverFails();
    void serverOutlivesAKilledProcessGroupAndIsAdopted();
    void killedServerIsStartedAgain();
    void pidOfAnotherProgramIsNotTakenForTheServer();
    void senselessPidFileIsCleared_data();
    void senselessPidFileIsCleared();
    void missingSocketIsMadeAgain();
    void crashWhileMakingLeavesNothingInTheWay_data();
    void crashWhileMakingLeavesNothingInTheWay();
    void copyOfARunningClusterIsNotTheOriginal();
    void longPathGetsAShortSocketThatStays();
    void anyNameOfADirectoryWorks();
    void ordinaryUserNeedsNothingOfRoot();
    void rootStepsDownToAnotherAccount();

private:
    [[nodiscard]] pid_t serverPid() const;
    [[nodiscard]] QStringList entries(const QString &pattern) const
    {
        return QDir(m_data + QStringLiteral("/database")).entryList({pattern});
    }
    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_data;
    QString m_cluster;
};

void TestManagedCluster::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    tests::openToOthers(m_directory->path());
    m_data = m_directory->filePath(QStringLiteral("data"));
    m_cluster = m_data + QStringLiteral("/database/cluster");
}

void TestManagedCluster::cleanup()
{
    m_directory.reset();
}

pid_t TestManagedCluster::serverPid() const
{
    const auto file = database::readPostmasterFile(m_cluster);
    return file ? file->pid : 0;
}

void TestManagedCluster::firstStartMakesADatabaseAndTheNextKeepsIt()
{
    {
        const auto cluster = ManagedCluster::open(m_data);
        QVERIFY2(cluster, cluster ? "" : qPrintable(cluster.error().detail));
        QCOMPARE(
            psql((*cluster)->connectionUrl(), QStringLiteral("CREATE TABLE kept (n int)")).exitCode,
            0);
    }
    QCOMPARE(serverPid(), 0);
    QStringList told;
    const auto again = ManagedCluster::open(m_data, [&told](const QString &text) { told << text; });
    QVERIFY(again);
    QCOMPARE(told.size(), 1);
    QVERIFY(told[0].startsWith(QStringLiteral("Starting PostgreSQL")));
    QCOMPARE(psql((*again)->connectionUrl(), QStringLiteral("SELECT count(*) FROM kept")).output,
             QStringLiteral("0"));
}

void TestManagedCluster::reachableOnlyThroughAPrivateDirectory()
{
    const auto cluster = ManagedCluster::open(m_data);
    QVERIFY(cluster);
    const QString url = (*cluster)->connectionUrl();
    QCOMPARE(psql(url, QStringLiteral("SHOW listen_addresses")).output, QString());
    QCOMPARE(psql(url, QStringLiteral("SELECT inet_server_addr() IS NULL")).output,
             QStringLiteral("t"));
    for (const QString &path :
         {m_data + QStringLiteral("/database"), (*cluster)->socketDirectory(), m_cluster}) {
        QVERIFY2(tests::isMode(path, 0700), qPrintable(path));
    }
}

void TestManagedCluster::serverHasOurSettings()
{
    const auto cluster = ManagedCluster::open(m_data);
    QVERIFY(cluster);
    const auto shown =
        psql((*cluster)->connectionUrl(),
             QStringLiteral("SELECT string_agg(current_setting(name), ' ' ORDER BY place) FROM "
                            "unnest(ARRAY['shared_buffers',"
                            "'max_wal_size', 'checkpoint_timeout', 'max_connections', 'jit', "
                            "'lock_timeout', 'data_checksums',"
                            "'server_encoding', 'fsync', 'full_page_writes', 'synchronous_commit', "
                            "'log_error_verbosity'])"
                            " WITH ORDINALITY AS s(name, place)"));
    QCOMPARE(shown.output, QStringLiteral("256MB 4GB 15min 60 off 2s on UTF8 on on on terse"));
}

void TestManagedCluster::lastProcessOutStopsTheServer()
{
    User first(m_data);
    User second(m_data);
    QVERIFY2(second.said().startsWith(QStringLiteral("joined")), qPrintable(second.said()));
    QCOMPARE(second.url(), first.url());
    const pid_t server = serverPid();
    first.leave();
    QCOMPARE(psql(second.url(), QStringLiteral("SELECT 1")).output, QStringLiteral("1"));
    QCOMPARE(serverPid(), server);
    second.leave();
    QCOMPARE(serverPid(), 0);
    QVERIFY(psql(second.url(), QStringLiteral("SELECT 1")).exitCode != 0);
}

void TestManagedCluster::simultaneousFirstStartsMakeOneCluster()
{
    std::vector<std::unique_ptr<User>> users;
    for (int i = 0; i < 5; ++i)
        users.push_back(std::make_unique<User>(m_data));
    for (const auto &user : users) {
        QVERIFY2(user->said().startsWith(QStringLiteral("joined")), qPrintable(user->said()));
        QCOMPARE(psql(user->url(), QStringLiteral("SELECT 1")).output, QStringLiteral("1"));
    }
    QCOMPARE(entries(QStringLiteral("cluster*")), QStringList{QStringLiteral("cluster")});
}

void TestManagedCluster::comingAndGoingAtOnceNeverFails()
{
    std::vector<std::unique_ptr<User>> leaving;
    for (int round = 0; round < 5; ++round) {
        std::vector<std::unique_ptr<User>> coming;
        for (int i = 0; i < 3; ++i)
            coming.push_back(std::make_unique<User>(m_data));
        for (const auto &user : leaving)
            user->startLeaving();
        for (const auto &user : coming) {
            QVERIFY2(user->said().startsWith(QStringLiteral("joined")), qPrintable(user->said()));
            QCOMPARE(psql(user->url(), QStringLiteral("SELECT 1")).output, QStringLiteral("1"));
        }
        leaving = std::move(coming);
    }
    leaving.clear();
    QCOMPARE(serverPid(), 0);
}

void TestManagedCluster::serverOutlivesAKilledProcessGroupAndIsAdopted()
{
    User user(m_data);
    QVERIFY2(user.said().startsWith(QStringLiteral("joined")), qPrintable(user.said()));
    const pid_t server = serverPid();
    QVERIFY(server > 0);
    user.kill();
    QCOMPARE(psql(user.url(), QStringLiteral("SELECT 1")).output, QStringLiteral("1"));
    {
        const auto adopted = ManagedCluster::open(m_data);
        QVERIFY(adopted);
        QCOMPARE(serverPid(), server);
    }
    QCOMPARE(serverPid(), 0); // no lock of the killed one was left, not even in the server
}

void TestManagedCluster::killedServerIsStartedAgain()
{
    const auto cluster = ManagedCluster::open(m_data);
    QVERIFY(cluster);
    const QString url = (*cluster)->connectionUrl();
    QCOMPARE(psql(url, QStringLiteral("CREATE TABLE kept AS SELECT 7 AS n")).exitCode, 0);
    const pid_t server = serverPid();
    QCOMPARE(::kill(server, SIGKILL), 0);
    QTRY_VERIFY(::kill(server, 0) != 0);
    QCOMPARE(serverPid(), server); // the stale file
    const auto running = (*cluster)->ensureRunning();
    QVERIFY2(running, running ? "" : qPrintable(running.error().detail));
    QVERIFY(serverPid() != server);
    QCOMPARE((*cluster)->connectionUrl(), url);
    QCOMPARE(psql(url, QStringLiteral("SELECT n FROM kept")).output, QStringLiteral("7"));
}

void TestManagedCluster::pidOfAnotherProgramIsNotTakenForTheServer()
{
    const auto cluster = ManagedCluster::open(m_data);
    QVERIFY(cluster);
    const Stranger stranger((*cluster)->files().account);
    QCOMPARE(::kill(serverPid(), SIGKILL), 0);
    QTRY_VERIFY(database::serverProcesses((*cluster)->files().account, m_cluster).isEmpty());
    const QString lock = (*cluster)->socketDirectory() + QStringLiteral("/.s.PGSQL.5432.lock");
    for (const QString &path : {m_cluster + QStringLiteral("/postmaster.pid"), lock}) {
        QList<QByteArray> lines = readFile(path).split('\n');
        QVERIFY(lines.size() > 4);
        lines[0] = stranger.pid();
        QVERIFY(writeFile(path, lines.join('\n')));
    }
    const auto running = (*cluster)->ensureRunning();
    QVERIFY2(running, running ? "" : qPrintable(running.error().detail));
    QVERIFY(QByteArray::number(serverPid()) != stranger.pid());
}

void TestManagedCluster::senselessPidFileIsCleared_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("zeros") << QByteArray(4096, '\0');
    QTest::newRow("words") << QByteArray("nonsense\nand more\n");
    QTest::newRow("pid 1") << QByteArray("1\n");
}

void TestManagedCluster::senselessPidFileIsCleared()
{
    QFETCH(QByteArray, content);
    QVERIFY(ManagedCluster::open(m_data));
    QVERIFY(writeFile(m_cluster + QStringLiteral("/postmaster.pid"), content));
    const auto cluster = ManagedCluster::open(m_data);
    QVERIFY2(cluster, cluster ? "" : qPrintable(cluster.error().detail));
    QCOMPARE(psql((*cluster)->connectionUrl(), QStringLiteral("SELECT 1")).output,
             QStringLiteral("1"));
}

void TestManagedCluster::missingSocketIsMadeAgain()
{
    const auto cluster = ManagedCluster::open(m_data);
    QVERIFY(cluster);
    const pid_t server = serverPid();
    QVERIFY(QDir((*cluster)->socketDirectory()).removeRecursively());
    const auto running = (*cluster)->ensureRunning();
    QVERIFY2(running, running ? "" : qPrintable(running.error().detail));
    QVERIFY(serverPid() != server);
    QCOMPARE(psql((*cluster)->connectionUrl(), QStringLiteral("SELECT 1")).output,
             QStringLiteral("1"));
}

void TestManagedCluster::crashWhileMakingLeavesNothingInTheWay_data()
{
    QTest::addColumn<QString>("killAt");
    QTest::addColumn<bool>("isWhole");
    QTest::newRow("made, not in place") << QStringLiteral("cluster.initialized:1") << false;
    QTest::newRow("in place, never started") << QStringLiteral("cluster.renamed:1") << true;
}

void TestManagedCluster::crashWhileMakingLeavesNothingInTheWay()
{
    QFETCH(QString, killAt);
    QFETCH(bool, isWhole);
    User user(m_data, killAt);
    QVERIFY(user.wasKilled());
    QCOMPARE(QFile::exists(m_cluster), isWhole);
    const auto cluster = ManagedCluster::open(m_data);
    QVERIFY2(cluster, cluster ? "" : qPrintable(cluster.error().detail));
    QCOMPARE(psql((*cluster)->connectionUrl(), QStringLiteral("SELECT 1")).output,
             QStringLiteral("1"));
    QCOMPARE(entries(QStringLiteral("cluster*")), QStringList{QStringLiteral("cluster")});
}

void TestManagedCluster::copyOfARunningClusterIsNotTheOriginal()
{
    const auto cluster = ManagedCluster::open(m_data);
    QVERIFY(cluster);
    QCOMPARE(psql((*cluster)->connectionUrl(), QStringLiteral("CHECKPOINT")).exitCode, 0);
    const QString copy = m_directory->filePath(QStringLiteral("copy"));
    QVERIFY(tests::run(QStringLiteral("cp"), {QStringLiteral("-a"), m_data, copy}));
    const auto other = ManagedCluster::open(copy);
    QVERIFY2(other, other ? "" : qPrintable(other.error().detail));
    QCOMPARE((*other)->socketDirectory(), copy + QStringLiteral("/database/socket"));
    QCOMPARE(psql((*other)->connectionUrl(), QStringLiteral("SHOW data_directory")).output,
             copy + QStringLiteral("/database/cluster"));
}

void TestManagedCluster::longPathGetsAShortSocketThatStays()
{
    const QString data = m_directory->filePath(QString(90, u'x') + u'/' + QString(90, u'y'));
    QString socket;
    {
        const auto cluster = ManagedCluster::open(data);
        QVERIFY2(cluster, cluster ? "" : qPrintable(cluster.error().detail));
        socket = (*cluster)->socketDirectory();
        QVERIFY(!socket.startsWith(data));
        QVERIFY(tests::isMode(socket, 0700));
        QCOMPARE(ownerOf(socket), (*cluster)->files().account.uid);
    }
    QVERIFY(!QFile::exists(socket)); // nothing of ours stays in /tmp
    {
        const auto again = ManagedCluster::open(data);
        QVERIFY(again);
        QCOMPARE((*again)->socketDirectory(), socket);
        QCOMPARE(psql((*again)->connectionUrl(), QStringLiteral("SELECT 1")).output,
                 QStringLiteral("1"));
    }
}

void TestManagedCluster::anyNameOfADirectoryWorks()
{
    const QString data =
        m_directory->filePath(QStringLiteral("it's \"a\", $HOME `b` %41 \u00fc\\"));
    const auto cluster = ManagedCluster::open(data);
    QVERIFY2(cluster, cluster ? "" : qPrintable(cluster.error().detail));
    QCOMPARE(psql((*cluster)->connectionUrl(), QStringLiteral("SELECT 1")).output,
             QStringLiteral("1"));
}

void TestManagedCluster::ordinaryUserNeedsNothingOfRoot()
{
    if (isRoot()) {
        QVERIFY(QDir().mkdir(m_data));
        QVERIFY(tests::giveTo(m_data, kNobody));
    }
    {
        User user(m_data, QString(), isRoot());
        QVERIFY2(user.said().startsWith(QStringLiteral("joined")), qPrintable(user.said()));
        QCOMPARE(ownerOf(m_cluster), isRoot() ? kNobody : ::geteuid());
        // Root joins such a cluster as its owner and leaves nothing that the owner could not use.
        const auto joined = ManagedCluster::open(m_data);
        QVERIFY2(joined, joined ? "" : qPrintable(joined.error().detail));
    }
    User again(m_data, QString(), isRoot());
    QVERIFY2(again.said().startsWith(QStringLiteral("joined")), qPrintable(again.said()));
}

void TestManagedCluster::rootStepsDownToAnotherAccount()
{
    const auto cluster = ManagedCluster::open(m_data);
    QVERIFY2(cluster, cluster ? "" : qPrintable(cluster.error().detail));
    const uid_t server = ownerOf(QStringLiteral("/proc/%1").arg(serverPid()));
    QCOMPARE(server, (*cluster)->files().account.uid);
    QVERIFY(server != 0);
    QCOMPARE((*cluster)->files().account.isAnother, isRoot());
    QCOMPARE(ownerOf(m_data), ::geteuid()); // the application's own files stay its own
    QDirIterator all(m_data + QStringLiteral("/database"),
                     QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                     QDirIterator::Subdirectories);
    while (all.hasNext())
        QCOMPARE(ownerOf(all.next()), server);
}

REGISTER_TEST(TestManagedCluster);

} // namespace tst_managed_cluster

#include "tst_managed_cluster.moc"
