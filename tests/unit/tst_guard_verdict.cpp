#include "guards/judge.h"
#include "tests/support/test_main.h"
#include "tests/unit/guard_case.h"

#include <QTest>

#include <future>

namespace tst_guard_verdict {

using guards::CallRequest;
using guards::Campaign;
using guards::Facts;
using guards::Finding;
using guards::Policy;
using guards::Rule;
using guards::Ruling;
using guards::Tier;
using guards::Verdict;
using namespace std::chrono_literals;
using tests::goodFacts;
using tests::goodRequest;

class TestGuardVerdict : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theMostSeriousFindingDecides();
    void aCallThatWaitsIsAskedAgainWhenAllReasonsAreGone();
    void aRefusedCallHasNoTime();
    void longestAndHoldFollowTheMoney_data();
    void longestAndHoldFollowTheMoney();
    void whatIsMissingIsEnoughForTheShortestCall();
    void anEnormousBalanceOrNoRateDoesNotOverflow();
    void tierLimitsAreTheOnesPromised();
    void aTierIsEarned();
    void evidenceHoldsNoPhoneNumber();
    void aKnownRangeMakesANumberValid();
    void factsThatWereNotReadRefuse();
    void manyThreadsMayJudgeAtOnce();
};

namespace {

struct Given {
    CallRequest request = goodRequest();
    Facts facts = goodFacts();
    Policy policy = guards::shippedPolicy();

    [[nodiscard]] Verdict judged() const { return guards::judge(request, facts, policy); }
};

} // namespace

void TestGuardVerdict::theMostSeriousFindingDecides()
{
    Given given;
    given.facts.liveCalls = 16; // queue
    QCOMPARE(given.judged().ruling, Ruling::Queue);
    given.facts.tier = Tier::Business;
    given.request.campaign =
        Campaign{.recipients = 1, .hasConsentProof = true, .isFirst = true}; // review
    QCOMPARE(given.judged().ruling, Ruling::Review);
    given.facts.isStopped = true; // refuse
    const Verdict verdict = given.judged();
    QCOMPARE(verdict.ruling, Ruling::Refuse);
    QStringList rules;
    for (const Finding &each : verdict.obstacles())
        rules << codeOf(each.rule);
    QCOMPARE(rules.join(u' '), QStringLiteral("G22 G08 G10"));
}

void TestGuardVerdict::aCallThatWaitsIsAskedAgainWhenAllReasonsAreGone()
{
    Given given;
    given.facts.liveCalls = 16;
    QCOMPARE(given.judged().until, std::optional<Timestamp>(tests::kGuardNow + 15s));
    given.facts.now = core::fromIso(u"2026-11-24T10:00:00Z").value(); // 05:00 in New York
    QCOMPARE(given.judged().until, std::optional(core::fromIso(u"2026-11-24T14:00:00Z").value()));
}

void TestGuardVerdict::aRefusedCallHasNoTime()
{
    Given given;
    given.facts.now = core::fromIso(u"2026-11-24T10:00:00Z").value();
    given.facts.isStopped = true;
    QVERIFY(!given.judged().until);
}

