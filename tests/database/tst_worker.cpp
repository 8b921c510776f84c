#include "tests/database/engine_fixture.h"
#include "tests/support/test_main.h"

namespace tst_worker {

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

} // namespace

/// One worker by hand and a clock that stands: what a failing row does to itself and to its lane.
class TestWorker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void emptyQueueIsNoWork();
    void failingRowOfABatchFailsAlone();
    void orderedRowIsTriedThreeTimesAndThenTheLaneGoesOn();
    void orderedRowThatRecoversIsHandledInItsPlace();
    void freeRowMovesAsideAndIsTriedEightTimes();
    void whatAFailedTryWroteIsGone();
    void throwingHandlerIsAFailedRow();
    void ruleOfTheCommitFailsTheRowAlone();
    void unknownKindDiesAtOnce();
    void whenDeadThatFailsStillBuries_data();
    void whenDeadThatFailsStillBuries();
    void ignoredRowIsDone();
    void handlerSeesTheEventAndItsOwnTime();
    void randomnessIsTheSameWhenTheRowIsRunAgain();
    void timersAndMessagesOfAFailedRowAreGone();
    void walkTellsThatThereAreMoreLanes();

private:
    engine::Worker::Pass pass()
    {
        const auto done = m_worker->runOnce(*m_connection);
        if (!done)
            qFatal("the pass failed: %s", qUtf8Printable(done.error().detail));
        return *done;
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

void TestWorker::init()
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

void TestWorker::emptyQueueIsNoWork()
{
    QCOMPARE(pass().rows, 0);
    QCOMPARE(m_counters->batches.load(), 0);
}

void TestWorker::failingRowOfABatchFailsAlone()
{
    route("bad", Order::Ordered, tests::refuse);
    record({QStringLiteral("a count"), QStringLiteral("b count"), QStringLiteral("c bad")});
    recordAll(*m_connection, {entry(QStringLiteral("d"), QStringLiteral("customer:8")),
                              entry(QStringLiteral("e"), QStringLiteral("customer:8"))});
    passUntilNothingIsDue();
    QCOMPARE(handled().size(), 4);
    QCOMPARE(tests::outOfOrder(*m_connection), 0);
    QCOMPARE(tests::outcomes(*m_connection), QStringList(QStringLiteral("done:4")));
    QCOMPARE(tests::waiting(*m_connection), 1);
    QCOMPARE(m_counters->handled.load(), 4);
    QCOMPARE(m_counters->retried.load(), 1);
}

void TestWorker::orderedRowIsTriedThreeTimesAndThenTheLaneGoesOn()
{
    int tries = 0;
    route(
        "bad", Order::Ordered,
        [&](const engine::Event &event, engine::Context &context) {
            ++tries;
            return tests::refuse(event, context);
        },
        [](const engine::Event &, engine::Context &context) -> Result<Outcome> {
            const auto told = context.send({.requestKey = QStringLiteral("sorry"),
                                            .method = QStringLiteral("sendMessage"),
                                            .lane = QStringLiteral("chat:7"),
                                            .payload = Json::object()});
            return told ? Result<Outcome>(Outcome::Handled) : failure(told.error());
        });
    record({QStringLiteral("a count"), QStringLiteral("b bad"), QStringLiteral("c count")});
    passUntilNothingIsDue();
    QCOMPARE(handled(), QStringList(QStringLiteral("a")));
    const int first = tries;
    m_clock.advance(499ms);
    QCOMPARE(pass().rows, 0);
    m_clock.advance(1ms);
    passUntilNothingIsDue();
    QVERIFY(tries > first);
    QCOMPARE(handled(), QStringList(QStringLiteral("a")));
    QCOMPARE(column(*m_connection,
                    QStringLiteral(
                        "SELECT attempts::text AS answer FROM inbox_waiting ORDER BY inbox_id")),
             QStringList({QStringLiteral("2"), QStringLiteral("0")}));
    m_clock.advance(2s);
    passUntilNothingIsDue();
    QCOMPARE(handled(), QStringList({QStringLiteral("a"), QStringLiteral("c")}));
    QCOMPARE(
        column(*m_connection, QStringLiteral("SELECT inbox_id || ' ' || state || ' ' || attempts "
                                             "|| ' ' || coalesce(error_code, '-') AS answer "
                                             "FROM inbox_outcomes ORDER BY inbox_id")),
        QStringList({QStringLiteral("1 done 1 -"), QStringLiteral("2 dead 3 ProviderRefused"),
                     QStringLiteral("3 done 1 -")}));
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT request_key || ' ' || cause_id AS answer FROM outbox")),
             QStringList(QStringLiteral("sorry 2")));
    QCOMPARE(m_counters->dead.load(), 1);
}

