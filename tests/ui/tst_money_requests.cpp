#include "tests/support/test_main.h"
#include "tests/ui/request_fixture.h"
#include "ui/pages/people/add_person_dialog.h"
#include "ui/pages/refunds/rules_dialog.h"

#include <QAbstractItemModelTester>
#include <QRadioButton>
#include <QTest>

namespace tst_money_requests {

using namespace std::chrono_literals;
using namespace tests;
using Fixture = RequestFixture;

/// The page of refunds and approvals, and what is asked for there.
class TestMoneyRequests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tabsChooseWhatIsListed();
    void aChangeIsShownInPlace();
    void whoMayNotAskIsToldWhy();
    void anAdjustmentIsPreviewedAndAskedFor();
    void aCorrectionTakes();
    void theCustomerIsNamedBeforeThePreview();
    void aWishHasToBeWhole();
    void aPayoutIsAskedFor();
    void aRefundIsReversedAsFarAsTheWalletGoes();
    void changedFiguresAreSaid();
    void anUnknownOutcomeIsTriedWithTheSameKey();
    void theDestinationIsMaskedAndRevealed();
    void everyControlIsReachedByTab();
};

void TestMoneyRequests::tabsChooseWhatIsListed()
{
    Fixture f;
    f.console.session.who->name = QStringLiteral("ines.duarte");
    const auto page = f.open();
    const QAbstractItemModelTester tester(page->pane().table().model());
    auto *tabs = page->findChild<ui::TabRow *>(QStringLiteral("page.refunds.tabs"));
    const auto rows = [&](int tab) {
        tabs->setCurrentIndex(tab);
        (void)QTest::qWaitFor([&] { return page->isSettled(); });
        return page->pane().table().model()->rowCount();
    };
    QCOMPARE(rows(0), 4); // to approve
    QCOMPARE(rows(1), 2); // mine
    QCOMPARE(rows(2), int(f.console.refunds.rows.size()));
    QCOMPARE(rows(3), 3); // adjustments
    QCOMPARE(rows(4), 4); // payouts
    tabs->setCurrentIndex(kRulesTab);
    QVERIFY(!page->pane().isVisible());
    QTRY_VERIFY(showsText(*page, QStringLiteral("Who agrees to a refund")));
    page->showStart();
    QVERIFY(page->pane().isVisible());
}

void TestMoneyRequests::aChangeIsShownInPlace()
{
    Fixture f;
    const auto page = f.openOn(RequestKind::Payout, "approved");
    QTRY_VERIFY(showsText(*page, QStringLiteral("ines.duarte")));
    for (api::MoneyRequest &row : f.console.refunds.rows) {
        if (row.state == QLatin1String("approved"))
            row.state = QStringLiteral("to_send");
    }
    const qint64 id = f.requestOf(RequestKind::Payout, "to_send").id.value;
    Q_EMIT f.console.changes.changed({{Topic::Refund, id}});
    QTRY_VERIFY(Fixture::action(*page, "paid") != nullptr);
}

void TestMoneyRequests::whoMayNotAskIsToldWhy()
{
    Fixture f(api::Role::Senior);
    const auto page = f.open();
    QVERIFY(!Fixture::action(*page, "adjust")->isEnabled());
    QVERIFY(Fixture::action(*page, "adjust")->toolTip().contains(QStringLiteral("Finance")));
    QVERIFY(Fixture::action(*page, "payout")->isEnabled());
}

void TestMoneyRequests::anAdjustmentIsPreviewedAndAskedFor()
{
    Fixture f;
    const auto dialog = f.dialog(RequestTask::Adjust);
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    f.fillAdjustment(*dialog);
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QCOMPARE(f.last().kind, QStringLiteral("adjustment.preview"));
    QVERIFY(showsText(*dialog, QStringLiteral("Nouveau solde : 187,90 USD")));
    QVERIFY(showsText(*dialog, QStringLiteral("One other person must approve: Finance.")));
    QVERIFY(showsText(*dialog, QStringLiteral("5d07e2b9")));
    QCOMPARE(Fixture::verb(*dialog)->text(), QStringLiteral("Ask for approval of 7.50\u00a0USD"));
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Done);
    QCOMPARE(f.last().kind, QStringLiteral("adjustment.request"));
    QCOMPARE(number(f.last().payload, "amount"), std::optional<qint64>(7'500'000));
    QCOMPARE(core::textMember(f.last().payload, "kind"), std::optional(QStringLiteral("goodwill")));
    QVERIFY(core::textMember(f.last().payload, "hash").has_value());
    QVERIFY(showsText(*dialog, QStringLiteral("A-3110 waits")));
    QVERIFY(showsText(*dialog, QStringLiteral("No money has moved yet")));
}

