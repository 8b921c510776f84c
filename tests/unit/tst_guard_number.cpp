#include "guards/judge.h"
#include "tests/support/test_main.h"
#include "tests/unit/guard_case.h"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <QTest>

#include <cmath>
#include <set>

namespace tst_guard_number {

using guards::LineKind;
using guards::Number;
using guards::readNumber;
using guards::Rule;
using guards::Ruling;
namespace lib = i18n::phonenumbers;
using Util = lib::PhoneNumberUtil;

class TestGuardNumber : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersAreReadAsTyped_data();
    void numbersAreReadAsTyped();
    void emergencyNumbersOfEveryRegionAreRefused();
    void numbersOfRefusedKindsOfEveryRegionAreRefused();
    void ordinaryNumbersOfEveryRegionAreOfThemselves();
    void numbersOfNoRegionAreRefused();
};

namespace {

/// With SPEECHCAD_LONG all of four digits are tried, else the known ones.
const bool kIsLong = qEnvironmentVariableIsSet("SPEECHCAD_LONG");

std::set<std::string> allRegions()
{
    std::set<std::string> regions;
    Util::GetInstance()->GetSupportedRegions(&regions);
    return regions;
}

QStringList candidatesForEmergency()
{
    QStringList all;
    for (int digits = 2; digits <= (kIsLong ? 4 : 3); ++digits) {
        for (int value = 0; value < int(std::pow(10, digits)); ++value)
            all << QStringLiteral("%1").arg(value, digits, 10, QLatin1Char('0'));
    }
    if (!kIsLong)
        all << QStringLiteral("1122 1220 1298 1300 1350 1444 1669 1730 2611 9999").split(u' ');
    return all;
}

QString example(const std::string &region, Util::PhoneNumberType type)
{
    lib::PhoneNumber number;
    std::string e164;
    if (Util::GetInstance()->GetExampleNumberForType(region, type, &number))
        Util::GetInstance()->Format(number, Util::E164, &e164);
    return QString::fromStdString(e164);
}

guards::Verdict judged(const QString &to)
{
    guards::CallRequest request = tests::goodRequest();
    request.to = to;
    guards::Policy policy = guards::shippedPolicy();
    // So that nothing but the kind of line stands in the way.
    for (const std::string &region : allRegions())
        policy.regions.insert(QString::fromStdString(region));
    return guards::judge(request, tests::goodFacts(), policy);
}

QString lineOf(const QString &to)
{
    const guards::Verdict verdict = judged(to);
    const guards::Finding &line = verdict.finding(Rule::Line);
    return QStringLiteral("%1 %2 %3")
        .arg(nameOf(verdict.ruling), nameOf(line.ruling), line.text.key.name());
}

} // namespace

void TestGuardNumber::numbersAreReadAsTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *typed, const char *from, const char *expected) {
        QTest::addRow("%s from %s", typed, from)
            << QString::fromUtf8(typed) << QString::fromLatin1(from)
            << QString::fromLatin1(expected);
    };
    row("+33 6 12 34 56 78", "", "+33612345678 FR mobile valid");
    row("06 12 34 56 78", "FR", "+33612345678 FR mobile valid");
    row("0033612345678", "FR", "+33612345678 FR mobile valid");
    row("+91 98123-45678", "", "+919812345678 IN mobile valid");
    row("(201) 555-0123", "US", "+12015550123 US fixed_or_mobile valid");
    row("+1 876 234 5678", "US", "+18762345678 JM mobile valid");
    row("+447911123456", "", "+447911123456 GG mobile valid");
    row("06 12 34 56 78", "", " unknown");
    row("112", "FR", " emergency");
    row("+33112", "", " emergency");
    row("+1 911", "", " emergency");
    row("९११", "IN", " emergency");
    row("900", "US", "+1900 short");
    row("+881612345678", "", "+881612345678 001 satellite valid");
    row("+493342465019697", "", "+493342465019697 DE fixed valid");
    row("+4933424650196971", "", "+4933424650196971 DE fixed"); // 16 digits
    row("", "", " unknown");
    row("+", "", " unknown");
}