void TestWorker::orderedRowThatRecoversIsHandledInItsPlace()
{
    bool isAway = true;
    route("bad", Order::Ordered, [&](const engine::Event &event, engine::Context &context) {
        return isAway ? tests::refuse(event, context) : tests::note(event, context);
    });
    record({QStringLiteral("a bad"), QStringLiteral("b count"), QStringLiteral("c bad")});
    passUntilNothingIsDue();
    QVERIFY(handled().isEmpty());
    isAway = false;
    m_clock.advance(1s);
    passUntilNothingIsDue();
    QCOMPARE(handled(),
             QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QCOMPARE(column(*m_connection,
                    QStringLiteral(
                        "SELECT attempts::text AS answer FROM inbox_outcomes ORDER BY inbox_id")),
             QStringList({QStringLiteral("2"), QStringLiteral("1"), QStringLiteral("1")}));
}

void TestWorker::freeRowMovesAsideAndIsTriedEightTimes()
{
    route("bad", Order::Free, tests::refuse);
    record({QStringLiteral("a bad"), QStringLiteral("b count"), QStringLiteral("c count")});
    passUntilNothingIsDue();
    QCOMPARE(handled(), QStringList({QStringLiteral("b"), QStringLiteral("c")}));
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT lane || ' ' || attempts AS answer FROM inbox_waiting")),
             QStringList(QStringLiteral("customer:7#1 1")));
    for (int tries = 2; tries <= 7; ++tries) {
        m_clock.advance(std::chrono::seconds(1 << (tries - 2)) - 1ms);
        QCOMPARE(pass().rows, 0);
        m_clock.advance(1ms);
        QCOMPARE(pass().rows, 1);
        QCOMPARE(
            column(*m_connection,
                   QStringLiteral("SELECT lane || ' ' || attempts AS answer FROM inbox_waiting")),
            QStringList(QStringLiteral("customer:7#1 %1").arg(tries)));
    }
    m_clock.advance(64s);
    QCOMPARE(pass().rows, 1);
    QCOMPARE(tests::waiting(*m_connection), 0);
    QCOMPARE(
        column(*m_connection,
               QStringLiteral(
                   "SELECT attempts::text AS answer FROM inbox_outcomes WHERE state = 'dead'")),
        QStringList(QStringLiteral("8")));
}

void TestWorker::whatAFailedTryWroteIsGone()
{
    route("bad", Order::Free, [](const engine::Event &event, engine::Context &context) {
        return tests::note(event, context) ? tests::refuse(event, context) : Outcome::Handled;
    });
    record({QStringLiteral("a bad"), QStringLiteral("b count")});
    passUntilNothingIsDue();
    QCOMPARE(handled(), QStringList(QStringLiteral("b")));
}

void TestWorker::throwingHandlerIsAFailedRow()
{
    route("bad", Order::Free, [](const engine::Event &event, engine::Context &) -> Result<Outcome> {
        return event.payload.at("absent").get<int>() > 0 ? Outcome::Handled : Outcome::Ignored;
    });
    record({QStringLiteral("a bad"), QStringLiteral("b count")});
    passUntilNothingIsDue();
    QCOMPARE(handled(), QStringList(QStringLiteral("b")));
    QCOMPARE(
        column(*m_connection, QStringLiteral("SELECT error_code AS answer FROM inbox_waiting")),
        QStringList(QStringLiteral("Internal")));
}

