#include "tests/database/queue_fixture.h"
#include "tests/support/test_main.h"

#include "core/crypto.h"

namespace tst_inbox {

using database::Transaction;
using queue::RecordOutcome;
using tests::column;
using tests::entry;
using tests::kMorning;
using tests::number;
using tests::openConnection;
using tests::recordAll;

namespace {

const QString kLane = QStringLiteral("customer:7");

std::vector<qint64> idsOf(const queue::Claim &claim)
{
    std::vector<qint64> ids;
    for (const queue::Claimed &row : claim.rows)
        ids.push_back(row.id.value);
    return ids;
}

QStringList lanesOf(const queue::Claim &claim)
{
    QStringList lanes;
    for (const queue::Claimed &row : claim.rows)
        lanes << row.lane;
    return lanes;
}

queue::Claim claimed(Transaction &transaction, int rows = 64, int quota = 64,
                     Timestamp now = kMorning, const queue::Cursors &after = {})
{
    auto claim = queue::claim(transaction, after, rows, quota, now);
    if (!claim)
        qFatal("no claim: %s", qUtf8Printable(claim.error().detail));
    return *std::move(claim);
}

const Error kFailed = {.code = ErrorCode::ProviderRefused, .detail = QStringLiteral("no")};

} // namespace

class TestInbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyPartOfAnEntryIsKept();
    void repeatIsTheFirst();
    void sameKeyWithOtherBodyIsKeptForAPerson();
    void sameKeyOfAnotherSourceIsAnotherRow();
    void sameKeyTwiceInABatchIsOneRow();
    void rowsOfABatchKeepTheirOrder();
    void routeDecidesTheLane();
    void unknownRouteIsNotKept();
    void fullRouteIsNotKept();
    void sameKeyFromTwoServersAtOnceIsOneRow();
    void failedRecordLeavesNothing();
    void claimTakesALaneInOrder();
    void claimTakesAtMostTheQuotaOfALane();
    void claimWalksRoundTheLanes();
    void higherPriorityComesFirst();
    void twoClaimersNeverShareALane();
    void laneThatFailedOnItsOwnSharesTheLock();
    void blockedHeadBlocksItsLaneOnly();
    void rowThatMovedAsideLetsTheLaneGoOn();
    void manyBlockedLanesHideNobody();
    void completeCountsItsRows();
    void buriedRowStaysInTheArchive();

private:
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
};

void TestInbox::init()
{
    m_connection.reset();
    m_url = tests::emptiedDatabase();
    m_connection = openConnection(m_url);
}

void TestInbox::everyPartOfAnEntryIsKept()
{
    const queue::NewEntry whole = {
        .source = queue::Source::Retell,
        .externalId = QStringLiteral("a\"b\\c,{}"),
        .lane = kLane,
        .kind = QStringLiteral("retell.call_ended"),
        .payload = QByteArrayLiteral(R"({"cost": 0.100000000000000001, "name": "é \"中\" \\"})"),
        .raw = QByteArrayLiteral("\x01 raw \xff"),
        .headers = QByteArrayLiteral(R"({"x": "y"})"),
        .cause = InboxId{77}};
    const auto recorded = recordAll(*m_connection, {whole, entry(QStringLiteral("plain"), kLane)});
    QCOMPARE(recorded[0].outcome, RecordOutcome::Recorded);
    const auto raw =
        m_connection->run(QStringLiteral("SELECT raw, headers FROM inbox ORDER BY id"));
    QCOMPARE((*raw)[0].bytes("raw"), whole.raw);
    QCOMPARE((*raw)[0].text("headers"), QString::fromUtf8(whole.headers));
    QVERIFY((*raw)[1].isNull("raw") && (*raw)[1].isNull("headers"));

    auto transaction = Transaction::begin(*m_connection);
    const queue::Claim claim = claimed(*transaction);
    QCOMPARE(claim.entries.size(), 2u);
    const queue::Entry &read = claim.entries[0];
    QCOMPARE(read.id, recorded[0].id);
    QCOMPARE(read.source, whole.source);
    QCOMPARE(read.externalId, whole.externalId);
    QCOMPARE(read.lane, whole.lane);
    QCOMPARE(read.kind, whole.kind);
    const auto payload = core::parseJson(read.payload);
    QCOMPARE(core::numberText(*payload, "cost").value(), QStringLiteral("0.100000000000000001"));
    QCOMPARE(core::textMember(*payload, "name").value(), QString::fromUtf8("é \"中\" \\"));
    QCOMPARE(read.receivedAt, kMorning);
    QVERIFY(read.cause == InboxId{77});
    QVERIFY(!claim.entries[1].cause);
}

