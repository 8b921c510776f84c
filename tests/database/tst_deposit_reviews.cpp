#include "tests/database/review_fixture.h"
#include "tests/support/test_main.h"

namespace tst_deposit_reviews {

using namespace tests;

/// What people decide about deposits.
class TestDepositReviews final : public ReviewStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startReviews(); }
    void cleanup() { checkBooks(); }
    void tooLittleIsAcceptedAsAsked();
    void aPartIsCreditedAndNoMoreThanWasAsked();
    void refusedIsWrittenOffAndTold();
    void whatGoesOnByItselfNeedsNobody();
    void excessLeavesSuspenseForTheCustomer();
    void excessPaysADebtFirst();
    void refusedExcessLeavesSuspenseForClearing();
    void aSecondPaymentIsCreditedOnce();
    void aDisputedRestIsAtMostWhatWasAsked();
    void settlementThatFailedMayBeAccepted();
    void aSilentProviderLeavesItToAPerson();
    void aPreviewLeavesNothing();
    void withoutAPreviewNothingIsDone();
    void changedFiguresAreNotExecuted();
    void aDecisionNeedsAReason();
    void rolesAndAmountsDecideWhoMay_data();
    void rolesAndAmountsDecideWhoMay();
    void whatDoesNotFitTheReviewIsRefused_data();
    void whatDoesNotFitTheReviewIsRefused();
    void repeatingACommandGivesTheFirstAnswer();
    void sixtyFourAtOnceAreOneCredit();
    void afterItIsWrittenOffAPaymentIsStillSeen();
};

void TestDepositReviews::tooLittleIsAcceptedAsAsked()
{
    const qint64 id = toAddress();
    pay(id, "0.01");
    QCOMPARE(state(id), QStringLiteral("underpaid_review"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("underpaid open")});
    const Finished done = decide(m_finance, "accept", review("underpaid"), QStringLiteral("k"));
    QCOMPARE(done.state, QStringLiteral("done"));
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(reviews(id), QStringList{QStringLiteral("underpaid done")});
    QCOMPARE(
        text("SELECT request_key AS answer FROM transfers WHERE request_key <> 'deposit:made'"),
        QStringLiteral("deposit:pay-%1").arg(id));
    QCOMPARE(told().last(), QStringLiteral("topup.credited"));
    QCOMPARE(text("SELECT concat_ws(' ', action, object, result, reason) AS answer FROM audit "
                  "WHERE action = 'deposit.accept'"),
             QStringLiteral("deposit.accept review %1 done ticket 4711").arg(review("underpaid")));
    // The provider says it again: it is credited, and stays so.
    pay(id, "0.01");
    QCOMPARE(available(), kAsked);
}

void TestDepositReviews::aPartIsCreditedAndNoMoreThanWasAsked()
{
    const qint64 id = toAddress();
    pay(id, "0.01");
    const qint64 what = review("underpaid");
    QCOMPARE(decide(m_finance, "accept_part",
                    {{"review", what}, {"amount", (kAsked + usd(1)).micros()}}, QStringLiteral("a"))
                 .code,
             QStringLiteral("BadInput"));
    QCOMPARE(decide(m_finance, "accept_part", {{"review", what}, {"amount", usd(12).micros()}},
                    QStringLiteral("b"))
                 .state,
             QStringLiteral("done"));
    QCOMPARE(available(), usd(12));
    QCOMPARE(decide(m_finance, "accept", what, QStringLiteral("c")).code,
             QStringLiteral("Settled"));
}

