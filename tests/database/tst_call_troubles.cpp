#include "tests/database/call_fixture.h"
#include "tests/support/test_main.h"

namespace tst_call_troubles {

using namespace tests;

/// Calls of which nobody knows, that are refused, stopped, or found when nobody expects them.
class TestCallTroubles final : public CallStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void refusedDialIsToldAndReleased_data();
    void refusedDialIsToldAndReleased();
    void unknownDialIsFoundByItsAttempt_data();
    void unknownDialIsFoundByItsAttempt();
    void webhookOfAnUnknownDialAdoptsIt();
    void unknownDialIsGivenUpAfterTenMinutes();
    void holdIsNotReleasedWhileTheProviderDoesNotAnswer();
    void callFoundAfterItWasGivenUpIsStoppedAndOurs();
    void refusedOrCancelledCallThatIsThereAfterAllIsStopped_data();
    void refusedOrCancelledCallThatIsThereAfterAllIsStopped();
    void stoppedBeforeItLeavesItIsNeverDialled();
    void stoppedOnItsWayItIsStoppedAtTheProvider();
    void stoppedOnItsWayItIsNotDialledOnceMore();
    void stoppedOnItsWayAndWaitingAgainItIsTakenBack();
    void stopThatWasRefusedWhileItRangIsAskedForAgain();
    void stoppedWhileTheyTalkItIsPaidAsFarAsItWent();
    void stopOfACallThatIsOverDoesNothing();
    void stopAllStopsWhatIsLiveAndWhatWaits();
    void eventOnAnotherLaneIsHandedOn();
    void secondCallOfOneDialIsStopped();
    void endWithoutADurationIsAskedAbout();
    void callTheProviderForgotIsReleased();
    void callThatTalksIsNotForgottenBeforeItsEnd();
    void optOutIsFoundWithoutItsWebhook();
    void analysisIsLookedForForADay();
    void dialThatCannotBeJudgedIsTold();
};

void TestCallTroubles::refusedDialIsToldAndReleased_data()
{
    QTest::addColumn<int>("http");
    QTest::addColumn<QString>("outcome");
    for (const int status : {400, 401, 402, 403, 404, 422, 429})
        QTest::addRow("%d", status) << status << QStringLiteral("provider");
    QTest::newRow("no connection") << 0 << QStringLiteral("not_placed");
}

