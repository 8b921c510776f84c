#include "tests/fakes/fake_console.h"
#include "tests/fakes/samples.h"
#include "tests/support/test_main.h"
#include "ui/pages/deposits/deposits_page.h"
#include "ui/pages/deposits/policy_dialog.h"
#include "ui/pages/deposits/policy_view.h"
#include "ui/pages/deposits/policy_words.h"
#include "ui/pages/deposits/reversal_dialog.h"
#include "ui/support/format.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

namespace tst_deposit_policy_ui {

using ui::PolicyDialog;

namespace {

constexpr int kRulesTab = 3;

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
    /// The page with its rules shown, or awaited.
    [[nodiscard]] std::unique_ptr<ui::DepositsPage> openRules()
    {
        auto page = std::make_unique<ui::DepositsPage>(*backend, display);
        page->resize(1256, 800);
        page->show();
        page->findChild<QTabBar *>(QStringLiteral("page.deposits.tabs"))
            ->setCurrentIndex(kRulesTab);
        return page;
    }
    [[nodiscard]] std::unique_ptr<PolicyDialog> openDialog()
    {
        auto dialog = std::make_unique<PolicyDialog>(console.deposits.policy.versions.first(),
                                                     console.commands, nullptr);
        dialog->show();
        return dialog;
    }
    template <typename Widget> static Widget *part(const QWidget &of, const QString &name)
    {
        return of.findChild<Widget *>(name);
    }
    static QPushButton *button(const QWidget &of, const char *name)
    {
        return of.findChild<QPushButton *>(QLatin1String(name));
    }
    static QPushButton *verb(const PolicyDialog &dialog)
    {
        return button(dialog, "dialog.policy.verb");
    }
    static void type(const PolicyDialog &dialog, const char *field, const char *text)
    {
        part<QLineEdit>(dialog, QStringLiteral("dialog.policy.") + QLatin1String(field))
            ->setText(QString::fromUtf8(text));
    }
    static QLabel *hint(const PolicyDialog &dialog, const char *field)
    {
        return part<QLabel>(dialog,
                            QStringLiteral("dialog.policy.%1.hint").arg(QLatin1String(field)));
    }
    [[nodiscard]] const Json &lastPayload() const
    {
        return console.commands.submitted.last().payload;
    }
    /// With "-light" and "-dark" behind the name.
    void picture(QWidget &widget, const char *name)
    {
        const QString directory = qEnvironmentVariable("SPEECHCAD_SCREENSHOT_DIR");
        for (const ui::ThemeChoice theme : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
            themes.choose(theme);
            const QPixmap picture = widget.grab();
            QVERIFY(!picture.isNull());
            const QString file = QLatin1String(name) + (theme == ui::ThemeChoice::Light
                                                            ? QStringLiteral("-light.png")
                                                            : QStringLiteral("-dark.png"));
            if (!directory.isEmpty())
                QVERIFY(picture.save(QDir(directory).filePath(file)));
        }
        themes.choose(ui::ThemeChoice::Light);
    }

    tests::FakeConsole console;
    std::unique_ptr<api::Backend> backend;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::Themes themes{*qApp};
};

} // namespace

/// The rules of deposits and the coins, as the tab shows and changes them.
class TestDepositPolicyUi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRulesAreSaidInWords();
    void strictRulesSaySo();
    void everyVersionSaysWhoAndWhy();
    void loadingAndFailureAreShown();
    void aChangeElsewhereIsSeen();
    void aCoinIsPausedAndTakenAgain();
    void whoMayNotIsToldWhy();
    void onlyWhatDiffersIsSent();
    void whatCannotBeIsSaidUnderItsField_data();
    void whatCannotBeIsSaidUnderItsField();
    void nothingChangedOrNoReasonIsNoChange();
    void rulesThatChangedMeanwhileAreExplained();
    void percentsAreReadAndWritten();
    void pictures();
};

