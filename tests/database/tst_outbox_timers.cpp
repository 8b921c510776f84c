#include "tests/database/queue_fixture.h"
#include "tests/support/test_main.h"

#include "engine/timer_turner.h"

namespace tst_outbox_timers {

using database::Transaction;
using queue::Provider;
using tests::column;
using tests::kMorning;
using tests::number;
using tests::openConnection;

namespace {

using namespace std::chrono_literals;

constexpr InboxId kCause{42};

queue::NewMessage message(const QString &key, const QString &lane, const QString &supersedeKey = {})
{
    return {.requestKey = key,
            .provider = Provider::Telegram,
            .method = QStringLiteral("sendMessage"),
            .lane = lane,
            .payload = {{"text", key}},
            .supersedeKey = supersedeKey};
}

queue::Timer timer(const QString &key, Timestamp dueAt, const char *kind = "remind")
{
    return {.key = key,
            .dueAt = dueAt,
            .kind = QLatin1String(kind),
            .lane = QStringLiteral("customer:7"),
            .payload = {{"k", key}}};
}

} // namespace

class TestOutboxTimers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sameRequestKeyIsOneRow();
    void headsAreOneALaneInOrder();
    void headsOfAnotherProviderStay();
    void everyPartOfAMessageComesBack();
    void newerRowTakesThePlaceOfAWaitingOne();
    void rowThatIsBeingSentIsNotSuperseded();
    void deferredHeadWaitsAndHoldsItsLane();
    void finishedRowIsGoneAndTheNextIsHead();
    void answerIsRecordedForWhoWaits();
    void failedSendIsToldToo();
    void newLeaderAdoptsWhatWasBeingSent();
    void rolledBackMessageWasNeverThere();
    void timerFiresOnce();
    void timerIsMovedByItsKey();
    void cancelledTimerDoesNotFire();
    void timerMayBeSetAgainAfterItFired();
    void timerMayBeSetAgainForTheMomentItFired();
    void settingThatFiresTwiceIsOneRow();
    void timersFireInTheOrderTheyAreDue();
    void fiveHundredTimersFireATime();
    void rolledBackFiringFiresAgain();
    void twoTurnersFireEachTimerOnceAndTheSecondTakesOver();

private:
    OutboxId enqueue(const queue::NewMessage &message)
    {
        const auto id = tests::committed<OutboxId>(*m_connection, [&](Transaction &transaction) {
            return queue::enqueue(transaction, message, kCause, kMorning);
        });
        return id ? *id : OutboxId{-1};
    }
    std::vector<queue::OutboxHead> heads(Timestamp now = kMorning,
                                         Provider provider = Provider::Telegram)
    {
        const auto found =
            tests::committed<queue::OutboxHeads>(*m_connection, [&](Transaction &transaction) {
                return queue::dueHeads(transaction, provider, QStringLiteral(""), 64, now);
            });
        return found ? found->heads : std::vector<queue::OutboxHead>();
    }
    static QStringList keysOf(const std::vector<queue::OutboxHead> &heads)
    {
        QStringList keys;
        for (const queue::OutboxHead &head : heads)
            keys << head.requestKey;
        return keys;
    }
    [[nodiscard]] bool inOne(const std::function<Result<void>(Transaction &)> &work)
    {
        return database::inTransaction(*m_connection, work).has_value();
    }
    [[nodiscard]] bool set(const queue::Timer &timer, InboxId cause = kCause)
    {
        return inOne(
            [&](Transaction &transaction) { return queue::schedule(transaction, timer, cause); });
    }
    int fire(Timestamp now)
    {
        const auto fired = tests::committed<int>(*m_connection, [&](Transaction &transaction) {
            return queue::fireDue(transaction, now);
        });
        return fired ? *fired : -1;
    }

    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
};

void TestOutboxTimers::init()
{
    m_connection.reset();
    m_url = tests::emptiedDatabase();
    m_connection = openConnection(m_url);
}

void TestOutboxTimers::sameRequestKeyIsOneRow()
{
    const OutboxId first = enqueue(message(QStringLiteral("a"), QStringLiteral("chat:1")));
    QCOMPARE(enqueue(message(QStringLiteral("a"), QStringLiteral("chat:2"))), first);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox)")), 1);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox_waiting)")), 1);
}

