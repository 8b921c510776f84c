#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/pages/audit/audit_page.h"
#include "ui/pages/calls/live_calls_page.h"
#include "ui/pages/customers/customers_page.h"
#include "ui/pages/overview/overview_page.h"
#include "ui/pages/overview/tile.h"
#include "ui/pages/people/people_page.h"
#include "ui/pages/refunds/refunds_page.h"
#include "ui/pages/translations/translations_page.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

namespace tst_console_states {

using ui::PageState;

namespace {

const Error kDatabaseAway{.code = ErrorCode::DatabaseUnavailable, .detail = {}, .transient = false};

struct Fixture {
    [[nodiscard]] std::unique_ptr<ui::Page> open(const QString &name)
    {
        const api::Backend backend = console.backend();
        std::unique_ptr<ui::Page> page;
        if (name == QLatin1String("live_calls"))
            page = std::make_unique<ui::LiveCallsPage>(backend, display);
        else if (name == QLatin1String("customers"))
            page = std::make_unique<ui::CustomersPage>(backend, display);
        else if (name == QLatin1String("overview"))
            page = std::make_unique<ui::OverviewPage>(backend, display);
        else if (name == QLatin1String("refunds"))
            page = std::make_unique<ui::RefundsPage>(backend, display);
        else if (name == QLatin1String("people"))
            page = std::make_unique<ui::PeoplePage>(backend, display);
        else if (name == QLatin1String("audit"))
            page = std::make_unique<ui::AuditPage>(backend, display);
        else
            page = std::make_unique<ui::TranslationsPage>(backend);
        page->resize(1256, 800);
        page->show();
        return page;
    }
    void hold(bool isHeld)
    {
        console.calls.isHeld = isHeld;
        console.customers.isHeld = isHeld;
        console.overview.isHeld = isHeld;
        console.translations.isHeld = isHeld;
        console.people.isHeld = isHeld;
        console.refunds.isHeld = isHeld;
        console.audit.isHeld = isHeld;
    }
    void fail()
    {
        console.calls.nextError = kDatabaseAway;
        console.customers.nextError = kDatabaseAway;
        console.overview.nextError = kDatabaseAway;
        console.translations.nextError = kDatabaseAway;
        console.people.nextError = kDatabaseAway;
        console.refunds.nextError = kDatabaseAway;
        console.audit.nextError = kDatabaseAway;
    }

    tests::FakeConsole console;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::Themes themes{*qApp};
};

void addPages()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"live_calls", "customers", "overview", "translations", "people", "audit", "refunds"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

/// SPEECHCAD_SCREENSHOT_DIR keeps pictures of the states, to look at them.
void keepPicture(ui::Page &page, const QString &state)
{
    const QString directory = qEnvironmentVariable("SPEECHCAD_SCREENSHOT_DIR");
    if (!directory.isEmpty())
        page.grab().save(QStringLiteral("%1/%2-%3.png").arg(directory, page.name(), state));
}

bool showsText(const QWidget &widget, const QString &part)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(part);
    });
}

} // namespace

class TestConsoleStates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void loadingLastsUntilTheAnswer_data() { addPages(); }
    void loadingLastsUntilTheAnswer();
    void anEmptyPageSaysWhatItIsFor_data();
    void anEmptyPageSaysWhatItIsFor();
    void aFailureIsSaidAndReadingAgainEndsIt_data() { addPages(); }
    void aFailureIsSaidAndReadingAgainEndsIt();
    void whatWasThereStaysAfterAFailure();
    void aFilterWithoutMatchesOffersToBeCleared();
    void closingWhileAnAnswerIsAwaitedIsSafe_data() { addPages(); }
    void closingWhileAnAnswerIsAwaitedIsSafe();
    void everyControlHasAName_data() { addPages(); }
    void everyControlHasAName();
    void tilesLeadToTheirPages();
    void aCustomerIsOpenedAndLeftByKeys();
    void aRefundFromACustomerNeedsAChosenCall();
    void theMatrixBeginsWhereMostIsMissing();
};