void TestInbox::repeatIsTheFirst()
{
    const auto first = recordAll(*m_connection, {entry(QStringLiteral("a"), kLane)});
    const auto second = recordAll(*m_connection, {entry(QStringLiteral("a"), kLane)});
    QCOMPARE(second[0].outcome, RecordOutcome::Repeat);
    QCOMPARE(second[0].id, first[0].id);
    QCOMPARE(tests::waiting(*m_connection), 1);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM inbox)")), 1);
}

void TestInbox::sameKeyWithOtherBodyIsKeptForAPerson()
{
    const auto first = recordAll(*m_connection, {entry(QStringLiteral("a"), kLane)});
    const auto second =
        recordAll(*m_connection, {entry(QStringLiteral("a"), kLane, QStringLiteral("count"),
                                        QByteArrayLiteral(R"({"b": 1})"))});
    QCOMPARE(second[0].outcome, RecordOutcome::RepeatWithOtherBody);
    QCOMPARE(second[0].id, first[0].id);
    QCOMPARE(tests::waiting(*m_connection), 1);
    QCOMPARE(column(*m_connection,
                    QStringLiteral(
                        "SELECT first_inbox_id || ' ' || payload AS answer FROM inbox_conflicts")),
             QStringList(QStringLiteral("%1 {\"b\": 1}").arg(first[0].id.value)));
}

void TestInbox::sameKeyOfAnotherSourceIsAnotherRow()
{
    queue::NewEntry other = entry(QStringLiteral("a"), kLane);
    other.source = queue::Source::Operator;
    const auto recorded = recordAll(*m_connection, {entry(QStringLiteral("a"), kLane), other});
    QCOMPARE(recorded[1].outcome, RecordOutcome::Recorded);
    QVERIFY(recorded[0].id != recorded[1].id);
}

void TestInbox::sameKeyTwiceInABatchIsOneRow()
{
    const auto recorded =
        recordAll(*m_connection, {entry(QStringLiteral("a"), kLane, QStringLiteral("first")),
                                  entry(QStringLiteral("b"), kLane),
                                  entry(QStringLiteral("a"), kLane, QStringLiteral("second"))});
    QCOMPARE(recorded.size(), 3u);
    QCOMPARE(recorded[2].id, recorded[0].id);
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT kind AS answer FROM inbox ORDER BY id")),
             QStringList({QStringLiteral("first"), QStringLiteral("count")}));
}

void TestInbox::rowsOfABatchKeepTheirOrder()
{
    std::vector<queue::NewEntry> entries;
    QStringList keys;
    for (int i = 0; i < 40; ++i) {
        keys << QString::fromLatin1(core::sha256(QByteArray::number(i)).toHex());
        entries.push_back(entry(keys.last(), kLane));
    }
    const auto recorded = recordAll(*m_connection, entries);
    for (size_t i = 1; i < recorded.size(); ++i)
        QVERIFY(recorded[i - 1].id < recorded[i].id);
    auto transaction = Transaction::begin(*m_connection);
    QStringList order;
    for (const queue::Entry &row : claimed(*transaction).entries)
        order << row.externalId;
    QCOMPARE(order, keys);
}

void TestInbox::routeDecidesTheLane()
{
    const QByteArray token = core::sha256("token");
    QVERIFY(database::inTransaction(*m_connection, [&](Transaction &transaction) {
        return queue::addRoute(transaction, token, QStringLiteral("customer:9"));
    }));
    queue::NewEntry hook = entry(QStringLiteral("a"), QString());
    hook.lane = QStringLiteral("");
    hook.routeTokenSha256 = token;
    QCOMPARE(recordAll(*m_connection, {hook})[0].outcome, RecordOutcome::Recorded);
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT lane AS answer FROM inbox_waiting WHERE priority = 1")),
             QStringList(QStringLiteral("customer:9")));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT stored FROM webhook_routes)")), 1);
    QCOMPARE(recordAll(*m_connection, {hook})[0].outcome, RecordOutcome::Repeat);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT stored FROM webhook_routes)")), 1);
}

