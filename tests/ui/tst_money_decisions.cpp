#include "tests/support/test_main.h"
#include "tests/ui/request_fixture.h"
#include "ui/pages/refunds/paid_dialog.h"

#include <QDir>
#include <QLayout>
#include <QPointer>
#include <QTest>

namespace tst_money_decisions {

using namespace std::chrono_literals;
using namespace tests;
using Fixture = RequestFixture;

/// What others do about an adjustment or a payout.
class TestMoneyDecisions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAdjustmentIsApprovedWithItsHash();
    void aRefundOfAPlanAndADepositTakenBackAreApproved_data();
    void aRefundOfAPlanAndADepositTakenBackAreApproved();
    void aPayoutIsApprovedWithACode();
    void theFirstOfTwoMovesNoMoney();
    void onesOwnIsTakenBackAndNotApproved();
    void whoAgreedAlreadyDoesNotAgreeAgain();
    void theSecondOfTwoIsFinance();
    void over50TheAmountIsTypedAgain();
    void anApprovalThatFailsCanBeLookedAtAgain();
    void aRejectionGoesToTheRightCommand();
    void aPayoutIsSentADayLater();
    void aPayoutThatFailedIsPreviewedAndReturned();
    void aPictureOfTheCode();
};

void TestMoneyDecisions::anAdjustmentIsApprovedWithItsHash()
{
    Fixture f;
    const auto page = f.openOn(RequestKind::Goodwill, "pending_approval");
    Fixture::action(*page, "approve")->click();
    auto *dialog = page->findChild<RequestDialog *>();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QVERIFY(showsText(*dialog, QStringLiteral("ines.duarte asked for this. You are the other")));
    QVERIFY(showsText(*dialog, QStringLiteral("ticket 4711"))); // why
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Done);
    QCOMPARE(f.last().kind, QStringLiteral("adjustment.approve"));
    QCOMPARE(number(f.last().payload, "adjustment"),
             std::optional(f.requestOf(RequestKind::Goodwill, "pending_approval").id.value));
    QVERIFY(core::textMember(f.last().payload, "hash")->startsWith(QLatin1String("5d07e2b9")));
    QVERIFY(showsText(*dialog, QStringLiteral("7.50\u00a0USD are booked, posting 204261")));
}

/// They have no call beside which they could be looked at.
void TestMoneyDecisions::aRefundOfAPlanAndADepositTakenBackAreApproved_data()
{
    QTest::addColumn<RequestKind>("kind");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("noun");
    QTest::newRow("refund of a plan") << RequestKind::Refund << "refund.approve"
                                      << "refund";
    QTest::newRow("deposit taken back") << RequestKind::DepositReversal << "adjustment.approve"
                                        << "adjustment";
}

void TestMoneyDecisions::aRefundOfAPlanAndADepositTakenBackAreApproved()
{
    QFETCH(RequestKind, kind);
    QFETCH(QString, command);
    QFETCH(QString, noun);
    Fixture f;
    api::MoneyRequest request = f.requestOf(RequestKind::Refund, "pending_approval");
    request.kind = kind;
    request.call = {};
    request.requestedBy.clear();
    const auto dialog = f.dialog(RequestTask::Approve, request);
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QVERIFY(showsText(*dialog, QStringLiteral("The customer asked for this")));
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Done);
    QCOMPARE(f.last().kind, command);
    QCOMPARE(number(f.last().payload, qPrintable(noun)), std::optional(request.id.value));
}

void TestMoneyDecisions::aPayoutIsApprovedWithACode()
{
    Fixture f;
    const auto page = f.openOn(RequestKind::Payout, "approved");
    Fixture::action(*page, "approve")->click();
    auto *dialog = page->findChild<RequestDialog *>();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QVERIFY(showsText(*dialog, QStringLiteral("ines.duarte agreed before you")));
    Fixture::type(*dialog, "again", "125.00");
    auto *code = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.request.code"));
    QVERIFY(!code->isVisible());
    f.console.commands.nextAnswers = {refusal("CodeNeeded")};
    Fixture::verb(*dialog)->click();
    QTRY_VERIFY(code->isVisible());
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    const QString firstKey = f.last().key;
    code->setText(QStringLiteral("123456"));
    f.console.commands.nextAnswers = {refusal("Unauthorized")};
    Fixture::verb(*dialog)->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("not the code of now")));
    QVERIFY(code->text().isEmpty()); // each is good once
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    code->setText(QStringLiteral("654321"));
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Done);
    QCOMPARE(f.last().kind, QStringLiteral("payout.approve"));
    QCOMPARE(core::textMember(f.last().payload, "code"), std::optional(QStringLiteral("654321")));
    QVERIFY(f.last().key != firstKey); // that one was refused for good
    QVERIFY(showsText(*dialog, QStringLiteral("the wallet has paid 125.00")));
}

