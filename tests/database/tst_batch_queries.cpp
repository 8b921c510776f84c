#include "assembly/overview_pages.h"
#include "assembly/refund_pages.h"
#include "tests/database/bulk_fixture.h"
#include "tests/database/plan_fixture.h"
#include "tests/support/test_main.h"

namespace tst_batch_queries {

using namespace tests;

namespace {

template <typename T> T readNow(QFuture<Result<T>> future)
{
    future.waitForFinished();
    const Result<T> answer = future.result();
    if (!answer)
        qFatal("no answer: %s", qUtf8Printable(answer.error().detail));
    return *answer;
}

api::PageQuery whose(const QList<std::pair<const char *, QString>> &terms)
{
    api::PageQuery query;
    for (const auto &[field, value] : terms)
        query.filter.append({.field = QString::fromLatin1(field), .value = value});
    return query;
}

/// Remembers what it was told.
struct Heard final : database::ChangeSink {
    void publish(std::vector<core::Change> changes) override
    {
        for (const core::Change &change : changes)
            all.append(change);
    }
    QList<core::Change> all;
};

} // namespace

/// What the console's page of bulk refunds reads, and what tells it to read again.
class TestBatchQueries final : public BulkStage {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_pool.reset();
        startStage();
        m_pool = std::make_unique<database::ReadPool>(m_url, 2);
    }
    void oneThatWaitsIsListed();
    void resultsAreListedCallByCall();
    void callsAreThoseOfOneBatch();
    void oneThatWaitsIsCountedOnTheOverview();
    void everyStepIsTold();
    void whatAPlanCostIsRead();

private:
    std::unique_ptr<database::ReadPool> m_pool;
};

void TestBatchQueries::oneThatWaitsIsListed()
{
    addMany(3);
    const qint64 batch = ask(wish({{"regions", {"US"}}}));
    assembly::RefundPages pages(*m_pool, m_clock);
    const auto waiting = whose({{"state", QStringLiteral("pending_approval,approved")}});
    const auto page = readNow(pages.listBatches(waiting));
    QCOMPARE(page.total, 1);
    const api::RefundBatch &row = page.rows.first();
    QCOMPARE(row.id.value, batch);
    QCOMPARE(row.key, QStringLiteral("outage-1"));
    QVERIFY(row.isWaiting() && !row.startedAt && !row.endedAt);
    QCOMPARE(row.calls, 3);
    QCOMPARE(row.total, usd(6));
    QCOMPARE(row.decided(), 0);
    QCOMPARE(row.requestedBy, QStringLiteral("senior"));
    QCOMPARE(row.wish.query.regions, QStringList{QStringLiteral("US")});
    QCOMPARE(row.wish.query.disconnections, QStringList{QStringLiteral("error_asr")});
    QCOMPARE(row.wish.reason, QStringLiteral("call_failed"));
    QCOMPARE(row.hash, look({{"v", 1}, {"batch", batch}}, QStringLiteral("finance")).hash);
    QCOMPARE(readNow(pages.loadBatches({row.id})).size(), 1);
    QCOMPARE(readNow(pages.listBatches(whose({{"name", QStringLiteral("outage")}}))).total, 1);
    QCOMPARE(readNow(pages.listBatches(whose({{"name", QStringLiteral("utage")}}))).total, 0);
    QCOMPARE(readNow(pages.listBatches(whose({{"by", QStringLiteral("finance")}}))).total, 0);
    QCOMPARE(cancel(batch, QStringLiteral("finance"), QStringLiteral("too many")).state,
             QStringLiteral("done"));
    const auto after = readNow(pages.loadBatches({row.id})).first();
    QCOMPARE(after.state, QStringLiteral("rejected"));
    QCOMPARE(after.endedBy, QStringLiteral("finance"));
    QCOMPARE(after.decision, QStringLiteral("too many"));
    QCOMPARE(after.left, 3);
}