void TestOutboxTimers::headsAreOneALaneInOrder()
{
    for (const char *key : {"1a", "2a", "1b", "2b"})
        enqueue(message(QLatin1String(key), QStringLiteral("chat:%1").arg(QLatin1Char(key[0]))));
    QCOMPARE(keysOf(heads()), QStringList({QStringLiteral("1a"), QStringLiteral("2a")}));
    auto transaction = Transaction::begin(*m_connection);
    const auto one =
        queue::dueHeads(*transaction, Provider::Telegram, QStringLiteral(""), 1, kMorning);
    QCOMPARE(keysOf(one->heads), QStringList(QStringLiteral("1a")));
    const auto next = queue::dueHeads(*transaction, Provider::Telegram, one->next, 1, kMorning);
    QCOMPARE(keysOf(next->heads), QStringList(QStringLiteral("2a")));
    const auto round = queue::dueHeads(*transaction, Provider::Telegram, next->next, 1, kMorning);
    QCOMPARE(keysOf(round->heads), QStringList(QStringLiteral("1a")));
}

void TestOutboxTimers::headsOfAnotherProviderStay()
{
    enqueue(message(QStringLiteral("a"), QStringLiteral("chat:1")));
    QVERIFY(heads(kMorning, Provider::Dynopay).empty());
    QCOMPARE(heads().size(), 1u);
}

void TestOutboxTimers::everyPartOfAMessageComesBack()
{
    queue::NewMessage whole = message(QStringLiteral("it's \"a\\\""), QStringLiteral("chat:1"));
    whole.payload = {{"text", "é \"中\" \\ \n"}, {"n", 9007199254740993}};
    whole.replyKind = QStringLiteral("deposit.created");
    whole.replyLane = QStringLiteral("customer:7");
    const OutboxId id = enqueue(whole);
    const auto found = heads();
    QCOMPARE(found.size(), 1u);
    const queue::OutboxHead &head = found[0];
    QCOMPARE(head.id, id);
    QCOMPARE(head.requestKey, whole.requestKey);
    QCOMPARE(head.method, whole.method);
    QVERIFY(head.payload == whole.payload);
    QCOMPARE(head.replyKind, whole.replyKind);
    QCOMPARE(head.replyLane, whole.replyLane);
    QCOMPARE(head.cause, kCause);
    QCOMPARE(head.createdAt, kMorning);
    QVERIFY(!head.isUnknown && head.attempts == 0);
}

void TestOutboxTimers::newerRowTakesThePlaceOfAWaitingOne()
{
    const QString edit = QStringLiteral("edit:5");
    enqueue(message(QStringLiteral("old"), QStringLiteral("chat:1"), edit));
    enqueue(message(QStringLiteral("other chat"), QStringLiteral("chat:2"), edit));
    enqueue(message(QStringLiteral("between"), QStringLiteral("chat:1")));
    enqueue(message(QStringLiteral("new"), QStringLiteral("chat:1"), edit));
    QCOMPARE(
        column(*m_connection,
               QStringLiteral(
                   "SELECT request_key AS answer FROM outbox JOIN outbox_waiting ON id = outbox_id "
                   "ORDER BY id")),
        QStringList(
            {QStringLiteral("other chat"), QStringLiteral("between"), QStringLiteral("new")}));
    QCOMPARE(
        column(*m_connection,
               QStringLiteral("SELECT request_key || ' ' || state AS answer FROM outbox_outcomes "
                              "JOIN outbox ON id = outbox_id")),
        QStringList(QStringLiteral("old superseded")));
    // The first of two equal keys does not take the place of anything again.
    enqueue(message(QStringLiteral("old"), QStringLiteral("chat:1"), edit));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox_waiting)")), 3);
}

void TestOutboxTimers::rowThatIsBeingSentIsNotSuperseded()
{
    const QString edit = QStringLiteral("edit:5");
    enqueue(message(QStringLiteral("old"), QStringLiteral("chat:1"), edit));
    const auto sending = heads();
    QVERIFY(inOne([&](Transaction &transaction) {
        return queue::markSending(transaction, sending, kMorning + 60s);
    }));
    enqueue(message(QStringLiteral("new"), QStringLiteral("chat:1"), edit));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox_waiting)")), 2);
    QVERIFY(heads().empty()); // the lane waits for what is under way
    QCOMPARE(keysOf(heads(kMorning + 61s)), QStringList(QStringLiteral("old")));
}

