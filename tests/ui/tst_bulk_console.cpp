#include "tests/support/test_main.h"
#include "tests/ui/bulk_fixture.h"
#include "ui/pages/refunds/batch_words.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QLayout>
#include <QTest>

namespace tst_bulk_console {

using namespace std::chrono_literals;
using namespace tests;

/// Bulk refunds in the console: the list, one of them, agreeing to it, stopping it.
class TestBulkConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void batchesAreListedWithTheirProgress();
    void theListHasItsFourStates();
    void thoseThatWaitAreCountedOnTheTab();
    void aBatchShowsWhatBecameOfEachCall();
    void aBatchIsFollowedWhileItRuns();
    void oneThatWaitsIsApprovedWithACode();
    void onesOwnIsNotApproved();
    void theSecondOfTwoIsFinance();
    void oneThatRunsIsStopped();
    void whoMayNotIsToldWhy();
    void everyControlHasAName();
    void picturesOfEachStep();
};

void TestBulkConsole::batchesAreListedWithTheirProgress()
{
    BulkFixture f;
    const auto page = f.openBulk();
    ui::SmartTable &list = *BulkFixture::list(*page);
    const QAbstractItemModelTester tester(list.model());
    QCOMPARE(list.model()->rowCount(), 7);
    using Column = ui::BatchesModel::Column;
    const auto cell = [&](int row, Column column) { return cellOf(list, row, int(column)); };
    QCOMPARE(cell(0, Column::Number), QStringLiteral("B-3140"));
    QCOMPARE(cell(0, Column::Name), QStringLiteral("outage-us-2026-11-20"));
    QVERIFY(cell(0, Column::Query)
                .startsWith(QStringLiteral(
                    "Ended as error_asr, error_no_audio_received, in US, 2026-11-20 ")));
    QCOMPARE(cell(0, Column::State), QStringLiteral("Waits"));
    QCOMPARE(cell(0, Column::Progress), QString(QChar(0x2013)));
    QCOMPARE(cell(2, Column::State), QStringLiteral("Running"));
    QCOMPARE(cell(2, Column::Progress), QStringLiteral("15/24"));
    QCOMPARE(cell(2, Column::RequestedBy), QStringLiteral("omar"));
    QCOMPARE(cell(2, Column::ApprovedBy), QStringLiteral("ines.duarte"));
    QCOMPARE(cell(3, Column::State), QStringLiteral("Done in part"));
    QCOMPARE(cell(4, Column::State), QStringLiteral("Stopped"));

    page->focusFilter(); // the list of requests is still there, behind
    QVERIFY(!page->pane().isVisible());
}

void TestBulkConsole::theListHasItsFourStates()
{
    BulkFixture f;
    f.console.refunds.areBatchesHeld = true;
    {
        const auto page = std::make_unique<ui::RefundsPage>(*f.backend, f.display);
        page->show();
        BulkFixture::tabs(*page)->setCurrentIndex(kBulkTab);
        QCOMPARE(page->state(), PageState::Loading);
        QVERIFY(!page->isSettled());
    }
    f.console.refunds.areBatchesHeld = false;
    f.console.refunds.nextBatchesError =
        Error{.code = ErrorCode::DatabaseUnavailable, .detail = {}};
    auto page = f.openBulk();
    QCOMPARE(page->state(), PageState::Failed);
    page->reload();
    QTRY_COMPARE(page->state(), PageState::Ready);
    f.console.refunds.batches.clear();
    page = f.openBulk();
    QCOMPARE(page->state(), PageState::EmptyNew);
    QVERIFY(showsText(*page, QStringLiteral("Refunds of many calls at once")));
}

void TestBulkConsole::thoseThatWaitAreCountedOnTheTab()
{
    BulkFixture f;
    const auto page = f.open();
    QTRY_COMPARE(BulkFixture::tabs(*page)->tabToolTip(kBulkTab), QStringLiteral("2"));
    f.batchOf("pending_approval").state = QStringLiteral("rejected");
    f.batchOf("pending_approval").state = QStringLiteral("rejected");
    Q_EMIT f.console.changes.changed({{Topic::Refund, 3140}});
    QTRY_COMPARE(BulkFixture::tabs(*page)->tabToolTip(kBulkTab), QStringLiteral("0"));
}

