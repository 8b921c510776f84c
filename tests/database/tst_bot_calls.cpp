#include "tests/database/script_fixture.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_bot_calls {

using namespace tests;

/// A customer makes calls in the bot, stops them and looks at them afterwards.
class TestBotCalls final : public ScriptStage {
    Q_OBJECT

public:
    TestBotCalls()
    {
        m_routes.add(
            {.kind = QStringLiteral("refund.asked"), // whoever gives money back is elsewhere
             .handle = [](const engine::Event &, engine::Context &) {
                 return Result<engine::Outcome>(engine::Outcome::Handled);
             }});
    }

private Q_SLOTS:
    void init();
    void withoutAScriptOneIsOffered();
    void theFirstCallGoesToTheirOwnProvenNumber();
    void anothersContactProvesNothing();
    void contactsAreProvedOutsideOfACallToo();
    void afterTheFirstAnybodyMayBeCalled();
    void consentIsAskedForOthersNumbers();
    void ownNumbersNeedNoFurtherConsent();
    void numbersMayBeTypedInManyWays_data();
    void numbersMayBeTypedInManyWays();
    void obstaclesAreSaidInPlainWords();
    void theHoursAreSaidAndTheCallMayWait();
    void recordingIsChosenAndPriced();
    void aYesIsOneCallHoweverOftenItIsTapped();
    void aYesToAnEarlierPriceIsNone();
    void nothingOldDials();
    void anOldNumberIsAskedForAgain();
    void theCallIsStoppedByButtonAndByCommand();
    void anothersCallIsNotStopped();
    void theHistoryTellsHowItWent();
    void longTranscriptsComeInSeveralMessages();
    void olderCallsAreOnFurtherPages();
    void aProblemIsReportedOnce();
    void aProblemMayBeToldInOwnWords();
    void problemsOfOthersOfOldAndOfFreeCallsAreNotReported();
    void everyTextIsFrench();
    void cleanup() { QCOMPARE(dead(), 0); }

private:
    /// To the message with the price.
    void toPrice(const QString &number = kFriend);
    void place(const QString &number = kFriend);
    void finishCall(qint64 call);
    [[nodiscard]] QString newestNumber()
    {
        return value(
            QStringLiteral("SELECT to_number AS answer FROM calls ORDER BY id DESC LIMIT 1"));
    }
};

void TestBotCalls::init()
{
    start();
    turn("first_call_to_self", false);
    giveMoney(25);
}

void TestBotCalls::toPrice(const QString &number)
{
    tap(QStringLiteral("call:script:1"));
    say(number);
    if (offers(QStringLiteral("call:consent:relationship")))
        tap(QStringLiteral("call:consent:relationship"));
}

void TestBotCalls::place(const QString &number)
{
    toPrice(number);
    tap(buttonLike(QStringLiteral("call:go:")));
}

