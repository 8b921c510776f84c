#include "tests/support/test_main.h"
#include "tests/ui/bulk_fixture.h"

#include <QCheckBox>
#include <QRadioButton>
#include <QTest>

namespace tst_bulk_dialog {

using namespace std::chrono_literals;
using namespace tests;

/// What is asked for in the dialog of bulk refunds, and agreed to.
class TestBulkDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsTypedIsChecked_data();
    void whatIsTypedIsChecked();
    void theWishIsWhatWasTyped();
    void itIsPreviewedNamedAndAskedFor();
    void aLookCanBeStopped();
    void refusalsAreSaidInWords_data();
    void refusalsAreSaidInWords();
    void anUnknownOutcomeIsTriedWithTheSameKey();
    void theFirstOfTwoMovesNoMoney();
    void changedFiguresCannotBeAgreedTo();
    void figuresThatChangeAtTheEndAreSaid();
};

void TestBulkDialog::whatIsTypedIsChecked_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("words");
    QTest::newRow("a word") << "disconnections"
                            << "error_asr, Error ASR"
                            << "no word of the provider";
    QTest::newRow("a region") << "regions"
                              << "US, Germany"
                              << "no region";
    QTest::newRow("a script") << "script"
                              << "greeting"
                              << "named by its number";
    QTest::newRow("a customer") << "customer"
                                << "-5"
                                << "Telegram id";
    QTest::newRow("an amount") << "each"
                               << "0"
                               << "above zero";
    QTest::newRow("no amount") << "each"
                               << "half"
                               << "above zero";
}

void TestBulkDialog::whatIsTypedIsChecked()
{
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QString, words);
    BulkFixture f;
    const auto dialog = f.bulk();
    QVERIFY(!BulkFixture::verbOf(*dialog)->isEnabled());
    QVERIFY(showsText(*dialog, QStringLiteral("Choose a reason")));
    BulkFixture::choose(*dialog, "call_failed");
    QVERIFY(BulkFixture::verbOf(*dialog)->isEnabled());
    if (field == QLatin1String("each"))
        dialog->findChild<QRadioButton *>(QStringLiteral("dialog.bulk.share2"))->setChecked(true);
    BulkFixture::type(*dialog, qPrintable(field), qPrintable(typed));
    QVERIFY2(showsText(*dialog, words), qPrintable(words));
    QVERIFY(!BulkFixture::verbOf(*dialog)->isEnabled());
    QVERIFY(f.console.commands.submitted.isEmpty());
}

void TestBulkDialog::theWishIsWhatWasTyped()
{
    BulkFixture f;
    const auto dialog = f.bulk();
    const Timestamp now = std::chrono::floor<std::chrono::minutes>(f.console.clock.now());
    BulkFixture::choose(*dialog, "other");
    QVERIFY(showsText(*dialog, QStringLiteral("10 characters or more")));
    BulkFixture::type(*dialog, "note", "the status page says so");
    for (const auto &[from, to, words] : {std::tuple(now, now - 1h, "begin before it ends"),
                                          std::tuple(now - 32 * 24h, now, "31 days"),
                                          std::tuple(now - 1h, now + 1h, "has to be over")}) {
        BulkFixture::setPeriod(*dialog, from, to);
        QVERIFY2(showsText(*dialog, QLatin1String(words)), words);
        QVERIFY(!BulkFixture::verbOf(*dialog)->isEnabled());
    }
    BulkFixture::setPeriod(*dialog, now - 3h, now - 1h);
    BulkFixture::type(*dialog, "disconnections", " error_asr,error_unknown ");
    BulkFixture::type(*dialog, "regions", "us de");
    BulkFixture::type(*dialog, "script", "12");
    BulkFixture::type(*dialog, "customer", "7300");
    dialog->findChild<QCheckBox *>(QStringLiteral("dialog.bulk.state.ended"))->setChecked(true);
    dialog->findChild<QRadioButton *>(QStringLiteral("dialog.bulk.share2"))->setChecked(true);
    BulkFixture::type(*dialog, "each", "0.50");
    BulkFixture::verbOf(*dialog)->click();
    QTRY_COMPARE(dialog->step(), BulkDialog::Preview);
    QCOMPARE(f.last().kind, QStringLiteral("refund.bulk.preview"));
    const auto wish = api::bulkWishFromJson(f.last().payload);
    QVERIFY(wish);
    QCOMPARE(wish->query.from, now - 3h);
    QCOMPARE(wish->query.to, now - 1h);
    QCOMPARE(wish->query.disconnections,
             (QStringList{QStringLiteral("error_asr"), QStringLiteral("error_unknown")}));
    QCOMPARE(wish->query.regions, (QStringList{QStringLiteral("DE"), QStringLiteral("US")}));
    QCOMPARE(wish->query.states, QStringList{QStringLiteral("ended")});
    QCOMPARE(wish->query.script, std::optional<qint64>(12));
    QCOMPARE(wish->query.customer, std::optional(CustomerId{7300}));
    QCOMPARE(wish->share, api::RefundShare::Amount);
    QCOMPARE(wish->each, Money::fromCents(50));
    QCOMPARE(wish->reason, QStringLiteral("other"));
}

