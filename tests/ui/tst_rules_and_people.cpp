#include "tests/support/test_main.h"
#include "tests/ui/request_fixture.h"
#include "ui/pages/people/add_person_dialog.h"
#include "ui/pages/people/people_page.h"
#include "ui/pages/refunds/rules_dialog.h"
#include "ui/pages/refunds/rules_view.h"

#include <QCheckBox>
#include <QPointer>
#include <QTest>

namespace tst_rules_and_people {

using namespace std::chrono_literals;
using namespace tests;
using Fixture = RequestFixture;

/// The rules of refunds, and adding a person.
class TestRulesAndPeople : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRulesHaveTheFourStates();
    void theRulesAreShownWithTheirHistory();
    void aRuleIsChangedWithBeforeAndAfter();
    void rulesThatContradictThemselvesAreNotOffered();
    void looserRulesAreOnlyAskedFor();
    void whoMayNotChangeRulesOnlyLooks();
    void rulesThatChangedMeanwhileAreSaid();
    void aPersonIsAdded();
    void aPersonNeedsANameAPassphraseAndARole();
    void whatTheServerSaysOfAPersonIsShown();
};

void TestRulesAndPeople::theRulesHaveTheFourStates()
{
    Fixture f;
    f.console.refunds.areRulesHeld = true;
    ui::RulesView held(*f.backend, f.display);
    held.resize(1000, 700);
    held.show();
    held.reload();
    QTRY_VERIFY(showsText(held, QStringLiteral("Reading")));
    QVERIFY(!held.isSettled());
    f.console.refunds.areRulesHeld = false;
    f.console.refunds.nextRulesError = Error{.code = ErrorCode::DatabaseUnavailable};
    ui::RulesView view(*f.backend, f.display);
    view.resize(1000, 700);
    view.show();
    view.reload();
    QTRY_COMPARE(view.state(), PageState::Failed);
    auto *retry = Fixture::button(view, QStringLiteral("state.retry"));
    QVERIFY(retry->isVisible());
    retry->click();
    QTRY_COMPARE(view.state(), PageState::Ready);
    f.console.refunds.nextRulesError = Error{.code = ErrorCode::DatabaseUnavailable};
    view.reload();
    QTRY_COMPARE(view.state(), PageState::Failed);
    QVERIFY(showsText(view, QStringLiteral("Who agrees to a refund"))); // what was there stays
    f.console.refunds.rules.clear();
    view.reload();
    QTRY_COMPARE(view.state(), PageState::EmptyNew);
}

void TestRulesAndPeople::theRulesAreShownWithTheirHistory()
{
    Fixture f;
    ui::RulesView view(*f.backend, f.display);
    view.resize(1000, 700);
    view.show();
    view.reload();
    QTRY_COMPARE(view.state(), PageState::Ready);
    QVERIFY(showsText(view, QStringLiteral("Up to 40.00\u00a0USD")));
    QVERIFY(showsText(view, QStringLiteral("After 2 refunds to one customer in 30 days")));
    QVERIFY(showsText(view, QStringLiteral("Nobody decides in 48 hours")));
    QVERIFY(showsText(view, QStringLiteral("Version 3, in force since 2026-11-18 12:42")));
    const auto *history = view.findChild<ui::Timeline *>();
    QVERIFY(history);
}

void TestRulesAndPeople::aRuleIsChangedWithBeforeAndAfter()
{
    Fixture f;
    const auto page = f.open();
    page->findChild<ui::TabRow *>(QStringLiteral("page.refunds.tabs"))->setCurrentIndex(kRulesTab);
    QTRY_COMPARE(page->state(), PageState::Ready);
    Fixture::button(*page, QStringLiteral("page.refunds.rules.change"))->click();
    const QPointer<ui::RulesDialog> dialog = page->findChild<ui::RulesDialog *>();
    auto *verb = Fixture::button(*dialog, QStringLiteral("dialog.rules.verb"));
    QVERIFY(!verb->isEnabled());
    QVERIFY(showsText(*dialog, QStringLiteral("These are the rules now")));
    Fixture::type(*dialog, "small", "4");
    Fixture::type(*dialog, "waits_hours", "24");
    QVERIFY(showsText(*dialog, QStringLiteral("5.00\u00a0USD \u2192 4.00\u00a0USD")));
    QVERIFY(showsText(*dialog, QStringLiteral("48 hours \u2192 24 hours")));
    QVERIFY(!verb->isEnabled()); // no reason yet
    Fixture::type(*dialog, "reason", "a quiet month");
    verb->click();
    QTRY_VERIFY(!dialog); // closed, and with that gone
    QCOMPARE(f.last().kind, QStringLiteral("policy.refund_rules"));
    QCOMPARE(f.last().payload, (Json{{"v", 1},
                                     {"version", 3},
                                     {"reason", "a quiet month"},
                                     {"small", 4'000'000},
                                     {"waits_hours", 24}}));
}