void TestWorker::ruleOfTheCommitFailsTheRowAlone()
{
    route("bad", Order::Free, tests::breakAtCommit);
    record({QStringLiteral("a count"), QStringLiteral("b bad"), QStringLiteral("c count")});
    passUntilNothingIsDue();
    QCOMPARE(handled(), QStringList({QStringLiteral("a"), QStringLiteral("c")}));
    QCOMPARE(
        column(*m_connection, QStringLiteral("SELECT error_code AS answer FROM inbox_waiting")),
        QStringList(QStringLiteral("ConstraintViolated")));
}

void TestWorker::unknownKindDiesAtOnce()
{
    record({QStringLiteral("a nobody's"), QStringLiteral("b count")});
    passUntilNothingIsDue();
    QCOMPARE(handled(), QStringList(QStringLiteral("b")));
    QCOMPARE(tests::outcomes(*m_connection),
             QStringList({QStringLiteral("dead:1"), QStringLiteral("done:1")}));
    QCOMPARE(column(*m_connection,
                    QStringLiteral(
                        "SELECT error_detail AS answer FROM inbox_outcomes WHERE state = 'dead'")),
             QStringList(QStringLiteral("no handler for nobody's")));
}

void TestWorker::whenDeadThatFailsStillBuries_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("fails") << 0;
    QTest::newRow("throws") << 1;
    QTest::newRow("breaks a statement") << 2;
    QTest::newRow("breaks a rule of the commit") << 3;
}

void TestWorker::whenDeadThatFailsStillBuries()
{
    QFETCH(int, way);
    route("bad", Order::Ordered, tests::refuse,
          [way](const engine::Event &event, engine::Context &context) -> Result<Outcome> {
              if (way == 0)
                  return tests::refuse(event, context);
              if (way == 1)
                  throw std::runtime_error("thrown by the test");
              if (way == 2)
                  return tests::run(context, QStringLiteral("SELECT 1/0"), {});
              return tests::breakAtCommit(event, context);
          });
    record({QStringLiteral("a bad"), QStringLiteral("b count")});
    for (int i = 0; i < 3; ++i) {
        passUntilNothingIsDue();
        m_clock.advance(3s);
    }
    QCOMPARE(tests::outcomes(*m_connection),
             QStringList({QStringLiteral("dead:1"), QStringLiteral("done:1")}));
    QCOMPARE(tests::number(*m_connection, QStringLiteral("(SELECT count(*) FROM strict)")), 0);
}

void TestWorker::ignoredRowIsDone()
{
    route("late", Order::Free, [](const engine::Event &, engine::Context &) -> Result<Outcome> {
        return Outcome::Ignored;
    });
    record({QStringLiteral("a late")});
    QCOMPARE(pass().rows, 1);
    QCOMPARE(tests::outcomes(*m_connection), QStringList(QStringLiteral("done:1")));
    QCOMPARE(m_counters->ignored.load(), 1);
}

void TestWorker::handlerSeesTheEventAndItsOwnTime()
{
    std::optional<engine::Event> seen;
    Timestamp now;
    route("look", Order::Free,
          [&](const engine::Event &event, engine::Context &context) -> Result<Outcome> {
              seen = event;
              now = context.now();
              return Outcome::Handled;
          });
    queue::NewEntry look =
        entry(QStringLiteral("key"), kLane, QStringLiteral("look"), R"({"v": 1, "amount": 0.5})");
    look.source = queue::Source::Operator;
    recordAll(*m_connection, {look});
    m_clock.advance(1h);
    QCOMPARE(pass().rows, 1);
    QVERIFY(seen);
    QCOMPARE(now, kMorning);
    QCOMPARE(seen->externalId, QStringLiteral("key"));
    QCOMPARE(seen->lane, kLane);
    QCOMPARE(seen->source, queue::Source::Operator);
    QCOMPARE(core::numberText(seen->payload, "amount").value(), QStringLiteral("0.5"));
    QVERIFY(!seen->cause);
}