void TestGuardNumber::numbersAreReadAsTyped()
{
    QFETCH(QString, typed);
    QFETCH(QString, from);
    const Number number = readNumber(typed, from);
    QStringList seen{number.e164};
    if (!number.region.isEmpty())
        seen << number.region;
    seen << nameOf(number.kind);
    if (number.isValid)
        seen << QStringLiteral("valid");
    QTEST(seen.join(u' '), "expected");
}

void TestGuardNumber::emergencyNumbersOfEveryRegionAreRefused()
{
    const QString refused = QStringLiteral("refuse refuse guard.line.emergency");
    const lib::ShortNumberInfo info;
    const QStringList candidates = candidatesForEmergency();
    int regionsWithData = 0;
    for (const std::string &region : allRegions()) {
        const int code = Util::GetInstance()->GetCountryCodeForRegion(region);
        int found = 0;
        for (const QString &digits : candidates) {
            if (!info.IsEmergencyNumber(digits.toStdString(), region))
                continue;
            ++found;
            const QString behindCode = QStringLiteral("+%1%2").arg(code).arg(digits);
            for (const QString &to : {digits, u'+' + digits, behindCode})
                QVERIFY2(lineOf(to) == refused, qPrintable(to + u' ' + lineOf(to)));
            QCOMPARE(readNumber(digits, QString::fromStdString(region)).kind, LineKind::Emergency);
        }
        regionsWithData += found > 0 ? 1 : 0;
    }
    QVERIFY(regionsWithData >= 235);
}

void TestGuardNumber::numbersOfRefusedKindsOfEveryRegionAreRefused()
{
    QMap<int, int> tried;
    for (const std::string &region : allRegions()) {
        for (const auto type : {Util::PREMIUM_RATE, Util::SHARED_COST, Util::PERSONAL_NUMBER,
                                Util::PAGER, Util::UAN, Util::VOICEMAIL}) {
            const QString to = example(region, type);
            if (to.isEmpty())
                continue;
            ++tried[type];
            const guards::Verdict verdict = judged(to);
            QCOMPARE(verdict.ruling, Ruling::Refuse);
            QVERIFY2(verdict.finding(Rule::Line).ruling == Ruling::Refuse, qPrintable(to));
            if (type == Util::PREMIUM_RATE)
                QCOMPARE(readNumber(to).kind, LineKind::Premium);
        }
    }
    QVERIFY(tried[Util::PREMIUM_RATE] > 130);
    QCOMPARE(tried.size(), 6);
}

void TestGuardNumber::ordinaryNumbersOfEveryRegionAreOfThemselves()
{
    int ordinary = 0;
    int shared = 0;
    for (const std::string &region : allRegions()) {
        for (const auto type : {Util::FIXED_LINE, Util::MOBILE}) {
            const QString to = example(region, type);
            if (to.isEmpty())
                continue;
            const Number number = readNumber(to);
            QVERIFY2(number.isValid, qPrintable(to));
            QCOMPARE(number.e164, to);
            // Some islands share numbers with their country, which is what is read then.
            QCOMPARE(number.callingCode, Util::GetInstance()->GetCountryCodeForRegion(region));
            QVERIFY(!number.region.isEmpty());
            ++ordinary;
            shared += number.region == QString::fromStdString(region) ? 0 : 1;
            QVERIFY2(judged(to).finding(Rule::Line).ruling == Ruling::Allow, qPrintable(to));
        }
    }
    QVERIFY(ordinary > 480);
    QVERIFY(shared <= 10);
}

void TestGuardNumber::numbersOfNoRegionAreRefused()
{
    std::set<int> codes;
    Util::GetInstance()->GetSupportedGlobalNetworkCallingCodes(&codes);
    QVERIFY(codes.size() >= 9);
    for (const int code : codes) {
        lib::PhoneNumber number;
        QVERIFY(Util::GetInstance()->GetExampleNumberForNonGeoEntity(code, &number));
        std::string e164;
        Util::GetInstance()->Format(number, Util::E164, &e164);
        QCOMPARE(judged(QString::fromStdString(e164)).ruling, Ruling::Refuse);
    }
}

REGISTER_TEST(TestGuardNumber);

} // namespace tst_guard_number

#include "tst_guard_number.moc"
