#include "tests/providers/simulator_payments.h"
#include "tests/support/test_main.h"

#include "providers/dynopay/api.h"
#include "providers/dynopay/event.h"
#include "providers/dynopay/signature.h"

namespace tst_simulator_payment_hooks {

using namespace std::chrono_literals;
using providers::dynopay::SignatureVerdict;
using tests::create;
using tests::events;
using tests::play;
using tests::SimulatorStage;
using tests::statusOf;
using tests::WebAnswer;

namespace {

const QByteArray kSecret = "whsec_example_only_0123456789abcdef";
const QByteArray kOldSecret = "whsec_old_secret_being_rotated_00000000";

/// Runs a scenario on a fresh payment until `count` webhooks have come.
bool tells(SimulatorStage &stage, const Json &steps, qsizetype count)
{
    play(stage, create(stage), steps);
    return QTest::qWaitFor([&] {
        stage.clock.advance(100ms);
        return stage.receiver.requests.size() >= count;
    });
}

} // namespace

class TestSimulatorPaymentHooks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void underpaidKeepsTheFullBaseAmount();
    void twoPartsAreTwoTransactions();
    void scenariosTellWhatTheySay_data();
    void scenariosTellWhatTheySay();
    void orphansAndRecoveriesHaveTheirFields();
    void settlementFailsAndRecovers();
    void oddBodiesAreOdd();
    void metaAndBaseAmountComeInEveryForm_data();
    void metaAndBaseAmountComeInEveryForm();
    void signaturesAreAsTheirModeSays_data();
    void signaturesAreAsTheirModeSays();
    void failuresAreRetriedFastThenFromTheOutbox();
    void aRefusalIsNotRepeatedAtOnce();
    void forgersPostToTheUrlsTheyWouldKnow();
    void theEventLogSendsAgain();
};

void TestSimulatorPaymentHooks::underpaidKeepsTheFullBaseAmount()
{
    SimulatorStage stage;
    QVERIFY(tells(stage, Json::array({"under(0.06)"}), 3));
    QCOMPARE(events(stage).join(u' '),
             QStringLiteral("payment.underpaid payment.confirmed payment.settled"));
    QVERIFY(!stage.receiver.body(0).contains("meta_data"));
    const auto settled = providers::dynopay::parseEvent(stage.receiver.requests[2].body);
    QCOMPARE(settled->amount, QStringLiteral("0.03614458"));
    QCOMPARE(settled->baseAmount, QStringLiteral("50"));
}

void TestSimulatorPaymentHooks::twoPartsAreTwoTransactions()
{
    SimulatorStage stage;
    QVERIFY(tells(stage, Json::array({"two_part(0.4,0.6)"}), 4));
    const auto first = providers::dynopay::parseEvent(stage.receiver.requests[0].body);
    const auto last = providers::dynopay::parseEvent(stage.receiver.requests[3].body);
    QCOMPARE(first->amountReceived, QStringLiteral("0.24096385"));
    QCOMPARE(last->amount, QStringLiteral("0.36144578"));
    const Json payment = stage.see("payments")["payments"][0];
    QCOMPARE(payment["received"].get<std::string>(), "0.60240963");
    QVERIFY(payment["tx_id"].get<std::string>() == last->txId.toStdString());
}

void TestSimulatorPaymentHooks::scenariosTellWhatTheySay_data()
{
    QTest::addColumn<QString>("steps");
    QTest::addColumn<QString>("told");
    QTest::newRow("over") << "over(1.5)"
                          << "pending confirmed settled";
    QTest::newRow("confirmed only") << "confirmed_only"
                                    << "pending confirmed";
    QTest::newRow("settled only") << "settled_only"
                                  << "settled";
    QTest::newRow("out of order") << "settled_before_confirmed"
                                  << "settled confirmed pending";
    QTest::newRow("duplicates") << "duplicate(3) settled_only"
                                << "settled settled settled";
    QTest::newRow("ghost") << "settled_only ghost_replay(0.001)"
                           << "settled settled";
    QTest::newRow("failed") << "settlement_failed_then_recovered"
                            << "pending confirmed settlement_failed confirmed";
}