void TestBulkDialog::itIsPreviewedNamedAndAskedFor()
{
    BulkFixture f(api::Role::Senior);
    const auto dialog = f.previewed();
    QCOMPARE(dialog->step(), BulkDialog::Preview);
    auto *table = dialog->findChild<ui::SmartTable *>(QStringLiteral("dialog.bulk.table"));
    QTRY_COMPARE(table->model()->rowCount(), 16);
    using Column = ui::BatchPreviewModel::Column;
    QCOMPARE(cellOf(*table, 0, int(Column::Why)), QStringLiteral("All of it was given back"));
    QCOMPARE(cellOf(*table, 2, int(Column::Amount)), cellOf(*table, 2, int(Column::Paid)));
    QVERIFY(showsText(*dialog, QStringLiteral("One other person must approve")));
    QVERIFY(showsText(*dialog, QStringLiteral("Give it a name")));
    QVERIFY(!BulkFixture::verbOf(*dialog)->isEnabled());
    for (const char *wrong : {"ab", "-outage", "an outage", "\u00fcbel-1"}) {
        BulkFixture::type(*dialog, "key", wrong);
        QVERIFY2(!BulkFixture::verbOf(*dialog)->isEnabled(), wrong);
    }
    BulkFixture::type(*dialog, "key", "outage-2026-11-20");
    BulkFixture::verbOf(*dialog)->click();
    QTRY_COMPARE(dialog->step(), BulkDialog::Done);
    QCOMPARE(f.last().kind, QStringLiteral("refund.bulk.request"));
    QCOMPARE(core::textMember(f.last().payload, "key"),
             std::optional(QStringLiteral("outage-2026-11-20")));
    QVERIFY(core::textMember(f.last().payload, "hash")->startsWith(QLatin1String("a41f0c77")));
    QCOMPARE(core::textMember(f.last().payload, "share"), std::optional(QStringLiteral("full")));
    QVERIFY(showsText(*dialog, QStringLiteral("B-3141 waits for another person")));
}

void TestBulkDialog::aLookCanBeStopped()
{
    BulkFixture f;
    const auto dialog = f.bulk();
    BulkFixture::choose(*dialog, "call_failed");
    QPromise<Result<api::CommandResult>> promise;
    promise.start();
    f.console.commands.nextFuture = promise.future();
    BulkFixture::verbOf(*dialog)->click();
    QVERIFY(showsText(*dialog, QStringLiteral("Looking through the calls")));
    QVERIFY(!dialog->isSettled());
    QVERIFY(!BulkFixture::verbOf(*dialog)->isEnabled());
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("Looking through the calls, 1 s")));
    auto *stop = BulkFixture::button(*dialog, QStringLiteral("dialog.bulk.back"));
    QCOMPARE(stop->text(), QStringLiteral("Stop looking"));
    stop->click();
    QVERIFY(dialog->isSettled());
    QVERIFY(BulkFixture::verbOf(*dialog)->isEnabled());
    // What comes after all is not shown.
    api::CommandResult late;
    late.state = api::CommandState::Done;
    late.answer = api::toJson(sampleBulkPreview(Json::object()));
    promise.addResult(Result<api::CommandResult>(late));
    promise.finish();
    QCoreApplication::processEvents();
    QCOMPARE(dialog->step(), BulkDialog::Input);
}

