#include "tests/fakes/fake_console.h"
#include "tests/fakes/samples.h"
#include "tests/support/test_main.h"
#include "ui/pages/audit/audit_page.h"
#include "ui/pages/audit/verify_bar.h"
#include "ui/pages/people/people_page.h"
#include "ui/pages/people/roles_dialog.h"
#include "ui/pages/people/second_factor_dialog.h"
#include "ui/pages/refunds/refunds_page.h"
#include "ui/shell/main_window.h"
#include "ui/support/closed_page.h"
#include "ui/support/reveal_dialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace tst_staff_pages {

using namespace std::chrono_literals;
using ui::PageState;
using ui::SecondFactorDialog;

namespace {

bool showsText(const QWidget &widget, const QString &part)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(part);
    });
}

struct Fixture {
    Fixture()
    {
        console.fillWithSamples();
        console.session.who->roles = api::Role::Admin;
        backend = std::make_unique<api::Backend>(console.backend());
    }
    template <typename T> [[nodiscard]] std::unique_ptr<T> open()
    {
        auto page = std::make_unique<T>(*backend, display);
        page->resize(1256, 800);
        page->show();
        (void)QTest::qWaitFor([&] { return page->state() == PageState::Ready; });
        return page;
    }
    [[nodiscard]] std::unique_ptr<ui::PeoplePage> openPerson(const QString &name)
    {
        auto page = open<ui::PeoplePage>();
        for (const api::PersonRow &row : std::as_const(console.people.rows)) {
            if (row.name == name)
                page->pane().table().selectObject(row.id.value);
        }
        page->openDrawer();
        (void)QTest::qWaitFor([&] { return page->isSettled(); });
        return page;
    }
    static QPushButton *button(const QWidget &widget, const QString &name)
    {
        return widget.findChild<QPushButton *>(name);
    }
    static QPushButton *action(const QWidget &page, const char *name)
    {
        return button(page, QStringLiteral("page.people.action.") + QLatin1String(name));
    }
    /// The dialog that just opened: gives the reason and submits.
    static void submit(const QWidget &page, const QString &dialog)
    {
        page.findChild<QLineEdit *>(dialog + QStringLiteral(".reason"))
            ->setText(QStringLiteral("starts on Monday"));
        button(page, dialog + QStringLiteral(".verb"))->click();
    }

    tests::FakeConsole console;
    std::unique_ptr<api::Backend> backend;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::Themes themes{*qApp};
};

} // namespace

/// People and the audit.
class TestStaffPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thePagesAreOnlyForWhomTheyAre();
    void aPersonShowsSessionsAndSecondFactor();
    void rolesAreChangedWithAReason();
    void aSessionIsEnded();
    void somebodyIsMadeNotActive();
    void oneDoesNotTakeAwayOnesOwnSecondFactor();
    void aSecondFactorIsEnrolled();
    void aWrongCodeIsExplainedAndCanBeTypedAgain();
    void whoHasOneIsToldSo();
    void whatIsRevealedNeedsAReason();
    void supportSeesItsOwnLinesOfTheAudit();
    void verifyingTellsHowFarItIs();
    void verifyingCanBeStopped();
    void aSoundReportSaysWhatIsNotSealedYet();
    void aProblemIsShouted();
    void aVerificationThatFailsSaysSo();
    void aWaitingRefundIsLookedAtOrRejected();
    void onesOwnRefundIsTakenBack();
};

void TestStaffPages::thePagesAreOnlyForWhomTheyAre()
{
    Fixture f;
    const auto isOpen = [&](api::Roles roles, const QString &name) {
        f.console.session.who->roles = roles;
        const ui::MainWindow window(*f.backend, f.themes, {});
        for (const ui::Page *page : window.pages()) {
            if (page->name() == name)
                return qobject_cast<const ui::ClosedPage *>(page) == nullptr;
        }
        return false;
    };
    using enum api::Role;
    const QString people = QStringLiteral("people");
    const QString audit = QStringLiteral("audit");
    QVERIFY(isOpen(Admin, people));
    QVERIFY(!isOpen(Viewer | Support | Senior | Finance, people));
    for (const api::Role role : {Support, Senior, Finance, Admin})
        QVERIFY(isOpen(role, audit));
    QVERIFY(!isOpen(Viewer, audit));
}

