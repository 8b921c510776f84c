#include "deposits/amount_rule.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_amount_rule {

using deposits::Arrival;
using deposits::decide;
using deposits::Decision;
using deposits::Rule;
using deposits::Verdict;

namespace {

Money usd(const char *text)
{
    return Money::parse(QString::fromLatin1(text)).value();
}

std::optional<core::Decimal> coins(const char *text)
{
    const auto amount = core::Decimal::parse(QString::fromLatin1(text));
    return amount ? std::optional(*amount) : std::nullopt;
}

/// An empty text: not known.
Decision decided(const char *requested, const char *expected, const char *received,
                 const char *most = "", Rule rule = Rule::Guarded)
{
    return decide(rule, usd(requested),
                  {.expected = coins(expected), .received = coins(received), .most = coins(most)});
}

struct Case {
    const char *name;
    const char *requested;
    const char *expected;
    const char *received;
    const char *most;
    Verdict verdict;
    const char *credit;
    const char *excess = "0";
    bool isDisputed = false;
};

const std::vector<Case> &cases()
{
    using enum Verdict;
    static const std::vector<Case> all = {
        {"exactly", "50", "0.60241", "0.60241", "", Full, "50"},
        {"98 %", "50", "1", "0.98", "", Full, "50"},
        {"102 %", "50", "1", "1.02", "", Full, "50"},
        {"a hair below 98 %", "50", "1", "0.979999999", "", Partial, "48.99"},
        {"95 %", "50", "1", "0.95", "", Partial, "47.50"},
        {"the ratio 0.958 that was seen", "30", "1", "0.958", "", Partial, "28.74"},
        {"a third, rounded down to cents", "100", "3", "1", "", Partial, "33.33"},
        {"just what may be credited", "100", "1", "0.01", "", Partial, "1"},
        {"a cent less", "100", "1", "0.0099999", "", TooLittle, "0"},
        {"nothing", "100", "1", "0", "", TooLittle, "0"},
        {"a hair above 102 %", "50", "1", "1.020000001", "", Overpaid, "50", "1"},
        {"twice", "50", "1", "2", "", Overpaid, "50", "50"},
        {"an absurd amount", "10000", "0.000000000000000001", "999999999999", "", Overpaid, "10000",
         "10000000"},
        {"amount not known, small", "20", "1", "", "", UnknownSmall, "20"},
        {"amount not known, large", "20.01", "1", "", "", UnknownLarge, "0"},
        {"expectation not known", "20.01", "", "1", "", UnknownLarge, "0"},
        {"expectation zero", "20.01", "0", "1", "", UnknownLarge, "0"},

        // What really happened to others: 5.85 USD sent on a request of 100, and 100 credited.
        {"incident 1", "100", "1.2048", "0.07048", "", Partial, "5.84"},
        {"incident 1, the provider repeats the request", "100", "1.2048", "0.07048", "1.2048",
         Partial, "5.84", "0", true},
        // 60.10 sent on a request of 30, and the rest gone from view. Ratios are rounded down.
        {"incident 2", "30", "0.3", "0.601", "0.601", Overpaid, "30", "30.09"},
        {"incident 2, the provider repeats the request", "30", "0.3", "0.3", "0.601", Overpaid,
         "30", "30.09"},

        {"reports differ within the tolerance", "50", "1", "0.99", "1.01", Full, "50"},
        {"reports of too little differ", "100", "1", "0.001", "1", TooLittle, "0", "0", true},
        {"reports of a part hardly differ", "100", "1", "0.5", "0.51", Partial, "50"},
    };
    return all;
}

} // namespace

class TestAmountRule final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void creditsByTheTable_data();
    void creditsByTheTable();
    void toleranceIsAsTheRulesSay();
    void aSmallExcessIsCreditedWhereAllReportsHaveIt();
    void neverCreditsMoreThanWasAsked();
    void strictRuleCreditsWhatWasAsked();
    void rateIsOffBeyondFivePercent_data();
    void rateIsOffBeyondFivePercent();
};

void TestAmountRule::creditsByTheTable_data()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < cases().size(); ++i)
        QTest::newRow(cases()[i].name) << int(i);
}

void TestAmountRule::creditsByTheTable()
{
    QFETCH(int, index);
    const Case &row = cases()[size_t(index)];
    const Decision decision = decided(row.requested, row.expected, row.received, row.most);
    QCOMPARE(int(decision.verdict), int(row.verdict));
    QCOMPARE(decision.credit.toString(), usd(row.credit).toString());
    QCOMPARE(decision.excess.toString(), usd(row.excess).toString());
    QCOMPARE(decision.isDisputed, row.isDisputed);
}