void TestBulkConsole::aBatchShowsWhatBecameOfEachCall()
{
    BulkFixture f;
    const auto page = f.openBatch("done");
    ui::SmartTable &calls = *BulkFixture::calls(*page);
    const QAbstractItemModelTester tester(calls.model());
    QCOMPARE(calls.model()->rowCount(), 12);
    using Column = ui::BatchCallsModel::Column;
    const auto cell = [&](int row, Column column) { return cellOf(calls, row, int(column)); };
    QCOMPARE(cell(0, Column::State), QStringLiteral("Given back"));
    QCOMPARE(cell(0, Column::Refund), QStringLiteral("R-4100"));
    QCOMPARE(cell(11, Column::State), QStringLiteral("Refused"));
    QCOMPARE(cell(11, Column::Why), QStringLiteral("0.40 USD are left of what was paid"));
    QVERIFY(showsText(*page, QStringLiteral("double-charge-2026-11")));
    QVERIFY(showsText(*page, QStringLiteral("11 of 12 given back, 1 refused")));
    QVERIFY(showsText(*page, QStringLiteral("maria.lindqvist asked for it")));
    QVERIFY(!BulkFixture::action(*page, "approveBatch")->isVisible());
    QVERIFY(!BulkFixture::action(*page, "cancelBatch")->isVisible());
    QVERIFY(page->isDrawerOpen());
    page->toggleDrawer();
    QVERIFY(BulkFixture::list(*page)->isVisible());
}

void TestBulkConsole::aBatchIsFollowedWhileItRuns()
{
    BulkFixture f;
    const auto page = f.openBatch("running");
    QTRY_VERIFY(showsText(*page, QStringLiteral("15 of 24 given back, 1 refused")));
    api::RefundBatch &batch = f.batchOf("running");
    batch.state = QStringLiteral("done");
    batch.done = 23;
    batch.endedAt = f.console.clock.now();
    f.console.refunds.batchCalls[batch.id.value] = sampleBatchCalls(batch);
    Q_EMIT f.console.changes.changed({{Topic::Refund, batch.id.value}});
    QTRY_VERIFY(showsText(*page, QStringLiteral("23 of 24 given back, 1 refused")));
    using Column = ui::BatchCallsModel::Column;
    QTRY_COMPARE(cellOf(*BulkFixture::calls(*page), 20, int(Column::State)),
                 QStringLiteral("Given back"));
    QVERIFY(!BulkFixture::action(*page, "cancelBatch")->isVisible());
}

void TestBulkConsole::oneThatWaitsIsApprovedWithACode()
{
    BulkFixture f;
    const auto page = f.openBatch("pending_approval");
    BulkFixture::action(*page, "approveBatch")->click();
    auto *dialog = page->findChild<BulkDialog *>();
    QVERIFY(dialog);
    QTRY_COMPARE(dialog->step(), BulkDialog::Preview);
    QCOMPARE(number(f.last().payload, "batch"), std::optional<qint64>(3140));
    QVERIFY(showsText(*dialog, QStringLiteral("omar asked for this. You are the other person")));
    QVERIFY(showsText(*dialog, QStringLiteral("as error_asr")));
    QVERIFY(!showsText(*dialog, QStringLiteral("Figures changed")));
    QVERIFY(dialog->findChild<QLineEdit *>(QStringLiteral("dialog.bulk.key")) == nullptr);
    f.console.commands.nextAnswers = {refusal("CodeNeeded")};
    BulkFixture::verbOf(*dialog)->click();
    auto *code = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.bulk.code"));
    QTRY_VERIFY(code->isVisible());
    QVERIFY(!BulkFixture::verbOf(*dialog)->isEnabled());
    code->setText(QStringLiteral("123456"));
    BulkFixture::verbOf(*dialog)->click();
    QTRY_COMPARE(dialog->step(), BulkDialog::Done);
    QCOMPARE(f.last().kind, QStringLiteral("refund.bulk.approve"));
    QCOMPARE(number(f.last().payload, "batch"), std::optional<qint64>(3140));
    QCOMPARE(core::textMember(f.last().payload, "code"), std::optional(QStringLiteral("123456")));
    QVERIFY(core::textMember(f.last().payload, "hash")->startsWith(QLatin1String("a41f0c77")));
    QVERIFY(showsText(*dialog, QStringLiteral("it can be stopped on the way")));
}

