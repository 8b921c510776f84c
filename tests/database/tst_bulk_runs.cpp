#include "tests/database/bulk_fixture.h"
#include "tests/support/test_main.h"

namespace tst_bulk_runs {

using namespace tests;

/// A bulk refund that was agreed to, call by call: each once, whatever comes between.
class TestBulkRuns final : public BulkStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void cleanup() { QCOMPARE(problems(), QString()); }
    void eachCallIsGivenBackOnceAndToldOnce();
    void whatIsNotLeftIsRefusedAndTheOthersAreGiven();
    void fiftyOfOneCustomerAreThroughToo();
    void itIsStoppedInTheMiddle();
    void oneThatWaitsForAStopperIsDoneOrLeft();
    void aPartThatComesAgainDoesNothing();
    void whatTheServerCannotDoIsRefusedAndTheBatchEnds();
    void sixtyFourRequestsAreOneBatch();
    void sixtyFourApprovalsAreOneRun();
    void aThousandCallsAreGivenBackOnce();
    void theDatabaseRefuses_data();
    void theDatabaseRefuses();
    void theDatabaseRefusesAtOneThatRuns_data();
    void theDatabaseRefusesAtOneThatRuns();

private:
    /// Refused as a constraint, in words that contain these.
    void refusesAsOwner(const QString &statement, const QString &words);
};

void TestBulkRuns::eachCallIsGivenBackOnceAndToldOnce()
{
    addMany(3, 2);
    const Finished asked = request(wish());
    QCOMPARE(asked.state, QStringLiteral("done"));
    const qint64 batch = core::integerMember(asked.answer, "batch").value();
    QCOMPARE(refunded(), 0);
    const api::BulkRefundPreview seen =
        look({{"v", 1}, {"batch", batch}}, QStringLiteral("finance"));
    QVERIFY(seen.mayApprove);
    QCOMPARE(seen.hash, core::textMember(asked.answer, "hash").value()); // they see the same
    QCOMPARE(seen.calls, 6);
    const Finished agreed = approve(batch);
    QCOMPARE(core::textMember(agreed.answer, "state"), std::optional(QStringLiteral("running")));
    QCOMPARE(results(), QStringLiteral("6 done"));
    QCOMPARE(stateOf(batch), QStringLiteral("done"));
    QCOMPARE(refunded(), usd(12).micros());
    QCOMPARE(count("SELECT count(*) FROM outbox WHERE payload #>> '{parameters,text}' LIKE "
                   "'%rembours%'"),
             6);
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT DISTINCT concat_ws(' ', requested_by, approved_by, "
                                   "needs, reason, is_solo, batch_id) AS answer FROM refunds")),
             QStringList(QStringLiteral("3 4 senior_or_finance call_failed f %1").arg(batch)));
    QCOMPARE(
        column(*m_connection,
               QStringLiteral("SELECT action || '|' || object || '|' || reason AS answer "
                              "FROM audit ORDER BY id")),
        (QStringList{
            QStringLiteral("refund.bulk.request|batch %1|outage-1: 6 calls, 12.00 USD: "
                           "call_failed")
                .arg(batch),
            QStringLiteral("refund.bulk.approve|batch %1|").arg(batch),
            QStringLiteral("refund.bulk.done|batch %1|6 calls, 12.00 USD; 0 refused").arg(batch)}));
    // One row a customer, on that customer's lane.
    QCOMPARE(count("SELECT count(*) FROM inbox WHERE kind = 'refund.bulk.customer' AND lane = "
                   "'customer:' || (payload ->> 'customer')"),
             3);
}