void TestMoneyDecisions::theFirstOfTwoMovesNoMoney()
{
    Fixture f;
    api::MoneyRequest payout = f.requestOf(RequestKind::Payout, "approved");
    payout.approvedBy.clear();
    payout.amount = Money::fromCents(1000);
    const auto dialog = f.dialog(RequestTask::Approve, payout);
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QVERIFY(showsText(*dialog, QStringLiteral("You are the first of two")));
    api::CommandResult agreed;
    agreed.state = api::CommandState::Done;
    agreed.answer = {{"payout", payout.id.value}, {"state", "requested"}};
    f.console.commands.nextAnswers = {agreed};
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Done);
    QVERIFY(showsText(*dialog, QStringLiteral("Another person of Finance has to agree too")));
}

void TestMoneyDecisions::onesOwnIsTakenBackAndNotApproved()
{
    Fixture f;
    f.console.session.who->name = QStringLiteral("ines.duarte");
    const auto page = f.openOn(RequestKind::Goodwill, "pending_approval");
    QVERIFY(!Fixture::action(*page, "approve")->isEnabled());
    QVERIFY(Fixture::action(*page, "approve")->toolTip().contains(QStringLiteral("You asked")));
    QCOMPARE(Fixture::action(*page, "reject")->text(), QStringLiteral("Take back"));
}

void TestMoneyDecisions::whoAgreedAlreadyDoesNotAgreeAgain()
{
    Fixture f;
    f.console.session.who->name = QStringLiteral("ines.duarte");
    const auto page = f.openOn(RequestKind::Payout, "approved");
    QVERIFY(!Fixture::action(*page, "approve")->isEnabled());
    QVERIFY(
        Fixture::action(*page, "approve")->toolTip().contains(QStringLiteral("agreed already")));
}

void TestMoneyDecisions::theSecondOfTwoIsFinance()
{
    Fixture f(api::Role::Senior);
    const auto page = f.openOn(RequestKind::Payout, "approved");
    QVERIFY(!Fixture::action(*page, "approve")->isEnabled());
    QVERIFY(Fixture::action(*page, "approve")->toolTip().contains(QStringLiteral("second")));
    f.console.session.who->roles = api::Role::Finance;
    const auto other = f.openOn(RequestKind::Payout, "approved");
    QVERIFY(Fixture::action(*other, "approve")->isEnabled());
}

void TestMoneyDecisions::over50TheAmountIsTypedAgain()
{
    Fixture f;
    const auto dialog =
        f.dialog(RequestTask::Approve, f.requestOf(RequestKind::Payout, "approved"));
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    Fixture::type(*dialog, "again", "124");
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    Fixture::type(*dialog, "again", "125");
    QVERIFY(Fixture::verb(*dialog)->isEnabled());
    f.console.clock.advance(601s);
    QTRY_VERIFY(!Fixture::verb(*dialog)->isEnabled()); // the preview is too old
}

void TestMoneyDecisions::anApprovalThatFailsCanBeLookedAtAgain()
{
    Fixture f;
    f.console.commands.nextAnswers = {
        refusal("InsufficientFunds", QStringLiteral("the wallet has 3.00 USD"))};
    const auto dialog =
        f.dialog(RequestTask::Approve, f.requestOf(RequestKind::Goodwill, "pending_approval"));
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("the wallet has 3.00 USD")));
    QCOMPARE(dialog->step(), RequestDialog::Input);
    auto *again = Fixture::button(*dialog, QStringLiteral("dialog.request.back"));
    QVERIFY(again->isVisible());
    again->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
}

void TestMoneyDecisions::aRejectionGoesToTheRightCommand()
{
    Fixture f;
    const auto rejected = [&](RequestKind kind, const char *state) {
        const auto page = f.openOn(kind, state);
        Fixture::action(*page, "reject")->click();
        page->findChild<QLineEdit *>(QStringLiteral("dialog.reject.reason"))
            ->setText(QStringLiteral("not agreed with the customer"));
        Fixture::button(*page, QStringLiteral("dialog.reject.verb"))->click();
        return f.last();
    };
    const auto payout = rejected(RequestKind::Payout, "approved");
    QCOMPARE(payout.kind, QStringLiteral("payout.reject"));
    QCOMPARE(number(payout.payload, "payout"),
             std::optional(f.requestOf(RequestKind::Payout, "approved").id.value));
    const auto adjustment = rejected(RequestKind::Goodwill, "pending_approval");
    QCOMPARE(adjustment.kind, QStringLiteral("adjustment.reject"));
    QVERIFY(number(adjustment.payload, "adjustment"));
}

