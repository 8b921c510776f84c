#include "tests/database/queue_fixture.h"
#include "tests/support/test_main.h"

#include "engine/timer_turner.h"
#include "queue/archive.h"

namespace tst_archive {

using database::Transaction;
using queue::Archive;
using tests::column;
using tests::entry;
using tests::kMorning;
using tests::number;
using tests::openConnection;

namespace {

using namespace std::chrono_literals;

constexpr qint64 kPartitionRows = 1'000'000;
constexpr std::chrono::days kArchiveAge{90};
const Timestamp kLongAgo = kMorning - std::chrono::days(200);
const QString kLane = QStringLiteral("customer:7");

} // namespace

/// Partitions of inbox and outbox: there before they are needed, gone when they are old, with what
/// must be explained later kept.
class TestArchive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void partitionsAreMadeAhead();
    void makingPartitionsWaitsForNobody();
    void partitionsStayAheadAtFullLoad();
    void oldPartitionGoesOnceAllIsFinal();
    void keysOutliveTheirPartition();
    void youngPartitionStays();
    void partitionThatIsBeingFilledStays();
    void waitingRowKeepsOnlyItsOwnPartition();
    void chainOfCausesBehindMoneyIsKept();
    void whateverIsStillToComeKeepsItsCause();
    void deadRowIsKept();
    void sentMessagesGoAndWaitingOnesStay();
    void whatWasSaidAboutMoneyIsKept();
    void messageIsNotSentAgainAfterItsPartitionIsGone();
    void busyTableIsLeftAlone();
    void applicationCannotDropWhatIsYoung();
    void leaderDropsOldPartitions();

private:
    /// Rows recorded long ago; their ids.
    std::vector<InboxId> recordOld(const std::vector<queue::NewEntry> &entries)
    {
        const auto recorded = queue::record(*m_connection, entries, kLongAgo);
        std::vector<InboxId> ids;
        for (const queue::Recorded &row : recorded.value())
            ids.push_back(row.id);
        return ids;
    }
    InboxId recordOld(const QString &key, std::optional<InboxId> cause = {})
    {
        queue::NewEntry row = entry(key, kLane);
        row.cause = cause;
        row.raw = key.toUtf8();
        return recordOld({row}).front();
    }
    [[nodiscard]] bool handleAll()
    {
        return database::inTransaction(
                   *m_connection,
                   [](Transaction &transaction) -> Result<void> {
                       const auto claim = queue::claim(transaction, {}, 64, 64, kMorning);
                       return claim ? queue::complete(transaction, claim->rows, kLongAgo)
                                    : failure(claim.error());
                   })
            .has_value();
    }
    /// The ids go on in the next partition.
    void goOn(const char *sequence = "inbox_id", qint64 next = kPartitionRows)
    {
        const QString name = QLatin1String(sequence);
        QVERIFY(
            m_owner->run(QStringLiteral("SELECT setval(?::regclass, ?::bigint)"), {name, next}));
        QVERIFY(ensure());
    }
    [[nodiscard]] Result<int> ensure()
    {
        return tests::committed<int>(*m_connection, [](Transaction &transaction) {
            return queue::ensurePartitions(transaction);
        });
    }
    [[nodiscard]] Result<bool> retire(Archive archive, Timestamp before = kMorning - kArchiveAge)
    {
        auto transaction = Transaction::begin(*m_connection);
        const auto retired = queue::retirePartition(*transaction, archive, before);
        if (!retired)
            return retired;
        if (auto committed = transaction->commit(); !committed)
            return failure(committed.error());
        return retired;
    }
    [[nodiscard]] bool exists(const char *table)
    {
        return number(*m_owner, QStringLiteral("(SELECT count(*) FROM pg_class WHERE relname = "
                                               "'%1')")
                                    .arg(QLatin1String(table))) == 1;
    }
    /// A transfer that this event made.
    [[nodiscard]] bool pay(InboxId cause)
    {
        return m_owner
                   ->run(QStringLiteral("INSERT INTO wallets (customer_id) VALUES (7) "
                                        "ON CONFLICT DO NOTHING"))
                   .has_value() &&
               m_owner
                   ->run(QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, "
                                        "available, platform, platform_amount, kind, request_key) "
                                        "VALUES (7, now(), ?, 5, 'dynopay_clearing', -5, "
                                        "'deposit', 'deposit:' || ?::text)"),
                         {cause.value, cause.value})
                   .has_value();
    }
    /// A message sent long ago.
    OutboxId enqueueOld(const QString &key, InboxId cause)
    {
        const auto id = tests::committed<OutboxId>(*m_connection, [&](Transaction &transaction) {
            return queue::enqueue(transaction,
                                  {.requestKey = key,
                                   .method = QStringLiteral("sendMessage"),
                                   .lane = QStringLiteral("chat:") + key,
                                   .payload = Json::object()},
                                  cause, kLongAgo);
        });
        return id.value();
    }
    [[nodiscard]] bool sendAll()
    {
        return database::inTransaction(
                   *m_connection,
                   [](Transaction &transaction) -> Result<void> {
                       const auto due = queue::dueHeads(transaction, queue::Provider::Telegram,
                                                        QStringLiteral(""), 64, kMorning);
                       std::vector<queue::Finished> finished;
                       for (const queue::OutboxHead &head : due.value().heads)
                           finished.push_back(
                               {.head = head, .isSent = true, .answer = {{"message_id", 5}}});
                       return queue::finish(transaction, finished, kLongAgo);
                   })
            .has_value();
    }
    [[nodiscard]] QStringList inboxKeys()
    {
        return column(*m_connection, QStringLiteral("SELECT external_id AS answer FROM "
                                                    "inbox_history ORDER BY id"));
    }

    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    std::unique_ptr<database::Connection> m_owner;
};