void TestOutboxTimers::deferredHeadWaitsAndHoldsItsLane()
{
    enqueue(message(QStringLiteral("a"), QStringLiteral("chat:1")));
    enqueue(message(QStringLiteral("b"), QStringLiteral("chat:1")));
    const auto found = heads();
    QVERIFY(inOne([&](Transaction &transaction) -> Result<void> {
        if (auto marked = queue::markSending(transaction, found, kMorning + 60s); !marked)
            return marked;
        const queue::Deferred deferred = {
            .head = found[0], .until = kMorning + 5s, .mayHaveArrived = true};
        return queue::defer(transaction, std::span(&deferred, 1));
    }));
    QVERIFY(heads(kMorning + 4s).empty());
    const auto again = heads(kMorning + 5s);
    QCOMPARE(keysOf(again), QStringList(QStringLiteral("a")));
    QVERIFY(again[0].isUnknown);
    QCOMPARE(again[0].attempts, qint16(1));
}

void TestOutboxTimers::finishedRowIsGoneAndTheNextIsHead()
{
    const OutboxId first = enqueue(message(QStringLiteral("a"), QStringLiteral("chat:1")));
    enqueue(message(QStringLiteral("b"), QStringLiteral("chat:1")));
    const queue::Finished finished = {
        .head = heads()[0], .isSent = true, .answer = {{"message_id", 5}}};
    QVERIFY(inOne([&](Transaction &transaction) -> Result<void> {
        if (auto marked =
                queue::markSending(transaction, std::span(&finished.head, 1), kMorning + 60s);
            !marked)
            return marked;
        return queue::finish(transaction, std::span(&finished, 1), kMorning);
    }));
    QCOMPARE(keysOf(heads()), QStringList(QStringLiteral("b")));
    QCOMPARE(
        column(*m_connection,
               QStringLiteral("SELECT state || ' ' || attempts AS answer FROM outbox_outcomes")),
        QStringList(QStringLiteral("sent 1")));
    QCOMPARE(tests::waiting(*m_connection), 0); // nobody waits for the answer
    auto transaction = Transaction::begin(*m_connection);
    const auto answer = queue::answerOf(*transaction, first);
    QVERIFY(answer && *answer);
    QCOMPARE(core::integerMember(**answer, "message_id").value(), 5);
    QVERIFY(!*queue::answerOf(*transaction, OutboxId{2}));
}

void TestOutboxTimers::answerIsRecordedForWhoWaits()
{
    queue::NewMessage asked = message(QStringLiteral("a"), QStringLiteral("deposit:1"));
    asked.replyKind = QStringLiteral("deposit.created");
    asked.replyLane = QStringLiteral("customer:7");
    const OutboxId id = enqueue(asked);
    const queue::Finished finished = {
        .head = heads()[0], .isSent = true, .answer = {{"address", "x"}}};
    QVERIFY(inOne([&](Transaction &transaction) {
        return queue::finish(transaction, std::span(&finished, 1), kMorning);
    }));
    auto transaction = Transaction::begin(*m_connection);
    const auto claim = queue::claim(*transaction, {}, 8, 8, kMorning);
    QVERIFY(claim && claim->entries.size() == 1);
    const queue::Entry &reply = claim->entries[0];
    QCOMPARE(reply.kind, QStringLiteral("deposit.created"));
    QCOMPARE(reply.lane, QStringLiteral("customer:7"));
    QCOMPARE(reply.source, queue::Source::Delivery);
    QVERIFY(reply.cause == kCause);
    const auto payload = core::parseJson(reply.payload);
    QCOMPARE(core::boolMember(*payload, "ok").value(), true);
    QCOMPARE(core::integerMember(*payload, "outbox").value(), id.value);
    QCOMPARE(core::textMember(*core::member(*payload, "answer"), "address").value(),
             QStringLiteral("x"));
    QCOMPARE(core::textMember(*core::member(*payload, "request"), "text").value(),
             QStringLiteral("a"));
}

