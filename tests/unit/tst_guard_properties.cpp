#include "guards/hours.h"
#include "guards/judge.h"
#include "guards/zones.h"
#include "tests/support/test_main.h"
#include "tests/unit/guard_case.h"

#include <QRegularExpression>
#include <QTest>

#include <random>

namespace tst_guard_properties {

using guards::CallRequest;
using guards::Facts;
using guards::Finding;
using guards::Rule;
using guards::Ruling;
using guards::Verdict;

/// What holds for any number at any time. 10,000 numbers; with SPEECHCAD_LONG set 1,000,000, in
/// four minutes.
class TestGuardProperties : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatHoldsForAnyNumberHolds();
    void readingAnythingIsSafe();
};

namespace {

const int kNumbers = qEnvironmentVariableIsSet("SPEECHCAD_LONG") ? 1'000'000 : 10'000;
constexpr unsigned kSeed = 20261122;

class Random {
public:
    int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(m_engine); }
    QString digits(int count)
    {
        QString text;
        for (int i = 0; i < count; ++i)
            text.append(QChar(u'0' + below(10)));
        return text;
    }
    template <typename List> auto oneOf(const List &list)
    {
        return list[size_t(below(int(std::size(list))))];
    }

private:
    std::mt19937_64 m_engine{kSeed};
};

/// Beginnings of numbers that may be called, and of some that must never be.
constexpr std::array kBeginnings = {
    "1201", "1415",  "1808", "1506", "1876", "1809", "1800", "1900", "4420", "44791", "4478",
    "4470", "449",   "336",  "331",  "338",  "491",  "4930", "9198", "9180", "86138", "6421",
    "614",  "61891", "352",  "65",   "852",  "3906", "393",  "34",   "351",  "353",   "31",
    "32",   "41",    "43",   "45",   "46",   "47",   "358",  "7916", "5511", "5255",  "234",
    "870",  "881",   "882",  "883",  "979",  "878",  "888",  "808",  "800",  "290",   "683",
};
constexpr std::array kShort = {"911", "112", "999", "110", "119", "000", "15", "17", "18", "1122"};

/// Mostly valid ones of regions that are served.
constexpr std::array kOrdinary = {"1201xxxxxxx", "1415xxxxxxx",  "1808xxxxxxx",  "1506xxxxxxx",
                                  "336xxxxxxxx", "4478xxxxxxxx", "4920xxxxxxx",  "9198xxxxxxxx",
                                  "642xxxxxxxx", "614xxxxxxxx",  "393xxxxxxxxx", "346xxxxxxxx"};

QString ordinaryNumber(Random &random)
{
    QString number = u'+' + QString::fromLatin1(random.oneOf(kOrdinary));
    const qsizetype open = number.indexOf(u'x');
    return number.left(open) + random.digits(int(number.size() - open));
}

QString randomNumber(Random &random)
{
    switch (random.below(10)) {
    case 0: return QStringLiteral("+") + random.digits(1 + random.below(17));
    case 1: // an emergency number behind a calling code
        return QStringLiteral("+%1%2")
            .arg(QString::fromLatin1(random.oneOf(kBeginnings)).left(1 + random.below(3)))
            .arg(QLatin1String(random.oneOf(kShort)));
    case 2: { // something is wrong with it
        QString text = QStringLiteral("+1201") + random.digits(7);
        const QString odd = QStringLiteral(" +-().;,xX०１/\t");
        text.insert(random.below(int(text.size())), odd[random.below(int(odd.size()))]);
        return text;
    }
    case 3:
    case 4:
    case 5: return ordinaryNumber(random);
    default: {
        const QString begin = QString::fromLatin1(random.oneOf(kBeginnings));
        const int length = 10 + random.below(4);
        return u'+' + begin + random.digits(std::max(1, length - int(begin.size())));
    }
    }
}

/// By what everybody knows of these, not by the library.
bool mustNeverBeCalled(const QString &to)
{
    static const QRegularExpression bad(
        QStringLiteral("^\\+(870|881|882|883|979|878|4470|449|1900|1876|1809|3389|808|888|800)"));
    // Vienna has numbers of five digits behind +43.
    static const QRegularExpression form(QStringLiteral("^\\+[1-9][0-9]{5,14}$"));
    return bad.match(to).hasMatch() || !form.match(to).hasMatch();
}

