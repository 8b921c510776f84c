#include "tests/fakes/fake_console.h"
#include "tests/fakes/samples.h"
#include "tests/support/test_main.h"
#include "ui/pages/refunds/refund_dialog.h"
#include "ui/pages/refunds/refund_parts.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

namespace tst_refund_dialog {

using namespace std::chrono_literals;
using ui::RefundDialog;

namespace {

constexpr qint64 kCharged = 88'206; // ended, charged 0.72
constexpr qint64 kFree = 88'204;    // nobody answered

struct Fixture {
    Fixture()
    {
        console.fillWithSamples();
        backend = std::make_unique<api::Backend>(console.backend());
    }
    [[nodiscard]] std::unique_ptr<RefundDialog> open(qint64 call = kCharged)
    {
        auto dialog = std::make_unique<RefundDialog>(api::CallId{call}, *backend, nullptr);
        dialog->show();
        return dialog;
    }
    static QPushButton *button(const RefundDialog &dialog, const char *name)
    {
        return dialog.findChild<QPushButton *>(QStringLiteral("dialog.refund.") +
                                               QLatin1String(name));
    }
    static void choose(RefundDialog &dialog, const char *reason)
    {
        auto *box = dialog.findChild<QComboBox *>(QStringLiteral("dialog.refund.reason"));
        box->setCurrentIndex(box->findData(QString::fromLatin1(reason)));
    }
    static void preview(RefundDialog &dialog)
    {
        QTRY_COMPARE(dialog.step(), RefundDialog::Amount);
        choose(dialog, "bad_audio");
        button(dialog, "verb")->click();
        QTRY_COMPARE(dialog.step(), RefundDialog::Preview);
    }

    tests::FakeConsole console;
    std::unique_ptr<api::Backend> backend;
    ui::Themes themes{*qApp};
};

bool showsText(const QWidget &widget, const QString &part)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(part);
    });
}

} // namespace

class TestRefundDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCallThatCostNothingStopsHere();
    void aReasonAndAnAmountWithinTheRestAreNeeded();
    void theReasonOtherNeedsWords();
    void whatIsPreviewedIsExecutedWithItsHash();
    void nothingOverlapsInThePreview();
    void anUnknownOutcomeIsTriedAgainWithTheSameKey();
    void changedFiguresAreExplained();
    void withoutTheRightItIsARequest();
    void over50TheAmountIsTypedAgain();
    void aPreviewOf10MinutesIsTooOld();
    void enterInTheNoteSubmitsNothing();
    void aRequestIsPreviewedAtOnceAndApproved();
    void aCodeOfTheSecondFactorIsAskedFor();
    void aRequestThatIsNotForThemEndsThere();
    void thePaymentOfAPlanIsRefunded();
    void aPostingThatPaidNoPlanStopsHere();
};

void TestRefundDialog::aCallThatCostNothingStopsHere()
{
    Fixture f;
    const auto dialog = f.open(kFree);
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("Nothing was charged")));
    QCOMPARE(dialog->step(), RefundDialog::Eligible);
    QVERIFY(!Fixture::button(*dialog, "verb")->isVisible());
}

void TestRefundDialog::aReasonAndAnAmountWithinTheRestAreNeeded()
{
    Fixture f;
    const auto dialog = f.open();
    QTRY_COMPARE(dialog->step(), RefundDialog::Amount);
    auto *verb = Fixture::button(*dialog, "verb");
    QVERIFY(!verb->isEnabled());
    Fixture::choose(*dialog, "bad_audio");
    QVERIFY(verb->isEnabled());
    dialog->findChild<QRadioButton *>(QStringLiteral("dialog.refund.share2"))->setChecked(true);
    QVERIFY(!verb->isEnabled());
    auto *amount = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.refund.amount"));
    for (const char *wrong : {"0.73", "0", "-1", "a", "0.0000001"}) {
        amount->setText(QString::fromLatin1(wrong));
        QVERIFY2(!verb->isEnabled(), wrong);
    }
    amount->setText(QStringLiteral("0.72"));
    QVERIFY(verb->isEnabled());
}

