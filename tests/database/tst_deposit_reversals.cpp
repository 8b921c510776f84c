#include "tests/database/review_fixture.h"
#include "tests/support/test_main.h"

namespace tst_deposit_reversals {

using namespace tests;

/// Deposits that were credited and turned out false: taken back by two people, once.
class TestDepositReversals final : public ReviewStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void itIsTakenBackByTwo();
    void whatIsSpentIsOwedAndPaidByTheNextDeposit();
    void whatIsSpentMeanwhileChangesNothing();
    void excessThatWasCreditedGoesTheSameWay();
    void nobodyApprovesTheirOwn();
    void onlyThoseWhoMay();
    void whatWaitsOrIsDoneIsNotAskedForAgain();
    void whatIsCreditedMeanwhileMakesItVoid();
    void onlyACreditedDepositIsTakenBack();
    void anExcessInSuspenseIsDecidedFirst();
    void reviewsOfTheCreditEndWithIt();
    void aPaymentAfterwardsIsSeen();
    void soloAdminDoesItAlone();
    void theSameRequestTwiceIsOne();
    void sixtyFourApprovalsAreOneTransfer();
    void theDatabaseRefusesASecondTime();

private:
    [[nodiscard]] static Json wish(qint64 deposit)
    {
        return {{"v", 1}, {"deposit", deposit}, {"reason", "the settlement failed for good"}};
    }
    /// Its number; 0: refused.
    [[nodiscard]] qint64 ask(qint64 deposit)
    {
        return core::integerMember(
                   command(m_senior, "deposit.reverse", wish(deposit), nextKey()).answer,
                   "adjustment")
            .value_or(0);
    }
    [[nodiscard]] Finished approve(const QString &who, qint64 id)
    {
        const Finished preview =
            command(who, "adjustment.preview", {{"v", 1}, {"adjustment", id}}, nextKey());
        return command(who, "adjustment.approve",
                       {{"v", 1},
                        {"adjustment", id},
                        {"hash", core::textMember(preview.answer, "hash").value_or(QString())}},
                       nextKey());
    }
    [[nodiscard]] qint64 credited(const char *transaction = "tx-a")
    {
        const qint64 id = toAddress();
        pay(id, "1", transaction);
        return id;
    }
    void spend(Money amount)
    {
        QVERIFY(m_connection->run(
            QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, platform, "
                           "platform_amount, kind, request_key) VALUES (?::bigint, now(), 1, "
                           "-(?::bigint), 'revenue_plans', ?, 'plan', ?)"),
            {kAsha, amount.micros(), amount.micros(), nextKey()}));
    }
    [[nodiscard]] Money debt() { return balance(*m_connection, kAsha).debt; }
    [[nodiscard]] QString nextKey() { return QStringLiteral("key-%1").arg(++m_keys); }

    int m_keys = 0;
};

void TestDepositReversals::init()
{
    startReviews();
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
}

void TestDepositReversals::cleanup()
{
    checkBooks();
    QCOMPARE(count("SELECT count(*) FROM adjustments WHERE state = 'done'"),
             count("SELECT count(*) FROM transfers WHERE kind = 'deposit_reversal'"));
    QCOMPARE(count("SELECT count(*) FROM deposits WHERE state = 'reversed'"),
             count("SELECT count(*) FROM transfers WHERE kind = 'deposit_reversal'"));
}

