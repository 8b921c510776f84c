#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/pages/deposits/deposits_page.h"
#include "ui/shell/main_window.h"
#include "ui/support/cells.h"
#include "ui/support/column_choice.h"
#include "ui/support/figures.h"
#include "ui/support/fonts.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_table_tools {

using Column = ui::DepositsModel::Column;

namespace {

constexpr int kMany = 10'000;

struct Fixture {
    explicit Fixture(int count = 0)
    {
        if (count > 0)
            console.fillWithMany(count);
        else
            console.fillWithSamples();
        page = std::make_unique<ui::DepositsPage>(console.backend(), display);
        page->resize(1256, 800);
        page->show();
    }
    [[nodiscard]] ui::SmartTable &table() const { return page->pane().table(); }
    [[nodiscard]] bool isShown(Column column) const { return !table().isColumnHidden(int(column)); }
    [[nodiscard]] bool says(const QString &words) const
    {
        const auto labels = page->pane().exporting().findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(words);
        });
    }

    tests::FakeConsole console;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::Themes themes{*qApp};
    std::unique_ptr<ui::DepositsPage> page;
};

} // namespace

class TestTableTools : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endAndHomeReachBothEndsOfALongList();
    void scrollingUpFromTheEndKeepsThePlace();
    void everyColumnOfDepositsFitsAt1440();
    void aColumnThatIsNotWantedIsGone();
    void aWantedColumnFoldsLast();
    void theMenuStaysOpenAndKeepsOneColumn();
    void chosenColumnsAreRemembered();
    void exportAsksForAPathAndTellsItsEnd();
    void exportCanBeCancelled();
    void aFailedExportIsToldInTheBand();
};

void TestTableTools::endAndHomeReachBothEndsOfALongList()
{
    Fixture f(kMany);
    QTRY_COMPARE(f.page->state(), ui::PageState::Ready);
    QSignalSpy reread(static_cast<ui::WindowedModel *>(f.table().model()),
                      &ui::WindowedModel::reread);
    const int calls = f.console.deposits.listCalls;
    QTest::keyClick(&f.table(), Qt::Key_End);
    QTRY_COMPARE(f.table().selectedObject(), 1);
    QCOMPARE(f.table().currentIndex().row(), kMany - 1);
    QCOMPARE(f.table().verticalScrollBar()->value(), f.table().verticalScrollBar()->maximum());
    QVERIFY(f.console.deposits.listCalls <= calls + 2); // the page, and the one before it
    QTest::keyClick(&f.table(), Qt::Key_Home);
    QTRY_COMPARE(f.table().selectedObject(), kMany);
    QCOMPARE(f.table().verticalScrollBar()->value(), 0);
    QCOMPARE(reread.size(), 2);
}

void TestTableTools::scrollingUpFromTheEndKeepsThePlace()
{
    Fixture f(1050);
    QTRY_COMPARE(f.page->state(), ui::PageState::Ready);
    QTest::keyClick(&f.table(), Qt::Key_End);
    QTRY_COMPARE(f.table().selectedObject(), 1);
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(&f.table(), Qt::Key_PageUp);
        QTRY_VERIFY(f.table().currentIndex().data(ui::IsLoadedRole).toBool());
        QCOMPARE(f.table().selectedObject(), 1050 - f.table().currentIndex().row());
    }
    QCOMPARE(f.table().selectedObject(), 1050);
}

void TestTableTools::everyColumnOfDepositsFitsAt1440()
{
    Fixture f(300); // long enough for a scroll bar
    f.page->resize(1440 - 184, 800);
    QTRY_COMPARE(f.page->state(), ui::PageState::Ready);
    QVERIFY(f.table().verticalScrollBar()->isVisible());
    const auto widthOf = [&](Column column) {
        const QRect cell(0, 0, f.table().columnWidth(int(column)), 30);
        return f.table().contentRect(cell, int(column)).width();
    };
    const QFontMetrics titles(ui::textFont(ui::TextSize::Small, QFont::Medium));
    for (int i = 0; i < ui::DepositsModel::kColumnCount; ++i) {
        const auto column = static_cast<Column>(i);
        const QString title = f.table().model()->headerData(i, Qt::Horizontal).toString();
        QVERIFY(f.isShown(column));
        QVERIFY2(titles.horizontalAdvance(title) <= widthOf(column), qPrintable(title));
    }
    const ui::Figures &figures = ui::figuresFor(ui::textFont(ui::TextSize::Body));
    const auto fits = [&](Column column, const char *text) {
        return figures.width(QString::fromLatin1(text)) <= widthOf(column);
    };
    QVERIFY(fits(Column::Created, "11-18 23:44"));
    QVERIFY(fits(Column::Deposit, "D-20444"));
    QVERIFY(fits(Column::LastWebhook, "11-18 23:44"));
    QVERIFY(fits(Column::LastCheck, "23:44:44"));
}

void TestTableTools::aColumnThatIsNotWantedIsGone()
{
    Fixture f;
    QVERIFY(f.isShown(Column::Coin));
    f.table().wantColumn(int(Column::Coin), false);
    QVERIFY(!f.isShown(Column::Coin));
    f.page->resize(2000, 800);
    QVERIFY(!f.isShown(Column::Coin));
    f.table().setColumnChoices({});
    QVERIFY(f.isShown(Column::Coin));
}