void TestConsoleStates::loadingLastsUntilTheAnswer()
{
    QFETCH(QString, name);
    Fixture f;
    f.console.fillWithSamples();
    f.hold(true);
    const auto page = f.open(name);
    QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    QCOMPARE(page->state(), PageState::Loading);
    QVERIFY(!page->isSettled());
    keepPicture(*page, QStringLiteral("loading"));
    f.hold(false);
    const auto again = f.open(name);
    QTRY_COMPARE(again->state(), PageState::Ready);
    QTRY_VERIFY(again->isSettled());
}

void TestConsoleStates::anEmptyPageSaysWhatItIsFor_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::addColumn<PageState>("state");
    // Live calls is the filtered half of a list.
    QTest::newRow("live_calls") << QStringLiteral("live_calls")
                                << QStringLiteral("There are none now") << PageState::EmptyFiltered;
    QTest::newRow("customers") << QStringLiteral("customers")
                               << QStringLiteral("Whoever writes to the bot appears here")
                               << PageState::EmptyNew;
    QTest::newRow("overview") << QStringLiteral("overview")
                              << QStringLiteral("Nothing waits for a person") << PageState::Ready;
    QTest::newRow("people") << QStringLiteral("people")
                            << QStringLiteral("Whoever may sign in appears here")
                            << PageState::EmptyNew;
    QTest::newRow("refunds") << QStringLiteral("refunds")
                             << QStringLiteral("Money that is given back, given, taken or paid out")
                             << PageState::EmptyNew;
    QTest::newRow("audit") << QStringLiteral("audit")
                           << QStringLiteral("Everything that people do here is written down")
                           << PageState::EmptyNew;
    QTest::newRow("translations") << QStringLiteral("translations")
                                  << QStringLiteral("The languages of the bot appear here")
                                  << PageState::EmptyNew;
}

void TestConsoleStates::anEmptyPageSaysWhatItIsFor()
{
    QFETCH(QString, name);
    QFETCH(QString, words);
    QFETCH(PageState, state);
    Fixture f;
    const auto page = f.open(name);
    QTRY_COMPARE(page->state(), state);
    QTRY_VERIFY2(showsText(*page, words), qPrintable(words));
    keepPicture(*page, QStringLiteral("empty"));
}

void TestConsoleStates::aFailureIsSaidAndReadingAgainEndsIt()
{
    QFETCH(QString, name);
    Fixture f;
    f.console.fillWithSamples();
    f.fail();
    const auto page = f.open(name);
    QTRY_COMPARE(page->state(), PageState::Failed);
    QVERIFY(showsText(*page, QStringLiteral("The database does not answer.")));
    keepPicture(*page, QStringLiteral("failed"));
    QTRY_VERIFY(page->isSettled());
    page->reload();
    QTRY_COMPARE(page->state(), PageState::Ready);
    QVERIFY(!showsText(*page, QStringLiteral("The database does not answer.")));
}

void TestConsoleStates::whatWasThereStaysAfterAFailure()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("overview"));
    QTRY_VERIFY(page->isSettled());
    f.console.overview.nextError = kDatabaseAway;
    page->reload();
    QTRY_COMPARE(page->state(), PageState::Failed);
    QVERIFY(showsText(*page, QStringLiteral("What you see is older.")));
    QVERIFY(page->findChild<ui::Tile *>()->isVisible());
    keepPicture(*page, QStringLiteral("stale"));
}