void TestDepositReversals::itIsTakenBackByTwo()
{
    const qint64 id = credited();
    const auto preview = api::refundPreviewFromJson(
        command(m_senior, "adjustment.preview", wish(id), nextKey()).answer);
    QVERIFY(preview);
    QVERIFY(!preview->mayExecute);
    QVERIFY(preview->customerText.contains(QStringLiteral("repris")));
    QCOMPARE(available(), kAsked);
    const qint64 asked = ask(id);
    QVERIFY(asked > 0);
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(approve(m_finance, asked).state, QStringLiteral("done"));
    QCOMPARE(state(id), QStringLiteral("reversed"));
    QCOMPARE(available(), Money());
    QCOMPARE(debt(), Money());
    QCOMPARE(text("SELECT concat_ws(' ', kind, request_key, available, debt, platform, "
                  "platform_amount) AS answer FROM transfers ORDER BY id DESC LIMIT 1"),
             QStringLiteral("deposit_reversal deposit_reversal:%1 -50000000 0 dynopay_clearing "
                            "50000000")
                 .arg(id));
    QCOMPARE(told().last(), QStringLiteral("topup.reversed"));
    QCOMPARE(
        text("SELECT concat_ws(' ', kind, state, requested_by, approved_by, is_solo) AS answer "
             "FROM adjustments"),
        QStringLiteral("deposit_reversal done 3 4 f"));
    QCOMPARE(text("SELECT object AS answer FROM audit WHERE action = 'deposit.reverse'"),
             QStringLiteral("deposit %1").arg(id));
}

void TestDepositReversals::whatIsSpentIsOwedAndPaidByTheNextDeposit()
{
    const qint64 id = credited();
    spend(usd(35));
    QCOMPARE(approve(m_finance, ask(id)).state, QStringLiteral("done"));
    QCOMPARE(available(), Money());
    QCOMPARE(debt(), usd(-35));
    QCOMPARE(told().last(), QStringLiteral("topup.reversed_owed"));
    QVERIFY(text("SELECT payload #>> '{parameters,text}' AS answer FROM outbox WHERE method = "
                 "'sendMessage' ORDER BY id DESC LIMIT 1")
                .contains(QStringLiteral("35")));
    (void)credited("tx-b");
    QCOMPARE(debt(), Money());
    QCOMPARE(available(), usd(15));
}

void TestDepositReversals::whatIsSpentMeanwhileChangesNothing()
{
    const qint64 id = credited();
    const qint64 asked = ask(id);
    spend(usd(20)); // between the two people
    QCOMPARE(approve(m_finance, asked).state, QStringLiteral("done"));
    QCOMPARE(debt(), usd(-20));
    QCOMPARE(available(), Money());
}

void TestDepositReversals::excessThatWasCreditedGoesTheSameWay()
{
    const qint64 id = toAddress();
    pay(id, "2");
    QCOMPARE(decide(m_finance, "credit_excess", review("excess"), nextKey()).state,
             QStringLiteral("done"));
    QCOMPARE(available(), kAsked + kAsked);
    QCOMPARE(approve(m_finance, ask(id)).state, QStringLiteral("done"));
    QCOMPARE(available(), Money());
    QCOMPARE(count("SELECT sum(amount) FROM entries WHERE account = 'dynopay_clearing' AND "
                   "customer_id IN (0, 7001)"),
             0);
}

void TestDepositReversals::nobodyApprovesTheirOwn()
{
    const qint64 id = credited();
    const Finished asked = command(m_finance, "deposit.reverse", wish(id), nextKey());
    const qint64 number = core::integerMember(asked.answer, "adjustment").value_or(0);
    QCOMPARE(approve(m_finance, number).code, QStringLiteral("NeedsApproval"));
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(approve(QStringLiteral("finance2"), number).state, QStringLiteral("done"));
}

void TestDepositReversals::onlyThoseWhoMay()
{
    const qint64 id = credited();
    for (const char *who : {"viewer", "support", "admin"})
        QCOMPARE(command(QLatin1String(who), "deposit.reverse", wish(id), nextKey()).code,
                 QStringLiteral("NotAllowed"));
    QCOMPARE(approve(m_senior, ask(id)).code, QStringLiteral("NotAllowed"));
    QCOMPARE(available(), kAsked);
}

