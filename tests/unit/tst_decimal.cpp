#include "core/decimal.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_decimal {

using core::Decimal;

class TestDecimal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyWayOfWritingIsTheSameAmount_data();
    void everyWayOfWritingIsTheSameAmount();
    void decimalsTooFineToKeepAreCutOff_data();
    void decimalsTooFineToKeepAreCutOff();
    void otherTextIsRefused_data();
    void otherTextIsRefused();
    void theRatioIsExact();
    void anEnormousRatioIsCapped();
    void nothingIsTheRatioToNothing();
    void distanceHasNoSign();
    void order();
};

namespace {

Decimal of(const char *text)
{
    return Decimal::parse(QString::fromLatin1(text)).value();
}

} // namespace

void TestDecimal::everyWayOfWritingIsTheSameAmount_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain");
    const auto row = [](const char *text, const char *plain) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(plain);
    };
    row("0.60241", "0.60241");
    row("0.602410", "0.60241");
    row("25", "25");
    row("025.00", "25");
    row("3.1e-7", "0.00000031");
    row("3.1E-7", "0.00000031");
    row("31e-8", "0.00000031");
    row("2.5e1", "25");
    row("2.5e+1", "25");
    row("0", "0");
    row("0.000", "0");
    row("0e5", "0");
    row("0.000000000000000001", "0.000000000000000001");
    row("999999999999.999999999999999999", "999999999999.999999999999999999");
    row("1e11", "100000000000");
}

void TestDecimal::everyWayOfWritingIsTheSameAmount()
{
    QFETCH(QString, text);
    QFETCH(QString, plain);
    const auto decimal = Decimal::parse(text);
    QVERIFY(decimal);
    QCOMPARE(decimal->toString(), plain);
    QCOMPARE(Decimal::parse(plain).value(), *decimal);
}

void TestDecimal::decimalsTooFineToKeepAreCutOff_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain");
    const auto row = [](const char *text, const char *plain) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(plain);
    };
    row("0.12345678901234567899", "0.123456789012345678");
    row("0.99999999999999999999", "0.999999999999999999");
    row("0.0000000000000000001", "0");
    row("5.0000000000000000009", "5");
    row("0.1000000000000000009", "0.1");
    row("1.2345678901234567e-7", "0.000000123456789012");
    row("9.9e-18", "0.000000000000000009");
    row("9.9e-19", "0");
    row("9e-64", "0");
    row("1234567.8901234567890123e-6", "1.234567890123456789");
    row("0.123456789012345678912e3", "123.456789012345678912");
    row("0.1234567890123456789123456e3", "123.456789012345678912");
    row("999999999999.9999999999999999999", "999999999999.999999999999999999");
    row("100000000000000000000e-9", "100000000000");
}

void TestDecimal::decimalsTooFineToKeepAreCutOff()
{
    QFETCH(QString, text);
    QFETCH(QString, plain);
    const auto decimal = Decimal::parse(text);
    QVERIFY(decimal);
    QCOMPARE(decimal->toString(), plain);
    QCOMPARE(Decimal::parse(plain).value(), *decimal);
}

void TestDecimal::otherTextIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             ".",
                             ".5",
                             "5.",
                             "5.e1",
                             "-5",
                             "+5",
                             " 5",
                             "5 ",
                             "5,0",
                             "1.2.3",
                             "e5",
                             "1e",
                             "1e 2",
                             "1e1000000000000",
                             "1e65",
                             "1e12",
                             "1000000000000",
                             "1000000000000.00000000000000000001",
                             "123456789012345678901234567890e-17",
                             "0x1",
                             "NaN",
                             "Infinity"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("10,000 digits") << QString(10'000, u'9');
}

void TestDecimal::otherTextIsRefused()
{
    QFETCH(QString, text);
    QVERIFY(!Decimal::parse(text));
}

void TestDecimal::theRatioIsExact()
{
    QCOMPARE(of("0.60241").partsPerBillionOf(of("0.60241")), qint64(1'000'000'000));
    QCOMPARE(of("0.0353").partsPerBillionOf(of("0.60241")), qint64(58'597'964));
    QCOMPARE(of("1").partsPerBillionOf(of("3")), qint64(333'333'333));
    QCOMPARE(of("2").partsPerBillionOf(of("1")), qint64(2'000'000'000));
    QCOMPARE(of("0").partsPerBillionOf(of("1")), qint64(0));
}

void TestDecimal::anEnormousRatioIsCapped()
{
    const qint64 cap = 1'000'000'000'000'000'000;
    QCOMPARE(of("999999999999").partsPerBillionOf(of("0.000000000000000001")), cap);
    QCOMPARE(of("1000000000").partsPerBillionOf(of("1")), cap);
    QCOMPARE(of("999999999").partsPerBillionOf(of("1")), qint64(999'999'999'000'000'000));
}

void TestDecimal::nothingIsTheRatioToNothing()
{
    QCOMPARE(of("5").partsPerBillionOf(of("0")), qint64(0));
    QVERIFY(of("0").isZero());
}

void TestDecimal::distanceHasNoSign()
{
    QCOMPARE(Decimal::distance(of("0.6"), of("0.75")), of("0.15"));
    QCOMPARE(Decimal::distance(of("0.75"), of("0.6")), of("0.15"));
}

void TestDecimal::order()
{
    QVERIFY(of("0.9") < of("0.91"));
    QVERIFY(of("10") > of("9.999999999999999999"));
}

REGISTER_TEST(TestDecimal);

} // namespace tst_decimal

#include "tst_decimal.moc"