void TestSimulatorPaymentHooks::scenariosTellWhatTheySay()
{
    QFETCH(const QString, steps);
    QFETCH(const QString, told);
    SimulatorStage stage;
    Json list = Json::array();
    for (const QString &step : steps.split(u' '))
        list.push_back(step);
    const QStringList expected = told.split(u' ');
    QVERIFY(tells(stage, list, expected.size()));
    // Every flow ends settled, told or not: nothing more is to come then.
    stage.clock.advance(10s);
    QTRY_COMPARE(stage.see("payments")["payments"][0]["status"], Json("settled"));
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
    QCOMPARE(events(stage).replaceInStrings(QStringLiteral("payment."), QString()), expected);
}

void TestSimulatorPaymentHooks::orphansAndRecoveriesHaveTheirFields()
{
    SimulatorStage stage;
    const QByteArray id = create(stage);
    play(stage, id, Json::array({"orphan_recovery(known)"}));
    QTRY_COMPARE(stage.receiver.requests.size(), 1);
    const auto event = providers::dynopay::parseEvent(stage.receiver.requests[0].body);
    QCOMPARE(event->originalPaymentId, QString::fromLatin1(id));
    QVERIFY(event->paymentId != QString::fromLatin1(id));
    QVERIFY(event->isRecovered);
    QVERIFY(!event->meta.depositId);
    play(stage, create(stage), Json::array({"orphan_recovery(unknown)"}));
    QTRY_COMPARE(stage.receiver.requests.size(), 2);
    QVERIFY(stage.receiver.body(1)["original_payment_id"].is_null());
}

void TestSimulatorPaymentHooks::settlementFailsAndRecovers()
{
    SimulatorStage stage;
    const QByteArray id = create(stage);
    play(stage, id, Json::array({"settlement_failed_then_recovered"}));
    stage.clock.advance(2s);
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    QVERIFY(stage.receiver.body(2)["payment_received"].get<bool>());
    QVERIFY(!statusOf(stage, id)->isSettled());
    stage.clock.advance(3s);
    QTRY_COMPARE(stage.receiver.requests.size(), 4);
    QCOMPARE(stage.receiver.body(3)["status"], Json("successful"));
    QVERIFY(stage.receiver.body(3)["recovered"].get<bool>());
    QVERIFY(statusOf(stage, id)->isSettled());
}

void TestSimulatorPaymentHooks::oddBodiesAreOdd()
{
    SimulatorStage stage;
    const auto bodyOf = [&stage](const char *step) {
        const qsizetype before = stage.receiver.requests.size();
        play(stage, create(stage), Json::array({step, "settled_only"}));
        const bool came = QTest::qWaitFor([&] { return stage.receiver.requests.size() > before; });
        return came ? stage.receiver.requests.back().body : QByteArray();
    };
    QVERIFY(!core::parseJson(bodyOf("bad_json")).has_value());
    QVERIFY(bodyOf("huge_body").size() > (2 << 20));
    QVERIFY(providers::dynopay::parseEvent(bodyOf("simulated_flag"))->isSimulated);
    QCOMPARE(providers::dynopay::parseEvent(bodyOf("wrong_currency"))->currency,
             QStringLiteral("DOGE"));
    QCOMPARE(core::textMember(*core::parseJson(bodyOf("unknown_status(received)")), "status"),
             QStringLiteral("received"));
    const auto elsewhere = providers::dynopay::parseEvent(bodyOf("wrong_address"));
    QVERIFY(elsewhere->address !=
            QString::fromStdString(
                stage.see("payments")["payments"].back()["address"].get<std::string>()));
    const auto flat = core::parseJson(bodyOf("legacy_flat"));
    QVERIFY(!flat->contains("event"));
    QCOMPARE(core::textMember(*flat, "status"), QStringLiteral("successful"));
    QVERIFY(stage.receiver.requests.back().header("X-DynoPay-Event").isEmpty());
}