void TestRefundDialog::theReasonOtherNeedsWords()
{
    Fixture f;
    const auto dialog = f.open();
    QTRY_COMPARE(dialog->step(), RefundDialog::Amount);
    Fixture::choose(*dialog, "other");
    QVERIFY(!Fixture::button(*dialog, "verb")->isEnabled());
    dialog->findChild<QLineEdit *>(QStringLiteral("dialog.refund.note"))
        ->setText(QStringLiteral("ten letters"));
    QVERIFY(Fixture::button(*dialog, "verb")->isEnabled());
}

void TestRefundDialog::whatIsPreviewedIsExecutedWithItsHash()
{
    Fixture f;
    const auto dialog = f.open();
    QTRY_COMPARE(dialog->step(), RefundDialog::Amount);
    dialog->findChild<QRadioButton *>(QStringLiteral("dialog.refund.share1"))->setChecked(true);
    Fixture::preview(*dialog);
    QVERIFY(showsText(*dialog, QStringLiteral("Nous avons remboursé")));
    QVERIFY(showsText(*dialog, QStringLiteral("We refunded 0.36 USD")));
    QVERIFY(showsText(*dialog, QStringLiteral("a41f09c7")));
    Fixture::button(*dialog, "verb")->click();
    QTRY_COMPARE(dialog->step(), RefundDialog::Done);
    QCOMPARE(f.console.commands.submitted.size(), 2);
    const auto &executed = f.console.commands.submitted[1];
    QCOMPARE(executed.kind, QStringLiteral("refund.execute"));
    QCOMPARE(core::integerMember(executed.payload, "amount"), std::optional<qint64>(360'000));
    QVERIFY(core::textMember(executed.payload, "hash")->startsWith(QLatin1String("a41f09c7")));
    QVERIFY(showsText(*dialog, QStringLiteral("posting 204260")));
}

/// Wrapped words make the page taller than its size hint says.
void TestRefundDialog::nothingOverlapsInThePreview()
{
    Fixture f;
    const auto dialog = f.open();
    Fixture::preview(*dialog);
    auto *table = dialog->findChild<ui::EntriesTable *>();
    QVERIFY(table && table->isVisible());
    QTRY_COMPARE(dialog->height(), dialog->layout()->totalHeightForWidth(dialog->width()));
    const auto overlaps = [table] {
        const auto labels = table->parentWidget()->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [table](const QLabel *label) {
            return label->isVisible() && label->parentWidget() == table->parentWidget() &&
                   label->geometry().intersects(table->geometry());
        });
    };
    QTRY_VERIFY(!overlaps());
}

void TestRefundDialog::anUnknownOutcomeIsTriedAgainWithTheSameKey()
{
    Fixture f;
    const auto dialog = f.open();
    Fixture::preview(*dialog);
    f.console.commands.nextAnswers = {
        failure({.code = ErrorCode::DatabaseUnavailable, .detail = {}, .transient = true})};
    Fixture::button(*dialog, "verb")->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("cannot do it twice")));
    Fixture::button(*dialog, "verb")->click();
    QTRY_COMPARE(dialog->step(), RefundDialog::Done);
    QCOMPARE(f.console.commands.submitted[1].key, f.console.commands.submitted[2].key);
}

void TestRefundDialog::changedFiguresAreExplained()
{
    Fixture f;
    const auto dialog = f.open();
    Fixture::preview(*dialog);
    api::CommandResult refused;
    refused.state = api::CommandState::Refused;
    refused.code = QStringLiteral("FiguresChanged");
    f.console.commands.nextAnswers = {refused};
    Fixture::button(*dialog, "verb")->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("The figures have changed")));
    QCOMPARE(dialog->step(), RefundDialog::Preview);
}

void TestRefundDialog::withoutTheRightItIsARequest()
{
    Fixture f;
    const auto dialog = f.open();
    QTRY_COMPARE(dialog->step(), RefundDialog::Amount);
    api::RefundPreview preview = tests::sampleRefund(Money::fromCents(72));
    preview.mayExecute = false;
    preview.needs = api::RefundNeeds::SeniorOrFinance;
    api::CommandResult answer;
    answer.state = api::CommandState::Done;
    answer.answer = api::toJson(preview);
    f.console.commands.nextAnswers = {answer};
    Fixture::preview(*dialog);
    QVERIFY(showsText(*dialog, QStringLiteral("One other person must approve")));
    QVERIFY(Fixture::button(*dialog, "verb")->text().startsWith(QLatin1String("Request")));
    Fixture::button(*dialog, "verb")->click();
    QTRY_COMPARE(dialog->step(), RefundDialog::Done);
    QCOMPARE(f.console.commands.submitted.last().kind, QStringLiteral("refund.request"));
    QVERIFY(showsText(*dialog, QStringLiteral("No money has moved yet")));
}

