#include "intake/inbox_writer.h"

#include "tests/database/intake_fixture.h"
#include "tests/support/test_main.h"

namespace tst_intake_writer {

using intake::InboxWriter;
using queue::RecordOutcome;
using tests::TestCluster;

class TestIntakeWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void poisonDoesNotFailItsNeighbours();
    void repeatOfPoisonIsARepeat();
    void queueHasABound();
    void entriesBeforeTheFirstConnectionWait();
    void unreachableDatabaseIsToldAtOnceAndTriedAgain();
    void afterStopNothingIsTaken();
    void committedIsCalledOnlyForSomethingNew();
};

namespace {

constexpr std::chrono::seconds kAnswerTimeout{10};

queue::NewEntry entry(const QString &id, const QByteArray &payload = "{}")
{
    return {.source = queue::Source::Telegram,
            .externalId = id,
            .lane = QStringLiteral("customer:1"),
            .kind = QStringLiteral("telegram.update"),
            .payload = payload};
}

/// Answers from the writer's thread, in the order in which they came.
struct Answers {
    InboxWriter::Done taker()
    {
        return [this](const Result<queue::Recorded> &recorded) {
            const std::scoped_lock lock(mutex);
            results.push_back(recorded);
            arrived.notify_all(); // locked: who waits may be gone the moment it has its result
        };
    }
    [[nodiscard]] bool wait(size_t count)
    {
        std::unique_lock lock(mutex);
        return arrived.wait_for(lock, kAnswerTimeout, [&] { return results.size() >= count; });
    }

    std::mutex mutex;
    std::vector<Result<queue::Recorded>> results;
    std::condition_variable arrived;
};

Result<queue::Recorded> recordAndWait(InboxWriter &writer, const queue::NewEntry &entry)
{
    Answers answers;
    writer.record(entry, answers.taker());
    if (!answers.wait(1))
        qFatal("no answer");
    return answers.results.front();
}

core::SystemClock g_clock;

} // namespace

void TestIntakeWriter::poisonDoesNotFailItsNeighbours()
{
    const QString url = tests::migratedDatabase(TestCluster::instance());
    InboxWriter writer(url, g_clock);
    QTRY_VERIFY(writer.isConnected());
    const QList<QByteArray> poison{R"({"a":"\u0000"})", "{\"a\":\"\xff\xfe", R"({"a":1e-20000})",
                                   "", R"({"a":"\ud800"})"};
    Answers answers;
    {
        const tests::InboxLock lock(url);
        for (int i = 0; i < 100; ++i)
            writer.record(entry(QString::number(i), i % 20 == 7 ? poison[i / 20] : "{}"),
                          answers.taker());
    }
    QVERIFY(answers.wait(100));
    for (const auto &result : answers.results) {
        QVERIFY(result);
        QCOMPARE(result->outcome, RecordOutcome::Recorded);
    }
    QCOMPARE(tests::ask(url, QStringLiteral("SELECT count(*) FROM inbox WHERE payload = '{}'")),
             QStringLiteral("95"));
    QCOMPARE(tests::ask(url, QStringLiteral("SELECT string_agg(external_id, ' ' ORDER BY id) FROM "
                                            "inbox WHERE payload = '{\"malformed\": true}'")),
             QStringLiteral("7 27 47 67 87"));
    QCOMPARE(tests::ask(url, QStringLiteral("SELECT encode(raw, 'hex') FROM inbox WHERE "
                                            "external_id = '27'")),
             QString::fromLatin1(poison[1].toHex()));
}

void TestIntakeWriter::repeatOfPoisonIsARepeat()
{
    const QString url = tests::migratedDatabase(TestCluster::instance());
    InboxWriter writer(url, g_clock);
    const queue::NewEntry poison = entry(QStringLiteral("1"), R"({"a":"\u0000"})");
    const auto first = recordAndWait(writer, poison);
    const auto second = recordAndWait(writer, poison);
    QVERIFY(first);
    QVERIFY(second);
    QCOMPARE(first->outcome, RecordOutcome::Recorded);
    QCOMPARE(second->outcome, RecordOutcome::Repeat);
    QCOMPARE(second->id, first->id);
    const auto other = recordAndWait(writer, entry(QStringLiteral("1"), R"({"b":"\u0000"})"));
    QVERIFY(other);
    QCOMPARE(other->outcome, RecordOutcome::RepeatWithOtherBody);
}