void TestInbox::unknownRouteIsNotKept()
{
    queue::NewEntry hook = entry(QStringLiteral("a"), kLane);
    hook.routeTokenSha256 = core::sha256("nobody's");
    const auto recorded = recordAll(*m_connection, {hook, entry(QStringLiteral("b"), kLane)});
    QCOMPARE(recorded[0].outcome, RecordOutcome::UnknownRoute);
    QCOMPARE(recorded[0].id.value, 0);
    QCOMPARE(recorded[1].outcome, RecordOutcome::Recorded);
    QCOMPARE(tests::waiting(*m_connection), 1);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM inbox_keys)")), 1);
}

void TestInbox::fullRouteIsNotKept()
{
    const QByteArray token = core::sha256("token");
    QVERIFY(database::inTransaction(*m_connection, [&](Transaction &transaction) {
        return queue::addRoute(transaction, token, kLane);
    }));
    std::vector<queue::NewEntry> hooks;
    for (int i = 0; i < 201; ++i) {
        hooks.push_back(entry(QString::number(i), kLane));
        hooks.back().routeTokenSha256 = token;
    }
    const queue::NewEntry last = hooks.back();
    hooks.pop_back();
    recordAll(*m_connection, hooks);
    const auto recorded = recordAll(*m_connection, {last, hooks[5]});
    QCOMPARE(recorded[0].outcome, RecordOutcome::RouteFull);
    QCOMPARE(recorded[0].id.value, 0);
    QCOMPARE(recorded[1].outcome, RecordOutcome::Repeat);
    QCOMPARE(tests::waiting(*m_connection), 200);
}

void TestInbox::sameKeyFromTwoServersAtOnceIsOneRow()
{
    std::vector<queue::NewEntry> entries;
    for (int i = 0; i < 200; ++i)
        entries.push_back(entry(QString::number(i * 7919 % 200), kLane));
    std::atomic<int> recorded = 0;
    std::atomic<int> failed = 0;
    tests::inThreads(4, [&](int thread) {
        auto connection = openConnection(m_url);
        auto mine = entries;
        if (thread % 2 == 1)
            std::reverse(mine.begin(), mine.end());
        const auto outcome = queue::record(*connection, mine, kMorning);
        failed += outcome ? 0 : 1;
        if (!outcome)
            return;
        for (const queue::Recorded &row : *outcome)
            recorded += row.outcome == RecordOutcome::Recorded ? 1 : 0;
    });
    QCOMPARE(failed.load(), 0); // no deadlock either
    QCOMPARE(recorded.load(), 200);
    QCOMPARE(tests::waiting(*m_connection), 200);
}

void TestInbox::failedRecordLeavesNothing()
{
    const std::vector<queue::NewEntry> entries = {
        entry(QStringLiteral("a"), kLane),
        entry(QStringLiteral("b"), kLane, QStringLiteral("k"), "{not json")};
    const auto recorded = queue::record(*m_connection, entries, kMorning);
    QVERIFY(!recorded);
    QVERIFY(!recorded.error().detail.contains(QLatin1String("not json")));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM inbox_keys)")), 0);
    QCOMPARE(tests::waiting(*m_connection), 0);
}

void TestInbox::claimTakesALaneInOrder()
{
    std::vector<qint64> expected;
    for (int i = 0; i < 12; ++i)
        expected.push_back(
            recordAll(*m_connection, {entry(QString::number(100 - i), kLane)})[0].id.value);
    auto transaction = Transaction::begin(*m_connection);
    QVERIFY(idsOf(claimed(*transaction)) == expected);
}

void TestInbox::claimTakesAtMostTheQuotaOfALane()
{
    for (int i = 0; i < 10; ++i)
        recordAll(*m_connection,
                  {entry(QStringLiteral("a%1").arg(i), QStringLiteral("customer:1")),
                   entry(QStringLiteral("b%1").arg(i), QStringLiteral("customer:2"))});
    auto transaction = Transaction::begin(*m_connection);
    const queue::Claim some = claimed(*transaction, 64, 3);
    QCOMPARE(lanesOf(some).count(QStringLiteral("customer:1")), 3);
    QCOMPARE(lanesOf(some).count(QStringLiteral("customer:2")), 3);
    transaction->rollback();
    auto next = Transaction::begin(*m_connection);
    const queue::Claim few = claimed(*next, 4, 3);
    QCOMPARE(few.rows.size(), 4u);
}