void TestDepositPolicyUi::theRulesAreSaidInWords()
{
    Fixture f;
    const auto page = f.openRules();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
    for (const char *words :
         {"From 97.5", "Credited in proportion", "by up to 2.00", "Credited with all of it",
          "Asked for up to 25.00", "As soon as the payment is confirmed", "15.00",
          "The network is split", "Version 2, in force since"})
        QVERIFY2(showsText(*page, QString::fromLatin1(words)) ||
                     showsText(*page, QString::fromLatin1(words).replace(u' ', ui::kNoBreakSpace)),
                 words);
    page->findChild<QTabBar *>(QStringLiteral("page.deposits.tabs"))->setCurrentIndex(1);
    QTRY_VERIFY(page->pane().isVisible());
    QVERIFY(!page->findChild<ui::PolicyView *>()->isVisible());
}

void TestDepositPolicyUi::strictRulesSaySo()
{
    Fixture f;
    f.console.deposits.policy.versions.first().isStrict = true;
    const auto page = f.openRules();
    QTRY_VERIFY(showsText(*page, QStringLiteral("the rules are strict")));
    QVERIFY(!showsText(*page, QStringLiteral("Credited in proportion")));
}

void TestDepositPolicyUi::everyVersionSaysWhoAndWhy()
{
    const auto versions = Fixture().console.deposits.policy.versions;
    const QStringList changes = ui::policyChanges(versions[1], versions[0]);
    QCOMPARE(changes.size(), 4);
    QVERIFY(changes[0].contains(QStringLiteral("97.5")));
    QVERIFY(changes[1].contains(QStringLiteral("none")));
    QVERIFY(changes[3].startsWith(QStringLiteral("Minimum of LTC 10.00")));
    QVERIFY(ui::policyChanges(versions[0], versions[0]).isEmpty());
}

void TestDepositPolicyUi::loadingAndFailureAreShown()
{
    Fixture f;
    f.console.deposits.isPolicyHeld = true;
    const auto waiting = f.openRules();
    QCOMPARE(waiting->state(), ui::PageState::Loading);
    QVERIFY(!waiting->isSettled());
    f.console.deposits.isPolicyHeld = false;
    f.console.deposits.nextPolicyError = core::Error{.code = ErrorCode::DatabaseUnavailable};
    const auto page = f.openRules();
    QTRY_COMPARE(page->state(), ui::PageState::Failed);
    page->reload();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
}

void TestDepositPolicyUi::aChangeElsewhereIsSeen()
{
    Fixture f;
    const auto page = f.openRules();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
    QVERIFY(Fixture::button(*page, "page.deposits.rules.pause.LTC"));
    f.console.deposits.policy.coins[5].isPaused = true;
    f.console.deposits.policy.coins[5].reason = QStringLiteral("fees are too high");
    Q_EMIT f.console.changes.changed({{Topic::Policy, 0}});
    QTRY_VERIFY(Fixture::button(*page, "page.deposits.rules.resume.LTC"));
    QVERIFY(showsText(*page, QStringLiteral("fees are too high")));
}

void TestDepositPolicyUi::aCoinIsPausedAndTakenAgain()
{
    Fixture f;
    const auto page = f.openRules();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
    const auto press = [&](const char *name, const char *reason) {
        Fixture::button(*page, name)->click();
        const auto dialogs = page->findChildren<ui::ReasonDialog *>();
        const QPointer<ui::ReasonDialog> dialog = dialogs.last(); // deleted once it is closed
        dialog->findChild<QLineEdit *>(QStringLiteral("dialog.coin.reason"))
            ->setText(QString::fromLatin1(reason));
        Fixture::button(*dialog, "dialog.coin.verb")->click();
        QTRY_VERIFY(!dialog || !dialog->isVisible());
    };
    press("page.deposits.rules.pause.all", "the provider is down");
    QCOMPARE(f.console.commands.submitted.last().kind, QStringLiteral("deposits.pause"));
    QCOMPARE(core::textMember(f.lastPayload(), "coin"), std::optional(QStringLiteral("all")));
    press("page.deposits.rules.resume.BCH", "the network is one again");
    QCOMPARE(f.console.commands.submitted.last().kind, QStringLiteral("deposits.resume"));
    QCOMPARE(core::textMember(f.lastPayload(), "coin"), std::optional(QStringLiteral("BCH")));
    QCOMPARE(core::textMember(f.lastPayload(), "reason"),
             std::optional(QStringLiteral("the network is one again")));
}

