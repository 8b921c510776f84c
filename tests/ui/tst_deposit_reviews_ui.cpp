#include "tests/fakes/fake_console.h"
#include "tests/fakes/samples.h"
#include "tests/support/test_main.h"
#include "ui/pages/deposits/deposits_page.h"
#include "ui/pages/deposits/reversal_dialog.h"
#include "ui/pages/deposits/review_dialog.h"
#include "ui/pages/deposits/review_words.h"
#include "ui/pages/refunds/refund_parts.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace tst_deposit_reviews_ui {

using api::ReviewAction;
using ui::ReviewDialog;

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
        backend = std::make_unique<api::Backend>(console.backend());
    }
    [[nodiscard]] api::DepositReview review(api::DepositState state) const
    {
        for (const api::DepositRow &row : console.deposits.rows) {
            if (row.state == state)
                return tests::sampleReviews(row).first();
        }
        qFatal("no such deposit");
    }
    [[nodiscard]] std::unique_ptr<ReviewDialog> open(const std::optional<api::DepositReview> &about,
                                                     ReviewAction action)
    {
        auto dialog = std::make_unique<ReviewDialog>(about, action, *backend, nullptr);
        dialog->show();
        return dialog;
    }
    /// The page with the drawer of the first deposit that waits.
    [[nodiscard]] std::unique_ptr<ui::DepositsPage> openPage()
    {
        auto page = std::make_unique<ui::DepositsPage>(*backend, display);
        page->resize(1256, 800);
        page->show();
        (void)QTest::qWaitFor([&] { return page->state() == ui::PageState::Ready; });
        return page;
    }
    void showReview(ui::DepositsPage &page, api::DepositState state)
    {
        for (const api::DepositRow &row : std::as_const(console.deposits.rows)) {
            if (row.state == state)
                page.pane().table().selectObject(row.id.value);
        }
        page.openDrawer();
        QTRY_VERIFY(page.isSettled());
    }
    static QPushButton *button(const QWidget &widget, const QString &name)
    {
        return widget.findChild<QPushButton *>(name);
    }
    static QPushButton *verb(const ReviewDialog &dialog)
    {
        return button(dialog, QStringLiteral("dialog.review.verb"));
    }
    static void type(ReviewDialog &dialog, const char *field, const QString &text)
    {
        dialog.findChild<QLineEdit *>(QStringLiteral("dialog.review.") + QLatin1String(field))
            ->setText(text);
    }
    static void preview(ReviewDialog &dialog)
    {
        type(dialog, "reason", QStringLiteral("ticket 4711"));
        verb(dialog)->click();
        QTRY_COMPARE(dialog.step(), ReviewDialog::Preview);
    }

    tests::FakeConsole console;
    std::unique_ptr<api::Backend> backend;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::Themes themes{*qApp};
};

} // namespace

/// Decisions about deposits, from the drawer to the server's answer.
class TestDepositReviewsUi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDrawerOffersWhatCanBeDecided();
    void theDrawerAsksToTakeACreditBack();
    void aReversalThatIsRefusedSaysWhy();
    void aFreshCodeIsAskedFor();
    void whoMayNotDecideIsToldWhy();
    void theTabListsWhatWaits();
    void eachKindHasItsActions();
    void aReasonIsNeeded();
    void whatWasPreviewedIsDoneWithItsHash();
    void aPartIsSuggestedAndCanBeChanged();
    void aRefusalMovesNothing();
    void anUnknownOutcomeIsTriedAgainWithTheSameKey();
    void changedFiguresAreExplained();
    void aPreviewThatIsNotAllowedEndsThere();
    void aMatchAsksAnotherPerson();
    void oneDoesNotApproveOnesOwn();
    void anotherPersonsMatchIsApproved();
    void enterInTheReasonSubmitsNothing();
};

void TestDepositReviewsUi::theDrawerOffersWhatCanBeDecided()
{
    Fixture f;
    const auto page = f.openPage();
    f.showReview(*page, api::DepositState::UnderpaidReview);
    QTRY_VERIFY(showsText(*page, QStringLiteral("Less arrived than was asked for.")));
    const qint64 id = f.review(api::DepositState::UnderpaidReview).id.value;
    for (const char *action : {"accept", "accept_part", "refuse"}) {
        auto *button = Fixture::button(
            *page, QStringLiteral("page.deposits.action.%1.%2").arg(QLatin1String(action)).arg(id));
        QVERIFY2(button && button->isVisible() && button->isEnabled(), action);
        QVERIFY(!button->accessibleName().isEmpty());
    }
    Fixture::button(*page, QStringLiteral("page.deposits.action.accept.%1").arg(id))->click();
    auto *dialog = page->findChild<ReviewDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    Fixture::preview(*dialog);
    QSignalSpy decided(dialog, &ReviewDialog::decided);
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(decided.size(), 1);
}

