#include "tests/database/engine_fixture.h"
#include "tests/support/test_main.h"

#include <QRandomGenerator>

namespace tst_engine {

using engine::Engine;
using engine::EngineSettings;
using tests::handledRows;
using tests::number;
using tests::openConnection;
using tests::outOfOrder;
using tests::recordRows;
using tests::TestCluster;
using tests::waiting;

namespace {

constexpr int kPatienceMs = 60'000;

/// Several workers on one database.
class Workers {
public:
    Workers(const QString &url, const engine::RoutingTable &routes, int count)
        : engine(EngineSettings{.databaseUrl = url,
                                .workers = count,
                                .installationKey = tests::kInstallationKey},
                 routes, m_clock, nullptr, [this] { ++sent; })
    {
        engine.start();
    }
    std::atomic<int> sent = 0;

private:
    core::SystemClock m_clock;

public:
    Engine engine;
};

} // namespace

/// The engine's threads on a real database: nothing is handled twice, lost, or out of its lane's
/// order.
class TestEngine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyRowIsHandledOnceInTheOrderOfItsLane();
    void rowsThatArriveMeanwhileAreHandled();
    void postedWorkIsHandledInItsOwnLane();
    void whatWasSentIsAnnounced();
    void stoppedEngineLeavesTheOtherAtWork();
    void stoppingNeedsNoDatabase();
    void stoppingDoesNotWaitForEveryLock();
    void restartOfTheDatabaseLosesAndRepeatsNothing();
    void killedConnectionsLoseAndRepeatNothing();

private:
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
};

void TestEngine::init()
{
    m_connection.reset();
    m_url = tests::engineDatabase(tests::emptiedDatabase());
    m_connection = openConnection(m_url, database::Role::Owner);
}

void TestEngine::everyRowIsHandledOnceInTheOrderOfItsLane()
{
    recordRows(*m_connection, 2000, 50);
    const engine::RoutingTable routes = tests::countingRoutes();
    Workers workers(m_url, routes, 4);
    QVERIFY(tests::becomes([&] { return waiting(*m_connection) == 0; }, kPatienceMs));
    workers.engine.stop();
    QCOMPARE(handledRows(*m_connection), 2000);
    QCOMPARE(outOfOrder(*m_connection), 0);
    QCOMPARE(tests::outcomes(*m_connection), QStringList(QStringLiteral("done:2000")));
    QCOMPARE(workers.engine.counters().handled.load(), 2000);
    QCOMPARE(workers.engine.counters().retried.load(), 0);
}

void TestEngine::rowsThatArriveMeanwhileAreHandled()
{
    const engine::RoutingTable routes = tests::countingRoutes();
    Workers workers(m_url, routes, 2);
    for (int i = 0; i < 50; ++i) {
        tests::recordAll(*m_connection, {tests::entry(QString::number(i),
                                                      QStringLiteral("customer:%1").arg(i % 3))});
        workers.engine.wake();
    }
    QVERIFY(tests::becomes([&] { return handledRows(*m_connection) == 50; }));
    QCOMPARE(outOfOrder(*m_connection), 0);
}

void TestEngine::postedWorkIsHandledInItsOwnLane()
{
    engine::RoutingTable routes = tests::countingRoutes();
    routes.add({.kind = QStringLiteral("ask"),
                .handle = [](const engine::Event &event,
                             engine::Context &context) -> Result<engine::Outcome> {
                    for (const char *key : {"one", "two", "one"}) {
                        if (auto posted =
                                context.post(QStringLiteral("dial"), QStringLiteral("count"),
                                             {{"v", 1}}, QLatin1String(key));
                            !posted)
                            return failure(posted.error());
                    }
                    return tests::note(event, context);
                }});
    tests::recordAll(*m_connection, {tests::entry(QStringLiteral("a"), QStringLiteral("customer:1"),
                                                  QStringLiteral("ask"))});
    Workers workers(m_url, routes, 2);
    QVERIFY(tests::becomes([&] { return handledRows(*m_connection) == 3; }));
    QCOMPARE(
        tests::column(
            *m_connection,
            QStringLiteral(
                "SELECT lane || ' ' || coalesce(cause_id, 0) AS answer FROM inbox ORDER BY id")),
        QStringList(
            {QStringLiteral("customer:1 0"), QStringLiteral("dial 1"), QStringLiteral("dial 1")}));
}

void TestEngine::whatWasSentIsAnnounced()
{
    engine::RoutingTable routes;
    routes.add(
        {.kind = QStringLiteral("say"),
         .handle = [](const engine::Event &, engine::Context &context) -> Result<engine::Outcome> {
             const auto sent = context.send({.requestKey = {},
                                             .method = QStringLiteral("sendMessage"),
                                             .lane = QStringLiteral("chat:1"),
                                             .payload = Json::object()});
             return sent ? Result<engine::Outcome>(engine::Outcome::Handled)
                         : failure(sent.error());
         }});
    tests::recordAll(*m_connection, {tests::entry(QStringLiteral("a"), QStringLiteral("customer:1"),
                                                  QStringLiteral("say"))});
    Workers workers(m_url, routes, 1);
    QVERIFY(tests::becomes([&] { return workers.sent > 0; }));
    QCOMPARE(tests::column(
                 *m_connection,
                 QStringLiteral("SELECT request_key || ' ' || cause_id AS answer FROM outbox")),
             QStringList(QStringLiteral("1/1 1")));
}