void TestDepositReviews::refusedIsWrittenOffAndTold()
{
    const qint64 id = toAddress();
    pay(id, "0.01");
    QCOMPARE(decide(m_senior, "refuse", review("underpaid"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(state(id), QStringLiteral("written_off"));
    QCOMPARE(available(), Money());
    QCOMPARE(told().last(), QStringLiteral("topup.refused"));
    QCOMPARE(count("SELECT count(*) FROM transfers WHERE request_key <> 'deposit:made'"), 0);
}

void TestDepositReviews::whatGoesOnByItselfNeedsNobody()
{
    const qint64 id = toAddress();
    tell(id, news("payment.underpaid", "0.5"));
    answerStatus(id, statusBody("underpaid", "0.5"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("underpaid open")});
    pay(id, "0.5");
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("underpaid void")});
    QCOMPARE(decide(m_finance, "accept", review("underpaid"), QStringLiteral("k")).code,
             QStringLiteral("Settled"));
    QCOMPARE(available(), usd(25));
}

void TestDepositReviews::excessLeavesSuspenseForTheCustomer()
{
    const qint64 id = toAddress();
    pay(id, "2");
    QCOMPARE(state(id), QStringLiteral("overpaid_review"));
    QCOMPARE(suspense(), kAsked.micros());
    QCOMPARE(decide(m_finance, "accept", review("excess"), QStringLiteral("a")).code,
             QStringLiteral("BadInput"));
    QCOMPARE(decide(m_finance, "credit_excess", review("excess"), QStringLiteral("b")).state,
             QStringLiteral("done"));
    QCOMPARE(available(), kAsked + kAsked);
    QCOMPARE(suspense(), 0);
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(told().last(), QStringLiteral("topup.excess_credited"));
}

void TestDepositReviews::excessPaysADebtFirst()
{
    const qint64 id = toAddress();
    pay(id, "2");
    // What they had is spent, and they owe 20.
    QVERIFY(post(*m_connection, {.customer = CustomerId{kAsha},
                                 .kind = QStringLiteral("made_debt"),
                                 .requestKey = QStringLiteral("reversal:1"),
                                 .available = -kAsked,
                                 .debt = usd(-20),
                                 .platform = ledger::Platform::DynopayClearing,
                                 .platformAmount = kAsked + usd(20)}));
    QCOMPARE(decide(m_finance, "credit_excess", review("excess"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(balance(*m_connection, kAsha).debt, Money());
    QCOMPARE(available(), usd(30));
}

void TestDepositReviews::refusedExcessLeavesSuspenseForClearing()
{
    const qint64 id = toAddress();
    pay(id, "2");
    QCOMPARE(decide(m_finance, "refuse", review("excess"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(suspense(), 0);
    QCOMPARE(count("SELECT sum(amount) FROM entries WHERE account = 'dynopay_clearing' AND "
                   "customer_id <> 7100"),
             -kAsked.micros());
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(decide(m_finance, "credit_excess", review("excess"), QStringLiteral("l")).code,
             QStringLiteral("Settled"));
}

void TestDepositReviews::aSecondPaymentIsCreditedOnce()
{
    const qint64 id = toAddress();
    pay(id, "1");
    for (const char *event : {"payment.confirmed", "payment.settled", "payment.settled"})
        tell(id, news(event, "0.7", "tx-b"));
    QCOMPARE(state(id), QStringLiteral("overpaid_review"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("second_payment open")});
    QCOMPARE(decide(m_senior, "accept", review("second_payment"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(available(), kAsked + usd(35));
    QCOMPARE(state(id), QStringLiteral("credited"));
    // The same transaction is told of again: nobody is asked twice.
    tell(id, news("payment.settled", "0.7", "tx-b"));
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("second_payment done")});
    QCOMPARE(text("SELECT credited AS answer FROM deposits"), QStringLiteral("85000000"));
}

void TestDepositReviews::aDisputedRestIsAtMostWhatWasAsked()
{
    const qint64 id = toAddress();
    tell(id, news("payment.underpaid", "0.06"));
    tell(id, news("payment.settled", "1"));
    answerStatus(id, statusBody("settled", "1"));
    answerStatus(id, Json::object(), 404, true); // and nobody tells what the address had
    QCOMPARE(available(), usd(3));
    const qint64 what = review("disputed");
    QVERIFY(what > 0);
    QCOMPARE(decide(m_finance, "accept_part", {{"review", what}, {"amount", usd(48).micros()}},
                    QStringLiteral("a"))
                 .code,
             QStringLiteral("BadInput"));
    QCOMPARE(decide(m_finance, "accept", what, QStringLiteral("b")).state, QStringLiteral("done"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(state(id), QStringLiteral("credited"));
}

void TestDepositReviews::settlementThatFailedMayBeAccepted()
{
    const qint64 id = toAddress();
    tell(id, news("payment.settlement_failed", "1"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("provider_problem open")});
    QCOMPARE(decide(m_finance, "accept", review("provider_problem"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    Json recovered = news("payment.confirmed", "1");
    recovered["recovered"] = true;
    tell(id, recovered);
    answerStatus(id, statusBody("settled", "1"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(count("SELECT count(*) FROM transfers WHERE request_key <> 'deposit:made'"), 1);
}

void TestDepositReviews::aSilentProviderLeavesItToAPerson()
{
    const qint64 id = toAddress();
    tell(id, news("payment.settled", "1"));
    answerStatus(id, Json::object(), 500);
    QCOMPARE(reviews(id), QStringList());
    QVERIFY(m_connection->run(QStringLiteral("UPDATE deposits SET checks = 4")));
    answerStatus(id, Json::object(), 500);
    QCOMPARE(state(id), QStringLiteral("verifying"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("unverified open")});
    QCOMPARE(decide(m_finance, "accept", review("unverified"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    answerStatus(id, statusBody("settled", "1"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(state(id), QStringLiteral("credited"));
}

void TestDepositReviews::aPreviewLeavesNothing()
{
    const qint64 id = toAddress();
    pay(id, "2");
    const qint64 messages = count("SELECT count(*) FROM outbox");
    const Json wish = {
        {"review", review("excess")}, {"action", "credit_excess"}, {"reason", "ticket 4711"}};
    const Finished shown = command(m_finance, "deposit.preview", wish, QStringLiteral("p"));
    const auto preview = api::reviewPreviewFromJson(shown.answer);
    QVERIFY(preview);
    QVERIFY(preview->mayExecute);
    QCOMPARE(preview->amount, kAsked);
    QCOMPARE(preview->stateBefore, QStringLiteral("overpaid_review"));
    QCOMPARE(preview->stateAfter, QStringLiteral("credited"));
    QCOMPARE(preview->entries.size(), 2);
    QCOMPARE(preview->entries[0].account, QStringLiteral("suspense"));
    QCOMPARE(*preview->entries[1].before, kAsked);
    QCOMPARE(*preview->entries[1].after, kAsked + kAsked);
    QCOMPARE(preview->customerLanguage, QStringLiteral("fr"));
    QVERIFY(preview->customerText.contains(QStringLiteral("en trop")));
    QVERIFY(preview->operatorText.contains(QStringLiteral("beyond")));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("excess open")});
    QCOMPARE(state(id), QStringLiteral("overpaid_review"));
    QCOMPARE(count("SELECT count(*) FROM transfers WHERE request_key <> 'deposit:made'"), 1);
    QCOMPARE(count("SELECT count(*) FROM outbox"), messages);
}

void TestDepositReviews::withoutAPreviewNothingIsDone()
{
    const qint64 id = toAddress();
    pay(id, "0.01");
    for (const char *hash : {"", "0000"})
        QCOMPARE(command(m_finance, "deposit.accept",
                         {{"review", review("underpaid")}, {"reason", "why"}, {"hash", hash}},
                         QStringLiteral("k") + QLatin1String(hash))
                     .code,
                 QStringLiteral("FiguresChanged"));
    QCOMPARE(available(), Money());
    QCOMPARE(state(id), QStringLiteral("underpaid_review"));
}

void TestDepositReviews::changedFiguresAreNotExecuted()
{
    const qint64 id = toAddress();
    pay(id, "0.01");
    const Json wish = {
        {"review", review("underpaid")}, {"action", "accept"}, {"reason", "ticket 4711"}};
    const Finished shown = command(m_finance, "deposit.preview", wish, QStringLiteral("p"));
    tell(id, news("payment.settlement_failed", "0.01")); // its review is another one now
    QCOMPARE(command(m_finance, "deposit.accept",
                     {{"review", review("underpaid")},
                      {"reason", "ticket 4711"},
                      {"hash", core::textMember(shown.answer, "hash").value()}},
                     QStringLiteral("k"))
                 .code,
             QStringLiteral("Settled"));
    QCOMPARE(available(), Money());
}

void TestDepositReviews::aDecisionNeedsAReason()
{
    const qint64 id = toAddress();
    pay(id, "0.01");
    QCOMPARE(decide(m_finance, "accept", {{"review", review("underpaid")}, {"reason", " "}},
                    QStringLiteral("k"))
                 .code,
             QStringLiteral("BadInput"));
}

void TestDepositReviews::rolesAndAmountsDecideWhoMay_data()
{
    QTest::addColumn<QString>("who");
    QTest::addColumn<int>("times"); // what was asked for
    QTest::addColumn<QString>("code");
    QTest::newRow("senior, 50 USD") << "senior" << 1 << "";
    QTest::newRow("senior, 100 USD") << "senior" << 3 << "NotAllowed";
    QTest::newRow("finance, 100 USD") << "finance" << 3 << "";
    QTest::newRow("support") << "support" << 1 << "NotAllowed";
    QTest::newRow("viewer") << "viewer" << 1 << "NotAllowed";
    QTest::newRow("admin") << "admin" << 1 << "NotAllowed";
}

void TestDepositReviews::rolesAndAmountsDecideWhoMay()
{
    QFETCH(QString, who);
    QFETCH(int, times);
    QFETCH(QString, code);
    const qint64 id = toAddress();
    pay(id, times == 1 ? "2" : "3"); // 50 or 100 in suspense
    for (const char *action : {"credit_excess"}) {
        const Finished done = decide(who, action, review("excess"), QStringLiteral("k"));
        QCOMPARE(done.code, code);
        QCOMPARE(done.state, code.isEmpty() ? QStringLiteral("done") : QStringLiteral("refused"));
    }
    QCOMPARE(suspense(), code.isEmpty() ? 0 : kAsked.micros() * (times == 1 ? 1 : 2));
}

void TestDepositReviews::whatDoesNotFitTheReviewIsRefused_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QString>("code");
    QTest::newRow("no such review")
        << QByteArray("accept") << QByteArray(R"({"review":4711})") << "NotFound";
    QTest::newRow("no review") << QByteArray("accept") << QByteArray(R"({"review":null})")
                               << "NotFound";
    QTest::newRow("nothing in suspense")
        << QByteArray("credit_excess") << QByteArray("{}") << "BadInput";
    QTest::newRow("no amount") << QByteArray("accept_part") << QByteArray("{}") << "BadInput";
    QTest::newRow("negative") << QByteArray("accept_part") << QByteArray(R"({"amount":-1})")
                              << "BadInput";
    QTest::newRow("amount is a text")
        << QByteArray("accept_part") << QByteArray(R"({"amount":"much"})") << "BadInput";
    QTest::newRow("its customer is known")
        << QByteArray("match") << QByteArray(R"({"customer":7001,"amount":1,"payment":"0xabcdef"})")
        << "BadInput";
}

void TestDepositReviews::whatDoesNotFitTheReviewIsRefused()
{
    QFETCH(QByteArray, action);
    QFETCH(QByteArray, change);
    QFETCH(QString, code);
    const qint64 id = toAddress();
    pay(id, "0.01");
    Json payload = {{"review", review("underpaid")}};
    payload.update(Json::parse(change.toStdString()));
    QCOMPARE(decide(m_finance, action.constData(), payload, QStringLiteral("k")).code, code);
    QCOMPARE(state(id), QStringLiteral("underpaid_review"));
    QCOMPARE(count("SELECT count(*) FROM transfers WHERE request_key <> 'deposit:made'"), 0);
}

void TestDepositReviews::repeatingACommandGivesTheFirstAnswer()
{
    const qint64 id = toAddress();
    pay(id, "0.01");
    const Finished first = decide(m_finance, "accept", review("underpaid"), QStringLiteral("k"));
    Json wish = {{"v", 1}, {"review", review("underpaid")}, {"reason", "ticket 4711"}};
    const QString hash = text("SELECT payload ->> 'hash' AS answer FROM inbox WHERE kind = "
                              "'command.deposit.accept'");
    wish["hash"] = hash.toStdString();
    const Submitted again = submit(m_finance, "deposit.accept", wish, QStringLiteral("k"));
    QCOMPARE(again.outcome, QStringLiteral("repeat"));
    handleAll();
    const Finished second = resultOf(m_finance, QStringLiteral("k"));
    QCOMPARE(second.state, QStringLiteral("done"));
    QCOMPARE(second.answer, first.answer);
    QCOMPARE(available(), kAsked);
    QCOMPARE(state(id), QStringLiteral("credited"));
}

void TestDepositReviews::sixtyFourAtOnceAreOneCredit()
{
    const qint64 id = toAddress();
    pay(id, "2");
    const Json shown = {
        {"review", review("excess")}, {"action", "credit_excess"}, {"reason", "ticket 4711"}};
    const Finished preview = command(m_finance, "deposit.preview", shown, QStringLiteral("p"));
    const Json wish = {{"review", review("excess")},
                       {"reason", "ticket 4711"},
                       {"hash", core::textMember(preview.answer, "hash").value()}};
    for (int i = 0; i < 64; ++i)
        QCOMPARE(submit(i % 2 ? m_finance : m_senior, "deposit.credit_excess", wish,
                        QStringLiteral("k%1").arg(i))
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
    QCOMPARE(count("SELECT count(*) FROM commands WHERE state = 'sent'"), 0);
    QCOMPARE(count("SELECT count(*) FROM commands WHERE kind = 'deposit.credit_excess' AND state "
                   "= 'done'"),
             1);
    QCOMPARE(available(), kAsked + kAsked);
    QCOMPARE(suspense(), 0);
}

void TestDepositReviews::afterItIsWrittenOffAPaymentIsStillSeen()
{
    const qint64 id = toAddress();
    pay(id, "0.01");
    QCOMPARE(decide(m_finance, "refuse", review("underpaid"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    tell(id, news("payment.settled", "1", "tx-b"));
    QCOMPARE(state(id), QStringLiteral("written_off"));
    QCOMPARE(reviews(id),
             (QStringList{QStringLiteral("underpaid refused"), QStringLiteral("closed open")}));
    QCOMPARE(available(), Money());
}

REGISTER_TEST(TestDepositReviews);

} // namespace tst_deposit_reviews

#include "tst_deposit_reviews.moc"