void TestRefundDialog::over50TheAmountIsTypedAgain()
{
    Fixture f;
    for (api::CallRow &row : f.console.calls.rows) {
        if (row.id.value == kCharged)
            row.charged = Money::fromCents(6000);
    }
    const auto dialog = f.open();
    Fixture::preview(*dialog);
    auto *verb = Fixture::button(*dialog, "verb");
    auto *again = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.refund.again"));
    QVERIFY(again->isVisible());
    QVERIFY(!verb->isEnabled());
    again->setText(QStringLiteral("59"));
    QVERIFY(!verb->isEnabled());
    again->setText(QStringLiteral("60.00"));
    QVERIFY(verb->isEnabled());
}

void TestRefundDialog::aPreviewOf10MinutesIsTooOld()
{
    Fixture f;
    const auto dialog = f.open();
    Fixture::preview(*dialog);
    f.console.clock.advance(601s);
    auto *verb = Fixture::button(*dialog, "verb");
    QTRY_VERIFY(!verb->isEnabled());
    QVERIFY(showsText(*dialog, QStringLiteral("Too old")));
    Fixture::button(*dialog, "recalculate")->click();
    QTRY_VERIFY(verb->isEnabled());
}

void TestRefundDialog::enterInTheNoteSubmitsNothing()
{
    Fixture f;
    const auto dialog = f.open();
    QTRY_COMPARE(dialog->step(), RefundDialog::Amount);
    Fixture::choose(*dialog, "bad_audio");
    auto *note = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.refund.note"));
    note->setFocus();
    QTest::keyClick(note, Qt::Key_Return);
    QVERIFY(f.console.commands.submitted.isEmpty());
}

void TestRefundDialog::aRequestIsPreviewedAtOnceAndApproved()
{
    Fixture f;
    const api::MoneyRequest request = f.console.refunds.rows.first();
    RefundDialog dialog(request.call, *f.backend, nullptr, request);
    dialog.show();
    QTRY_COMPARE(dialog.step(), RefundDialog::Preview);
    QVERIFY(showsText(dialog, QStringLiteral("omar asked for this. You are the other person.")));
    QVERIFY(!Fixture::button(dialog, "back")->isVisible());
    QVERIFY(Fixture::button(dialog, "verb")->text().startsWith(QLatin1String("Approve")));
    Fixture::button(dialog, "verb")->click();
    QTRY_COMPARE(dialog.step(), RefundDialog::Done);
    const auto &approved = f.console.commands.submitted.last();
    QCOMPARE(approved.kind, QStringLiteral("refund.approve"));
    QCOMPARE(core::integerMember(approved.payload, "refund"), std::optional(request.id.value));
    QVERIFY(core::textMember(approved.payload, "hash").has_value());
}

void TestRefundDialog::aCodeOfTheSecondFactorIsAskedFor()
{
    Fixture f;
    const api::MoneyRequest request = f.console.refunds.rows.first();
    RefundDialog dialog(request.call, *f.backend, nullptr, request);
    dialog.show();
    QTRY_COMPARE(dialog.step(), RefundDialog::Preview);
    auto *code = dialog.findChild<QLineEdit *>(dialog.objectName() + QStringLiteral(".code"));
    QVERIFY(code && !code->isVisible());
    api::CommandResult needed;
    needed.state = api::CommandState::Refused;
    needed.code = QStringLiteral("CodeNeeded");
    f.console.commands.nextAnswers = {needed};
    QPushButton *verb = Fixture::button(dialog, "verb");
    verb->click();
    QTRY_VERIFY(code->isVisible());
    QVERIFY(showsText(dialog, QStringLiteral("Code of your second factor")));
    QTRY_VERIFY(!verb->isEnabled());
    const QString firstKey = f.console.commands.submitted.last().key;
    QTest::keyClicks(code, QStringLiteral("123456"));
    verb->click();
    QTRY_COMPARE(dialog.step(), RefundDialog::Done);
    const auto &approved = f.console.commands.submitted.last();
    QCOMPARE(core::textMember(approved.payload, "code"), std::optional(QStringLiteral("123456")));
    QVERIFY(approved.key != firstKey); // that one was refused for good
    QVERIFY(code->text().isEmpty());
}