void TestSimulatorPaymentHooks::metaAndBaseAmountComeInEveryForm_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QByteArray>("contains");
    QTest::newRow("object") << "meta=object" << QByteArray(R"("meta_data":{)");
    QTest::newRow("string") << "meta=string" << QByteArray(R"("meta_data":"{\")");
    QTest::newRow("null") << "meta=null" << QByteArray(R"("meta_data":null)");
    QTest::newRow("foreign") << "meta=foreign" << QByteArray("dep_of_somebody_else");
    QTest::newRow("number") << "base_amount=number" << QByteArray(R"("base_amount":50,)");
    QTest::newRow("text") << "base_amount=string" << QByteArray(R"("base_amount":"50.00")");
    QTest::newRow("no base") << "base_amount=null" << QByteArray(R"("base_amount":null)");
    QTest::newRow("wrong base") << "base_amount=wrong" << QByteArray(R"("base_amount":100,)");
}

void TestSimulatorPaymentHooks::metaAndBaseAmountComeInEveryForm()
{
    QFETCH(const QString, step);
    QFETCH(const QByteArray, contains);
    SimulatorStage stage;
    QVERIFY(tells(stage, Json::array({Json(step), Json("settled_only")}), 1));
    QVERIFY2(stage.receiver.requests[0].body.contains(contains),
             stage.receiver.requests[0].body.constData());
}

void TestSimulatorPaymentHooks::signaturesAreAsTheirModeSays_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<SignatureVerdict>("verdict");
    QTest::newRow("none") << "none" << SignatureVerdict::Absent;
    QTest::newRow("v1") << "v1" << SignatureVerdict::ValidV1;
    QTest::newRow("v2") << "v2" << SignatureVerdict::ValidV2;
    QTest::newRow("both") << "both" << SignatureVerdict::ValidV2;
    QTest::newRow("rotated") << "rotated" << SignatureVerdict::ValidV2;
    QTest::newRow("wrong secret") << "wrong_secret" << SignatureVerdict::Wrong;
    QTest::newRow("stale") << "stale" << SignatureVerdict::Stale;
    QTest::newRow("documented") << "documented" << SignatureVerdict::Wrong;
}

void TestSimulatorPaymentHooks::signaturesAreAsTheirModeSays()
{
    QFETCH(const QString, mode);
    QFETCH(const SignatureVerdict, verdict);
    simulator::Options options;
    options.webhookSecrets = {kSecret, kOldSecret};
    SimulatorStage stage(options);
    // The underpaid event has a timestamp of its own, which V1 replaces; the settled one has none.
    QVERIFY(tells(stage, Json::array({Json(QStringLiteral("signing=") + mode), Json("under(0.5)")}),
                  3));
    // During a rotation the receiver may still know the old secret only.
    const QList<QByteArray> known = {mode == u"rotated" ? kOldSecret : kSecret};
    for (const http::Request &request : std::as_const(stage.receiver.requests)) {
        const providers::dynopay::SignatureHeaders headers{
            request.header(providers::dynopay::kSignatureV2Header),
            request.header(providers::dynopay::kSignatureV1Header),
            request.header(providers::dynopay::kTimestampHeader)};
        QCOMPARE(
            providers::dynopay::verifySignature(headers, request.body, known, stage.clock.now()),
            verdict);
        if (mode == u"both")
            QCOMPARE(providers::dynopay::verifySignature({{}, headers.v1, headers.timestamp},
                                                         request.body, known, stage.clock.now()),
                     SignatureVerdict::ValidV1);
    }
}