void TestDepositReversals::whatWaitsOrIsDoneIsNotAskedForAgain()
{
    const qint64 id = credited();
    const qint64 asked = ask(id);
    QCOMPARE(command(m_finance, "deposit.reverse", wish(id), nextKey()).code,
             QStringLiteral("Settled"));
    QCOMPARE(approve(m_finance, asked).state, QStringLiteral("done"));
    QCOMPARE(command(m_finance, "deposit.reverse", wish(id), nextKey()).code,
             QStringLiteral("Settled"));
    QCOMPARE(approve(QStringLiteral("finance2"), asked).code, QStringLiteral("Settled"));
    // One that was rejected may be asked for again.
    const qint64 other = credited("tx-b");
    const qint64 rejected = ask(other);
    QCOMPARE(command(m_finance, "adjustment.reject",
                     {{"v", 1}, {"adjustment", rejected}, {"reason", "it has settled"}}, nextKey())
                 .state,
             QStringLiteral("done"));
    QVERIFY(ask(other) > 0);
}

void TestDepositReversals::whatIsCreditedMeanwhileMakesItVoid()
{
    const qint64 id = credited();
    tell(id, news("payment.settled", "0.5", "tx-second"));
    const qint64 asked = ask(id);
    QCOMPARE(decide(m_finance, "accept", review("second_payment"), nextKey()).state,
             QStringLiteral("done"));
    QCOMPARE(approve(m_finance, asked).code, QStringLiteral("FiguresChanged"));
    QCOMPARE(text("SELECT state AS answer FROM adjustments"), QStringLiteral("void"));
    QCOMPARE(approve(m_finance, ask(id)).state, QStringLiteral("done"));
    QCOMPARE(available(), Money());
}

void TestDepositReversals::onlyACreditedDepositIsTakenBack()
{
    const qint64 id = toAddress();
    QCOMPARE(command(m_senior, "deposit.reverse", wish(id), nextKey()).code,
             QStringLiteral("Settled"));
    QCOMPARE(command(m_senior, "deposit.reverse", wish(id + 100), nextKey()).code,
             QStringLiteral("NotFound"));
    Json noReason = wish(credited("tx-b"));
    noReason["reason"] = "short";
    QCOMPARE(command(m_senior, "deposit.reverse", noReason, nextKey()).code,
             QStringLiteral("BadInput"));
    QCOMPARE(command(m_senior, "refund.reverse", wish(id + 1), nextKey()).code,
             QStringLiteral("BadInput"));
    QCOMPARE(command(m_finance, "adjustment.request", wish(id + 1), nextKey()).code,
             QStringLiteral("BadInput"));
}

void TestDepositReversals::anExcessInSuspenseIsDecidedFirst()
{
    const qint64 id = toAddress();
    pay(id, "2");
    QCOMPARE(ask(id), 0);
    QCOMPARE(decide(m_finance, "refuse", review("excess"), nextKey()).state,
             QStringLiteral("done"));
    QCOMPARE(approve(m_finance, ask(id)).state, QStringLiteral("done"));
    QCOMPARE(count("SELECT sum(amount) FROM entries WHERE account = 'dynopay_clearing' AND "
                   "customer_id IN (0, 7001)"),
             0);
}

void TestDepositReversals::reviewsOfTheCreditEndWithIt()
{
    const qint64 id = credited();
    tell(id, news("payment.refunded", "1"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("refunded open")});
    QCOMPARE(approve(m_finance, ask(id)).state, QStringLiteral("done"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("refunded void")});
}

void TestDepositReversals::aPaymentAfterwardsIsSeen()
{
    const qint64 id = credited();
    QCOMPARE(approve(m_finance, ask(id)).state, QStringLiteral("done"));
    tell(id, news("payment.settled", "1"));
    answerStatus(id, statusBody("settled", "1"));
    QCOMPARE(available(), Money()); // not by itself
    QCOMPARE(reviews(id), QStringList{QStringLiteral("closed open")});
}

void TestDepositReversals::soloAdminDoesItAlone()
{
    const qint64 id = credited();
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operators SET is_active = false WHERE name <> 'admin'")));
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_settings SET is_solo = true")));
    const QString admin = QStringLiteral("admin");
    const Finished asked = command(admin, "deposit.reverse", wish(id), nextKey());
    QCOMPARE(approve(admin, core::integerMember(asked.answer, "adjustment").value_or(0)).state,
             QStringLiteral("done"));
    QCOMPARE(state(id), QStringLiteral("reversed"));
}