void TestMoneyRequests::aCorrectionTakes()
{
    Fixture f;
    const auto dialog = f.dialog(RequestTask::Adjust);
    f.fillAdjustment(*dialog);
    dialog->findChild<QRadioButton *>(QStringLiteral("dialog.request.kind2"))->setChecked(true);
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QCOMPARE(number(f.last().payload, "amount"), std::optional<qint64>(-7'500'000));
    QCOMPARE(core::textMember(f.last().payload, "kind"),
             std::optional(QStringLiteral("correction")));
}

void TestMoneyRequests::theCustomerIsNamedBeforeThePreview()
{
    Fixture f;
    const auto dialog = f.dialog(RequestTask::Adjust);
    f.fillAdjustment(*dialog);
    const QString name = f.console.customers.rows.first().name;
    QTRY_VERIFY(showsText(*dialog, name + QStringLiteral(", with")));
    Fixture::type(*dialog, "customer", "4711");
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("No customer has this number")));
}

void TestMoneyRequests::aWishHasToBeWhole()
{
    Fixture f;
    const auto dialog = f.dialog(RequestTask::PayOut);
    f.fillAdjustment(*dialog);
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    QVERIFY(showsText(*dialog, QStringLiteral("Say where it goes")));
    Fixture::type(*dialog, "destination", "BTC bc1qexample");
    QVERIFY(Fixture::verb(*dialog)->isEnabled());
    for (const char *wrong : {"", "0", "-1", "a", "0.0000001"}) {
        Fixture::type(*dialog, "amount", wrong);
        QVERIFY2(!Fixture::verb(*dialog)->isEnabled(), wrong);
    }
    Fixture::type(*dialog, "amount", "1");
    Fixture::type(*dialog, "reason", "too short");
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    Fixture::type(*dialog, "reason", "long enough");
    Fixture::type(*dialog, "customer", "Camille");
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    // Enter in a field moves no money.
    Fixture::type(*dialog, "customer", "7100");
    QTest::keyClick(dialog->findChild<QLineEdit *>(QStringLiteral("dialog.request.reason")),
                    Qt::Key_Return);
    QVERIFY(f.console.commands.submitted.isEmpty());
}

void TestMoneyRequests::aPayoutIsAskedFor()
{
    Fixture f(api::Role::Senior);
    const auto dialog = f.dialog(RequestTask::PayOut);
    f.fillAdjustment(*dialog);
    Fixture::type(*dialog, "destination", " BTC bc1qexample ");
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QVERIFY(showsText(*dialog, QStringLiteral("Two other people must approve")));
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Done);
    QCOMPARE(f.last().kind, QStringLiteral("payout.request"));
    QCOMPARE(core::textMember(f.last().payload, "destination"),
             std::optional(QStringLiteral("BTC bc1qexample")));
    QVERIFY(showsText(*dialog, QStringLiteral("P-3111 waits for two other people")));
}

void TestMoneyRequests::aRefundIsReversedAsFarAsTheWalletGoes()
{
    Fixture f(api::Role::Senior);
    const auto page = f.openOn(RequestKind::Refund, "done");
    Fixture::action(*page, "reverse")->click();
    auto *dialog = page->findChild<RequestDialog *>();
    QVERIFY(dialog);
    Fixture::type(*dialog, "reason", "the recording is fine");
    QVERIFY(Fixture::verb(*dialog)->isEnabled());
    Fixture::type(*dialog, "amount", "0.59"); // it gave 0.58
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    Fixture::type(*dialog, "amount", "");
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QCOMPARE(f.last().kind, QStringLiteral("adjustment.preview"));
    QVERIFY(!number(f.last().payload, "amount"));
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Done);
    QCOMPARE(f.last().kind, QStringLiteral("refund.reverse"));
    QCOMPARE(number(f.last().payload, "refund"),
             std::optional(f.requestOf(RequestKind::Refund, "done").id.value));
}

