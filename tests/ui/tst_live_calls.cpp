#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/pages/calls/call_dialogs.h"
#include "ui/pages/calls/call_words.h"
#include "ui/pages/calls/live_calls_page.h"
#include "ui/pages/calls/transcript_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>

namespace tst_live_calls {

using namespace std::chrono_literals;

namespace {

bool shows(const QWidget &widget, const char *words)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(QLatin1String(words));
    });
}

struct Fixture {
    [[nodiscard]] std::unique_ptr<ui::LiveCallsPage> open()
    {
        console.fillWithSamples();
        auto page = std::make_unique<ui::LiveCallsPage>(console.backend(), display);
        page->resize(1256, 800);
        page->show();
        return page;
    }
    [[nodiscard]] api::CallRow &talking()
    {
        for (api::CallRow &row : console.calls.rows) {
            if (row.state == api::CallState::Talking)
                return row;
        }
        Q_UNREACHABLE();
    }

    tests::FakeConsole console;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::Themes themes{*qApp};
};

api::CallRow plainCall()
{
    api::CallRow row;
    row.state = api::CallState::Talking;
    row.ratePerMinute = Money::fromCents(35);
    row.hold = Money::fromCents(525);
    row.longest = 900s;
    return row;
}

template <typename Dialog> Dialog *dialogOf(const ui::LiveCallsPage &page)
{
    return page.window()->findChild<Dialog *>();
}

} // namespace

class TestLiveCalls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void costIsWorkedOutFromTheRateAndNeverAboveTheHold();
    void durationsAreWrittenAsClocksAre();
    void theListGrowsByItselfAndStopsWhenNothingIsHeard();
    void endedCallsLeaveAMinuteLater();
    void theModelKeepsItsPromises();
    void theDrawerShowsMoneyVerdictAndWords();
    void endingACallAsksAndCancelIsTheDefault();
    void aRefusedEndIsExplained();
    void stoppingAllNeedsTheWord();
    void holdingTheButtonStopsAtOnce();
    void aShortPressOnlyAsks();
    void resumingTakesTwo();
    void aViewerIsOfferedNothing();
    void theTranscriptFollowsUnlessScrolledUp();
};

