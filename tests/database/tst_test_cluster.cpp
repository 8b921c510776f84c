#include "tests/support/test_cluster.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_test_cluster {

using tests::psql;
using tests::TestCluster;

/// What the other tests stand on.
class TestTestCluster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void databasesAreApart();
    void templateIsFilledOnce();
    void psqlTellsFailure();
    void restartKeepsUrlsAndData();
};

void TestTestCluster::databasesAreApart()
{
    TestCluster &cluster = TestCluster::instance();
    const QString first = cluster.createDatabase();
    const QString second = cluster.createDatabase();
    QCOMPARE(psql(first, QStringLiteral("CREATE TABLE t AS SELECT 1 AS n")).exitCode, 0);
    QCOMPARE(psql(second, QStringLiteral("SELECT to_regclass('t') IS NULL")).output,
             QStringLiteral("t"));
}

void TestTestCluster::templateIsFilledOnce()
{
    int fills = 0;
    const auto fill = [&fills](const QString &url) {
        ++fills;
        QCOMPARE(psql(url, QStringLiteral("CREATE TABLE t AS SELECT 5 AS n")).exitCode, 0);
    };
    const QString first = TestCluster::instance().databaseFrom(QStringLiteral("five"), fill);
    const QString second = TestCluster::instance().databaseFrom(QStringLiteral("five"), fill);
    QCOMPARE(fills, 1);
    QCOMPARE(psql(first, QStringLiteral("DELETE FROM t")).exitCode, 0);
    QCOMPARE(psql(second, QStringLiteral("SELECT n FROM t")).output, QStringLiteral("5"));
}

void TestTestCluster::psqlTellsFailure()
{
    const auto run = psql(TestCluster::instance().createDatabase(),
                          QStringLiteral("SELECT 1; SELECT 1/0; SELECT 2"));
    QVERIFY(run.exitCode != 0);
    QCOMPARE(run.output, QStringLiteral("1"));
    QVERIFY(run.errors.contains(QStringLiteral("division by zero")));
}

void TestTestCluster::restartKeepsUrlsAndData()
{
    TestCluster cluster;
    const QString url = cluster.createDatabase();
    QCOMPARE(psql(url, QStringLiteral("CREATE TABLE t AS SELECT 3 AS n")).exitCode, 0);
    const pid_t before = cluster.serverPid();
    cluster.stopImmediately();
    QVERIFY(psql(url, QStringLiteral("SELECT 1")).exitCode != 0);
    cluster.start();
    QVERIFY(cluster.serverPid() != before);
    QCOMPARE(psql(url, QStringLiteral("SELECT n FROM t")).output, QStringLiteral("3"));
}

REGISTER_TEST(TestTestCluster);

} // namespace tst_test_cluster

#include "tst_test_cluster.moc"
