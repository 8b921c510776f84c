#include "tests/fakes/fake_console.h"
#include "tests/fakes/samples.h"
#include "tests/support/test_main.h"
#include "ui/pages/refunds/refund_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/sign_in_view.h"
#include "ui/support/page.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

namespace tst_sign_in {

namespace {

struct Fixture {
    Fixture()
    {
        console.fillWithSamples();
        backend = std::make_unique<api::Backend>(console.backend());
        backend->signInHint = QStringLiteral("User demo, passphrase correct horse battery");
    }
    [[nodiscard]] std::unique_ptr<ui::MainWindow> open()
    {
        auto window = std::make_unique<ui::MainWindow>(*backend, themes, ui::MainWindow::Options{});
        window->show();
        return window;
    }
    static void type(const ui::MainWindow &window, const QString &name, const QString &passphrase)
    {
        field(window, "name")->setText(name);
        field(window, "passphrase")->setText(passphrase);
        window.findChild<QPushButton *>(QStringLiteral("signIn.button"))->click();
    }
    static QLineEdit *field(const ui::MainWindow &window, const char *name)
    {
        return window.findChild<QLineEdit *>(QStringLiteral("signIn.") + QLatin1String(name));
    }

    tests::FakeConsole console;
    std::unique_ptr<api::Backend> backend;
    ui::Themes themes{*qApp};
};

const QString kRight = QStringLiteral("correct horse battery");

} // namespace

class TestSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nobodySeesAPageBeforeSigningIn();
    void aWrongPassphraseIsRefusedWithoutSayingWhich();
    void theCodeIsAskedForAfterThePassphrase();
    void aWrongCodeBeginsAnew();
    void anotherNameNeedsNoCode();
    void otherRolesChangeWhatIsOffered();
    void aDemoShowsItsPassphrase();
    void lockingTakesThePagesAwayAndTheNextSignInBringsThemBack();
    void anEndedSessionLocks();
    void aDraftOfARefundWaitsForItsAuthor();
    void aDraftIsNotShownToSomebodyElse();
    void movingTheMouseKeepsTheSession();
};

void TestSignIn::nobodySeesAPageBeforeSigningIn()
{
    Fixture f;
    f.console.session.who.reset();
    const auto window = f.open();
    QVERIFY(window->isLocked());
    QVERIFY(window->pages().isEmpty());
    QVERIFY(window->findChild<QTableView *>() == nullptr);
    Fixture::type(*window, QStringLiteral("maria.lindqvist"), kRight);
    QTRY_VERIFY(!window->isLocked());
    QCOMPARE(window->currentPage().name(), QStringLiteral("overview"));
    QVERIFY(Fixture::field(*window, "passphrase")->text().isEmpty());
}

void TestSignIn::aWrongPassphraseIsRefusedWithoutSayingWhich()
{
    Fixture f;
    f.console.session.who.reset();
    const auto window = f.open();
    Fixture::type(*window, QStringLiteral("maria.lindqvist"), QStringLiteral("wrong"));
    const auto *problem = window->findChild<QLabel *>(QStringLiteral("signIn.problem"));
    QTRY_COMPARE(problem->text(), QStringLiteral("Name or passphrase is not right."));
    QVERIFY(window->isLocked());
}

void TestSignIn::theCodeIsAskedForAfterThePassphrase()
{
    Fixture f;
    f.console.session.who.reset();
    f.console.session.code = "287082";
    const auto window = f.open();
    QLineEdit *code = Fixture::field(*window, "code");
    const auto *problem = window->findChild<QLabel *>(QStringLiteral("signIn.problem"));
    QVERIFY(!code->isVisible());
    Fixture::type(*window, QStringLiteral("maria.lindqvist"), QStringLiteral("wrong"));
    QTRY_VERIFY(problem->isVisible());
    QVERIFY(!code->isVisible()); // nobody learns that there is one
    Fixture::type(*window, QStringLiteral("maria.lindqvist"), kRight);
    QTRY_VERIFY(code->isVisible());
    QVERIFY(window->isLocked());
    QCOMPARE(Fixture::field(*window, "passphrase")->text(), kRight); // is not typed again
    window->findChild<QPushButton *>(QStringLiteral("signIn.button"))->click();
    QTRY_COMPARE(problem->text(),
                 QStringLiteral("Type the code that your app shows, or a recovery code."));
    code->setText(QStringLiteral(" 287082 "));
    window->findChild<QPushButton *>(QStringLiteral("signIn.button"))->click();
    QTRY_VERIFY(!window->isLocked());
    window->lock();
    QVERIFY(!code->isVisible());
    QVERIFY(code->text().isEmpty());
    QVERIFY(Fixture::field(*window, "passphrase")->text().isEmpty());
}