void TestBulkConsole::onesOwnIsNotApproved()
{
    BulkFixture f;
    (void)f.askedBy(QStringLiteral("omar"));
    const auto page = f.openBatch("pending_approval");
    QVERIFY(!BulkFixture::action(*page, "approveBatch")->isEnabled());
    QVERIFY(BulkFixture::action(*page, "approveBatch")
                ->toolTip()
                .contains(QStringLiteral("You asked for this")));
    auto *cancel = BulkFixture::action(*page, "cancelBatch");
    QCOMPARE(cancel->text(), QStringLiteral("Take back"));
    cancel->click();
    page->findChild<QLineEdit *>(QStringLiteral("dialog.endBatch.reason"))
        ->setText(QStringLiteral("the wrong day"));
    BulkFixture::button(*page, QStringLiteral("dialog.endBatch.verb"))->click();
    QTRY_COMPARE(f.last().kind, QStringLiteral("refund.bulk.cancel"));
    QCOMPARE(number(f.last().payload, "batch"), std::optional<qint64>(3140));
    // The server says the same of a preview of one's own.
    api::CommandResult own;
    own.state = api::CommandState::Done;
    api::BulkRefundPreview preview = sampleBulkPreview({{"batch", 3140}});
    preview.mayApprove = false;
    own.answer = api::toJson(preview);
    f.console.commands.nextAnswers = {own};
    const auto dialog = f.bulk(f.batchOf("pending_approval"));
    QTRY_COMPARE(dialog->step(), BulkDialog::Preview);
    QVERIFY(showsText(*dialog, QStringLiteral("You may not approve this")));
    QVERIFY(!BulkFixture::verbOf(*dialog)->isEnabled());
}

void TestBulkConsole::theSecondOfTwoIsFinance()
{
    BulkFixture f(api::Role::Senior);
    (void)f.askedBy(QStringLiteral("nadia"));
    api::RefundBatch &batch = f.batchOf("pending_approval");
    batch.state = QStringLiteral("approved");
    batch.needs = api::RefundNeeds::TwoPeople;
    batch.approvedBy = QStringList{QStringLiteral("maria.lindqvist")};
    QVERIFY(!ui::whyNotApproveBatch(batch, f.console.session).isEmpty());
    f.console.session.who->roles = api::Role::Finance;
    QVERIFY(ui::whyNotApproveBatch(batch, f.console.session).isEmpty());
    batch.approvedBy = QStringList{QStringLiteral("nadia")};
    QVERIFY(ui::whyNotApproveBatch(batch, f.console.session)
                .contains(QStringLiteral("agreed already")));
}

void TestBulkConsole::oneThatRunsIsStopped()
{
    BulkFixture f;
    (void)f.askedBy(QStringLiteral("nadia"));
    const auto page = f.openBatch("running");
    auto *stop = BulkFixture::action(*page, "cancelBatch");
    QCOMPARE(stop->text(), QStringLiteral("Stop"));
    QVERIFY(!BulkFixture::action(*page, "approveBatch")->isVisible());
    stop->click();
    QVERIFY(showsText(*page, QStringLiteral("15 calls were given back and stay so. The other 8")));
    auto *verb = BulkFixture::button(*page, QStringLiteral("dialog.endBatch.verb"));
    QVERIFY(!verb->isEnabled()); // a reason says why
    page->findChild<QLineEdit *>(QStringLiteral("dialog.endBatch.reason"))
        ->setText(QStringLiteral("the wrong day"));
    verb->click();
    QTRY_COMPARE(f.last().kind, QStringLiteral("refund.bulk.cancel"));
    QCOMPARE(number(f.last().payload, "batch"), std::optional<qint64>(3138));
    QCOMPARE(core::textMember(f.last().payload, "reason"),
             std::optional(QStringLiteral("the wrong day")));
}