/// As Retell tells of it: a talk of 65 s, with what it was about.
void TestBotCalls::finishCall(qint64 call)
{
    const QString id = QString::number(call);
    const QString attempt =
        value(QStringLiteral("SELECT attempt_id AS answer FROM calls WHERE id = ") + id);
    const qint64 now = core::toMicros(m_clock.now()) / 1000;
    Json lines = Json::array();
    for (int i = 0; i < 40; ++i)
        lines.push_back({{"role", i % 2 ? "user" : "agent"},
                         {"content", QString(i == 0 ? 4000 : 300, QChar(u'a' + i % 20))}});
    const Json told = {
        {"call_id", QStringLiteral("retell_") + id},
        {"call_type", "phone_call"},
        {"call_status", "ended"},
        {"agent_id", "agent_1"},
        {"start_timestamp", now - 64'200},
        {"end_timestamp", now},
        {"duration_ms", 64'200},
        {"disconnection_reason", "agent_hangup"},
        {"transcript_object", lines},
        {"call_cost", {{"combined_cost", 12}}},
        {"call_analysis",
         {{"call_summary", "All <well>."},
          {"custom_analysis_data", {{"answer_1", "oui"}, {"answer_2", ""}}}}},
        {"metadata", {{"attempt", attempt}, {"call", call}, {"lane", kCamilleLane}}}};
    for (const char *event : {"call_ended", "call_analyzed"})
        record({.source = queue::Source::Retell,
                .externalId = {},
                .lane = kCamilleLane,
                .kind = QStringLiteral("retell.webhook"),
                .payload = core::toBytes({{"event", event}, {"call", told}})});
    QCOMPARE(value(QStringLiteral("SELECT state AS answer FROM calls WHERE id = ") + id),
             QStringLiteral("ended"));
}

void TestBotCalls::withoutAScriptOneIsOffered()
{
    say(QStringLiteral("/call"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.no_script")});
    QVERIFY(offers(QStringLiteral("draft:templates")));
}

void TestBotCalls::theFirstCallGoesToTheirOwnProvenNumber()
{
    turn("first_call_to_self", true);
    writeScript();
    tap(QStringLiteral("call:script:1"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.share_own.first")});
    const Json markup = shown()["parameters"]["reply_markup"];
    QCOMPARE(core::boolMember(markup["keyboard"][0][0], "request_contact"), std::optional(true));
    say(kOwnNumber); // typed: it may be anybody's
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.share_own.first")});
    share(QStringLiteral("33612345678"), kCamille); // Telegram often leaves out the plus
    QCOMPARE(value(QStringLiteral("SELECT number AS answer FROM customer_numbers")), kOwnNumber);
    QCOMPARE(keysShown().value(1), QStringLiteral("call.allowed"));
    tap(buttonLike(QStringLiteral("call:go:")));
    QCOMPARE(newestNumber(), kOwnNumber);
    QCOMPARE(value(QStringLiteral("SELECT consent AS answer FROM calls")),
             QStringLiteral("own_number"));
}

void TestBotCalls::anothersContactProvesNothing()
{
    turn("first_call_to_self", true);
    writeScript();
    tap(QStringLiteral("call:script:1"));
    share(kOwnNumber, 4711);
    share(kOwnNumber, 0);
    QCOMPARE(count("customer_numbers"), 0);
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.share_own.first")});
    tap(QStringLiteral("call:to:") + kFriend); // a forged button
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.share_own.first")});
    QCOMPARE(count("calls"), 0);
}

void TestBotCalls::contactsAreProvedOutsideOfACallToo()
{
    share(kOwnNumber, kCamille);
    QCOMPARE(count("customer_numbers"), 1);
    share(kOwnNumber, kCamille);
    QCOMPARE(count("customer_numbers"), 1);
}

void TestBotCalls::afterTheFirstAnybodyMayBeCalled()
{
    turn("first_call_to_self", true);
    writeScript();
    tap(QStringLiteral("call:script:1"));
    share(kOwnNumber, kCamille);
    tap(buttonLike(QStringLiteral("call:go:")));
    finishCall(1);
    tap(QStringLiteral("call:script:1"));
    QVERIFY(offers(QStringLiteral("call:to:") + kOwnNumber));
    say(kFriend);
    QVERIFY(offers(QStringLiteral("call:consent:relationship")));
}

void TestBotCalls::consentIsAskedForOthersNumbers()
{
    writeScript();
    tap(QStringLiteral("call:script:1"));
    say(kFriend);
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.ask_consent")});
    tap(QStringLiteral("call:consent:own_number")); // a forged button: only a contact proves it
    QCOMPARE(keysShown().value(0), QStringLiteral("menu.title"));
    tap(QStringLiteral("call:consent:written"));
    tap(buttonLike(QStringLiteral("call:go:")));
    QCOMPARE(value(QStringLiteral("SELECT consent AS answer FROM calls")),
             QStringLiteral("written"));
}

void TestBotCalls::ownNumbersNeedNoFurtherConsent()
{
    writeScript();
    tap(QStringLiteral("call:script:1"));
    share(kOwnNumber, kCamille);
    QCOMPARE(keysShown().value(0), QStringLiteral("call.summary"));
}

void TestBotCalls::numbersMayBeTypedInManyWays_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("key");
    QTest::newRow("complete") << QStringLiteral("+33 6 87 65 43 21") << "call.ask_consent";
    QTest::newRow("as at home") << QStringLiteral("06 87 65 43 21") << "call.ask_consent";
    QTest::newRow("with zeros") << QStringLiteral("0033687654321") << "call.ask_consent";
    QTest::newRow("words") << QStringLiteral("my mother") << "call.bad_number";
    QTest::newRow("nothing") << QStringLiteral("+") << "call.bad_number";
}

void TestBotCalls::numbersMayBeTypedInManyWays()
{
    QFETCH(QString, typed);
    QFETCH(QString, key);
    writeScript();
    share(kOwnNumber, kCamille);
    tap(QStringLiteral("call:script:1"));
    say(typed);
    QCOMPARE(keysShown().value(0), key);
}

void TestBotCalls::obstaclesAreSaidInPlainWords()
{
    writeScript();
    toPrice(QStringLiteral("+4479110")); // too short to exist
    QCOMPARE(keysShown().value(1), QStringLiteral("call.refused"));
    QVERIFY2(keysShown().value(2).startsWith(QStringLiteral("guard.")),
             qUtf8Printable(keysShown().join(u' ')));
    QVERIFY(buttonLike(QStringLiteral("call:go:")).isEmpty());
    QVERIFY(offers(QStringLiteral("call:number")));
    tap(QStringLiteral("call:go:1"));
    QCOMPARE(count("calls"), 0);
}

void TestBotCalls::theHoursAreSaidAndTheCallMayWait()
{
    writeScript();
    m_clock.set(core::fromIso(u"2026-11-24T22:00:00Z").value()); // 23:00 in Paris
    toPrice();
    QCOMPARE(keysShown().value(1), QStringLiteral("call.queued"));
    QVERIFY(keysShown().contains(QStringLiteral("guard.hours.quiet")));
    tap(buttonLike(QStringLiteral("call:go:")));
    QCOMPARE(value(QStringLiteral("SELECT state AS answer FROM calls")), QStringLiteral("queued"));
}

void TestBotCalls::recordingIsChosenAndPriced()
{
    writeScript();
    toPrice();
    QVERIFY(!keysShown().contains(QStringLiteral("call.recording_fee")));
    tap(QStringLiteral("call:record:yes"));
    QVERIFY(keysShown().contains(QStringLiteral("call.recording_fee")));
    QVERIFY(offers(QStringLiteral("call:record:no")));
    tap(buttonLike(QStringLiteral("call:go:")));
    QCOMPARE(value(QStringLiteral("SELECT is_recorded AS answer FROM calls")),
             QStringLiteral("true"));
}

void TestBotCalls::aYesIsOneCallHoweverOftenItIsTapped()
{
    writeScript();
    toPrice();
    const QString yes = buttonLike(QStringLiteral("call:go:"));
    for (int i = 0; i < 3; ++i)
        tap(yes);
    QCOMPARE(count("calls"), 1);
    QCOMPARE(count("outbox WHERE method = 'createPhoneCall'"), 1);
}

void TestBotCalls::aYesToAnEarlierPriceIsNone()
{
    writeScript();
    toPrice();
    const QString yes = buttonLike(QStringLiteral("call:go:"));
    tap(QStringLiteral("call:number"));
    say(QStringLiteral("+33687654322"));
    tap(QStringLiteral("call:consent:relationship"));
    tap(yes);
    QCOMPARE(count("calls"), 0);
}

void TestBotCalls::nothingOldDials()
{
    writeScript();
    toPrice();
    const QString yes = buttonLike(QStringLiteral("call:go:"));
    m_clock.advance(61s);
    tap(yes);
    QCOMPARE(keysShown(), QStringList{QStringLiteral("message.stale")});
    QCOMPARE(count("calls"), 0);
    tap(QStringLiteral("call:show"));
    m_clock.advance(60s);
    tap(buttonLike(QStringLiteral("call:go:")));
    QCOMPARE(count("calls"), 1);
}

void TestBotCalls::anOldNumberIsAskedForAgain()
{
    writeScript();
    tap(QStringLiteral("call:script:1"));
    say(kFriend, 20min);
    QCOMPARE(keysShown(), QStringList{QStringLiteral("message.stale")});
    QVERIFY(offers(QStringLiteral("call:number")));
    tap(QStringLiteral("call:number"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.ask_number")});
}

void TestBotCalls::theCallIsStoppedByButtonAndByCommand()
{
    writeScript();
    say(QStringLiteral("/stop"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.nothing_to_stop")});
    place();
    tap(QStringLiteral("call:stop:1"));
    QCOMPARE(count("calls WHERE stop_requested_at IS NOT NULL OR is_final"), 1);
    place();
    say(QStringLiteral("/stop"));
    QCOMPARE(count("calls WHERE stop_requested_at IS NOT NULL OR is_final"), 2);
    QCOMPARE(value(QStringLiteral("SELECT stop_reason AS answer FROM calls WHERE id = 2")),
             QStringLiteral("customer"));
}

void TestBotCalls::anothersCallIsNotStopped()
{
    writeScript();
    place();
    addCustomer(*m_connection, 9, QStringLiteral("Other"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(QStringLiteral("SET session_replication_role = replica; "
                                            "UPDATE calls SET customer_id = 9")));
    for (const char *act : {"call:stop:1", "history:show:1", "history:transcript:1"}) {
        tap(QString::fromLatin1(act));
        QCOMPARE(keysShown().value(0), QStringLiteral("menu.title"));
    }
    QCOMPARE(count("calls WHERE stop_requested_at IS NOT NULL"), 0);
}

void TestBotCalls::theHistoryTellsHowItWent()
{
    writeScript();
    place();
    finishCall(1);
    say(QStringLiteral("/history"));
    QCOMPARE(keysShown(),
             (QStringList{QStringLiteral("history.title"), QStringLiteral("history.line")}));
    tap(QStringLiteral("history:show:1"));
    QCOMPARE(keysShown(),
             (QStringList{QStringLiteral("history.call"), QStringLiteral("history.summary"),
                          QStringLiteral("history.answer")}));
    const QString words = core::textMember(shown()["parameters"], "text").value_or(QString());
    for (const char *expected : {"1:05", "conversation terminée", "oui", "All &lt;well&gt;.",
                                 "0,4875 USD"}) // 65 s at 0.45 a minute
        QVERIFY2(words.contains(QString::fromUtf8(expected).replace(u' ', QChar(0xa0))) ||
                     words.contains(QString::fromUtf8(expected)),
                 qUtf8Printable(words));
    QVERIFY(offers(QStringLiteral("call:again:1")));
    tap(QStringLiteral("call:again:1"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("call.ask_consent")});
}

void TestBotCalls::longTranscriptsComeInSeveralMessages()
{
    writeScript();
    place();
    finishCall(1);
    const qint64 before = count("outbox WHERE method = 'sendMessage'");
    tap(QStringLiteral("history:transcript:1"));
    QCOMPARE(count("outbox WHERE method = 'sendMessage'") - before, 5);
    QCOMPARE(keysShown().last(), QStringLiteral("history.transcript.cut"));
    QCOMPARE(count("outbox WHERE length(payload->'parameters'->>'text') > 4000"), 0);
}

void TestBotCalls::olderCallsAreOnFurtherPages()
{
    writeScript();
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->run(QStringLiteral(
        "INSERT INTO calls (customer_id, request_key, script_version_id, to_number, consent, "
        "is_recorded, tier, asked_at, cause_id) SELECT 7001, 'k' || i, 1, '+3368765432' || i, "
        "'written', false, 'new', now(), 1 FROM generate_series(0, 9) AS i")));
    say(QStringLiteral("/history"));
    QCOMPARE(keysShown().count(QStringLiteral("history.line")), 8);
    QVERIFY(offers(QStringLiteral("history:before:3")));
    tap(QStringLiteral("history:before:3"));
    QCOMPARE(keysShown().count(QStringLiteral("history.line")), 2);
    QVERIFY(buttonLike(QStringLiteral("history:before:")).isEmpty());
}

void TestBotCalls::aProblemIsReportedOnce()
{
    writeScript();
    place();
    finishCall(1);
    tap(QStringLiteral("history:show:1"));
    QVERIFY(offers(QStringLiteral("problem:1")));
    tap(QStringLiteral("problem:1"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.ask")});
    tap(QStringLiteral("problem:1:bad_audio"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.thanks")});
    tap(QStringLiteral("problem:1:overcharged"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.already")});
    tap(QStringLiteral("problem:1"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.already")});
    tap(QStringLiteral("history:show:1"));
    QVERIFY(buttonLike(QStringLiteral("problem:")).isEmpty());
    QCOMPARE(value(QStringLiteral("SELECT call_id || ' ' || customer_id || ' ' || reason || words "
                                  "AS answer FROM call_problems")),
             QStringLiteral("1 7001 bad_audio"));
    QCOMPARE(value(QStringLiteral("SELECT payload->>'reason' AS answer FROM inbox WHERE kind = "
                                  "'refund.asked'")),
             QStringLiteral("bad_audio"));
}

void TestBotCalls::aProblemMayBeToldInOwnWords()
{
    writeScript();
    place();
    finishCall(1);
    tap(QStringLiteral("problem:1:other"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.words")});
    say(QString(501, u'a'));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.words")});
    tap(QStringLiteral("problem:1")); // back: what is typed now is no report
    say(QStringLiteral("hello"));
    QCOMPARE(value(QStringLiteral("SELECT count(*) AS answer FROM call_problems")),
             QStringLiteral("0"));
    tap(QStringLiteral("problem:1:other"));
    say(QStringLiteral("  She hung up <at once>. "));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.thanks")});
    QCOMPARE(value(QStringLiteral("SELECT words AS answer FROM call_problems")),
             QStringLiteral("She hung up <at once>."));
    say(QStringLiteral("and more"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("unknown.message")});
}

void TestBotCalls::problemsOfOthersOfOldAndOfFreeCallsAreNotReported()
{
    writeScript();
    place();
    tap(QStringLiteral("problem:1")); // it still goes on
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.nothing_paid")});
    finishCall(1);
    m_clock.advance(24h * 7 + 1s);
    tap(QStringLiteral("problem:1"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.too_late")});
    tap(QStringLiteral("problem:1:bad_audio"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("problem.too_late")});
    tap(QStringLiteral("problem:2:bad_audio"));
    QCOMPARE(keysShown().first(), QStringLiteral("menu.title"));
    QCOMPARE(value(QStringLiteral("SELECT count(*) AS answer FROM call_problems")),
             QStringLiteral("0"));
    const auto late = m_connection->run(
        QStringLiteral("INSERT INTO call_problems (call_id, customer_id, reason, reported_at, "
                       "cause_id) VALUES (1, 7001, 'bad_audio', ?::timestamptz, 1)"),
        {core::toIso(m_clock.now())});
    QVERIFY(!late && late.error().detail.contains(QStringLiteral("may report")));
}

void TestBotCalls::everyTextIsFrench()
{
    writeScript();
    place();
    finishCall(1);
    for (const char *act : {"menu:main", "menu:call", "menu:scripts", "menu:history",
                            "history:show:1", "script:show:1", "script:edit:1", "draft:own"})
        tap(QString::fromLatin1(act));
    QCOMPARE(count("outbox WHERE payload ? 'texts' AND payload->>'language' <> 'fr'"), 0);
    for (const language::FallbackCount &each : m_catalogue->fallbacks())
        QVERIFY2(each.language != QLatin1String("fr"), qUtf8Printable(each.key));
}

REGISTER_TEST(TestBotCalls);

} // namespace tst_bot_calls

#include "tst_bot_calls.moc"
