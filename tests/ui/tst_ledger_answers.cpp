#include "tests/fakes/fake_console.h"
#include "tests/fakes/samples.h"
#include "tests/support/test_main.h"
#include "ui/pages/customers/customer_words.h"
#include "ui/pages/customers/customers_page.h"
#include "ui/pages/ledger/explanation_view.h"
#include "ui/pages/ledger/ledger_page.h"
#include "ui/pages/ledger/past_bar.h"
#include "ui/support/cells.h"
#include "ui/support/figures.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDateTimeEdit>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

namespace tst_ledger_answers {

using namespace std::chrono_literals;

namespace {

bool showsText(const QWidget &widget, const QString &part)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(part);
    });
}

QStringList figures(const QWidget &widget)
{
    QStringList shown;
    for (const ui::FigureLabel *label : widget.findChildren<ui::FigureLabel *>())
        shown << label->text().replace(QChar(0xA0), u' ');
    return shown;
}

struct Fixture {
    Fixture()
    {
        console.fillWithSamples();
        page = std::make_unique<ui::LedgerPage>(console.backend(), display);
        page->resize(1256, 800);
        page->show();
        (void)QTest::qWaitFor([&] { return page->state() == ui::PageState::Ready; });
    }
    [[nodiscard]] QAbstractButton *button(const QString &name) const
    {
        return page->findChild<QAbstractButton *>(name);
    }
    void showPriya()
    {
        page->showCustomer(CustomerId{tests::sampleCustomerId(QStringLiteral("Priya Nair"))},
                           QStringLiteral("Priya Nair"));
        QTRY_VERIFY(past().isVisible());
    }
    [[nodiscard]] ui::PastBar &past() const { return *page->findChild<ui::PastBar *>(); }

    tests::FakeConsole console;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::Themes themes{*qApp};
    std::unique_ptr<ui::LedgerPage> page;
};

} // namespace

/// Why there is a posting, and what a customer had at an instant; and what their plan is.
class TestLedgerAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPostingIsExplainedByAKey();
    void theExplanationIsLeftAgain();
    void anExplanationThatFailsSaysSo();
    void thePastIsOfferedForOneCustomer();
    void anInstantShowsWhatThereWasThen();
    void beforeTheFirstPostingThereIsNothing();
    void backToNowShowsEverything();
    void anotherFilterLeavesThePast();
    void aPlanIsWrittenOut();
    void aPlansPaymentIsRefundedFromItsPosting();
    void aPlansPaymentIsRefundedFromItsCustomer();
};

void TestLedgerAnswers::aPostingIsExplainedByAKey()
{
    Fixture f;
    auto &table = f.page->pane().table();
    table.setCurrentIndex(table.model()->index(0, 0));
    table.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(f.page.get()));
    QTest::keyClick(&table, Qt::Key_X);
    QTRY_VERIFY(f.page->isDrawerOpen() && f.page->isSettled());
    QCOMPARE(f.page->findChildren<ui::ExplanationView *>().size(), 2);
    QTRY_VERIFY(showsText(*f.page, QStringLiteral("because of telegram.update")));
    QVERIFY(showsText(*f.page, QStringLiteral("are masked")));
}

void TestLedgerAnswers::theExplanationIsLeftAgain()
{
    Fixture f;
    f.page->openDrawer();
    f.button(QStringLiteral("page.ledger.action.explain"))->click();
    QTRY_VERIFY(f.button(QStringLiteral("page.ledger.action.back")));
    f.button(QStringLiteral("page.ledger.action.back"))->click();
    QTRY_VERIFY(f.page->findChildren<ui::ExplanationView *>().isEmpty());
    QVERIFY(f.button(QStringLiteral("page.ledger.action.explain")));
}

void TestLedgerAnswers::anExplanationThatFailsSaysSo()
{
    Fixture f;
    f.page->openDrawer();
    f.console.ledger.nextError = Error{.code = ErrorCode::DatabaseUnavailable};
    f.button(QStringLiteral("page.ledger.action.explain"))->click();
    QTRY_VERIFY(showsText(*f.page, QStringLiteral("The database does not answer.")));
    QVERIFY(f.page->isSettled());
}

void TestLedgerAnswers::thePastIsOfferedForOneCustomer()
{
    Fixture f;
    QVERIFY(!f.past().isVisible());
    f.showPriya();
    QVERIFY(f.button(QStringLiteral("page.ledger.past.enter"))->isVisible());
    QVERIFY(!f.past().isPast());
}