void TestDepositReviewsUi::theDrawerAsksToTakeACreditBack()
{
    Fixture f;
    const auto page = f.openPage();
    f.showReview(*page, api::DepositState::UnderpaidReview);
    const QString name = QStringLiteral("page.deposits.action.takeBack");
    QVERIFY(!Fixture::button(*page, name)); // nothing of it is credited
    const auto credited = std::find_if(
        f.console.deposits.rows.cbegin(), f.console.deposits.rows.cend(),
        [](const api::DepositRow &row) { return row.state == api::DepositState::Credited; });
    QVERIFY(credited != f.console.deposits.rows.cend());
    page->pane().table().selectObject(credited->id.value);
    QTRY_VERIFY(Fixture::button(*page, name));
    auto *button = Fixture::button(*page, name);
    QTRY_VERIFY(button->isVisible() && button->isEnabled());
    button->click();
    auto *dialog = page->findChild<ui::ReversalDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    auto *reason = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.takeBack.reason"));
    auto *verb = Fixture::button(*dialog, QStringLiteral("dialog.takeBack.verb"));
    for (const char *tooShort : {"", "ticket 12", "   ticket 12   "}) {
        reason->setText(QString::fromLatin1(tooShort));
        QVERIFY2(!verb->isEnabled(), tooShort);
        QVERIFY(showsText(*dialog, QStringLiteral("in 10 characters or more")));
    }
    reason->setText(QStringLiteral("the settlement failed for good"));
    QVERIFY(!showsText(*dialog, QStringLiteral("in 10 characters or more")));
    verb->click();
    QTRY_COMPARE(dialog->step(), ui::ReversalDialog::Preview);
    QCOMPARE(f.console.commands.submitted.last().kind, QStringLiteral("adjustment.preview"));
    QVERIFY(showsText(*dialog, QStringLiteral("15.60")));
    QVERIFY(showsText(*dialog, QStringLiteral("become a debt")));
    QVERIFY(showsText(*dialog, QStringLiteral("You owe 15.60 USD")));
    QVERIFY(dialog->findChild<ui::EntriesTable *>()->isVisible());
    QSignalSpy asked(dialog, &ui::ReversalDialog::asked);
    verb->click();
    QTRY_COMPARE(asked.size(), 1);
    QVERIFY(showsText(*dialog, QStringLiteral("A-3112 waits for another person")));
    const auto &given = f.console.commands.submitted.last();
    QCOMPARE(given.kind, QStringLiteral("deposit.reverse"));
    QCOMPARE(core::integerMember(given.payload, "deposit"), std::optional(credited->id.value));
    QVERIFY(core::textMember(given.payload, "hash")->startsWith(QLatin1String("c4d19a07")));
}

void TestDepositReviewsUi::aReversalThatIsRefusedSaysWhy()
{
    Fixture f;
    ui::ReversalDialog dialog(f.console.deposits.rows.first(), *f.backend, nullptr);
    dialog.show();
    api::CommandResult settled;
    settled.state = api::CommandState::Refused;
    settled.code = QStringLiteral("Settled");
    f.console.commands.nextAnswers = {settled};
    dialog.previewFully();
    QTRY_VERIFY(showsText(dialog, QStringLiteral("This has been decided already")));
    QCOMPARE(dialog.step(), ui::ReversalDialog::Input);
    f.console.commands.nextAnswers.clear();
    dialog.previewFully();
    QTRY_COMPARE(dialog.step(), ui::ReversalDialog::Preview);
    f.console.commands.nextAnswers = {
        failure({.code = ErrorCode::DatabaseUnavailable, .detail = {}, .transient = true})};
    auto *verb = Fixture::button(dialog, QStringLiteral("dialog.takeBack.verb"));
    verb->click();
    QTRY_VERIFY(showsText(dialog, QStringLiteral("cannot do it twice")));
    verb->click();
    QTRY_COMPARE(dialog.step(), ui::ReversalDialog::Done);
    const auto &submitted = f.console.commands.submitted;
    QCOMPARE(submitted[submitted.size() - 1].key, submitted[submitted.size() - 2].key);
}