void TestArchive::init()
{
    m_url = tests::freshDatabase(); // dropped partitions do not come back
    m_connection = openConnection(m_url);
    m_owner = openConnection(m_url, database::Role::Owner);
}

void TestArchive::partitionsAreMadeAhead()
{
    QCOMPARE(ensure().value(), 0);
    QVERIFY(m_owner->runScript(QStringLiteral("SELECT setval('inbox_id', 499999)")));
    QCOMPARE(ensure().value(), 0);
    QVERIFY(m_owner->runScript(QStringLiteral("SELECT setval('inbox_id', 999999)")));
    QCOMPARE(ensure().value(), 1);
    QCOMPARE(ensure().value(), 0);
    // The border between two partitions is not noticed.
    const auto recorded = tests::recordAll(
        *m_connection, {entry(QStringLiteral("a"), kLane), entry(QStringLiteral("b"), kLane)});
    QCOMPARE(recorded[0].id.value, 1000000);
    QVERIFY(handleAll());
    QCOMPARE(number(*m_owner, QStringLiteral("(SELECT count(*) FROM inbox_outcomes_1)")), 2);
}

void TestArchive::makingPartitionsWaitsForNobody()
{
    recordOld(QStringLiteral("a"));
    auto reader = openConnection(m_url);
    auto transaction = Transaction::begin(*reader);
    QVERIFY(queue::claim(*transaction, {}, 1, 1, kMorning));
    const queue::NewEntry posted = entry(QStringLiteral("b"), kLane);
    QVERIFY(queue::record(*transaction, std::span(&posted, 1), kMorning));
    QVERIFY(m_owner->runScript(QStringLiteral("SELECT setval('inbox_id', 999999)")));
    const auto made = ensure(); // while a worker is in the middle of its batch
    QVERIFY2(made, qUtf8Printable(made ? QString() : made.error().detail));
    QCOMPARE(*made, 1);
    QVERIFY(transaction->commit());
}

void TestArchive::partitionsStayAheadAtFullLoad()
{
    constexpr qint64 kRowsPerSecond = 10'000;
    core::FakeClock clock(kMorning);
    engine::TimerTurner turner(m_url, clock, [] {});
    turner.start();
    qint64 newest = 1;
    // Nobody may look for a minute, while another server takes over.
    const auto covers = [&](const char *table) {
        return exists(qPrintable(QStringLiteral("%1_%2")
                                     .arg(QLatin1String(table))
                                     .arg((newest + 60 * kRowsPerSecond) / kPartitionRows)));
    };
    for (int second = 0; second < 300; second += 5) {
        newest += 5 * kRowsPerSecond;
        QVERIFY(covers("inbox") && covers("inbox_outcomes"));
        QVERIFY(covers("outbox") && covers("outbox_outcomes"));
        for (const char *sequence : {"inbox_id", "outbox_id"})
            QVERIFY(m_owner->run(QStringLiteral("SELECT setval(?::regclass, ?::bigint)"),
                                 {QLatin1String(sequence), newest}));
        clock.advance(5s);
        QTRY_VERIFY(exists(qPrintable(
            QStringLiteral("outbox_outcomes_%1").arg((newest + 1'400'000) / kPartitionRows))));
    }
}

void TestArchive::oldPartitionGoesOnceAllIsFinal()
{
    recordOld(QStringLiteral("old"));
    goOn();
    tests::recordAll(*m_connection, {entry(QStringLiteral("new"), kLane)});
    QCOMPARE(retire(Archive::Inbox).value(), false);
    QVERIFY(exists("inbox_0"));
    QVERIFY(handleAll());
    QCOMPARE(retire(Archive::Inbox).value(), true);
    QVERIFY(!exists("inbox_0") && !exists("inbox_outcomes_0"));
    QCOMPARE(inboxKeys(), QStringList(QStringLiteral("new")));
    QCOMPARE(ensure().value(), 0); // it does not come back
    QCOMPARE(retire(Archive::Inbox).value(), false);
    QCOMPARE(tests::outcomes(*m_connection), QStringList(QStringLiteral("done:1")));
}