void TestOutboxTimers::failedSendIsToldToo()
{
    queue::NewMessage asked = message(QStringLiteral("a"), QStringLiteral("deposit:1"));
    asked.replyKind = QStringLiteral("deposit.created");
    asked.replyLane = QStringLiteral("customer:7");
    const OutboxId id = enqueue(asked);
    const queue::Finished finished = {
        .head = heads()[0], .isSent = false, .answer = {{"status", 400}}};
    QVERIFY(inOne([&](Transaction &transaction) {
        return queue::finish(transaction, std::span(&finished, 1), kMorning);
    }));
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT payload->>'ok' AS answer FROM inbox")),
             QStringList(QStringLiteral("false")));
    auto transaction = Transaction::begin(*m_connection);
    QVERIFY(!*queue::answerOf(*transaction, id));
}

void TestOutboxTimers::newLeaderAdoptsWhatWasBeingSent()
{
    enqueue(message(QStringLiteral("a"), QStringLiteral("chat:1")));
    const auto found = heads();
    QVERIFY(inOne([&](Transaction &transaction) {
        return queue::markSending(transaction, found, kMorning + 60s);
    }));
    enqueue(message(QStringLiteral("b"), QStringLiteral("chat:2")));
    const auto adopted = tests::committed<qint64>(
        *m_connection, [](Transaction &transaction) { return queue::adoptSending(transaction); });
    QCOMPARE(adopted.value(), 1);
    const auto again = heads();
    QCOMPARE(keysOf(again), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QVERIFY(again[0].isUnknown && !again[1].isUnknown);
}

void TestOutboxTimers::rolledBackMessageWasNeverThere()
{
    {
        auto transaction = Transaction::begin(*m_connection);
        QVERIFY(queue::enqueue(*transaction, message(QStringLiteral("a"), QStringLiteral("chat:1")),
                               kCause, kMorning));
    }
    QVERIFY(heads().empty());
    QVERIFY(enqueue(message(QStringLiteral("a"), QStringLiteral("chat:1"))).value > 0);
    QCOMPARE(heads().size(), 1u);
}

void TestOutboxTimers::timerFiresOnce()
{
    QVERIFY(set(timer(QStringLiteral("t"), kMorning + 60s)));
    QCOMPARE(fire(kMorning + 59s), 0);
    QCOMPARE(fire(kMorning + 60s), 1);
    QCOMPARE(fire(kMorning + 60s), 0);
    QCOMPARE(
        column(
            *m_connection,
            QStringLiteral(
                "SELECT kind || ' ' || lane || ' ' || external_id || ' ' || (payload->>'k') || ' ' "
                "|| cause_id || ' ' || source AS answer FROM inbox")),
        QStringList(
            QStringLiteral("remind customer:7 t@%1#42 t 42 5").arg(core::toIso(kMorning + 60s))));
    QCOMPARE(tests::waiting(*m_connection), 1);
}

void TestOutboxTimers::timerIsMovedByItsKey()
{
    QVERIFY(set(timer(QStringLiteral("t"), kMorning + 60s)));
    QVERIFY(set(timer(QStringLiteral("t"), kMorning + 120s, "expire")));
    QCOMPARE(fire(kMorning + 60s), 0);
    QCOMPARE(fire(kMorning + 120s), 1);
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT kind AS answer FROM inbox")),
             QStringList(QStringLiteral("expire")));
}

void TestOutboxTimers::cancelledTimerDoesNotFire()
{
    QVERIFY(set(timer(QStringLiteral("t"), kMorning)));
    const auto cancel = [this] {
        return inOne([](Transaction &transaction) {
            return queue::cancel(transaction, QStringLiteral("t"));
        });
    };
    QVERIFY(cancel());
    QVERIFY(cancel()); // absent is fine
    QCOMPARE(fire(kMorning + 1h), 0);
}

void TestOutboxTimers::timerMayBeSetAgainAfterItFired()
{
    QVERIFY(set(timer(QStringLiteral("t"), kMorning)));
    QCOMPARE(fire(kMorning), 1);
    QVERIFY(set(timer(QStringLiteral("t"), kMorning + 1s)));
    QCOMPARE(fire(kMorning + 1s), 1);
    QCOMPARE(tests::waiting(*m_connection), 2);
}

