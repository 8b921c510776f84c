#include "tests/database/cluster_tools.h"
#include "tests/support/test_cluster.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <sys/mount.h>

namespace tst_cluster_refusals {

using database::ManagedCluster;
using tests::isRoot;
using tests::User;
using tests::writeFile;

namespace {

QString whyRefused(const QString &dataDir)
{
    const auto cluster = ManagedCluster::open(dataDir);
    if (cluster)
        return QString();
    return cluster.error().code == ErrorCode::DatabaseRefused ? cluster.error().detail
                                                              : QStringLiteral("another code");
}

bool makeFakePostgres(const QString &directory, int version)
{
    const QByteArray script =
        "#!/bin/sh\necho 'postgres (PostgreSQL) " + QByteArray::number(version) + ".3'\n";
    for (const QString &name : {QStringLiteral("/postgres"), QStringLiteral("/initdb")})
        if (!QDir().mkpath(directory) || !writeFile(directory + name, script) ||
            !tests::setMode(directory + name, 0755))
            return false;
    return true;
}

} // namespace

/// What a person reads when the managed cluster cannot be had.
class TestClusterRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void otherVersionIsNamed();
    void programsOfTheRightVersionAreChosen();
    void missingProgramsAreNamedWithTheirPackage();
    void directoryThatIsNoClusterIsLeftAlone();
    void otherOwnerIsNamed();
    void ownersRuleIsTheSameForEveryUser();
    void closedParentIsNamed();
    void fileInPlaceOfTheDataDirectoryIsNamed();
    void messagesOfPostgresAreExplained_data();
    void messagesOfPostgresAreExplained();
    void fullDiskIsNamed();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_data;
    QString m_cluster;
};

void TestClusterRefusals::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    tests::openToOthers(m_directory->path());
    m_data = m_directory->filePath(QStringLiteral("data"));
    m_cluster = m_data + QStringLiteral("/database/cluster");
}

void TestClusterRefusals::cleanup()
{
    m_directory.reset();
}

void TestClusterRefusals::otherVersionIsNamed()
{
    QVERIFY(ManagedCluster::open(m_data));
    QVERIFY(writeFile(m_cluster + QStringLiteral("/PG_VERSION"), "9\n"));
    const QString why = whyRefused(m_data);
    QVERIFY2(why.contains(QStringLiteral("made by PostgreSQL 9, but this machine has version")),
             qPrintable(why));
    QVERIFY2(why.contains(QStringLiteral("Install the package postgresql-9")), qPrintable(why));
}

void TestClusterRefusals::programsOfTheRightVersionAreChosen()
{
    QStringList directories;
    for (const int version : {14, 17, 16}) {
        directories << m_directory->filePath(QString::number(version));
        QVERIFY(makeFakePostgres(directories.last(), version));
    }
    const auto newest = database::findPostgresPrograms(directories, std::nullopt);
    QVERIFY(newest);
    QCOMPARE(newest->path("initdb"), directories[1] + QStringLiteral("/initdb"));
    const auto matching = database::findPostgresPrograms(directories, 16);
    QVERIFY(matching);
    QCOMPARE(matching->directory, directories[2]);
    QVERIFY(!database::findPostgresPrograms(directories, 15));
    const auto old = database::findPostgresPrograms({directories[0]}, std::nullopt);
    QVERIFY(!old);
    QVERIFY2(old.error().detail.contains(QStringLiteral("PostgreSQL 14 is too old")),
             qPrintable(old.error().detail));
}

void TestClusterRefusals::missingProgramsAreNamedWithTheirPackage()
{
    const auto found = database::findPostgresPrograms({m_directory->path()}, std::nullopt);
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::DatabaseRefused);
    QVERIFY(found.error().detail.contains(QStringLiteral("apt install postgresql")));
    QVERIFY(found.error().detail.contains(m_directory->path()));
}

void TestClusterRefusals::directoryThatIsNoClusterIsLeftAlone()
{
    QVERIFY(ManagedCluster::open(m_data));
    QVERIFY(QFile::remove(m_cluster + QStringLiteral("/PG_VERSION")));
    const QString why = whyRefused(m_data);
    QVERIFY2(why.contains(QStringLiteral("PG_VERSION is missing")), qPrintable(why));
    QVERIFY(QFile::exists(m_cluster + QStringLiteral("/global/pg_control")));
}

void TestClusterRefusals::otherOwnerIsNamed()
{
    // Somebody else's directory: as root that of root itself, which PostgreSQL cannot use; else
    // what we gave away.
    QVERIFY(ManagedCluster::open(m_data));
    if (isRoot()) {
        QVERIFY(tests::giveTo(m_cluster, 0));
        const QString why = whyRefused(m_data);
        QVERIFY2(why.contains(QStringLiteral("belongs to \"root\"")), qPrintable(why));
        QVERIFY2(why.contains(QStringLiteral("chown -R")), qPrintable(why));
        User ordinary(m_data, QString(), true);
        QVERIFY2(ordinary.said().contains(QStringLiteral("may not")), qPrintable(ordinary.said()));
    } else {
        QCOMPARE(::chmod(QFile::encodeName(m_cluster + QStringLiteral("/global")).constData(), 0),
                 0);
        const QString why = whyRefused(m_data);
        QVERIFY(tests::setMode(m_cluster + QStringLiteral("/global"), 0700));
        QVERIFY2(why.contains(QStringLiteral("chown -R")), qPrintable(why));
    }
}

