#include "guards/judge.h"
#include "tests/support/test_main.h"
#include "tests/unit/guard_case.h"

#include <QTest>

#include <functional>

namespace tst_guard_rules {

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

class TestGuardRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGoodCallIsAllowedByEveryRule();
    void eachRuleSaysWhatItShould_data();
    void eachRuleSaysWhatItShould();
};

namespace {

struct Given {
    CallRequest request = goodRequest();
    Facts facts = goodFacts();
    Policy policy = guards::shippedPolicy();

    [[nodiscard]] Verdict judged() const { return guards::judge(request, facts, policy); }
};

using Change = std::function<void(Given &)>;

Change callTo(const char *number)
{
    return [number](Given &given) { given.request.to = QString::fromUtf8(number); };
}

Change at(QStringView iso)
{
    return [iso](Given &given) { given.facts.now = core::fromIso(iso).value(); };
}

Change both(const Change &first, const Change &second)
{
    return [=](Given &given) {
        first(given);
        second(given);
    };
}

Change campaign(Tier tier, Campaign made)
{
    return [=](Given &given) {
        given.facts.tier = tier;
        given.request.campaign = made;
    };
}

} // namespace

void TestGuardRules::aGoodCallIsAllowedByEveryRule()
{
    const Verdict verdict = Given().judged();
    QVERIFY(verdict.isAllowed());
    QCOMPARE(verdict.findings.size(), size_t(guards::kRulesCount));
    QStringList codes;
    for (const Finding &each : verdict.findings) {
        codes << codeOf(each.rule);
        QCOMPARE(each.ruling, Ruling::Allow);
    }
    QCOMPARE(codes.join(u' '), QStringLiteral("G01 G02 G03 G05 G06 G08 G09 G10 G11 G17 G18 G22"));
    QVERIFY(verdict.obstacles().empty());
    QVERIFY(!verdict.until);
    QCOMPARE(verdict.region, QStringLiteral("US"));
    QCOMPARE(verdict.policyVersion, guards::shippedPolicy().version);
    QCOMPARE(verdict.judgedAt, tests::kGuardNow);
}

