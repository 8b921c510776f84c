#include "tests/support/test_main.h"
#include "ui/support/filter_grammar.h"

#include <QTest>

namespace tst_filter_grammar {

using Comparison = api::FilterTerm::Comparison;
using Validity = ui::FilterReading::Validity;

namespace {

QList<ui::FilterField> fields()
{
    using Kind = ui::FilterField::Kind;
    return {
        {.name = QStringLiteral("state"),
         .kind = Kind::Word,
         .words = {{QStringLiteral("waiting"), QStringLiteral("awaiting_payment")},
                   {QStringLiteral("credited"), QStringLiteral("credited")}}},
        {.name = QStringLiteral("customer")},
        {.name = QStringLiteral("amount"), .kind = Kind::Number},
        {.name = QStringLiteral("since"), .kind = Kind::Age},
        {.name = QStringLiteral("id"), .kind = Kind::Id, .prefix = QStringLiteral("D-")},
    };
}

} // namespace

class TestFilterGrammar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTermIsRead_data();
    void aTermIsRead();
    void severalTermsAllCount();
    void whatIsNotWholeIsIncomplete_data();
    void whatIsNotWholeIsIncomplete();
    void whatCannotBeIsWrongAndExplained_data();
    void whatCannotBeIsWrongAndExplained();
    void aTermIsWrittenAsItIsTyped_data();
    void aTermIsWrittenAsItIsTyped();
};

void TestFilterGrammar::aTermIsRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("comparison");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *text, const char *field, Comparison comparison,
                        const char *value) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(field)
                            << int(comparison) << QString::fromLatin1(value);
    };
    row("customer:Priya", "customer", Comparison::Is, "Priya");
    row("-customer:Priya", "customer", Comparison::IsNot, "Priya");
    row("customer:\"Priya Nair\"", "customer", Comparison::Is, "Priya Nair");
    row("CUSTOMER:Priya", "customer", Comparison::Is, "Priya");
    row("state:waiting", "state", Comparison::Is, "awaiting_payment");
    row("state:awaiting_payment", "state", Comparison::Is, "awaiting_payment");
    row("-state:Credited", "state", Comparison::IsNot, "credited");
    row("amount>5", "amount", Comparison::Above, "5");
    row("amount<12.50", "amount", Comparison::Below, "12.50");
    row("amount:12.50", "amount", Comparison::Is, "12.50");
    row("since:2h", "since", Comparison::Is, "2h");
    row("id:D-5541", "id", Comparison::Is, "5541");
    row("id:5541", "id", Comparison::Is, "5541");
    row("Nair", "", Comparison::Is, "Nair");
    row("\"a:b exact\"", "", Comparison::Is, "a:b exact");
}

void TestFilterGrammar::aTermIsRead()
{
    QFETCH(QString, text);
    QFETCH(QString, field);
    QFETCH(int, comparison);
    QFETCH(QString, value);
    const ui::FilterReading reading = ui::readFilter(text, fields());
    QCOMPARE(reading.validity, Validity::Valid);
    QCOMPARE(reading.terms.size(), 1);
    QCOMPARE(reading.terms[0].field, field);
    QCOMPARE(int(reading.terms[0].comparison), comparison);
    QCOMPARE(reading.terms[0].value, value);
    QVERIFY(reading.explanation.isEmpty());
}

void TestFilterGrammar::severalTermsAllCount()
{
    const ui::FilterReading reading =
        ui::readFilter(QStringLiteral("  state:waiting   Nair amount>5 "), fields());
    QCOMPARE(reading.validity, Validity::Valid);
    QCOMPARE(reading.terms.size(), 3);
    QVERIFY(ui::readFilter(QStringLiteral("   "), fields()).terms.isEmpty());
}

void TestFilterGrammar::whatIsNotWholeIsIncomplete_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"state:", "state:wai", "customer:", "amount>", "since:2", "\"Priya", "\"\""})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestFilterGrammar::whatIsNotWholeIsIncomplete()
{
    QFETCH(QString, text);
    const ui::FilterReading reading = ui::readFilter(text, fields());
    QCOMPARE(reading.validity, Validity::Incomplete);
    QVERIFY(reading.terms.isEmpty());
    QVERIFY(!reading.explanation.isEmpty());
}

void TestFilterGrammar::whatCannotBeIsWrongAndExplained_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("mentions");
    const auto row = [](const char *text, const char *mentions) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(mentions);
    };
    row("colour:red", "state, customer, amount, since, id");
    row("state:purple", "waiting, credited");
    row("customer>5", "cannot be compared");
    row("amount>five", "number");
    row("-amount>5", "sign");
    row("since:yesterday", "2h");
    row("id:D-5.5", "whole number");
    row("state:waiting amount:x", "amount");
}

void TestFilterGrammar::whatCannotBeIsWrongAndExplained()
{
    QFETCH(QString, text);
    QFETCH(QString, mentions);
    const ui::FilterReading reading = ui::readFilter(text, fields());
    QCOMPARE(reading.validity, Validity::Wrong);
    QVERIFY2(reading.explanation.contains(mentions), qPrintable(reading.explanation));
}

void TestFilterGrammar::aTermIsWrittenAsItIsTyped_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"state:waiting", "-customer:Priya", "customer:\"Priya Nair\"", "amount>5", "amount<12.50",
          "since:2h", "id:5541", "Nair", "\"a:b exact\""})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestFilterGrammar::aTermIsWrittenAsItIsTyped()
{
    QFETCH(QString, text);
    const ui::FilterReading reading = ui::readFilter(text, fields());
    QCOMPARE(reading.terms.size(), 1);
    QCOMPARE(ui::writeTerm(reading.terms[0], fields()), text);
}

REGISTER_TEST(TestFilterGrammar);

} // namespace tst_filter_grammar

#include "tst_filter_grammar.moc"
