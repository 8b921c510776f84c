#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

namespace tst_refunds_automatic {

using namespace tests;

/// What is given back without anybody who asks.
class TestRefundsAutomatic final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void cleanup();
    void whatFailedIsGivenBackAndTold();
    void theSameNewsTwiceIsOneRefund();
    void aPersonWasQuicker();
    void onlyTheRestIsGivenBack();
    void aboveTheCapAPersonIsAsked();
    void theDayOfACustomerIsCapped();
    void theDayOfAllIsCapped();
    void theDatabaseCountsItToo();
    void withoutAChargeNothingIsGiven();

private:
    void tell(qint64 call);
    void setRules(const Json &limits)
    {
        Json payload = {{"v", 1}, {"reason", "a test"}};
        payload.update(limits);
        QCOMPARE(commandOfTwo(QStringLiteral("finance"), QStringLiteral("admin"),
                              "policy.refund_rules", payload,
                              QStringLiteral("rules-%1").arg(++m_keys))
                     .state,
                 QStringLiteral("done"));
    }
    [[nodiscard]] qint64 refunded()
    {
        return count("SELECT coalesce(sum(available), 0) FROM transfers WHERE kind = 'refund'");
    }

    int m_keys = 0;
};

/// Whatever was done, the books are sound.
void TestRefundsAutomatic::cleanup()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY(verified->isSound());
    QCOMPARE(count("SELECT count(*) FROM inbox_waiting"), 0);
    QCOMPARE(count("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'"), 0);
}

/// As the calls post it, but for the key, so that it may come again.
void TestRefundsAutomatic::tell(qint64 call)
{
    const std::vector<queue::NewEntry> entries = {
        {.source = queue::Source::Internal,
         .externalId = QStringLiteral("automatic-%1").arg(++m_keys),
         .lane = QStringLiteral("customer:%1").arg(kPayer),
         .kind = QStringLiteral("refund.automatic"),
         .payload = core::toBytes({{"v", 1}, {"call", call}, {"why", "error_asr"}})}};
    QVERIFY(queue::record(*m_connection, entries, m_clock.now()));
    handleAll();
}

void TestRefundsAutomatic::whatFailedIsGivenBackAndTold()
{
    const qint64 call = paidCall(usd(3));
    tell(call);
    QCOMPARE(refunded(), usd(3).micros());
    QCOMPARE(text("SELECT concat_ws(' ', state, amount, reason, note, needs, rule, is_automatic, "
                  "requested_by) AS answer FROM refunds"),
             QStringLiteral("done 3000000 call_failed error_asr nobody automatic t"));
    QVERIFY(text("SELECT payload #>> '{parameters,text}' AS answer FROM outbox")
                .contains(QStringLiteral("remboursé")));
    QCOMPARE(text("SELECT concat_ws('|', operator_name, object, result, reason) AS answer FROM "
                  "audit"),
             QStringLiteral("automatic|call %1|done|error_asr").arg(call));
}

void TestRefundsAutomatic::theSameNewsTwiceIsOneRefund()
{
    const qint64 call = paidCall(usd(3));
    tell(call);
    tell(call);
    QCOMPARE(refunded(), usd(3).micros());
    QCOMPARE(count("SELECT count(*) FROM refunds"), 1);
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1);
}

void TestRefundsAutomatic::aPersonWasQuicker()
{
    const qint64 call = paidCall(usd(3));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(3), QStringLiteral("k")).state,
             QStringLiteral("done"));
    tell(call);
    QCOMPARE(refunded(), usd(3).micros());
    QCOMPARE(count("SELECT count(*) FROM refunds"), 1);
}

void TestRefundsAutomatic::onlyTheRestIsGivenBack()
{
    const qint64 call = paidCall(usd(3));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), QStringLiteral("k")).state,
             QStringLiteral("done"));
    tell(call);
    QCOMPARE(refunded(), usd(3).micros());
}