void TestCallTroubles::refusedDialIsToldAndReleased()
{
    QFETCH(int, http);
    QFETCH(QString, outcome);
    const qint64 call = ask();
    if (http == 0)
        answerDial(call, Json{{"expired", true}});
    else
        answerDial(call, http, {{"status", "error"}, {"message", "no"}});
    QCOMPARE(state(call), QStringLiteral("failed"));
    QCOMPARE(value(call, "outcome"), outcome);
    QCOMPARE(money().available, Money::fromCents(25'00));
    QCOMPARE(told(),
             (QStringList{QStringLiteral("call.live.over"), QStringLiteral("call.end.") + outcome,
                          QStringLiteral("call.money.released")}));
    QCOMPARE(asked("createPhoneCall"), 1);
    wait(20min);
    QCOMPARE(asked("listCalls") + asked("getCall"), 0);
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::unknownDialIsFoundByItsAttempt_data()
{
    QTest::addColumn<bool>("isServerError"); // else silence
    QTest::newRow("time-out after it was accepted") << false;
    QTest::newRow("500 after it was accepted") << true;
}

void TestCallTroubles::unknownDialIsFoundByItsAttempt()
{
    QFETCH(bool, isServerError);
    const qint64 call = ask();
    if (isServerError)
        answerDial(call, 500, {{"status", "error"}});
    else
        answerDial(call, Json{{"unknown", true}});
    QCOMPARE(state(call), QStringLiteral("unknown"));
    QCOMPARE(asked("listCalls"), 1);
    answer("listCalls", call, {{"items", Json::array()}, {"has_more", false}});
    QCOMPARE(state(call), QStringLiteral("unknown"));
    wait(65s);
    QCOMPARE(asked("listCalls"), 2);
    answer("listCalls", call, {{"items", Json::array({ongoing(call)})}, {"has_more", false}});
    QCOMPARE(state(call), QStringLiteral("talking"));
    tell("call_ended", call, over(call));
    QCOMPARE(value(call, "charged"), QStringLiteral("583334"));
    QCOMPARE(asked("createPhoneCall"), 1);
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::webhookOfAnUnknownDialAdoptsIt()
{
    const qint64 call = ask();
    answerDial(call, Json{{"unknown", true}});
    tell("call_started", call, ongoing(call));
    QCOMPARE(state(call), QStringLiteral("talking"));
    QCOMPARE(value(call, "provider_call_id"), QStringLiteral("retell_%1").arg(call));
    answer("listCalls", call, {{"items", Json::array()}, {"has_more", false}});
    wait(11min);
    QVERIFY(state(call) != QStringLiteral("failed"));
}

void TestCallTroubles::unknownDialIsGivenUpAfterTenMinutes()
{
    const qint64 call = ask();
    answerDial(call, Json{{"unknown", true}});
    wait(9min);
    answer("listCalls", call, {{"items", Json::array()}, {"has_more", false}});
    QCOMPARE(state(call), QStringLiteral("unknown"));
    wait(2min);
    answer("listCalls", call, {{"items", Json::array()}, {"has_more", false}});
    QCOMPARE(state(call), QStringLiteral("failed"));
    QCOMPARE(money().available, Money::fromCents(25'00));
    QCOMPARE(told().value(1), QStringLiteral("call.end.not_placed"));
    const qint64 looks = asked("listCalls");
    wait(30min);
    QCOMPARE(asked("listCalls"), looks);
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::holdIsNotReleasedWhileTheProviderDoesNotAnswer()
{
    const qint64 call = ask();
    answerDial(call, Json{{"unknown", true}});
    for (int i = 0; i < 4; ++i) {
        wait(5min);
        answer("listCalls", call, {{"status", "error"}}, 500);
    }
    QCOMPARE(state(call), QStringLiteral("unknown"));
    QCOMPARE(money().held, Money::fromMicros(1'750'000));
    answer("listCalls", call, {{"items", Json::array()}, {"has_more", false}});
    QCOMPARE(state(call), QStringLiteral("failed"));
    QCOMPARE(money().held, Money());
}

void TestCallTroubles::callFoundAfterItWasGivenUpIsStoppedAndOurs()
{
    const qint64 call = ask();
    answerDial(call, Json{{"unknown", true}});
    wait(11min);
    answer("listCalls", call, {{"items", Json::array()}, {"has_more", false}});
    QCOMPARE(state(call), QStringLiteral("failed"));
    tell("call_started", call, ongoing(call));
    QCOMPARE(asked("stopCall"), 1);
    tell("call_started", call, ongoing(call));
    QCOMPARE(asked("stopCall"), 2); // it was not heard
    wait(35s);
    QCOMPARE(asked("getCall"), 1);
    answer("getCall", call, ongoing(call));
    QCOMPARE(asked("stopCall"), 3);
    for (int i = 0; i < 2; ++i)
        tell("call_ended", call, over(call, QStringLiteral("manual_stopped"), 30'000));
    tell("call_analyzed", call, analyzed(over(call, QStringLiteral("manual_stopped"), 30'000)));
    QCOMPARE(state(call), QStringLiteral("failed"));
    QCOMPARE(money().available, Money::fromCents(25'00));
    QCOMPARE(value(call, "uncovered"), QStringLiteral("175000"));
    QCOMPARE(kinds(0), QStringList{QStringLiteral("write_off")});
    QCOMPARE(value(call, "provider_cost"), QStringLiteral("23.456789"));
    wait(30min);
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::refusedOrCancelledCallThatIsThereAfterAllIsStopped_data()
{
    QTest::addColumn<bool>("isRefused"); // else cancelled
    QTest::newRow("refused by the provider") << true;
    QTest::newRow("taken back") << false;
}

void TestCallTroubles::refusedOrCancelledCallThatIsThereAfterAllIsStopped()
{
    QFETCH(bool, isRefused);
    const qint64 call = ask();
    if (isRefused)
        answerDial(call, 402, {{"status", "error"}});
    else
        stop(call);
    const QString ended = state(call);
    for (int i = 1; i <= 2; ++i) {
        tell("call_started", call, ongoing(call));
        QCOMPARE(asked("stopCall"), i);
    }
    tell("call_ended", call, over(call, QStringLiteral("manual_stopped"), 6'000));
    tell("call_analyzed", call, analyzed(over(call, QStringLiteral("manual_stopped"), 6'000)));
    QCOMPARE(state(call), ended);
    QCOMPARE(money().available, Money::fromCents(25'00));
    QCOMPARE(value(call, "uncovered"), QStringLiteral("35000"));
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::stoppedBeforeItLeavesItIsNeverDialled()
{
    const qint64 call = ask();
    QCOMPARE(state(call), QStringLiteral("dialling"));
    stop(call);
    QCOMPARE(state(call), QStringLiteral("cancelled"));
    QCOMPARE(count(QStringLiteral("outbox_waiting w JOIN outbox o ON o.id = w.outbox_id WHERE "
                                  "o.method = 'createPhoneCall'")),
             0);
    QCOMPARE(money().available, Money::fromCents(25'00));
    wait(20min);
    QCOMPARE(shown(), QStringList{QStringLiteral("call.live.cancelled")});
    QCOMPARE(asked("getCall") + asked("listCalls"), 0);
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::stoppedOnItsWayItIsStoppedAtTheProvider()
{
    const qint64 call = ask();
    QVERIFY(m_connection->run(QStringLiteral("UPDATE outbox_waiting SET state = 'sending'")));
    stop(call);
    QCOMPARE(state(call), QStringLiteral("dialling"));
    QCOMPARE(asked("stopCall"), 0);
    answerDial(call);
    QCOMPARE(asked("stopCall"), 1);
    QCOMPARE(state(call), QStringLiteral("ending"));
    tell("call_ended", call, over(call, QStringLiteral("manual_stopped"), -1));
    QCOMPARE(state(call), QStringLiteral("not_connected"));
    QCOMPARE(value(call, "outcome"), QStringLiteral("stopped"));
    QCOMPARE(money().available, Money::fromCents(25'00));
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::stoppedOnItsWayItIsNotDialledOnceMore()
{
    const qint64 call = ask();
    QVERIFY(m_connection->run(QStringLiteral("UPDATE outbox_waiting SET state = 'sending'")));
    stop(call);
    QCOMPARE(count(QStringLiteral("outbox_waiting w JOIN outbox o ON o.id = w.outbox_id WHERE "
                                  "o.method = 'createPhoneCall' AND w.no_repeat")),
             1);
    answerDial(call, Json{{"expired", true}});
    QCOMPARE(state(call), QStringLiteral("cancelled"));
    QCOMPARE(value(call, "outcome"), QStringLiteral("stopped"));
    QCOMPARE(money().available, Money::fromCents(25'00));
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::stoppedOnItsWayAndWaitingAgainItIsTakenBack()
{
    const qint64 call = ask();
    QVERIFY(m_connection->run(QStringLiteral("UPDATE outbox_waiting SET state = 'sending'")));
    stop(call);
    QVERIFY(m_connection->run(QStringLiteral("UPDATE outbox_waiting SET state = 'waiting'")));
    stop(call);
    QCOMPARE(state(call), QStringLiteral("cancelled"));
    QCOMPARE(count(QStringLiteral("outbox_waiting w JOIN outbox o ON o.id = w.outbox_id WHERE "
                                  "o.method = 'createPhoneCall'")),
             0);
    QCOMPARE(money().available, Money::fromCents(25'00));
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::stopThatWasRefusedWhileItRangIsAskedForAgain()
{
    const Json refusal = {{"status", "error"}, {"message", "The call is not ongoing."}};
    const qint64 call = ask();
    answerDial(call);
    stop(call);
    QCOMPARE(asked("stopCall"), 1);
    answer("stopCall", call, refusal, 400);
    wait(10s);
    QCOMPARE(asked("getCall"), 1);
    answer("getCall", call, report(call)); // it rings still
    QCOMPARE(asked("stopCall"), 2);
    answer("stopCall", call, refusal, 400);
    tell("call_started", call, ongoing(call));
    QCOMPARE(asked("stopCall"), 3);
    QCOMPARE(state(call), QStringLiteral("ending"));
    tell("call_started", call, ongoing(call)); // the same once more is no reason
    QCOMPARE(asked("stopCall"), 3);
    wait(35s); // and not first when it should have been over by itself
    QCOMPARE(asked("getCall"), 2);
    answer("getCall", call, ongoing(call));
    QCOMPARE(asked("stopCall"), 4);
    tell("call_ended", call, over(call, QStringLiteral("manual_stopped"), 40'000));
    QCOMPARE(state(call), QStringLiteral("ended"));
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::stoppedWhileTheyTalkItIsPaidAsFarAsItWent()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_started", call, ongoing(call));
    stop(call);
    QCOMPARE(state(call), QStringLiteral("ending"));
    QCOMPARE(asked("stopCall"), 1);
    stop(call, "operator");
    QCOMPARE(asked("stopCall"), 2); // perhaps the first one was not heard
    QCOMPARE(value(call, "stop_reason"), QStringLiteral("customer"));
    QCOMPARE(count(QStringLiteral("call_events WHERE kind = 'stop'")), 1);
    tell("call_ended", call, over(call, QStringLiteral("manual_stopped"), 10'000));
    QCOMPARE(value(call, "charged"), QStringLiteral("58334"));
    QCOMPARE(value(call, "stopped_by"), QStringLiteral("asha"));
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::stopOfACallThatIsOverDoesNothing()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_ended", call, over(call));
    stop(call);
    QCOMPARE(state(call), QStringLiteral("ended"));
    QCOMPARE(asked("stopCall"), 0);
    QCOMPARE(value(call, "stop_requested_at"), QString());
}

void TestCallTroubles::stopAllStopsWhatIsLiveAndWhatWaits()
{
    const qint64 live = ask();
    answerDial(live);
    tell("call_started", live, ongoing(live));
    const qint64 waiting = ask(QStringLiteral("+12015550124"));
    QCOMPARE(state(waiting), QStringLiteral("queued"));
    turnAll(true);
    QCOMPARE(state(live), QStringLiteral("ending"));
    QCOMPARE(asked("stopCall"), 1);
    QCOMPARE(state(waiting), QStringLiteral("cancelled"));
    addCaller(7002, Money::fromCents(25'00));
    const qint64 refused = ask(QStringLiteral("+12015550125"), 7002);
    QCOMPARE(state(refused), QStringLiteral("refused"));
    QCOMPARE(told(7002).value(1), QStringLiteral("guard.stop.stopped"));
    turnAll(false);
    const qint64 allowed = ask(QStringLiteral("+12015550126"), 7002);
    QCOMPARE(state(allowed), QStringLiteral("dialling"));
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::eventOnAnotherLaneIsHandedOn()
{
    const qint64 call = ask();
    answerDial(call);
    Json bare = over(call);
    bare.erase("metadata");
    tell("call_ended", call, bare, QStringLiteral("retell:retell_1"));
    QCOMPARE(state(call), QStringLiteral("ended"));
    QCOMPARE(count(QStringLiteral("inbox WHERE kind = 'retell.webhook' AND lane = "
                                  "'customer:7001'")),
             1);
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::secondCallOfOneDialIsStopped()
{
    const qint64 call = ask();
    answerDial(call);
    Json second = ongoing(call);
    second["call_id"] = "retell_other";
    tell("call_started", call, second);
    QCOMPARE(state(call), QStringLiteral("dialling"));
    QCOMPARE(asked("stopCall"), 1);
    tell("call_started", call, second);
    QCOMPARE(asked("stopCall"), 2);
    QCOMPARE(count(QStringLiteral("call_events WHERE kind = 'second_call'")), 1);
    QVERIFY(value(call, "note").contains(QStringLiteral("retell_other")));
    tell("call_ended", call, over(call));
    QCOMPARE(value(call, "charged"), QStringLiteral("583334"));
}

void TestCallTroubles::endWithoutADurationIsAskedAbout()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_started", call, ongoing(call));
    Json bare = over(call);
    bare.erase("duration_ms");
    bare.erase("end_timestamp");
    tell("call_ended", call, bare);
    QCOMPARE(state(call), QStringLiteral("ending"));
    QCOMPARE(asked("getCall"), 1);
    answer("getCall", call, over(call));
    QCOMPARE(value(call, "charged"), QStringLiteral("583334"));
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::callTheProviderForgotIsReleased()
{
    const qint64 call = ask();
    answerDial(call);
    wait(125s);
    QCOMPARE(asked("getCall"), 1);
    answer("getCall", call, {{"status", "error"}}, 422);
    QCOMPARE(state(call), QStringLiteral("dialling")); // perhaps it does not know it yet
    wait(10min);
    answer("getCall", call, {{"status", "error"}}, 422);
    QCOMPARE(state(call), QStringLiteral("failed"));
    QCOMPARE(money().available, Money::fromCents(25'00));
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::callThatTalksIsNotForgottenBeforeItsEnd()
{
    const qint64 call = ask();
    answerDial(call);
    wait(8min);
    tell("call_started", call, ongoing(call));
    wait(3min);
    answer("getCall", call, {{"status", "error"}}, 404);
    QCOMPARE(state(call), QStringLiteral("talking"));
    QCOMPARE(money().held, Money::fromMicros(1'750'000));
    wait(3min + 5s);
    answer("getCall", call, {{"status", "error"}}, 404);
    QCOMPARE(state(call), QStringLiteral("failed"));
    QCOMPARE(money().held, Money());
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::optOutIsFoundWithoutItsWebhook()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_ended", call, over(call));
    QCOMPARE(asked("getCall"), 0);
    wait(95s);
    QCOMPARE(asked("getCall"), 1);
    answer("getCall", call, over(call)); // it is not ready yet
    wait(10min);
    QCOMPARE(asked("getCall"), 2);
    Json report = analyzed(over(call));
    report["call_analysis"]["custom_analysis_data"] = {{calls::optOutResult().toStdString(), true}};
    answer("getCall", call, report);
    QCOMPARE(count(QStringLiteral("do_not_call WHERE kind = 'opted_out'")), 1);
    wait(65min);
    QCOMPARE(asked("getCall"), 2);
    QCOMPARE(count(QStringLiteral("timers WHERE kind = 'call.tell'")), 0);
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::analysisIsLookedForForADay()
{
    const qint64 call = ask();
    answerDial(call);
    tell("call_ended", call, over(call));
    for (int hour = 0; hour < 30; ++hour) {
        m_clock.advance(1h);
        wait(5s);
    }
    QCOMPARE(asked("getCall"), 23); // each hour, and not for ever
    QCOMPARE(count(QStringLiteral("timers WHERE kind = 'call.tell'")), 0);
    const qint64 unanswered = ask(QStringLiteral("+12015550124"));
    answerDial(unanswered);
    tell("call_ended", unanswered, over(unanswered, QStringLiteral("dial_busy"), -1));
    QCOMPARE(count(QStringLiteral("timers WHERE kind = 'call.tell'")), 0); // nobody said anything
    QCOMPARE(looseEnds(), QString());
}

void TestCallTroubles::dialThatCannotBeJudgedIsTold()
{
    // Without a disclosure's script there is nothing to judge by.
    QVERIFY(openConnection(m_url, database::Role::Owner)
                ->runScript(QStringLiteral("DELETE FROM script_agents")));
    const qint64 call = ask();
    for (int i = 0; i < 200 && state(call) == QStringLiteral("asked"); ++i) {
        wait(60s);
        run();
    }
    QCOMPARE(state(call), QStringLiteral("refused"));
    QCOMPARE(told().value(1), QStringLiteral("call.end.not_placed"));
}

REGISTER_TEST(TestCallTroubles);

} // namespace tst_call_troubles

#include "tst_call_troubles.moc"
