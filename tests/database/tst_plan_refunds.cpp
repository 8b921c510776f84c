#include "tests/database/operator_fixture.h"
#include "tests/support/paid_many.h"
#include "tests/support/test_main.h"

namespace tst_plan_refunds {

using namespace tests;

/// Giving back what a plan cost: the same way as of a call.
class TestPlanRefunds final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void cleanup();
    void aPartIsGivenBackAsThePreviewSaid();
    void theCustomerIsToldInTheirLanguageAndTheOperatorSeesIt();
    void itIsHandledOnTheCustomersLane();
    void theSumOfPartsIsWhatWasPaidAtMost();
    void limitsAskForAnotherPerson_data();
    void limitsAskForAnotherPerson();
    void anotherPersonAgrees();
    void aRefundIsTakenBack();
    void badWishesAreRefused_data();
    void badWishesAreRefused();
    void sixtyFourAtOnceAreOneRefund();
    void theDatabaseRefuses_data();
    void theDatabaseRefuses();

private:
    [[nodiscard]] static Json planRefund(qint64 payment, Money amount, const QString &hash = {})
    {
        return {{"v", 1},
                {"payment", payment},
                {"amount", amount.micros()},
                {"reason", "plan_not_used"},
                {"note", ""},
                {"hash", hash}};
    }
    /// As the dialog does it: looked at, then given with what was shown.
    [[nodiscard]] Finished give(const char *kind, qint64 payment, Money amount)
    {
        const QString support = QStringLiteral("support");
        const Finished seen =
            command(support, "refund.preview", planRefund(payment, amount), nextKey());
        if (seen.state != QLatin1String("done"))
            return seen;
        return command(support, kind,
                       planRefund(payment, amount, core::textMember(seen.answer, "hash").value()),
                       nextKey());
    }
    [[nodiscard]] qint64 refunded()
    {
        return count("SELECT coalesce(sum(available), 0) FROM transfers WHERE kind = 'refund'");
    }
    [[nodiscard]] QString nextKey() { return QStringLiteral("key-%1").arg(++m_keys); }

    int m_keys = 0;
};

/// Whatever was done, the books are sound.
void TestPlanRefunds::cleanup()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY(verified->isSound());
    QCOMPARE(count("SELECT count(*) FROM refunds WHERE state = 'done'"),
             count("SELECT count(*) FROM transfers WHERE kind = 'refund'"));
}

void TestPlanRefunds::aPartIsGivenBackAsThePreviewSaid()
{
    const qint64 payment = addPaidPlan(*m_connection, kPayer);
    const Money before = balance(*m_connection, kPayer).available;
    const auto preview = api::refundPreviewFromJson(
        command(QStringLiteral("support"), "refund.preview", planRefund(payment, usd(4)), nextKey())
            .answer);
    QVERIFY(preview);
    QCOMPARE(preview->paid, usd(30));
    QCOMPARE(preview->refundable, usd(30));
    QVERIFY(preview->mayExecute);
    QCOMPARE(preview->entries.size(), 2);
    QCOMPARE(preview->entries[0].account, QStringLiteral("revenue_plans"));
    QCOMPARE(preview->entries[0].amount, -usd(4));
    QCOMPARE(preview->entries[1].before->micros(), before.micros());
    QCOMPARE(refunded(), 0);
    QCOMPARE(give("refund.execute", payment, usd(4)).state, QStringLiteral("done"));
    QCOMPARE(balance(*m_connection, kPayer).available, *preview->entries[1].after);
    QCOMPARE(text("SELECT concat_ws('|', state, amount, reason, call_id, plan_period_id, "
                  "paid_transfer_id) AS answer FROM refunds"),
             QStringLiteral("done|4000000|plan_not_used|1|%1").arg(payment));
    // The plan keeps its state: only the money is another.
    QCOMPARE(text("SELECT state AS answer FROM subscriptions"), QStringLiteral("active"));
}

void TestPlanRefunds::theCustomerIsToldInTheirLanguageAndTheOperatorSeesIt()
{
    const qint64 payment = addPaidPlan(*m_connection, kPayer);
    const auto preview = api::refundPreviewFromJson(
        command(QStringLiteral("support"), "refund.preview", planRefund(payment, usd(4)), nextKey())
            .answer);
    QVERIFY(preview);
    QVERIFY2(preview->operatorText.contains(QStringLiteral("plan Prime")),
             qUtf8Printable(preview->operatorText));
    const Finished done = give("refund.execute", payment, usd(4));
    const QString told = text("SELECT payload #>> '{parameters,text}' AS answer FROM outbox");
    QVERIFY2(told.contains(QStringLiteral("votre forfait Prime")), qUtf8Printable(told));
    QVERIFY(told.contains(
        QStringLiteral("T-%1").arg(core::integerMember(done.answer, "transfer").value())));
}

