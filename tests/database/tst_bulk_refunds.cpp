#include "queue/timers.h"
#include "tests/database/bulk_fixture.h"
#include "tests/support/test_main.h"

namespace tst_bulk_refunds {

using namespace tests;
using namespace std::chrono_literals;

/// Many calls refunded at once: found, shown, asked for, agreed to, given one by one.
class TestBulkRefunds final : public BulkStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void cleanup() { QCOMPARE(problems(), QString()); }
    void aDryRunSaysWhatAndWhyNot();
    void theQueryChoosesCalls_data();
    void theQueryChoosesCalls();
    void badQueriesAreRefused_data();
    void badQueriesAreRefused();
    void moreThanAPersonCanOverlookIsRefused();
    void theShareDecidesHowMuch_data();
    void theShareDecidesHowMuch();
    void theTotalDecidesWhoAgrees_data();
    void theTotalDecidesWhoAgrees();
    void whoAskedDoesNotAgree();
    void theTotalCountsInTheDayOfWhoAsked();
    void manyOfOneCustomerAreForFinance();
    void changedFiguresMakeItVoid();
    void newRulesMakeItVoid();
    void aNameIsGoodOnce();
    void aCallIsInOneBatchAtATime();
    void whoAskedTakesItBackAndOthersSayWhy();
    void nobodyDecidesInTimeAndItExpires();
    void aSoloAdminNeedsNobody();

private:
    void runSql(const char *sql)
    {
        const auto done = openConnection(m_url, database::Role::Owner)->run(QLatin1String(sql));
        QVERIFY2(done, done ? "" : qUtf8Printable(done.error().detail));
    }
};

void TestBulkRefunds::aDryRunSaysWhatAndWhyNot()
{
    addMany(4);
    QCOMPARE(refund(QStringLiteral("support"), 2, usd(2), nextKey()).state, QStringLiteral("done"));
    QCOMPARE(refund(QStringLiteral("support"), 3, usd(1), nextKey()).state, QStringLiteral("done"));
    QCOMPARE(
        command(QStringLiteral("support"), "refund.request", refundOf(4, usd(1)), nextKey()).state,
        QStringLiteral("done"));
    runSql("INSERT INTO calls (customer_id, request_key, script_version_id, to_number, consent, "
           "is_recorded, tier, state, disconnection_reason, asked_at, ended_at, cause_id) VALUES "
           "(7300, 'free', 1, '+14155550123', 'relationship', false, 'new', 'cancelled', "
           "'error_asr', now(), now() - interval '1 hour', 1)");
    const qint64 transfers = count("SELECT count(*) FROM transfers");
    const api::BulkRefundPreview seen = look(wish());
    QStringList rows;
    for (const api::BulkRefundRow &row : seen.rows)
        rows << QStringLiteral("%1: %2 of %3 %4")
                    .arg(row.call.value)
                    .arg(row.amount.toString(), row.paid.toString(), row.why)
                    .trimmed();
    QCOMPARE(rows.size(), 4);
    QCOMPARE(rows[0], QStringLiteral("1: 2.00 of 2.00"));
    QCOMPARE(rows[1], QStringLiteral("2: 0.00 of 2.00 all of it was given back"));
    QCOMPARE(rows[2], QStringLiteral("3: 1.00 of 2.00"));
    QVERIFY2(rows[3].endsWith(QStringLiteral("of it waits")), qUtf8Printable(rows[3]));
    QCOMPARE(seen.calls, 2);
    QCOMPARE(seen.customers, 2);
    QCOMPARE(seen.total, usd(3));
    QCOMPARE(seen.uncharged, 1);
    QCOMPARE(seen.needs, api::RefundNeeds::SeniorOrFinance);
    QVERIFY(!seen.mayApprove);
    QCOMPARE(count("SELECT count(*) FROM transfers"), transfers);
    QCOMPARE(count("SELECT count(*) FROM refund_batches"), 0);
}

void TestBulkRefunds::theQueryChoosesCalls_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<qint64>("calls");
    QTest::newRow("all of the day") << "{}" << qint64(4);
    QTest::newRow("another end") << R"({"disconnections": ["dial_busy"]})" << qint64(0);
    QTest::newRow("either end") << R"({"disconnections": ["dial_busy", "error_asr"]})" << qint64(4);
    QTest::newRow("a region") << R"({"regions": ["FR"]})" << qint64(1);
    QTest::newRow("two regions") << R"({"regions": ["FR", "US"]})" << qint64(4);
    QTest::newRow("a state") << R"({"states": ["ended"]})" << qint64(4);
    QTest::newRow("another state") << R"({"states": ["failed"]})" << qint64(0);
    QTest::newRow("a script") << R"({"script": 5})" << qint64(3);
    QTest::newRow("another script") << R"({"script": 6})" << qint64(0);
    QTest::newRow("a customer") << R"({"customer": 7301})" << qint64(1);
    QTest::newRow("a region of a customer")
        << R"({"customer": 7301, "regions": ["FR"]})" << qint64(0);
    QTest::newRow("another day")
        << R"({"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"})" << qint64(0);
}