void TestInbox::claimWalksRoundTheLanes()
{
    for (const char *lane : {"customer:1", "customer:2", "customer:3"})
        recordAll(*m_connection, {entry(QLatin1String(lane), QLatin1String(lane))});
    auto transaction = Transaction::begin(*m_connection);
    queue::Cursors cursors;
    cursors.fill(QStringLiteral("customer:2"));
    QStringList visited;
    for (int i = 0; i < 3; ++i) {
        const queue::Claim claim = claimed(*transaction, 1, 1, kMorning, cursors);
        visited << lanesOf(claim);
        cursors = claim.next;
    }
    QCOMPARE(visited, QStringList({QStringLiteral("customer:3"), QStringLiteral("customer:1"),
                                   QStringLiteral("customer:2")}));
}

void TestInbox::higherPriorityComesFirst()
{
    for (const char *lane :
         {"campaign:1", "other", "retell:1", "dial", "customer:1", "policy", "operator:1"})
        recordAll(*m_connection, {entry(QLatin1String(lane), QLatin1String(lane))});
    auto transaction = Transaction::begin(*m_connection);
    QCOMPARE(lanesOf(claimed(*transaction)),
             QStringList({QStringLiteral("operator:1"), QStringLiteral("policy"),
                          QStringLiteral("customer:1"), QStringLiteral("dial"),
                          QStringLiteral("retell:1"), QStringLiteral("other"),
                          QStringLiteral("campaign:1")}));
}

void TestInbox::twoClaimersNeverShareALane()
{
    for (int i = 0; i < 6; ++i)
        recordAll(*m_connection,
                  {entry(QStringLiteral("a%1").arg(i), QStringLiteral("customer:1")),
                   entry(QStringLiteral("b%1").arg(i), QStringLiteral("customer:2"))});
    auto second = openConnection(m_url);
    auto one = Transaction::begin(*m_connection);
    auto two = Transaction::begin(*second);
    const queue::Claim first = claimed(*one, 2, 2);
    QCOMPARE(lanesOf(first),
             QStringList({QStringLiteral("customer:1"), QStringLiteral("customer:1")}));
    const queue::Claim others = claimed(*two);
    QCOMPARE(lanesOf(others), QStringList(6, QStringLiteral("customer:2")));
    QVERIFY(queue::complete(*one, first.rows, kMorning));
    QVERIFY(one->commit());
    const queue::Claim rest = claimed(*two);
    QCOMPARE(lanesOf(rest).count(QStringLiteral("customer:1")),
             4); // without what the first has done
}

void TestInbox::laneThatFailedOnItsOwnSharesTheLock()
{
    recordAll(*m_connection,
              {entry(QStringLiteral("a"), kLane), entry(QStringLiteral("b"), kLane)});
    {
        auto transaction = Transaction::begin(*m_connection);
        const queue::Claim claim = claimed(*transaction);
        QVERIFY(queue::retryLater(*transaction, claim.rows[0], kMorning, true, kFailed));
        QVERIFY(transaction->commit());
    }
    auto second = openConnection(m_url);
    auto one = Transaction::begin(*m_connection);
    auto two = Transaction::begin(*second);
    const queue::Claim first = claimed(*one, 1, 1);
    QCOMPARE(lanesOf(first), QStringList(kLane));
    QVERIFY(claimed(*two).rows.empty());
    one->rollback();
    const queue::Claim both = claimed(*two);
    QCOMPARE(both.rows.size(), 2u);
    QCOMPARE(both.rows[1].lane, QStringLiteral("customer:7#1"));
    QCOMPARE(both.entries[1].lane, kLane); // the handler sees where it was recorded
    QCOMPARE(both.rows[1].attempts, qint16(1));
}