void TestRefundsAutomatic::aboveTheCapAPersonIsAsked()
{
    const qint64 call = paidCall(usd(6)); // 5 each
    tell(call);
    tell(call);
    QCOMPARE(refunded(), 0);
    QCOMPARE(text("SELECT concat_ws(' ', state, amount, needs, is_automatic, requested_by) AS "
                  "answer FROM refunds"),
             QStringLiteral("pending_approval 6000000 senior_or_finance t"));
    const qint64 id = count("SELECT id FROM refunds");
    const Finished preview = command(QStringLiteral("senior"), "refund.preview",
                                     {{"v", 1}, {"refund", id}}, QStringLiteral("p"));
    QCOMPARE(command(QStringLiteral("senior"), "refund.approve",
                     {{"v", 1},
                      {"refund", id},
                      {"hash", core::textMember(preview.answer, "hash").value_or(QString())}},
                     QStringLiteral("k"))
                 .state,
             QStringLiteral("done"));
    QCOMPARE(refunded(), usd(6).micros());
}

void TestRefundsAutomatic::theDayOfACustomerIsCapped()
{
    for (int i = 0; i < 3; ++i)
        tell(paidCall(usd(4))); // 10 a day
    QCOMPARE(refunded(), usd(8).micros());
    QCOMPARE(count("SELECT count(*) FROM refunds WHERE state = 'pending_approval'"), 1);
}

void TestRefundsAutomatic::theDayOfAllIsCapped()
{
    setRules({{"automatic_each", 3'000'000},
              {"automatic_customer_day", 5'000'000},
              {"automatic_day", 5'000'000}});
    addCustomer(*m_connection, 7201, QStringLiteral("Somebody"));
    QVERIFY(credit(
        *m_connection,
        {.customer = CustomerId{7201}, .amount = usd(100), .payment = QStringLiteral("7201")}));
    tell(paidCall(usd(3)));
    tell(addPaidCall(*m_connection, 7201, usd(3)));
    QCOMPARE(refunded(), usd(3).micros());
    tell(addPaidCall(*m_connection, 7201, usd(2)));
    QCOMPARE(refunded(), usd(5).micros());
}

void TestRefundsAutomatic::theDatabaseCountsItToo()
{
    const qint64 call = paidCall(usd(6));
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto given =
        committed<int>(*owner, [&](database::Transaction &transaction) -> Result<int> {
            const auto made = transaction.run(
                QStringLiteral(
                    "INSERT INTO transfers (customer_id, at, cause_id, available, platform, "
                    "platform_amount, refunds_id, kind, request_key) SELECT customer_id, "
                    "now(), 1, 6000000, 'revenue_calls', -6000000, charge_transfer_id, "
                    "'refund', 'refund:1' FROM calls WHERE id = ? RETURNING id"),
                {call});
            if (!made)
                return failure(made.error());
            const auto written = transaction.run(
                QStringLiteral(
                    "INSERT INTO refunds (id, call_id, customer_id, paid_transfer_id, "
                    "amount, reason, state, needs, rule, rules_version, is_automatic, "
                    "requested_at, decided_at, transfer_id, cause_id) SELECT 1, id, "
                    "customer_id, charge_transfer_id, 6000000, 'call_failed', 'done', "
                    "'nobody', 'test', 1, true, now(), now(), ?, 1 FROM calls WHERE id = ?"),
                {made->first().integer("id"), call});
            return written ? Result<int>(1) : failure(written.error());
        });
    QVERIFY(!given);
    QVERIFY2(given.error().detail.contains(QStringLiteral("not allowed by the rules")),
             qUtf8Printable(given.error().detail));
    QCOMPARE(refunded(), 0);
}

void TestRefundsAutomatic::withoutAChargeNothingIsGiven()
{
    tell(4711);
    QCOMPARE(count("SELECT count(*) FROM refunds"), 0);
}

REGISTER_TEST(TestRefundsAutomatic);

} // namespace tst_refunds_automatic

#include "tst_refunds_automatic.moc"
