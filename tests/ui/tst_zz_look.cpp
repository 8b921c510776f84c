#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/pages/deposits/deposits_page.h"
#include "ui/pages/ledger/ledger_page.h"
#include "ui/shell/main_window.h"
#include <QApplication>
#include <QLineEdit>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTest>
class TestLook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void look()
    {
        tests::FakeConsole c;
        c.fillWithSamples();
        ui::Themes themes(*qApp);
        auto b = c.backend();
        ui::MainWindow w(b, themes, {});
        w.resize(1440, 900);
        w.show();
        const QString d = QStringLiteral("/tmp/uiw/shots/");
        auto &dp = *w.pages()[1];
        QTRY_VERIFY(dp.isSettled());
        dp.pane().table().selectObject(5534);
        QElapsedTimer t; t.start();
        for (int i = 0; i < 10; ++i) dp.pane().table().viewport()->repaint();
        qInfo() << "table repaint us" << t.nsecsElapsed() / 10000;
        c.fillWithMany(10000); dp.reload(); QTest::qWait(200);
        t.restart(); qint64 worst = 0;
        for (int i = 0; i < 300; ++i) { QElapsedTimer e; e.start(); dp.pane().table().verticalScrollBar()->setValue(i * 1000); QCoreApplication::processEvents(); worst = std::max(worst, e.nsecsElapsed()); }
        qInfo() << "scroll total ms" << t.elapsed() << "worst us (fake included)" << worst / 1000;
        c.fillWithSamples(); dp.reload(); dp.pane().table().verticalScrollBar()->setValue(0); QTest::qWait(200); dp.pane().table().selectObject(5534);
        QTest::qWait(50);
        w.grab().save(d + QStringLiteral("x-notice.png"));
        dp.openDrawer();
        QTest::qWait(50);
        themes.choose(ui::ThemeChoice::Contrast);
        w.grab().save(d + QStringLiteral("x-contrast.png"));
        themes.choose(ui::ThemeChoice::Light);
        dp.closeDrawer();
        auto *edit = dp.findChild<QLineEdit *>();
        edit->setText(QStringLiteral("state:waiting coin:BTC"));
        QTest::keyClick(edit, Qt::Key_Return);
        edit->setText(QStringLiteral("colour:red"));
        QTest::qWait(300);
        w.grab().save(d + QStringLiteral("x-filter.png"));
        edit->clear();
        dp.pane().filter().setTerms({{QStringLiteral("customer"), api::FilterTerm::Comparison::Is,
                                      QStringLiteral("nobody")}});
        QTest::qWait(300);
        w.grab().save(d + QStringLiteral("x-empty.png"));
        dp.pane().filter().clear();
        c.deposits.nextError = Error{ErrorCode::DatabaseUnavailable};
        QTest::qWait(100);
        c.deposits.nextError = Error{ErrorCode::DatabaseUnavailable};
        dp.reload();
        QTest::qWait(100);
        w.grab().save(d + QStringLiteral("x-error.png"));
        c.deposits.isHeld = true;
        dp.pane().setBaseTerms({});
        QTest::qWait(3300);
        w.grab().save(d + QStringLiteral("x-loading.png"));
        w.showPage(0);
        auto &lp = static_cast<ui::LedgerPage &>(*w.pages()[0]);
        QTRY_VERIFY(lp.isSettled());
        lp.pane().table().setCurrentIndex(lp.pane().table().model()->index(0, 0));
        lp.showCustomer(c.ledger.rows[0].customer, c.ledger.rows[0].customerName);
        QTest::qWait(200);
        lp.openDrawer();
        QTest::qWait(100);
        w.grab().save(d + QStringLiteral("x-wallet.png"));
        lp.closeDrawer();
        lp.pane().filter().clear();
        c.ledger.rows.clear();
        lp.reload();
        QTest::qWait(200);
        w.grab().save(d + QStringLiteral("x-empty-new.png"));
    }
};
REGISTER_TEST(TestLook);
#include "tst_zz_look.moc"
