#include "tests/database/queue_fixture.h"
#include "tests/support/test_main.h"

#include "assembly/system_pages.h"

namespace tst_system_pages {

using namespace std::chrono_literals;

namespace {

/// The status bar's backend on a clock that a test moves.
struct Fixture {
    Fixture()
        : url(tests::emptiedDatabase())
        , connection(tests::openConnection(url))
        , pool(url, 1)
        , pages(pool, clock, [] { return true; })
    {
    }
    [[nodiscard]] api::SystemStatus status()
    {
        auto future = pages.loadStatus();
        future.waitForFinished();
        const auto answer = future.result();
        if (!answer)
            qFatal("no status: %s", qUtf8Printable(answer.error().detail));
        return *answer;
    }
    void run(const QString &sql)
    {
        const auto done = connection->run(sql);
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }
    void receive(int count)
    {
        for (int i = 0; i < count; ++i, ++received)
            tests::recordAll(*connection,
                             {tests::entry(QString::number(received), QStringLiteral("dial"))});
    }
    /// The oldest waiting row is finished.
    void finish(const char *state)
    {
        run(QStringLiteral("WITH w AS (DELETE FROM inbox_waiting WHERE inbox_id = (SELECT "
                           "min(inbox_id) FROM inbox_waiting) RETURNING inbox_id) INSERT INTO "
                           "inbox_outcomes (inbox_id, state, attempts, handled_at) SELECT "
                           "inbox_id, '%1', 1, now() FROM w")
                .arg(QLatin1String(state)));
    }

    QString url;
    std::unique_ptr<database::Connection> connection;
    core::FakeClock clock{tests::kMorning};
    database::ReadPool pool;
    assembly::SystemPages pages;
    int received = 0;
};

} // namespace

class TestSystemPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingIsCountedAtFirst();
    void whatHappensBetweenTwoCountsIsSeen();
    void aRowThatIsMissingIsSeenAtTheNextCount();
    void theSameNumbersAsTheWholeCount();
};

void TestSystemPages::everythingIsCountedAtFirst()
{
    Fixture f;
    f.receive(5);
    f.finish("done");
    f.finish("dead");
    f.run(QStringLiteral("UPDATE inbox_waiting SET attempts = 1 WHERE inbox_id = 3"));
    const api::SystemStatus status = f.status();
    QCOMPARE(status.inboxReceived, 5);
    QCOMPARE(status.inboxDone, 1);
    QCOMPARE(status.inboxDead, 1);
    QCOMPARE(status.inboxRetrying, 1);
    QCOMPARE(status.inboxWaiting, 2);
    QVERIFY(status.isLeader && status.isConserved());
}

void TestSystemPages::whatHappensBetweenTwoCountsIsSeen()
{
    Fixture f;
    f.receive(3);
    f.finish("done");
    QCOMPARE(f.status().inboxReceived, 3);
    f.receive(4);
    f.finish("done");
    f.finish("dead");
    f.clock.advance(2s);
    const api::SystemStatus status = f.status();
    QCOMPARE(status.inboxReceived, 7);
    QCOMPARE(status.inboxDone, 2);
    QCOMPARE(status.inboxDead, 1);
    QCOMPARE(status.inboxWaiting, 4);
    QVERIFY(status.isConserved());
    QCOMPARE(status.readAt, f.clock.now());
}

/// Between two counts of everything the bar cannot know it, and does not make one up either.
void TestSystemPages::aRowThatIsMissingIsSeenAtTheNextCount()
{
    Fixture f;
    f.receive(3);
    QVERIFY(f.status().isConserved());
    f.run(QStringLiteral("DELETE FROM inbox_waiting WHERE inbox_id = 2"));
    f.clock.advance(2s);
    QVERIFY(f.status().isConserved());
    f.clock.advance(60s);
    QVERIFY(!f.status().isConserved());
    f.receive(1);
    f.clock.advance(2s);
    const api::SystemStatus status = f.status();
    QVERIFY(!status.isConserved()); // it does not come and go
    QCOMPARE(status.inboxReceived, 4);
    QCOMPARE(status.inboxWaiting, 3);
}

void TestSystemPages::theSameNumbersAsTheWholeCount()
{
    Fixture f;
    f.receive(20);
    (void)f.status();
    for (int round = 0; round < 10; ++round) {
        f.receive(round % 3);
        f.finish(round % 4 == 0 ? "dead" : "done");
        f.clock.advance(2s);
        const api::SystemStatus quick = f.status();
        const auto whole = assembly::readSystemStatus(*f.connection, f.clock.now());
        QVERIFY(whole);
        QCOMPARE(quick.inboxReceived, whole->inboxReceived);
        QCOMPARE(quick.inboxDone, whole->inboxDone);
        QCOMPARE(quick.inboxDead, whole->inboxDead);
        QCOMPARE(quick.inboxWaiting, whole->inboxWaiting);
    }
}

REGISTER_TEST(TestSystemPages);

} // namespace tst_system_pages

#include "tst_system_pages.moc"