void TestRefundDialog::aRequestThatIsNotForThemEndsThere()
{
    Fixture f;
    const api::MoneyRequest request = f.console.refunds.rows.first();
    api::RefundPreview preview = tests::sampleRefund(request.amount);
    preview.mayExecute = false;
    preview.needs = api::RefundNeeds::Finance;
    api::CommandResult answer;
    answer.state = api::CommandState::Done;
    answer.answer = api::toJson(preview);
    f.console.commands.nextAnswers = {answer};
    RefundDialog dialog(request.call, *f.backend, nullptr, request);
    dialog.show();
    QTRY_COMPARE(dialog.step(), RefundDialog::Preview);
    QVERIFY(showsText(dialog, QStringLiteral("You may not approve this.")));
    QVERIFY(!Fixture::button(dialog, "verb")->isEnabled());
}

void TestRefundDialog::thePaymentOfAPlanIsRefunded()
{
    Fixture f;
    const api::PlanPayment payment = f.console.refunds.planPayments.first();
    RefundDialog dialog(payment.transfer, *f.backend, nullptr);
    dialog.show();
    QTRY_COMPARE(dialog.step(), RefundDialog::Amount);
    QVERIFY(dialog.windowTitle().contains(QString::number(payment.transfer.value)));
    QVERIFY(dialog.windowTitle().contains(payment.customerName));
    auto *reasons = dialog.findChild<QComboBox *>(QStringLiteral("dialog.refund.reason"));
    QCOMPARE(reasons->findData(QStringLiteral("call_failed")), -1);
    auto *verb = Fixture::button(dialog, "verb");
    QVERIFY(!verb->isEnabled());
    Fixture::choose(dialog, "plan_not_used");
    // Of 30.00 that were paid 4.00 were given back before.
    dialog.findChild<QRadioButton *>(QStringLiteral("dialog.refund.share2"))->setChecked(true);
    auto *amount = dialog.findChild<QLineEdit *>(QStringLiteral("dialog.refund.amount"));
    amount->setText(QStringLiteral("26.01"));
    QVERIFY(showsText(dialog, QStringLiteral("At most 26.00")));
    QVERIFY(!verb->isEnabled());
    amount->setText(QStringLiteral("10"));
    verb->click();
    QTRY_COMPARE(dialog.step(), RefundDialog::Preview);
    const Json previewed = f.console.commands.submitted.last().payload;
    QCOMPARE(core::integerMember(previewed, "payment"), std::optional(payment.transfer.value));
    QVERIFY(!core::integerMember(previewed, "call"));
    verb->click();
    QTRY_COMPARE(dialog.step(), RefundDialog::Done);
    const auto &executed = f.console.commands.submitted.last();
    QVERIFY(executed.kind.startsWith(QLatin1String("refund.")));
    QCOMPARE(core::integerMember(executed.payload, "payment"),
             std::optional(payment.transfer.value));
    QCOMPARE(core::integerMember(executed.payload, "amount"), std::optional<qint64>(10'000'000));
}

void TestRefundDialog::aPostingThatPaidNoPlanStopsHere()
{
    Fixture f;
    RefundDialog dialog(TransferId{1}, *f.backend, nullptr);
    dialog.show();
    QTRY_VERIFY(Fixture::button(dialog, "back")->isVisible());
    QCOMPARE(dialog.step(), RefundDialog::Eligible);
    QVERIFY(!Fixture::button(dialog, "verb")->isVisible());
    QVERIFY(f.console.commands.submitted.isEmpty());
}

REGISTER_TEST(TestRefundDialog);

} // namespace tst_refund_dialog

#include "tst_refund_dialog.moc"
