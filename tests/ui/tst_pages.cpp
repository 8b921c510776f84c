#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/pages/deposits/deposits_page.h"
#include "ui/pages/ledger/ledger_page.h"
#include "ui/support/cells.h"
#include "ui/support/figures.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace tst_pages {

using ui::PageState;

namespace {

const Error kDatabaseAway{.code = ErrorCode::DatabaseUnavailable, .detail = {}, .transient = false};

struct Fixture {
    [[nodiscard]] std::unique_ptr<ui::Page> open(const QString &name)
    {
        std::unique_ptr<ui::Page> page;
        if (name == QLatin1String("deposits"))
            page = std::make_unique<ui::DepositsPage>(console.backend(), display);
        else
            page = std::make_unique<ui::LedgerPage>(console.backend(), display);
        page->resize(1256, 800);
        page->show();
        return page;
    }

    tests::FakeConsole console;
    ui::Display display{console.clock, QTimeZone("Europe/Berlin")};
    ui::Themes themes{*qApp};
};

void addPages()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("deposits") << QStringLiteral("deposits");
    QTest::newRow("ledger") << QStringLiteral("ledger");
}

bool isShown(const ui::Page &page, const QString &name)
{
    const auto *widget = page.findChild<QWidget *>(page.objectName() + name);
    return widget != nullptr && widget->isVisible();
}

void type(ui::Page &page, const QString &text)
{
    auto *edit = page.pane().filter().findChild<QLineEdit *>();
    edit->setText(text);
    QTest::keyClick(edit, Qt::Key_Return);
}

} // namespace

class TestPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void loadingLastsUntilTheAnswer_data() { addPages(); }
    void loadingLastsUntilTheAnswer();
    void anEmptyListSaysWhatItIsFor_data() { addPages(); }
    void anEmptyListSaysWhatItIsFor();
    void aFilterWithoutMatchesOffersToBeCleared_data() { addPages(); }
    void aFilterWithoutMatchesOffersToBeCleared();
    void aFailureIsABandAndReadingAgainEndsIt_data() { addPages(); }
    void aFailureIsABandAndReadingAgainEndsIt();
    void closingWhileAnAnswerIsAwaitedIsSafe_data() { addPages(); }
    void closingWhileAnAnswerIsAwaitedIsSafe();
    void tabVisitsEveryControlAndEachHasAName_data() { addPages(); }
    void tabVisitsEveryControlAndEachHasAName();
    void aLiveChangeKeepsSelectionAndPlace();
    void aDepositThatNeedsAPersonIsExplained();
    void theOpenTabLosesWhatIsCredited();
    void theDrawerFollowsTheSelectedDeposit();
    void theDrawerShowsThatATransferBalances();
    void oneCustomersLedgerShowsTheirBalances();
    void balancesThatAreStillSummedUpAreReadAgain();
    void aWrongFilterIsExplainedAndChangesNothing();
    void backspaceTakesTheLastChipAway();
    void newRowsWaitForHomeWhileOneReads();
    void timesFollowTheZone();
};

void TestPages::loadingLastsUntilTheAnswer()
{
    QFETCH(QString, name);
    Fixture f;
    f.console.deposits.isHeld = true;
    f.console.ledger.isHeld = true;
    const auto page = f.open(name);
    QCOMPARE(page->state(), PageState::Loading);
    QVERIFY(!page->isSettled());
    QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    QCOMPARE(page->state(), PageState::Loading);
    f.console.deposits.isHeld = false;
    f.console.ledger.isHeld = false;
    page->reload();
    QTRY_COMPARE(page->state(), PageState::EmptyNew);
}

void TestPages::anEmptyListSaysWhatItIsFor()
{
    QFETCH(QString, name);
    Fixture f;
    const auto page = f.open(name);
    QTRY_COMPARE(page->state(), PageState::EmptyNew);
    QVERIFY(isShown(*page, QStringLiteral(".action.empty")));
    f.console.fillWithSamples();
    page->findChild<QAbstractButton *>(page->objectName() + QStringLiteral(".action.empty"))
        ->click();
    QTRY_COMPARE(page->state(), PageState::Ready);
    QVERIFY(!isShown(*page, QStringLiteral(".action.empty")));
}