void TestGuardRules::eachRuleSaysWhatItShould_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<Rule>("rule");
    QTest::addColumn<Ruling>("ruling");
    QTest::addColumn<QString>("key");
    const auto row = [](const char *name, const Change &change, Rule rule, Ruling ruling,
                        const char *key) {
        QTest::newRow(name) << change << rule << ruling << QString::fromLatin1(key);
    };
    using enum Ruling;

    // G01
    row("words", callTo("call me"), Rule::Number, Refuse, "guard.number.unreadable");
    row("nothing", callTo(""), Rule::Number, Refuse, "guard.number.unreadable");
    row("no plus", callTo("12015550123"), Rule::Number, Refuse, "guard.number.unreadable");
    row("spaces", callTo("+1 201 555 0123"), Rule::Number, Refuse, "guard.number.unreadable");
    row("letters", callTo("+1800FLOWERS"), Rule::Number, Refuse, "guard.number.unreadable");
    row("extension", callTo("+12015550123;ext=5"), Rule::Number, Refuse, "guard.number.unreadable");
    row("digits of another script", callTo("+१२०१५५५०१२३"), Rule::Number, Refuse,
        "guard.number.unreadable");
    row("too long", callTo("+1201555012345678901234567890123456789012345678901234567890"),
        Rule::Number, Refuse, "guard.number.unreadable");
    row("no such calling code", callTo("+9991234567"), Rule::Number, Refuse,
        "guard.number.unreadable");
    row("a digit too few", callTo("+1201555012"), Rule::Number, Refuse, "guard.number.invalid");
    row("a digit too many", callTo("+120155501234"), Rule::Number, Refuse, "guard.number.invalid");
    row("no such area", callTo("+11115550123"), Rule::Number, Refuse, "guard.number.invalid");

    // G02
    const auto refused = [&](const char *number, const char *key) {
        row(number, callTo(number), Rule::Line, Refuse, key);
    };
    for (const char *emergency : {"911", "+911", "+1911", "112", "+33112", "+44999", "+49110"})
        refused(emergency, "guard.line.emergency");
    refused("+1411", "guard.line.short");
    refused("4321", "guard.line.short");
    refused("+19002345678", "guard.line.premium");
    refused("+449098790123", "guard.line.premium");
    refused("+979123456789", "guard.line.premium");
    refused("+447012345678", "guard.line.special");
    refused("+881612345678", "guard.line.satellite");
    refused("+8835100012345", "guard.line.satellite");
    refused("+870773111632", "guard.line.satellite");
    row("fixed line", callTo("+442079460123"), Rule::Line, Allow, "guard.line.good");
    row("mobile", callTo("+33612345678"), Rule::Line, Allow, "guard.line.good");
    row("toll-free", callTo("+18002345678"), Rule::Line, Allow, "guard.line.good");

    // G03: by region, not by calling code
    row("Canada", callTo("+15062345678"), Rule::Region, Allow, "guard.region.good");
    row("Jamaica", callTo("+18762345678"), Rule::Region, Refuse, "guard.region.closed");
    row("Dominican Republic", callTo("+18092345678"), Rule::Region, Refuse, "guard.region.closed");
    row("Guernsey", callTo("+447911123456"), Rule::Region, Refuse, "guard.region.closed");
    row("invalid has no region", callTo("+1201555012"), Rule::Region, NotJudged,
        "guard.number.not_judged");

    // G05, New Jersey: Mon-Sat 9-20, Sun 12-20, UTC-5 in November
    row("one second before nine", at(u"2026-11-24T13:59:59.999999Z"), Rule::Hours, Queue,
        "guard.hours.quiet");
    row("nine", at(u"2026-11-24T14:00:00Z"), Rule::Hours, Allow, "guard.hours.good");
    row("before eight in the evening", at(u"2026-11-25T00:59:59.999999Z"), Rule::Hours, Allow,
        "guard.hours.good");
    row("eight in the evening", at(u"2026-11-25T01:00:00Z"), Rule::Hours, Queue,
        "guard.hours.quiet");
    row("Saturday morning", at(u"2026-11-28T14:00:00Z"), Rule::Hours, Allow, "guard.hours.good");
    row("Sunday morning", at(u"2026-11-29T16:59:59Z"), Rule::Hours, Queue, "guard.hours.quiet");
    row("Sunday noon", at(u"2026-11-29T17:00:00Z"), Rule::Hours, Allow, "guard.hours.good");
    const Change inHawaii = [](Given &given) {
        given.request.calleeZone = QStringLiteral("Pacific/Honolulu");
    };
    row("early where the callee is", inHawaii, Rule::Hours, Queue, "guard.hours.quiet");
    row("good in both", both(inHawaii, at(u"2026-11-24T19:00:00Z")), Rule::Hours, Allow,
        "guard.hours.good");
    const auto inZone = [](const char *zone) -> Change {
        return [zone](Given &given) { given.request.calleeZone = QString::fromUtf8(zone); };
    };
    row("never good in both", inZone("Asia/Shanghai"), Rule::Hours, Refuse, "guard.hours.never");
    row("no such zone", inZone("Mars/Olympus"), Rule::Hours, Refuse, "guard.hours.unknown");
    row("no zone but an offset", inZone("UTC-05:00"), Rule::Hours, Refuse, "guard.hours.unknown");

    // G06
    const auto listed = [](bool guards::DoNotCall::*which) -> Change {
        return [which](Given &given) { given.facts.doNotCall.*which = true; };
    };
    row("listed", listed(&guards::DoNotCall::isListed), Rule::DoNotCall, Refuse,
        "guard.do_not_call.listed");
    row("opted out", listed(&guards::DoNotCall::hasOptedOut), Rule::DoNotCall, Refuse,
        "guard.do_not_call.listed");
    row("listed for the customer", listed(&guards::DoNotCall::isListedForCustomer), Rule::DoNotCall,
        Refuse, "guard.do_not_call.customer");

    // G08
    const auto newDestination = [](Tier tier, int before, bool isNew = true) -> Change {
        return [=](Given &given) {
            given.facts.tier = tier;
            given.facts.newDestinationsInDay = before;
            given.facts.isNewDestination = isNew;
        };
    };
    row("New, third destination", newDestination(Tier::New, 2), Rule::Tier, Allow,
        "guard.tier.good");
    row("New, fourth destination", newDestination(Tier::New, 3), Rule::Tier, Refuse,
        "guard.tier.destinations");
    row("New, an old destination", newDestination(Tier::New, 3, false), Rule::Tier, Allow,
        "guard.tier.good");
    row("Regular, fifteenth", newDestination(Tier::Regular, 14), Rule::Tier, Allow,
        "guard.tier.good");
    row("Regular, sixteenth", newDestination(Tier::Regular, 15), Rule::Tier, Refuse,
        "guard.tier.destinations");
    row("Business, any", newDestination(Tier::Business, 5000), Rule::Tier, Allow,
        "guard.tier.good");
    const Campaign own{.recipients = 20, .hasOnlyOwnContacts = true};
    row("campaign of New", campaign(Tier::New, own), Rule::Tier, Refuse, "guard.tier.no_campaigns");
    row("campaign of Regular", campaign(Tier::Regular, own), Rule::Tier, Allow, "guard.tier.good");
    row("21 recipients", campaign(Tier::Regular, {.recipients = 21, .hasOnlyOwnContacts = true}),
        Rule::Tier, Refuse, "guard.tier.recipients");
    row("others' contacts", campaign(Tier::Regular, {.recipients = 20}), Rule::Tier, Refuse,
        "guard.tier.contacts");
    row("no proof", campaign(Tier::Business, {.recipients = 5000}), Rule::Tier, Refuse,
        "guard.tier.proof");
    row("first of Business",
        campaign(Tier::Business, {.recipients = 5000, .hasConsentProof = true, .isFirst = true}),
        Rule::Tier, Review, "guard.tier.review");
    row("first, approved",
        campaign(
            Tier::Business,
            {.recipients = 5000, .hasConsentProof = true, .isFirst = true, .isApproved = true}),
        Rule::Tier, Allow, "guard.tier.good");
    row("5,001 recipients", campaign(Tier::Business, {.recipients = 5001, .hasConsentProof = true}),
        Rule::Tier, Refuse, "guard.tier.recipients");

    // G09
    const auto calls = [](Tier tier, int hour, int day, int destination = 0) -> Change {
        return [=](Given &given) {
            given.facts.tier = tier;
            given.facts.callsInHour = hour;
            given.facts.callsInDay = day;
            given.facts.callsToDestinationInDay = destination;
        };
    };
    row("New, third call", calls(Tier::New, 2, 2), Rule::Pace, Allow, "guard.pace.good");
    row("New, fourth call", calls(Tier::New, 0, 3), Rule::Pace, Refuse, "guard.pace.day");
    row("Regular, tenth an hour", calls(Tier::Regular, 9, 9), Rule::Pace, Allow, "guard.pace.good");
    row("Regular, eleventh an hour", calls(Tier::Regular, 10, 10), Rule::Pace, Refuse,
        "guard.pace.hour");
    row("Regular, 31st a day", calls(Tier::Regular, 0, 30), Rule::Pace, Refuse, "guard.pace.day");
    row("Business, 121st an hour", calls(Tier::Business, 120, 120), Rule::Pace, Refuse,
        "guard.pace.hour");
    row("Business, 1,001st a day", calls(Tier::Business, 0, 1000), Rule::Pace, Refuse,
        "guard.pace.day");
    row("third to one destination", calls(Tier::Regular, 0, 0, 2), Rule::Pace, Allow,
        "guard.pace.good");
    row("fourth to one destination", calls(Tier::Business, 0, 0, 3), Rule::Pace, Refuse,
        "guard.pace.destination");
    row("in a campaign", both(campaign(Tier::Regular, own), calls(Tier::Regular, 50, 50)),
        Rule::Pace, Allow, "guard.pace.good");
    row("in a campaign, fourth to one destination",
        both(campaign(Tier::Regular, own), calls(Tier::Regular, 0, 0, 3)), Rule::Pace, Refuse,
        "guard.pace.destination");

    // G10: 16 of the provider's 20
    const auto live = [](Tier tier, int customer, int region, int all) -> Change {
        return [=](Given &given) {
            given.facts.tier = tier;
            given.facts.liveCallsOfCustomer = customer;
            given.facts.liveCallsInRegion = region;
            given.facts.liveCalls = all;
        };
    };
    row("New, second at once", live(Tier::New, 1, 1, 1), Rule::Lines, Queue, "guard.lines.yours");
    row("Regular, second at once", live(Tier::Regular, 1, 1, 1), Rule::Lines, Allow,
        "guard.lines.good");
    row("Regular, third at once", live(Tier::Regular, 2, 2, 2), Rule::Lines, Queue,
        "guard.lines.yours");
    row("Business, tenth at once", live(Tier::Business, 9, 9, 9), Rule::Lines, Allow,
        "guard.lines.good");
    row("Business, eleventh at once", live(Tier::Business, 10, 10, 10), Rule::Lines, Queue,
        "guard.lines.yours");
    row("fifth in the region", live(Tier::Regular, 0, 4, 4), Rule::Lines, Allow,
        "guard.lines.good");
    row("sixth in the region", live(Tier::Regular, 0, 5, 5), Rule::Lines, Queue,
        "guard.lines.busy");
    row("Business has no region cap", live(Tier::Business, 0, 5, 5), Rule::Lines, Allow,
        "guard.lines.good");
    row("the sixteenth line", live(Tier::Business, 0, 0, 15), Rule::Lines, Allow,
        "guard.lines.good");
    row("the seventeenth line", live(Tier::Business, 0, 0, 16), Rule::Lines, Queue,
        "guard.lines.busy");
    row(
        "provider's limit not known", [](Given &given) { given.facts.providerCallsMax = 0; },
        Rule::Lines, Queue, "guard.lines.busy");

    // G11: 0.35 a minute
    const auto money = [](qint64 micros, std::chrono::seconds allowance = 0s,
                          qint64 fee = 0) -> Change {
        return [=](Given &given) {
            given.facts.available = Money::fromMicros(micros);
            given.facts.allowance = allowance;
            given.facts.fee = Money::fromMicros(fee);
        };
    };
    row("exactly a minute", money(350'000), Rule::Money, Allow, "guard.money.good");
    row("a micro-dollar short", money(349'999), Rule::Money, Refuse, "guard.money.short");
    row("40 seconds", money(233'334), Rule::Money, Refuse, "guard.money.short");
    row("a minute but not the fee", money(350'000, 0s, 20'000), Rule::Money, Refuse,
        "guard.money.short");
    row("a minute and the fee", money(370'000, 0s, 20'000), Rule::Money, Allow, "guard.money.good");
    row("a minute of the plan", money(0, 60s), Rule::Money, Allow, "guard.money.plan");
    row("plan and money together", money(175'000, 30s), Rule::Money, Allow, "guard.money.good");
    row("the plan does not pay the fee", money(0, 600s, 20'000), Rule::Money, Refuse,
        "guard.money.short");

    // G17
    const auto says = [](const char *opening, const char *sentence) -> Change {
        return [=](Given &given) {
            given.request.opening = QString::fromUtf8(opening);
            given.facts.disclosure = QString::fromUtf8(sentence);
        };
    };
    row("not said", says("Hello!", "This is an AI."), Rule::Disclosure, Refuse,
        "guard.disclosure.missing");
    row("said later", says("Hello! This is an AI.", "This is an AI."), Rule::Disclosure, Refuse,
        "guard.disclosure.missing");
    row("of a recorded call, without the recording",
        says("This is an AI. Hello!", "This is an AI. This call is recorded."), Rule::Disclosure,
        Refuse, "guard.disclosure.missing");
    row("of a recorded call, with it",
        says("This is an AI. This call is recorded. Hello!",
             "This is an AI. This call is recorded."),
        Rule::Disclosure, Allow, "guard.disclosure.good");
    row("no sentence in the language", says("Hello!", ""), Rule::Disclosure, Refuse,
        "guard.disclosure.language");
    row("an empty sentence", says("  Hello!", "  "), Rule::Disclosure, Refuse,
        "guard.disclosure.language");

    // G18
    row(
        "another's number",
        [](Given &given) { given.request.from = QStringLiteral("+14155550101"); }, Rule::CallerId,
        Refuse, "guard.caller_id.foreign");
    row(
        "no number",
        [](Given &given) {
            given.request.from.clear();
            given.facts.ownNumbers << QString();
        },
        Rule::CallerId, Refuse, "guard.caller_id.foreign");
    row(
        "we have none", [](Given &given) { given.facts.ownNumbers.clear(); }, Rule::CallerId,
        Refuse, "guard.caller_id.foreign");

    // G22
    row(
        "stopped", [](Given &given) { given.facts.isStopped = true; }, Rule::Stop, Refuse,
        "guard.stop.stopped");
}

void TestGuardRules::eachRuleSaysWhatItShould()
{
    QFETCH(Change, change);
    QFETCH(Rule, rule);
    QFETCH(Ruling, ruling);
    QFETCH(QString, key);
    Given given;
    change(given);
    const Verdict verdict = given.judged();
    const Finding &finding = verdict.finding(rule);
    QCOMPARE(finding.text.key.name(), key);
    QCOMPARE(finding.ruling, ruling);
    QVERIFY(verdict.ruling >= ruling);
    QCOMPARE(verdict.isAllowed(), verdict.obstacles().empty());
    if (ruling == Ruling::Queue) {
        QVERIFY(finding.until);
        QVERIFY(*finding.until > given.facts.now);
    }
}

REGISTER_TEST(TestGuardRules);

} // namespace tst_guard_rules

#include "tst_guard_rules.moc"