void TestBulkDialog::refusalsAreSaidInWords_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QString>("words");
    QTest::newRow("too many") << "TooMany"
                              << ""
                              << "More than 2,000 calls match";
    QTest::newRow("the name") << "Duplicate"
                              << "batch 12 has that name, and is done"
                              << "batch 12 has that name";
    QTest::newRow("figures") << "FiguresChanged"
                             << ""
                             << "The figures have changed";
    QTest::newRow("role") << "NotAllowed"
                          << ""
                          << "Your role does not allow this";
}

void TestBulkDialog::refusalsAreSaidInWords()
{
    QFETCH(QString, code);
    QFETCH(QString, detail);
    QFETCH(QString, words);
    BulkFixture f;
    const auto dialog = f.previewed();
    BulkFixture::type(*dialog, "key", "outage-1");
    f.console.commands.nextAnswers = {refusal(qPrintable(code), detail)};
    BulkFixture::verbOf(*dialog)->click();
    QTRY_VERIFY(showsText(*dialog, words));
    QCOMPARE(dialog->step(), BulkDialog::Preview);
    QVERIFY(BulkFixture::verbOf(*dialog)->isEnabled());
}

void TestBulkDialog::anUnknownOutcomeIsTriedWithTheSameKey()
{
    BulkFixture f;
    const auto dialog = f.previewed();
    BulkFixture::type(*dialog, "key", "outage-1");
    f.console.commands.nextAnswers = {
        failure({.code = ErrorCode::DatabaseUnavailable, .detail = {}, .transient = true})};
    BulkFixture::verbOf(*dialog)->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("cannot do it twice")));
    const QString key = f.last().key;
    BulkFixture::verbOf(*dialog)->click();
    QTRY_COMPARE(dialog->step(), BulkDialog::Done);
    QCOMPARE(f.last().key, key);
}

void TestBulkDialog::theFirstOfTwoMovesNoMoney()
{
    BulkFixture f(api::Role::Senior);
    api::RefundBatch batch = f.batchOf("pending_approval");
    batch.needs = api::RefundNeeds::TwoPeople;
    const auto dialog = f.bulk(batch);
    QTRY_COMPARE(dialog->step(), BulkDialog::Preview);
    api::CommandResult result;
    result.state = api::CommandState::Done;
    result.answer = Json{{"batch", batch.id.value}, {"state", "approved"}};
    f.console.commands.nextAnswers = {result};
    BulkFixture::verbOf(*dialog)->click();
    QTRY_COMPARE(dialog->step(), BulkDialog::Done);
    QVERIFY(showsText(*dialog, QStringLiteral("Another person of Finance has to agree too")));
}

void TestBulkDialog::changedFiguresCannotBeAgreedTo()
{
    BulkFixture f;
    api::RefundBatch batch = f.batchOf("pending_approval");
    batch.hash = QString(64, u'0');
    batch.total = batch.total + Money::fromCents(200);
    batch.calls = 15;
    const auto dialog = f.bulk(batch);
    QTRY_COMPARE(dialog->step(), BulkDialog::Preview);
    QVERIFY(showsText(*dialog, QStringLiteral("Figures changed")));
    QVERIFY(showsText(*dialog, QStringLiteral("It cannot be agreed to any more")));
    QVERIFY(!BulkFixture::verbOf(*dialog)->isEnabled());
    QStringList figures;
    for (const ui::FigureLabel *figure : dialog->findChildren<ui::FigureLabel *>())
        figures << figure->text();
    for (const QString &shown : {QStringLiteral("15"), QStringLiteral("14"),
                                 QStringLiteral("00000000"), QStringLiteral("a41f0c77")})
        QVERIFY2(figures.contains(shown), qPrintable(shown));
}

/// Something was given back while they looked: the server voids it, and the list says so.
void TestBulkDialog::figuresThatChangeAtTheEndAreSaid()
{
    BulkFixture f;
    const auto dialog = f.bulk(f.batchOf("pending_approval"));
    QTRY_COMPARE(dialog->step(), BulkDialog::Preview);
    bool isTold = false;
    connect(dialog.get(), &BulkDialog::decided, this, [&] { isTold = true; });
    f.console.commands.nextAnswers = {refusal("FiguresChanged")};
    BulkFixture::verbOf(*dialog)->click();
    QTRY_VERIFY(showsText(*dialog, QStringLiteral("The figures have changed")));
    QVERIFY(isTold);
    QCOMPARE(dialog->step(), BulkDialog::Preview);
}

REGISTER_TEST(TestBulkDialog);

} // namespace tst_bulk_dialog

#include "tst_bulk_dialog.moc"