void TestBulkRuns::whatIsNotLeftIsRefusedAndTheOthersAreGiven()
{
    addMany(3);
    const qint64 batch = ask(wish());
    approveOnly(batch);
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
    QCOMPARE(results(), QStringLiteral("2 done, 1 refused"));
    QCOMPARE(text("SELECT call_id || ': ' || why AS answer FROM refund_batch_rows WHERE state = "
                  "'refused'"),
             QStringLiteral("2: 1.00 USD are left of what was paid"));
    QCOMPARE(stateOf(batch), QStringLiteral("done"));
    QCOMPARE(refunded(), usd(5).micros());
    QCOMPARE(text("SELECT reason AS answer FROM audit WHERE action = 'refund.bulk.done'"),
             QStringLiteral("2 calls, 4.00 USD; 1 refused"));
}

/// As many as are done at once: there is nothing behind them.
void TestBulkRuns::fiftyOfOneCustomerAreThroughToo()
{
    addMany(1, 50, Money::fromCents(10));
    const qint64 batch = ask(wish());
    QCOMPARE(approve(batch).state, QStringLiteral("done"));
    QCOMPARE(results(), QStringLiteral("50 done"));
    QCOMPARE(stateOf(batch), QStringLiteral("done"));
}

void TestBulkRuns::itIsStoppedInTheMiddle()
{
    addMany(1, 120, Money::fromCents(10));
    const qint64 batch = ask(wish());
    approveOnly(batch);
    QVERIFY(m_worker->runOnce(*m_connection)); // the first fifty
    QCOMPARE(results(), QStringLiteral("50 done, 70 planned"));
    // An operator's lane goes first, so this comes before the next fifty.
    (void)submit(QStringLiteral("senior"), "refund.bulk.cancel",
                 {{"v", 1}, {"batch", batch}, {"reason", "the wrong day"}}, QStringLiteral("stop"));
    handleAll();
    const Finished stopped = resultOf(QStringLiteral("senior"), QStringLiteral("stop"));
    QCOMPARE(stopped.code, QString());
    QCOMPARE(core::integerMember(stopped.answer, "done").value_or(0), 50);
    QCOMPARE(core::integerMember(stopped.answer, "left").value_or(0), 70);
    QCOMPARE(stateOf(batch), QStringLiteral("cancelled"));
    QCOMPARE(results(), QStringLiteral("50 done, 70 left"));
    QCOMPARE(refunded(), usd(5).micros());
    // What was left may be asked for again.
    QCOMPARE(look(wish()).calls, 70);
}

/// Stopping and giving at once, by servers of their own: every call is one or the other.
void TestBulkRuns::oneThatWaitsForAStopperIsDoneOrLeft()
{
    addMany(100);
    const qint64 batch = ask(wish());
    approveOnly(batch);
    (void)submit(QStringLiteral("senior"), "refund.bulk.cancel",
                 {{"v", 1}, {"batch", batch}, {"reason", "the wrong day"}}, QStringLiteral("stop"));
    handleWithThreads(4);
    const Finished stopped = resultOf(QStringLiteral("senior"), QStringLiteral("stop"));
    // It may have come too late.
    QVERIFY(stopped.state == QLatin1String("done") || stopped.code == QLatin1String("NotFound"));
    QCOMPARE(stateOf(batch), stopped.state == QLatin1String("done") ? QStringLiteral("cancelled")
                                                                    : QStringLiteral("done"));
    QCOMPARE(count("SELECT count(*) FROM refund_batch_rows WHERE state IN ('done', 'left')"), 100);
}

void TestBulkRuns::aPartThatComesAgainDoesNothing()
{
    addMany(2);
    const qint64 batch = ask(wish());
    QCOMPARE(approve(batch).state, QStringLiteral("done"));
    for (const char *kind : {"refund.bulk.customer", "refund.bulk.finish"}) {
        const queue::NewEntry again = {
            .source = queue::Source::Internal,
            .externalId = QStringLiteral("again:") + QLatin1String(kind),
            .lane = QStringLiteral("customer:%1").arg(kFirstOfMany),
            .kind = QString::fromLatin1(kind),
            .payload = core::toBytes({{"v", 1}, {"batch", batch}, {"customer", kFirstOfMany}})};
        QVERIFY(queue::record(*m_connection, std::span(&again, 1), m_clock.now()));
    }
    handleAll();
    QCOMPARE(refunded(), usd(4).micros());
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action = 'refund.bulk.done'"), 1);
}