void TestPages::aFilterWithoutMatchesOffersToBeCleared()
{
    QFETCH(QString, name);
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(name);
    QTRY_COMPARE(page->state(), PageState::Ready);
    type(*page, QStringLiteral("customer:nobody"));
    QTRY_COMPARE(page->state(), PageState::EmptyFiltered);
    auto *clear =
        page->findChild<QAbstractButton *>(page->objectName() + QStringLiteral(".action.empty"));
    QCOMPARE(clear->text(), QStringLiteral("Clear filters"));
    clear->click();
    QTRY_COMPARE(page->state(), PageState::Ready);
    QVERIFY(page->pane().filter().terms().isEmpty());
}

void TestPages::aFailureIsABandAndReadingAgainEndsIt()
{
    QFETCH(QString, name);
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(name);
    QTRY_COMPARE(page->state(), PageState::Ready);
    const int rows = page->pane().table().model()->rowCount();
    f.console.deposits.nextError = kDatabaseAway;
    f.console.ledger.nextError = kDatabaseAway;
    page->reload();
    QTRY_COMPARE(page->state(), PageState::Failed);
    QCOMPARE(page->pane().table().model()->rowCount(), rows);
    QVERIFY(page->pane().table().isDimmed());
    QVERIFY(isShown(*page, QStringLiteral(".action.retry")));
    page->findChild<QAbstractButton *>(page->objectName() + QStringLiteral(".action.retry"))
        ->click();
    QTRY_COMPARE(page->state(), PageState::Ready);
    QVERIFY(!isShown(*page, QStringLiteral(".action.retry")));
    QVERIFY(!page->pane().table().isDimmed());
}

void TestPages::closingWhileAnAnswerIsAwaitedIsSafe()
{
    QFETCH(QString, name);
    Fixture f;
    f.console.fillWithSamples();
    f.console.deposits.isHeld = true;
    {
        const auto page = f.open(name);
        QCoreApplication::processEvents();
    }
    f.console.deposits.release(); // the answer comes to nobody
    QCoreApplication::processEvents();
    f.console.tellDepositChanged(5541);
    f.console.tellTransferAdded(1);
    QCoreApplication::processEvents();
    const auto again = f.open(name);
    QTRY_COMPARE(again->state(), PageState::Ready);
}

void TestPages::tabVisitsEveryControlAndEachHasAName()
{
    QFETCH(QString, name);
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(name);
    QTRY_COMPARE(page->state(), PageState::Ready);
    page->openDrawer();
    QTRY_VERIFY(page->isSettled());
    page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page.get()));
    QSet<QWidget *> expected;
    const auto widgets = page->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (widget->isVisible() && widget->isEnabled() && widget->focusPolicy() & Qt::TabFocus &&
            widget->focusProxy() == nullptr)
            expected.insert(widget);
    }
    QVERIFY(expected.size() >= 4);
    page->pane().table().setFocus();
    QSet<QWidget *> visited;
    for (int i = 0; i < 100 && !visited.contains(QApplication::focusWidget()); ++i) {
        QWidget *focus = QApplication::focusWidget();
        QVERIFY(focus != nullptr);
        QVERIFY2(!focus->accessibleName().isEmpty(),
                 qPrintable(focus->objectName() + u' ' +
                            QLatin1String(focus->metaObject()->className())));
        visited.insert(focus);
        QTest::keyClick(focus, Qt::Key_Tab);
    }
    for (QWidget *widget : std::as_const(expected))
        QVERIFY2(visited.contains(widget),
                 qPrintable(widget->objectName() + u' ' +
                            QLatin1String(widget->metaObject()->className())));
    QCOMPARE(QApplication::focusWidget(), &page->pane().table()); // and it returns
}