void TestBulkConsole::whoMayNotIsToldWhy()
{
    BulkFixture f(api::Role::Support);
    (void)f.askedBy(QStringLiteral("nadia"));
    const auto page = f.openBatch("pending_approval");
    QVERIFY(!BulkFixture::action(*page, "bulk")->isEnabled());
    QVERIFY(BulkFixture::action(*page, "bulk")
                ->toolTip()
                .contains(QStringLiteral("Senior or Finance")));
    QVERIFY(!BulkFixture::action(*page, "approveBatch")->isEnabled());
    QVERIFY(!BulkFixture::action(*page, "cancelBatch")->isEnabled());
    QVERIFY(!BulkFixture::action(*page, "adjust")->isVisible());
    BulkFixture::tabs(*page)->setCurrentIndex(0);
    QVERIFY(BulkFixture::action(*page, "adjust")->isVisible());
    QVERIFY(!BulkFixture::action(*page, "bulk")->isVisible());
}

void TestBulkConsole::everyControlHasAName()
{
    BulkFixture f;
    const auto wish = f.bulk();
    const auto preview = f.previewed();
    const auto page = f.openBatch("running");
    for (const QWidget *window :
         std::initializer_list<const QWidget *>{wish.get(), preview.get(), page.get()}) {
        const auto widgets = window->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            const bool isControl = qobject_cast<const QAbstractButton *>(widget) != nullptr ||
                                   qobject_cast<const QLineEdit *>(widget) != nullptr ||
                                   qobject_cast<const QComboBox *>(widget) != nullptr ||
                                   qobject_cast<const QDateTimeEdit *>(widget) != nullptr;
            const bool isPart = widget->objectName().startsWith(QLatin1String("qt_"));
            if (isControl && !isPart && widget->isVisible())
                QVERIFY2(!widget->accessibleName().isEmpty(), qUtf8Printable(widget->objectName()));
        }
    }
}

/// SPEECHCAD_SCREENSHOT_DIR keeps the pictures, to look at them.
void TestBulkConsole::picturesOfEachStep()
{
    BulkFixture f;
    const QString directory = qEnvironmentVariable("SPEECHCAD_SCREENSHOT_DIR");
    const auto keep = [&](QWidget &widget, const char *name, ui::ThemeChoice theme) {
        const QPixmap picture = widget.grab();
        const QString file =
            QStringLiteral("bulk-%1-%2.png")
                .arg(QLatin1String(name), theme == ui::ThemeChoice::Light ? QStringLiteral("light")
                                                                          : QStringLiteral("dark"));
        return directory.isEmpty() ? !picture.isNull()
                                   : picture.save(QDir(directory).filePath(file));
    };
    const auto isLaidOut = [](const QDialog &dialog) {
        const auto *again =
            dialog.findChild<QPushButton *>(QStringLiteral("dialog.bulk.recalculate"));
        return dialog.height() == dialog.layout()->totalHeightForWidth(dialog.width()) &&
               (again->isHidden() || again->width() >= again->sizeHint().width());
    };
    for (const ui::ThemeChoice theme : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        f.themes.choose(theme);
        QVERIFY(keep(*f.openBulk(), "list", theme));
        QVERIFY(keep(*f.openBatch("running"), "calls", theme));
        QVERIFY(keep(*f.openBatch("pending_approval"), "waiting", theme));
        const auto wish = f.bulk();
        QTRY_VERIFY(isLaidOut(*wish));
        QVERIFY(keep(*wish, "new", theme));
        const auto preview = f.previewed();
        QTRY_VERIFY(isLaidOut(*preview));
        QVERIFY(keep(*preview, "preview", theme));
        api::RefundBatch changed = f.batchOf("pending_approval");
        const auto same = f.bulk(changed);
        changed.hash = QString(64, u'0');
        changed.calls = 15;
        const auto other = f.bulk(changed);
        for (const auto &[dialog, name] :
             {std::pair(same.get(), "approve"), std::pair(other.get(), "changed")}) {
            QTRY_COMPARE(dialog->step(), BulkDialog::Preview);
            QTRY_VERIFY(isLaidOut(*dialog));
            QVERIFY(keep(*dialog, name, theme));
        }
    }
    f.themes.choose(ui::ThemeChoice::Light);
}

REGISTER_TEST(TestBulkConsole);

} // namespace tst_bulk_console

#include "tst_bulk_console.moc"
