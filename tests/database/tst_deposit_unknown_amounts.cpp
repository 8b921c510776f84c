#include "tests/database/deposit_fixture.h"
#include "tests/support/test_main.h"

namespace tst_deposit_unknown_amounts {

using namespace tests;

/// Every webhook was lost or refused, and the provider says "settled" with the amount that was
/// asked for: it does so whatever came. Nobody has told what came, until the address is asked
/// about.
class TestDepositUnknownAmounts final : public DepositStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void repetitionAloneCreditsNothing();
    void creditIsWhatTheAddressHad_data();
    void creditIsWhatTheAddressHad();
    void figureThatIsNoRepetitionIsBelieved();
    void webhooksFigureIsEnough();
    void confirmedRepetitionIsNoFigureEither();
    void untoldGoesToAPerson_data();
    void untoldGoesToAPerson();
    void addressOfSomebodyElsesPaymentTellsNothing();
    void otherTransactionOfTheAddressTellsNothing();
    void addressIsNotAskedWhenItMayServeAnother();
    void silenceIsAskedAgain();
    void webhookThatComesMeanwhileDecides();
    void repeatedAnswersCreditOnce();
    void reviewedOneKeepsItsReviewWhileItIsAsked();

private:
    [[nodiscard]] Money available() { return balance(*m_connection, kAsha).available; }
    void settle() { answerStatus(statusBody("settled", "1")); }
};

void TestDepositUnknownAmounts::repetitionAloneCreditsNothing()
{
    toAddress();
    settle();
    QCOMPARE(value("state"), QStringLiteral("verifying"));
    QCOMPARE(transfers(), 0);
    QCOMPARE(asked("getCryptoTransaction"), 1);
    QCOMPARE(value("received"), QString());
    QCOMPARE(dead(), 0);
}