void TestPages::aLiveChangeKeepsSelectionAndPlace()
{
    Fixture f;
    f.console.fillWithMany(1000);
    const auto page = f.open(QStringLiteral("deposits"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    ui::SmartTable &table = page->pane().table();
    table.selectObject(900);
    table.verticalScrollBar()->setValue(60 * 32);
    const int place = table.verticalScrollBar()->value();
    const auto topId = [&] {
        return table.model()->index(table.rowAt(0), 0).data(ui::ObjectRole).toLongLong();
    };
    const qint64 top = topId();
    f.console.deposits.rows[100].state = api::DepositState::Credited;
    f.console.deposits.rows.prepend(tests::plainDeposit(1001, f.console.clock.now()));
    QSignalSpy changed(table.model(), &QAbstractItemModel::dataChanged);
    f.console.tellDepositChanged(900);
    f.console.tellDepositChanged(1001);
    QTRY_VERIFY(!changed.isEmpty());
    QTRY_VERIFY(isShown(*page, QStringLiteral(".action.showNew")));
    QCOMPARE(table.selectedObject(), 900);
    QCOMPARE(table.verticalScrollBar()->value(), place);
    QCOMPARE(topId(), top);
}

void TestPages::aDepositThatNeedsAPersonIsExplained()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("deposits"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    const auto says = [&](const QString &text) {
        const auto labels = page->pane().findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    };
    page->pane().table().selectObject(5536);
    QTRY_VERIFY(says(QStringLiteral("D-5536 waits for a person.")));
    page->pane().table().selectObject(5541);
    QTRY_VERIFY(!says(QStringLiteral("waits for a person.")));
}

void TestPages::theOpenTabLosesWhatIsCredited()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("deposits"));
    page->findChild<QTabBar *>()->setCurrentIndex(0);
    QTRY_COMPARE(page->state(), PageState::Ready);
    const int before = page->pane().table().model()->rowCount();
    f.console.deposits.rows[0].state = api::DepositState::Credited;
    f.console.tellDepositChanged(f.console.deposits.rows[0].id.value);
    QTRY_COMPARE(page->pane().table().model()->rowCount(), before - 1);
}

void TestPages::theDrawerFollowsTheSelectedDeposit()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("deposits"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    page->pane().table().selectObject(5538);
    QVERIFY(!page->isDrawerOpen());
    QTest::keyClick(&page->pane().table(), Qt::Key_Return);
    QVERIFY(page->isDrawerOpen());
    QTRY_VERIFY(page->isSettled());
    auto *drawer = page->findChild<ui::Drawer *>();
    QVERIFY(drawer->findChild<ui::Timeline *>()->accessibleDescription().contains(
        QStringLiteral("credited")));
    page->pane().table().selectObject(5541);
    QTRY_VERIFY(page->isSettled());
    QTRY_VERIFY(!drawer->findChild<ui::Timeline *>()->accessibleDescription().contains(
        QStringLiteral("credited")));
    QTest::keyClick(&page->pane().table(), Qt::Key_Escape);
    QVERIFY(!page->isDrawerOpen());
    QCOMPARE(page->pane().table().selectedObject(), 0);
}

void TestPages::theDrawerShowsThatATransferBalances()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("ledger"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    page->openDrawer();
    auto *state = page->findChild<ui::Drawer *>()->findChild<ui::StateLabel *>();
    QCOMPARE(state->accessibleName(), QStringLiteral("Balanced"));
    page->closeDrawer();
    f.console.ledger.rows[0].entries[0].amount = Money::fromCents(-1);
    page->reload();
    QSignalSpy reset(page->pane().table().model(), &QAbstractItemModel::modelReset);
    QTRY_VERIFY(!reset.isEmpty());
    page->openDrawer();
    QCOMPARE(state->accessibleName(), QStringLiteral("Does not balance"));
}

void TestPages::oneCustomersLedgerShowsTheirBalances()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("ledger"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    auto *wallet = page->findChild<QWidget *>(QStringLiteral("page.ledger.wallet"));
    QVERIFY(!wallet->isVisible());
    type(*page, QStringLiteral("customer:\"Priya Nair\""));
    QTRY_VERIFY(wallet->isVisible());
    const auto values = wallet->findChildren<ui::FigureLabel *>();
    QCOMPARE(values[0]->text(), QStringLiteral("28.366666"));
    page->pane().filter().clear();
    QTRY_VERIFY(!wallet->isVisible());
}