void TestArchive::keysOutliveTheirPartition()
{
    const InboxId old = recordOld(QStringLiteral("old"));
    QVERIFY(handleAll());
    goOn();
    QVERIFY(retire(Archive::Inbox).value());
    const auto again = tests::recordAll(*m_connection, {entry(QStringLiteral("old"), kLane)});
    QVERIFY(again[0].outcome != queue::RecordOutcome::Recorded);
    QCOMPARE(again[0].id, old);
    QCOMPARE(tests::waiting(*m_connection), 0);
}

void TestArchive::youngPartitionStays()
{
    recordOld(QStringLiteral("old"));
    tests::recordAll(*m_connection, {entry(QStringLiteral("younger"), kLane)});
    QVERIFY(handleAll());
    goOn();
    QCOMPARE(retire(Archive::Inbox).value(), false);
    QCOMPARE(inboxKeys().size(), 2);
}

void TestArchive::partitionThatIsBeingFilledStays()
{
    recordOld(QStringLiteral("old"));
    QVERIFY(handleAll());
    QCOMPARE(retire(Archive::Inbox).value(), false);
    QVERIFY(exists("inbox_0"));
}

void TestArchive::waitingRowKeepsOnlyItsOwnPartition()
{
    recordOld(QStringLiteral("stuck"));
    goOn();
    queue::NewEntry later = entry(QStringLiteral("later"), QStringLiteral("customer:8"));
    recordOld({later});
    QVERIFY(m_owner->run(
        QStringLiteral("UPDATE inbox_waiting SET not_before = 'infinity' WHERE inbox_id = 1")));
    QVERIFY(handleAll());
    goOn("inbox_id", 2 * kPartitionRows);
    QCOMPARE(retire(Archive::Inbox).value(), true);
    QVERIFY(exists("inbox_0") && !exists("inbox_1"));
    QCOMPARE(inboxKeys(), QStringList(QStringLiteral("stuck")));
}

void TestArchive::chainOfCausesBehindMoneyIsKept()
{
    const InboxId webhook = recordOld(QStringLiteral("webhook"));
    recordOld(QStringLiteral("chatter"));
    const InboxId posted = recordOld(QStringLiteral("posted"), webhook);
    const InboxId paid = recordOld(QStringLiteral("paid"), posted);
    recordOld(QStringLiteral("more chatter"), posted);
    QVERIFY(handleAll());
    QVERIFY(pay(paid));
    goOn();
    QVERIFY(retire(Archive::Inbox).value());
    QCOMPARE(inboxKeys(), QStringList({QStringLiteral("webhook"), QStringLiteral("posted"),
                                       QStringLiteral("paid")}));
    const auto raw = m_connection->run(QStringLiteral("SELECT raw FROM inbox_history WHERE id = ?"),
                                       {webhook.value});
    QCOMPARE(raw->first().bytes("raw"), QByteArrayLiteral("webhook"));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM inbox_outcomes_history "
                                                  "WHERE state = 'done')")),
             3);
}

void TestArchive::whateverIsStillToComeKeepsItsCause()
{
    const InboxId timer = recordOld(QStringLiteral("sets a timer"));
    const InboxId message = recordOld(QStringLiteral("asks a provider"));
    const InboxId young = recordOld(QStringLiteral("asked another lane"));
    recordOld(QStringLiteral("chatter"));
    QVERIFY(handleAll());
    QVERIFY(database::inTransaction(*m_connection, [&](Transaction &transaction) {
        return queue::schedule(transaction,
                               {.key = QStringLiteral("t"),
                                .dueAt = kMorning + 24h,
                                .kind = QStringLiteral("renew"),
                                .lane = kLane,
                                .payload = Json::object()},
                               timer);
    }));
    enqueueOld(QStringLiteral("m"), message);
    goOn();
    queue::NewEntry later = entry(QStringLiteral("young"), kLane);
    later.cause = young;
    tests::recordAll(*m_connection, {later});
    QVERIFY(retire(Archive::Inbox).value());
    QCOMPARE(inboxKeys(),
             QStringList({QStringLiteral("sets a timer"), QStringLiteral("asks a provider"),
                          QStringLiteral("asked another lane"), QStringLiteral("young")}));
}