void TestGuardVerdict::longestAndHoldFollowTheMoney_data()
{
    QTest::addColumn<Tier>("tier");
    QTest::addColumn<qint64>("available");
    QTest::addColumn<int>("allowance");
    QTest::addColumn<qint64>("fee");
    QTest::addColumn<int>("wanted"); // zero: as long as is allowed
    QTest::addColumn<int>("longest");
    QTest::addColumn<int>("fromAllowance");
    QTest::addColumn<qint64>("hold");
    const auto row = [](const char *name, Tier tier, qint64 available, int allowance, qint64 fee,
                        int wanted, int longest, int fromAllowance, qint64 hold) {
        QTest::newRow(name) << tier << available << allowance << fee << wanted << longest
                            << fromAllowance << hold;
    };
    row("the tier limits", Tier::New, 25'000'000, 0, 0, 0, 300, 0, 1'750'000);
    row("Regular", Tier::Regular, 25'000'000, 0, 0, 0, 900, 0, 5'250'000);
    row("Business", Tier::Business, 25'000'000, 0, 0, 0, 1800, 0, 10'500'000);
    row("the money limits", Tier::Regular, 1'000'000, 0, 0, 0, 171, 0, 997'500);
    row("a fraction is rounded up", Tier::Regular, 25'000'000, 0, 0, 100, 100, 0, 583'334);
    row("the fee comes first", Tier::Regular, 1'000'000, 0, 20'000, 0, 168, 0, 1'000'000);
    row("the plan comes first", Tier::Regular, 25'000'000, 120, 0, 0, 900, 120, 4'550'000);
    row("the plan is enough", Tier::New, 0, 6000, 0, 0, 300, 300, 0);
    row("plan and money", Tier::Regular, 350'000, 100, 0, 0, 160, 100, 350'000);
    row("shorter than the shortest", Tier::Regular, 25'000'000, 0, 0, 5, 60, 0, 350'000);
    row("longer than the tier", Tier::New, 25'000'000, 0, 0, 5000, 300, 0, 1'750'000);
}

void TestGuardVerdict::longestAndHoldFollowTheMoney()
{
    QFETCH(Tier, tier);
    QFETCH(qint64, available);
    QFETCH(int, allowance);
    QFETCH(qint64, fee);
    QFETCH(int, wanted);
    QFETCH(int, longest);
    QFETCH(int, fromAllowance);
    QFETCH(qint64, hold);
    Given given;
    given.facts.tier = tier;
    given.facts.available = Money::fromMicros(available);
    given.facts.allowance = std::chrono::seconds(allowance);
    given.facts.fee = Money::fromMicros(fee);
    if (wanted > 0)
        given.request.longest = std::chrono::seconds(wanted);
    const Verdict verdict = given.judged();
    QVERIFY(verdict.isAllowed());
    QCOMPARE(verdict.allotment.longest.count(), qint64(longest));
    QCOMPARE(verdict.allotment.fromAllowance.count(), qint64(fromAllowance));
    QCOMPARE(verdict.allotment.hold.micros(), hold);
    QVERIFY(verdict.allotment.hold <= given.facts.available);
}

void TestGuardVerdict::whatIsMissingIsEnoughForTheShortestCall()
{
    for (const qint64 rate : {350'000, 450'001, 1, 999'999}) {
        for (const qint64 fee : {0, 20'000, 123'457}) {
            for (const int allowance : {0, 17, 59, 60}) {
                Given given;
                given.facts.available = Money();
                given.facts.ratePerMinute = Money::fromMicros(rate);
                given.facts.fee = Money::fromMicros(fee);
                given.facts.allowance = std::chrono::seconds(allowance);
                const Verdict poor = given.judged();
                if (poor.isAllowed())
                    continue;
                const auto *amount =
                    poor.finding(Rule::Money).text.arguments.find(QStringLiteral("amount"));
                QVERIFY(amount);
                given.facts.available = std::get<Money>(*amount);
                QCOMPARE(given.facts.available.micros() % 10'000, 0);
                QVERIFY(given.judged().isAllowed());
                given.facts.available -= Money::fromCents(1);
                QVERIFY(!given.judged().isAllowed());
            }
        }
    }
}

void TestGuardVerdict::anEnormousBalanceOrNoRateDoesNotOverflow()
{
    Given given;
    given.facts.available = Money::fromMicros(std::numeric_limits<qint64>::max());
    given.facts.ratePerMinute = Money::fromMicros(1);
    QCOMPARE(given.judged().allotment.longest, 900s);
    given.facts.ratePerMinute = Money();
    QCOMPARE(given.judged().allotment.longest, 900s);
    given.facts.available = Money();
    QVERIFY(given.judged().isAllowed());
}

void TestGuardVerdict::tierLimitsAreTheOnesPromised()
{
    const Policy &policy = guards::shippedPolicy();
    const auto inWords = [&](Tier tier) {
        const guards::TierLimits &limits = policy.limits(tier);
        return QStringLiteral("%1/%2 %3 at once %4, %5 min, %6 recipients")
            .arg(limits.callsAnHour)
            .arg(limits.callsADay)
            .arg(limits.newDestinationsADay.value_or(-1))
            .arg(limits.callsAtOnce)
            .arg(limits.longestCall / 1min)
            .arg(limits.recipientsOfCampaign);
    };
    QCOMPARE(inWords(Tier::New), QStringLiteral("3/3 3 at once 1, 5 min, 0 recipients"));
    QCOMPARE(inWords(Tier::Regular), QStringLiteral("10/30 15 at once 2, 15 min, 20 recipients"));
    QCOMPARE(inWords(Tier::Business),
             QStringLiteral("120/1000 -1 at once 10, 30 min, 5000 recipients"));
}

void TestGuardVerdict::aTierIsEarned()
{
    const Policy &policy = guards::shippedPolicy();
    const auto earned = [&](std::chrono::hours age, int answered, int complaints, bool business) {
        return guards::earnedTier({.since = tests::kGuardNow - age,
                                   .answeredCalls = answered,
                                   .complaints = complaints,
                                   .isBusiness = business},
                                  policy, tests::kGuardNow);
    };
    QCOMPARE(earned(72h, 5, 0, false), Tier::Regular);
    QCOMPARE(earned(71h, 5, 0, false), Tier::New);
    QCOMPARE(earned(72h, 4, 0, false), Tier::New);
    QCOMPARE(earned(72h, 5, 1, false), Tier::New);
    QCOMPARE(earned(0h, 0, 0, true), Tier::Business);
}

void TestGuardVerdict::evidenceHoldsNoPhoneNumber()
{
    const QByteArray stored = core::toBytes(toJson(Given().judged()));
    QVERIFY(!stored.contains("2015550123"));
    QVERIFY(!stored.contains("4155550100"));
}

void TestGuardVerdict::aKnownRangeMakesANumberValid()
{
    Given given;
    given.request.to = QStringLiteral("+12115550123"); // no such area in the metadata
    QCOMPARE(given.judged().ruling, Ruling::Refuse);
    given.policy.knownRanges = {{QStringLiteral("+1211"), QStringLiteral("US")}};
    const Verdict verdict = given.judged();
    QCOMPARE(verdict.region, QStringLiteral("US"));
    QCOMPARE(verdict.finding(Rule::Number).ruling, Ruling::Allow);
    QCOMPARE(verdict.finding(Rule::Line).ruling, Ruling::Allow);
    // Nothing is known of where it is, so all of +1 must be awake: at 11:00 in New York it is not.
    QCOMPARE(verdict.finding(Rule::Hours).ruling, Ruling::Queue);
    // It opens no door for what is no ordinary line.
    given.policy.knownRanges = {{QStringLiteral("+1900"), QStringLiteral("US")},
                                {QStringLiteral("+881"), QStringLiteral("US")}};
    for (const char *number : {"+19002345678", "+1911", "+88161234"}) {
        given.request.to = QString::fromLatin1(number);
        QCOMPARE(given.judged().finding(Rule::Line).ruling, Ruling::Refuse);
    }
}

void TestGuardVerdict::factsThatWereNotReadRefuse()
{
    const Verdict verdict = guards::judge(goodRequest(), Facts(), guards::shippedPolicy());
    QCOMPARE(verdict.ruling, Ruling::Refuse);
    for (const Rule rule : {Rule::Lines, Rule::Disclosure, Rule::CallerId, Rule::Stop})
        QVERIFY(verdict.finding(rule).ruling > Ruling::Allow);
}

void TestGuardVerdict::manyThreadsMayJudgeAtOnce()
{
    const auto judgeAll = [] {
        std::vector<Verdict> verdicts;
        for (const char *to :
             {"+12015550123", "+33612345678", "+18002345678", "911", "+61891234567"}) {
            Given given;
            given.request.to = QString::fromLatin1(to);
            for (int hour = 0; hour < 24; ++hour) {
                given.facts.now += 1h;
                verdicts.push_back(given.judged());
            }
        }
        return verdicts;
    };
    std::vector<std::future<std::vector<Verdict>>> threads;
    for (int i = 0; i < 4; ++i)
        threads.push_back(std::async(std::launch::async, judgeAll));
    const std::vector<Verdict> expected = judgeAll();
    for (auto &each : threads)
        QCOMPARE(each.get() == expected, true);
}

REGISTER_TEST(TestGuardVerdict);

} // namespace tst_guard_verdict

#include "tst_guard_verdict.moc"
