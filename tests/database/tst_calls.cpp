#include "intake/live_transcript.h"
#include "tests/database/call_fixture.h"
#include "tests/support/test_main.h"

namespace tst_calls {

using namespace tests;

/// A call from the wish to the charge: what is held, what is dialled, what is paid.
class TestCalls final : public CallStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void callIsHeldDialledChargedAndTheRestComesBack();
    void dialSaysWhoseItIsAndHowLongItMayLast();
    void rateIsThatOfTheLongestPrefix_data();
    void rateIsThatOfTheLongestPrefix();
    void billIsRoundedAsAgreed_data();
    void billIsRoundedAsAgreed();
    void recordingCostsItsFeeOnce();
    void recordedCallSaysSoAndOthersAreNotRecorded();
    void fortySecondsWorthIsRefused();
    void twoAtOnceOnAWalletThatPaysForOneAreOne();
    void secondCallOfANewCustomerWaitsForTheFirst();
    void longestCallCostsItsWholeHold();
    void callThatGoesOnIsStoppedByOurTimer();
    void whatIsBeyondTheHoldIsOurs();
    void quietHoursAreWaitedFor();
    void aCallThatWaitedCostsWhatWasShown();
    void doNotCallIsRefusedAndOptOutIsKept();
    void sameWishTwiceIsOneCall();
    void previewPromisesWhatTheDialDoes();
    void scriptOfAnotherCustomerIsRefused();
    void liveMessageIsEditedAtMostOnceInThreeSeconds();
    void newestTranscriptReplacesTheOlderUntilTheEnd();
    void whatFailedAfterItWasChargedIsSaidOnce();

private:
    [[nodiscard]] engine::Event anEvent() const
    {
        engine::Event event;
        event.id = InboxId{1};
        event.receivedAt = m_clock.now();
        return event;
    }

    /// What the provider was asked for, of the only call.
    [[nodiscard]] Json dialled()
    {
        const auto body = core::parseJson(
            column(*m_connection, QStringLiteral("SELECT payload->'body' AS answer FROM outbox "
                                                 "WHERE method = 'createPhoneCall'"))
                .value(0)
                .toUtf8());
        return body ? *body : Json();
    }
};

void TestCalls::callIsHeldDialledChargedAndTheRestComesBack()
{
    const qint64 call = ask();
    QCOMPARE(state(call), QStringLiteral("dialling"));
    QCOMPARE(money().held, Money::fromMicros(1'750'000)); // five minutes at 0.35
    answerDial(call);
    tell("call_started", call, ongoing(call));
    QCOMPARE(state(call), QStringLiteral("talking"));
    wait(100s);
    tell("call_ended", call, over(call));
    QCOMPARE(value(call, "charged"), QStringLiteral("583334"));
    QCOMPARE(value(call, "billed_s"), QStringLiteral("100"));
    QCOMPARE(money().available, Money::fromMicros(24'416'666));
    QCOMPARE(money().held, Money());
    tell("call_analyzed", call, analyzed(over(call)));
    QCOMPARE(told(),
             (QStringList{QStringLiteral("call.live.over"), QStringLiteral("call.end.completed"),
                          QStringLiteral("call.money.charged"), QStringLiteral("call.end.summary"),
                          QStringLiteral("call.end.transcript")}));
    QCOMPARE(asked("createPhoneCall"), 1);
    QCOMPARE(looseEnds(), QString());
}

