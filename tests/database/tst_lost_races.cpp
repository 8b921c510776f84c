#include "tests/database/engine_fixture.h"
#include "tests/support/test_main.h"

namespace tst_lost_races {

using database::Transaction;
using engine::Order;
using engine::Outcome;
using tests::column;
using tests::entry;
using tests::kMorning;
using tests::openConnection;
using tests::recordAll;

namespace {

using namespace std::chrono_literals;

const QString kLane = QStringLiteral("customer:7");
const Error kFailed = {.code = ErrorCode::Conflict, .detail = QStringLiteral("no")};

queue::Claim claimed(Transaction &transaction, Timestamp now = kMorning)
{
    auto claim = queue::claim(transaction, {}, 64, 64, now);
    if (!claim)
        qFatal("no claim: %s", qUtf8Printable(claim.error().detail));
    return *std::move(claim);
}

/// Fails with this SQLSTATE.
engine::Handler raise(const QString &sqlState)
{
    return [sqlState](const engine::Event &, engine::Context &context) -> Result<Outcome> {
        const auto raised = context.transaction().set(
            QStringLiteral("DO $$ BEGIN RAISE EXCEPTION 'by the test' USING ERRCODE = '%1'; END $$")
                .arg(sqlState));
        return raised ? Result<Outcome>(Outcome::Handled) : failure(raised.error());
    };
}

} // namespace

/// A lock that somebody holds, a deadlock, a lost connection: no fault of the row, at least not at
/// first.
class TestLostRaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void postponedRowComesBackSoonAndThenLessOften();
    void rowIsPostponedOnlySoLong();
    void reclaimFindsWhetherTheRowIsStillOurs();
    void lostRaceIsNoTry_data();
    void lostRaceIsNoTry();
    void orderedRowThatLosesForAMinuteIsTriedLikeAnyOther();
    void freeRowThatLosesLetsTheLaneGoOn();
    void customerIsToldThoughSomebodyHeldALock();
    void rowThatCostsTheConnectionIsSetAside();
    void tellingThatCostsTheConnectionStillBuries();

private:
    engine::Worker::Pass pass()
    {
        const auto done = m_worker->runOnce(*m_connection);
        if (!done)
            qFatal("the pass failed: %s", qUtf8Printable(done.error().detail));
        return *done;
    }
    /// As the engine does: a lost connection is opened again.
    void passesWithLosses(int count)
    {
        for (int i = 0; i < count; ++i) {
            (void)m_worker->runOnce(*m_connection);
            if (m_connection->isLost())
                m_connection = openConnection(m_url);
        }
    }
    /// Ends this connection, as a crash of its server process would.
    Result<Outcome> lose(engine::Context &context)
    {
        const auto pid =
            context.transaction().run(QStringLiteral("SELECT pg_backend_pid() AS pid"));
        const auto ended = openConnection(m_url, database::Role::Owner)
                               ->run(QStringLiteral("SELECT pg_terminate_backend(?, 10000)"),
                                     {pid.value().first().integer("pid")});
        if (!ended)
            qFatal("not ended: %s", qUtf8Printable(ended.error().detail));
        return tests::run(context, QStringLiteral("SELECT 1"), {});
    }
    void passUntilNothingIsDue()
    {
        while (pass().rows > 0) {
        }
    }
    [[nodiscard]] QStringList handled()
    {
        return column(*m_connection,
                      QStringLiteral("SELECT i.external_id AS answer FROM handled h JOIN inbox i "
                                     "ON i.id = h.inbox_id ORDER BY n"));
    }
    void record(const QStringList &keysAndKinds)
    {
        std::vector<queue::NewEntry> entries;
        for (const QString &pair : keysAndKinds)
            entries.push_back(entry(pair.section(u' ', 0, 0), kLane, pair.section(u' ', 1)));
        recordAll(*m_connection, entries);
    }
    void route(const char *kind, Order order, engine::Handler handler,
               engine::Handler whenDead = {})
    {
        m_routes.add({.kind = QLatin1String(kind),
                      .order = order,
                      .handle = std::move(handler),
                      .whenDead = std::move(whenDead)});
    }

    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    engine::RoutingTable m_routes;
    core::FakeClock m_clock{kMorning};
    std::unique_ptr<engine::Counters> m_counters;
    std::unique_ptr<engine::Worker> m_worker;
};

void TestLostRaces::init()
{
    m_connection.reset();
    m_url = tests::engineDatabase(tests::emptiedDatabase());
    m_connection = openConnection(m_url);
    m_routes = tests::countingRoutes();
    m_clock.set(kMorning);
    m_counters = std::make_unique<engine::Counters>();
    m_worker =
        std::make_unique<engine::Worker>(m_routes, m_clock, tests::kInstallationKey, *m_counters);
}