void TestRulesAndPeople::rulesThatContradictThemselvesAreNotOffered()
{
    Fixture f;
    ui::RulesDialog dialog(f.console.refunds.rules.first(), f.console.commands, nullptr);
    dialog.show();
    Fixture::type(dialog, "reason", "a quiet month");
    auto *verb = Fixture::button(dialog, QStringLiteral("dialog.rules.verb"));
    const auto isOffered = [&](const char *field, const char *value, const char *good) {
        Fixture::type(dialog, field, value);
        const bool is = verb->isEnabled();
        Fixture::type(dialog, field, good);
        return is;
    };
    QVERIFY(!isOffered("small", "41", "5")); // above the next one
    QVERIFY(!isOffered("small", "five", "5"));
    QVERIFY(!isOffered("small", "-1", "5"));
    QVERIFY(!isOffered("old_cause_days", "0", "30"));
    QVERIFY(!isOffered("automatic_each", "11", "5"));
    QVERIFY(!isOffered("waits_hours", "1.5", "48"));
    QVERIFY(isOffered("small", "6", "5"));
}

/// The window stays and says so: nobody shall take it for done.
void TestRulesAndPeople::looserRulesAreOnlyAskedFor()
{
    Fixture f;
    ui::RulesDialog dialog(f.console.refunds.rules.first(), f.console.commands, nullptr);
    dialog.show();
    Fixture::type(dialog, "small", "6");
    Fixture::type(dialog, "reason", "a busy month");
    api::CommandResult asked;
    asked.state = api::CommandState::Done;
    asked.answer = {{"asked", true}};
    f.console.commands.nextAnswers.append(asked);
    auto *verb = Fixture::button(dialog, QStringLiteral("dialog.rules.verb"));
    verb->click();
    QTRY_VERIFY(!verb->isVisible());
    QVERIFY(dialog.isVisible());
    QVERIFY(showsText(dialog, QStringLiteral("nothing has changed yet")));
    f.console.refunds.rules.first().looserAsked = {.what = QStringLiteral("small 5.00 -> 6.00"),
                                                   .by = QStringLiteral("omar"),
                                                   .until = f.console.clock.now()};
    ui::RulesView view(*f.backend, f.display);
    view.show();
    view.reload();
    QTRY_COMPARE(view.state(), PageState::Ready);
    QVERIFY(showsText(view, QStringLiteral("omar asks for looser ones")));
    QVERIFY(showsText(view, QStringLiteral("small 5.00 -> 6.00")));
}

void TestRulesAndPeople::whoMayNotChangeRulesOnlyLooks()
{
    Fixture f(api::Role::Support);
    ui::RulesView view(*f.backend, f.display);
    view.show();
    view.reload();
    QTRY_COMPARE(view.state(), PageState::Ready);
    auto *change = Fixture::button(view, QStringLiteral("page.refunds.rules.change"));
    QVERIFY(!change->isEnabled());
    QVERIFY(change->toolTip().contains(QStringLiteral("Finance or Admin")));
}

void TestRulesAndPeople::rulesThatChangedMeanwhileAreSaid()
{
    Fixture f;
    ui::RulesDialog dialog(f.console.refunds.rules.first(), f.console.commands, nullptr);
    dialog.show();
    dialog.changeSample();
    f.console.commands.nextAnswers = {refusal("FiguresChanged")};
    Fixture::button(dialog, QStringLiteral("dialog.rules.verb"))->click();
    QTRY_VERIFY(showsText(dialog, QStringLiteral("Somebody has changed the rules meanwhile")));
}