void TestDepositReviewsUi::aFreshCodeIsAskedFor()
{
    Fixture f;
    const auto dialog = f.open(f.review(api::DepositState::UnderpaidReview), ReviewAction::Accept);
    Fixture::preview(*dialog);
    auto *code = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.review.code"));
    QVERIFY(code && !code->isVisible());
    api::CommandResult needed;
    needed.state = api::CommandState::Refused;
    needed.code = QStringLiteral("CodeNeeded");
    f.console.commands.nextAnswers = {needed};
    Fixture::verb(*dialog)->click();
    QTRY_VERIFY(code->isVisible());
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    const QString first = f.console.commands.submitted.last().key;
    Fixture::type(*dialog, "code", QStringLiteral("123456"));
    QVERIFY(Fixture::verb(*dialog)->isEnabled());
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), ReviewDialog::Done);
    const auto &done = f.console.commands.submitted.last();
    QCOMPARE(done.kind, QStringLiteral("deposit.accept"));
    QCOMPARE(core::textMember(done.payload, "code"), std::optional(QStringLiteral("123456")));
    QVERIFY(done.key != first); // what was refused for good is another command
}

void TestDepositReviewsUi::whoMayNotDecideIsToldWhy()
{
    Fixture f;
    f.console.session.who->roles = api::Role::Support;
    const auto page = f.openPage();
    f.showReview(*page, api::DepositState::UnderpaidReview);
    auto *button =
        Fixture::button(*page, QStringLiteral("page.deposits.action.accept.%1")
                                   .arg(f.review(api::DepositState::UnderpaidReview).id.value));
    QVERIFY(button && !button->isEnabled());
    QVERIFY(button->toolTip().contains(QStringLiteral("Senior or Finance")));
    QCOMPARE(button->accessibleDescription(), button->toolTip());
    auto *match = Fixture::button(*page, QStringLiteral("page.deposits.action.match"));
    QVERIFY(!match->isEnabled() && !match->toolTip().isEmpty());
}

void TestDepositReviewsUi::theTabListsWhatWaits()
{
    Fixture f;
    const auto page = f.openPage();
    auto *tabs = page->findChild<QTabBar *>(QStringLiteral("page.deposits.tabs"));
    tabs->setCurrentIndex(2);
    const auto waiting =
        std::count_if(f.console.deposits.rows.cbegin(), f.console.deposits.rows.cend(),
                      [](const api::DepositRow &row) { return row.waitingReviews > 0; });
    QVERIFY(waiting > 0);
    QTRY_COMPARE(page->pane().table().model()->rowCount(), int(waiting));
}

void TestDepositReviewsUi::eachKindHasItsActions()
{
    api::DepositReview review;
    for (int kind = 0; kind <= int(api::ReviewKind::Undetected); ++kind) {
        review.kind = static_cast<api::ReviewKind>(kind);
        review.state = api::ReviewState::Open;
        QVERIFY(ui::actionsOf(review).contains(ReviewAction::Refuse));
        QVERIFY(!ui::wordsOf(review.kind).sentence.isEmpty());
        review.state = api::ReviewState::Done;
        QVERIFY(ui::actionsOf(review).isEmpty());
    }
    review.kind = api::ReviewKind::SecondPayment;
    review.state = api::ReviewState::Open;
    QVERIFY(!ui::obstacleTo(review, ReviewAction::Accept).isEmpty()); // worth nobody knows what
    review.suggested = Money::fromCents(500);
    QVERIFY(ui::obstacleTo(review, ReviewAction::Accept).isEmpty());
}

void TestDepositReviewsUi::aReasonIsNeeded()
{
    Fixture f;
    const auto dialog = f.open(f.review(api::DepositState::UnderpaidReview), ReviewAction::Accept);
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    Fixture::type(*dialog, "reason", QStringLiteral("  x "));
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    Fixture::type(*dialog, "reason", QStringLiteral("ticket"));
    QVERIFY(Fixture::verb(*dialog)->isEnabled());
}