void TestCalls::dialSaysWhoseItIsAndHowLongItMayLast()
{
    const qint64 call = ask();
    const Json body = dialled();
    QCOMPARE(core::textMember(body, "from_number"), QStringLiteral("+14155550100"));
    QCOMPARE(core::textMember(body, "to_number"), kCallee);
    QCOMPARE(core::textMember(body, "override_agent_id"), QStringLiteral("agent_7001"));
    const Json &metadata = body["metadata"];
    QCOMPARE(core::textMember(metadata, "attempt"), value(call, "attempt_id"));
    QCOMPARE(core::textMember(metadata, "lane"), QStringLiteral("customer:7001"));
    const Json &overrides = body["agent_override"];
    QCOMPARE(core::integerMember(overrides["agent"], "max_call_duration_ms"), 300'000);
    QVERIFY(core::textMember(overrides["retell_llm"], "begin_message")
                ->startsWith(QStringLiteral("Hello, this is an automated call by an AI")));
}

void TestCalls::rateIsThatOfTheLongestPrefix_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<qint64>("perMinute");
    QTest::newRow("United States") << QStringLiteral("+12015550123") << qint64(350'000);
    QTest::newRow("Jamaica, which shares +1") << QStringLiteral("+18765550123") << qint64(650'000);
    QTest::newRow("France") << QStringLiteral("+33612345678") << qint64(450'000);
    QTest::newRow("India") << QStringLiteral("+919812345678") << qint64(450'000);
    QTest::newRow("Japan") << QStringLiteral("+819012345678") << qint64(550'000);
    QTest::newRow("New Zealand") << QStringLiteral("+64211234567") << qint64(550'000);
    QTest::newRow("Israel") << QStringLiteral("+972501234567") << qint64(600'000);
    QTest::newRow("Brazil") << QStringLiteral("+5511987654321") << qint64(650'000);
    QTest::newRow("Kenya") << QStringLiteral("+254712345678") << qint64(850'000);
    QTest::newRow("Fiji: other") << QStringLiteral("+6797012345") << qint64(700'000);
}

void TestCalls::rateIsThatOfTheLongestPrefix()
{
    QFETCH(QString, number);
    QFETCH(qint64, perMinute);
    const auto rate =
        committed<calls::Rate>(*m_connection, [&](database::Transaction &transaction) {
            return calls::rateFor(transaction, number, kMonday);
        });
    QVERIFY(rate);
    QCOMPARE(rate->perMinute.micros(), perMinute);
    QCOMPARE(rate->recordingFee.micros(), 20'000);
    QCOMPARE(rate->version, 1);
}

void TestCalls::billIsRoundedAsAgreed_data()
{
    QTest::addColumn<qint64>("durationMs"); // below 0: never connected
    QTest::addColumn<qint64>("billed");
    QTest::addColumn<qint64>("captured");
    QTest::addColumn<qint64>("uncovered");
    QTest::newRow("never connected") << qint64(-1) << qint64(0) << qint64(0) << qint64(0);
    QTest::newRow("nothing") << qint64(0) << qint64(6) << qint64(35'000) << qint64(0);
    QTest::newRow("six seconds") << qint64(6000) << qint64(6) << qint64(35'000) << qint64(0);
    QTest::newRow("a moment more") << qint64(6001) << qint64(7) << qint64(40'834) << qint64(0);
    QTest::newRow("a hundred") << qint64(100'000) << qint64(100) << qint64(583'334) << qint64(0);
    QTest::newRow("all of it") << qint64(300'000) << qint64(300) << qint64(1'750'000) << qint64(0);
    QTest::newRow("beyond") << qint64(320'000) << qint64(320) << qint64(1'750'000)
                            << qint64(116'667);
}

void TestCalls::billIsRoundedAsAgreed()
{
    QFETCH(qint64, durationMs);
    const calls::Terms terms{Money::fromMicros(350'000), {}, {}, Money::fromMicros(1'750'000)};
    const auto bill =
        calls::billOf(terms, durationMs < 0 ? std::nullopt
                                            : std::optional(std::chrono::milliseconds(durationMs)));
    QTEST(qint64(bill.billed.count()), "billed");
    QTEST(bill.captured.micros(), "captured");
    QTEST(bill.uncovered.micros(), "uncovered");
}

void TestCalls::recordingCostsItsFeeOnce()
{
    const calls::Terms terms{
        Money::fromMicros(350'000), Money::fromMicros(20'000), {}, Money::fromMicros(1'770'000)};
    QCOMPARE(calls::billOf(terms, 60s).captured.micros(), 370'000);
    QCOMPARE(calls::billOf(terms, std::nullopt).captured.micros(), 0);
    // Minutes of a plan come first; the fee is paid all the same.
    const calls::Terms planned{Money::fromMicros(350'000), Money::fromMicros(20'000), 90s,
                               Money::fromMicros(20'000)};
    const calls::Bill bill = calls::billOf(planned, 70s);
    QCOMPARE(bill.fromAllowance, 70s);
    QCOMPARE(bill.captured.micros(), 20'000);
}

void TestCalls::recordedCallSaysSoAndOthersAreNotRecorded()
{
    const QString disclosure =
        m_catalogue
            ->renderPlain(guards::disclosureSentence(QStringLiteral("Asha")), QStringLiteral("en"))
            ->text;
    const QString link = QStringLiteral("https://recordings.test/1.wav");
    for (const bool isRecorded : {false, true}) {
        start();
        m_isRecorded = isRecorded;
        const qint64 call = ask();
        const Json body = dialled();
        QVERIFY(body.is_object());
        const Json &overrides = body["agent_override"];
        QCOMPARE(core::textMember(overrides["retell_llm"], "begin_message"),
                 std::optional(disclosure + (isRecorded
                                                 ? QStringLiteral(" This call is recorded. Hello.")
                                                 : QStringLiteral(" Hello."))));
        QCOMPARE(core::textMember(overrides["agent"], "data_storage_setting"),
                 std::optional(isRecorded ? QStringLiteral("everything")
                                          : QStringLiteral("basic_attributes_only")));
        QCOMPARE(core::boolMember(body["metadata"], "recorded"), std::optional(isRecorded));
        answerDial(call);
        Json ended = over(call);
        ended["recording_url"] = link;
        tell("call_ended", call, ended);
        QCOMPARE(value(call, "recording_url"), isRecorded ? link : QString());
    }
}

void TestCalls::fortySecondsWorthIsRefused()
{
    start(Money::fromMicros(233'334));
    const qint64 call = ask();
    QCOMPARE(state(call), QStringLiteral("refused"));
    QCOMPARE(kinds(), QStringList{QStringLiteral("deposit")});
    QCOMPARE(asked("createPhoneCall"), 0);
    QCOMPARE(told(),
             (QStringList{QStringLiteral("call.live.over"), QStringLiteral("guard.money.short"),
                          QStringLiteral("call.money.nothing")}));
    QCOMPARE(looseEnds(), QString());
}

void TestCalls::twoAtOnceOnAWalletThatPaysForOneAreOne()
{
    start(Money::fromCents(1'00));
    // Somebody who may have two at once.
    const auto made = openConnection(m_url, database::Role::Owner)->runScript(QStringLiteral(R"(
        UPDATE customers SET created_at = '2026-11-01Z';
        INSERT INTO calls (customer_id, request_key, script_version_id, to_number, consent, is_recorded, tier, state,
            attempt_id, dial_outbox_id, rates_version, rate_per_minute, recording_fee, longest_s, verdict, asked_at,
            dialled_at, cause_id)
        SELECT 7001, 'old' || n, 7001, '+1201555010' || n, 'relationship', false, 'new', 'ended', 'old' || n, -n, 1, 350000,
            0, 60, '{}', '2026-11-10Z', '2026-11-10Z', 1 FROM generate_series(1, 5) n)"));
    QVERIFY2(made, qUtf8Printable(made ? QString() : made.error().detail));
    const qint64 first = ask();
    QCOMPARE(value(first, "tier"), QStringLiteral("regular"));
    QCOMPARE(value(first, "longest_s"), QStringLiteral("171"));
    QCOMPARE(money().held, Money::fromMicros(997'500));
    const qint64 second = ask(QStringLiteral("+12015550124"));
    QCOMPARE(state(first), QStringLiteral("dialling"));
    QCOMPARE(state(second), QStringLiteral("refused"));
    QCOMPARE(asked("createPhoneCall"), 1);
    QCOMPARE(money().available, Money::fromMicros(2'500));
}

void TestCalls::secondCallOfANewCustomerWaitsForTheFirst()
{
    const qint64 first = ask();
    const qint64 second = ask(QStringLiteral("+12015550124"));
    QCOMPARE(state(second), QStringLiteral("queued"));
    wait(5s);
    QCOMPARE(shown(), (QStringList{QStringLiteral("call.live.queued"),
                                   QStringLiteral("guard.lines.yours")}));
    answerDial(first);
    tell("call_ended", first, over(first, QStringLiteral("dial_busy"), -1));
    wait(20s);
    QCOMPARE(state(second), QStringLiteral("dialling"));
    QCOMPARE(asked("createPhoneCall"), 2);
    QCOMPARE(looseEnds(), QString());
}

void TestCalls::longestCallCostsItsWholeHold()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_started", call, ongoing(call));
    wait(300s);
    tell("call_analyzed", call, over(call, QStringLiteral("max_duration_reached"), 300'000));
    QCOMPARE(state(call), QStringLiteral("ended"));
    QCOMPARE(value(call, "charged"), QStringLiteral("1750000"));
    QCOMPARE(asked("stopCall"), 0);
    QCOMPARE(looseEnds(), QString());
}

void TestCalls::callThatGoesOnIsStoppedByOurTimer()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_started", call, ongoing(call));
    wait(310s);
    QCOMPARE(asked("stopCall"), 0);
    wait(10s);
    QCOMPARE(asked("stopCall"), 1);
    QCOMPARE(state(call), QStringLiteral("ending"));
    QCOMPARE(value(call, "stop_reason"), QStringLiteral("too_long"));
    QCOMPARE(asked("getCall"), 0); // only what is overdue is asked about
    wait(40s);
    QCOMPARE(asked("getCall"), 1);
    answer("getCall", call, ongoing(call));
    QCOMPARE(asked("stopCall"), 2); // it was not heard
}

void TestCalls::whatIsBeyondTheHoldIsOurs()
{
    const qint64 call = ask();
    answerDial(call);
    Json report = over(call, QStringLiteral("manual_stopped"), 320'000);
    report["call_cost"]["combined_cost"] = "520.5"; // more than the hold as well
    tell("call_ended", call, report);
    QCOMPARE(value(call, "charged"), QStringLiteral("1750000"));
    QCOMPARE(value(call, "uncovered"), QStringLiteral("116667"));
    QCOMPARE(value(call, "provider_cost"), QStringLiteral("520.5"));
    QCOMPARE(money().available, Money::fromMicros(23'250'000));
    QCOMPARE(kinds(0), QStringList{QStringLiteral("write_off")});
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT sum(amount) FROM entries WHERE account "
                                                  "= 'revenue_calls')")),
             1'866'667);
    tell("call_ended", call, report);
    QCOMPARE(kinds(0).size(), 1);
    QCOMPARE(looseEnds(), QString());
}

void TestCalls::quietHoursAreWaitedFor()
{
    m_clock.set(core::fromIso(u"2026-11-24T13:30:00Z").value()); // half past eight in New Jersey
    const qint64 call = ask();
    QCOMPARE(state(call), QStringLiteral("queued"));
    QCOMPARE(money().held, Money());
    wait(29min);
    QCOMPARE(state(call), QStringLiteral("queued"));
    wait(2min);
    QCOMPARE(state(call), QStringLiteral("dialling"));
}

void TestCalls::aCallThatWaitedCostsWhatWasShown()
{
    m_clock.set(core::fromIso(u"2026-11-24T13:30:00Z").value());
    const qint64 call = ask();
    QCOMPARE(state(call), QStringLiteral("queued"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(QStringLiteral(
        "INSERT INTO rate_versions (id, starts_at, recording_fee, note) VALUES (2, "
        "'2026-11-24T13:40:00Z', 20000, 'dearer'); INSERT INTO rates SELECT 2, prefix, "
        "10 * per_minute FROM rates WHERE version = 1")));
    wait(31min);
    QCOMPARE(state(call), QStringLiteral("dialling"));
    QCOMPARE(value(call, "rates_version"), QStringLiteral("1"));
    QCOMPARE(value(call, "rate_per_minute"), QStringLiteral("350000"));
    QVERIFY(owner->runScript(QStringLiteral(
        "SET session_replication_role = replica; DELETE FROM calls; DELETE FROM rates WHERE "
        "version = 2; DELETE FROM rate_versions WHERE id = 2")));
}

void TestCalls::doNotCallIsRefusedAndOptOutIsKept()
{
    const qint64 first = ask();
    answerDial(first);
    Json report = analyzed(over(first));
    report["call_analysis"]["custom_analysis_data"] = {{calls::optOutResult().toStdString(), true}};
    tell("call_analyzed", first, report);
    tell("call_analyzed", first, report);
    QCOMPARE(count(QStringLiteral("do_not_call WHERE kind = 'opted_out'")), 1);
    addCaller(7002, Money::fromCents(25'00));
    const qint64 second = ask(kCallee, 7002);
    QCOMPARE(state(second), QStringLiteral("refused"));
    QCOMPARE(told(7002).value(1), QStringLiteral("guard.do_not_call.listed"));
}

void TestCalls::sameWishTwiceIsOneCall()
{
    const auto askWith = [&](const QString &to) {
        return committed<calls::CallId>(
            *m_connection, [&](database::Transaction &transaction) -> Result<calls::CallId> {
                const engine::Event event = anEvent();
                engine::Context context(transaction, event, kInstallationKey);
                return m_flow->ask(context,
                                   {.customer = CustomerId{kCaller},
                                    .script = calls::ScriptVersionId{kCaller},
                                    .to = to},
                                   QStringLiteral("tap:1"));
            });
    };
    const auto first = askWith(kCallee);
    const auto again = askWith(kCallee);
    QVERIFY(first && again);
    QCOMPARE(again->value, first->value);
    const auto other = askWith(QStringLiteral("+12015550124"));
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::Duplicate);
    run();
    QCOMPARE(asked("createPhoneCall"), 1);
}

void TestCalls::previewPromisesWhatTheDialDoes()
{
    std::optional<calls::Preview> preview;
    const auto looked = database::inTransaction(
        *m_connection, [&](database::Transaction &transaction) -> Result<void> {
            const engine::Event event = anEvent();
            engine::Context context(transaction, event, kInstallationKey);
            const auto seen = m_flow->preview(context, {.customer = CustomerId{kCaller},
                                                        .script = calls::ScriptVersionId{kCaller},
                                                        .to = kCallee});
            if (seen)
                preview = *seen;
            return seen ? Result<void>() : failure(seen.error());
        });
    QVERIFY2(looked, qUtf8Printable(looked ? QString() : looked.error().detail));
    QVERIFY(preview->verdict.isAllowed());
    QCOMPARE(preview->hold.micros(), 1'750'000);
    QCOMPARE(preview->priceOfExpected.micros(), 700'000);
    QCOMPARE(preview->priceOfLongest.micros(), 1'750'000);
    QCOMPARE(count(QStringLiteral("calls")), 0);
    ask();
    QCOMPARE(money().held, preview->hold);
}

void TestCalls::scriptOfAnotherCustomerIsRefused()
{
    addCaller(7002, Money::fromCents(25'00));
    const auto other = database::inTransaction(
        *m_connection, [&](database::Transaction &transaction) -> Result<void> {
            const engine::Event event = anEvent();
            engine::Context context(transaction, event, kInstallationKey);
            const auto seen = m_flow->preview(context, {.customer = CustomerId{7002},
                                                        .script = calls::ScriptVersionId{kCaller},
                                                        .to = kCallee});
            return seen ? Result<void>() : failure(seen.error());
        });
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::NotFound);
}

void TestCalls::liveMessageIsEditedAtMostOnceInThreeSeconds()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_started", call, ongoing(call));
    QCOMPARE(asked("editMessageText"), 0); // the message itself is a moment old
    wait(5s);
    QCOMPARE(asked("editMessageText"), 1);
    QCOMPARE(shown(), QStringList{QStringLiteral("call.live.talking")});
    wait(60s);
    QCOMPARE(asked("editMessageText"), 5); // the clock and the cost go on
    tell("call_ended", call, over(call));
    wait(5s);
    QCOMPARE(shown().value(1), QStringLiteral("call.end.completed"));
    const qint64 edits = asked("editMessageText");
    wait(60s);
    QCOMPARE(asked("editMessageText"), edits);
}

void TestCalls::newestTranscriptReplacesTheOlderUntilTheEnd()
{
    const qint64 call = ask();
    const auto hear = [&](int turns, const QString &attempt) {
        intake::LiveTranscript live{.call = call, .attempt = attempt};
        for (int i = 0; i < turns; ++i)
            live.items.push_back({{"role", "agent"}, {"content", "Hello."}});
        intake::replaceLiveTranscript(*m_connection, live, m_clock.now());
    };
    const auto turns = [&] {
        return number(*m_connection, QStringLiteral("(SELECT sum(turns) FROM live_transcripts)"));
    };
    const QString attempt = value(call, "attempt_id");
    hear(2, attempt);
    hear(4, attempt);
    hear(3, attempt); // overtaken
    QCOMPARE(turns(), 4);
    hear(9, QStringLiteral("of somebody else"));
    QCOMPARE(turns(), 4);
    answerDial(call);
    tell("call_ended", call, over(call));
    QCOMPARE(count(QStringLiteral("live_transcripts")), 0);
    hear(5, attempt); // late
    QCOMPARE(count(QStringLiteral("live_transcripts")), 0);
    QVERIFY(value(call, "transcript").contains(QStringLiteral("Hello.")));
}

void TestCalls::whatFailedAfterItWasChargedIsSaidOnce()
{
    QStringList heard; // by whoever gives money back
    m_routes.add(
        {.kind = QStringLiteral("refund.automatic"),
         .handle = [&](const engine::Event &event, engine::Context &) -> Result<engine::Outcome> {
             heard << core::textMember(event.payload, "why").value_or(QString());
             return engine::Outcome::Handled;
         }});
    const qint64 call = ask();
    answerDial(call);
    tell("call_started", call, ongoing(call));
    wait(100s);
    tell("call_ended", call, over(call));
    QCOMPARE(value(call, "charged"), QStringLiteral("583334"));
    tell("call_analyzed", call, analyzed(over(call)));
    QCOMPARE(heard, QStringList());
    const Json failed = over(call, QStringLiteral("error_retell"));
    tell("call_ended", call, failed);
    tell("call_analyzed", call, analyzed(failed));
    QCOMPARE(heard, QStringList{QStringLiteral("error_retell")});
    QCOMPARE(value(call, "charged"), QStringLiteral("583334")); // a charge stays what it was
}

REGISTER_TEST(TestCalls);

} // namespace tst_calls

#include "tst_calls.moc"