void TestConsoleStates::aFilterWithoutMatchesOffersToBeCleared()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("customers"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    auto *edit = page->pane().filter().findChild<QLineEdit *>();
    edit->setText(QStringLiteral("nobody"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(page->state(), PageState::EmptyFiltered);
    keepPicture(*page, QStringLiteral("filtered"));
    page->findChild<QAbstractButton *>(QStringLiteral("page.customers.action.empty"))->click();
    QTRY_COMPARE(page->state(), PageState::Ready);
}

void TestConsoleStates::closingWhileAnAnswerIsAwaitedIsSafe()
{
    QFETCH(QString, name);
    Fixture f;
    f.hold(true);
    auto page = f.open(name);
    page.reset();
    QVERIFY(page == nullptr);
}

void TestConsoleStates::everyControlHasAName()
{
    QFETCH(QString, name);
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(name);
    QTRY_VERIFY(page->isSettled());
    page->showScene(page->scenes().last());
    QTRY_VERIFY(page->isSettled());
    int named = 0;
    const auto controls = page->findChildren<QWidget *>();
    for (const QWidget *control : controls) {
        if (!(control->focusPolicy() & Qt::TabFocus) || !control->isVisible())
            continue;
        QVERIFY2(!control->accessibleName().isEmpty() || control->focusProxy() != nullptr,
                 qPrintable(control->objectName() + u' ' +
                            QLatin1String(control->metaObject()->className())));
        ++named;
    }
    QVERIFY(named >= 3);
}

void TestConsoleStates::tilesLeadToTheirPages()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("overview"));
    QTRY_VERIFY(page->isSettled());
    QSignalSpy asked(static_cast<ui::OverviewPage *>(page.get()), &ui::OverviewPage::pageAsked);
    const auto press = [&](const char *tile) {
        page->findChild<ui::Tile *>(QStringLiteral("page.overview.tile.") + QLatin1String(tile))
            ->click();
        return asked.isEmpty() ? QString() : asked.takeLast()[0].toString();
    };
    QCOMPARE(press("liveCalls"), QStringLiteral("live_calls"));
    QCOMPARE(press("spend"), QStringLiteral("ledger"));
    QCOMPARE(press("deposits"), QStringLiteral("deposits"));
    QCOMPARE(press("refunds"), QStringLiteral("refunds"));
    QCOMPARE(press("coverage"), QStringLiteral("translations"));
}

void TestConsoleStates::aCustomerIsOpenedAndLeftByKeys()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("customers"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page.get()));
    page->takeFocus();
    page->pane().table().setCurrentIndex(page->pane().table().model()->index(1, 0));
    QTest::keyClick(&page->pane().table(), Qt::Key_Return);
    QVERIFY(page->isDrawerOpen());
    QTRY_VERIFY(showsText(*page, QStringLiteral("Harper & Lowe")));
    QTest::keyClick(page.get(), Qt::Key_Left, Qt::AltModifier);
    QVERIFY(!page->isDrawerOpen());
}

void TestConsoleStates::aRefundFromACustomerNeedsAChosenCall()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("customers"));
    QTRY_COMPARE(page->state(), PageState::Ready);
    auto &customers = static_cast<ui::CustomersPage &>(*page);
    QSignalSpy asked(&customers, &ui::CustomersPage::refundAsked);
    customers.openDrawer();
    QTRY_COMPARE(customers.state(), PageState::Ready);
    auto *refund =
        page->findChild<QAbstractButton *>(QStringLiteral("page.customers.action.refund"));
    QTRY_VERIFY(refund->isVisible());
    refund->click(); // nothing chosen: the calls are shown
    QVERIFY(asked.isEmpty());
    QTRY_COMPARE(customers.state(), PageState::Ready);
    customers.view().pane().table().setCurrentIndex(
        customers.view().pane().table().model()->index(0, 0));
    refund->click();
    QCOMPARE(asked.size(), 1);
}

void TestConsoleStates::theMatrixBeginsWhereMostIsMissing()
{
    Fixture f;
    f.console.fillWithSamples();
    const auto page = f.open(QStringLiteral("translations"));
    QTRY_VERIFY(page->isSettled());
    const auto *matrix = page->findChild<QTableView *>(QStringLiteral("page.translations.table"));
    QCOMPARE(matrix->currentIndex().data().toInt(), 79); // of all cells the lowest
    QVERIFY(showsText(*page, QStringLiteral("Arabic, Start")));
    QVERIFY(showsText(*page, QStringLiteral("9 texts, 4 to do")));
}

REGISTER_TEST(TestConsoleStates);

} // namespace tst_console_states

#include "tst_console_states.moc"