void TestLedgerAnswers::anInstantShowsWhatThereWasThen()
{
    Fixture f;
    f.showPriya();
    const int all = f.page->pane().table().model()->rowCount();
    f.button(QStringLiteral("page.ledger.past.enter"))->click();
    QTRY_VERIFY(f.page->isSettled());
    QVERIFY(f.past().isPast());
    QVERIFY(showsText(*f.page, QStringLiteral("You are looking at the past")));
    // After the first deposit of 20 USD and the first hold of 2.25.
    f.past().goTo(f.console.clock.now() - 31h + 2 * (97min + 13s));
    QTRY_VERIFY(figures(f.past()).contains(QStringLiteral("17.75 USD")));
    QVERIFY(figures(f.past()).contains(QStringLiteral("2.25 USD")));
    QTRY_VERIFY(f.page->pane().table().model()->rowCount() < all);
    QCOMPARE(f.page->findChild<QDateTimeEdit *>()->displayFormat(),
             QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

void TestLedgerAnswers::beforeTheFirstPostingThereIsNothing()
{
    Fixture f;
    f.showPriya();
    f.past().goTo(f.console.clock.now() - 40h);
    QTRY_COMPARE(f.page->pane().table().model()->rowCount(), 0);
    QVERIFY(f.past().isVisible());
    QVERIFY(figures(f.past()).contains(QStringLiteral("0.00 USD")));
}

void TestLedgerAnswers::backToNowShowsEverything()
{
    Fixture f;
    f.showPriya();
    const int all = f.page->pane().table().model()->rowCount();
    f.past().goTo(f.console.clock.now() - 40h);
    QTRY_COMPARE(f.page->pane().table().model()->rowCount(), 0);
    QTest::keyClick(f.page->findChild<QDateTimeEdit *>(), Qt::Key_Escape);
    QTRY_COMPARE(f.page->pane().table().model()->rowCount(), all);
    QVERIFY(!f.past().isPast());
}

void TestLedgerAnswers::anotherFilterLeavesThePast()
{
    Fixture f;
    f.showPriya();
    f.past().goTo(f.console.clock.now() - 40h);
    QTRY_COMPARE(f.page->pane().table().model()->rowCount(), 0);
    f.page->pane().filter().clear();
    QTRY_VERIFY(!f.past().isPast());
    QTRY_VERIFY(f.page->pane().table().model()->rowCount() > 10);
    QVERIFY(!f.past().isVisible());
}

void TestLedgerAnswers::aPlanIsWrittenOut()
{
    Fixture f;
    const Timestamp now = f.console.clock.now();
    const auto words = [&](const std::optional<api::CustomerPlan> &plan) {
        return ui::planWords(plan, QTimeZone::utc()).replace(QChar(0xA0), u' ');
    };
    api::CustomerRow row;
    row.tier = QStringLiteral("regular");
    api::CustomerPlan plan = *tests::samplePlan(row, now);
    QCOMPARE(words(plan), QStringLiteral("Prime, 30 days for 30.00 USD   421 of 500 min left   3 "
                                         "min held by calls   renews 2026-12-09 14:42"));
    plan.renews = false;
    QVERIFY(words(plan).endsWith(QStringLiteral("ends 2026-12-09 14:42")));
    plan.state = QStringLiteral("grace");
    plan.nextTryAt = now;
    QVERIFY(words(plan).contains(QStringLiteral("not paid since 2026-12-09")));
    QVERIFY(words(plan).endsWith(QStringLiteral("tried again 2026-11-20 14:42")));
    row.tier = QStringLiteral("new");
    QVERIFY(words(tests::samplePlan(row, now)).startsWith(QStringLiteral("Free, 2 days   1 of 2")));
    QCOMPARE(words(std::nullopt), QStringLiteral("No plan: calls are paid from the balance"));

    ui::CustomersPage customers(f.console.backend(), f.display);
    customers.resize(1256, 800);
    customers.show();
    customers.showCustomer(CustomerId{tests::sampleCustomerId(QStringLiteral("Camille Perrin"))});
    auto *label = customers.findChild<QLabel *>(QStringLiteral("page.customers.plan"));
    QTRY_VERIFY(label->text().startsWith(QLatin1String("Prime")));
    f.console.session.who->roles = api::Role::Finance;
    customers.reload();
    auto *number =
        customers.findChild<QAbstractButton *>(QStringLiteral("page.customers.action.number"));
    QTRY_VERIFY(!number->isEnabled() &&
                number->toolTip().contains(QStringLiteral("Support, Senior or Admin")));
}

void TestLedgerAnswers::aPlansPaymentIsRefundedFromItsPosting()
{
    Fixture f;
    QSignalSpy asked(f.page.get(), &ui::LedgerPage::planRefundAsked);
    auto &table = f.page->pane().table();
    f.page->openDrawer();
    QVERIFY(
        !f.button(QStringLiteral("page.ledger.action.refund"))); // a call is refunded from the call
    f.console.ledger.rows.first().kind = QStringLiteral("plan");
    const qint64 transfer = f.console.ledger.rows.first().id.value;
    f.page->reload();
    const auto isRead = [&] {
        table.clearChoice();
        f.page->openDrawer();
        return f.button(QStringLiteral("page.ledger.action.refund")) != nullptr;
    };
    QTRY_VERIFY(isRead());
    f.button(QStringLiteral("page.ledger.action.refund"))->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<TransferId>().value, transfer);
    f.console.session.who->roles = api::Role::Viewer;
    table.clearChoice();
    f.page->openDrawer();
    QVERIFY(!f.button(QStringLiteral("page.ledger.action.refund"))->isEnabled());
}

void TestLedgerAnswers::aPlansPaymentIsRefundedFromItsCustomer()
{
    Fixture f;
    ui::CustomersPage page(f.console.backend(), f.display);
    QSignalSpy asked(&page, &ui::CustomersPage::planRefundAsked);
    page.resize(1256, 800);
    page.show();
    const auto whose = [&](const char *tier) {
        for (const api::CustomerRow &row : f.console.customers.rows) {
            if (row.tier == QLatin1String(tier))
                return row.id;
        }
        qFatal("no such sample");
    };
    page.showCustomer(whose("new")); // Free cost nothing
    QTRY_VERIFY(showsText(page, QStringLiteral("Free, 2 days")));
    auto *refund =
        page.findChild<QAbstractButton *>(QStringLiteral("page.customers.action.refundPlan"));
    QVERIFY(!refund->isVisible());
    page.showCustomer(whose("regular"));
    QTRY_VERIFY(refund->isVisible());
    refund->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<TransferId>().value, 204'111);
}

REGISTER_TEST(TestLedgerAnswers);

} // namespace tst_ledger_answers

#include "tst_ledger_answers.moc"
