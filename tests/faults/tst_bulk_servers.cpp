#include "tests/faults/bulk_stage.h"
#include "tests/support/test_main.h"

namespace tst_bulk_servers {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirst = 8900;
constexpr int kMany = 1000;
constexpr int kPatienceMs = 120'000;

} // namespace

/// A thousand calls given back by two servers, of which one dies on the way: each once.
class TestBulkServers final : public BulkStage {
    Q_OBJECT

public:
    TestBulkServers()
        : BulkStage(kPatienceMs)
    {
    }

private Q_SLOTS:
    void initTestCase();
    void eachIsGivenBackOnceThoughOneServerDies();
    void stoppedWhileOneDiesEachIsGivenOrLeft();
    void cleanupTestCase() { closeStage(); }

private:
    /// A call of each, asked for and agreed to; the batch runs.
    [[nodiscard]] qint64 begin(const char *name);
    [[nodiscard]] qint64 rows(qint64 batch, const char *state)
    {
        return m_stage->number(QStringLiteral("SELECT count(*) FROM refund_batch_rows WHERE "
                                              "batch_id = ? AND state = ?"),
                               {batch, QLatin1String(state)});
    }
    [[nodiscard]] bool isEnded(qint64 batch)
    {
        return m_stage->number(QStringLiteral("SELECT count(*) FROM refund_batches WHERE id = ? "
                                              "AND ended_at IS NOT NULL"),
                               {batch}) == 1;
    }
    /// Each that is done has one transfer and nothing else has.
    [[nodiscard]] qint64 transfers(qint64 batch)
    {
        return m_stage->number(QStringLiteral("SELECT count(DISTINCT refunds_id) FROM transfers "
                                              "WHERE request_key LIKE 'refund:' || ?::text || "
                                              "':%'"),
                               {batch});
    }
};

void TestBulkServers::initTestCase()
{
    openStage({.servers = 2});
    if (QTest::currentTestFailed())
        return;
    addFrenchCustomers(*m_owner, kFirst, kMany);
    // They have blocked the bot: what is told to whom is looked at elsewhere.
    QVERIFY(m_owner->run(QStringLiteral("UPDATE customers SET is_reachable = false")));
    m_stage->startServer(0);
    m_stage->startServer(1);
}

qint64 TestBulkServers::begin(const char *name)
{
    addPaidCalls(*m_owner, kFirst, kMany, 1, Money::fromCents(25));
    const Timestamp now =
        core::fromMicros(m_stage->number(QStringLiteral("SELECT to_micros(now())")));
    Json what = {
        {"v", 1},          {"query", {{"from", core::toIso(now - 24h)}, {"to", core::toIso(now)}}},
        {"share", "full"}, {"reason", "call_failed"},
        {"note", ""},      {"key", name}};
    what["hash"] = core::textMember(give("asker", "refund.bulk.preview", what), "hash")
                       .value_or(QString())
                       .toStdString();
    const Json asked = give("asker", "refund.bulk.request", what);
    const qint64 batch = core::integerMember(asked, "batch").value_or(0);
    (void)submit("other", "refund.bulk.approve",
                 {{"v", 1},
                  {"batch", batch},
                  {"hash", core::textMember(asked, "hash").value_or(QString()).toStdString()}});
    return batch;
}

void TestBulkServers::eachIsGivenBackOnceThoughOneServerDies()
{
    const qint64 batch = begin("outage-1");
    QVERIFY(m_stage->until([&] { return rows(batch, "done") > kMany / 20; }, kPatienceMs));
    m_stage->server(0).kill();
    const qint64 atDeath = rows(batch, "done");
    QVERIFY(m_stage->until([&] { return isEnded(batch); }, kPatienceMs));
    qInfo("%lld of %d were given back when it died", static_cast<long long>(atDeath), kMany);
    QCOMPARE(rows(batch, "done"), kMany);
    QCOMPARE(transfers(batch), kMany);
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT count(*) FROM refunds WHERE batch_id = ?"), {batch}),
        kMany);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM wallets WHERE customer_id >= ? "
                                            "AND available <> 100000000"),
                             {kFirst}),
             0);
}

void TestBulkServers::stoppedWhileOneDiesEachIsGivenOrLeft()
{
    m_stage->startServer(0);
    const qint64 batch = begin("outage-2");
    QVERIFY(m_stage->until([&] { return rows(batch, "done") > kMany / 20; }, kPatienceMs));
    (void)submit("other", "refund.bulk.cancel",
                 {{"v", 1}, {"batch", batch}, {"reason", "the wrong day"}});
    m_stage->server(0).kill();
    QVERIFY(m_stage->until([&] { return isEnded(batch); }, kPatienceMs));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    const qint64 done = rows(batch, "done");
    qInfo("%lld of %d were given back when it was stopped", static_cast<long long>(done), kMany);
    QCOMPARE(done + rows(batch, "left"), kMany);
    QCOMPARE(transfers(batch), done);
    // Who was not given back is without these 25 cents, and nobody else.
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM wallets WHERE customer_id >= ? "
                                            "AND available <> 100000000"),
                             {kFirst}),
             kMany - done);
    QVERIFY(m_stage->server(1).stop(10s));
}

REGISTER_TEST(TestBulkServers);

} // namespace tst_bulk_servers

#include "tst_bulk_servers.moc"