void TestMoneyDecisions::aPayoutIsSentADayLater()
{
    Fixture f;
    for (api::MoneyRequest &row : f.console.refunds.rows) {
        if (row.isToSend())
            row.payableFrom = f.console.clock.now() + 2h;
    }
    const auto early = f.openOn(RequestKind::Payout, "to_send");
    QVERIFY(!Fixture::action(*early, "paid")->isEnabled());
    QVERIFY(Fixture::action(*early, "paid")->toolTip().contains(QStringLiteral("16:42")));
    f.console.clock.advance(3h);
    const auto page = f.openOn(RequestKind::Payout, "to_send");
    Fixture::action(*page, "paid")->click();
    const QPointer<ui::PaidDialog> dialog = page->findChild<ui::PaidDialog *>();
    auto *verb = Fixture::button(*dialog, QStringLiteral("dialog.paid.verb"));
    QVERIFY(!verb->isEnabled());
    Fixture::type(*dialog, "reference", "0xfeedbeef");
    f.console.commands.nextAnswers = {
        refusal("Duplicate", QStringLiteral("that transaction has paid another one"))};
    verb->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("that transaction has paid another one")));
    auto *code = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.paid.code"));
    QVERIFY(!code->isVisible());
    f.console.commands.nextAnswers = {refusal("CodeNeeded")};
    verb->click();
    QTRY_VERIFY(code->isVisible());
    QVERIFY(!verb->isEnabled());
    Fixture::type(*dialog, "code", "123456");
    verb->click();
    QTRY_VERIFY(!dialog); // closed, and with that gone
    QCOMPARE(f.last().kind, QStringLiteral("payout.paid"));
    QCOMPARE(core::textMember(f.last().payload, "code"), std::optional(QStringLiteral("123456")));
    QCOMPARE(core::textMember(f.last().payload, "reference"),
             std::optional(QStringLiteral("0xfeedbeef")));
}

void TestMoneyDecisions::aPayoutThatFailedIsPreviewedAndReturned()
{
    Fixture f;
    const auto page = f.openOn(RequestKind::Payout, "to_send");
    Fixture::action(*page, "return")->click();
    auto *dialog = page->findChild<RequestDialog *>();
    Fixture::type(*dialog, "reason", "the address was refused");
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
    QCOMPARE(core::textMember(f.last().payload, "outcome"),
             std::optional(QStringLiteral("failed")));
    QVERIFY(showsText(*dialog, QStringLiteral("Nobody else has to approve this")));
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), RequestDialog::Done);
    QCOMPARE(f.last().kind, QStringLiteral("payout.failed"));
    QCOMPARE(core::textMember(f.last().payload, "reason"),
             std::optional(QStringLiteral("the address was refused")));
    QVERIFY(showsText(*dialog, QStringLiteral("came back")));
}

void TestMoneyDecisions::aPictureOfTheCode()
{
    Fixture f;
    const QString directory = qEnvironmentVariable("SPEECHCAD_SCREENSHOT_DIR");
    for (const ui::ThemeChoice theme : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        f.themes.choose(theme);
        const auto dialog =
            f.dialog(RequestTask::Approve, f.requestOf(RequestKind::Goodwill, "pending_approval"));
        QTRY_COMPARE(dialog->step(), RequestDialog::Preview);
        f.console.commands.nextAnswers = {refusal("CodeNeeded")};
        Fixture::verb(*dialog)->click();
        auto *code = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.request.code"));
        QTRY_VERIFY(code->isVisible());
        QTRY_COMPARE(dialog->height(), dialog->layout()->totalHeightForWidth(dialog->width()));
        const auto *again = Fixture::button(*dialog, QStringLiteral("dialog.request.recalculate"));
        QTRY_VERIFY(again->width() >= again->sizeHint().width());
        const QPixmap picture = dialog->grab();
        QVERIFY(!picture.isNull());
        if (!directory.isEmpty())
            QVERIFY(picture.save(QDir(directory).filePath(theme == ui::ThemeChoice::Light
                                                              ? QStringLiteral("code-light.png")
                                                              : QStringLiteral("code-dark.png"))));
    }
    f.themes.choose(ui::ThemeChoice::Light);
}

REGISTER_TEST(TestMoneyDecisions);

} // namespace tst_money_decisions

#include "tst_money_decisions.moc"