void TestDepositReviewsUi::whatWasPreviewedIsDoneWithItsHash()
{
    Fixture f;
    const auto review = f.review(api::DepositState::UnderpaidReview);
    const auto dialog = f.open(review, ReviewAction::Accept);
    Fixture::preview(*dialog);
    QVERIFY(showsText(*dialog, QStringLiteral("14.19 USD were added")));
    QVERIFY(showsText(*dialog, QStringLiteral("\"Too little\" and will be \"Credited\"")));
    QVERIFY(showsText(*dialog, QStringLiteral("5be1c07a")));
    auto *entries = dialog->findChild<ui::EntriesTable *>();
    QVERIFY(entries->isVisible());
    QVERIFY(entries->accessibleDescription().contains(QStringLiteral("available")));
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), ReviewDialog::Done);
    QVERIFY(showsText(*dialog, QStringLiteral("posting 204260")));
    const auto &done = f.console.commands.submitted.last();
    QCOMPARE(done.kind, QStringLiteral("deposit.accept"));
    QCOMPARE(core::integerMember(done.payload, "review"), std::optional(review.id.value));
    QCOMPARE(core::textMember(done.payload, "reason"),
             std::optional(QStringLiteral("ticket 4711")));
    QVERIFY(core::textMember(done.payload, "hash")->startsWith(QStringLiteral("5be1c07a")));
    QVERIFY(!done.payload.contains("action"));
}

void TestDepositReviewsUi::aPartIsSuggestedAndCanBeChanged()
{
    Fixture f;
    const auto dialog =
        f.open(f.review(api::DepositState::UnderpaidReview), ReviewAction::AcceptPart);
    auto *amount = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.review.amount"));
    QCOMPARE(amount->text(), QStringLiteral("14.19"));
    Fixture::type(*dialog, "reason", QStringLiteral("ticket"));
    for (const char *wrong : {"", "0", "-1", "a"}) {
        amount->setText(QString::fromLatin1(wrong));
        QVERIFY2(!Fixture::verb(*dialog)->isEnabled(), wrong);
    }
    amount->setText(QStringLiteral("12.50"));
    Fixture::preview(*dialog);
    QCOMPARE(core::integerMember(f.console.commands.submitted.last().payload, "amount"),
             std::optional<qint64>(12'500'000));
    QVERIFY(Fixture::verb(*dialog)->text().contains(QStringLiteral("12.50")));
}

void TestDepositReviewsUi::aRefusalMovesNothing()
{
    Fixture f;
    const auto dialog = f.open(f.review(api::DepositState::LateReview), ReviewAction::Refuse);
    Fixture::preview(*dialog);
    QVERIFY(showsText(*dialog, QStringLiteral("No money is moved.")));
    QVERIFY(showsText(*dialog, QStringLiteral("The customer is not told anything.")));
    QCOMPARE(Fixture::verb(*dialog)->text(), QStringLiteral("Refuse"));
}

void TestDepositReviewsUi::anUnknownOutcomeIsTriedAgainWithTheSameKey()
{
    Fixture f;
    const auto dialog = f.open(f.review(api::DepositState::UnderpaidReview), ReviewAction::Accept);
    Fixture::preview(*dialog);
    f.console.commands.nextAnswers = {
        failure({.code = ErrorCode::DatabaseUnavailable, .detail = {}, .transient = true})};
    Fixture::verb(*dialog)->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("cannot do it twice")));
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), ReviewDialog::Done);
    const auto &submitted = f.console.commands.submitted;
    QCOMPARE(submitted[submitted.size() - 1].key, submitted[submitted.size() - 2].key);
}

void TestDepositReviewsUi::changedFiguresAreExplained()
{
    Fixture f;
    const auto dialog = f.open(f.review(api::DepositState::UnderpaidReview), ReviewAction::Accept);
    Fixture::preview(*dialog);
    api::CommandResult refused;
    refused.state = api::CommandState::Refused;
    refused.code = QStringLiteral("FiguresChanged");
    f.console.commands.nextAnswers = {refused};
    Fixture::verb(*dialog)->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("The figures have changed")));
    QCOMPARE(dialog->step(), ReviewDialog::Preview);
}

void TestDepositReviewsUi::aPreviewThatIsNotAllowedEndsThere()
{
    Fixture f;
    const auto dialog = f.open(f.review(api::DepositState::UnderpaidReview), ReviewAction::Accept);
    api::ReviewPreview preview =
        tests::sampleReviewPreview({{"action", "accept"}, {"amount", 80'000'000}});
    preview.mayExecute = false;
    preview.rule = QStringLiteral("over 50 USD: finance");
    api::CommandResult answer;
    answer.state = api::CommandState::Done;
    answer.answer = api::toJson(preview);
    f.console.commands.nextAnswers = {answer};
    Fixture::preview(*dialog);
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    QVERIFY(showsText(*dialog, QStringLiteral("Your role may not decide this.")));
    QVERIFY(showsText(*dialog, QStringLiteral("over 50 USD: finance")));
}

