#include "tests/faults/bulk_stage.h"
#include "tests/support/test_main.h"

namespace tst_bulk_kills {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirst = 8810;
constexpr int kCustomers = 3;
constexpr int kPatienceMs = 30'000;

} // namespace

/// A bulk refund whose server is killed (SIGKILL) on the way: each call is given back once, told
/// once, and the batch ends.
class TestBulkKills final : public BulkStage {
    Q_OBJECT

public:
    TestBulkKills()
        : BulkStage(kPatienceMs)
    {
    }

private Q_SLOTS:
    void initTestCase();
    void killedServerGivesEachCallBackOnce_data();
    void killedServerGivesEachCallBackOnce();
    void killedServerTakesTheRequestOnce();
    void killedServerStopsItOnce();
    void cleanupTestCase() { closeStage(); }

private:
    [[nodiscard]] QString stateOf(qint64 batch)
    {
        return m_stage->value(QStringLiteral("SELECT state FROM refund_batches WHERE id = ?"),
                              {batch});
    }
    [[nodiscard]] Json wish() const;
    /// Asked for and waiting: what agrees to it.
    [[nodiscard]] Json requested();
    /// With a server that dies there, and then with one that lives, until nothing is to do.
    void dieAt(const QString &point);
};

void TestBulkKills::initTestCase()
{
    openStage({});
    if (QTest::currentTestFailed())
        return;
    addFrenchCustomers(*m_owner, kFirst, kCustomers);
    // Telegram lets the bot write only to those who have written first.
    m_stage->startServer();
    std::vector<JourneyCustomer> customers;
    for (qint64 i = 0; i < kCustomers; ++i)
        customers.emplace_back(*m_stage, kFirst + i, QStringLiteral("fr"))
            .say(QStringLiteral("/start"));
    QVERIFY(m_stage->until(
        [&] { return m_stage->isQuiet() && !customers.back().messages().isEmpty(); }, kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));
}

Json TestBulkKills::wish() const
{
    const Timestamp now =
        core::fromMicros(m_stage->number(QStringLiteral("SELECT to_micros(now())")));
    return {{"v", 1},
            {"query",
             {{"from", core::toIso(now - 24h)},
              {"to", core::toIso(now)},
              {"disconnections", {"error_asr"}}}},
            {"share", "full"},
            {"reason", "call_failed"},
            {"note", ""},
            {"key", QStringLiteral("outage-%1").arg(m_keys).toStdString()}};
}

Json TestBulkKills::requested()
{
    addPaidCalls(*m_owner, kFirst, kCustomers, 2, Money::fromCents(50));
    m_stage->startServer();
    Json what = wish();
    what["hash"] = core::textMember(give("asker", "refund.bulk.preview", what), "hash")
                       .value_or(QString())
                       .toStdString();
    const Json asked = give("asker", "refund.bulk.request", what);
    (void)m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs);
    (void)m_stage->server().stop(10s);
    return {{"v", 1},
            {"batch", core::integerMember(asked, "batch").value_or(0)},
            {"hash", core::textMember(asked, "hash").value_or(QString()).toStdString()},
            {"reason", "a test"}};
}

void TestBulkKills::dieAt(const QString &point)
{
    m_stage->launchServer(0, {{QStringLiteral("SPEECHCAD_KILL_AT"), point}});
    QVERIFY(m_stage->server().waitForEnd(30s));
    QCOMPARE(m_stage->server().exitCode(), -1); // killed, as it was meant to be
    m_stage->startServer();
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));
}

void TestBulkKills::killedServerGivesEachCallBackOnce_data()
{
    QTest::addColumn<QString>("point");
    for (const char *point :
         {"bulk.agreed:1", "bulk.begun:1", "bulk.transfer:1", "bulk.transfer:4", "bulk.record:2",
          "bulk.told:5", "bulk.written:1", "bulk.written:3", "bulk.finished:1", "engine.handled:1",
          "engine.committed:1", "engine.committed:2", "command.finished:1"})
        QTest::addRow("%s", point) << QString::fromLatin1(point);
}

void TestBulkKills::killedServerGivesEachCallBackOnce()
{
    QFETCH(QString, point);
    const Json agree = requested();
    const qint64 batch = core::integerMember(agree, "batch").value_or(0);
    QVERIFY(batch > 0);
    const qint64 approval = submit("other", "refund.bulk.approve", agree);
    dieAt(point);
    QVERIFY(isOver(approval));
    QCOMPARE(stateOf(batch), QStringLiteral("done"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM refund_batch_rows x JOIN refunds "
                                            "r ON r.id = x.refund_id JOIN transfers t ON t.id = "
                                            "r.transfer_id AND t.refunds_id = x.paid_transfer_id "
                                            "WHERE x.batch_id = ? AND x.state = 'done'"),
                             {batch}),
             kCustomers * 2);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers WHERE request_key LIKE "
                                            "'refund:' || ?::text || ':%'"),
                             {batch}),
             kCustomers * 2);
    // Each was told once, by the part that gave it back.
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM outbox o WHERE o.cause_id IN "
                                            "(SELECT r.cause_id FROM refunds r WHERE r.batch_id = "
                                            "?)"),
                             {batch}),
             kCustomers * 2);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM audit WHERE object = 'batch ' || "
                                            "?::text AND action IN ('refund.bulk.approve', "
                                            "'refund.bulk.done')"),
                             {batch}),
             2);
}

void TestBulkKills::killedServerTakesTheRequestOnce()
{
    addPaidCalls(*m_owner, kFirst, kCustomers, 1, Money::fromCents(50));
    m_stage->startServer();
    Json what = wish();
    what["hash"] = core::textMember(give("asker", "refund.bulk.preview", what), "hash")
                       .value_or(QString())
                       .toStdString();
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));
    const qint64 request = submit("asker", "refund.bulk.request", what);
    dieAt(QStringLiteral("bulk.requested:1"));
    QCOMPARE(stateOf(request), QStringLiteral("pending_approval"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM refund_batch_rows WHERE batch_id "
                                            "= ? AND state = 'planned'"),
                             {request}),
             kCustomers);
    // Nobody else has these calls in another test.
    (void)submit("asker", "refund.bulk.cancel", {{"v", 1}, {"batch", request}});
    m_stage->startServer();
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));
    QCOMPARE(stateOf(request), QStringLiteral("cancelled"));
}

void TestBulkKills::killedServerStopsItOnce()
{
    const Json agree = requested();
    const qint64 batch = core::integerMember(agree, "batch").value_or(0);
    (void)submit("other", "refund.bulk.cancel", agree);
    dieAt(QStringLiteral("bulk.ended:1"));
    QCOMPARE(stateOf(batch), QStringLiteral("rejected"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM refund_batch_rows WHERE batch_id "
                                            "= ? AND state <> 'left'"),
                             {batch}),
             0);
}

REGISTER_TEST(TestBulkKills);

} // namespace tst_bulk_kills

#include "tst_bulk_kills.moc"
