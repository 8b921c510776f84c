#include "core/csv.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_csv_line {

class TestCsvLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells_data();
    void cells();
    void aLineEndsAsTheRfcSays();
};

void TestCsvLine::cells_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<bool>("isNumber");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("words") << QStringLiteral("deposit") << false << QByteArray("deposit");
    QTest::newRow("comma") << QStringLiteral("a,b") << false << QByteArray("\"a,b\"");
    QTest::newRow("quote") << QStringLiteral("a\"b") << false << QByteArray("\"a\"\"b\"");
    QTest::newRow("line break") << QStringLiteral("a\nb") << false << QByteArray("\"a\nb\"");
    QTest::newRow("formula") << QStringLiteral("=1+1") << false << QByteArray("'=1+1");
    QTest::newRow("plus") << QStringLiteral("+1") << false << QByteArray("'+1");
    QTest::newRow("minus") << QStringLiteral("-1") << false << QByteArray("'-1");
    QTest::newRow("at") << QStringLiteral("@x") << false << QByteArray("'@x");
    QTest::newRow("tab") << QStringLiteral("\tx") << false << QByteArray("'\tx");
    QTest::newRow("formula with a comma")
        << QStringLiteral("=A(1,2)") << false << QByteArray("\"'=A(1,2)\"");
    QTest::newRow("negative number") << QStringLiteral("-1.50") << true << QByteArray("-1.50");
    QTest::newRow("nothing") << QString() << false << QByteArray();
    QTest::newRow("other scripts") << QStringLiteral("你好") << false << QByteArray("你好");
}

void TestCsvLine::cells()
{
    QFETCH(QString, cell);
    QFETCH(bool, isNumber);
    QFETCH(QByteArray, written);
    QCOMPARE(core::csvLine({cell}, {isNumber}), written + "\r\n");
}

void TestCsvLine::aLineEndsAsTheRfcSays()
{
    QCOMPARE(core::csvLine({QStringLiteral("a"), QStringLiteral("-2")}, {false, true}),
             QByteArray("a,-2\r\n"));
}

REGISTER_TEST(TestCsvLine);

} // namespace tst_csv_line

#include "tst_csv_line.moc"
