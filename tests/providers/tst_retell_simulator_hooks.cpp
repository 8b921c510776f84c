#include "tests/providers/simulator_calls.h"
#include "tests/support/test_main.h"

namespace tst_retell_simulator_hooks {

using namespace providers::retell;
using namespace std::chrono_literals;
using tests::CallStage;

namespace {

const QString kStarted = QStringLiteral("call_started");
const QString kEnded = QStringLiteral("call_ended");
const QString kAnalyzed = QStringLiteral("call_analyzed");
const QStringList kAll = {kStarted, kEnded, kAnalyzed};

/// Lets a short call go by, from dial to analysis.
QString passBy(CallStage &stage, QStringList steps = {})
{
    steps.prepend(QStringLiteral("talk(10)"));
    const QString id = stage.dial(steps);
    stage.clock.advance(1min);
    return id;
}

} // namespace

class TestRetellSimulatorHooks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eventsShowTheCallAsItWas();
    void tellingIsAsPlanned_data();
    void tellingIsAsPlanned();
    void aFailedWebhookIsTriedFourTimesAndSignedAnew();
    void aSuccessEndsTheTries();
    void oneThatFailsDoesNotHoldTheOthers();
    void badSignaturesAreAsNamed_data();
    void badSignaturesAreAsNamed();
    void lateOnesAreSignedWhenSent();
    void webhooksAreLostHeldAndDoubled();
    void theTranscriptIsToldLineByLine();
    void somebodySaysSomethingLive();
    void hangingUpByHand();
    void aWebhookCanBeSentAgain();
    void oddBodiesAreStillRead();
    void transfersAreToldToWhoListens();
    void withoutAUrlNobodyIsTold();
    void silenceIsAwaited();
};

void TestRetellSimulatorHooks::eventsShowTheCallAsItWas()
{
    CallStage stage;
    const QString id = passBy(stage);
    QTRY_COMPARE(stage.told(), kAll);
    QVERIFY(stage.event(0).call.status == CallStatus::Ongoing);
    QVERIFY(stage.event(0).call.startedAt && !stage.event(0).call.endedAt);
    QVERIFY(stage.event(1).call.isOver() && !stage.event(1).call.analysis);
    QVERIFY(stage.event(1).call.duration == 10s);
    QCOMPARE(stage.event(2).call.analysis->isSuccessful, std::optional(true));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(stage.event(i).call.callId, id);
        QCOMPARE(core::textMember(stage.event(i).call.metadata, "attempt"), QStringLiteral("a-1"));
    }
    const Json deliveries = stage.see("deliveries")["deliveries"];
    QCOMPARE(deliveries[0]["provider"], Json("retell"));
    QCOMPARE(deliveries[0]["about"], Json(id.toStdString()));
}

void TestRetellSimulatorHooks::tellingIsAsPlanned_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QStringList>("told");
    QTest::newRow("in order") << QStringLiteral("webhooks=in_order") << kAll;
    QTest::newRow("in turn") << QStringLiteral("webhooks=in_turn") << kAll;
    QTest::newRow("reversed") << QStringLiteral("webhooks=reversed")
                              << QStringList{kAnalyzed, kEnded, kStarted};
    QTest::newRow("only the last")
        << QStringLiteral("webhooks=only_last") << QStringList{kAnalyzed};
    QTest::newRow("each twice") << QStringLiteral("duplicate(2)")
                                << QStringList{kStarted, kStarted,  kEnded,
                                               kEnded,   kAnalyzed, kAnalyzed};
    QTest::newRow("no analysis") << QStringLiteral("no_analysis") << QStringList{kStarted, kEnded};
}

void TestRetellSimulatorHooks::tellingIsAsPlanned()
{
    QFETCH(const QString, step);
    QFETCH(const QStringList, told);
    CallStage stage;
    passBy(stage, {step});
    QTRY_COMPARE(stage.told().size(), told.size());
    QCOMPARE(stage.told(), told);
    QTRY_COMPARE(stage.see("health")["pending_call_events"], Json(0));
    QCOMPARE(stage.told().size(), told.size());
}

void TestRetellSimulatorHooks::aFailedWebhookIsTriedFourTimesAndSignedAnew()
{
    CallStage stage;
    stage.receiver.nextStatuses = QList<int>(20, 503);
    stage.dial({QStringLiteral("reason=dial_busy"), QStringLiteral("analysis(100000)")});
    stage.clock.advance(2s);
    for (int tries = 1; tries <= 4; ++tries) {
        QTRY_COMPARE(stage.told().size(), tries);
        QVERIFY(stage.verdict(tries - 1) == SignatureVerdict::Valid);
        QCOMPARE(stage.receiver.requests[tries - 1].body, stage.receiver.requests[0].body);
        QTRY_COMPARE(stage.see("deliveries")["count"], Json(tries));
        stage.clock.advance(10min); // the first signature is stale by now
    }
    QTRY_COMPARE(stage.see("health")["pending_call_events"], Json(0));
    QCOMPARE(stage.told().size(), 4);
    QCOMPARE(stage.see("deliveries")["deliveries"][3]["attempt"], Json(4));
}