void TestPlanRefunds::itIsHandledOnTheCustomersLane()
{
    const qint64 payment = addPaidPlan(*m_connection, kPayer);
    QCOMPARE(give("refund.request", payment, usd(4)).state, QStringLiteral("done"));
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT DISTINCT lane AS answer FROM inbox")),
             QStringList(QStringLiteral("customer:%1").arg(kPayer)));
}

void TestPlanRefunds::theSumOfPartsIsWhatWasPaidAtMost()
{
    const qint64 payment = addPaidPlan(*m_connection, kPayer, 2); // a day of Prime: 10 USD
    for (const int dollars : {5, 5})
        QCOMPARE(give("refund.execute", payment, usd(dollars)).state, QStringLiteral("done"));
    QCOMPARE(give("refund.request", payment, Money::fromMicros(1)).code,
             QStringLiteral("AboveRefundable"));
    QCOMPARE(refunded(), usd(10).micros());
}

void TestPlanRefunds::limitsAskForAnotherPerson_data()
{
    QTest::addColumn<qint64>("dollars");
    QTest::addColumn<QString>("startedAgo");
    QTest::addColumn<QString>("needs");
    QTest::newRow("little") << qint64(5) << "1 hour"
                            << "nobody";
    QTest::newRow("more") << qint64(6) << "1 hour"
                          << "senior_or_finance";
    QTest::newRow("old") << qint64(1) << "32 days"
                         << "finance";
}

void TestPlanRefunds::limitsAskForAnotherPerson()
{
    QFETCH(qint64, dollars);
    QFETCH(QString, startedAgo);
    QFETCH(QString, needs);
    const qint64 payment = addPaidPlan(*m_connection, kPayer, 4, startedAgo);
    const Finished preview = command(QStringLiteral("support"), "refund.preview",
                                     planRefund(payment, usd(dollars)), nextKey());
    QCOMPARE(core::textMember(preview.answer, "needs"), std::optional(needs));
}

void TestPlanRefunds::anotherPersonAgrees()
{
    const qint64 payment = addPaidPlan(*m_connection, kPayer);
    const Finished asked = give("refund.request", payment, usd(30));
    const qint64 id = core::integerMember(asked.answer, "refund").value_or(0);
    const Finished seen =
        command(QStringLiteral("senior"), "refund.preview", {{"v", 1}, {"refund", id}}, nextKey());
    QCOMPARE(core::textMember(seen.answer, "hash"), core::textMember(asked.answer, "hash"));
    const Json agree = {
        {"v", 1}, {"refund", id}, {"hash", core::textMember(seen.answer, "hash").value()}};
    QVERIFY(command(QStringLiteral("support"), "refund.approve", agree, nextKey()).state !=
            QLatin1String("done"));
    QCOMPARE(command(QStringLiteral("senior"), "refund.approve", agree, nextKey()).state,
             QStringLiteral("done"));
    QCOMPARE(refunded(), usd(30).micros());
}

void TestPlanRefunds::aRefundIsTakenBack()
{
    const qint64 payment = addPaidPlan(*m_connection, kPayer);
    const Finished done = give("refund.execute", payment, usd(4));
    const Json wish = {{"v", 1},
                       {"refund", core::integerMember(done.answer, "refund").value()},
                       {"reason", "it was another customer's"}};
    const Finished asked = command(QStringLiteral("finance"), "refund.reverse", wish, nextKey());
    QCOMPARE(asked.state, QStringLiteral("done"));
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
    QCOMPARE(command(QStringLiteral("finance2"), "adjustment.approve",
                     {{"v", 1},
                      {"adjustment", core::integerMember(asked.answer, "adjustment").value()},
                      {"hash", core::textMember(asked.answer, "hash").value()}},
                     nextKey())
                 .state,
             QStringLiteral("done"));
    QCOMPARE(text("SELECT concat_ws(' ', platform, platform_amount) AS answer FROM transfers "
                  "WHERE kind = 'refund_reversal'"),
             QStringLiteral("revenue_plans 4000000"));
    const QString told =
        text("SELECT payload #>> '{parameters,text}' AS answer FROM outbox ORDER BY id DESC");
    QVERIFY2(told.contains(QStringLiteral("remboursement de votre forfait Prime")),
             qUtf8Printable(told));
}