void TestBulkRefunds::theQueryChoosesCalls()
{
    QFETCH(QString, query);
    QFETCH(qint64, calls);
    addMany(3);
    addFrenchCustomers(*m_connection, 7400, 1);
    addPaidCalls(*m_connection, 7400, 1, 1, usd(2), QStringLiteral("FR"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(QStringLiteral(
        "SET session_replication_role = replica; INSERT INTO scripts (id, customer_id, created_at, "
        "cause_id) OVERRIDING SYSTEM VALUE VALUES (5, 7300, now(), 1); INSERT INTO script_versions "
        "(id, script_id, number, name, purpose, language, voice, on_behalf_of, opening, goal, "
        "facts, questions, stop_when, created_at, cause_id) OVERRIDING SYSTEM VALUE VALUES (9, 5, "
        "1, 'n', 'p', 'en', 'v', 'A', 'Hello.', 'g', '', '[]', '', now(), 1); UPDATE calls SET "
        "script_version_id = 9 WHERE region = 'US'")));
    const api::BulkRefundPreview seen = look(wish(Json::parse(query.toStdString())));
    QCOMPARE(seen.hash.size(), 64);
    QCOMPARE(seen.calls, calls);
}

void TestBulkRefunds::badQueriesAreRefused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("code");
    QTest::newRow("no time") << R"({"query": {"from": "yesterday"}})"
                             << "BadInput";
    QTest::newRow("backwards")
        << R"({"query": {"from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}})"
        << "BadInput";
    QTest::newRow("the future")
        << R"({"query": {"from": "2999-01-01T00:00:00Z", "to": "2999-01-02T00:00:00Z"}})"
        << "BadInput";
    QTest::newRow("a year")
        << R"({"query": {"from": "2025-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}})"
        << "BadInput";
    QTest::newRow("no query") << R"({"query": null})"
                              << "BadInput";
    QTest::newRow("a list of numbers") << R"({"query": {"regions": [1]}})"
                                       << "BadInput";
    QTest::newRow("no share") << R"({"share": "most"})"
                              << "BadInput";
    QTest::newRow("an amount of nothing") << R"({"share": "amount", "each": 0})"
                                          << "BadInput";
    QTest::newRow("no reason") << R"({"reason": "because"})"
                               << "BadInput";
    QTest::newRow("other without words") << R"({"reason": "other"})"
                                         << "BadInput";
    QTest::newRow("a short name") << R"({"key": "ab"})"
                                  << "BadInput";
    QTest::newRow("no such batch") << R"({"batch": 4711})"
                                   << "NotFound";
    QTest::newRow("nothing to give") << R"({"query": {"regions": ["ZZ"]}})"
                                     << "NotFound";
    QTest::newRow("another hash") << R"({"hash": "00"})"
                                  << "FiguresChanged";
    QTest::newRow("no hash") << R"({"hash": null})"
                             << "FiguresChanged";
}

void TestBulkRefunds::badQueriesAreRefused()
{
    QFETCH(QString, change);
    QFETCH(QString, code);
    addMany(1);
    Json what = wish();
    what["key"] = "outage-1";
    const Json changes = Json::parse(change.toStdString());
    what["hash"] = look(what).hash.toStdString();
    what.merge_patch(changes);
    QCOMPARE(command(QStringLiteral("senior"), "refund.bulk.request", what, nextKey()).code, code);
    QCOMPARE(count("SELECT count(*) FROM refund_batches"), 0);
}

void TestBulkRefunds::moreThanAPersonCanOverlookIsRefused()
{
    addMany(1, 2001, Money::fromMicros(1000));
    QCOMPARE(command(QStringLiteral("senior"), "refund.bulk.preview", wish(), nextKey()).code,
             QStringLiteral("TooMany"));
}

void TestBulkRefunds::theShareDecidesHowMuch_data()
{
    QTest::addColumn<QString>("share");
    QTest::addColumn<QString>("total"); // of three calls of 2.00, one with 0.50 left
    QTest::newRow("full") << R"({"share": "full"})"
                          << "4.50";
    QTest::newRow("half") << R"({"share": "half"})"
                          << "2.50";
    QTest::newRow("an amount") << R"({"share": "amount", "each": 700000})"
                               << "1.90";
    QTest::newRow("more than was paid") << R"({"share": "amount", "each": 7000000})"
                                        << "4.50";
}

