#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

#include <thread>

namespace tst_refunds_at_once {

using namespace tests;

/// Refunds that several people, or several servers, want at once.
class TestRefundsAtOnce final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void cleanup();
    void sixtyFourIdenticalSubmitsAreOneRefund();
    void sixtyFourWithKeysOfTheirOwnAreOneRefund();
    void refundsAtOnceCountInTheSumOfTheDay();

private:
    void handleAsAnotherServer() const
    {
        const auto connection = openConnection(m_url);
        engine::Counters counters;
        engine::Worker worker(m_routes, m_clock, kInstallationKey, counters);
        for (int idle = 0; idle < 3;) {
            const auto pass = worker.runOnce(*connection);
            idle += pass && pass->rows == 0 ? 1 : 0;
        }
    }
    /// Of a new customer.
    [[nodiscard]] qint64 paidCallOf(qint64 customer, Money charged);
    [[nodiscard]] qint64 refunded()
    {
        return count("SELECT coalesce(sum(available), 0) FROM transfers WHERE kind = 'refund'");
    }
};

/// Whatever was done, the books are sound.
void TestRefundsAtOnce::cleanup()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY(verified->isSound());
    QCOMPARE(count("SELECT count(*) FROM refunds WHERE state = 'done'"),
             count("SELECT count(*) FROM transfers WHERE kind = 'refund' AND request_key LIKE "
                   "'refund:%'"));
}

void TestRefundsAtOnce::sixtyFourIdenticalSubmitsAreOneRefund()
{
    const qint64 call = paidCall(usd(2));
    const Finished preview = command(QStringLiteral("support"), "refund.preview",
                                     refundOf(call, usd(1)), QStringLiteral("p"));
    const QString wish = QString::fromUtf8(
        core::toBytes(refundOf(call, usd(1), core::textMember(preview.answer, "hash").value())));
    std::atomic<int> recorded = 0;
    std::atomic<int> repeated = 0;
    inThreads(16, [&](int) {
        const auto console = openConnection(m_url, database::Role::Console);
        for (int i = 0; i < 4; ++i) {
            const auto rows =
                console->run(QStringLiteral("SELECT outcome FROM console.submit_command(?::bytea, "
                                            "'refund.execute', ?::jsonb, 'k')"),
                             {tokenOf(QStringLiteral("support")), wish});
            recorded += rows && rows->first().text("outcome") == QLatin1String("recorded") ? 1 : 0;
            repeated += rows && rows->first().text("outcome") == QLatin1String("repeat") ? 1 : 0;
        }
    });
    QCOMPARE(recorded.load(), 1);
    QCOMPARE(repeated.load(), 63);
    handleAll();
    QCOMPARE(resultOf(QStringLiteral("support"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(refunded(), usd(1).micros());
}

void TestRefundsAtOnce::sixtyFourWithKeysOfTheirOwnAreOneRefund()
{
    const qint64 call = paidCall(usd(2));
    const Finished preview = command(QStringLiteral("support"), "refund.preview",
                                     refundOf(call, usd(1)), QStringLiteral("p"));
    const Json wish = refundOf(call, usd(1), core::textMember(preview.answer, "hash").value());
    for (int i = 0; i < 64; ++i)
        QCOMPARE(submit(i % 2 ? QStringLiteral("support") : QStringLiteral("senior"),
                        "refund.execute", wish, QStringLiteral("k%1").arg(i))
                     .outcome,
                 QStringLiteral("recorded"));
    inThreads(4, [&](int) { handleAsAnotherServer(); });
    handleAll();
    QCOMPARE(count("SELECT count(*) FROM commands WHERE state = 'sent'"), 0);
    QCOMPARE(
        count("SELECT count(*) FROM commands WHERE kind = 'refund.execute' AND state = 'done'"), 1);
    QCOMPARE(count("SELECT count(*) FROM commands WHERE code = 'FiguresChanged'"), 63);
    QCOMPARE(refunded(), usd(1).micros());
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1);
}

qint64 TestRefundsAtOnce::paidCallOf(qint64 customer, Money charged)
{
    addCustomer(*m_connection, customer, QStringLiteral("Somebody"));
    const auto credited = credit(*m_connection, {.customer = CustomerId{customer},
                                                 .amount = usd(100),
                                                 .payment = QString::number(customer)});
    return credited ? addPaidCall(*m_connection, customer, charged) : 0;
}

void TestRefundsAtOnce::refundsAtOnceCountInTheSumOfTheDay()
{
    const QString support = QStringLiteral("support");
    for (const qint64 customer : {7201, 7202}) {
        const qint64 call = paidCallOf(customer, usd(10));
        for (const char *key : {"a", "b"})
            QCOMPARE(
                refund(support, call, usd(5), QString::number(customer) + QLatin1String(key)).state,
                QStringLiteral("done"));
    }
    // 5 of the day's 25 are left, and there are two who want them.
    std::vector<Json> wishes;
    for (const qint64 customer : {7203, 7204}) {
        const qint64 call = paidCallOf(customer, usd(5));
        const Finished preview =
            command(support, "refund.preview", refundOf(call, usd(5)), QString::number(customer));
        wishes.push_back(refundOf(call, usd(5), core::textMember(preview.answer, "hash").value()));
    }
    // Neither can write its own down before both have judged, unless one waits for the other.
    const auto blocker = openConnection(m_url, database::Role::Owner);
    const auto watcher = openConnection(m_url, database::Role::Owner);
    QVERIFY(blocker->runScript(QStringLiteral("BEGIN; LOCK TABLE refunds IN SHARE MODE")));
    std::vector<std::thread> servers;
    bool haveAllWaited = true;
    for (size_t i = 0; i < wishes.size(); ++i) {
        (void)submit(support, "refund.execute", wishes[i], QStringLiteral("at-once-%1").arg(i));
        servers.emplace_back([this] { handleAsAnotherServer(); });
        haveAllWaited &= becomes([&] {
            return number(*watcher,
                          QStringLiteral("(SELECT count(*) FROM pg_stat_activity WHERE datname = "
                                         "current_database() AND wait_event_type = 'Lock')")) ==
                   static_cast<qint64>(i) + 1;
        });
    }
    const auto released = blocker->runScript(QStringLiteral("ROLLBACK"));
    for (std::thread &server : servers)
        server.join();
    QVERIFY(released && haveAllWaited);
    QCOMPARE(column(*m_connection,
                    QStringLiteral(
                        "SELECT concat_ws(' ', state, nullif(code, '')) AS answer FROM commands "
                        "WHERE request_key LIKE 'at-once%' ORDER BY state")),
             (QStringList{QStringLiteral("done"), QStringLiteral("refused NeedsApproval")}));
    QCOMPARE(refunded(), usd(25).micros());
}

REGISTER_TEST(TestRefundsAtOnce);

} // namespace tst_refunds_at_once

#include "tst_refunds_at_once.moc"