void TestIntakeWriter::queueHasABound()
{
    const QString url = tests::migratedDatabase(TestCluster::instance());
    InboxWriter writer(url, g_clock);
    QTRY_VERIFY(writer.isConnected());
    Answers answers;
    Answers refusals;
    {
        const tests::InboxLock lock(url);
        writer.record(entry(QStringLiteral("first")), answers.taker());
        QTRY_COMPARE(writer.waitingCount(), 0); // it is being written
        for (int i = 0; i < 4096; ++i)
            writer.record(entry(QString::number(i)), answers.taker());
        QCOMPARE(writer.waitingCount(), 4096);
        writer.record(entry(QStringLiteral("over")), refusals.taker());
        QVERIFY(refusals.wait(1)); // at once, on this thread
        QCOMPARE(refusals.results.front().error().code, ErrorCode::DatabaseUnavailable);
    }
    QVERIFY(answers.wait(4097));
    QCOMPARE(tests::ask(url, QStringLiteral("SELECT count(*) FROM inbox")), QStringLiteral("4097"));
    QCOMPARE(writer.commitCount(), 17);
}

void TestIntakeWriter::entriesBeforeTheFirstConnectionWait()
{
    const QString url = tests::migratedDatabase(TestCluster::instance());
    InboxWriter writer(url, g_clock);
    const auto recorded = recordAndWait(writer, entry(QStringLiteral("1")));
    QVERIFY(recorded);
    QCOMPARE(recorded->outcome, RecordOutcome::Recorded);
}

void TestIntakeWriter::unreachableDatabaseIsToldAtOnceAndTriedAgain()
{
    TestCluster cluster;
    const QString url = tests::migratedDatabase(cluster);
    cluster.stopImmediately();
    InboxWriter writer(url, g_clock);
    for (int i = 0; i < 3; ++i) {
        const auto recorded = recordAndWait(writer, entry(QStringLiteral("1")));
        QVERIFY(!recorded);
        QCOMPARE(recorded.error().code, ErrorCode::DatabaseUnavailable);
        QVERIFY(recorded.error().transient);
    }
    QVERIFY(!writer.isConnected());
    cluster.start();
    QTRY_VERIFY(writer.isConnected());
    QVERIFY(recordAndWait(writer, entry(QStringLiteral("1"))));
    QCOMPARE(tests::ask(url, QStringLiteral("SELECT count(*) FROM inbox")), QStringLiteral("1"));
}

void TestIntakeWriter::afterStopNothingIsTaken()
{
    const QString url = tests::migratedDatabase(TestCluster::instance());
    InboxWriter writer(url, g_clock);
    Answers answers;
    for (int i = 0; i < 600; ++i)
        writer.record(entry(QString::number(i)), answers.taker());
    writer.stop();
    QVERIFY(answers.wait(600)); // all were answered before stop returned
    for (const auto &result : answers.results)
        QVERIFY(result);
    const auto late = recordAndWait(writer, entry(QStringLiteral("late")));
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::ShuttingDown);
    QCOMPARE(tests::ask(url, QStringLiteral("SELECT count(*) FROM inbox")), QStringLiteral("600"));
}

void TestIntakeWriter::committedIsCalledOnlyForSomethingNew()
{
    const QString url = tests::migratedDatabase(TestCluster::instance());
    std::atomic<int> calls = 0;
    InboxWriter writer(url, g_clock, [&calls] { ++calls; });
    QVERIFY(recordAndWait(writer, entry(QStringLiteral("1"))));
    QTRY_COMPARE(calls.load(), 1);
    QVERIFY(recordAndWait(writer, entry(QStringLiteral("1"))));
    writer.stop();
    QCOMPARE(calls.load(), 1);
}

REGISTER_TEST(TestIntakeWriter);

} // namespace tst_intake_writer

#include "tst_intake_writer.moc"