void TestPages::balancesThatAreStillSummedUpAreReadAgain()
{
    Fixture f;
    f.console.fillWithSamples();
    auto &clearing = f.console.ledger.rows[3].entries[0];
    QCOMPARE(clearing.account, QStringLiteral("dynopay_clearing"));
    const std::optional<Money> known = std::exchange(clearing.balanceAfter, std::nullopt);
    const auto page = f.open(QStringLiteral("ledger"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    const auto shown = [&] {
        const QAbstractItemModel *model = page->pane().table().model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, int(ui::LedgerModel::Column::Account)).data() == clearing.account)
                return model->index(row, int(ui::LedgerModel::Column::BalanceAfter))
                    .data()
                    .toString();
        }
        return QString();
    };
    QCOMPARE(shown(), QString(QChar(0x2013)));
    clearing.balanceAfter = known;
    QTRY_VERIFY(shown().contains(QStringLiteral("42,387.55")));
}

void TestPages::aWrongFilterIsExplainedAndChangesNothing()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("deposits"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    const int calls = f.console.deposits.listCalls;
    type(*page, QStringLiteral("colour:red"));
    QVERIFY(page->pane().filter().explanation().contains(QStringLiteral("colour")));
    QCOMPARE(page->pane().filter().validity(), ui::FilterReading::Validity::Wrong);
    QVERIFY(page->pane().filter().terms().isEmpty());
    type(*page, QStringLiteral("state:credited"));
    QTRY_COMPARE(f.console.deposits.listCalls, calls + 1); // and none for the wrong one
}

void TestPages::backspaceTakesTheLastChipAway()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("deposits"));
    type(*page, QStringLiteral("state:credited customer:\"Chen Wei\""));
    QCOMPARE(page->pane().filter().terms().size(), 2);
    auto *edit = page->pane().filter().findChild<QLineEdit *>();
    QVERIFY(edit->text().isEmpty());
    QTest::keyClick(edit, Qt::Key_Backspace);
    QCOMPARE(page->pane().filter().terms().size(), 1);
    QCOMPARE(page->pane().filter().terms()[0].value, QStringLiteral("credited"));
}

void TestPages::newRowsWaitForHomeWhileOneReads()
{
    Fixture f;
    f.console.fillWithMany(300);
    const auto page = f.open(QStringLiteral("deposits"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    ui::SmartTable &table = page->pane().table();
    table.verticalScrollBar()->setValue(100 * 32);
    for (qint64 id = 301; id <= 314; ++id) {
        f.console.deposits.rows.prepend(tests::plainDeposit(id, f.console.clock.now()));
        f.console.tellDepositChanged(id);
    }
    auto *pill = page->findChild<QAbstractButton *>(QStringLiteral("page.deposits.action.showNew"));
    QTRY_VERIFY(pill->isVisible());
    QTRY_COMPARE(pill->text(), QStringLiteral("14 new, press Home"));
    QTest::keyClick(&table, Qt::Key_Home);
    QTRY_COMPARE(table.model()->rowCount(), 314);
    QVERIFY(!pill->isVisible());
}

void TestPages::timesFollowTheZone()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("ledger"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    const auto header = [&] {
        return page->pane().table().model()->headerData(0, Qt::Horizontal).toString();
    };
    const auto time = [&] { return page->pane().table().model()->index(0, 0).data().toString(); };
    QCOMPARE(header(), QStringLiteral("Time, UTC"));
    const QTime utc = QTime::fromString(time(), QStringLiteral("HH:mm:ss"));
    f.display.setUtc(false);
    QCOMPARE(header(), QStringLiteral("Time, Berlin"));
    QCOMPARE(QTime::fromString(time(), QStringLiteral("HH:mm:ss")), utc.addSecs(3600));
}

REGISTER_TEST(TestPages);

} // namespace tst_pages

#include "tst_pages.moc"
