#include "tests/database/deposit_fixture.h"
#include "tests/support/test_main.h"

namespace tst_deposit_payments {

using namespace tests;

/// What is paid, however it is reported: credited once, and nothing of it goes unseen.
class TestDepositPayments final : public DepositStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void settledPaymentIsCreditedOnceAndShowsItsConfirmations();
    void anotherPaymentAfterTheCreditGoesToAPerson();
    void anotherPaymentThatNobodyConfirmsGoesToAPerson();
    void excessIsSeenThoughTheProviderRepeatsTheRequest();
    void leastOfTheReportsIsCredited();
    void tooLittleIsToldOnceHoweverOftenItIsReported();
    void partOfAPaymentIsCreditedAfterItsReview();
    void halfWaitsForAPersonWhenTheTimeIsOver();
    void overpaidDepositThatDidNotMatchIsCreditedOnce();
    void settlementThatFailedIsCreditedWhenItRecovers();
    void rateThatIsOffWaitsForAPerson();
    void refundByTheProviderAfterTheCreditIsNoted();
    void forgedEventHasNoEffect();
    void wordAboutAnAddressAloneCreditsNothing();
};

void TestDepositPayments::settledPaymentIsCreditedOnceAndShowsItsConfirmations()
{
    toAddress();
    pay("1");
    QCOMPARE(value("state"), QStringLiteral("credited"));
    answerStatus(statusBody("settled", "1"));
    for (int i = 0; i < 3; ++i)
        tell(news("payment.settled", "1"));
    QCOMPARE(transfers(), 1);
    QCOMPARE(balance(*m_connection, kAsha).available, kAsked);
    QCOMPARE(value("confirmations || '/' || confirmations_required"), QStringLiteral("2/6"));
    QCOMPARE(value("note"), QString());
    QCOMPARE(told(), QStringList{QStringLiteral("topup.credited")});
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM timers)")), 0);
    QCOMPARE(dead(), 0);
}

void TestDepositPayments::anotherPaymentAfterTheCreditGoesToAPerson()
{
    toAddress();
    pay("1");
    tell(news("payment.pending", "0.7", "tx-b"));
    QCOMPARE(value("state"), QStringLiteral("credited")); // not on the chain for good
    tell(news("payment.confirmed", "0.7", "tx-b"));
    tell(news("payment.settled", "0.7", "tx-b"));
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(value("note"), QStringLiteral("another payment came: 0.7 LTC, transaction tx-b"));
    QCOMPARE(transfers(), 1);
    QCOMPARE(told(),
             (QStringList{QStringLiteral("topup.credited"), QStringLiteral("topup.review")}));
    QCOMPARE(dead(), 0);
}

void TestDepositPayments::anotherPaymentThatNobodyConfirmsGoesToAPerson()
{
    toAddress();
    tell(news("payment.underpaid", "0.4", "tx-a"));
    answerStatus(statusBody("underpaid", "0.4"));
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    tell(news("payment.settled", "0.6", "tx-b"));
    answerStatus(statusBody("settled", "1")); // what was asked for, as it says whatever came
    answerAmount(Json::object(), 404);
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(balance(*m_connection, kAsha).available, Money::fromCents(20'00));
    QVERIFY(value("note").contains(QLatin1String("transaction tx-b")));
}

void TestDepositPayments::excessIsSeenThoughTheProviderRepeatsTheRequest()
{
    toAddress();
    tell(news("payment.settled", "2"));
    answerStatus(statusBody("settled", "1")); // "received" is what it expected
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(balance(*m_connection, kAsha).available, kAsked);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT sum(other_amount) FROM transfers)")),
             kAsked.micros());
}