void TestStaffPages::aPersonShowsSessionsAndSecondFactor()
{
    Fixture f;
    const auto page = f.openPerson(QStringLiteral("ines.duarte"));
    QVERIFY(showsText(*page, QStringLiteral("Senior, Finance")));
    QTRY_VERIFY(showsText(*page, QStringLiteral("8 left")));
    QTRY_VERIFY(showsText(*page, QStringLiteral("10.1.0.24")));
    const auto buttons = page->findChildren<QPushButton *>();
    const auto ends = std::count_if(buttons.cbegin(), buttons.cend(), [](const QPushButton *b) {
        return b->objectName().startsWith(QLatin1String("page.people.action.end."));
    });
    QCOMPARE(ends, 2);
}

void TestStaffPages::rolesAreChangedWithAReason()
{
    Fixture f;
    const auto page = f.openPerson(QStringLiteral("omar"));
    Fixture::action(*page, "roles")->click();
    auto *dialog = page->findChild<ui::RolesDialog *>();
    QVERIFY(dialog);
    auto *verb = Fixture::button(*dialog, QStringLiteral("dialog.roles.verb"));
    QVERIFY(!verb->isEnabled());
    auto *support = dialog->findChild<QCheckBox *>(QStringLiteral("dialog.roles.support"));
    QVERIFY(support->isChecked());
    support->setChecked(false);
    QVERIFY(showsText(*dialog, QStringLiteral("one role at least")));
    dialog->findChild<QCheckBox *>(QStringLiteral("dialog.roles.senior"))->setChecked(true);
    QVERIFY(!verb->isEnabled());
    Fixture::submit(*page, QStringLiteral("dialog.roles"));
    const auto &given = f.console.commands.submitted.last();
    QCOMPARE(given.kind, QStringLiteral("operator.roles"));
    QCOMPARE(given.payload["roles"], Json({"senior"}));
    QCOMPARE(core::textMember(given.payload, "operator"), std::optional(QStringLiteral("omar")));
}

void TestStaffPages::aSessionIsEnded()
{
    Fixture f;
    const auto page = f.openPerson(QStringLiteral("omar"));
    const qint64 id = f.console.people.rows[1].id.value * 10;
    Fixture::button(*page, QStringLiteral("page.people.action.end.%1").arg(id))->click();
    Fixture::submit(*page, QStringLiteral("dialog.endSession"));
    const auto &ended = f.console.commands.submitted.last();
    QCOMPARE(ended.kind, QStringLiteral("session.end"));
    QCOMPARE(core::integerMember(ended.payload, "session"), std::optional(id));
    QCOMPARE(core::textMember(ended.payload, "reason"),
             std::optional(QStringLiteral("starts on Monday")));
}

void TestStaffPages::somebodyIsMadeNotActive()
{
    Fixture f;
    const auto page = f.openPerson(QStringLiteral("new.hire"));
    Fixture::action(*page, "active")->click();
    api::CommandResult refused;
    refused.state = api::CommandState::Refused;
    refused.code = QStringLiteral("ConstraintViolated");
    f.console.commands.nextAnswers = {refused};
    Fixture::submit(*page, QStringLiteral("dialog.active"));
    QTRY_VERIFY(showsText(*page, QStringLiteral("The database refused this")));
    QCOMPARE(f.console.commands.submitted.last().kind, QStringLiteral("operator.deactivate"));
}

void TestStaffPages::oneDoesNotTakeAwayOnesOwnSecondFactor()
{
    Fixture f;
    f.console.session.who->id = f.console.people.rows.last().id; // maria
    const auto own = f.openPerson(QStringLiteral("maria.lindqvist"));
    QVERIFY(!Fixture::action(*own, "clear")->isEnabled());
    QVERIFY(Fixture::action(*own, "clear")->toolTip().contains(QStringLiteral("Another Admin")));
    const auto none = f.openPerson(QStringLiteral("new.hire"));
    QVERIFY(!Fixture::action(*none, "clear")->isEnabled());
    const auto other = f.openPerson(QStringLiteral("omar"));
    QVERIFY(Fixture::action(*other, "clear")->isEnabled());
}

void TestStaffPages::aSecondFactorIsEnrolled()
{
    Fixture f;
    SecondFactorDialog dialog(*f.backend, nullptr);
    dialog.show();
    auto *verb = Fixture::button(dialog, QStringLiteral("dialog.secondFactor.verb"));
    verb->click();
    QTRY_COMPARE(dialog.step(), SecondFactorDialog::Scan);
    QTRY_VERIFY(dialog.isSettled());
    QVERIFY(f.console.people.drawn.startsWith(QLatin1String("otpauth://")));
    QVERIFY(showsText(dialog, QStringLiteral("JBSWY3DPEHPK3PXP")));
    QVERIFY(!verb->isEnabled());
    auto *code = dialog.findChild<QLineEdit *>(QStringLiteral("dialog.secondFactor.code"));
    code->setText(QStringLiteral("123456"));
    verb->click();
    QTRY_COMPARE(dialog.step(), SecondFactorDialog::Codes);
    QVERIFY(showsText(dialog, QStringLiteral("k7f2-9qpx")));
    QVERIFY(!showsText(dialog, QStringLiteral("JBSWY3DPEHPK3PXP")));
    QVERIFY(!verb->isVisible());
}