void TestLiveCalls::costIsWorkedOutFromTheRateAndNeverAboveTheHold()
{
    const Timestamp now = *core::fromIso(u"2026-11-20T14:42:07Z");
    api::CallRow row = plainCall();
    QCOMPARE(ui::costOf(row, now), Money());
    row.startedAt = now - 2s;
    QCOMPARE(ui::costOf(row, now), Money::fromCents(35).timesRatioUp(6, 60));
    row.startedAt = now - 100s;
    QCOMPARE(ui::costOf(row, now), Money::fromMicros(583'334));
    QCOMPARE(ui::holdLeftOf(row, now), std::optional(888));
    row.startedAt = now - 1h;
    QCOMPARE(ui::costOf(row, now), row.hold);
    row.state = api::CallState::Ended;
    row.charged = Money::fromCents(7);
    QCOMPARE(ui::costOf(row, now), Money::fromCents(7));
    QVERIFY(!ui::holdLeftOf(row, now));
}

void TestLiveCalls::durationsAreWrittenAsClocksAre()
{
    QCOMPARE(ui::formatDuration(0s), QStringLiteral("0:00"));
    QCOMPARE(ui::formatDuration(228s), QStringLiteral("3:48"));
    QCOMPARE(ui::formatDuration(3729s), QStringLiteral("1:02:09"));
}

void TestLiveCalls::theListGrowsByItselfAndStopsWhenNothingIsHeard()
{
    Fixture f;
    f.console.fillWithSamples();
    ui::CallsModel model(f.console.calls, f.display);
    model.setFilter({});
    QTRY_VERIFY(model.rowCount() > 0);
    f.console.clock.advance(5s);
    QCOMPARE(model.shownNow(), f.console.clock.now());
    const Timestamp lostAt = f.console.clock.now();
    model.setSilentSince(lostAt);
    f.console.clock.advance(40s);
    QCOMPARE(model.shownNow(), lostAt + 10s);
    model.setSilentSince(std::nullopt);
    QCOMPARE(model.shownNow(), f.console.clock.now());
}

void TestLiveCalls::endedCallsLeaveAMinuteLater()
{
    Fixture f;
    const auto page = f.open();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
    QCOMPARE(page->pane().table().model()->rowCount(), 20);
    f.console.clock.advance(20s); // one of the two ended ones is a minute old now
    QTRY_COMPARE_WITH_TIMEOUT(page->pane().table().model()->rowCount(), 19, 5000);
}

void TestLiveCalls::theModelKeepsItsPromises()
{
    Fixture f;
    f.console.fillWithSamples();
    ui::CallsModel model(f.console.calls, f.display);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setFilter({});
    QTRY_COMPARE(model.rowCount(), int(f.console.calls.rows.size()));
    f.talking().state = api::CallState::Ending;
    model.noteChanged({f.talking().id.value});
    model.tick();
    model.reload();
    QTRY_COMPARE(model.state(), ui::WindowedModel::State::Ready);
}

void TestLiveCalls::theDrawerShowsMoneyVerdictAndWords()
{
    Fixture f;
    const auto page = f.open();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
    page->pane().table().selectObject(f.talking().id.value);
    page->openDrawer();
    QTRY_VERIFY(page->isSettled());
    const auto *transcript = page->findChild<ui::TranscriptView *>();
    QVERIFY(transcript != nullptr);
    const auto texts = page->findChildren<QLabel *>();
    const auto hasText = [&](const QString &text) {
        return std::any_of(texts.cbegin(), texts.cend(),
                           [&](const QLabel *label) { return label->text() == text; });
    };
    QVERIFY(hasText(QStringLiteral("Spent, about")));
    QVERIFY(hasText(QStringLiteral("12 of 12 rules pass")));
    QVERIFY(hasText(QStringLiteral("Following live")));
    const auto *words = transcript->widget()->findChild<QWidget *>();
    QVERIFY(words->accessibleDescription().contains(QStringLiteral("[5 digits]")));
}

void TestLiveCalls::endingACallAsksAndCancelIsTheDefault()
{
    Fixture f;
    const auto page = f.open();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
    const api::CallId call = f.talking().id;
    page->pane().table().selectObject(call.value);
    page->openDrawer();
    page->findChild<QPushButton *>(QStringLiteral("page.live_calls.action.end"))->click();
    const QPointer<ui::EndCallDialog> dialog = dialogOf<ui::EndCallDialog>(*page);
    QVERIFY(dialog != nullptr);
    QVERIFY(f.console.commands.submitted.isEmpty());
    const auto *cancel = dialog->findChild<QPushButton *>(QStringLiteral("dialog.endCall.cancel"));
    QVERIFY(cancel->isDefault());
    dialog->findChild<QComboBox *>()->setCurrentIndex(2);
    dialog->findChild<QPushButton *>(QStringLiteral("dialog.endCall.verb"))->click();
    QTRY_COMPARE(f.console.commands.submitted.size(), 1);
    QCOMPARE(f.console.commands.submitted[0].kind, QStringLiteral("call.stop"));
    QCOMPARE(core::integerMember(f.console.commands.submitted[0].payload, "call"),
             std::optional(call.value));
    QCOMPARE(core::textMember(f.console.commands.submitted[0].payload, "reason"),
             std::optional(QStringLiteral("abuse")));
    QTRY_VERIFY(!dialog); // closed, and gone
}

void TestLiveCalls::aRefusedEndIsExplained()
{
    Fixture f;
    const auto page = f.open();
    ui::EndCallDialog dialog(f.talking(), f.console.commands, page.get());
    api::CommandResult refused;
    refused.state = api::CommandState::Refused;
    refused.code = QStringLiteral("NotAllowed");
    f.console.commands.nextAnswers = {
        failure({.code = ErrorCode::DatabaseUnavailable, .detail = {}, .transient = true}),
        refused};
    dialog.show();
    auto *verb = dialog.findChild<QPushButton *>(QStringLiteral("dialog.endCall.verb"));
    verb->click();
    QTRY_VERIFY(verb->isEnabled());
    verb->click();
    QTRY_COMPARE(f.console.commands.submitted.size(), 2);
    QTRY_VERIFY(verb->isEnabled());
    // Nobody knew whether the first was done, so the second is the same one.
    QCOMPARE(f.console.commands.submitted[0].key, f.console.commands.submitted[1].key);
    const auto labels = dialog.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
        return label->isVisible() && label->text().startsWith(QLatin1String("Your role"));
    }));
    verb->click();
    QTRY_COMPARE(f.console.commands.submitted.size(), 3);
    QVERIFY(f.console.commands.submitted[2].key != f.console.commands.submitted[1].key);
}