void TestRulesAndPeople::aPersonIsAdded()
{
    Fixture f(api::Role::Admin);
    ui::PeoplePage page(*f.backend, f.display);
    page.show();
    QTRY_COMPARE(page.state(), PageState::Ready);
    Fixture::button(page, QStringLiteral("page.people.action.add"))->click();
    const QPointer<ui::AddPersonDialog> dialog = page.findChild<ui::AddPersonDialog *>();
    QVERIFY(dialog);
    Fixture::type(*dialog, "name", "lea.brandt");
    Fixture::type(*dialog, "passphrase", "a quiet walk");
    Fixture::type(*dialog, "again", "a quiet walk");
    dialog->findChild<QCheckBox *>(QStringLiteral("dialog.addPerson.finance"))->setChecked(true);
    for (const char *field : {"passphrase", "again"})
        QCOMPARE(
            dialog
                ->findChild<QLineEdit *>(QStringLiteral("dialog.addPerson.") + QLatin1String(field))
                ->echoMode(),
            QLineEdit::Password);
    Fixture::button(*dialog, QStringLiteral("dialog.addPerson.verb"))->click();
    QTRY_VERIFY(!dialog); // closed, and with that gone
    QCOMPARE(f.last().kind, QStringLiteral("operator.add"));
    QCOMPARE(core::textMember(f.last().payload, "name"),
             std::optional(QStringLiteral("lea.brandt")));
    QCOMPARE(number(f.last().payload, "roles"), std::optional<qint64>(int(api::Role::Finance)));
    QCOMPARE(core::textMember(f.last().payload, "passphrase"),
             std::optional(QStringLiteral("a quiet walk")));
}

void TestRulesAndPeople::aPersonNeedsANameAPassphraseAndARole()
{
    Fixture f(api::Role::Admin);
    ui::AddPersonDialog dialog(f.console.commands, nullptr);
    dialog.show();
    dialog.fillSample();
    auto *verb = Fixture::button(dialog, QStringLiteral("dialog.addPerson.verb"));
    QVERIFY(verb->isEnabled());
    auto *support = dialog.findChild<QCheckBox *>(QStringLiteral("dialog.addPerson.support"));
    support->setChecked(false);
    QVERIFY(!verb->isEnabled());
    QVERIFY(showsText(dialog, QStringLiteral("Choose one role at least")));
    support->setChecked(true);
    QVERIFY(verb->isEnabled());
    for (const char *name : {"Lea", "l", "lea brandt", "-lea"}) {
        Fixture::type(dialog, "name", name);
        QVERIFY2(!verb->isEnabled(), name);
    }
    Fixture::type(dialog, "name", "lea");
    QVERIFY(verb->isEnabled());
    Fixture::type(dialog, "again", "something else");
    QVERIFY(!verb->isEnabled());
    Fixture::type(dialog, "passphrase", "too short");
    Fixture::type(dialog, "again", "too short");
    QVERIFY(!verb->isEnabled());
}

void TestRulesAndPeople::whatTheServerSaysOfAPersonIsShown()
{
    Fixture f(api::Role::Admin);
    ui::AddPersonDialog dialog(f.console.commands, nullptr);
    dialog.show();
    dialog.fillSample();
    auto *verb = Fixture::button(dialog, QStringLiteral("dialog.addPerson.verb"));
    f.console.commands.nextAnswers = {
        refusal("Duplicate"),
        refusal("BadInput", QStringLiteral("this passphrase is among the first that anybody would "
                                           "try"))};
    verb->click();
    QTRY_VERIFY(showsText(dialog, QStringLiteral("There is somebody of this name already")));
    const QString key = f.last().key;
    verb->click();
    QTRY_VERIFY(showsText(dialog, QStringLiteral("among the first that anybody would try")));
    QVERIFY(f.last().key != key);
    QVERIFY(dialog.isVisible());
}

REGISTER_TEST(TestRulesAndPeople);

} // namespace tst_rules_and_people

#include "tst_rules_and_people.moc"
