#include "tests/fakes/fake_console.h"
#include "tests/support/test_main.h"
#include "ui/pages/deposits/deposits_page.h"

#include <QApplication>
#include <QLineEdit>
#include <QTest>

namespace tst_filter_completion {

using ui::Completions;

namespace {

const QList<ui::FilterField> &fields()
{
    using Kind = ui::FilterField::Kind;
    static const QList<ui::FilterField> all = {
        {.name = QStringLiteral("state"),
         .kind = Kind::Word,
         .words = {{.word = QStringLiteral("waiting"), .value = QStringLiteral("w")},
                   {.word = QStringLiteral("too little"), .value = QStringLiteral("t")}}},
        {.name = QStringLiteral("since"), .kind = Kind::Age},
        {.name = QStringLiteral("amount"), .kind = Kind::Number},
        {.name = QStringLiteral("customer"),
         .suggest =
             [](const QString &) {
                 return QtFuture::makeReadyFuture(Result<QStringList>(QStringList()));
             }},
    };
    return all;
}

QStringList textsOf(const QList<ui::Completion> &items)
{
    QStringList texts;
    for (const ui::Completion &item : items)
        texts << item.text;
    return texts;
}

struct Fixture {
    Fixture()
    {
        console.fillWithSamples();
        page = std::make_unique<ui::DepositsPage>(console.backend(), display);
        page->resize(1256, 800);
        page->show();
        page->activateWindow();
        edit = page->pane().filter().findChild<QLineEdit *>();
        edit->setFocus();
    }
    [[nodiscard]] QStringList offered() const { return textsOf(page->pane().filter().offered()); }

    tests::FakeConsole console;
    ui::Display display{console.clock, QTimeZone::utc()};
    ui::Themes themes{*qApp};
    std::unique_ptr<ui::DepositsPage> page;
    QLineEdit *edit = nullptr;
};

} // namespace

class TestFilterCompletion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fieldsAndValuesFollowWhatIsTyped_data();
    void fieldsAndValuesFollowWhatIsTyped();
    void valuesOfTheBackendComeBehindTheKnownOnes();
    void onlyTheWordAtTheCursorIsReplaced();
    void downEnterAndEnterMakeAChip();
    void namesComeFromTheBackend();
    void escapeClosesTheListFirst();
    void theListGoesWithTheFocus();
};

void TestFilterCompletion::fieldsAndValuesFollowWhatIsTyped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("offered");
    const auto row = [](const char *name, const char *text, const QStringList &offered) {
        QTest::newRow(name) << QString::fromLatin1(text) << offered;
    };
    row("nothing", "",
        {QStringLiteral("state:"), QStringLiteral("since:"), QStringLiteral("amount>"),
         QStringLiteral("customer:")});
    row("a beginning", "s", {QStringLiteral("state:"), QStringLiteral("since:")});
    row("capital letters", "ST", {QStringLiteral("state:")});
    row("a minus", "-a", {}); // a range is turned round instead
    row("a minus before a word", "-st", {QStringLiteral("-state:")});
    row("values",
        "state:", {QStringLiteral("state:waiting "), QStringLiteral("state:\"too little\" ")});
    row("part of a value", "state:WA", {QStringLiteral("state:waiting ")});
    row("part of a quoted value", "state:\"too l", {QStringLiteral("state:\"too little\" ")});
    row("a whole value", "state:waiting", {});
    row("negated values", "-state:w", {QStringLiteral("-state:waiting ")});
    row("ages", "since:2", {QStringLiteral("since:2h "), QStringLiteral("since:24h ")});
    row("a number", "amount>5", {});
    row("an unknown field", "colour:r", {});
    row("in quotes", "\"sta", {});
    row("the second word", "state:waiting si", {QStringLiteral("since:")});
}

void TestFilterCompletion::fieldsAndValuesFollowWhatIsTyped()
{
    QFETCH(QString, text);
    QFETCH(QStringList, offered);
    QCOMPARE(textsOf(ui::completionsAt(text, int(text.size()), fields()).items), offered);
}

void TestFilterCompletion::valuesOfTheBackendComeBehindTheKnownOnes()
{
    const QString text = QStringLiteral("customer:\"pri");
    const Completions asked = ui::completionsAt(text, int(text.size()), fields());
    QCOMPARE(asked.field, QStringLiteral("customer"));
    QCOMPARE(asked.typed, QStringLiteral("pri"));
    const Completions all =
        ui::withValues(asked, {QStringLiteral("Priya Nair"), QStringLiteral("Priya Nair"),
                               QStringLiteral("Amira")});
    QCOMPARE(textsOf(all.items), QStringList{QStringLiteral("customer:\"Priya Nair\" ")});
}

void TestFilterCompletion::onlyTheWordAtTheCursorIsReplaced()
{
    const Completions found = ui::completionsAt(QStringLiteral("id:5 st amount>3"), 7, fields());
    QCOMPARE(found.start, 5);
    QCOMPARE(found.length, 2);
    QCOMPARE(textsOf(found.items), QStringList{QStringLiteral("state:")});
}

void TestFilterCompletion::downEnterAndEnterMakeAChip()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(f.page.get()));
    QTest::keyClicks(f.edit, QStringLiteral("sta"));
    QCOMPARE(f.offered(), QStringList{QStringLiteral("state:")});
    QTest::keyClick(f.edit, Qt::Key_Down);
    QTest::keyClick(f.edit, Qt::Key_Return);
    QCOMPARE(f.edit->text(), QStringLiteral("state:"));
    QVERIFY(f.offered().contains(QStringLiteral("state:credited ")));
    QTest::keyClicks(f.edit, QStringLiteral("cred"));
    QTest::keyClick(f.edit, Qt::Key_Down);
    QTest::keyClick(f.edit, Qt::Key_Tab);
    QCOMPARE(f.edit->text(), QStringLiteral("state:credited "));
    QVERIFY(f.edit->hasFocus());
    QVERIFY(f.offered().isEmpty());
    QTest::keyClick(f.edit, Qt::Key_Return);
    QCOMPARE(f.edit->text(), QString());
    QCOMPARE(f.page->pane().filter().terms().size(), 1);
    QCOMPARE(f.page->pane().filter().terms()[0].value, QStringLiteral("credited"));
}

void TestFilterCompletion::namesComeFromTheBackend()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(f.page.get()));
    QTest::keyClicks(f.edit, QStringLiteral("customer:pr"));
    QTRY_COMPARE(f.offered(), (QStringList{QStringLiteral("customer:\"Praxis Nordlicht\" "),
                                           QStringLiteral("customer:\"Priya Nair\" ")}));
}

void TestFilterCompletion::escapeClosesTheListFirst()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(f.page.get()));
    QTest::keyClicks(f.edit, QStringLiteral("sta"));
    QTest::keyClick(f.edit, Qt::Key_Escape);
    QVERIFY(f.offered().isEmpty());
    QCOMPARE(f.edit->text(), QStringLiteral("sta"));
    QTest::keyClick(f.edit, Qt::Key_Escape);
    QCOMPARE(f.edit->text(), QString());
}

void TestFilterCompletion::theListGoesWithTheFocus()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(f.page.get()));
    QTest::keyClick(f.edit, Qt::Key_Down);
    QVERIFY(!f.offered().isEmpty());
    f.page->pane().table().setFocus();
    QVERIFY(f.offered().isEmpty());
}

REGISTER_TEST(TestFilterCompletion);

} // namespace tst_filter_completion

#include "tst_filter_completion.moc"