void TestLiveCalls::stoppingAllNeedsTheWord()
{
    Fixture f;
    const auto page = f.open();
    f.console.calls.outbound.liveCalls = 18;
    ui::OutboundDialog dialog(ui::OutboundDialog::Way::Stop, f.console.calls.outbound,
                              f.console.commands, page.get());
    dialog.show();
    auto *verb = dialog.findChild<QPushButton *>(QStringLiteral("dialog.stopAll.verb"));
    auto *word = dialog.findChild<QLineEdit *>(QStringLiteral("dialog.stopAll.word"));
    QVERIFY(!verb->isEnabled());
    word->setText(QStringLiteral("stop"));
    QVERIFY(!verb->isEnabled());
    word->setText(QStringLiteral("STOP"));
    QVERIFY(verb->isEnabled());
    verb->click();
    QTRY_COMPARE(f.console.commands.submitted.size(), 1);
    QCOMPARE(f.console.commands.submitted[0].kind, QStringLiteral("calls.stop_all"));
}

void TestLiveCalls::holdingTheButtonStopsAtOnce()
{
    Fixture f;
    const auto page = f.open();
    auto *button = page->findChild<QPushButton *>(QStringLiteral("page.live_calls.action.stopAll"));
    QTRY_VERIFY(button->isVisible());
    QTest::mousePress(button, Qt::LeftButton);
    QVERIFY(f.console.commands.submitted.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(f.console.commands.submitted.size(), 1, 6000);
    QTest::mouseRelease(button, Qt::LeftButton);
    QCOMPARE(f.console.commands.submitted[0].kind, QStringLiteral("calls.stop_all"));
    QVERIFY(dialogOf<ui::OutboundDialog>(*page) == nullptr);
}

void TestLiveCalls::aShortPressOnlyAsks()
{
    Fixture f;
    const auto page = f.open();
    auto *button = page->findChild<QPushButton *>(QStringLiteral("page.live_calls.action.stopAll"));
    QTRY_VERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(dialogOf<ui::OutboundDialog>(*page) != nullptr);
    QVERIFY(f.console.commands.submitted.isEmpty());
}

void TestLiveCalls::resumingTakesTwo()
{
    Fixture f;
    f.console.session.who->roles = api::Role::Admin;
    f.console.calls.outbound.isStopped = true;
    f.console.calls.outbound.resumeAsked = {.what = QStringLiteral("dial again: calm"),
                                            .by = QStringLiteral("omar"),
                                            .until = f.console.clock.now()};
    const auto page = f.open();
    auto *resume = page->findChild<QPushButton *>(QStringLiteral("page.live_calls.action.resume"));
    QTRY_VERIFY(resume->isVisible());
    QVERIFY(shows(*page, "omar asks to resume"));
    resume->click();
    const auto *dialog = dialogOf<ui::OutboundDialog>(*page);
    QVERIFY(dialog != nullptr);
    QVERIFY(shows(*dialog, "omar asks for it. When you agree"));
}

void TestLiveCalls::aViewerIsOfferedNothing()
{
    Fixture f;
    f.console.session.who->roles = api::Role::Viewer;
    const auto page = f.open();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
    page->pane().table().selectObject(f.talking().id.value);
    page->openDrawer();
    QTRY_VERIFY(page->isSettled());
    for (const char *name : {"end", "refund", "stopAll", "resume"}) {
        const auto *button = page->findChild<QPushButton *>(
            QStringLiteral("page.live_calls.action.") + QLatin1String(name));
        QVERIFY2(!button->isVisible(), name);
    }
}

void TestLiveCalls::theTranscriptFollowsUnlessScrolledUp()
{
    ui::Themes themes(*qApp);
    ui::TranscriptView view;
    view.resize(340, 200);
    view.show();
    QList<api::TranscriptLine> lines;
    for (int i = 0; i < 30; ++i)
        lines.append({.isAgent = i % 2 == 0, .words = QStringLiteral("Line %1").arg(i)});
    view.showLines(lines);
    QTRY_VERIFY(view.verticalScrollBar()->maximum() > 0);
    QTRY_COMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
    QVERIFY(view.isFollowing());
    view.verticalScrollBar()->setValue(10);
    QVERIFY(!view.isFollowing());
    lines.append({.isAgent = true, .words = QStringLiteral("The newest")});
    const int before = view.verticalScrollBar()->maximum();
    view.showLines(lines);
    QTRY_VERIFY(view.verticalScrollBar()->maximum() > before);
    QCOMPARE(view.verticalScrollBar()->value(), 10);
    view.jumpToEnd();
    QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
}

REGISTER_TEST(TestLiveCalls);

} // namespace tst_live_calls

#include "tst_live_calls.moc"
