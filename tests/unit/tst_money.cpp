#include "core/money.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <limits>

namespace tst_money {

class TestMoney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsReadToTheMicroDollar_data();
    void textIsReadToTheMicroDollar();
    void otherTextIsRefused_data();
    void otherTextIsRefused();
    void isWrittenWithTwoToSixDecimals();
    void whatIsWrittenIsReadBack();
    void ratiosRoundTheWayTheySay();
    void ratiosDoNotOverflowInBetween();
    void roundsTowardsZeroToCents();
    void sumsAndOrder();
};

void TestMoney::textIsReadToTheMicroDollar_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("micros");
    QTest::newRow("whole") << QStringLiteral("25") << qint64(25'000'000);
    QTest::newRow("cents") << QStringLiteral("25.5") << qint64(25'500'000);
    QTest::newRow("smallest") << QStringLiteral("-0.000001") << qint64(-1);
    QTest::newRow("zero") << QStringLiteral("0.00") << qint64(0);
    QTest::newRow("minus zero") << QStringLiteral("-0") << qint64(0);
    QTest::newRow("largest") << QStringLiteral("999999999999.999999")
                             << qint64(999'999'999'999'999'999);
}

void TestMoney::textIsReadToTheMicroDollar()
{
    QFETCH(QString, text);
    QFETCH(qint64, micros);
    const auto money = Money::parse(text);
    QVERIFY(money);
    QCOMPARE(money->micros(), micros);
}

void TestMoney::otherTextIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "-", ".", ".5", "5.", "+5", " 5", "5 ", "5,00", "1e3", "0x5",
                             "1.0000001", "--5", "1.2.3", "1000000000000", "NaN", "5$", "1.-5"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("other digits") << QStringLiteral("\u0665");
}

void TestMoney::otherTextIsRefused()
{
    QFETCH(QString, text);
    const auto money = Money::parse(text);
    QVERIFY(!money);
    QCOMPARE(money.error().code, ErrorCode::BadInput);
}

void TestMoney::isWrittenWithTwoToSixDecimals()
{
    QCOMPARE(Money::fromCents(2500).toString(), QStringLiteral("25.00"));
    QCOMPARE(Money::fromMicros(583'334).toString(), QStringLiteral("0.583334"));
    QCOMPARE(Money::fromMicros(-1'230'000).toString(), QStringLiteral("-1.23"));
    QCOMPARE(Money::fromMicros(-5).toString(), QStringLiteral("-0.000005"));
    QCOMPARE(Money().toString(), QStringLiteral("0.00"));
    QCOMPARE(Money::fromMicros(std::numeric_limits<qint64>::min()).toString(),
             QStringLiteral("-9223372036854.775808"));
}

void TestMoney::whatIsWrittenIsReadBack()
{
    for (qint64 micros = 1; micros < 900'000'000'000'000'000; micros = micros * 7 + 3) {
        for (const qint64 signed_ : {micros, -micros})
            QCOMPARE(Money::parse(Money::fromMicros(signed_).toString())->micros(), signed_);
    }
}

void TestMoney::ratiosRoundTheWayTheySay()
{
    // The call of the specification: 100 seconds at 0.35 a minute.
    QCOMPARE(Money::fromMicros(350'000).timesRatioUp(100, 60).micros(), qint64(583'334));
    QCOMPARE(Money::fromMicros(350'000).timesRatioDown(100, 60).micros(), qint64(583'333));
    QCOMPARE(Money::fromMicros(-350'000).timesRatioUp(100, 60).micros(), qint64(-583'333));
    QCOMPARE(Money::fromMicros(-350'000).timesRatioDown(100, 60).micros(), qint64(-583'334));
    QCOMPARE(Money::fromMicros(600).timesRatioUp(1, 60).micros(), qint64(10));
    QCOMPARE(Money::fromMicros(600).timesRatioDown(1, 60).micros(), qint64(10));
}

void TestMoney::ratiosDoNotOverflowInBetween()
{
    const Money large = Money::fromMicros(9'000'000'000'000'000'000);
    QCOMPARE(large.timesRatioDown(1'000'000'000, 1'000'000'000), large);
}

void TestMoney::roundsTowardsZeroToCents()
{
    QCOMPARE(Money::fromMicros(1'239'999).roundedDownToCents(), Money::fromCents(123));
    QCOMPARE(Money::fromMicros(-1'239'999).roundedDownToCents(), Money::fromCents(-123));
    QCOMPARE(Money::fromMicros(9'999).roundedDownToCents(), Money());
}

void TestMoney::sumsAndOrder()
{
    Money sum = Money::fromCents(100);
    sum += Money::fromCents(50);
    sum -= Money::fromCents(200);
    QCOMPARE(sum, Money::fromCents(-50));
    QVERIFY(sum.isNegative() && !sum.isPositive() && !sum.isZero());
    QCOMPARE(-sum, Money::fromCents(50));
    QVERIFY(sum < Money() && Money() < -sum);
    QCOMPARE(sum + -sum, Money());
}

REGISTER_TEST(TestMoney);

} // namespace tst_money

#include "tst_money.moc"