void TestOutboxTimers::timerMayBeSetAgainForTheMomentItFired()
{
    QVERIFY(set(timer(QStringLiteral("t"), kMorning)));
    QCOMPARE(fire(kMorning), 1);
    QVERIFY(set(timer(QStringLiteral("t"), kMorning), InboxId{43})); // by what it woke, say
    QCOMPARE(fire(kMorning), 1);
    QCOMPARE(tests::waiting(*m_connection), 2);
}

void TestOutboxTimers::settingThatFiresTwiceIsOneRow()
{
    QVERIFY(set(timer(QStringLiteral("t"), kMorning)));
    QVERIFY(openConnection(m_url, database::Role::Owner)
                ->runScript(QStringLiteral("CREATE TABLE copied AS TABLE timers")));
    QCOMPARE(fire(kMorning), 1);
    auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(
        QStringLiteral("INSERT INTO timers TABLE copied; DROP TABLE copied"))); // a second leader's
    QCOMPARE(fire(kMorning), 1);
    QCOMPARE(tests::waiting(*m_connection), 1);
}

void TestOutboxTimers::timersFireInTheOrderTheyAreDue()
{
    QVERIFY(m_connection->run(QStringLiteral("INSERT INTO timers SELECT 't' || n, ?::timestamptz - "
                                             "(n * 37 % 101) * interval '1 s', 'k', 'customer:7', "
                                             "'{}', 1 FROM generate_series(1, 100) n"),
                              {core::toIso(kMorning)}));
    QStringList keys;
    for (int seconds = 100; seconds > 0; --seconds) {
        int n = 1;
        while (n * 37 % 101 != seconds)
            ++n;
        keys << QStringLiteral("t%1").arg(n);
    }
    QCOMPARE(fire(kMorning), 100);
    QCOMPARE(column(*m_connection,
                    QStringLiteral(
                        "SELECT split_part(external_id, '@', 1) AS answer FROM inbox ORDER BY id")),
             keys);
}

void TestOutboxTimers::fiveHundredTimersFireATime()
{
    QVERIFY(m_connection->run(QStringLiteral("INSERT INTO timers SELECT 't' || n, ?::timestamptz - "
                                             "n * interval '1 s', 'k', 'customer:' || n, '{}', 1 "
                                             "FROM generate_series(1, 501) n"),
                              {core::toIso(kMorning)}));
    QCOMPARE(fire(kMorning), 500);
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT key AS answer FROM timers")),
             QStringList(QStringLiteral("t1")));
    QCOMPARE(fire(kMorning), 1);
}

void TestOutboxTimers::rolledBackFiringFiresAgain()
{
    QVERIFY(set(timer(QStringLiteral("t"), kMorning)));
    {
        auto transaction = Transaction::begin(*m_connection);
        QCOMPARE(queue::fireDue(*transaction, kMorning).value(), 1);
    }
    QCOMPARE(tests::waiting(*m_connection), 0);
    QCOMPARE(fire(kMorning), 1);
}

void TestOutboxTimers::twoTurnersFireEachTimerOnceAndTheSecondTakesOver()
{
    core::FakeClock clock(kMorning);
    std::atomic<int> turned = 0;
    const auto count = [&turned] { ++turned; };
    auto first = std::make_unique<engine::TimerTurner>(m_url, clock, count);
    first->start();
    QTRY_VERIFY(first->isLeader());
    engine::TimerTurner second(m_url, clock, count);
    second.start();
    QVERIFY(set(timer(QStringLiteral("a"), kMorning + 1s)));
    clock.advance(1s);
    QTRY_COMPARE(tests::waiting(*m_connection), 1);
    QVERIFY(!second.isLeader());
    first.reset();
    QTRY_VERIFY(second.isLeader());
    QVERIFY(set(timer(QStringLiteral("b"), kMorning + 2s)));
    clock.advance(1s);
    QTRY_COMPARE(tests::waiting(*m_connection), 2);
    QTRY_COMPARE(turned.load(), 2);
}

REGISTER_TEST(TestOutboxTimers);

} // namespace tst_outbox_timers

#include "tst_outbox_timers.moc"