void TestPlanRefunds::badWishesAreRefused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("code");
    QTest::newRow("a reason of calls") << R"({"reason": "bad_audio"})"
                                       << "BadInput";
    QTest::newRow("nothing") << R"({"amount": 0})"
                             << "BadInput";
    QTest::newRow("too much") << R"({"amount": 30000001})"
                              << "AboveRefundable";
    QTest::newRow("no such payment") << R"({"payment": 4711})"
                                     << "NotFound";
    QTest::newRow("what paid no plan") << R"({"payment": 1})" // the deposit
                                       << "NotFound";
}

void TestPlanRefunds::badWishesAreRefused()
{
    QFETCH(QString, change);
    QFETCH(QString, code);
    Json wish = planRefund(addPaidPlan(*m_connection, kPayer), usd(1));
    wish.update(Json::parse(change.toStdString()));
    for (const char *kind : {"refund.preview", "refund.execute", "refund.request"})
        QCOMPARE(command(QStringLiteral("support"), kind, wish, nextKey()).code, code);
    QCOMPARE(
        command(QStringLiteral("support"), "refund.preview",
                {{"v", 1}, {"call", paidCall(usd(2))}, {"amount", 1}, {"reason", "plan_not_used"}},
                nextKey())
            .code,
        QStringLiteral("BadInput"));
    QCOMPARE(refunded(), 0);
}

void TestPlanRefunds::sixtyFourAtOnceAreOneRefund()
{
    const qint64 payment = addPaidPlan(*m_connection, kPayer);
    const Finished seen = command(QStringLiteral("support"), "refund.preview",
                                  planRefund(payment, usd(4)), nextKey());
    const Json wish =
        planRefund(payment, usd(4), core::textMember(seen.answer, "hash").value_or(QString()));
    for (int i = 0; i < 64; ++i)
        QCOMPARE(submit(i % 2 ? QStringLiteral("support") : QStringLiteral("senior"),
                        "refund.execute", wish, QStringLiteral("at-once-%1").arg(i))
                     .outcome,
                 QStringLiteral("recorded"));
    inThreads(4, [&](int) {
        const auto connection = openConnection(m_url);
        engine::Counters counters;
        engine::Worker worker(m_routes, m_clock, kInstallationKey, counters);
        for (int idle = 0; idle < 3;) {
            const auto pass = worker.runOnce(*connection);
            idle += pass && pass->rows == 0 ? 1 : 0;
        }
    });
    handleAll();
    QCOMPARE(count("SELECT count(*) FROM commands WHERE request_key LIKE 'at-once%' AND state = "
                   "'done'"),
             1);
    QCOMPARE(refunded(), usd(4).micros());
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1);
}

void TestPlanRefunds::theDatabaseRefuses_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("words");
    QTest::newRow("of a call too") << "call_id = 1"
                                   << "another one";
    QTest::newRow("of nothing") << "plan_period_id = NULL"
                                << "another one";
    QTest::newRow("of another period") << "plan_period_id = 2"
                                       << "another one";
    QTest::newRow("of a batch") << "batch_id = 1"
                                << "another one";
    QTest::newRow("done without money") << "state = 'done'"
                                        << "";
}

void TestPlanRefunds::theDatabaseRefuses()
{
    QFETCH(QString, change);
    QFETCH(QString, words);
    const qint64 payment = addPaidPlan(*m_connection, kPayer);
    QCOMPARE(give("refund.request", payment, usd(30)).state, QStringLiteral("done"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto done = owner->run(QStringLiteral("UPDATE refunds SET ") + change);
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::ConstraintViolated);
    QVERIFY2(done.error().detail.contains(words), qUtf8Printable(done.error().detail));
    // Nor is one written that says it is of another payment than its period's.
    const auto written = owner->run(
        QStringLiteral("INSERT INTO refunds (id, plan_period_id, customer_id, paid_transfer_id, "
                       "amount, reason, state, needs, rule, requested_at, cause_id) SELECT 99, "
                       "plan_period_id, customer_id, 1, 1, 'other', 'pending_approval', 'nobody', "
                       "'', now(), 1 FROM refunds"));
    QVERIFY(!written);
    QVERIFY2(written.error().detail.contains(QStringLiteral("is not of what period")),
             qUtf8Printable(written.error().detail));
}

REGISTER_TEST(TestPlanRefunds);

} // namespace tst_plan_refunds

#include "tst_plan_refunds.moc"