void TestBatchQueries::resultsAreListedCallByCall()
{
    addMany(3);
    const qint64 batch = ask(wish());
    approveOnly(batch);
    // Of one of them something is given back in between.
    const auto taken =
        committed<ledger::Transfer>(*m_connection, [&](database::Transaction &transaction) {
            const auto what = ledger::lockRefundable(
                transaction,
                TransferId{count("SELECT charge_transfer_id FROM calls WHERE id = 2")});
            return ledger::refund(transaction, what.value(), usd(1), QStringLiteral("test:1"),
                                  kCause, m_clock.now());
        });
    QVERIFY(taken);
    handleAll();
    assembly::RefundPages pages(*m_pool, m_clock);
    const auto row = readNow(pages.loadBatches({api::BatchId{batch}})).first();
    QCOMPARE(row.state, QStringLiteral("done"));
    QCOMPARE(row.approvedBy, QStringList{QStringLiteral("finance")});
    QCOMPARE(row.done, 2);
    QCOMPARE(row.refused, 1);
    QCOMPARE(row.given, usd(4));
    const QString number = QString::number(batch);
    const auto calls = readNow(pages.listBatchCalls(whose({{"batch", number}})));
    QCOMPARE(calls.total, 3);
    QCOMPARE(calls.rows.first().call.value, 3); // the newest first
    const auto refused = readNow(
        pages.listBatchCalls(whose({{"batch", number}, {"state", QStringLiteral("refused")}})));
    QCOMPARE(refused.total, 1);
    QCOMPARE(refused.rows.first().call.value, 2);
    QCOMPARE(refused.rows.first().why, QStringLiteral("1.00 USD are left of what was paid"));
    QVERIFY(!refused.rows.first().refund && refused.rows.first().decidedAt);
    const auto given = readNow(pages.loadBatchCalls(api::BatchId{batch}, {{1}, {3}, {4711}}));
    QCOMPARE(given.size(), 2);
    QVERIFY(given.first().refund && given.first().state == u"done");
    QVERIFY(!given.first().customerName.isEmpty());
}

void TestBatchQueries::callsAreThoseOfOneBatch()
{
    assembly::RefundPages pages(*m_pool, m_clock);
    for (const api::PageQuery &query :
         {api::PageQuery{}, whose({{"state", QStringLiteral("done")}})}) {
        auto future = pages.listBatchCalls(query);
        future.waitForFinished();
        QCOMPARE(future.result().error().code, ErrorCode::BadInput);
    }
}

void TestBatchQueries::oneThatWaitsIsCountedOnTheOverview()
{
    addMany(2);
    assembly::OverviewPages overview(*m_pool, m_clock);
    QCOMPARE(readNow(overview.loadNumbers()).approvalsWaiting, 0);
    const qint64 batch = ask(wish());
    const auto waiting = readNow(overview.loadNumbers());
    QCOMPARE(waiting.approvalsWaiting, 1);
    QCOMPARE(waiting.approvalsWaitingSum, usd(4));
    QCOMPARE(approve(batch).state, QStringLiteral("done"));
    QCOMPARE(readNow(overview.loadNumbers()).approvalsWaiting, 0);
}

/// Whoever looks at the list sees it asked for, agreed to, running, and done.
void TestBatchQueries::everyStepIsTold()
{
    addMany(2);
    Heard heard;
    const auto connection = openConnection(m_url, database::Role::Application, &heard);
    engine::Counters counters;
    engine::Worker worker(m_routes, m_clock, kInstallationKey, counters);
    qint64 batch = 0;
    const auto handle = [&] {
        for (auto pass = worker.runOnce(*connection); pass && pass->rows > 0;)
            pass = worker.runOnce(*connection);
        const core::Change ours = {.topic = Topic::Refund, .id = batch};
        return std::exchange(heard.all, {}).count(ours);
    };
    Json what = wish();
    what["hash"] = look(what).hash.toStdString();
    what["key"] = "outage-1";
    (void)submit(QStringLiteral("senior"), "refund.bulk.request", what, nextKey());
    (void)worker.runOnce(*connection);
    batch = count("SELECT id FROM refund_batches");
    QCOMPARE(handle(), 1);
    (void)submit(QStringLiteral("finance"), "refund.bulk.approve", agreement(batch), nextKey());
    QVERIFY(handle() >= 4); // agreed to, two customers, the end
    QCOMPARE(stateOf(batch), QStringLiteral("done"));
    const qint64 other = ask(wish({{"customer", kFirstOfMany}}), QStringLiteral("outage-2"));
    QCOMPARE(other, 0); // nothing is left to give back
}

void TestBatchQueries::whatAPlanCostIsRead()
{
    const qint64 transfer = addPaidPlan(*m_connection, kPayer);
    assembly::RefundPages pages(*m_pool, m_clock);
    const auto payment = readNow(pages.loadPlanPayment(TransferId{transfer}));
    QCOMPARE(payment.customer.value, kPayer);
    QCOMPARE(payment.plan, QStringLiteral("prime"));
    QVERIFY(payment.paid.isPositive() && payment.refunded.isZero());
    QVERIFY(payment.startsAt < payment.endsAt);
    auto nothing = pages.loadPlanPayment(TransferId{transfer + 1});
    nothing.waitForFinished();
    QCOMPARE(nothing.result().error().code, ErrorCode::NotFound);
}

REGISTER_TEST(TestBatchQueries);

} // namespace tst_batch_queries

#include "tst_batch_queries.moc"