void TestEngine::stoppedEngineLeavesTheOtherAtWork()
{
    recordRows(*m_connection, 1000, 20);
    const engine::RoutingTable routes = tests::countingRoutes();
    auto first = std::make_unique<Workers>(m_url, routes, 2);
    Workers second(m_url, routes, 2);
    QVERIFY(tests::becomes([&] { return handledRows(*m_connection) > 0; }));
    first.reset();
    QVERIFY(tests::becomes([&] { return waiting(*m_connection) == 0; }, kPatienceMs));
    QCOMPARE(handledRows(*m_connection), 1000);
    QCOMPARE(outOfOrder(*m_connection), 0);
}

void TestEngine::stoppingNeedsNoDatabase()
{
    const engine::RoutingTable routes = tests::countingRoutes();
    const core::SystemClock clock;
    Engine engine({.databaseUrl = QStringLiteral("postgresql:///nowhere?host=/nonexistent"),
                   .workers = 2,
                   .installationKey = {}},
                  routes, clock, nullptr, [] {});
    engine.start();
    QElapsedTimer timer;
    timer.start();
    engine.stop();
    QVERIFY(timer.elapsed() < 5000);
}

void TestEngine::stoppingDoesNotWaitForEveryLock()
{
    recordRows(*m_connection, 40, 40);
    engine::RoutingTable routes;
    std::atomic<int> calls = 0;
    routes.add({.kind = QStringLiteral("count"),
                .order = engine::Order::Ordered,
                .handle = [&](const engine::Event &event, engine::Context &context) {
                    ++calls;
                    return tests::note(event, context);
                }});
    auto transaction = database::Transaction::begin(*m_connection);
    QVERIFY(transaction->set(QStringLiteral("LOCK TABLE handled IN SHARE MODE")));
    Workers workers(m_url, routes, 1);
    QVERIFY(tests::becomes([&] { return calls > 0; }));
    QElapsedTimer timer;
    timer.start();
    workers.engine.stop(); // each row would wait for two seconds
    QVERIFY2(timer.elapsed() < 20'000, QByteArray::number(timer.elapsed()).constData());
    transaction->rollback();
    QCOMPARE(waiting(*m_connection), 40);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT max(attempts) FROM inbox_waiting)")), 0);
}

void TestEngine::restartOfTheDatabaseLosesAndRepeatsNothing()
{
    TestCluster cluster;
    const QString url = tests::engineDatabase(tests::freshDatabase(cluster));
    {
        auto connection = openConnection(url);
        recordRows(*connection, 1000, 20);
    }
    engine::RoutingTable routes;
    std::atomic<int> calls = 0;
    routes.add({.kind = QStringLiteral("count"),
                .order = engine::Order::Ordered,
                .handle = [&](const engine::Event &event, engine::Context &context) {
                    ++calls;
                    return tests::note(event, context);
                }});
    Workers workers(url, routes, 4);
    for (const int point : {50, 400}) {
        QVERIFY(tests::becomes([&] { return calls >= point; }));
        cluster.restart();
    }
    auto connection = openConnection(url, database::Role::Owner);
    QVERIFY(tests::becomes([&] { return waiting(*connection) == 0; }, kPatienceMs));
    workers.engine.stop();
    QCOMPARE(handledRows(*connection), 1000);
    QCOMPARE(outOfOrder(*connection), 0);
    QCOMPARE(tests::outcomes(*connection), QStringList(QStringLiteral("done:1000")));
    // What was handled alone after a cut must not look like a failure of the row.
    QCOMPARE(number(*connection,
                    QStringLiteral("(SELECT count(*) FROM inbox_outcomes WHERE attempts > 1)")),
             0);
}

void TestEngine::killedConnectionsLoseAndRepeatNothing()
{
    constexpr int kRows = 1000;
    recordRows(*m_connection, kRows, 40);
    engine::RoutingTable routes;
    routes.add({.kind = QStringLiteral("count"),
                .order = engine::Order::Ordered,
                .handle = [](const engine::Event &event, engine::Context &context) {
                    // The server is at work for a millisecond, so that most kills hit a
                    // transaction.
                    return tests::run(context,
                                      QStringLiteral("INSERT INTO handled (inbox_id, lane, what) "
                                                     "SELECT ?, ?, ? || pg_sleep(0.001)::text"),
                                      {event.id.value, event.lane, event.kind});
                }});
    Workers workers(m_url, routes, 4);
    int kills = 0;
    qint64 seen = 0;
    const bool isDone = tests::becomes(
        [&] {
            const qint64 done = handledRows(*m_connection);
            if (done > seen) {
                seen = done;
                kills += static_cast<int>(number(
                    *m_connection,
                    QStringLiteral("(SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM "
                                   "pg_stat_activity WHERE datname = current_database() "
                                   "AND application_name LIKE 'speechcad engine-%' AND state <> "
                                   "'idle' ORDER BY random() LIMIT 2) x)")));
            }
            return done == kRows && waiting(*m_connection) == 0;
        },
        kPatienceMs);
    QVERIFY(isDone);
    workers.engine.stop();
    QVERIFY2(kills >= 10, QByteArray::number(kills).constData());
    QCOMPARE(handledRows(*m_connection), kRows);
    QCOMPARE(outOfOrder(*m_connection), 0);
    QCOMPARE(tests::outcomes(*m_connection), QStringList(QStringLiteral("done:%1").arg(kRows)));
}

REGISTER_TEST(TestEngine);

} // namespace tst_engine

#include "tst_engine.moc"