void TestDepositPolicyUi::whoMayNotIsToldWhy()
{
    Fixture f;
    f.console.session.who->roles = api::Role::Support;
    const auto page = f.openRules();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
    const auto *change = Fixture::button(*page, "page.deposits.rules.change");
    QVERIFY(!change->isEnabled());
    QVERIFY(change->toolTip().contains(QStringLiteral("Finance or Admin")));
    QVERIFY(Fixture::button(*page, "page.deposits.rules.pause.LTC")->isEnabled());
    const auto *resume = Fixture::button(*page, "page.deposits.rules.resume.BCH");
    QVERIFY(!resume->isEnabled() && !resume->toolTip().isEmpty());
}

void TestDepositPolicyUi::onlyWhatDiffersIsSent()
{
    Fixture f;
    const auto dialog = f.openDialog();
    Fixture::type(*dialog, "tolerate_from", "97");
    Fixture::type(*dialog, "minimum.LTC", "12.50");
    Fixture::part<QCheckBox>(*dialog, QStringLiteral("dialog.policy.strict"))->setChecked(true);
    Fixture::type(*dialog, "reason", "less waits for a person");
    const auto *changes = Fixture::part<QLabel>(*dialog, QStringLiteral("dialog.policy.changes"));
    QVERIFY(changes->isVisible());
    QCOMPARE(changes->text().count(u'\n'), 2);
    QVERIFY(Fixture::verb(*dialog)->isEnabled());
    Fixture::verb(*dialog)->click();
    QTRY_VERIFY(!dialog->isVisible());
    QCOMPARE(f.console.commands.submitted.last().kind, QStringLiteral("policy.deposit_rules"));
    QCOMPARE(f.lastPayload(), (Json{{"v", 1},
                                    {"version", 2},
                                    {"reason", "less waits for a person"},
                                    {"tolerate_from", 970},
                                    {"is_strict", true},
                                    {"minimums", {{"LTC", 12'500'000}}}}));
}

void TestDepositPolicyUi::whatCannotBeIsSaidUnderItsField_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    const auto add = [](const char *field, const char *typed) {
        QTest::addRow("%s: %s", field, typed)
            << QString::fromLatin1(field) << QString::fromLatin1(typed);
    };
    for (const char *typed : {"94.9", "100.1", "97.55", "", "x", "-97"})
        add("tolerate_from", typed);
    for (const char *typed : {"99.9", "105.1"})
        add("tolerate_to", typed);
    for (const char *typed : {"-1", "10000.01", "", "1.0000001"})
        add("excess_up_to", typed);
    add("confirmed_up_to", "many");
    for (const char *typed : {"0.99", "10000.01"})
        add("minimum.BTC", typed);
}

void TestDepositPolicyUi::whatCannotBeIsSaidUnderItsField()
{
    QFETCH(QString, field);
    QFETCH(QString, typed);
    Fixture f;
    const auto dialog = f.openDialog();
    Fixture::type(*dialog, "reason", "a reason that is long enough");
    const QByteArray name = field.toLatin1();
    QLabel *hint = Fixture::hint(*dialog, name.constData());
    QVERIFY(hint && !hint->isVisible());
    const QString before =
        Fixture::part<QLineEdit>(*dialog, QStringLiteral("dialog.policy.") + field)->text();
    Fixture::type(*dialog, name.constData(), typed.toLatin1().constData());
    QVERIFY(hint->isVisible() && !hint->text().isEmpty());
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    QCOMPARE(dialog->findChildren<QLabel *>(QRegularExpression(QStringLiteral("[.]hint$"))).size(),
             qsizetype(5 + 11));
    Fixture::type(*dialog, name.constData(), before.toUtf8().constData());
    QVERIFY(!hint->isVisible());
}