void TestAmountRule::toleranceIsAsTheRulesSay()
{
    const auto at = [](const char *received) {
        return decide(Rule::Guarded, usd("50"),
                      {.expected = coins("1"), .received = coins(received), .most = {}},
                      {.from = 965'000'000, .to = 1'040'000'000});
    };
    QCOMPARE(int(at("0.965").verdict), int(Verdict::Full));
    QCOMPARE(int(at("0.9649").verdict), int(Verdict::Partial));
    QCOMPARE(int(at("1.04").verdict), int(Verdict::Full));
    QCOMPARE(int(at("1.0401").verdict), int(Verdict::Overpaid));
}

void TestAmountRule::aSmallExcessIsCreditedWhereAllReportsHaveIt()
{
    const auto at = [](const char *received, const char *most) {
        return decide(Rule::Guarded, usd("50"),
                      {.expected = coins("1"), .received = coins(received), .most = coins(most)},
                      {.excessUpTo = usd("5")});
    };
    QCOMPARE(int(at("1.1", "1.1").verdict), int(Verdict::OverpaidWhole));
    QCOMPARE(at("1.1", "1.1").credit.toString(), QStringLiteral("55.00"));
    QCOMPARE(at("1.09", "1.1").credit.toString(), QStringLiteral("54.50")); // by the lowest report
    QCOMPARE(int(at("1.11", "1.11").verdict), int(Verdict::Overpaid));
    QCOMPARE(int(at("1", "1.1").verdict), int(Verdict::Overpaid)); // only one report has it
    QCOMPARE(int(at("1.05", "1.1").verdict), int(Verdict::Overpaid));
}

void TestAmountRule::neverCreditsMoreThanWasAsked()
{
    const Money requested = usd("73.37");
    Money last;
    for (int thousandths = 0; thousandths <= 3000; ++thousandths) {
        const auto received = core::Decimal::parse(QString::number(thousandths));
        const Decision decision =
            decide(Rule::Guarded, requested,
                   {.expected = coins("1000"), .received = *received, .most = {}});
        QVERIFY2(decision.credit <= requested && decision.credit >= last,
                 qPrintable(QString::number(thousandths)));
        QVERIFY(decision.credit + decision.excess <=
                requested.timesRatioUp(std::max(thousandths, 1020), 1000));
        last = decision.credit;
    }
    QCOMPARE(last.toString(), requested.toString());
}

void TestAmountRule::strictRuleCreditsWhatWasAsked()
{
    const Decision decision = decided("100", "1.2048", "0.07048", "", Rule::Strict);
    QCOMPARE(int(decision.verdict), int(Verdict::Full));
    QCOMPARE(decision.credit.toString(), QStringLiteral("100.00"));
}

void TestAmountRule::rateIsOffBeyondFivePercent_data()
{
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("rate");
    QTest::addColumn<bool>("isOff");
    QTest::newRow("the same") << QByteArray("0.60241") << QByteArray("83.0") << false;
    QTest::newRow("5 % up") << QByteArray("0.5") << QByteArray("105") << false;
    QTest::newRow("a bit more") << QByteArray("0.5") << QByteArray("105.01") << true;
    QTest::newRow("5 % down") << QByteArray("0.5") << QByteArray("95") << false;
    QTest::newRow("a bit less") << QByteArray("0.5") << QByteArray("94.99") << true;
    QTest::newRow("cheap coin") << QByteArray("333.33333333") << QByteArray("0.15") << false;
    QTest::newRow("dear coin, paid late")
        << QByteArray("0.00055556") << QByteArray("60000") << true;
    QTest::newRow("absurd") << QByteArray("0.5") << QByteArray("999999999999") << true;
    QTest::newRow("not told") << QByteArray("0.5") << QByteArray() << false;
    QTest::newRow("zero") << QByteArray("0.5") << QByteArray("0") << false;
    QTest::newRow("nothing expected") << QByteArray("0") << QByteArray("83") << false;
}

void TestAmountRule::rateIsOffBeyondFivePercent()
{
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, rate);
    QTEST(deposits::isRateOff(usd("50"), coins(expected.constData()), coins(rate.constData())),
          "isOff");
}

REGISTER_TEST(TestAmountRule);

} // namespace tst_amount_rule

#include "tst_amount_rule.moc"