void TestStaffPages::aWrongCodeIsExplainedAndCanBeTypedAgain()
{
    Fixture f;
    SecondFactorDialog dialog(*f.backend, nullptr);
    dialog.show();
    dialog.begin();
    QTRY_COMPARE(dialog.step(), SecondFactorDialog::Scan);
    QTRY_VERIFY(dialog.isSettled());
    dialog.findChild<QLineEdit *>(QStringLiteral("dialog.secondFactor.code"))
        ->setText(QStringLiteral("000 000"));
    api::CommandResult wrong;
    wrong.state = api::CommandState::Refused;
    wrong.code = QStringLiteral("Unauthorized");
    f.console.commands.nextAnswers = {wrong};
    auto *verb = Fixture::button(dialog, QStringLiteral("dialog.secondFactor.verb"));
    verb->click();
    QTRY_VERIFY(showsText(dialog, QStringLiteral("not the code of now")));
    const QString key = f.console.commands.submitted.last().key;
    verb->click();
    QTRY_COMPARE(dialog.step(), SecondFactorDialog::Codes);
    QVERIFY(f.console.commands.submitted.last().key != key); // that one was answered for good
}

void TestStaffPages::whoHasOneIsToldSo()
{
    Fixture f;
    api::CommandResult refused;
    refused.state = api::CommandState::Refused;
    refused.code = QStringLiteral("ConstraintViolated");
    f.console.commands.nextAnswers = {refused};
    SecondFactorDialog dialog(*f.backend, nullptr);
    dialog.show();
    dialog.begin();
    QTRY_VERIFY(showsText(dialog, QStringLiteral("You have a second factor.")));
    QCOMPARE(dialog.step(), SecondFactorDialog::Begin);
}

void TestStaffPages::whatIsRevealedNeedsAReason()
{
    Fixture f;
    ui::RevealDialog dialog(QStringLiteral("Show the number"), QStringLiteral("reveal.number"),
                            {{"customer", 7100}}, f.console.commands, nullptr);
    dialog.show();
    auto *verb = Fixture::button(dialog, QStringLiteral("dialog.reveal.verb"));
    QVERIFY(!verb->isEnabled());
    dialog.findChild<QLineEdit *>(QStringLiteral("dialog.reveal.reason"))
        ->setText(QStringLiteral("called back"));
    verb->click();
    QTRY_VERIFY(showsText(dialog, QStringLiteral("+14155550131")));
    const auto &asked = f.console.commands.submitted.last();
    QCOMPARE(asked.kind, QStringLiteral("reveal.number"));
    QCOMPARE(core::integerMember(asked.payload, "customer"), std::optional<qint64>(7100));
    QCOMPARE(core::textMember(asked.payload, "reason"),
             std::optional(QStringLiteral("called back")));
    QVERIFY(!verb->isVisible());
}

void TestStaffPages::supportSeesItsOwnLinesOfTheAudit()
{
    Fixture f;
    const auto all = f.open<ui::AuditPage>();
    QCOMPARE(all->pane().table().model()->rowCount(), int(f.console.audit.rows.size()));
    f.console.session.who->roles = api::Role::Support;
    f.console.session.who->name = QStringLiteral("omar");
    const auto own = f.open<ui::AuditPage>();
    QTRY_COMPARE(own->pane().table().model()->rowCount(), 4);
    QCOMPARE(f.console.audit.asked.first().value, QStringLiteral("omar"));
}

void TestStaffPages::verifyingTellsHowFarItIs()
{
    Fixture f;
    f.console.audit.isVerifyHeld = true;
    const auto page = f.open<ui::AuditPage>();
    Fixture::button(*page, QStringLiteral("page.audit.action.verify"))->click();
    QVERIFY(!page->isSettled());
    f.console.audit.tell(620, QStringLiteral("seal 22500 of 41020"));
    auto *progress = page->findChild<QProgressBar *>(QStringLiteral("page.audit.verify.progress"));
    QTRY_COMPARE(progress->value(), 620);
    QTRY_VERIFY(showsText(*page, QStringLiteral("seal 22500 of 41020")));
    f.console.audit.finish();
    QTRY_VERIFY(showsText(*page, QStringLiteral("Sound at")));
    QVERIFY(page->isSettled());
    QVERIFY(!progress->isVisible());
}