/// After the last try of a customer's part.
void TestBulkRuns::whatTheServerCannotDoIsRefusedAndTheBatchEnds()
{
    addMany(2);
    const qint64 batch = ask(wish());
    approveOnly(batch);
    const engine::Route *part = m_routes.find(QStringLiteral("refund.bulk.customer"));
    QVERIFY(part && part->whenDead);
    const engine::Event event = {
        .id = kCause,
        .externalId = {},
        .lane = QStringLiteral("customer:%1").arg(kFirstOfMany),
        .kind = part->kind,
        .payload = {{"v", 1}, {"batch", batch}, {"customer", kFirstOfMany}},
        .receivedAt = m_clock.now(),
        .cause = {}};
    const auto told =
        committed<int>(*m_connection, [&](database::Transaction &transaction) -> Result<int> {
            engine::Context context(transaction, event, kInstallationKey);
            const auto handled = part->whenDead(event, context);
            return handled ? Result<int>(1) : failure(handled.error());
        });
    QVERIFY(told);
    QCOMPARE(results(), QStringLiteral("1 planned, 1 refused"));
    handleAll();
    QCOMPARE(results(), QStringLiteral("1 done, 1 refused"));
    QCOMPARE(stateOf(batch), QStringLiteral("done"));
    QCOMPARE(refunded(), usd(2).micros());
}

void TestBulkRuns::sixtyFourRequestsAreOneBatch()
{
    addMany(5);
    Json what = wish();
    what["hash"] = look(what).hash.toStdString();
    what["key"] = "outage-1";
    addOperator(QStringLiteral("senior2"), QStringLiteral("senior"));
    for (int i = 0; i < 64; ++i)
        QCOMPARE(submit(i % 2 ? QStringLiteral("senior") : QStringLiteral("senior2"),
                        "refund.bulk.request", what, QStringLiteral("at-once-%1").arg(i))
                     .outcome,
                 QStringLiteral("recorded"));
    handleWithThreads(4);
    QCOMPARE(count("SELECT count(*) FROM commands WHERE request_key LIKE 'at-once%' AND state = "
                   "'done'"),
             1);
    QCOMPARE(count("SELECT count(*) FROM commands WHERE code = 'Duplicate'"), 63);
    QCOMPARE(results(), QStringLiteral("5 planned"));
}

void TestBulkRuns::sixtyFourApprovalsAreOneRun()
{
    addMany(20);
    const qint64 batch = ask(wish());
    const Json agree = agreement(batch);
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
    for (int i = 0; i < 64; ++i)
        QCOMPARE(submit(i % 2 ? QStringLiteral("finance") : QStringLiteral("finance2"),
                        "refund.bulk.approve", agree, QStringLiteral("at-once-%1").arg(i))
                     .outcome,
                 QStringLiteral("recorded"));
    handleWithThreads(4);
    QCOMPARE(count("SELECT count(*) FROM commands WHERE request_key LIKE 'at-once%' AND state = "
                   "'done'"),
             1);
    QCOMPARE(count("SELECT count(*) FROM commands WHERE code = 'Settled'"), 63);
    QCOMPARE(count("SELECT count(*) FROM refund_batch_approvals"), 1);
    QCOMPARE(results(), QStringLiteral("20 done"));
    QCOMPARE(refunded(), usd(40).micros());
    QCOMPARE(count("SELECT count(*) FROM outbox"), 20);
    QCOMPARE(stateOf(batch), QStringLiteral("done"));
}