void TestBulkRefunds::theShareDecidesHowMuch()
{
    QFETCH(QString, share);
    QFETCH(QString, total);
    addMany(3);
    QCOMPARE(refund(QStringLiteral("support"), 2, Money::fromCents(1'50), nextKey()).state,
             QStringLiteral("done"));
    Json what = wish();
    what.update(Json::parse(share.toStdString()));
    QCOMPARE(look(what).total.toString(), total);
    const qint64 before = refunded();
    const qint64 batch = ask(what);
    QCOMPARE(approve(batch).state, QStringLiteral("done"));
    QCOMPARE(Money::fromMicros(refunded() - before).toString(), total);
    QCOMPARE(stateOf(batch), QStringLiteral("done"));
}

void TestBulkRefunds::theTotalDecidesWhoAgrees_data()
{
    QTest::addColumn<qint64>("cents"); // of each of ten calls
    QTest::addColumn<QString>("needs");
    QTest::addColumn<bool>("seniorSuffices");
    QTest::newRow("5.00") << qint64(50) << "senior_or_finance" << true;
    QTest::newRow("50.00") << qint64(5'00) << "senior_or_finance" << true;
    QTest::newRow("50.10") << qint64(5'01) << "finance" << false;
    QTest::newRow("500.00") << qint64(50'00) << "finance" << false;
    QTest::newRow("500.10") << qint64(50'01) << "two_people" << false;
}

void TestBulkRefunds::theTotalDecidesWhoAgrees()
{
    QFETCH(qint64, cents);
    QFETCH(QString, needs);
    QFETCH(bool, seniorSuffices);
    addMany(10, 1, Money::fromCents(cents));
    addOperator(QStringLiteral("senior2"), QStringLiteral("senior"));
    const qint64 batch = ask(wish());
    QCOMPARE(text("SELECT needs AS answer FROM refund_batches"), needs);
    const Finished first = approve(batch, QStringLiteral("senior2"));
    if (needs == QLatin1String("two_people")) {
        QCOMPARE(core::textMember(first.answer, "state"),
                 std::optional(QStringLiteral("approved")));
        QCOMPARE(refunded(), 0);
        QCOMPARE(approve(batch, QStringLiteral("senior2")).code, QStringLiteral("NeedsApproval"));
    } else {
        QCOMPARE(first.code, seniorSuffices ? QString() : QStringLiteral("NeedsApproval"));
    }
    if (!seniorSuffices)
        QCOMPARE(approve(batch).state, QStringLiteral("done"));
    QCOMPARE(refunded(), Money::fromCents(cents).micros() * 10);
    QCOMPARE(approve(batch).code, QStringLiteral("Settled"));
}

void TestBulkRefunds::whoAskedDoesNotAgree()
{
    addMany(2);
    const qint64 batch =
        core::integerMember(
            request(wish(), QStringLiteral("mine"), QStringLiteral("finance")).answer, "batch")
            .value_or(0);
    QCOMPARE(approve(batch, QStringLiteral("finance")).code, QStringLiteral("NeedsApproval"));
    QCOMPARE(request(wish(), QStringLiteral("other"), QStringLiteral("support")).code,
             QStringLiteral("NotAllowed"));
    QCOMPARE(refunded(), 0);
    QCOMPARE(approve(batch, QStringLiteral("senior")).state, QStringLiteral("done"));
}

void TestBulkRefunds::theTotalCountsInTheDayOfWhoAsked()
{
    addMany(13); // 26 USD, above what one gives back alone in a day
    const qint64 call = paidCall(usd(2));
    approveOnly(ask(wish({{"regions", {"US"}}})));
    QCOMPARE(results(), QStringLiteral("13 planned"));
    // What is agreed to and not given yet counts already.
    QCOMPARE(count("SELECT refund_day_total(3, now() - interval '1 day', 0)"), usd(26).micros());
    handleAll();
    QCOMPARE(count("SELECT refund_day_total(3, now() - interval '1 day', 0)"), usd(26).micros());
    QCOMPARE(refund(QStringLiteral("senior"), call, usd(1), nextKey()).code,
             QStringLiteral("NeedsApproval"));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), nextKey()).state,
             QStringLiteral("done"));
}

void TestBulkRefunds::manyOfOneCustomerAreForFinance()
{
    addMany(1, 3, Money::fromCents(10));
    const api::BulkRefundPreview seen = look(wish());
    QCOMPARE(seen.needs, api::RefundNeeds::Finance);
    QCOMPARE(seen.rule, QStringLiteral("refund number 3 of the customer in 30 days"));
}

void TestBulkRefunds::changedFiguresMakeItVoid()
{
    addMany(3);
    const qint64 batch = ask(wish());
    const Json agree = agreement(batch);
    QCOMPARE(refund(QStringLiteral("support"), 2, usd(1), nextKey()).state, QStringLiteral("done"));
    const Finished late =
        command(QStringLiteral("finance"), "refund.bulk.approve", agree, nextKey());
    QCOMPARE(late.code, QStringLiteral("FiguresChanged"));
    QCOMPARE(stateOf(batch), QStringLiteral("void"));
    QCOMPARE(results(), QStringLiteral("3 left"));
    QCOMPARE(refunded(), usd(1).micros());
    // A call that comes to match later is another matter, and changes nothing.
    const qint64 second = ask(wish(), QStringLiteral("outage-2"));
    addFrenchCustomers(*m_connection, 7400, 1);
    addPaidCalls(*m_connection, 7400, 1, 1, usd(2));
    QCOMPARE(approve(second).state, QStringLiteral("done"));
    QCOMPARE(refunded(), usd(6).micros());
}

void TestBulkRefunds::newRulesMakeItVoid()
{
    addMany(2);
    const qint64 batch = ask(wish());
    const Json agree = agreement(batch);
    QCOMPARE(command(QStringLiteral("finance"), "policy.refund_rules",
                     {{"v", 1}, {"small", 1'000'000}, {"reason", "more care"}}, nextKey())
                 .state,
             QStringLiteral("done"));
    QCOMPARE(command(QStringLiteral("finance"), "refund.bulk.approve", agree, nextKey()).code,
             QStringLiteral("FiguresChanged"));
    QCOMPARE(stateOf(batch), QStringLiteral("void"));
}

void TestBulkRefunds::aNameIsGoodOnce()
{
    addMany(2);
    QVERIFY(ask(wish({{"customer", kFirstOfMany}})) > 0);
    QCOMPARE(request(wish({{"customer", kFirstOfMany + 1}})).code, QStringLiteral("Duplicate"));
    QVERIFY(ask(wish({{"customer", kFirstOfMany + 1}}), QStringLiteral("outage-2")) > 0);
}

void TestBulkRefunds::aCallIsInOneBatchAtATime()
{
    addMany(2);
    const qint64 first = ask(wish({{"customer", kFirstOfMany}}));
    const api::BulkRefundPreview seen = look(wish());
    QCOMPARE(seen.calls, 1);
    QCOMPARE(seen.rows[0].why, QStringLiteral("batch %1 has it").arg(first));
    QCOMPARE(cancel(first, QStringLiteral("senior"), QString()).state, QStringLiteral("done"));
    QCOMPARE(look(wish()).calls, 2); // free again
}

void TestBulkRefunds::whoAskedTakesItBackAndOthersSayWhy()
{
    addMany(2);
    const qint64 first = ask(wish());
    QCOMPARE(cancel(first, QStringLiteral("finance"), QString()).code, QStringLiteral("BadInput"));
    QCOMPARE(cancel(first, QStringLiteral("finance"), QStringLiteral("the calls were fine")).state,
             QStringLiteral("done"));
    QCOMPARE(stateOf(first), QStringLiteral("rejected"));
    const qint64 second = ask(wish(), QStringLiteral("outage-2"));
    QCOMPARE(cancel(second, QStringLiteral("senior"), QString()).state, QStringLiteral("done"));
    QCOMPARE(stateOf(second), QStringLiteral("cancelled"));
    QCOMPARE(results(), QStringLiteral("4 left"));
    QCOMPARE(cancel(second, QStringLiteral("senior"), QString()).code, QStringLiteral("NotFound"));
    QCOMPARE(approve(second).code, QStringLiteral("Settled"));
}

void TestBulkRefunds::nobodyDecidesInTimeAndItExpires()
{
    addMany(2);
    const qint64 batch = ask(wish());
    for (const auto after : {1h, 25h}) {
        const auto fired = committed<int>(*m_connection, [&](database::Transaction &transaction) {
            return queue::fireDue(transaction, m_clock.now() + after);
        });
        QVERIFY(fired);
        handleAll();
        QCOMPARE(stateOf(batch),
                 after == 1h ? QStringLiteral("pending_approval") : QStringLiteral("expired"));
    }
    QCOMPARE(results(), QStringLiteral("2 left"));
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action = 'refund.bulk.expire'"), 1);
}

void TestBulkRefunds::aSoloAdminNeedsNobody()
{
    addMany(2);
    runSql("UPDATE operators SET is_active = false WHERE name <> 'admin'");
    runSql("UPDATE operator_settings SET is_solo = true");
    const QString admin = QStringLiteral("admin");
    const qint64 batch =
        core::integerMember(request(wish(), QStringLiteral("alone"), admin).answer, "batch")
            .value_or(0);
    QCOMPARE(approve(batch, admin).state, QStringLiteral("done"));
    QCOMPARE(text("SELECT concat_ws(' ', state, is_solo) AS answer FROM refund_batches"),
             QStringLiteral("done t"));
    QCOMPARE(refunded(), usd(4).micros());
}

REGISTER_TEST(TestBulkRefunds);

} // namespace tst_bulk_refunds

#include "tst_bulk_refunds.moc"
