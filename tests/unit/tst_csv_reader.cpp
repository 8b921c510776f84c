#include "core/csv_reader.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_csv_reader {

class TestCsvReader final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cellsComeAsTheyWereMeant_data();
    void cellsComeAsTheyWereMeant();
    void recordsKnowTheirLines();
    void brokenQuotesAreNamedByTheirLine_data();
    void brokenQuotesAreNamedByTheirLine();
};

void TestCsvReader::cellsComeAsTheyWereMeant_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("cells");
    const auto row = [](const char *name, const char *text, const QByteArrayList &cells) {
        QStringList wanted;
        for (const QByteArray &cell : cells)
            wanted << QString::fromUtf8(cell);
        QTest::newRow(name) << QString::fromUtf8(text) << wanted;
    };
    row("plain", "a,b,c\n", {"a", "b", "c"});
    row("no last line end", "a,b", {"a", "b"});
    row("line feed with return", "a,b\r\n", {"a", "b"});
    row("empty cells", ",,\n", {"", "", ""});
    row("quoted", "\"a,b\",\"c\"\n", {"a,b", "c"});
    row("a quote in a quoted cell", "\"say \"\"hi\"\"\"\n", {"say \"hi\""});
    row("a line end in a quoted cell", "\"a\r\nb\",c\n", {"a\r\nb", "c"});
    row("a quote inside a plain cell", "6\" pipe,b\n", {"6\" pipe", "b"});
    row("byte order mark",
        "\xEF\xBB\xBF"
        "a,b\n",
        {"a", "b"});
    row("empty quoted cell", "\"\",b\n", {"", "b"});
    row("other scripts", "\xE7\x8E\x8B\xE4\xBC\x9F,\xC3\xA9\n",
        {"\xE7\x8E\x8B\xE4\xBC\x9F", "\xC3\xA9"});
}

void TestCsvReader::cellsComeAsTheyWereMeant()
{
    QFETCH(QString, text);
    QFETCH(QStringList, cells);
    const auto records = core::readCsv(text);
    QVERIFY(records);
    QCOMPARE(records->size(), size_t(1));
    QCOMPARE(records->front().cells, cells);
}

void TestCsvReader::recordsKnowTheirLines()
{
    const auto records = core::readCsv(QStringLiteral("a\n\n\"b\nc\"\r\nd\n\n"));
    QVERIFY(records);
    QList<qint64> lines;
    for (const core::CsvRecord &record : *records)
        lines << record.line;
    QCOMPARE(lines, QList<qint64>({1, 3, 5}));
    QVERIFY(core::readCsv({})->empty());
}

void TestCsvReader::brokenQuotesAreNamedByTheirLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("line");
    QTest::newRow("does not end") << QStringLiteral("a\n\"b\nc\n") << QStringLiteral("line 2");
    QTest::newRow("ends too early") << QStringLiteral("a\nb\n\"c\"d\n") << QStringLiteral("line 3");
    QTest::newRow("only a quote") << QStringLiteral("\"") << QStringLiteral("line 1");
}

void TestCsvReader::brokenQuotesAreNamedByTheirLine()
{
    QFETCH(QString, text);
    QFETCH(QString, line);
    const auto records = core::readCsv(text);
    QVERIFY(!records);
    QCOMPARE(records.error().code, ErrorCode::BadInput);
    QVERIFY2(records.error().detail.startsWith(line), qUtf8Printable(records.error().detail));
}

REGISTER_TEST(TestCsvReader);

} // namespace tst_csv_reader

#include "tst_csv_reader.moc"