/// A fault in words; empty when everything holds.
QString fault(const CallRequest &request, const Facts &facts, const Verdict &verdict)
{
    if (verdict.findings.size() != guards::kRulesCount)
        return QStringLiteral("a rule is missing");
    Ruling highest = Ruling::Allow;
    for (const Finding &each : verdict.findings)
        highest = std::max(highest, each.ruling);
    if (verdict.ruling != highest)
        return QStringLiteral("not the highest finding");
    if (verdict.ruling != Ruling::Queue && verdict.ruling != Ruling::Allow)
        return {};
    // From here on it may be dialled, now or later.
    if (mustNeverBeCalled(request.to))
        return QStringLiteral("must never be called");
    const guards::Number number = guards::readNumber(request.to);
    if (!number.isValid || number.e164 != request.to || number.region != verdict.region)
        return QStringLiteral("not what was read");
    const guards::Policy &policy = guards::shippedPolicy();
    if (!policy.regions.contains(verdict.region))
        return QStringLiteral("a region that is not served");
    if (verdict.allotment.longest < policy.shortestCall || verdict.allotment.hold > facts.available)
        return QStringLiteral("more is held than there is");
    const bool isOpen =
        guards::readHours(guards::zonesOf(number), policy.hours(number.region), facts.now).isOpen;
    if (isOpen != (verdict.finding(Rule::Hours).ruling == Ruling::Allow))
        return QStringLiteral("the hours are not those of its zones");
    if (verdict.until.has_value() != (verdict.ruling == Ruling::Queue))
        return QStringLiteral("no time to ask again");
    return {};
}

/// What waits for its hour may be called when it comes, and not a microsecond before.
QString faultOfWaiting(const CallRequest &request, Facts facts, const Verdict &verdict)
{
    facts.now = *verdict.until;
    if (!guards::judge(request, facts, guards::shippedPolicy()).isAllowed())
        return QStringLiteral("is not allowed when its hour comes");
    facts.now -= std::chrono::microseconds(1);
    if (guards::judge(request, facts, guards::shippedPolicy()).isAllowed())
        return QStringLiteral("is allowed before its hour");
    return {};
}

} // namespace

void TestGuardProperties::whatHoldsForAnyNumberHolds()
{
    Random random;
    int allowed = 0;
    int waiting = 0;
    for (int i = 0; i < kNumbers; ++i) {
        CallRequest request = tests::goodRequest();
        request.to = randomNumber(random);
        Facts facts = tests::goodFacts();
        facts.now += std::chrono::minutes(random.below(4 * 366 * 24 * 60));
        facts.available = Money::fromMicros(random.below(10'000'000));
        const Verdict verdict = guards::judge(request, facts, guards::shippedPolicy());
        QString wrong = fault(request, facts, verdict);
        if (wrong.isEmpty() && verdict.ruling == Ruling::Queue)
            wrong = faultOfWaiting(request, facts, verdict);
        QVERIFY2(wrong.isEmpty(), qPrintable(request.to + u' ' + wrong));
        allowed += verdict.isAllowed() ? 1 : 0;
        waiting += verdict.ruling == Ruling::Queue ? 1 : 0;
    }
    const QString counts = QStringLiteral("%1 allowed, %2 waiting").arg(allowed).arg(waiting);
    QVERIFY2(allowed > kNumbers / 20, qPrintable(counts)); // or nothing was tested
    QVERIFY2(waiting > kNumbers / 20, qPrintable(counts));
}

void TestGuardProperties::readingAnythingIsSafe()
{
    Random random;
    for (int i = 0; i < kNumbers / 10; ++i) {
        QString typed;
        for (int length = random.below(60); length > 0; --length)
            typed.append(
                QChar(random.below(3) == 0 ? random.below(0x10000) : 0x20 + random.below(64)));
        const guards::Number number =
            guards::readNumber(typed, random.below(2) == 0 ? QStringLiteral("FR") : QString());
        if (number.isValid) // what was read can be dialled, and is read again as itself
            QCOMPARE(guards::readNumber(number.e164) == number, true);
    }
}

REGISTER_TEST(TestGuardProperties);

} // namespace tst_guard_properties

#include "tst_guard_properties.moc"
