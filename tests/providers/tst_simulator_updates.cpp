#include "tests/providers/simulator_stage.h"
#include "tests/support/test_main.h"

#include "providers/telegram/answer.h"
#include "providers/telegram/update.h"

namespace tst_simulator_updates {

using namespace std::chrono_literals;
using tests::SimulatorStage;
using tests::WebAnswer;

namespace {

constexpr qint64 kAnna = 42;

QString description(const WebAnswer &answer)
{
    return core::textMember(answer.json, "description").value_or(QString());
}

Json keyboard(const char *data)
{
    return {{"inline_keyboard",
             Json::array({Json::array({{{"text", "Go"}, {"callback_data", data}}})})}};
}

simulator::Options withoutLimits()
{
    simulator::Options options;
    options.telegramRate = 0;
    options.chatRate = 0;
    return options;
}

} // namespace

class TestSimulatorUpdates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBlockedBotIsForbiddenAndTold();
    void aCallbackQueryIsAnsweredOnce();
    void setWebhookChecksWhatItIsGiven();
    void aFailedUpdateIsRepeatedOnScheduleAndHoldsUpItsChat();
    void retryAfterOfTheHookIsObeyed();
    void aTapOvertakesAMessageThatIsHeldUp();
    void aCallbackQueryDiesAfter150Seconds();
    void heldUpdatesComeInTheOrderOfTheirRelease();
    void lostAndDuplicatedUpdatesAreSo();
    void buttonsAreFoundByLabelAndByData();
};

void TestSimulatorUpdates::aBlockedBotIsForbiddenAndTold()
{
    SimulatorStage stage;
    stage.setWebhook();
    stage.meet(kAnna);
    stage.act("telegram/users/42/block");
    QTRY_COMPARE(stage.receiver.requests.size(), 2);
    const auto update = providers::telegram::parseUpdate(stage.receiver.requests.back().body);
    QVERIFY(std::get<providers::telegram::MyChatMember>(update->content).hasBlocked());
    const WebAnswer answer = stage.bot("sendMessage", {{"chat_id", kAnna}, {"text", "x"}});
    QCOMPARE(answer.status, 403);
    QCOMPARE(description(answer), QStringLiteral("Forbidden: bot was blocked by the user"));
    stage.act("telegram/users/42/unblock");
    QCOMPARE(stage.bot("sendMessage", {{"chat_id", kAnna}, {"text", "x"}}).status, 200);
}

void TestSimulatorUpdates::aCallbackQueryIsAnsweredOnce()
{
    SimulatorStage stage;
    stage.setWebhook();
    stage.meet(kAnna);
    stage.bot("sendMessage",
              {{"chat_id", kAnna}, {"text", "x"}, {"reply_markup", keyboard("menu:wallet")}});
    stage.act("telegram/users/42/tap", {{"data_prefix", "menu:"}});
    QTRY_COMPARE(stage.receiver.requests.size(), 2);
    const auto update = providers::telegram::parseUpdate(stage.receiver.requests.back().body);
    const auto query = std::get<providers::telegram::CallbackQuery>(update->content);
    QCOMPARE(query.data, QStringLiteral("menu:wallet"));
    const Json answer = {{"callback_query_id", query.id}};
    QCOMPARE(stage.bot("answerCallbackQuery", answer).status, 200);
    QVERIFY(description(stage.bot("answerCallbackQuery", answer)).contains(u"query is too old"));
    QVERIFY(stage.see("telegram/chats/42")["taps"][0]["answered"].get<bool>());
}