void TestInbox::blockedHeadBlocksItsLaneOnly()
{
    recordAll(*m_connection, {entry(QStringLiteral("a"), kLane), entry(QStringLiteral("b"), kLane),
                              entry(QStringLiteral("c"), QStringLiteral("customer:8"))});
    const Timestamp later = kMorning + std::chrono::seconds(2);
    {
        auto transaction = Transaction::begin(*m_connection);
        const queue::Claim claim = claimed(*transaction);
        QVERIFY(queue::retryLater(*transaction, claim.rows[0], later, false, kFailed));
        QVERIFY(transaction->commit());
    }
    auto transaction = Transaction::begin(*m_connection);
    QCOMPARE(lanesOf(claimed(*transaction)), QStringList(QStringLiteral("customer:8")));
    const queue::Claim due = claimed(*transaction, 64, 64, later);
    QVERIFY(idsOf(due) == (std::vector<qint64>{1, 2, 3}));
    QCOMPARE(column(*m_connection,
                    QStringLiteral(
                        "SELECT error_code || ' ' || error_detail AS answer FROM inbox_waiting "
                        "WHERE attempts = 1")),
             QStringList(QStringLiteral("ProviderRefused no")));
}

void TestInbox::rowThatMovedAsideLetsTheLaneGoOn()
{
    recordAll(*m_connection,
              {entry(QStringLiteral("a"), kLane), entry(QStringLiteral("b"), kLane)});
    const Timestamp later = kMorning + std::chrono::seconds(2);
    auto transaction = Transaction::begin(*m_connection);
    QVERIFY(queue::retryLater(*transaction, claimed(*transaction).rows[0], later, true, kFailed));
    QVERIFY(idsOf(claimed(*transaction)) == std::vector<qint64>{2});
    // A second failure keeps its lane.
    const queue::Claim all = claimed(*transaction, 64, 64, later);
    QCOMPARE(all.rows.size(), 2u);
    QVERIFY(queue::retryLater(*transaction, all.rows[1], later, true, kFailed));
    const queue::Claim again = claimed(*transaction, 64, 64, later);
    QCOMPARE(again.rows[1].lane, QStringLiteral("customer:7#1"));
    QCOMPARE(again.rows[1].attempts, qint16(2));
}

void TestInbox::manyBlockedLanesHideNobody()
{
    std::vector<queue::NewEntry> entries;
    for (int i = 1000; i < 2000; ++i)
        entries.push_back(entry(QString::number(i), QStringLiteral("customer:%1").arg(i)));
    recordAll(*m_connection, entries);
    QVERIFY(m_connection->run(QStringLiteral(
        "UPDATE inbox_waiting SET not_before = 'infinity' WHERE lane <> 'customer:1999'")));
    auto transaction = Transaction::begin(*m_connection);
    queue::Cursors cursors;
    int claims = 0;
    queue::Claim claim;
    do {
        claim = claimed(*transaction, 64, 64, kMorning, cursors);
        cursors = claim.next;
    } while (claim.rows.empty() && ++claims < 10);
    QCOMPARE(lanesOf(claim), QStringList(QStringLiteral("customer:1999")));
    QCOMPARE(claims, 3); // 256 lanes at a time
}

void TestInbox::completeCountsItsRows()
{
    recordAll(*m_connection,
              {entry(QStringLiteral("a"), kLane), entry(QStringLiteral("b"), kLane)});
    auto transaction = Transaction::begin(*m_connection);
    const queue::Claim claim = claimed(*transaction);
    QVERIFY(queue::complete(*transaction, claim.rows, kMorning));
    QVERIFY(transaction->commit());
    QCOMPARE(tests::outcomes(*m_connection), QStringList(QStringLiteral("done:2")));
    QCOMPARE(tests::waiting(*m_connection), 0);

    auto again = Transaction::begin(*m_connection);
    const auto twice = queue::complete(*again, claim.rows, kMorning);
    QVERIFY(!twice);
    QCOMPARE(twice.error().code, ErrorCode::Conflict);
    QVERIFY(!again->commit());
}

void TestInbox::buriedRowStaysInTheArchive()
{
    recordAll(*m_connection, {entry(QStringLiteral("a"), kLane)});
    auto transaction = Transaction::begin(*m_connection);
    QVERIFY(queue::bury(*transaction, claimed(*transaction).rows[0], kFailed, kMorning));
    QVERIFY(transaction->commit());
    QCOMPARE(tests::outcomes(*m_connection), QStringList(QStringLiteral("dead:1")));
    QCOMPARE(tests::waiting(*m_connection), 0);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM inbox)")), 1);
    QCOMPARE(recordAll(*m_connection, {entry(QStringLiteral("a"), kLane)})[0].outcome,
             RecordOutcome::Repeat);
}

REGISTER_TEST(TestInbox);

} // namespace tst_inbox

#include "tst_inbox.moc"
