#include "customers.h"
#include "tests/providers/simulator_stage.h"
#include "tests/support/test_main.h"

#include <QTemporaryFile>

namespace tst_simulator_customers {

using namespace std::chrono_literals;
using tests::SimulatorStage;

namespace {

const QByteArray kScenario = R"({
    "outcomes": {"all": [{"weight": 1, "steps": ["settled_only"]}]},
    "steps": {"top_up": [
        {"tap": [{"data_prefix": "coin:", "data_suffix": "DOGE"},
                 {"data_prefix": "coin:", "data_suffix": "LTC"}]},
        {"pay": {"outcomes": "all"}, "after_s": 1}
    ]},
    "customers": [{"id": 77, "name": "Zoe", "language": "fr", "phone": "+33612345678",
        "first": [{"say": "/start"}, {"tap": "tour:skip", "optional": true, "patience_s": 2},
                  {"wait_for": "Bonjour"}, "top_up"],
        "repeat": [{"pause": true, "after_s": [3, 4]}, {"say": "again"}]}]
})";

simulator::Options optionsWith(const QString &scenario)
{
    simulator::Options options;
    options.scenario = scenario;
    return options;
}

/// Moves the clock in small steps until it is so.
bool happens(SimulatorStage &stage, const std::function<bool()> &isSo)
{
    return QTest::qWaitFor([&] {
        stage.clock.advance(100ms);
        return isSo();
    });
}

} // namespace

class TestSimulatorCustomers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCustomerFollowsTheScenarioByWhatTheChatShows();
    void aPhoneIsSharedOnceTheBotAsks();
    void aBrokenScenarioIsNamed_data();
    void aBrokenScenarioIsNamed();
    void theDemoScenarioIsWhole();
};

void TestSimulatorCustomers::aCustomerFollowsTheScenarioByWhatTheChatShows()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(kScenario);
    file.flush();
    SimulatorStage stage(optionsWith(file.fileName()));
    stage.setWebhook();
    QVERIFY(happens(stage, [&] { return stage.receiver.requests.size() == 1; }));
    QCOMPARE(stage.receiver.body(0)["message"]["text"], Json("/start"));

    const auto button = [](const char *data) {
        return Json{{"inline_keyboard",
                     Json::array({Json::array({{{"text", "x"}, {"callback_data", data}}})})}};
    };
    const auto sent =
        stage.bot("sendMessage",
                  {{"chat_id", 77}, {"text", "Bonjour"}, {"reply_markup", button("coin:3:LTC")}});
    QVERIFY(happens(stage, [&] { return stage.receiver.requests.size() == 2; }));
    QCOMPARE(stage.receiver.body(1)["callback_query"]["data"], Json("coin:3:LTC"));

    const QByteArray body = R"({"amount":50,"currency":"LTC","webhook_url":")" +
                            stage.receiver.url(QStringLiteral("/pay/x")).toUtf8() + "\"}";
    const Json payment = stage.dynopay("POST", QStringLiteral("cryptoPayment"), body).json["data"];
    stage.bot("editMessageText", {{"chat_id", 77},
                                  {"message_id", sent.json["result"]["message_id"]},
                                  {"text", payment["address"]}});
    QVERIFY(happens(stage, [&] { return stage.receiver.requests.size() == 3; }));
    QCOMPARE(stage.receiver.body(2)["event"], Json("payment.settled"));
    QVERIFY(happens(stage, [&] { return stage.receiver.requests.size() == 5; }));
    QCOMPARE(stage.receiver.body(4)["message"]["text"], Json("again"));
    QCOMPARE(stage.see("customers")["customers"][0]["restarts"], Json(0));
}

void TestSimulatorCustomers::aPhoneIsSharedOnceTheBotAsks()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(R"({"customers": [{"id": 78, "name": "Ana", "language": "fr",
        "phone": "+33612345678",
        "first": [{"say": ["/call"]}, {"share_phone": true, "patience_s": 60}]}]})");
    file.flush();
    SimulatorStage stage(optionsWith(file.fileName()));
    stage.setWebhook();
    QVERIFY(happens(stage, [&] { return stage.receiver.requests.size() == 1; }));
    const Json keyboard = {
        {"keyboard",
         Json::array({Json::array({Json{{"text", "Share"}, {"request_contact", true}}})})}};
    stage.bot("sendMessage", {{"chat_id", 78}, {"text", "Qui ?"}});
    stage.bot("sendMessage",
              {{"chat_id", 78}, {"text", "Votre numéro ?"}, {"reply_markup", keyboard}});
    QVERIFY(happens(stage, [&] { return stage.receiver.requests.size() == 2; }));
    const Json contact = stage.receiver.body(1)["message"]["contact"];
    QCOMPARE(contact["phone_number"], Json("33612345678"));
    QCOMPARE(contact["user_id"], Json(78));
}

void TestSimulatorCustomers::aBrokenScenarioIsNamed_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("about");
    QTest::newRow("no JSON") << QByteArray("{") << "customers";
    QTest::newRow("no id") << QByteArray(R"({"customers":[{"name":"A"}]})") << "id";
    QTest::newRow("unknown step")
        << QByteArray(R"({"customers":[{"id":1,"name":"A","first":[{"sing":"la"}]}]})")
        << "customer A";
    QTest::newRow("unknown outcome")
        << QByteArray(
               R"({"customers":[{"id":1,"name":"A","first":[{"pay":{"outcomes":[{"steps":["x"]}]}}]}]})")
        << "unknown step: x";
    QTest::newRow("no phone")
        << QByteArray(R"({"customers":[{"id":1,"name":"A","first":[{"share_phone":true}]}]})")
        << "no phone";
    QTest::newRow("says nothing")
        << QByteArray(R"({"customers":[{"id":1,"name":"A","first":[{"say":[]}]}]})") << "no text";
    QTest::newRow("unknown list") << QByteArray(
                                         R"({"customers":[{"id":1,"name":"A","repeat":["x"]}]})")
                                  << "shared steps";
}

void TestSimulatorCustomers::aBrokenScenarioIsNamed()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QString, about);
    const auto plans = simulator::customerPlansFrom(file);
    QVERIFY(!plans);
    QVERIFY2(plans.error().detail.contains(about), qUtf8Printable(plans.error().detail));
}

void TestSimulatorCustomers::theDemoScenarioIsWhole()
{
    QFile file(QStringLiteral(SPEECHCAD_SOURCE_DIR "/app/speechcad-simulator/scenarios/demo.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto plans = simulator::customerPlansFrom(file.readAll());
    QVERIFY2(plans.has_value(), plans ? "" : qUtf8Printable(plans.error().detail));
    QVERIFY(plans->size() >= 24);
    QSet<QString> languages;
    QSet<qint64> ids;
    for (const simulator::CustomerPlan &plan : *plans) {
        languages.insert(plan.language);
        ids.insert(plan.id);
        QVERIFY(!plan.first.isEmpty() && !plan.repeat.isEmpty());
    }
    QCOMPARE(languages.size(), 4);
    QCOMPARE(ids.size(), plans->size());
}

REGISTER_TEST(TestSimulatorCustomers);

} // namespace tst_simulator_customers

#include "tst_simulator_customers.moc"