void TestArchive::deadRowIsKept()
{
    recordOld(QStringLiteral("dead"));
    QVERIFY(database::inTransaction(*m_connection, [](Transaction &transaction) {
        const auto claim = queue::claim(transaction, {}, 1, 1, kMorning);
        return queue::bury(transaction, claim.value().rows.front(),
                           {.code = ErrorCode::Internal, .detail = QStringLiteral("no")}, kLongAgo);
    }));
    recordOld(QStringLiteral("done"));
    QVERIFY(handleAll());
    goOn();
    QVERIFY(retire(Archive::Inbox).value());
    QCOMPARE(inboxKeys(), QStringList(QStringLiteral("dead")));
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT error_detail AS answer FROM "
                                                  "inbox_outcomes_history WHERE state = 'dead'")),
             QStringList(QStringLiteral("no")));
}

void TestArchive::sentMessagesGoAndWaitingOnesStay()
{
    enqueueOld(QStringLiteral("a"), InboxId{1});
    goOn("outbox_id");
    QCOMPARE(retire(Archive::Outbox).value(), false);
    QVERIFY(exists("outbox_0"));
    QVERIFY(sendAll());
    QCOMPARE(retire(Archive::Outbox).value(), true);
    QVERIFY(!exists("outbox_0") && !exists("outbox_outcomes_0"));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox_history)")), 0);
    QCOMPARE(
        number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox_outcomes_history)")), 0);
}

void TestArchive::whatWasSaidAboutMoneyIsKept()
{
    const InboxId paid = recordOld(QStringLiteral("paid"));
    QVERIFY(handleAll());
    QVERIFY(pay(paid));
    enqueueOld(QStringLiteral("hello"), InboxId{99});
    const OutboxId said = enqueueOld(QStringLiteral("credited"), paid);
    QVERIFY(sendAll());
    goOn("outbox_id");
    QVERIFY(retire(Archive::Outbox).value());
    QCOMPARE(
        column(*m_connection, QStringLiteral("SELECT request_key AS answer FROM outbox_history")),
        QStringList(QStringLiteral("credited")));
    auto transaction = Transaction::begin(*m_connection);
    const auto answer = queue::answerOf(*transaction, said);
    QCOMPARE(core::integerMember(answer.value().value(), "message_id").value(), 5);
}

void TestArchive::messageIsNotSentAgainAfterItsPartitionIsGone()
{
    const OutboxId first = enqueueOld(QStringLiteral("a"), InboxId{1});
    QVERIFY(sendAll());
    goOn("outbox_id");
    QVERIFY(retire(Archive::Outbox).value());
    QCOMPARE(enqueueOld(QStringLiteral("a"), InboxId{1}), first);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox_waiting)")), 0);
}

void TestArchive::busyTableIsLeftAlone()
{
    recordOld(QStringLiteral("old"));
    QVERIFY(handleAll());
    goOn();
    auto reader = openConnection(m_url);
    auto transaction = Transaction::begin(*reader);
    QVERIFY(transaction->run(QStringLiteral("SELECT count(*) FROM inbox")));
    QElapsedTimer timer;
    timer.start();
    const auto busy = retire(Archive::Inbox);
    QVERIFY(timer.elapsed() < 1000);
    QVERIFY(!busy);
    QCOMPARE(busy.error().code, ErrorCode::Conflict);
    QVERIFY(exists("inbox_0") && exists("inbox_outcomes_0"));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM inbox_kept)")), 0);
    transaction->rollback();
    QCOMPARE(retire(Archive::Inbox).value(), true);
}

void TestArchive::applicationCannotDropWhatIsYoung()
{
    tests::recordAll(*m_connection, {entry(QStringLiteral("young"), kLane)});
    QVERIFY(handleAll());
    goOn();
    QVERIFY(!retire(Archive::Inbox, core::SystemClock().now() - 6 * 24h));
    QVERIFY(!m_connection->run(QStringLiteral("DROP TABLE inbox_0")));
    QCOMPARE(inboxKeys().size(), 1);
}

void TestArchive::leaderDropsOldPartitions()
{
    recordOld(QStringLiteral("old"));
    QVERIFY(handleAll());
    goOn();
    enqueueOld(QStringLiteral("a"), InboxId{1});
    QVERIFY(sendAll());
    goOn("outbox_id");
    core::FakeClock clock(kLongAgo + kArchiveAge - 1s);
    engine::TimerTurner turner(m_url, clock, [] {});
    turner.start();
    QTRY_VERIFY(turner.isLeader());
    clock.advance(61s);
    QTRY_VERIFY(!exists("inbox_0") && !exists("outbox_0"));
    QVERIFY(exists("inbox_1") && exists("outbox_1"));
}

REGISTER_TEST(TestArchive);

} // namespace tst_archive

#include "tst_archive.moc"