void TestWorker::randomnessIsTheSameWhenTheRowIsRunAgain()
{
    QHash<QString, QList<QByteArray>> drawn;
    route("draw", Order::Free,
          [&](const engine::Event &event, engine::Context &context) -> Result<Outcome> {
              drawn[event.externalId] << context.random("code", 16) << context.random("other", 16);
              return drawn[event.externalId].size() < 6 ? tests::refuse(event, context)
                                                        : Outcome::Handled;
          });
    record({QStringLiteral("a draw"), QStringLiteral("b draw")});
    for (int i = 0; i < 3; ++i) {
        passUntilNothingIsDue();
        m_clock.advance(10s);
    }
    QCOMPARE(tests::waiting(*m_connection), 0);
    const QList<QByteArray> a = drawn[QStringLiteral("a")];
    QVERIFY(a.size() >= 6);
    for (qsizetype i = 2; i < a.size(); ++i)
        QCOMPARE(a[i], a[i % 2]);
    QCOMPARE(a[0].size(), 16);
    QVERIFY(a[0] != a[1]);
    QVERIFY(a[0] != drawn[QStringLiteral("b")][0]);
}

void TestWorker::timersAndMessagesOfAFailedRowAreGone()
{
    route(
        "bad", Order::Ordered,
        [](const engine::Event &event, engine::Context &context) -> Result<Outcome> {
            const queue::NewMessage message = {.requestKey = QStringLiteral("m"),
                                               .method = QStringLiteral("sendMessage"),
                                               .lane = QStringLiteral("chat:1"),
                                               .payload = Json::object()};
            const queue::Timer timer = {.key = QStringLiteral("t"),
                                        .dueAt = kMorning,
                                        .kind = QStringLiteral("count"),
                                        .lane = kLane,
                                        .payload = Json::object()};
            if (!context.send(message) || !context.schedule(timer) ||
                !context.post(kLane, QStringLiteral("count"), Json::object(), QStringLiteral("p")))
                return Outcome::Handled;
            return tests::refuse(event, context);
        });
    record({QStringLiteral("a bad")});
    for (int i = 0; i < 3; ++i) {
        passUntilNothingIsDue();
        m_clock.advance(3s);
    }
    QCOMPARE(tests::outcomes(*m_connection), QStringList(QStringLiteral("dead:1")));
    for (const char *table : {"outbox", "outbox_waiting", "timers", "inbox_waiting"})
        QCOMPARE(
            tests::number(*m_connection,
                          QStringLiteral("(SELECT count(*) FROM %1)").arg(QLatin1String(table))),
            0);
}

void TestWorker::walkTellsThatThereAreMoreLanes()
{
    tests::recordRows(*m_connection, 1000, 1000);
    const QString block =
        QStringLiteral("UPDATE inbox_waiting SET not_before = 'infinity' WHERE lane <> ?");
    QVERIFY(m_connection->run(block, {QStringLiteral("customer:555")}));
    engine::Worker::Pass last;
    int passes = 0;
    do {
        last = pass();
        ++passes;
    } while (last.rows == 0 && last.hasMoreLanes && passes < 10);
    QCOMPARE(last.rows, 1);
    QVERIFY(
        m_connection->run(QStringLiteral("DELETE FROM inbox_waiting WHERE lane > 'customer:2'")));
    while (pass().hasMoreLanes && ++passes < 20) {
    }
    QVERIFY(passes < 20); // all lanes fit in one walk: it may rest
}

REGISTER_TEST(TestWorker);

} // namespace tst_worker

#include "tst_worker.moc"