void TestSimulatorPaymentHooks::failuresAreRetriedFastThenFromTheOutbox()
{
    simulator::Options options;
    options.timeScale = 10;
    SimulatorStage stage(options);
    stage.receiver.nextStatuses = {500, 500, 500, 500};
    // A retry is counted from the answer: the clock moves only once that has been taken.
    const auto answered = [&stage] { return stage.see("deliveries")["count"].get<int>(); };
    play(stage, create(stage), Json::array({"settled_only"}));
    QTRY_COMPARE(answered(), 1);
    stage.clock.advance(100ms); // a second, ten times faster
    QTRY_COMPARE(answered(), 2);
    stage.clock.advance(200ms);
    QTRY_COMPARE(answered(), 3);
    QCOMPARE(stage.receiver.body(2)["webhook_id"], stage.receiver.body(0)["webhook_id"]);
    stage.clock.advance(5900ms);
    QCOMPARE(answered(), 3);
    stage.clock.advance(100ms);
    QTRY_COMPARE(answered(), 4);
    QVERIFY(stage.receiver.body(3)["webhook_id"] != stage.receiver.body(0)["webhook_id"]);
    stage.clock.advance(30s);
    QTRY_COMPARE(answered(), 5);
    QCOMPARE(stage.receiver.requests.size(), 5);
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
}

void TestSimulatorPaymentHooks::aRefusalIsNotRepeatedAtOnce()
{
    simulator::Options options;
    options.hasOutbox = false;
    SimulatorStage stage(options);
    stage.receiver.nextStatuses = {401};
    play(stage, create(stage), Json::array({"settled_only"}));
    QTRY_COMPARE(stage.see("deliveries")["count"].get<int>(), 1);
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
    stage.clock.advance(48h);
    QCOMPARE(stage.see("deliveries")["count"].get<int>(), 1);
}

void TestSimulatorPaymentHooks::forgersPostToTheUrlsTheyWouldKnow()
{
    SimulatorStage stage;
    create(stage, QStringLiteral("/pay/other"));
    const QByteArray id = create(stage, QStringLiteral("/pay/mine"));
    play(stage, id, Json::array({"forged_unknown_token", "forged_other_token", "forged_body"}));
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    QList<QByteArray> paths;
    for (const http::Request &request : std::as_const(stage.receiver.requests))
        paths.append(request.path);
    QVERIFY(paths.contains("/pay/other") && paths.contains("/pay/mine"));
    QCOMPARE(std::count_if(paths.cbegin(), paths.cend(),
                           [](const QByteArray &path) { return path.size() == 5 + 43; }),
             1);
    const auto event = providers::dynopay::parseEvent(stage.receiver.requests[0].body);
    QCOMPARE(event->paymentId, QString::fromLatin1(id));
    QCOMPARE(statusOf(stage, id)->statusWord, QStringLiteral("waiting"));
}

void TestSimulatorPaymentHooks::theEventLogSendsAgain()
{
    SimulatorStage stage;
    QVERIFY(tells(stage, Json::array({"exact"}), 3));
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
    const Json page = stage.dynopay("GET", QStringLiteral("events?limit=2")).json;
    QCOMPARE(page["data"].size(), size_t(2));
    QVERIFY(page["has_more"].get<bool>());
    QCOMPARE(page["data"][0]["status"], Json("delivered"));
    const QString cursor = core::textMember(page, "next_cursor").value_or(QString());
    const Json rest = stage.dynopay("GET", QStringLiteral("events?starting_after=") + cursor).json;
    QCOMPARE(rest["data"].size(), size_t(1));
    QVERIFY(!rest["has_more"].get<bool>());
    const QString id = core::textMember(page["data"][0], "id").value_or(QString());
    QCOMPARE(stage.dynopay("POST", QStringLiteral("events/%1/resend").arg(id)).status, 200);
    QTRY_COMPARE(stage.receiver.requests.size(), 4);
    QVERIFY(stage.receiver.body(3)["webhook_id"] != stage.receiver.body(2)["webhook_id"]);
    QCOMPARE(stage.dynopay("POST", QStringLiteral("events/evt_none/resend")).status, 404);
}

REGISTER_TEST(TestSimulatorPaymentHooks);

} // namespace tst_simulator_payment_hooks

#include "tst_simulator_payment_hooks.moc"