void TestStaffPages::verifyingCanBeStopped()
{
    Fixture f;
    f.console.audit.isVerifyHeld = true;
    const auto page = f.open<ui::AuditPage>();
    Fixture::button(*page, QStringLiteral("page.audit.action.verify"))->click();
    auto *cancel = Fixture::button(*page, QStringLiteral("page.audit.action.cancel"));
    QVERIFY(cancel->isVisible());
    cancel->click();
    QVERIFY(f.console.audit.isCanceled());
    QVERIFY(showsText(*page, QStringLiteral("Stopping")));
    f.console.audit.finish();
    QTRY_VERIFY(showsText(*page, QStringLiteral("Stopped")));
    QVERIFY(Fixture::button(*page, QStringLiteral("page.audit.action.verify"))->isVisible());
}

void TestStaffPages::aSoundReportSaysWhatIsNotSealedYet()
{
    Fixture f;
    const auto page = f.open<ui::AuditPage>();
    page->showScene(QStringLiteral("verified"));
    QTRY_VERIFY(showsText(*page, QStringLiteral("Sound at")));
    QVERIFY(showsText(*page, QStringLiteral("1,204,331 audit rows. 2 of them are not sealed yet")));
    QVERIFY(showsText(*page, QStringLiteral("All postings are sealed.")));
    f.console.audit.report.hasEvidence = false;
    page->showScene(QStringLiteral("verified"));
    QTRY_VERIFY(showsText(*page, QStringLiteral("on the server's machine")));
}

void TestStaffPages::aProblemIsShouted()
{
    Fixture f;
    f.console.audit.report.problems = {QStringLiteral(
        "seal 12 of 2026-11-20T10:00:00Z: audit rows 4 to 9 are not what was sealed")};
    const auto page = f.open<ui::AuditPage>();
    page->showScene(QStringLiteral("verified"));
    QTRY_VERIFY(showsText(*page, QStringLiteral("NOT AS SEALED")));
    QVERIFY(showsText(*page, QStringLiteral("audit rows 4 to 9")));
}

void TestStaffPages::aVerificationThatFailsSaysSo()
{
    Fixture f;
    const auto page = f.open<ui::AuditPage>();
    f.console.audit.nextError = Error{.code = ErrorCode::DatabaseUnavailable};
    page->showScene(QStringLiteral("verified"));
    QTRY_VERIFY(showsText(*page, QStringLiteral("It could not be verified")));
}

void TestStaffPages::aWaitingRefundIsLookedAtOrRejected()
{
    Fixture f;
    f.console.session.who->roles = api::Role::Senior;
    const auto page = f.open<ui::RefundsPage>();
    QSignalSpy asked(page.get(), &ui::RefundsPage::approvalAsked);
    page->pane().table().selectObject(f.console.refunds.rows[0].id.value); // omar's
    page->openDrawer();
    Fixture::button(*page, QStringLiteral("page.refunds.action.approve"))->click();
    QCOMPARE(asked.size(), 1);
    Fixture::button(*page, QStringLiteral("page.refunds.action.reject"))->click();
    Fixture::submit(*page, QStringLiteral("dialog.reject"));
    const auto &rejected = f.console.commands.submitted.last();
    QCOMPARE(rejected.kind, QStringLiteral("refund.reject"));
    QCOMPARE(core::integerMember(rejected.payload, "refund"),
             std::optional(f.console.refunds.rows[0].id.value));
}

void TestStaffPages::onesOwnRefundIsTakenBack()
{
    Fixture f;
    f.console.session.who->roles = api::Role::Senior;
    const auto page = f.open<ui::RefundsPage>();
    page->pane().table().selectObject(f.console.refunds.rows[1].id.value); // maria's
    page->openDrawer();
    auto *approve = Fixture::button(*page, QStringLiteral("page.refunds.action.approve"));
    QVERIFY(!approve->isEnabled());
    QVERIFY(approve->toolTip().contains(QStringLiteral("Another person")));
    QCOMPARE(Fixture::button(*page, QStringLiteral("page.refunds.action.reject"))->text(),
             QStringLiteral("Take back"));
    page->pane().table().selectObject(f.console.refunds.rows[2].id.value); // done
    QTRY_VERIFY(Fixture::button(*page, QStringLiteral("page.refunds.action.reject")) == nullptr);
}

REGISTER_TEST(TestStaffPages);

} // namespace tst_staff_pages

#include "tst_staff_pages.moc"