void TestTableTools::aWantedColumnFoldsLast()
{
    Fixture f;
    f.page->resize(1100, 800);
    QTRY_VERIFY(!f.isShown(Column::ProviderId));
    QVERIFY(f.isShown(Column::Confirmations));
    f.table().wantColumn(int(Column::ProviderId), true);
    QVERIFY(f.isShown(Column::ProviderId));
    QCOMPARE(f.table().columnChoices(), QStringList{QStringLiteral("+provider")});
}

void TestTableTools::theMenuStaysOpenAndKeepsOneColumn()
{
    Fixture f;
    f.page->showColumnMenu();
    auto *menu = f.table().findChild<ui::ColumnMenu *>();
    QVERIFY(menu != nullptr && menu->isVisible());
    const auto columns = menu->actions();
    QTest::mouseClick(menu, Qt::LeftButton, {},
                      menu->actionGeometry(columns[int(Column::Coin)]).center());
    QVERIFY(menu->isVisible());
    QVERIFY(!f.isShown(Column::Coin));
    for (int column = 0; column < ui::DepositsModel::kColumnCount - 1; ++column)
        columns[column]->setChecked(false);
    QVERIFY(f.isShown(Column::ProviderId));
    QVERIFY(!columns[int(Column::ProviderId)]->isEnabled());
    columns.last()->trigger(); // as at first
    QVERIFY(f.isShown(Column::Coin));
    QVERIFY(f.table().columnChoices().isEmpty());
    menu->close();
}

void TestTableTools::chosenColumnsAreRemembered()
{
    tests::FakeConsole console;
    console.fillWithSamples();
    const api::Backend backend = console.backend();
    ui::Themes themes(*qApp);
    const QTemporaryDir directory;
    const ui::MainWindow::Options options{.zone = QTimeZone::utc(),
                                          .settingsPath =
                                              directory.filePath(QStringLiteral("console.ini"))};
    const auto table = [](ui::MainWindow &window) -> ui::SmartTable & {
        window.showPage(QStringLiteral("deposits"), {});
        return window.currentPage().pane().table();
    };
    {
        ui::MainWindow window(backend, themes, options);
        table(window).wantColumn(int(Column::Coin), false);
    }
    {
        ui::MainWindow window(backend, themes, options);
        QVERIFY(!table(window).isColumnWanted(int(Column::Coin)));
        QVERIFY(table(window).isColumnWanted(int(Column::State)));
        table(window).setColumnChoices({});
    }
    ui::MainWindow window(backend, themes, options);
    QVERIFY(table(window).isColumnWanted(int(Column::Coin)));
}

void TestTableTools::exportAsksForAPathAndTellsItsEnd()
{
    Fixture f;
    QTRY_COMPARE(f.page->state(), ui::PageState::Ready);
    QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("out.csv"));
    auto *button = f.page->findChild<QAbstractButton *>(f.page->objectName() +
                                                        QStringLiteral(".action.export"));
    button->click();
    auto *dialog = f.page->findChild<QFileDialog *>();
    QVERIFY(dialog != nullptr);
    QVERIFY(dialog->selectedFiles().value(0).contains(QStringLiteral("deposits-")));
    dialog->setDirectory(directory.path());
    dialog->selectFile(path);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_VERIFY(f.says(QStringLiteral("Exported")));
    QVERIFY(f.says(QStringLiteral("20 rows to ") + QDir::toNativeSeparators(path)));
    QVERIFY(f.says(QStringLiteral("SHA-256 ")));
    QVERIFY(QFile::exists(path));
    QVERIFY(button->isEnabled());
    f.page->pane().exporting().findChild<QAbstractButton *>()->click();
    QVERIFY(!f.page->pane().exporting().isVisible());
}

void TestTableTools::exportCanBeCancelled()
{
    Fixture f(5000);
    QTRY_COMPARE(f.page->state(), ui::PageState::Ready);
    QTemporaryDir directory;
    f.console.deposits.isHeld = true;
    f.page->pane().exporting().exportTo(directory.filePath(QStringLiteral("out.csv")));
    QVERIFY(f.page->pane().exporting().isRunning());
    QVERIFY(f.says(QStringLiteral("0 of 5,000 rows")));
    f.page->pane().exporting().findChild<QAbstractButton *>()->click();
    QVERIFY(!f.page->pane().exporting().isRunning());
    f.console.deposits.release();
    QTRY_VERIFY(QDir(directory.path()).isEmpty());
}

void TestTableTools::aFailedExportIsToldInTheBand()
{
    Fixture f;
    QTRY_COMPARE(f.page->state(), ui::PageState::Ready);
    QTemporaryDir directory;
    f.console.deposits.nextError = Error{.code = ErrorCode::DatabaseUnavailable};
    f.page->pane().exporting().exportTo(directory.filePath(QStringLiteral("out.csv")));
    QTRY_VERIFY(f.says(QStringLiteral("No file was left.")));
    QVERIFY(!f.page->pane().exporting().isRunning());
}

REGISTER_TEST(TestTableTools);

} // namespace tst_table_tools

#include "tst_table_tools.moc"
