#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/pages/deposits/deposits_model.h"
#include "ui/pages/ledger/ledger_model.h"
#include "ui/support/cells.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace tst_windowed_model {

using ui::WindowedModel;

namespace {

constexpr int kMany = 10'000;

/// A model of deposits under the tester that aborts at the first broken promise.
struct Fixture {
    explicit Fixture(int count)
    {
        console.fillWithMany(count);
        model.setFilter({});
    }
    [[nodiscard]] qint64 idAt(int row) const { return WindowedModel::idOf(model.keyAt(row)); }
    [[nodiscard]] int rowOfId(qint64 id) const
    {
        return model.rowOf(id * WindowedModel::kLinesMax);
    }
    void addNewest(qint64 id)
    {
        console.deposits.rows.prepend(tests::plainDeposit(id, console.clock.now()));
    }

    tests::FakeConsole console;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::DepositsModel model{console.deposits, display};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class TestWindowedModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstPageShowsTheWholeLengthOfAnExactList();
    void scrollingToTheEndReadsEveryPageOnce();
    void theEndOfALongListIsOneRead();
    void afterAJumpToTheEndOneScrollsBackToTheTop();
    void fromTheEndTheTopIsOneRead();
    void aRefillSurvivesAPageBeforeIt();
    void whatWasAskedForBehindAJumpIsDropped();
    void theLastTransferIsWholeAfterAJump();
    void atMostFiftyPagesStayInMemory();
    void aDroppedPageComesBackWhenItIsLookedAt();
    void aChangedRowIsUpdatedInPlace();
    void aRowThatNoLongerMatchesLeaves();
    void aNewRowGoesInAtTheTop();
    void newRowsAreCountedWhileTheViewIsElsewhere();
    void moreNewRowsThanAPageReadTheListAnew();
    void answersToAnOldFilterAreIgnored();
    void aFailedReadKeepsTheRowsAndIsRetried();
    void theLinesOfATransferFollowEachOther();
    void aNewTransferBringsAllItsLines();
};

void TestWindowedModel::theFirstPageShowsTheWholeLengthOfAnExactList()
{
    Fixture f(kMany);
    QCOMPARE(f.model.state(), WindowedModel::State::Loading);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    QCOMPARE(f.model.rowCount(), kMany);
    QCOMPARE(f.console.deposits.listCalls, 1);
    QVERIFY(f.model.index(0, 0).data(ui::IsLoadedRole).toBool());
    QVERIFY(!f.model.index(WindowedModel::kPageRows, 0).data(ui::IsLoadedRole).toBool());
}

void TestWindowedModel::scrollingToTheEndReadsEveryPageOnce()
{
    Fixture f(kMany);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.model.showRange(kMany - 30, kMany - 1);
    QTRY_VERIFY(f.model.index(kMany - 1, 0).data(ui::IsLoadedRole).toBool());
    QCOMPARE(f.idAt(kMany - 1), 1);
    QCOMPARE(f.model.rowCount(), kMany);
    QCOMPARE(f.console.deposits.listCalls, kMany / WindowedModel::kPageRows);
    QVERIFY(f.model.isComplete());
}

void TestWindowedModel::theEndOfALongListIsOneRead()
{
    Fixture f(kMany);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    QVERIFY(f.model.hasTop() && !f.model.hasEnd());
    f.model.jumpToEnd();
    QTRY_VERIFY(f.model.hasEnd());
    QCOMPARE(f.console.deposits.listCalls, 2);
    QVERIFY(!f.model.hasTop());
    QCOMPARE(f.model.rowCount(), kMany);
    QCOMPARE(f.idAt(kMany - 1), 1);
    QCOMPARE(f.idAt(kMany - WindowedModel::kPageRows), WindowedModel::kPageRows);
    QVERIFY(
        !f.model.index(kMany - WindowedModel::kPageRows - 1, 0).data(ui::IsLoadedRole).toBool());
    f.model.jumpToEnd();
    QCOMPARE(f.console.deposits.listCalls, 2); // it is there already
}

void TestWindowedModel::afterAJumpToTheEndOneScrollsBackToTheTop()
{
    Fixture f(1050);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.model.jumpToEnd();
    QTRY_VERIFY(f.model.hasEnd());
    for (int row = f.model.rowCount() - 1; row > 0; row -= 100) {
        f.model.showRange(std::max(0, row - 20), row);
        QTRY_VERIFY(f.model.index(row, 0).data(ui::IsLoadedRole).toBool());
    }
    QTRY_VERIFY(f.model.hasTop());
    QVERIFY(f.model.isComplete());
    QCOMPARE(f.model.rowCount(), 1050);
    for (int row = 0; row < 1050; ++row)
        QCOMPARE(f.idAt(row), 1050 - row);
    // And it is the list it was before: new rows come in.
    f.addNewest(1051);
    f.model.noteChanged({1051});
    QTRY_COMPARE(f.idAt(0), 1051);
}

void TestWindowedModel::fromTheEndTheTopIsOneRead()
{
    Fixture f(kMany);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.model.jumpToEnd();
    QTRY_VERIFY(f.model.hasEnd());
    f.addNewest(kMany + 1);
    f.model.noteChanged({kMany + 1}); // far from what is looked at
    f.model.jumpToTop();
    QTRY_VERIFY(f.model.hasTop());
    QCOMPARE(f.idAt(0), kMany + 1);
    QCOMPARE(f.model.rowCount(), kMany + 1);
    QCOMPARE(f.model.pendingCount(), 0);
}

void TestWindowedModel::aRefillSurvivesAPageBeforeIt()
{
    Fixture f(kMany + 10 * WindowedModel::kPageRows);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.model.jumpToEnd();
    QTRY_VERIFY(f.model.hasEnd());
    const auto isThere = [&](int row) {
        return f.model.index(row, 0).data(ui::IsLoadedRole).toBool();
    };
    for (int row = f.model.rowCount() - 1; row > 300; row -= 100) {
        f.model.showRange(row - 20, row);
        QTRY_VERIFY(isThere(row));
    }
    const int dropped = f.model.rowCount() - 1;
    QVERIFY(!isThere(dropped)); // the end itself, which was looked at longest ago
    f.console.deposits.isHeld = true;
    f.model.showRange(dropped - 20, dropped);
    f.model.showRange(0, 20);
    f.console.deposits.release();
    QTRY_VERIFY(f.model.hasTop());
    f.model.showRange(dropped - 20, dropped);
    QTRY_VERIFY(isThere(dropped));
    QCOMPARE(f.idAt(dropped), 1);
}

/// Until the end is there the old rows are still on the screen and may be scrolled through.
void TestWindowedModel::whatWasAskedForBehindAJumpIsDropped()
{
    constexpr int kCount = 2 * kMany;
    Fixture f(kCount);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    const auto isThere = [&](int row) {
        return f.model.index(row, 0).data(ui::IsLoadedRole).toBool();
    };
    const int deep = (WindowedModel::kPagesMax + 5) * WindowedModel::kPageRows;
    for (int row = 0; row < deep; row += WindowedModel::kPageRows) {
        f.model.showRange(row, row + 20);
        QTRY_VERIFY(isThere(row));
    }
    const int dropped = WindowedModel::kPageRows; // of the second page, looked at longest ago
    QVERIFY(!isThere(dropped) && !f.model.hasEnd());
    f.console.deposits.isHeld = true;
    f.model.jumpToEnd();
    f.model.showRange(dropped, dropped + 20);
    f.model.showRange(deep - 20, deep);
    f.console.deposits.release();
    QTRY_VERIFY(f.model.hasEnd());
    QCOMPARE(f.model.rowCount(), kCount);
    f.model.showRange(kCount - 20, kCount - 1);
    QTRY_VERIFY(isThere(kCount - 1));
    QCOMPARE(f.idAt(kCount - 1), 1);
    QCOMPARE(f.idAt(kCount - WindowedModel::kPageRows), WindowedModel::kPageRows);
}

void TestWindowedModel::theLastTransferIsWholeAfterAJump()
{
    tests::FakeConsole console;
    for (qint64 id = 700; id > 0; --id)
        console.ledger.rows.append(tests::plainTransfer(id, console.clock.now()));
    const ui::Display display(console.clock, QTimeZone::utc());
    ui::LedgerModel model(console.ledger, display);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter({});
    QTRY_COMPARE(model.rowCount(), 1400);
    model.jumpToEnd();
    QTRY_VERIFY(model.hasEnd());
    QCOMPARE(model.rowCount(), 1400);
    QCOMPARE(model.lineAt(1398), 0);
    QCOMPARE(model.lineAt(1399), 1);
    QCOMPARE(WindowedModel::idOf(model.keyAt(1399)), 1);
}

void TestWindowedModel::atMostFiftyPagesStayInMemory()
{
    Fixture f(kMany + 10 * WindowedModel::kPageRows);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.model.showRange(f.model.rowCount() - 1, f.model.rowCount() - 1);
    QTRY_VERIFY(f.model.index(f.model.rowCount() - 1, 0).data(ui::IsLoadedRole).toBool());
    int inMemory = 0;
    f.model.forEachRow([&](const api::DepositRow &) { ++inMemory; });
    QCOMPARE(inMemory, WindowedModel::kPagesMax * WindowedModel::kPageRows);
}

void TestWindowedModel::aDroppedPageComesBackWhenItIsLookedAt()
{
    Fixture f(kMany + 10 * WindowedModel::kPageRows);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.model.showRange(f.model.rowCount() - 1, f.model.rowCount() - 1);
    QTRY_VERIFY(f.model.index(f.model.rowCount() - 1, 0).data(ui::IsLoadedRole).toBool());
    const int row = 3 * WindowedModel::kPageRows;
    QVERIFY(!f.model.index(row, 0).data(ui::IsLoadedRole).toBool());
    f.model.showRange(row, row + 20);
    QTRY_VERIFY(f.model.index(row, 0).data(ui::IsLoadedRole).toBool());
    QCOMPARE(f.idAt(row), f.console.deposits.rows[row].id.value);
}

void TestWindowedModel::aChangedRowIsUpdatedInPlace()
{
    Fixture f(500);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    QSignalSpy resets(&f.model, &QAbstractItemModel::modelReset);
    f.console.deposits.rows[7].state = api::DepositState::Credited;
    f.model.noteChanged({f.console.deposits.rows[7].id.value});
    QTRY_COMPARE(f.model.index(7, int(ui::DepositsModel::Column::State)).data().toString(),
                 QStringLiteral("Credited"));
    QCOMPARE(resets.count(), 0);
    QCOMPARE(f.console.deposits.listCalls, 1);
}

void TestWindowedModel::aRowThatNoLongerMatchesLeaves()
{
    Fixture f(500);
    f.model.setFilter({{.field = QStringLiteral("state"),
                        .comparison = api::FilterTerm::Comparison::IsNot,
                        .value = QStringLiteral("credited")}});
    QTRY_COMPARE(f.model.total(), 500);
    const qint64 id = f.idAt(7);
    const qint64 after = f.idAt(8);
    f.console.deposits.rows[7].state = api::DepositState::Credited;
    f.model.noteChanged({id});
    QTRY_COMPARE(f.model.rowCount(), 499);
    QCOMPARE(f.idAt(7), after);
    QCOMPARE(f.rowOfId(id), -1);
    QCOMPARE(f.model.total(), 499);
}

void TestWindowedModel::aNewRowGoesInAtTheTop()
{
    Fixture f(500);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.addNewest(501);
    f.addNewest(502);
    f.model.noteChanged({501, 502});
    QTRY_COMPARE(f.model.rowCount(), 502);
    QCOMPARE(f.idAt(0), 502);
    QCOMPARE(f.idAt(1), 501);
    QCOMPARE(f.idAt(2), 500);
}

void TestWindowedModel::newRowsAreCountedWhileTheViewIsElsewhere()
{
    Fixture f(500);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.model.setAtTop(false);
    for (qint64 id = 501; id <= 514; ++id)
        f.addNewest(id);
    f.model.noteChanged({501, 514});
    QTRY_COMPARE(f.model.pendingCount(), 14);
    QCOMPARE(f.idAt(0), 500);
    f.model.showPending();
    QTRY_COMPARE(f.idAt(0), 514);
    QCOMPARE(f.model.pendingCount(), 0);
    QCOMPARE(f.model.rowCount(), 514);
}

void TestWindowedModel::moreNewRowsThanAPageReadTheListAnew()
{
    Fixture f(300);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    for (qint64 id = 301; id <= 800; ++id)
        f.addNewest(id);
    f.model.noteChanged({800});
    QTRY_COMPARE(f.idAt(0), 800);
    QCOMPARE(f.model.rowCount(), 800);
}

void TestWindowedModel::answersToAnOldFilterAreIgnored()
{
    Fixture f(500);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.console.deposits.isHeld = true;
    f.model.setFilter({{.field = QStringLiteral("customer"), .value = QStringLiteral("1001")}});
    f.model.setFilter({{.field = QStringLiteral("customer"), .value = QStringLiteral("nobody")}});
    f.console.deposits.release();
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    QCOMPARE(f.model.rowCount(), 0);
}

void TestWindowedModel::aFailedReadKeepsTheRowsAndIsRetried()
{
    Fixture f(500);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready);
    f.console.deposits.nextError = Error{.code = ErrorCode::DatabaseUnavailable, .transient = true};
    f.model.reload();
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Failed);
    QCOMPARE(f.model.rowCount(), 500);
    QTRY_COMPARE(f.model.state(), WindowedModel::State::Ready); // by itself, after a second
    QCOMPARE(f.model.rowCount(), 500);
}