void TestDepositReversals::theSameRequestTwiceIsOne()
{
    const qint64 id = credited();
    const Finished first = command(m_senior, "deposit.reverse", wish(id), QStringLiteral("k"));
    const Finished again = command(m_senior, "deposit.reverse", wish(id), QStringLiteral("k"));
    QCOMPARE(again.answer, first.answer);
    QCOMPARE(count("SELECT count(*) FROM adjustments"), 1);
}

void TestDepositReversals::sixtyFourApprovalsAreOneTransfer()
{
    const qint64 id = credited();
    const qint64 asked = ask(id);
    const Finished preview =
        command(m_finance, "adjustment.preview", {{"v", 1}, {"adjustment", asked}}, nextKey());
    const Json settle = {{"v", 1}, {"adjustment", asked}, {"hash", preview.answer["hash"]}};
    for (int i = 0; i < 64; ++i)
        QCOMPARE(submit(i % 2 ? m_finance : QStringLiteral("finance2"), "adjustment.approve",
                        settle, QStringLiteral("at-once-%1").arg(i))
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
    QCOMPARE(count("SELECT count(*) FROM commands WHERE code = 'Settled'"), 63);
    QCOMPARE(available(), Money());
    QCOMPARE(told().count(QStringLiteral("topup.reversed")), 1);
}

void TestDepositReversals::theDatabaseRefusesASecondTime()
{
    const qint64 id = credited();
    const qint64 other = credited("tx-b");
    const qint64 open = toAddress();
    QCOMPARE(approve(m_finance, ask(id)).state, QStringLiteral("done"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto reversal = [&](const QString &key, Money amount) {
        return owner
            ->run(QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, "
                                 "platform, platform_amount, kind, request_key) VALUES "
                                 "(?::bigint, now(), 1, -(?::bigint), 'dynopay_clearing', ?, "
                                 "'deposit_reversal', ?)"),
                  {kAsha, amount.micros(), amount.micros(), key})
            .has_value();
    };
    const QString key = QStringLiteral("deposit_reversal:%1");
    QVERIFY(!reversal(key.arg(id), kAsked));               // again
    QVERIFY(!reversal(key.arg(open), kAsked));             // never credited
    QVERIFY(!reversal(key.arg(other), usd(49)));           // another amount
    QVERIFY(!reversal(key.arg(other + 100), kAsked));      // no deposit
    QVERIFY(!reversal(QStringLiteral("another"), kAsked)); // another key
    for (const char *sql :
         {"UPDATE deposits SET state = 'reversed' WHERE id = %1",
          "UPDATE deposits SET state = 'reversed', reversal_transfer_id = (SELECT "
          "reversal_transfer_id FROM deposits WHERE id = %2) WHERE id = %1",
          "UPDATE deposits SET state = 'credited', reversal_transfer_id = NULL WHERE id = %2",
          "UPDATE deposits SET state = 'credited' WHERE id = %2",
          "INSERT INTO adjustments SELECT id + 1000000, customer_id, kind, amount, refund_id, "
          "reason, 'pending_approval', preview_hash, requested_by, requested_session, "
          "requested_at, expires_at, NULL, NULL, NULL, false, NULL, '', NULL, cause_id, deposit_id "
          "FROM adjustments WHERE deposit_id = %2",
          "UPDATE adjustments SET deposit_id = %1"})
        QVERIFY2(!owner->run(QString::fromLatin1(sql)
                                 .replace(QLatin1String("%1"), QString::number(other))
                                 .replace(QLatin1String("%2"), QString::number(id))),
                 sql);
}

REGISTER_TEST(TestDepositReversals);

} // namespace tst_deposit_reversals

#include "tst_deposit_reversals.moc"
