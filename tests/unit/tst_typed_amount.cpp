#include "bot/typed_amount.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_typed_amount {

class TestTypedAmount final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void amountsAreReadAsPeopleTypeThem_data();
    void amountsAreReadAsPeopleTypeThem();
    void whatIsNoAmountIsRefused_data();
    void whatIsNoAmountIsRefused();
};

void TestTypedAmount::amountsAreReadAsPeopleTypeThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("amount");
    const auto row = [](const char *text, const char *amount) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(amount);
    };
    row("35", "35.00");
    row(" 35 ", "35.00");
    row("35.5", "35.50");
    row("35,50", "35.50");
    row("$35", "35.00");
    row("$ 35", "35.00");
    row("35$", "35.00");
    row("35 usd", "35.00");
    row("35 USD", "35.00");
    row("USD 35.05", "35.05");
    row("0035", "35.00");
    row("0", "0.00");
    row("999999999.99", "999999999.99");
}

void TestTypedAmount::amountsAreReadAsPeopleTypeThem()
{
    QFETCH(QString, text);
    const auto amount = bot::typedAmount(text);
    QVERIFY(amount);
    QTEST(amount->toString(), "amount");
}

void TestTypedAmount::whatIsNoAmountIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"",       " ",      "$",        "usd",   "10,000",     "1.000",
          "35.005", "35.500", "1,000.50", "1.2.3", "-35",        "+35",
          "3$5",    "3 5",    "3usd5",    "1e3",   "0x23",       "35 eur",
          "35€",    "thirty", ".5",       "5.",    "1000000000", "99999999999999999999999999",
          "NaN",    "35\n36", "35;--"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("other digits") << QStringLiteral("\u0663\u0665");
    QTest::newRow("null byte") << QString(QStringLiteral("35") + QChar(u'\0'));
}

void TestTypedAmount::whatIsNoAmountIsRefused()
{
    QFETCH(QString, text);
    QVERIFY(!bot::typedAmount(text));
}

REGISTER_TEST(TestTypedAmount);

} // namespace tst_typed_amount

#include "tst_typed_amount.moc"