void TestBulkRuns::aThousandCallsAreGivenBackOnce()
{
    addMany(500, 2, Money::fromCents(25));
    const qint64 batch = ask(wish());
    QCOMPARE(look({{"v", 1}, {"batch", batch}}, QStringLiteral("finance")).calls, 1000);
    const Json agree = agreement(batch);
    (void)submit(QStringLiteral("finance"), "refund.bulk.approve", agree, QStringLiteral("go"));
    handleWithThreads(4);
    QCOMPARE(resultOf(QStringLiteral("finance"), QStringLiteral("go")).code, QString());
    QCOMPARE(results(), QStringLiteral("1000 done"));
    QCOMPARE(stateOf(batch), QStringLiteral("done"));
    QCOMPARE(refunded(), usd(250).micros());
    QCOMPARE(count("SELECT count(DISTINCT refunds_id) FROM transfers WHERE kind = 'refund'"), 1000);
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1000);
}

void TestBulkRuns::refusesAsOwner(const QString &statement, const QString &words)
{
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto done = owner->run(statement);
    QVERIFY(!done);
    QVERIFY2(done.error().detail.contains(words), qUtf8Printable(done.error().detail));
}

void TestBulkRuns::theDatabaseRefuses_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *statement, const char *words) {
        QTest::newRow(name) << QString::fromLatin1(statement) << QString::fromLatin1(words);
    };
    const auto agree = [](const char *name, const char *values, const char *words) {
        QTest::newRow(name) << QStringLiteral("INSERT INTO refund_batch_approvals (batch_id, "
                                              "place, approver_id, session_id, hash, at, "
                                              "cause_id) SELECT id, %1 FROM refund_batches")
                                   .arg(QLatin1String(values))
                            << QString::fromLatin1(words);
    };
    row("begun by nobody", "UPDATE refund_batches SET state = 'running', started_at = now()",
        "is not agreed to");
    row("agreed by nobody", "UPDATE refund_batches SET state = 'approved'", "nobody has agreed");
    row("alone where there are several",
        "UPDATE refund_batches SET state = 'running', started_at = now(), is_solo = true",
        "is not agreed to");
    row("done at once",
        "UPDATE refund_batches SET state = 'done', started_at = now(), ended_at = "
        "now()",
        "settled or another one");
    row("easier", "UPDATE refund_batches SET needs = 'senior_or_finance'",
        "settled or another one");
    row("more money", "UPDATE refund_batches SET total = total + 1", "settled or another one");
    row("other figures", "UPDATE refund_batches SET preview_hash = repeat('0', 64)",
        "settled or another one");
    row("another person", "UPDATE refund_batches SET requested_by = 4", "settled or another one");
    row("longer", "UPDATE refund_batches SET expires_at = expires_at + interval '1 hour'",
        "settled or another one");
    row("a name twice",
        "INSERT INTO refund_batches SELECT 9, batch_key, query, share, each, reason, note, calls, "
        "total, state, needs, rule, rules_version, preview_hash, requested_by, requested_session, "
        "requested_at, expires_at, is_solo, started_at, ended_at, ended_by, decision, cause_id "
        "FROM refund_batches",
        "batch_key_once");
    row("asked for by Support",
        "INSERT INTO refund_batches SELECT 9, 'another', query, share, each, reason, note, calls, "
        "total, state, needs, rule, rules_version, preview_hash, 2, 2, requested_at, expires_at, "
        "is_solo, started_at, ended_at, ended_by, decision, cause_id FROM refund_batches",
        "may not ask");
    row("a row of another amount", "UPDATE refund_batch_rows SET amount = 1",
        "settled or another one");
    row("a row that is done",
        "UPDATE refund_batch_rows SET state = 'refused', why = 'x', "
        "decided_at = now()",
        "is pending_approval");
    row("a row that is left", "UPDATE refund_batch_rows SET state = 'left', decided_at = now()",
        "is pending_approval");
    row("a row gone", "DELETE FROM refund_batch_rows", "");
    row("a batch gone", "DELETE FROM refund_batches", "");
    row("a refund of it",
        "WITH t AS (INSERT INTO transfers (customer_id, at, cause_id, available, platform, "
        "platform_amount, refunds_id, kind, request_key) SELECT customer_id, now(), 1, amount, "
        "'revenue_calls', -amount, paid_transfer_id, 'refund', 'refund:' || batch_id || ':' || "
        "call_id FROM refund_batch_rows LIMIT 1 RETURNING id) INSERT INTO refunds (id, call_id, "
        "customer_id, paid_transfer_id, amount, reason, state, needs, rule, rules_version, "
        "preview_hash, requested_by, requested_at, approved_by, decided_at, transfer_id, batch_id, "
        "cause_id) SELECT 99, x.call_id, x.customer_id, x.paid_transfer_id, x.amount, 'other', "
        "'done', b.needs, '', b.rules_version, b.preview_hash, b.requested_by, now(), 4, now(), "
        "t.id, b.id, 1 FROM t, refund_batches b JOIN (SELECT * FROM refund_batch_rows LIMIT 1) x "
        "ON x.batch_id = b.id",
        "not allowed by the rules");
    agree("by who asked", "1, 3, 3, preview_hash, now(), 1", "nobody_approves_their_own");
    agree("in another's session", "1, 4, 3, preview_hash, now(), 1", "nobody_approves_their_own");
    agree("without the role", "1, 2, 2, preview_hash, now(), 1", "may not agree");
    agree("by a Senior", "1, 6, 6, preview_hash, now(), 1", "may not agree");
    agree("the second first", "2, 4, 4, preview_hash, now(), 1", "has been agreed to");
    agree("to other figures", "1, 4, 4, repeat('0', 64), now(), 1", "has other figures");
    agree("too late", "1, 4, 4, preview_hash, now() + interval '25 hours', 1", "does not wait");
}