void TestLostRaces::postponedRowComesBackSoonAndThenLessOften()
{
    recordAll(*m_connection,
              {entry(QStringLiteral("a"), kLane), entry(QStringLiteral("b"), kLane)});
    Timestamp now = kMorning;
    for (const auto pause : {500ms, 500ms, 500ms, 500ms, 500ms, 625ms}) {
        auto transaction = Transaction::begin(*m_connection);
        const queue::Claim claim = claimed(*transaction, now);
        QCOMPARE(claim.rows.size(), 2u);
        QCOMPARE(claim.rows[0].attempts, qint16(0));
        QCOMPARE(queue::postpone(*transaction, claim.rows[0], now, 60s, false, kFailed).value(),
                 true);
        QVERIFY(claimed(*transaction, now + pause - 1ms).rows.empty());
        QVERIFY(transaction->commit());
        now += pause;
    }
    // A free row lets its lane go on.
    auto transaction = Transaction::begin(*m_connection);
    const queue::Claim claim = claimed(*transaction, now);
    QCOMPARE(queue::postpone(*transaction, claim.rows[0], now, 60s, true, kFailed).value(), true);
    QVERIFY(claimed(*transaction, now).rows[0].id == InboxId{2});
}

void TestLostRaces::rowIsPostponedOnlySoLong()
{
    recordAll(*m_connection, {entry(QStringLiteral("a"), kLane)});
    // How long it waited before it first lost a race does not count.
    const Timestamp first = kMorning + 24h;
    auto transaction = Transaction::begin(*m_connection);
    const queue::Claimed row = claimed(*transaction).rows[0];
    for (const auto age : {0s, 30s, 59s})
        QCOMPARE(queue::postpone(*transaction, row, first + age, 60s, false, kFailed).value(),
                 true);
    QCOMPARE(queue::postpone(*transaction, row, first + 60s, 60s, false, kFailed).value(), false);
}

void TestLostRaces::reclaimFindsWhetherTheRowIsStillOurs()
{
    recordAll(*m_connection,
              {entry(QStringLiteral("a"), kLane), entry(QStringLiteral("b"), kLane)});
    auto second = openConnection(m_url);
    auto one = Transaction::begin(*m_connection);
    const queue::Claim claim = claimed(*one);
    auto two = Transaction::begin(*second);
    QCOMPARE(queue::reclaim(*two, claim.rows[0]).value(), false); // its lane is locked
    QVERIFY(queue::complete(*one, std::span(claim.rows.data(), 1), kMorning));
    QVERIFY(queue::retryLater(*one, claim.rows[1], kMorning, false, kFailed));
    QVERIFY(one->commit());
    QCOMPARE(queue::reclaim(*two, claim.rows[0]).value(), false); // done
    QCOMPARE(queue::reclaim(*two, claim.rows[1]).value(), false); // tried by somebody else
    QCOMPARE(queue::reclaim(*two, claimed(*two).rows[0]).value(), true);
}

void TestLostRaces::lostRaceIsNoTry_data()
{
    QTest::addColumn<QString>("sqlState");
    QTest::newRow("lock time-out") << QStringLiteral("55P03");
    QTest::newRow("deadlock") << QStringLiteral("40P01");
    QTest::newRow("serialization failure") << QStringLiteral("40001");
}

void TestLostRaces::lostRaceIsNoTry()
{
    QFETCH(QString, sqlState);
    bool isHeld = true;
    const engine::Handler lose = raise(sqlState);
    route("wants", Order::Ordered, [&](const engine::Event &event, engine::Context &context) {
        return isHeld ? lose(event, context) : tests::note(event, context);
    });
    record({QStringLiteral("a count"), QStringLiteral("b wants"), QStringLiteral("c count")});
    m_clock.advance(24h); // nobody was at work: that is not the row's fault either
    for (int i = 0; i < 118; ++i) {
        passUntilNothingIsDue();
        m_clock.advance(500ms);
    }
    QCOMPARE(handled(), QStringList(QStringLiteral("a")));
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT inbox_id || ' ' || attempts || ' ' || "
                                                  "coalesce(error_code, '-') AS answer FROM "
                                                  "inbox_waiting ORDER BY inbox_id")),
             QStringList({QStringLiteral("2 0 Conflict"), QStringLiteral("3 0 -")}));
    QVERIFY(m_counters->postponed > 5);
    isHeld = false;
    m_clock.advance(10s);
    passUntilNothingIsDue();
    QCOMPARE(handled(),
             QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QCOMPARE(
        tests::number(*m_connection, QStringLiteral("(SELECT max(attempts) FROM inbox_outcomes)")),
        1);
    QCOMPARE(m_counters->retried.load(), 0);
}