void TestSignIn::aWrongCodeBeginsAnew()
{
    Fixture f;
    f.console.session.who.reset();
    f.console.session.code = "287082";
    const auto window = f.open();
    QLineEdit *code = Fixture::field(*window, "code");
    Fixture::type(*window, QStringLiteral("maria.lindqvist"), kRight);
    QTRY_VERIFY(code->isVisible());
    code->setText(QStringLiteral("000000"));
    window->findChild<QPushButton *>(QStringLiteral("signIn.button"))->click();
    const auto *problem = window->findChild<QLabel *>(QStringLiteral("signIn.problem"));
    QTRY_COMPARE(problem->text(), QStringLiteral("Name, passphrase or code is not right."));
    QVERIFY(!code->isVisible());
    QVERIFY(Fixture::field(*window, "passphrase")->text().isEmpty());
}

void TestSignIn::anotherNameNeedsNoCode()
{
    Fixture f;
    f.console.session.who.reset();
    f.console.session.code = "287082";
    const auto window = f.open();
    Fixture::type(*window, QStringLiteral("maria.lindqvist"), kRight);
    QTRY_VERIFY(Fixture::field(*window, "code")->isVisible());
    QLineEdit *name = Fixture::field(*window, "name");
    name->clear();
    QTest::keyClicks(name, QStringLiteral("omar"));
    QVERIFY(!Fixture::field(*window, "code")->isVisible());
}

void TestSignIn::otherRolesChangeWhatIsOffered()
{
    Fixture f;
    f.console.session.who = tests::sampleOperator(QStringLiteral("maria.lindqvist"));
    f.console.session.who->roles = api::Role::Support;
    const auto window = f.open();
    window->showPage(QStringLiteral("live_calls"), {});
    const auto stopIsOffered = [&] {
        const auto *stop =
            window->findChild<QPushButton *>(QStringLiteral("page.live_calls.action.stopAll"));
        return stop != nullptr && stop->isVisible();
    };
    QTRY_VERIFY(stopIsOffered());
    f.console.session.giveRoles(api::Role::Viewer);
    QVERIFY(!window->isLocked());
    QCOMPARE(window->currentPage().name(), QStringLiteral("live_calls"));
    QTRY_VERIFY(!stopIsOffered());
}

void TestSignIn::aDemoShowsItsPassphrase()
{
    Fixture f;
    f.console.session.who.reset();
    const auto window = f.open();
    const auto *hint = window->findChild<QLabel *>(QStringLiteral("signIn.hint"));
    QVERIFY(hint != nullptr && hint->isVisible());
    QVERIFY(hint->text().contains(kRight));
}

void TestSignIn::lockingTakesThePagesAwayAndTheNextSignInBringsThemBack()
{
    Fixture f;
    const auto window = f.open();
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    window->showPage(QStringLiteral("customers"), {});
    QTest::keyClick(window.get(), Qt::Key_L, Qt::ControlModifier);
    QVERIFY(window->isLocked());
    QTRY_VERIFY(window->findChild<QTableView *>() == nullptr);
    QVERIFY(!f.console.session.who);
    QCOMPARE(Fixture::field(*window, "name")->text(), QStringLiteral("maria.lindqvist"));
    Fixture::type(*window, QStringLiteral("maria.lindqvist"), kRight);
    QTRY_VERIFY(!window->isLocked());
    QCOMPARE(window->currentPage().name(), QStringLiteral("customers"));
}

void TestSignIn::anEndedSessionLocks()
{
    Fixture f;
    const auto window = f.open();
    f.console.session.end();
    QVERIFY(window->isLocked());
    const auto *problem = window->findChild<QLabel *>(QStringLiteral("signIn.problem"));
    QVERIFY(problem->text().startsWith(QLatin1String("The session has ended")));
}

void TestSignIn::aDraftOfARefundWaitsForItsAuthor()
{
    Fixture f;
    const auto window = f.open();
    ui::RefundDialog *dialog = window->openRefund(api::CallId{88'206});
    QTRY_COMPARE(dialog->step(), ui::RefundDialog::Amount);
    auto *note = dialog->findChild<QLineEdit *>(QStringLiteral("dialog.refund.note"));
    note->setText(QStringLiteral("typed before the lock"));
    window->lock();
    QVERIFY(!dialog->isVisible());
    Fixture::type(*window, QStringLiteral("maria.lindqvist"), kRight);
    QTRY_VERIFY(dialog->isVisible());
    QCOMPARE(note->text(), QStringLiteral("typed before the lock"));
}

void TestSignIn::aDraftIsNotShownToSomebodyElse()
{
    Fixture f;
    const auto window = f.open();
    const QPointer<ui::RefundDialog> dialog = window->openRefund(api::CallId{88'206});
    window->lock();
    Fixture::type(*window, QStringLiteral("omar.said"), kRight);
    QTRY_VERIFY(!window->isLocked());
    QTRY_VERIFY(dialog.isNull());
}

void TestSignIn::movingTheMouseKeepsTheSession()
{
    Fixture f;
    const auto window = f.open();
    const auto moved = [&] {
        QTest::mouseMove(window.get(), QPoint(300, 300));
        QTest::mouseMove(window.get(), QPoint(310, 300));
        return f.console.session.activities > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(moved(), 10'000);
    QVERIFY(f.console.session.activities < 4); // not one for every event
}

REGISTER_TEST(TestSignIn);

} // namespace tst_sign_in

#include "tst_sign_in.moc"
