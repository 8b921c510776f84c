#include "calls/call_problems.h"
#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

namespace tst_customer_requests {

using namespace tests;

/// What becomes of a call that its customer reports.
class TestCustomerRequests final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void cleanup();
    void itWaitsForAPersonAndIsGivenBack();
    void itIsClosedWithoutARefund();
    void whatWasGivenBackMeanwhileIsAskedForOnceMoreByNobody();
    void oneThatWaitsIsEnough();
    void theSameReportTwiceIsOneRequest();
    void itWaitsAMonth();

private:
    /// As the bot does it.
    void report(qint64 call, const QString &reason, const QString &words = {});
    void post(qint64 call, const QString &reason, const QString &words, const QString &key);
    [[nodiscard]] Finished decide(const QString &who, const char *kind, qint64 refund);
    [[nodiscard]] QString told() // the newest
    {
        return text("SELECT payload::text AS answer FROM outbox WHERE method = 'sendMessage' ORDER "
                    "BY id DESC LIMIT 1");
    }
    int m_keys = 0;
};

void TestCustomerRequests::cleanup()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified && verified->isSound());
    QCOMPARE(count("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'"), 0);
}

void TestCustomerRequests::post(qint64 call, const QString &reason, const QString &words,
                                const QString &key)
{
    const std::vector<queue::NewEntry> entries = {
        {.source = queue::Source::Internal,
         .externalId = key,
         .lane = QStringLiteral("customer:%1").arg(kPayer),
         .kind = QStringLiteral("refund.asked"),
         .payload =
             core::toBytes({{"v", 1}, {"call", call}, {"reason", reason}, {"words", words}})}};
    QVERIFY(queue::record(*m_connection, entries, m_clock.now()));
    handleAll();
}

void TestCustomerRequests::report(qint64 call, const QString &reason, const QString &words)
{
    post(call, reason, words, QStringLiteral("asked-%1").arg(++m_keys));
}

OperatorStage::Finished TestCustomerRequests::decide(const QString &who, const char *kind,
                                                     qint64 refund)
{
    const QString key = QStringLiteral("decide-%1").arg(++m_keys);
    const Finished seen =
        command(who, "refund.preview", {{"v", 1}, {"refund", refund}}, key + u'p');
    return command(who, kind,
                   {{"v", 1},
                    {"refund", refund},
                    {"hash", core::textMember(seen.answer, "hash").value_or(QString())},
                    {"reason", "the call was as it should be"}},
                   key);
}

void TestCustomerRequests::itWaitsForAPersonAndIsGivenBack()
{
    const qint64 call = paidCall(usd(3));
    report(call, QStringLiteral("other"), QStringLiteral("no"));
    QCOMPARE(text("SELECT concat_ws(' ', state, amount, reason, note, requested_by IS NULL, "
                  "is_automatic) AS answer FROM refunds"),
             QStringLiteral("pending_approval 3000000 other the customer: no t f"));
    QCOMPARE(count("SELECT count(*) FROM transfers WHERE kind = 'refund'"), 0);
    const qint64 id = count("SELECT id FROM refunds");
    QCOMPARE(decide(QStringLiteral("support"), "refund.approve", id).code,
             QStringLiteral("NotAllowed"));
    QCOMPARE(decide(QStringLiteral("senior"), "refund.approve", id).state, QStringLiteral("done"));
    QCOMPARE(count("SELECT sum(available) FROM transfers WHERE kind = 'refund'"), 3'000'000);
    QVERIFY(told().contains(QStringLiteral("rembours")));
    QCOMPARE(text("SELECT operator_name AS answer FROM audit WHERE action = 'refund.asked'"),
             QStringLiteral("customer"));
}

void TestCustomerRequests::itIsClosedWithoutARefund()
{
    report(paidCall(usd(3)), QStringLiteral("bad_audio"));
    const qint64 id = count("SELECT id FROM refunds");
    QCOMPARE(decide(QStringLiteral("senior"), "refund.reject", id).state, QStringLiteral("done"));
    QCOMPARE(text("SELECT state AS answer FROM refunds"), QStringLiteral("rejected"));
    QVERIFY(told().contains(QStringLiteral("Nous avons examin\u00e9")));
    QVERIFY(!told().contains(QStringLiteral("as it should be"))); // that was for staff
}

void TestCustomerRequests::whatWasGivenBackMeanwhileIsAskedForOnceMoreByNobody()
{
    const qint64 call = paidCall(usd(3));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), QStringLiteral("r1")).state,
             QStringLiteral("done"));
    report(call, QStringLiteral("overcharged"));
    QCOMPARE(count("SELECT amount FROM refunds WHERE state = 'pending_approval'"), 2'000'000);
    const qint64 other = paidCall(usd(2));
    QCOMPARE(refund(QStringLiteral("support"), other, usd(2), QStringLiteral("r2")).state,
             QStringLiteral("done"));
    report(other, QStringLiteral("overcharged")); // nothing is left of it
    QCOMPARE(count("SELECT count(*) FROM refunds WHERE state = 'pending_approval'"), 1);
}

void TestCustomerRequests::oneThatWaitsIsEnough()
{
    const qint64 call = paidCall(usd(20));
    QCOMPARE(command(QStringLiteral("support"), "refund.request", refundOf(call, usd(20)),
                     QStringLiteral("r1"))
                 .state,
             QStringLiteral("done"));
    report(call, QStringLiteral("bad_audio"));
    QCOMPARE(count("SELECT count(*) FROM refunds"), 1);
}

void TestCustomerRequests::theSameReportTwiceIsOneRequest()
{
    const qint64 call = paidCall(usd(3));
    post(call, QStringLiteral("bad_audio"), {}, QStringLiteral("asked"));
    post(call, QStringLiteral("bad_audio"), {}, QStringLiteral("asked"));
    report(call, QStringLiteral("bad_audio"));
    QCOMPARE(count("SELECT count(*) FROM refunds"), 1);
}

void TestCustomerRequests::itWaitsAMonth()
{
    report(paidCall(usd(3)), QStringLiteral("bad_audio"));
    QCOMPARE(text("SELECT (expires_at - requested_at)::text AS answer FROM refunds"),
             QStringLiteral("30 days"));
}

REGISTER_TEST(TestCustomerRequests);

} // namespace tst_customer_requests

#include "tst_customer_requests.moc"
