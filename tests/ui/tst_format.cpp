#include "tests/support/test_main.h"
#include "ui/support/figures.h"
#include "ui/support/format.h"

#include <QApplication>
#include <QTest>

namespace tst_format {

using namespace std::chrono_literals;

namespace {

Timestamp at(const char *iso)
{
    return *core::fromIso(QString::fromLatin1(iso));
}

} // namespace

class TestFormat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void moneyIsNeverRounded_data();
    void moneyIsNeverRounded();
    void theUnitStaysWithItsNumber();
    void typedAmountsAreReadAsTheLocaleWritesThem();
    void cryptoAmountsLineUp();
    void differencesCarryASign_data();
    void differencesCarryASign();
    void agesUseTheLargestUnitThatSaysEnough_data();
    void agesUseTheLargestUnitThatSaysEnough();
    void aMomentIsShownInTheZoneChosen();
    void countsAboveTenThousandAreEstimates();
    void digitsTakeOneWidth();
};

void TestFormat::moneyIsNeverRounded_data()
{
    QTest::addColumn<qint64>("micros");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64(0) << QStringLiteral("0.00");
    QTest::newRow("cents") << qint64(25'500'000) << QStringLiteral("25.50");
    QTest::newRow("thousands") << qint64(1'234'567'890'000) << QStringLiteral("1,234,567.89");
    QTest::newRow("below a cent") << qint64(583'334) << QStringLiteral("0.583334");
    QTest::newRow("one micro") << qint64(1) << QStringLiteral("0.000001");
    QTest::newRow("negative") << qint64(-800'000) << QString(ui::kMinus + QStringLiteral("0.80"));
    QTest::newRow("least") << std::numeric_limits<qint64>::min()
                           << QString(ui::kMinus + QStringLiteral("9,223,372,036,854.775808"));
}

void TestFormat::moneyIsNeverRounded()
{
    QFETCH(qint64, micros);
    QFETCH(QString, text);
    QCOMPARE(ui::formatMoney(Money::fromMicros(micros), QLocale::c()), text);
}

void TestFormat::theUnitStaysWithItsNumber()
{
    QCOMPARE(ui::formatUsd(Money::fromCents(2500), QLocale::c()),
             QString(QStringLiteral("25.00") + ui::kNoBreakSpace + QStringLiteral("USD")));
    QCOMPARE(ui::formatMoney(Money::fromCents(123456), QLocale(QLocale::German)),
             QStringLiteral("1.234,56"));
}

void TestFormat::typedAmountsAreReadAsTheLocaleWritesThem()
{
    const QLocale german(QStringLiteral("de_DE"));
    const QLocale english(QStringLiteral("en_US"));
    const auto typed = [](const char *text, const QLocale &locale) {
        return ui::readUsd(QString::fromLatin1(text), locale);
    };
    QCOMPARE(typed(" 1,250.50 ", english), std::optional(Money::fromCents(125'050)));
    QCOMPARE(typed("1.250,50", german), std::optional(Money::fromCents(125'050)));
    QCOMPARE(typed("12", german), std::optional(Money::fromCents(1200)));
    for (const char *wrong : {"", "a", "1.2.3", "0.0000001"})
        QVERIFY2(!typed(wrong, english), wrong);
}

void TestFormat::cryptoAmountsLineUp()
{
    QCOMPARE(ui::padDecimals(QStringLiteral("25"), 2), QStringLiteral("25.00"));
    QCOMPARE(ui::padDecimals(QStringLiteral("14.2"), 2), QStringLiteral("14.20"));
    QCOMPARE(ui::padDecimals(QStringLiteral("0.00031204"), 2), QStringLiteral("0.00031204"));
    QCOMPARE(ui::usualDecimals(QStringLiteral("USDT-TRC20")), 2);
    QCOMPARE(ui::coinWords(QStringLiteral("USDT-TRC20")).network, QStringLiteral("TRC-20"));
    QCOMPARE(ui::coinWords(QStringLiteral("BTC")).network, QStringLiteral("Bitcoin"));
    QCOMPARE(ui::coinWords(QStringLiteral("NEWCOIN")).network, QString());
}

void TestFormat::differencesCarryASign_data()
{
    QTest::addColumn<QString>("received");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("text");
    QTest::newRow("same") << QStringLiteral("25.00") << QStringLiteral("25") << QStringLiteral("0");
    QTest::newRow("too little") << QStringLiteral("14.20") << QStringLiteral("15")
                                << QString(ui::kMinus + QStringLiteral("0.8"));
    QTest::newRow("too much") << QStringLiteral("30") << QStringLiteral("25")
                              << QStringLiteral("+5");
    QTest::newRow("one satoshi") << QStringLiteral("0.00031205") << QStringLiteral("0.00031204")
                                 << QStringLiteral("+0.00000001");
    QTest::newRow("nothing seen") << QString() << QStringLiteral("25") << QString();
}

void TestFormat::differencesCarryASign()
{
    QFETCH(QString, received);
    QFETCH(QString, expected);
    QFETCH(QString, text);
    QCOMPARE(ui::formatDifference(received, expected), text);
}

void TestFormat::agesUseTheLargestUnitThatSaysEnough_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("seconds") << qint64(34) << QStringLiteral("34 s");
    QTest::newRow("minute") << qint64(60) << QStringLiteral("1 min");
    QTest::newRow("minutes") << qint64(68 * 60 + 59) << QStringLiteral("68 min");
    QTest::newRow("hours") << qint64(2 * 3600) << QStringLiteral("2 h");
    QTest::newRow("days") << qint64(49 * 3600) << QStringLiteral("2 d");
    QTest::newRow("a clock ahead of ours") << qint64(-5) << QStringLiteral("0 s");
}

void TestFormat::agesUseTheLargestUnitThatSaysEnough()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, text);
    QCOMPARE(ui::formatAge(std::chrono::seconds(seconds)).replace(ui::kNoBreakSpace, u' '), text);
}

void TestFormat::aMomentIsShownInTheZoneChosen()
{
    const Timestamp now = at("2026-11-20T23:30:00Z");
    const QTimeZone berlin("Europe/Berlin");
    const Timestamp moment = at("2026-11-20T22:59:59Z");
    QCOMPARE(ui::formatMoment(moment, now, QTimeZone::utc()).time, QStringLiteral("22:59:59"));
    QCOMPARE(ui::formatMoment(moment, now, QTimeZone::utc()).date, QString());
    QCOMPARE(ui::formatMoment(moment, now, berlin).time, QStringLiteral("23:59:59"));
    QCOMPARE(ui::formatMoment(moment, now, berlin).date,
             QStringLiteral("11-20")); // it is the 21st there
    QCOMPARE(ui::formatMoment(at("2025-01-02T03:04:05Z"), now, QTimeZone::utc()).date,
             QStringLiteral("2025-01-02"));
    QCOMPARE(ui::formatFullMoment(moment, berlin), QStringLiteral("2026-11-20 23:59:59"));
}

void TestFormat::countsAboveTenThousandAreEstimates()
{
    QCOMPARE(ui::formatTotal(10'000, true, QLocale::c()), QStringLiteral("10,000"));
    QCOMPARE(ui::formatTotal(48'210, false, QLocale::c()), QStringLiteral("about 48,000"));
    QCOMPARE(ui::formatTotal(1'249'000, false, QLocale::c()), QStringLiteral("about 1.2 M"));
}

void TestFormat::digitsTakeOneWidth()
{
    const ui::Figures &figures = ui::figuresFor(QApplication::font());
    QCOMPARE(figures.width(QStringLiteral("11111111")), figures.width(QStringLiteral("00000000")));
    QCOMPARE(figures.width(QStringLiteral("1.11")), figures.width(QStringLiteral("8.88")));
}

REGISTER_TEST(TestFormat);

} // namespace tst_format

#include "tst_format.moc"