void TestDepositPayments::leastOfTheReportsIsCredited()
{
    toAddress();
    tell(news("payment.underpaid", "0.06"));
    tell(news("payment.confirmed", "1")); // again what was asked
    tell(news("payment.settled", "1"));
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(transfers(), 0); // it may only repeat what was asked for: the address is asked about
    answerAmount(Json::object(), 404);
    QCOMPARE(balance(*m_connection, kAsha).available, Money::fromCents(3'00));
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(value("note"),
             QStringLiteral("credited by the lowest report, 0.06 LTC; another one said 1"));
}

void TestDepositPayments::tooLittleIsToldOnceHoweverOftenItIsReported()
{
    toAddress();
    pay("0.01");
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    for (int i = 0; i < 3; ++i)
        pay("0.01");
    for (int i = 0; i < 3; ++i)
        answerStatus(statusBody("settled", "0.01"));
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    QCOMPARE(told(), QStringList{QStringLiteral("topup.underpaid")});
    QCOMPARE(transfers(), 0);
    QCOMPARE(dead(), 0);
}

void TestDepositPayments::partOfAPaymentIsCreditedAfterItsReview()
{
    toAddress();
    tell(news("payment.underpaid", "0.5"));
    answerStatus(statusBody("underpaid", "0.5"));
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    tell(news("payment.confirmed", "0.5"));
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    tell(news("payment.settled", "0.5"));
    answerStatus(statusBody("settled", "0.5"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(balance(*m_connection, kAsha).available, Money::fromCents(25'00));
}

void TestDepositPayments::halfWaitsForAPersonWhenTheTimeIsOver()
{
    toAddress();
    Json half = news("payment.underpaid", "0.5");
    half.erase("txId");
    tell(half);
    answerStatus(statusBody("underpaid", "0.5"));
    wait(100h, 30min);
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    QCOMPARE(transfers(), 0);
    QCOMPARE(told(), QStringList());
    // Days later the rest: a person sees both.
    tell(news("payment.settled", "0.5", "tx-b"));
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(asked("getCryptoTransaction"), 0); // by now the address may serve another payment
    QCOMPARE(balance(*m_connection, kAsha).available, Money::fromCents(25'00));
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT concat_ws(' ', kind, state, suggested) "
                                                  "AS answer FROM deposit_reviews ORDER BY id")),
             (QStringList{QStringLiteral("underpaid void 25000000"),
                          QStringLiteral("disputed open 25000000")}));
    QCOMPARE(dead(), 0);
}

void TestDepositPayments::overpaidDepositThatDidNotMatchIsCreditedOnce()
{
    toAddress();
    Json other = statusBody("settled", "3");
    other["data"]["currency"] = "DOGE";
    answerStatus(other);
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
    for (int i = 0; i < 3; ++i)
        answerStatus(statusBody("settled", i == 0 ? "3" : "4"));
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(transfers(), 1);
    QCOMPARE(balance(*m_connection, kAsha).available, kAsked);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.overpaid")});
    QCOMPARE(dead(), 0);
}

void TestDepositPayments::settlementThatFailedIsCreditedWhenItRecovers()
{
    toAddress();
    tell(news("payment.confirmed", "1"));
    tell(news("payment.settlement_failed", "1"));
    QCOMPARE(value("state"), QStringLiteral("settlement_failed_hold"));
    answerStatus(statusBody("failed", "1"));
    QCOMPARE(value("state"), QStringLiteral("settlement_failed_hold"));
    Json recovered = news("payment.confirmed", "1");
    recovered["recovered"] = true;
    tell(recovered);
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(transfers(), 1);
}

void TestDepositPayments::rateThatIsOffWaitsForAPerson()
{
    toAddress();
    wait(60min, 1min);
    Json settled = news("payment.settled", "1");
    settled["exchange_rate"] = "46.5"; // it was 50 when 50 USD were asked for
    tell(settled);
    answerStatus(statusBody("settled", "1"));
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(value("state"), QStringLiteral("late_review"));
    QCOMPARE(transfers(), 0);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.late")});
}

void TestDepositPayments::refundByTheProviderAfterTheCreditIsNoted()
{
    toAddress();
    pay("1");
    tell(news("payment.refunded", "1"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(value("note"), QStringLiteral("the provider says the payment was refunded"));
}

void TestDepositPayments::forgedEventHasNoEffect()
{
    toAddress();
    Json forged = news("payment.settled", "1");
    forged["meta_data"] = {{"deposit_id", "2"}, {"amount_usd", "500.00"}};
    tell(forged);
    tell({{"malformed", true}});
    QCOMPARE(value("state"), QStringLiteral("awaiting_payment"));
    QVERIFY(value("note").contains(QLatin1String("another deposit")));
    QCOMPARE(asked(), 0);
    QCOMPARE(dead(), 0);
}

void TestDepositPayments::wordAboutAnAddressAloneCreditsNothing()
{
    toAddress();
    wait(180min, 1min);
    const Json body = json(
        R"({"success":true,"data":{"status":"confirmed","paidAmount":"1","expectedAmount":"1","currency":"LTC"}})");
    Json completed = body;
    completed["data"]["status"] = "completed";
    answerStatus(body, 200, true);
    answerStatus(completed, 200, true);
    QCOMPARE(value("state"), QStringLiteral("expired"));
    QCOMPARE(value("received"), QString());
    tell(news("payment.settled", "1"));
    answerStatus(body, 200, true); // now somebody who knows the secret address has said so as well
    QCOMPARE(value("state"), QStringLiteral("credited"));
}

REGISTER_TEST(TestDepositPayments);

} // namespace tst_deposit_payments

#include "tst_deposit_payments.moc"