void TestRetellSimulatorHooks::aSuccessEndsTheTries()
{
    CallStage stage;
    stage.receiver.nextStatuses = {500};
    stage.dial({QStringLiteral("reason=dial_busy"), QStringLiteral("no_analysis")});
    stage.clock.advance(2s);
    QTRY_COMPARE(stage.see("deliveries")["count"], Json(1));
    stage.clock.advance(5s);
    QTRY_COMPARE(stage.told().size(), 2);
    QTRY_COMPARE(stage.see("health")["pending_call_events"], Json(0));
}

void TestRetellSimulatorHooks::oneThatFailsDoesNotHoldTheOthers()
{
    CallStage stage;
    stage.receiver.isHolding = true;
    stage.receiver.holdsBodiesWith = "call_started";
    passBy(stage);
    QTRY_COMPARE(stage.told(), kAll);
    QCOMPARE(stage.receiver.held.size(), 1);
}

void TestRetellSimulatorHooks::badSignaturesAreAsNamed_data()
{
    QTest::addColumn<int>("verdict");
    QTest::newRow("good") << int(SignatureVerdict::Valid);
    QTest::newRow("wrong") << int(SignatureVerdict::Wrong);
    QTest::newRow("stale") << int(SignatureVerdict::Stale);
    QTest::newRow("none") << int(SignatureVerdict::Absent);
}