void TestLostRaces::orderedRowThatLosesForAMinuteIsTriedLikeAnyOther()
{
    route("wants", Order::Ordered, raise(QStringLiteral("55P03")));
    record({QStringLiteral("a wants"), QStringLiteral("b count")});
    for (int i = 0; i < 75; ++i) {
        passUntilNothingIsDue();
        m_clock.advance(1s);
    }
    QCOMPARE(handled(), QStringList(QStringLiteral("b")));
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT state || ' ' || attempts AS answer FROM "
                                                  "inbox_outcomes ORDER BY inbox_id")),
             QStringList({QStringLiteral("dead 3"), QStringLiteral("done 1")}));
}

void TestLostRaces::freeRowThatLosesLetsTheLaneGoOn()
{
    bool isHeld = true;
    const engine::Handler lose = raise(QStringLiteral("40P01"));
    route("wants", Order::Free, [&](const engine::Event &event, engine::Context &context) {
        return isHeld ? lose(event, context) : tests::note(event, context);
    });
    record({QStringLiteral("a wants"), QStringLiteral("b count")});
    for (int i = 0; i < 59; ++i) {
        passUntilNothingIsDue();
        m_clock.advance(10s);
    }
    QCOMPARE(handled(), QStringList(QStringLiteral("b")));
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT lane || ' ' || attempts AS answer FROM inbox_waiting")),
             QStringList(QStringLiteral("customer:7#1 0")));
    isHeld = false;
    m_clock.advance(10s);
    passUntilNothingIsDue();
    QCOMPARE(handled(), QStringList({QStringLiteral("b"), QStringLiteral("a")}));
}

void TestLostRaces::customerIsToldThoughSomebodyHeldALock()
{
    bool isHeld = true;
    const engine::Handler lose = raise(QStringLiteral("55P03"));
    route("bad", Order::Ordered, tests::refuse,
          [&](const engine::Event &event, engine::Context &context) {
              return isHeld ? lose(event, context) : tests::note(event, context);
          });
    record({QStringLiteral("a bad"), QStringLiteral("b count")});
    for (int i = 0; i < 10; ++i) {
        passUntilNothingIsDue();
        m_clock.advance(1s);
    }
    QVERIFY(handled().isEmpty());
    isHeld = false;
    m_clock.advance(5s);
    passUntilNothingIsDue();
    QCOMPARE(handled(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(tests::outcomes(*m_connection),
             QStringList({QStringLiteral("dead:1"), QStringLiteral("done:1")}));
}

void TestLostRaces::rowThatCostsTheConnectionIsSetAside()
{
    route("bad", Order::Ordered,
          [this](const engine::Event &, engine::Context &context) { return lose(context); });
    record({QStringLiteral("a count"), QStringLiteral("b bad"), QStringLiteral("c count")});
    recordAll(*m_connection, {entry(QStringLiteral("d"), QStringLiteral("customer:8")),
                              entry(QStringLiteral("e"), QStringLiteral("customer:9"))});
    passesWithLosses(6);
    QStringList others = handled();
    others.sort();
    QCOMPARE(others, QStringList({QStringLiteral("a"), QStringLiteral("d"), QStringLiteral("e")}));
    QCOMPARE(tests::outOfOrder(*m_connection), 0);
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT inbox_id || ' ' || attempts AS answer "
                                                  "FROM inbox_waiting ORDER BY inbox_id")),
             QStringList({QStringLiteral("2 0"), QStringLiteral("3 0")}));
    for (int i = 0; i < 20; ++i) {
        m_clock.advance(10s);
        passesWithLosses(3);
    }
    QVERIFY(handled().contains(QStringLiteral("c")));
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT inbox_id || ' ' || attempts AS answer "
                                                  "FROM inbox_outcomes WHERE state = 'dead'")),
             QStringList(QStringLiteral("2 3")));
}

void TestLostRaces::tellingThatCostsTheConnectionStillBuries()
{
    route("bad", Order::Ordered, tests::refuse,
          [this](const engine::Event &, engine::Context &context) { return lose(context); });
    record({QStringLiteral("a bad"), QStringLiteral("b count")});
    for (int i = 0; i < 6; ++i) {
        passesWithLosses(3);
        m_clock.advance(2s);
    }
    QCOMPARE(tests::outcomes(*m_connection),
             QStringList({QStringLiteral("dead:1"), QStringLiteral("done:1")}));
}

REGISTER_TEST(TestLostRaces);

} // namespace tst_lost_races

#include "tst_lost_races.moc"