void TestWindowedModel::theLinesOfATransferFollowEachOther()
{
    tests::FakeConsole console;
    console.fillWithSamples();
    const ui::Display display(console.clock, QTimeZone::utc());
    ui::LedgerModel model(console.ledger, display);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter({});
    QTRY_COMPARE(model.state(), WindowedModel::State::Ready);
    qsizetype lines = 0;
    for (const api::TransferRow &row : std::as_const(console.ledger.rows))
        lines += row.entries.size();
    QCOMPARE(model.rowCount(), int(lines));
    const auto text = [&](int row, ui::LedgerModel::Column column) {
        return model.index(row, int(column)).data().toString();
    };
    QCOMPARE(text(0, ui::LedgerModel::Column::Kind), QStringLiteral("Refund"));
    QCOMPARE(text(0, ui::LedgerModel::Column::Debit), QStringLiteral("1.29"));
    QCOMPARE(text(1, ui::LedgerModel::Column::Kind), QString());
    QCOMPARE(text(1, ui::LedgerModel::Column::Credit), QStringLiteral("1.29"));
    QVERIFY(!model.index(0, 0).data(ui::IsLastLineRole).toBool());
    QVERIFY(model.index(1, 0).data(ui::IsLastLineRole).toBool());
}

void TestWindowedModel::aNewTransferBringsAllItsLines()
{
    tests::FakeConsole console;
    for (qint64 id = 300; id > 0; --id)
        console.ledger.rows.append(tests::plainTransfer(id, console.clock.now()));
    const ui::Display display(console.clock, QTimeZone::utc());
    ui::LedgerModel model(console.ledger, display);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter({});
    QTRY_COMPARE(model.rowCount(), 600);
    console.ledger.rows.prepend(tests::plainTransfer(301, console.clock.now()));
    model.noteChanged({301});
    QTRY_COMPARE(model.rowCount(), 602);
    QCOMPARE(WindowedModel::idOf(model.keyAt(1)), 301);
    QCOMPARE(WindowedModel::idOf(model.keyAt(2)), 300);
}

REGISTER_TEST(TestWindowedModel);

} // namespace tst_windowed_model

#include "tst_windowed_model.moc"