void TestSimulatorUpdates::setWebhookChecksWhatItIsGiven()
{
    SimulatorStage stage;
    const auto set = [&stage](const Json &parameters) {
        return description(stage.bot("setWebhook", parameters));
    };
    QVERIFY(set({{"url", "ftp://127.0.0.1/x"}}).contains(u"An HTTPS URL must be provided"));
    QVERIFY(set({{"url", "https://somewhere.net/x"}}).contains(u"bad webhook"));
    QVERIFY(set({{"url", stage.receiver.url()}, {"secret_token", "a b"}})
                .contains(u"secret token contains unallowed characters"));
    QCOMPARE(stage.violations(), 3);
    const Json good = {{"url", stage.receiver.url()}, {"allowed_updates", {"message"}}};
    QCOMPARE(set(good), QStringLiteral("Webhook was set"));
    QCOMPARE(set(good), QStringLiteral("Webhook is already set"));
    QCOMPARE(stage.bot("setWebhook", {{"url", stage.receiver.url(QStringLiteral("/b"))}}).status,
             429);
    const auto info = providers::telegram::webhookInfoOf(
        providers::telegram::parseAnswer(200, core::toBytes(stage.bot("getWebhookInfo", {}).json)));
    QCOMPARE(info.url, stage.receiver.url());
    QCOMPARE(info.allowedUpdates, QStringList{QStringLiteral("message")});
    QCOMPARE(set({{"url", ""}}), QStringLiteral("Webhook was deleted"));
}

void TestSimulatorUpdates::aFailedUpdateIsRepeatedOnScheduleAndHoldsUpItsChat()
{
    SimulatorStage stage;
    stage.setWebhook();
    stage.receiver.nextStatuses = {500, 500};
    stage.meet(kAnna);
    stage.act("telegram/users/42/say", {{"text", "second"}});
    QTRY_COMPARE(stage.see("deliveries")["count"].get<int>(), 2); // now it waits two seconds
    QCOMPARE(stage.receiver.requests[0].body, stage.receiver.requests[1].body);
    QCOMPARE(stage.receiver.requests[0].header("X-Telegram-Bot-Api-Secret-Token"),
             QByteArray("hook-secret"));
    const Json info = stage.bot("getWebhookInfo", {}).json["result"];
    QCOMPARE(info["last_error_message"].get<std::string>(),
             "Wrong response from the webhook: 500 Internal Server Error");
    QCOMPARE(info["pending_update_count"].get<int>(), 2);
    stage.clock.advance(1900ms);
    QCOMPARE(stage.see("deliveries")["count"].get<int>(), 2);
    stage.clock.advance(200ms);
    QTRY_COMPARE(stage.receiver.requests.size(), 4);
    QCOMPARE(stage.receiver.body(2)["message"]["text"].get<std::string>(), "/start");
    QCOMPARE(stage.receiver.body(3)["message"]["text"].get<std::string>(), "second");
    QCOMPARE(stage.receiver.body(3)["update_id"].get<qint64>(),
             stage.receiver.body(2)["update_id"].get<qint64>() + 1);
}

void TestSimulatorUpdates::retryAfterOfTheHookIsObeyed()
{
    SimulatorStage stage;
    stage.setWebhook();
    stage.receiver.nextStatuses = {503};
    stage.receiver.retryAfter = 30;
    stage.meet(kAnna);
    QTRY_COMPARE(stage.see("deliveries")["count"].get<int>(), 1);
    stage.clock.advance(29s);
    QCOMPARE(stage.see("deliveries")["count"].get<int>(), 1);
    stage.clock.advance(2s);
    QTRY_COMPARE(stage.receiver.requests.size(), 2);
}

void TestSimulatorUpdates::aTapOvertakesAMessageThatIsHeldUp()
{
    SimulatorStage stage;
    stage.setWebhook();
    stage.meet(kAnna);
    QTRY_COMPARE(stage.receiver.requests.size(), 1);
    stage.bot("sendMessage", {{"chat_id", kAnna}, {"text", "x"}, {"reply_markup", keyboard("go")}});
    stage.receiver.isHolding = true;
    stage.receiver.holdsBodiesWith = "slow one";
    stage.act("telegram/users/42/say", {{"text", "slow one"}});
    stage.act("telegram/users/42/say", {{"text", "next"}});
    stage.act("telegram/users/42/tap", {{"label", "Go"}});
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    QVERIFY(stage.receiver.body(2).contains("callback_query"));
    stage.receiver.held.front().send({.status = 200, .body = {}});
    QTRY_COMPARE(stage.receiver.requests.size(), 4);
    QCOMPARE(stage.receiver.body(3)["message"]["text"].get<std::string>(), "next");
}

