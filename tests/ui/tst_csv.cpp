#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/pages/deposits/deposits_model.h"
#include "ui/pages/ledger/ledger_model.h"
#include "ui/support/csv.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_csv {

namespace {

const QList<ui::ExportColumn> kTextAndNumber = {
    {.title = QStringLiteral("Name")}, {.title = QStringLiteral("Amount, USD"), .isNumber = true}};

QByteArray lineOf(const QString &text, const QString &number)
{
    return ui::csvLine({text, number}, kTextAndNumber);
}

struct Fixture {
    explicit Fixture(int count)
    {
        console.fillWithMany(count);
        model.setFilter({});
    }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(directory.path()).entryList(QDir::Files | QDir::Hidden);
    }

    tests::FakeConsole console;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::DepositsModel model{console.deposits, display};
    QTemporaryDir directory;
    QString path = directory.filePath(QStringLiteral("deposits.csv"));
};

} // namespace

class TestCsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatASpreadsheetWouldRunIsDefused();
    void commasQuotesAndLineBreaksAreQuoted();
    void allMatchingRowsAreWritten();
    void aTransferIsALineAnEntry();
    void theFileIsNotThereBeforeItIsWhole();
    void anExportThatIsGivenUpLeavesNoFile();
    void aFailedReadLeavesNoFileAndTheOldOneStays();
    void aPlaceThatCannotBeWrittenIsToldInWords();
};

void TestCsv::whatASpreadsheetWouldRunIsDefused()
{
    QCOMPARE(lineOf(QStringLiteral("=1+1"), QStringLiteral("-5.00")), "'=1+1,-5.00\r\n");
    QCOMPARE(lineOf(QStringLiteral("+1"), {}), "'+1,\r\n");
    QCOMPARE(lineOf(QStringLiteral("-1"), {}), "'-1,\r\n");
    QCOMPARE(lineOf(QStringLiteral("@SUM(A1)"), {}), "'@SUM(A1),\r\n");
    QCOMPARE(lineOf(QStringLiteral("\t=1"), {}), "'\t=1,\r\n");
    QCOMPARE(lineOf(QStringLiteral("a=1"), {}), "a=1,\r\n");
}

void TestCsv::commasQuotesAndLineBreaksAreQuoted()
{
    QCOMPARE(lineOf(QStringLiteral("Harper, Lowe"), {}), "\"Harper, Lowe\",\r\n");
    QCOMPARE(lineOf(QStringLiteral("say \"hi\""), {}), "\"say \"\"hi\"\"\",\r\n");
    QCOMPARE(lineOf(QStringLiteral("two\nlines"), {}), "\"two\nlines\",\r\n");
    QCOMPARE(lineOf(QStringLiteral("=\"x\""), {}), "\"'=\"\"x\"\"\",\r\n");
    QCOMPARE(ui::csvHead(kTextAndNumber), "\xEF\xBB\xBFName,\"Amount, USD\"\r\n");
}

void TestCsv::allMatchingRowsAreWritten()
{
    Fixture f(1234);
    f.console.deposits.rows[3].state = api::DepositState::Credited;
    f.model.setFilter({{.field = QStringLiteral("state"),
                        .comparison = api::FilterTerm::Comparison::IsNot,
                        .value = QStringLiteral("credited")}});
    QTRY_COMPARE(f.model.total(), 1233);
    ui::CsvExport csv(f.model, f.path);
    QSignalSpy finished(&csv, &ui::CsvExport::finished);
    csv.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(csv.rows(), 1233);
    const QByteArray content = f.content();
    const QList<QByteArray> lines = content.split('\n');
    QCOMPARE(lines.size(), 1 + 1233 + 1);
    QVERIFY(lines[1].startsWith("1234,2026-11-20T14:42:07.000000Z,"));
    QVERIFY(lines[1233].startsWith("1,"));
    QVERIFY(!content.contains("\n1231,")); // the credited one
    QCOMPARE(finished[0][0].toString().toLatin1(),
             QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
    // What the table shows did not change by it.
    QCOMPARE(f.model.total(), 1233);
    QVERIFY(!f.model.isComplete());
}

void TestCsv::aTransferIsALineAnEntry()
{
    Fixture f(0);
    f.console.ledger.rows = {tests::plainTransfer(7, f.console.clock.now())};
    ui::LedgerModel ledger(f.console.ledger, f.display);
    ui::CsvExport csv(ledger, f.path);
    QSignalSpy finished(&csv, &ui::CsvExport::finished);
    csv.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(csv.rows(), 1);
    const QList<QByteArray> lines = f.content().split('\n');
    QCOMPARE(lines[1].trimmed(),
             "7,2026-11-20T14:42:07.000000Z,deposit,,,dynopay_clearing,-25.00,-175.00"
             ",Deposit 7,deposit:7");
    QCOMPARE(lines[2].trimmed(), "7,2026-11-20T14:42:07.000000Z,deposit,1001,Priya Nair,available,"
                                 "25.00,25.00,Deposit 7,deposit:7");
}

void TestCsv::theFileIsNotThereBeforeItIsWhole()
{
    Fixture f(1200);
    ui::CsvExport csv(f.model, f.path);
    QSignalSpy finished(&csv, &ui::CsvExport::finished);
    bool wasThere = false;
    connect(&csv, &ui::CsvExport::progressed, this,
            [&] { wasThere = wasThere || QFile::exists(f.path); });
    csv.start();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!wasThere);
    QCOMPARE(f.files(), QStringList{QStringLiteral("deposits.csv")});
}

void TestCsv::anExportThatIsGivenUpLeavesNoFile()
{
    Fixture f(5000);
    auto csv = std::make_unique<ui::CsvExport>(f.model, f.path);
    csv->start();
    QTRY_VERIFY(csv->rows() > 0);
    QVERIFY(csv->rows() < 5000); // it was under way
    csv.reset();
    QCOMPARE(f.files(), QStringList());
}

void TestCsv::aFailedReadLeavesNoFileAndTheOldOneStays()
{
    Fixture f(1200);
    QFile old(f.path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    auto csv = std::make_unique<ui::CsvExport>(f.model, f.path);
    QSignalSpy failed(csv.get(), &ui::CsvExport::failed);
    connect(csv.get(), &ui::CsvExport::progressed, this,
            [&] { f.console.deposits.nextError = Error{.code = ErrorCode::DatabaseUnavailable}; });
    csv->start();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].toString(), QStringLiteral("The database does not answer."));
    csv.reset();
    QCOMPARE(f.content(), "old");
    QCOMPARE(f.files(), QStringList{QStringLiteral("deposits.csv")});
}

void TestCsv::aPlaceThatCannotBeWrittenIsToldInWords()
{
    Fixture f(10);
    ui::CsvExport csv(f.model, f.directory.filePath(QStringLiteral("not/there.csv")));
    QSignalSpy failed(&csv, &ui::CsvExport::failed);
    csv.start();
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().startsWith(QStringLiteral("The file cannot be written: ")));
}

REGISTER_TEST(TestCsv);

} // namespace tst_csv

#include "tst_csv.moc"
