#include "deposits/deposit_pages.h"
#include "tests/database/deposit_fixture.h"
#include "tests/support/test_main.h"

namespace tst_deposit_watch {

using namespace tests;

/// Addresses, and what is done when nobody answers.
class TestDepositWatch final : public DepositStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void creationWhoseAnswerIsLostIsGivenUp();
    void addressThatWouldLoseTheMoneyIsNotShown_data();
    void addressThatWouldLoseTheMoneyIsNotShown();
    void paymentOfAnotherDepositIsNotShown();
    void countdownKeepsTheTagAndTheButton();
    void lostAnswersDoNotEndTheWatch();
    void reportThatIsNeverSettledGoesToAPerson();
    void paymentReportedAfterAWeekIsLookedInto();
    void manyUnpaidAddressesAreEnough();
    void creationsAfterARestoreHaveOtherKeys();
    void listIsFilteredByTheNameOfACustomer();
};

void TestDepositWatch::creationWhoseAnswerIsLostIsGivenUp()
{
    begin();
    wait(9min, 1min);
    QCOMPARE(value("state"), QStringLiteral("created"));
    wait(1min, 1min);
    QCOMPARE(value("state"), QStringLiteral("create_failed"));
    QCOMPARE(told(), QStringList{QStringLiteral("topup.unavailable")});
    answerCreation(createdBody());
    QCOMPARE(value("state"), QStringLiteral("create_failed"));
    QCOMPARE(asked("sendPhoto"), 0);
}

void TestDepositWatch::addressThatWouldLoseTheMoneyIsNotShown_data()
{
    QTest::addColumn<QByteArray>("coin");
    QTest::addColumn<QByteArray>("change");
    QTest::newRow("another coin") << QByteArray("LTC") << QByteArray(R"({"currency":"BTC"})");
    QTest::newRow("no tag") << QByteArray("XRP") << QByteArray(R"({"currency":"XRP"})");
    QTest::newRow("no amount") << QByteArray("LTC") << QByteArray(R"({"amount":null})");
    QTest::newRow("nothing to pay") << QByteArray("LTC") << QByteArray(R"({"amount":0})");
}

void TestDepositWatch::addressThatWouldLoseTheMoneyIsNotShown()
{
    QFETCH(QByteArray, coin);
    QFETCH(QByteArray, change);
    begin(coin.constData());
    Json body = createdBody();
    body["data"].merge_patch(Json::parse(change.toStdString()));
    answerCreation(body);
    QCOMPARE(value("state"), QStringLiteral("create_failed"));
    QCOMPARE(asked("sendPhoto"), 0);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.unavailable")});
}

void TestDepositWatch::paymentOfAnotherDepositIsNotShown()
{
    toAddress();
    begin();
    answerCreation(createdBody(), 200, 2);
    QCOMPARE(
        column(*m_connection, QStringLiteral("SELECT state AS answer FROM deposits ORDER BY id")),
        (QStringList{QStringLiteral("awaiting_payment"), QStringLiteral("create_failed")}));
    QCOMPARE(dead(), 0);
}

void TestDepositWatch::countdownKeepsTheTagAndTheButton()
{
    begin("XRP");
    Json body = createdBody();
    body["data"].merge_patch(json(R"({"currency":"XRP","destination_tag":123456})"));
    answerCreation(body);
    wait(5min, 1min);
    const QString caption =
        column(*m_connection,
               QStringLiteral("SELECT payload->'parameters' #>> '{}' AS answer FROM outbox WHERE "
                              "method = 'editMessageCaption' ORDER BY id DESC LIMIT 1"))
            .value(0);
    QVERIFY2(caption.contains(QLatin1String("123456")), qPrintable(caption));
    QVERIFY(caption.contains(QLatin1String("copy_text")));
    wait(10min, 1min);
    QCOMPARE(value("state"), QStringLiteral("expired"));
}

void TestDepositWatch::lostAnswersDoNotEndTheWatch()
{
    toAddress();
    wait(100h, 1min);
    QCOMPARE(asked(), 18); // 2, 5, 15, 30, 60, 120 min, then each 6 h, the last at 72 h
    QCOMPARE(value("state"), QStringLiteral("expired"));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM timers)")), 0);
    QCOMPARE(dead(), 0);
}

void TestDepositWatch::reportThatIsNeverSettledGoesToAPerson()
{
    toAddress();
    tell(news("payment.settled", "1"));
    wait(10min, 1min);
    answerStatus(statusBody("waiting", "0"));
    QCOMPARE(value("state"), QStringLiteral("verifying"));
    wait(60h, 10min);
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
    QCOMPARE(told(), QStringList{QStringLiteral("topup.review")});
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
}

void TestDepositWatch::paymentReportedAfterAWeekIsLookedInto()
{
    toAddress();
    wait(7 * 24h, 60min);
    const qint64 before = asked();
    tell(news("payment.confirmed", "1"));
    QCOMPARE(value("state"), QStringLiteral("confirming"));
    wait(7h, 60min);
    QCOMPARE(asked(), before + 1);
    wait(72h, 60min);
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
}

void TestDepositWatch::manyUnpaidAddressesAreEnough()
{
    for (int i = 0; i < 5; ++i) {
        begin();
        QVERIFY(m_mayBegin);
    }
    begin();
    QVERIFY(!m_mayBegin);
    wait(16min, 16min);
    begin();
    QVERIFY(m_mayBegin);
}

/// The ids begin again where the backup ended, within the day that the provider remembers keys for.
void TestDepositWatch::creationsAfterARestoreHaveOtherKeys()
{
    const QString keys =
        QStringLiteral("SELECT request_key AS answer FROM outbox WHERE method = 'createPayment'");
    begin();
    const QStringList first = column(*m_connection, keys);
    QCOMPARE(first.size(), 1);
    start();
    m_clock.advance(1h);
    begin();
    const QStringList second = column(*m_connection, keys);
    QCOMPARE(second.size(), 1);
    QVERIFY(first != second);
}

void TestDepositWatch::listIsFilteredByTheNameOfACustomer()
{
    begin();
    database::ReadPool pool(m_url, 1);
    deposits::DepositPages pages(pool, m_clock);
    const auto rows = [&](const char *customer) {
        api::PageQuery query;
        query.filter = {
            {.field = QStringLiteral("customer"), .value = QString::fromLatin1(customer)}};
        auto page = pages.listDeposits(query);
        page.waitForFinished();
        return page.result() ? page.result()->rows.size() : qsizetype(-1);
    };
    QCOMPARE(rows("asha"), 1);
    QCOMPARE(rows("7001"), 1);
    QCOMPARE(rows("ben"), 0);
}

REGISTER_TEST(TestDepositWatch);

} // namespace tst_deposit_watch

#include "tst_deposit_watch.moc"