void TestDepositReviewsUi::aMatchAsksAnotherPerson()
{
    Fixture f;
    const auto dialog = f.open(std::nullopt, ReviewAction::Match);
    Fixture::type(*dialog, "reason", QStringLiteral("seen in the explorer"));
    Fixture::type(*dialog, "customer", QStringLiteral("no number"));
    Fixture::type(*dialog, "payment", QStringLiteral("0xfeedbeef"));
    Fixture::type(*dialog, "amount", QStringLiteral("30"));
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    Fixture::type(*dialog, "customer", QStringLiteral("7300"));
    Fixture::preview(*dialog);
    QVERIFY(Fixture::verb(*dialog)->text().startsWith(QLatin1String("Ask for approval")));
    api::CommandResult waits;
    waits.state = api::CommandState::Done;
    waits.answer = Json{{"review", 71}, {"waits", true}};
    f.console.commands.nextAnswers = {waits};
    Fixture::verb(*dialog)->click();
    QTRY_COMPARE(dialog->step(), ReviewDialog::Done);
    QVERIFY(showsText(*dialog, QStringLiteral("No money has moved yet")));
    const auto &match = f.console.commands.submitted.last();
    QCOMPARE(match.kind, QStringLiteral("deposit.match"));
    QCOMPARE(core::integerMember(match.payload, "customer"), std::optional<qint64>(7300));
    QCOMPARE(core::textMember(match.payload, "payment"),
             std::optional(QStringLiteral("0xfeedbeef")));
    QVERIFY(!match.payload.contains("review"));
}

void TestDepositReviewsUi::oneDoesNotApproveOnesOwn()
{
    Fixture f;
    api::DepositReview own = tests::sampleLooseReview(f.console.clock.now());
    own.requestedBy = f.console.session.who->name;
    f.console.deposits.loose = {own};
    const auto page = f.openPage();
    QPushButton *approve = nullptr;
    QTRY_VERIFY((approve = Fixture::button(*page, QStringLiteral("page.deposits.loose.match.71"))));
    QVERIFY(!approve->isEnabled());
    QVERIFY(approve->toolTip().contains(QStringLiteral("Another person")));
    auto *back = Fixture::button(*page, QStringLiteral("page.deposits.loose.refuse.71"));
    QVERIFY(back->isEnabled());
    QCOMPARE(back->text(), QStringLiteral("Take back"));
}

void TestDepositReviewsUi::anotherPersonsMatchIsApproved()
{
    Fixture f;
    f.console.deposits.loose = {tests::sampleLooseReview(f.console.clock.now())};
    const auto page = f.openPage();
    QPushButton *approve = nullptr;
    QTRY_VERIFY((approve = Fixture::button(*page, QStringLiteral("page.deposits.loose.match.71"))));
    QVERIFY(approve->isEnabled());
    approve->click();
    auto *dialog = page->findChild<ReviewDialog *>();
    QVERIFY(dialog);
    QVERIFY(dialog->findChild<QLineEdit *>(QStringLiteral("dialog.review.amount")) == nullptr);
    QVERIFY(showsText(*dialog, QStringLiteral("omar")));
    Fixture::preview(*dialog);
    const auto &preview = f.console.commands.submitted.last();
    QCOMPARE(core::integerMember(preview.payload, "review"), std::optional<qint64>(71));
    QCOMPARE(core::textMember(preview.payload, "action"), std::optional(QStringLiteral("match")));
}

void TestDepositReviewsUi::enterInTheReasonSubmitsNothing()
{
    Fixture f;
    const auto dialog = f.open(f.review(api::DepositState::UnderpaidReview), ReviewAction::Accept);
    auto *reason = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.review.reason"));
    reason->setText(QStringLiteral("ticket 4711"));
    reason->setFocus();
    QTest::keyClick(reason, Qt::Key_Return);
    QVERIFY(f.console.commands.submitted.isEmpty());
}

REGISTER_TEST(TestDepositReviewsUi);

} // namespace tst_deposit_reviews_ui

#include "tst_deposit_reviews_ui.moc"
