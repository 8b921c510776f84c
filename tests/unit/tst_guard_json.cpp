#include "guards/judge.h"
#include "language/catalogue.h"
#include "tests/support/test_main.h"
#include "tests/unit/guard_case.h"

#include <QFile>
#include <QTest>

namespace tst_guard_json {

using guards::CallRequest;
using guards::Facts;
using guards::Verdict;

class TestGuardJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aVerdictComesBackAsItWas();
    void aVerdictCanBeJudgedAgainFromWhatIsStored();
    void factsThatMissAnythingAreRefused();
    void requestsThatMissAnythingAreRefused();
    void verdictsThatMissAnythingAreRefused();
    void aLaterFormIsRefused();
    void policiesThatMissAnythingAreRefused();
    void senselessPoliciesAreRefused_data();
    void senselessPoliciesAreRefused();
    void everyFindingCanBeSaidInEveryLanguage();
};

namespace {

CallRequest fullRequest()
{
    CallRequest request = tests::goodRequest();
    request.calleeZone = QStringLiteral("America/Chicago");
    request.longest = std::chrono::seconds(240);
    request.campaign = guards::Campaign{
        .recipients = 3, .hasOnlyOwnContacts = true, .isFirst = true, .isApproved = true};
    return request;
}

Facts fullFacts()
{
    Facts facts = tests::goodFacts();
    facts.doNotCall = {.isListed = true, .hasOptedOut = true, .isListedForCustomer = true};
    facts.callsInHour = 1;
    facts.callsInDay = 2;
    facts.newDestinationsInDay = 3;
    facts.isNewDestination = false;
    facts.callsToDestinationInDay = 4;
    facts.liveCallsOfCustomer = 5;
    facts.liveCallsInRegion = 6;
    facts.liveCalls = 7;
    facts.fee = Money::fromMicros(20'000);
    facts.allowance = std::chrono::seconds(9);
    return facts;
}

Json shippedPolicyJson()
{
    QFile file(QStringLiteral(SPEECHCAD_SOURCE_DIR "/resources/guards/policy.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return core::parseJson(file.readAll()).value();
}

/// The names of members that `read` accepts to be without.
template <typename Read> QString notMissed(const Json &whole, Read read)
{
    QStringList names;
    for (const auto &[name, value] : whole.items()) {
        Json without = whole;
        without.erase(name);
        if (read(without))
            names << QString::fromStdString(name);
        without[name] = Json::array({Json::object()});
        if (read(without))
            names << QStringLiteral("(type)") + QString::fromStdString(name);
    }
    return names.join(u' ');
}

Json stored(const Json &json)
{
    return core::parseJson(core::toBytes(json)).value();
}

} // namespace

void TestGuardJson::aVerdictComesBackAsItWas()
{
    for (const char *to : {"+12015550123", "911", "+33612345678", "nonsense", "+18005550123"}) {
        for (const char *now : {"2026-11-24T16:00:00Z", "2026-11-24T03:00:00.000001Z"}) {
            CallRequest request = tests::goodRequest();
            request.to = QString::fromLatin1(to);
            Facts facts = tests::goodFacts();
            facts.now = core::fromIso(QString::fromLatin1(now)).value();
            const Verdict verdict = guards::judge(request, facts, guards::shippedPolicy());
            const auto read = guards::verdictFromJson(stored(toJson(verdict)));
            QVERIFY(read);
            QCOMPARE(*read == verdict, true);
        }
    }
}

void TestGuardJson::aVerdictCanBeJudgedAgainFromWhatIsStored()
{
    const auto request = guards::requestFromJson(stored(toJson(fullRequest())));
    const auto facts = guards::factsFromJson(stored(toJson(fullFacts())));
    QVERIFY(request && facts);
    QCOMPARE(*request == fullRequest(), true);
    QCOMPARE(*facts == fullFacts(), true);
    const auto &policy = guards::shippedPolicy();
    QCOMPARE(guards::judge(*request, *facts, policy) ==
                 guards::judge(fullRequest(), fullFacts(), policy),
             true);
}

void TestGuardJson::factsThatMissAnythingAreRefused()
{
    QVERIFY(guards::factsFromJson(toJson(fullFacts())));
    QCOMPARE(notMissed(toJson(fullFacts()), guards::factsFromJson), QString());
    QVERIFY(!guards::factsFromJson(Json()));
    Json negative = toJson(fullFacts());
    negative["calls_in_hour"] = -1;
    QVERIFY(!guards::factsFromJson(negative));
}

void TestGuardJson::requestsThatMissAnythingAreRefused()
{
    const auto missed = notMissed(toJson(fullRequest()), guards::requestFromJson);
    QCOMPARE(missed, QStringLiteral("campaign longest_s")); // these may be absent, and not wrong
    QVERIFY(!guards::requestFromJson(Json::array()));
}

void TestGuardJson::verdictsThatMissAnythingAreRefused()
{
    Facts facts = tests::goodFacts();
    facts.liveCalls = 100;
    const Json whole = toJson(guards::judge(tests::goodRequest(), facts, guards::shippedPolicy()));
    QCOMPARE(notMissed(whole, guards::verdictFromJson), QStringLiteral("until"));
    Json fewer = whole;
    fewer["findings"].erase(0);
    QVERIFY(!guards::verdictFromJson(fewer));
    Json swapped = whole;
    std::swap(swapped["findings"][0], swapped["findings"][1]);
    QVERIFY(!guards::verdictFromJson(swapped));
}

void TestGuardJson::aLaterFormIsRefused()
{
    Json facts = toJson(fullFacts());
    facts["v"] = 2;
    QVERIFY(!guards::factsFromJson(facts));
    Json request = toJson(fullRequest());
    request["v"] = 2;
    QVERIFY(!guards::requestFromJson(request));
    Json verdict =
        toJson(guards::judge(tests::goodRequest(), tests::goodFacts(), guards::shippedPolicy()));
    verdict["v"] = 2;
    QVERIFY(!guards::verdictFromJson(verdict));
}

void TestGuardJson::policiesThatMissAnythingAreRefused()
{
    const Json whole = shippedPolicyJson();
    QVERIFY(guards::policyFromJson(whole));
    QCOMPARE(notMissed(whole, guards::policyFromJson), QString());
    for (const char *tier : {"new", "regular", "business"}) {
        const auto withTier = [&](const Json &limits) {
            Json policy = whole;
            policy["tiers"][tier] = limits;
            return guards::policyFromJson(policy);
        };
        QCOMPARE(notMissed(whole["tiers"][tier], withTier), QString());
    }
}

void TestGuardJson::senselessPoliciesAreRefused_data()
{
    QTest::addColumn<QString>("patch");
    const auto row = [](const char *name, const char *patch) {
        QTest::newRow(name) << QString::fromLatin1(patch);
    };
    row("a region by its code", R"({"regions": ["1"]})");
    row("more than all lines", R"({"provider_share_percent": 101})");
    row("closes before it opens", R"({"hours": {"US": {"sunday": ["12:00", "09:00"]}}})");
    row("no time of day", R"({"hours": {"US": {"sunday": ["9", "12"]}}})");
    row("later than midnight", R"({"hours": {"US": {"sunday": ["09:00", "24:01"]}}})");
    row("no usual hours", R"({"hours": {"usual": null}})");
    row("a range of everything", R"({"known_ranges": [{"prefix": "+", "region": "US"}]})");
    row("longest below shortest", R"({"tiers": {"new": {"longest_call_s": 59}}})");
}

void TestGuardJson::senselessPoliciesAreRefused()
{
    QFETCH(QString, patch);
    Json policy = shippedPolicyJson();
    policy.merge_patch(core::parseJson(patch.toUtf8()).value());
    const auto read = guards::policyFromJson(policy);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::BadInput);
}

void TestGuardJson::everyFindingCanBeSaidInEveryLanguage()
{
    const auto catalogue = language::Catalogue::load().value();
    std::vector<CallRequest> requests(4, tests::goodRequest());
    requests[1].to = QStringLiteral("+19002345678");
    requests[2].to = QStringLiteral("+18762345678");
    requests[3].to = QStringLiteral("nonsense");
    requests[3].campaign = guards::Campaign{.recipients = 6000};
    Facts bad = fullFacts();
    bad.available = Money();
    bad.now += std::chrono::hours(12);
    bad.newDestinationsInDay = 100;
    bad.isNewDestination = true;
    bad.callsInDay = 100;
    bad.callsToDestinationInDay = 0;
    for (const Facts &facts : {tests::goodFacts(), bad}) {
        for (const CallRequest &request : requests) {
            const auto verdict = guards::judge(request, facts, guards::shippedPolicy());
            for (const guards::Finding &each : verdict.findings) {
                for (const language::Language &spoken : catalogue->languages()) {
                    const auto said = catalogue->render(each.text, spoken.tag);
                    QVERIFY2(said, qPrintable(each.text.key.name()));
                    QVERIFY(!said->isFallback);
                    QVERIFY(!said->text.contains(u'{'));
                }
            }
        }
    }
}

REGISTER_TEST(TestGuardJson);

} // namespace tst_guard_json

#include "tst_guard_json.moc"