void TestRetellSimulatorHooks::badSignaturesAreAsNamed()
{
    QFETCH(const int, verdict);
    CallStage stage;
    passBy(stage, {QStringLiteral("signing=") + QString::fromLatin1(QTest::currentDataTag())});
    QTRY_COMPARE(stage.told().size(), 3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(int(stage.verdict(i)), verdict);
}

void TestRetellSimulatorHooks::lateOnesAreSignedWhenSent()
{
    CallStage stage;
    const QString id = passBy(stage, {QStringLiteral("late(3600)")});
    QTRY_VERIFY(stage.call(id).analysis.has_value());
    QVERIFY(stage.told().isEmpty());
    stage.clock.advance(1h);
    QTRY_COMPARE(stage.told().size(), 3);
    QVERIFY(stage.verdict(0) == SignatureVerdict::Valid);
}

void TestRetellSimulatorHooks::webhooksAreLostHeldAndDoubled()
{
    CallStage stage;
    stage.act("deliveries/faults",
              {{"provider", "retell"}, {"kind", "call_started"}, {"lose", true}});
    stage.act("deliveries/faults",
              {{"provider", "retell"}, {"kind", "call_ended"}, {"hold", true}});
    stage.act("deliveries/faults",
              {{"provider", "retell"}, {"kind", "call_analyzed"}, {"duplicate", 1}});
    passBy(stage);
    QTRY_COMPARE(stage.told(), (QStringList{kAnalyzed, kAnalyzed}));
    QCOMPARE(stage.see("deliveries")["held"], Json(1));
    stage.act("deliveries/release");
    QTRY_COMPARE(stage.told().size(), 3);
    QCOMPARE(stage.told().back(), kEnded);
}

void TestRetellSimulatorHooks::theTranscriptIsToldLineByLine()
{
    CallStage stage;
    stage.act("retell/agents", {{"agent_id", "agent_1"},
                                {"webhook_url", stage.receiver.url()},
                                {"webhook_events", {"transcript_updated"}}});
    stage.dial({QStringLiteral("talk(30)"), QStringLiteral("agent=Please say the code"),
                QStringLiteral("user=It is 4 7 1 1")});
    for (int lines = 1; lines <= 2; ++lines) {
        stage.clock.advance(lines == 1 ? 12s : 10s); // of 30 s: after 2 + 10 and 2 + 20
        QTRY_COMPARE(stage.told().size(), lines);
    }
    QVERIFY(stage.event(1).kind == EventKind::TranscriptUpdated);
    QVERIFY(!stage.event(1).call.isOver());
    const QList<TranscriptItem> items = stage.event(1).call.items;
    QCOMPARE(items.size(), 2);
    QCOMPARE(items[1].content, QStringLiteral("It is 4 7 1 1"));
    QVERIFY(items[1].role == TranscriptItem::Role::User);
    QVERIFY(items[1].at == 20s);
    stage.clock.advance(30s);
    QTRY_COMPARE(stage.told().size(), 3); // the last of them, with everything
    QVERIFY(stage.event(2).call.isOver());
}

void TestRetellSimulatorHooks::somebodySaysSomethingLive()
{
    CallStage stage;
    const QString id = stage.dial({QStringLiteral("turns(0)"), QStringLiteral("talk(60)")});
    QCOMPARE(stage.act("retell/calls/last/say", {{"text", "hello"}}).status, 409); // it rings
    stage.clock.advance(10s);
    QTRY_COMPARE(stage.told(), QStringList{kStarted});
    QCOMPARE(stage.act("retell/calls/last/say", {{"text", "hello"}}).status, 200);
    QCOMPARE(stage.call(id).items.size(), 1);
    QCOMPARE(stage.call(id).items.front().content, QStringLiteral("hello"));
    QCOMPARE(stage.act("retell/calls/none/say", {{"text", "hello"}}).status, 404);
}

void TestRetellSimulatorHooks::hangingUpByHand()
{
    CallStage stage;
    const QString id = stage.dial({QStringLiteral("talk(600)")});
    stage.clock.advance(7s);
    QTRY_COMPARE(stage.told(), QStringList{kStarted});
    const QByteArray path = "retell/calls/" + id.toLatin1() + "/hang_up";
    QCOMPARE(stage.act(path.constData(), {{"reason", "of_tomorrow"}}).status, 200);
    QVERIFY(stage.call(id).disconnection->reason == DisconnectionReason::Unknown);
    QCOMPARE(stage.call(id).disconnection->text, QStringLiteral("of_tomorrow"));
    QVERIFY(stage.call(id).duration == 5s);
    QCOMPARE(stage.act(path.constData()).status, 409);
}

void TestRetellSimulatorHooks::aWebhookCanBeSentAgain()
{
    CallStage stage;
    passBy(stage, {QStringLiteral("webhooks=none")});
    QTRY_COMPARE(stage.see("retell/calls")["calls"][0]["analyzed"], Json(true));
    QVERIFY(stage.told().isEmpty());
    const Json due = stage.see("retell/calls")["calls"][0]["told"];
    QCOMPARE(due.back(), Json("call_analyzed"));
    stage.act("retell/calls/last/webhook", {{"event", "call_started"}});
    QTRY_COMPARE(stage.told(), QStringList{kStarted});
    QVERIFY(stage.verdict(0) == SignatureVerdict::Valid);
}

void TestRetellSimulatorHooks::oddBodiesAreStillRead()
{
    CallStage stage;
    passBy(stage, {QStringLiteral("unknown_fields"), QStringLiteral("nulls"),
                   QStringLiteral("text_numbers"), QStringLiteral("says_registered")});
    QTRY_COMPARE(stage.told(), kAll);
    const Call call = stage.event(1).call;
    QVERIFY(call.status == CallStatus::Registered);
    QVERIFY(call.settledStatus() == CallStatus::Ended);
    QVERIFY(call.duration == 10s);
    QVERIFY(call.cost->combined.has_value());
    QVERIFY(stage.receiver.requests[1].body.contains(R"("duration_ms":"10000")"));
    QVERIFY(stage.receiver.requests[1].body.contains("a_field_of_tomorrow"));
    QVERIFY(stage.receiver.requests[1].body.contains(R"("agent_tag":null)"));
}

void TestRetellSimulatorHooks::transfersAreToldToWhoListens()
{
    CallStage stage;
    stage.act("retell/agents",
              {{"agent_id", "agent_1"},
               {"webhook_url", stage.receiver.url()},
               {"webhook_events", {"transfer_started", "transfer_bridged", "call_ended"}}});
    passBy(stage, {QStringLiteral("reason=call_transfer")});
    QTRY_COMPARE(stage.told().size(), 3);
    for (int i = 0; i < 3; ++i) {
        if (stage.event(i).kind == EventKind::TransferStarted)
            QCOMPARE(stage.event(i).transferDestination, QStringLiteral("+14155550199"));
        else
            QVERIFY(!stage.event(i).call.transferDestination.isEmpty());
    }
}

void TestRetellSimulatorHooks::withoutAUrlNobodyIsTold()
{
    CallStage stage;
    stage.act("retell/agents", {{"agent_id", "agent_1"}});
    const QString id = passBy(stage);
    QTRY_VERIFY(stage.call(id).analysis.has_value());
    QCOMPARE(stage.see("deliveries")["count"], Json(0));
    stage.act("settings", {{"retell_webhook_url", stage.receiver.url()}});
    passBy(stage);
    QTRY_COMPARE(stage.told(), kAll);
}

void TestRetellSimulatorHooks::silenceIsAwaited()
{
    CallStage stage;
    stage.receiver.isHolding = true;
    passBy(stage, {QStringLiteral("no_analysis")});
    QTRY_COMPARE(stage.receiver.held.size(), 2);
    QCOMPARE(stage.see("health")["pending_call_events"], Json(2));
    QCOMPARE(stage.request("GET", QStringLiteral("/_sim/wait?timeout_ms=50")).status, 408);
    for (const http::Reply &reply : std::as_const(stage.receiver.held))
        reply.send({.status = 204});
    QCOMPARE(stage.request("GET", QStringLiteral("/_sim/wait")).status, 200);
}

REGISTER_TEST(TestRetellSimulatorHooks);

} // namespace tst_retell_simulator_hooks

#include "tst_retell_simulator_hooks.moc"