void TestSimulatorUpdates::aCallbackQueryDiesAfter150Seconds()
{
    SimulatorStage stage;
    stage.meet(kAnna); // no webhook yet: everything waits
    stage.bot("sendMessage", {{"chat_id", kAnna}, {"text", "x"}, {"reply_markup", keyboard("go")}});
    stage.act("telegram/users/42/tap", {{"data", "go"}});
    stage.clock.advance(151s);
    stage.setWebhook();
    stage.act("telegram/users/42/say", {{"text", "after"}});
    QTRY_COMPARE(stage.receiver.requests.size(), 2);
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
    QCOMPARE(stage.receiver.requests.size(), 2);
    QCOMPARE(stage.receiver.body(0)["message"]["text"].get<std::string>(), "/start");
    QCOMPARE(stage.receiver.body(1)["message"]["text"].get<std::string>(), "after");
}

void TestSimulatorUpdates::heldUpdatesComeInTheOrderOfTheirRelease()
{
    SimulatorStage stage;
    stage.setWebhook();
    stage.act("deliveries/faults", {{"provider", "telegram"}, {"count", 3}, {"hold", true}});
    stage.meet(kAnna);
    stage.act("telegram/users/42/say", {{"text", "b"}});
    stage.act("telegram/users/42/say", {{"text", "c"}});
    QCOMPARE(stage.see("deliveries")["held"].get<int>(), 3);
    QCOMPARE(stage.receiver.requests.size(), 0);
    QCOMPARE(stage.act("deliveries/release", {{"order", "reversed"}}).json["released"], Json(3));
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    QCOMPARE(stage.receiver.body(0)["message"]["text"].get<std::string>(), "c");
    QCOMPARE(stage.receiver.body(2)["message"]["text"].get<std::string>(), "/start");
}

void TestSimulatorUpdates::lostAndDuplicatedUpdatesAreSo()
{
    SimulatorStage stage;
    stage.setWebhook();
    stage.act("deliveries/faults", {{"provider", "telegram"}, {"lose", true}});
    stage.act("deliveries/faults", {{"provider", "telegram"}, {"duplicate", 2}});
    stage.meet(kAnna);
    stage.act("telegram/users/42/say", {{"text", "thrice"}});
    QTRY_COMPARE(stage.receiver.requests.size(), 3);
    QCOMPARE(stage.see("wait?timeout_ms=3000"), Json({{"ok", true}}));
    QCOMPARE(stage.receiver.requests.size(), 3);
    QCOMPARE(stage.receiver.body(0)["message"]["text"].get<std::string>(), "thrice");
    QCOMPARE(stage.receiver.requests[0].body, stage.receiver.requests[2].body);
}

void TestSimulatorUpdates::buttonsAreFoundByLabelAndByData()
{
    SimulatorStage stage(withoutLimits());
    stage.meet(kAnna);
    stage.bot("sendMessage",
              {{"chat_id", kAnna}, {"text", "x"}, {"reply_markup", keyboard("coin:3:LTC")}});
    const auto tap = [&stage](const Json &choice) {
        return stage.act("telegram/users/42/tap", choice).status;
    };
    QCOMPARE(tap({{"label", "Go"}}), 200);
    QCOMPARE(tap({{"data_prefix", "coin:"}, {"data_suffix", "LTC"}}), 200);
    QCOMPARE(tap({{"data_contains", ":3:"}}), 200);
    QCOMPARE(tap({{"data_prefix", "coin:"}, {"data_suffix", "BTC"}}), 404);
    QCOMPARE(tap(Json::object()), 404);
}

REGISTER_TEST(TestSimulatorUpdates);

} // namespace tst_simulator_updates

#include "tst_simulator_updates.moc"