void TestDepositUnknownAmounts::creditIsWhatTheAddressHad_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<QByteArray>("received");
    QTest::addColumn<qint64>("cents");
    QTest::addColumn<QString>("state");
    const QString credited = QStringLiteral("credited");
    QTest::newRow("all") << QByteArray("confirmed") << QByteArray("1") << qint64(50'00) << credited;
    QTest::newRow("within tolerance")
        << QByteArray("underpaid") << QByteArray("0.985") << qint64(50'00) << credited;
    QTest::newRow("a part") << QByteArray("underpaid") << QByteArray("0.06") << qint64(3'00)
                            << credited;
    QTest::newRow("too little") << QByteArray("underpaid") << QByteArray("0.01") << qint64(0)
                                << QStringLiteral("underpaid_review");
    QTest::newRow("too much") << QByteArray("overpaid") << QByteArray("2") << qint64(50'00)
                              << QStringLiteral("overpaid_review");
}

void TestDepositUnknownAmounts::creditIsWhatTheAddressHad()
{
    QFETCH(QByteArray, word);
    QFETCH(QByteArray, received);
    QFETCH(qint64, cents);
    toAddress();
    settle();
    answerAmount(chainBody(word.constData(), received.constData()));
    QCOMPARE(available(), Money::fromCents(cents));
    QTEST(value("state"), "state");
    QCOMPARE(dead(), 0);
}

void TestDepositUnknownAmounts::figureThatIsNoRepetitionIsBelieved()
{
    toAddress();
    answerStatus(statusBody("settled", "0.5"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(available(), Money::fromCents(25'00));
    QCOMPARE(asked("getCryptoTransaction"), 0);
}

void TestDepositUnknownAmounts::webhooksFigureIsEnough()
{
    toAddress();
    tell(news("payment.pending", "1"));
    settle();
    QCOMPARE(available(), kAsked);
    QCOMPARE(asked("getCryptoTransaction"), 0);
}

void TestDepositUnknownAmounts::confirmedRepetitionIsNoFigureEither()
{
    toAddress();
    answerStatus(statusBody("confirmed", "1"));
    QCOMPARE(value("received"), QString());
    settle();
    QCOMPARE(transfers(), 0);
    answerAmount(chainBody("underpaid", "0.2"));
    QCOMPARE(available(), Money::fromCents(10'00));
}

void TestDepositUnknownAmounts::untoldGoesToAPerson_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("http");
    QTest::newRow("address is not known") << QByteArray("{}") << 404;
    QTest::newRow("address is not valid") << QByteArray("{}") << 400;
    QTest::newRow("nothing came to it") << core::toBytes(chainBody("waiting", "0")) << 200;
    QTest::newRow("no amount") << core::toBytes(chainBody("confirmed", "")) << 200;
}

void TestDepositUnknownAmounts::untoldGoesToAPerson()
{
    QFETCH(QByteArray, body);
    QFETCH(int, http);
    toAddress();
    settle();
    answerAmount(json(body.constData()), http);
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
    QCOMPARE(transfers(), 0);
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT kind || ' ' || state AS answer FROM "
                                                  "deposit_reviews")),
             QStringList{QStringLiteral("mismatch open")});
    QCOMPARE(told(), QStringList{QStringLiteral("topup.review")});
    QCOMPARE(dead(), 0);
}

void TestDepositUnknownAmounts::addressOfSomebodyElsesPaymentTellsNothing()
{
    toAddress();
    settle();
    answerAmount(chainBody("confirmed", "7", "7")); // so much was asked of somebody else
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
    QCOMPARE(transfers(), 0);
}

void TestDepositUnknownAmounts::otherTransactionOfTheAddressTellsNothing()
{
    toAddress();
    Json status = statusBody("settled", "1");
    status["data"]["incoming_tx_hash"] = "tx-mine";
    answerStatus(status);
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT payload->>'transaction' AS answer FROM outbox WHERE "
                                   "method = 'getCryptoTransaction'")),
             QStringList{QStringLiteral("tx-mine")});
    Json chain = chainBody("confirmed", "1");
    chain["data"]["txId"] = "tx-of-the-next-one";
    answerAmount(chain, 200, "tx-mine");
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
    chain["data"]["txId"] = "tx-mine";
    answerAmount(chain, 200, "tx-mine");
    QCOMPARE(available(), kAsked);
}

void TestDepositUnknownAmounts::addressIsNotAskedWhenItMayServeAnother()
{
    toAddress();
    wait(3h, 30min);
    settle();
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
    QCOMPARE(asked("getCryptoTransaction"), 0);
    QCOMPARE(transfers(), 0);
}

void TestDepositUnknownAmounts::silenceIsAskedAgain()
{
    toAddress();
    settle();
    answerAmount(Json::object(), 503);
    QCOMPARE(value("state"), QStringLiteral("verifying"));
    wait(2min, 1min);
    QVERIFY(asked() > 0); // the status first, as it may tell more by now
    settle();
    QCOMPARE(asked("getCryptoTransaction"), 2);
    answerAmount(chainBody("confirmed", "1"));
    QCOMPARE(available(), kAsked);
}

void TestDepositUnknownAmounts::webhookThatComesMeanwhileDecides()
{
    toAddress();
    settle();
    tell(news("payment.settled", "0.06"));
    settle();
    answerAmount(chainBody("confirmed", "1")); // the rest may still be on its way
    QCOMPARE(transfers(), 0);
    wait(7min, 1min);
    settle();
    answerAmount(chainBody("confirmed", "1"));
    QCOMPARE(available(), Money::fromCents(3'00));
    answerAmount(chainBody("confirmed", "1")); // too late
    QCOMPARE(available(), Money::fromCents(3'00));
    QCOMPARE(transfers(), 1);
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT concat_ws(' ', kind, state, suggested) "
                                                  "AS answer FROM deposit_reviews")),
             QStringList{QStringLiteral("disputed open 47000000")});
}

void TestDepositUnknownAmounts::repeatedAnswersCreditOnce()
{
    toAddress();
    for (int i = 0; i < 3; ++i)
        settle();
    for (int i = 0; i < 3; ++i)
        answerAmount(chainBody("confirmed", "1"));
    QCOMPARE(transfers(), 1);
    QCOMPARE(available(), kAsked);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.credited")});
    QCOMPARE(dead(), 0);
}

void TestDepositUnknownAmounts::reviewedOneKeepsItsReviewWhileItIsAsked()
{
    toAddress();
    answerStatus(statusBody("underpaid", ""));
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    settle();
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    answerAmount(chainBody("underpaid", "0.5"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(available(), Money::fromCents(25'00));
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT kind || ' ' || state AS answer FROM "
                                                  "deposit_reviews")),
             QStringList{QStringLiteral("underpaid void")});
}

REGISTER_TEST(TestDepositUnknownAmounts);

} // namespace tst_deposit_unknown_amounts

#include "tst_deposit_unknown_amounts.moc"