void TestDepositPolicyUi::nothingChangedOrNoReasonIsNoChange()
{
    Fixture f;
    const auto dialog = f.openDialog();
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    QVERIFY(showsText(*dialog, QStringLiteral("These are the rules now")));
    Fixture::type(*dialog, "excess_up_to", "3");
    QVERIFY(showsText(*dialog, QStringLiteral("Say why, in 3 characters or more")));
    QVERIFY(!Fixture::verb(*dialog)->isEnabled());
    Fixture::type(*dialog, "reason", "why");
    QVERIFY(Fixture::verb(*dialog)->isEnabled());
}

void TestDepositPolicyUi::rulesThatChangedMeanwhileAreExplained()
{
    Fixture f;
    const auto dialog = f.openDialog();
    Fixture::type(*dialog, "excess_up_to", "3");
    Fixture::type(*dialog, "reason", "why");
    api::CommandResult refused;
    refused.state = api::CommandState::Refused;
    refused.code = QStringLiteral("FiguresChanged");
    f.console.commands.nextAnswers = {refused};
    Fixture::verb(*dialog)->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("Somebody has changed the rules meanwhile")));
}

void TestDepositPolicyUi::percentsAreReadAndWritten()
{
    QCOMPARE(ui::percentText(980), QStringLiteral("98"));
    QCOMPARE(ui::percentText(975), QStringLiteral("97.5"));
    QCOMPARE(ui::readPercent(QStringLiteral(" 97.5 ")), std::optional(975));
    QCOMPARE(ui::readPercent(QStringLiteral("100")), std::optional(1000));
    for (const char *wrong : {"", "97.", ".5", "97,5", "97.55", "1000", "+97", "9 7"})
        QVERIFY2(!ui::readPercent(QString::fromLatin1(wrong)), wrong);
    QCOMPARE(ui::coinName(QStringLiteral("USDT-TRC20")),
             QStringLiteral("USDT%1TRC-20").arg(ui::kNoBreakSpace));
    QCOMPARE(ui::coinName(QStringLiteral("BTC")), QStringLiteral("BTC"));
}

void TestDepositPolicyUi::pictures()
{
    Fixture f;
    const auto page = f.openRules();
    QTRY_COMPARE(page->state(), ui::PageState::Ready);
    const auto *tabs = page->findChild<QTabBar *>(QStringLiteral("page.deposits.tabs"));
    QTRY_VERIFY(tabs->width() >= tabs->sizeHint().width()); // with the counts in it
    f.picture(*page, "policy");
    const QList<api::DepositRow> &rows = f.console.deposits.rows;
    const auto credited = std::find_if(rows.cbegin(), rows.cend(), [](const api::DepositRow &row) {
        return row.transfer.has_value();
    });
    QVERIFY(credited != rows.cend());
    ui::ReversalDialog reversal(*credited, *f.backend, nullptr);
    reversal.show();
    reversal.previewFully();
    QTRY_COMPARE(reversal.step(), ui::ReversalDialog::Preview);
    QTRY_COMPARE(reversal.height(), reversal.layout()->totalHeightForWidth(reversal.width()));
    const auto *again = Fixture::button(reversal, "dialog.takeBack.recalculate");
    QTRY_VERIFY(again->width() >= again->sizeHint().width());
    f.picture(reversal, "reversal");
    const auto dialog = f.openDialog();
    dialog->changeSample();
    QTRY_COMPARE(dialog->height(), dialog->layout()->totalHeightForWidth(dialog->width()));
    f.picture(*dialog, "policy-changed");
    Fixture::type(*dialog, "tolerate_from", "90");
    Fixture::type(*dialog, "minimum.BTC", "0");
    QTRY_COMPARE(dialog->height(), dialog->layout()->totalHeightForWidth(dialog->width()));
    f.picture(*dialog, "policy-wrong");
}

REGISTER_TEST(TestDepositPolicyUi);

} // namespace tst_deposit_policy_ui

#include "tst_deposit_policy_ui.moc"