void TestClusterRefusals::ownersRuleIsTheSameForEveryUser()
{
    const database::ServerAccount ordinary{QStringLiteral("joe"), 4242, 4242, {}, false};
    QVERIFY(database::checkOwner(m_data, 4242, ordinary));
    const auto refused = database::checkOwner(m_data, 0, ordinary);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::DatabaseRefused);
    QVERIFY(refused.error().detail.contains(
        QStringLiteral("belongs to \"root\", and you are \"joe\"")));
}

void TestClusterRefusals::closedParentIsNamed()
{
    const QString closed = m_directory->filePath(QStringLiteral("closed"));
    QVERIFY(QDir().mkpath(closed + QStringLiteral("/data")));
    QVERIFY(tests::setMode(closed, isRoot() ? 0700 : 0));
    const QString why = whyRefused(closed + QStringLiteral("/data"));
    QVERIFY(tests::setMode(closed, 0700));
    QVERIFY2(why.contains(closed), qPrintable(why));
    QVERIFY2(
        why.contains(isRoot() ? QStringLiteral("chmod o+x ") + closed : QStringLiteral("may not")),
        qPrintable(why));
}

void TestClusterRefusals::fileInPlaceOfTheDataDirectoryIsNamed()
{
    QVERIFY(writeFile(m_data, "a file"));
    QVERIFY(whyRefused(m_data).contains(QStringLiteral("is a file")));
}

void TestClusterRefusals::messagesOfPostgresAreExplained_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const char *said, const char *shown) {
        QTest::newRow(name) << QString::fromLatin1(said) << QString::fromLatin1(shown);
    };
    row("disk full", "initdb: error: could not write file \"x\": No space left on device",
        "is full");
    row("full in recovery",
        "PANIC:  could not write to file \"pg_wal/xlogtemp.9\": No space left on device",
        "is full");
    row("quota", "could not extend file: Disk quota exceeded", "is full");
    row("read-only", "could not create lock file: Read-only file system", "mounted read-only");
    row("memory", "FATAL:  could not map anonymous shared memory: Cannot allocate memory",
        "not enough memory");
    row("owner", "FATAL:  data directory \"/x\" has wrong ownership", "chown -R joe");
    row("rights", "FATAL:  could not open file \"global/pg_filenode.map\": Permission denied",
        "may not read");
    row("no account", "initdb: error: could not look up effective user ID 7: user does not exist",
        "/etc/passwd");
    row("version", "FATAL:  database files are incompatible with server", "another version");
    row("in use", "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use",
        "End them");
    row("damaged", "PANIC:  could not locate a valid checkpoint record", "restore the last backup");
    row("unknown", "FATAL:  something else", "It said: FATAL:  something else");
}

void TestClusterRefusals::messagesOfPostgresAreExplained()
{
    QFETCH(QString, said);
    QFETCH(QString, shown);
    const database::FailurePlace place{m_directory->path(), QStringLiteral("joe"), QString()};
    const Error error = database::explainFailure(QStringLiteral("Starting"), said, place);
    QCOMPARE(error.code, ErrorCode::DatabaseRefused);
    QVERIFY2(error.detail.contains(shown), qPrintable(error.detail));
    QVERIFY2(error.detail.contains(said), qPrintable(error.detail));
}

void TestClusterRefusals::fullDiskIsNamed()
{
    const QString disk = m_directory->filePath(QStringLiteral("disk"));
    const QByteArray path = QFile::encodeName(disk);
    QVERIFY(QDir().mkpath(disk));
    if (::mount("tmpfs", path.constData(), "tmpfs", 0, "size=8m,mode=711") != 0) {
        // Not allowed to mount: the same words, from a system call.
        const Error error = database::explainErrno(QStringLiteral("Making"), disk, ENOSPC,
                                                   {disk, QStringLiteral("joe"), QString()});
        QVERIFY2(error.detail.contains(QStringLiteral("is full")), qPrintable(error.detail));
        return;
    }
    const QString whileMaking = whyRefused(disk + QStringLiteral("/data"));
    const QStringList left =
        QDir(disk + QStringLiteral("/data/database")).entryList({QStringLiteral("cluster*")});
    QCOMPARE(::mount("tmpfs", path.constData(), "tmpfs", MS_REMOUNT, "size=100m"), 0);
    const bool isMade = ManagedCluster::open(disk + QStringLiteral("/data")).has_value();
    tests::run(QStringLiteral("sh"),
               {QStringLiteral("-c"), QStringLiteral("cat /dev/zero > %1/filler 2>&-").arg(disk)});
    const QString whileStarting = whyRefused(disk + QStringLiteral("/data"));
    QVERIFY(QFile::remove(disk + QStringLiteral("/filler")));
    const bool isGood = ManagedCluster::open(disk + QStringLiteral("/data")).has_value();
    QCOMPARE(::umount(path.constData()), 0);
    QVERIFY2(whileMaking.contains(QStringLiteral("is full")), qPrintable(whileMaking));
    QCOMPARE(left, QStringList());
    QVERIFY(isMade);
    QVERIFY2(whileStarting.contains(QStringLiteral("is full")), qPrintable(whileStarting));
    QVERIFY(isGood);
}

REGISTER_TEST(TestClusterRefusals);

} // namespace tst_cluster_refusals

#include "tst_cluster_refusals.moc"