void TestMoneyRequests::changedFiguresAreSaid()
{
    Fixture f;
    const auto dialog = f.dialog(RequestTask::Adjust);
    f.fillAdjustment(*dialog);
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    f.console.commands.nextAnswers = {refusal("FiguresChanged")};
    Fixture::verb(*dialog)->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("The figures have changed")));
    QCOMPARE(dialog->step(), RequestDialog::Preview);
}

void TestMoneyRequests::anUnknownOutcomeIsTriedWithTheSameKey()
{
    Fixture f;
    const auto dialog = f.dialog(RequestTask::Adjust);
    f.fillAdjustment(*dialog);
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    f.console.commands.nextAnswers = {
        failure({.code = ErrorCode::DatabaseUnavailable, .detail = {}, .transient = true})};
    Fixture::verb(*dialog)->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("cannot do it twice")));
    const QString key = f.last().key;
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Done);
    QCOMPARE(f.last().key, key);
}

void TestMoneyRequests::theDestinationIsMaskedAndRevealed()
{
    Fixture f;
    const auto page = f.openOn(RequestKind::Payout, "approved");
    QVERIFY(!showsText(*page, QStringLiteral("TQrZ8tKf7Jv1")));
    Fixture::action(*page, "reveal")->click();
    page->findChild<QLineEdit *>(QStringLiteral("dialog.reveal.reason"))
        ->setText(QStringLiteral("compared with the ticket"));
    Fixture::button(*page, QStringLiteral("dialog.reveal.verb"))->click();
    QTRY_VERIFY(showsText(*page, QStringLiteral("TQrZ8tKf7Jv1")));
    QCOMPARE(f.last().kind, QStringLiteral("reveal.destination"));
    QVERIFY(number(f.last().payload, "payout"));
    f.console.session.who->roles = api::Role::Support;
    const auto other = f.openOn(RequestKind::Payout, "approved");
    QVERIFY(!Fixture::action(*other, "reveal")->isEnabled());
}

void TestMoneyRequests::everyControlIsReachedByTab()
{
    Fixture f(api::Role::Admin | api::Role::Finance);
    ui::RulesDialog rules(f.console.refunds.rules.first(), f.console.commands, nullptr);
    ui::AddPersonDialog person(f.console.commands, nullptr);
    RequestDialog payout(RequestTask::PayOut, {}, *f.backend, nullptr);
    RequestDialog approval(RequestTask::Approve, f.requestOf(RequestKind::Payout, "approved"),
                           *f.backend, nullptr);
    QTRY_COMPARE(approval.step(), RequestDialog::Preview);
    for (QWidget *window : std::initializer_list<QWidget *>{&rules, &person, &payout, &approval}) {
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window));
        QSet<QWidget *> reached;
        for (int i = 0; i < 60; ++i) {
            QTest::keyClick(window, Qt::Key_Tab);
            reached.insert(QApplication::focusWidget());
        }
        const auto widgets = window->findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            const bool isControl = qobject_cast<QAbstractButton *>(widget) != nullptr ||
                                   qobject_cast<QLineEdit *>(widget) != nullptr;
            if (!isControl || !widget->isVisible() || !widget->isEnabled() ||
                !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            // Of radio buttons that exclude each other the arrows reach the others.
            if (auto *radio = qobject_cast<QRadioButton *>(widget); radio && !radio->isChecked())
                continue;
            QVERIFY2(reached.contains(widget), qUtf8Printable(widget->objectName()));
            QVERIFY2(!widget->accessibleName().isEmpty(), qUtf8Printable(widget->objectName()));
        }
        window->hide();
    }
}

REGISTER_TEST(TestMoneyRequests);

} // namespace tst_money_requests

#include "tst_money_requests.moc"