/// Whoever may write to the tables, money moves only where others have agreed.
void TestBulkRuns::theDatabaseRefuses()
{
    QFETCH(QString, statement);
    QFETCH(QString, words);
    addMany(30); // 60 USD: for Finance
    addOperator(QStringLiteral("senior2"), QStringLiteral("senior"));
    const qint64 batch = ask(wish());
    refusesAsOwner(statement, words);
    QCOMPARE(stateOf(batch), QStringLiteral("pending_approval"));
    QCOMPARE(refunded(), 0);
}

void TestBulkRuns::theDatabaseRefusesAtOneThatRuns_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("words");
    QTest::newRow("through before it is")
        << "UPDATE refund_batches SET state = 'done', ended_at = now()"
        << "is not through";
    QTest::newRow("back") << "UPDATE refund_batches SET state = 'approved'"
                          << "settled or another one";
    QTest::newRow("begun anew") << "UPDATE refund_batches SET started_at = now()"
                                << "settled or another one";
    QTest::newRow("another row")
        << "INSERT INTO refund_batch_rows (batch_id, call_id, customer_id, paid_transfer_id, "
           "amount, cause_id) SELECT b.id, c.id, c.customer_id, c.charge_transfer_id, 1, 1 FROM "
           "refund_batches b, calls c WHERE c.customer_id = 7100"
        << "is no row";
    QTest::newRow("done without a refund")
        << "UPDATE refund_batch_rows SET state = 'done', decided_at = now()"
        << "is not of call";
    QTest::newRow("left while it runs")
        << "UPDATE refund_batch_rows SET state = 'left', decided_at = now()"
        << "is running";
}

void TestBulkRuns::theDatabaseRefusesAtOneThatRuns()
{
    QFETCH(QString, statement);
    QFETCH(QString, words);
    addMany(3);
    (void)paidCall(usd(2));
    const qint64 batch = ask(wish());
    approveOnly(batch);
    refusesAsOwner(statement, words);
    QCOMPARE(results(), QStringLiteral("3 planned"));
    handleAll();
    QCOMPARE(results(), QStringLiteral("3 done"));
}

REGISTER_TEST(TestBulkRuns);

} // namespace tst_bulk_runs

#include "tst_bulk_runs.moc"
