#include "tests/providers/simulator_stage.h"
#include "tests/support/test_main.h"

#include "providers/telegram/answer.h"
#include "providers/telegram/methods.h"

#include <QTcpSocket>

namespace tst_simulator_telegram {

using namespace std::chrono_literals;
using tests::SimulatorStage;
using tests::WebAnswer;

namespace {

constexpr qint64 kAnna = 42;

const QByteArray kPng = QByteArray::fromBase64(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");

QString description(const WebAnswer &answer)
{
    return core::textMember(answer.json, "description").value_or(QString());
}

Json keyboard(const char *data)
{
    return {{"inline_keyboard",
             Json::array({Json::array({{{"text", "Go"}, {"callback_data", data}}})})}};
}

/// What comes back until the other side closes. A plain socket, since QNetworkAccessManager posts
/// again by itself when a connection ends without an answer.
std::optional<QByteArray> postOnce(const SimulatorStage &stage, const QString &path,
                                   const QByteArray &body)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), stage.running->port());
    socket.write("POST " + path.toUtf8() +
                 " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 "Connection: close\r\nContent-Length: " +
                 QByteArray::number(body.size()) + "\r\n\r\n" + body);
    const bool isClosed =
        QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; });
    return isClosed ? std::optional(socket.readAll()) : std::nullopt;
}

simulator::Options withoutLimits()
{
    simulator::Options options;
    options.telegramRate = 0;
    options.chatRate = 0;
    return options;
}

} // namespace

class TestSimulatorTelegram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWrongTokenIsUnauthorizedAndAViolation();
    void aChatIsNotFoundBeforeItsUserStarts();
    void parametersComeInEveryEncoding();
    void htmlBecomesTextAndEntities();
    void wrongRequestsAreRefusedInTelegramsWords_data();
    void wrongRequestsAreRefusedInTelegramsWords();
    void anEditMustChangeSomething();
    void aPhotoMustBeAPng();
    void tooManyMessagesToAChatAre429();
    void hangingUpAfterTheEffectLeavesTheMessage();
    void faultsAnswerTheNextCallsOnly();
    void waitingEndsWithTheMessageOrWithItsTime();
    void theCallLogHidesTheSecret();
    void fastModeTakesAnyChat();
};

void TestSimulatorTelegram::aWrongTokenIsUnauthorizedAndAViolation()
{
    SimulatorStage stage;
    const WebAnswer answer = stage.request("GET", QStringLiteral("/bot1:other/getMe"));
    QCOMPARE(answer.status, 401);
    QCOMPARE(description(answer), QStringLiteral("Unauthorized"));
    QCOMPARE(stage.violations(), 1);
    QCOMPARE(stage.bot("frobnicate", {}).status, 404);
    QCOMPARE(stage.violations(), 2);
    QCOMPARE(stage.bot("GETME", {}).json["result"]["id"].get<qint64>(), 1000000001);
}

void TestSimulatorTelegram::aChatIsNotFoundBeforeItsUserStarts()
{
    SimulatorStage stage;
    const Json message = {{"chat_id", kAnna}, {"text", "hello"}};
    QCOMPARE(description(stage.bot("sendMessage", message)),
             QStringLiteral("Bad Request: chat not found"));
    stage.act("telegram/users", {{"id", kAnna}});
    QCOMPARE(stage.bot("sendMessage", message).status, 400);
    stage.meet(kAnna);
    const WebAnswer sent = stage.bot("sendMessage", message);
    QCOMPARE(sent.status, 200);
    QVERIFY(providers::telegram::messageIdOf(
                providers::telegram::parseAnswer(200, core::toBytes(sent.json)))
                .has_value());
}

void TestSimulatorTelegram::parametersComeInEveryEncoding()
{
    SimulatorStage stage(withoutLimits());
    stage.meet(kAnna);
    const QString path = QStringLiteral("/bot1000000001:test-bot-token/sendMessage");
    const WebAnswer byQuery =
        stage.request("GET", path + QStringLiteral("?chat_id=42&text=a%20%C3%A9+b"));
    QCOMPARE(byQuery.json["result"]["text"].get<std::string>(), "a é b");
    const WebAnswer byForm = stage.request("POST", path, "chat_id=42&text=form%26more",
                                           {{"Content-Type", "application/x-www-form-urlencoded"}});
    QCOMPARE(byForm.json["result"]["text"].get<std::string>(), "form&more");
    const WebAnswer markupAsText = stage.bot(
        "sendMessage", {{"chat_id", "42"}, {"text", "x"}, {"reply_markup", keyboard("go").dump()}});
    QCOMPARE(markupAsText.json["result"]["reply_markup"], keyboard("go"));
    QCOMPARE(stage.violations(), 0);
}

void TestSimulatorTelegram::htmlBecomesTextAndEntities()
{
    SimulatorStage stage;
    stage.meet(kAnna);
    const WebAnswer answer = stage.bot(
        "sendMessage",
        {{"chat_id", kAnna}, {"parse_mode", "HTML"}, {"text", "😀 <b>25.00</b> &lt;USD&gt;"}});
    QCOMPARE(answer.json["result"]["text"].get<std::string>(), "😀 25.00 <USD>");
    const Json entity = {{"type", "bold"}, {"offset", 3}, {"length", 5}};
    QCOMPARE(answer.json["result"]["entities"], Json::array({entity}));
    QVERIFY(!answer.json["result"].contains("parse_mode"));
}

void TestSimulatorTelegram::wrongRequestsAreRefusedInTelegramsWords_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const Json &parameters, const char *words) {
        Json all = {{"chat_id", kAnna}, {"text", "text"}};
        all.update(parameters);
        QTest::newRow(name) << core::toBytes(all) << QString::fromLatin1(words);
    };
    row("no text", {{"text", ""}}, "Bad Request: message text is empty");
    row("only blanks", {{"text", "  <b> </b> "}, {"parse_mode", "HTML"}},
        "Bad Request: text must be non-empty");
    row("4097 units", {{"text", std::string(4097, 'x')}}, "Bad Request: message is too long");
    row("open tag", {{"text", "<b>x"}, {"parse_mode", "HTML"}},
        "Bad Request: can't parse entities");
    row("unknown tag", {{"text", "<blink>x</blink>"}, {"parse_mode", "HTML"}},
        "Unsupported start tag \"blink\" at byte offset 0");
    row("old markdown", {{"parse_mode", "Markdown"}}, "Bad Request: unsupported parse_mode");
    row("65 bytes of data", {{"reply_markup", keyboard(QByteArray(65, 'x').constData())}},
        "Bad Request: BUTTON_DATA_INVALID");
    row("button without action",
        {{"reply_markup", {{"inline_keyboard", Json::array({Json::array({{{"text", "x"}}})})}}}},
        "Text buttons are unallowed");
    row("keyboard is no list", {{"reply_markup", {{"inline_keyboard", 5}}}},
        "must be of type Array");
    row("broken markup", {{"reply_markup", "{"}}, "can't parse reply keyboard markup JSON object");
    row("no chat", {{"chat_id", nullptr}}, "Bad Request: chat_id is empty");
}

void TestSimulatorTelegram::wrongRequestsAreRefusedInTelegramsWords()
{
    QFETCH(const QByteArray, parameters);
    QFETCH(const QString, words);
    SimulatorStage stage;
    stage.meet(kAnna);
    const WebAnswer answer = stage.bot("sendMessage", Json::parse(parameters.toStdString()));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json["error_code"].get<int>(), 400);
    QVERIFY2(description(answer).contains(words), qUtf8Printable(description(answer)));
    QCOMPARE(stage.violations(), 1);
}

void TestSimulatorTelegram::anEditMustChangeSomething()
{
    SimulatorStage stage(withoutLimits());
    stage.meet(kAnna);
    const WebAnswer sent = stage.bot(
        "sendMessage", {{"chat_id", kAnna}, {"text", "one"}, {"reply_markup", keyboard("a")}});
    Json edit = {{"chat_id", kAnna},
                 {"message_id", sent.json["result"]["message_id"]},
                 {"text", "one"},
                 {"reply_markup", keyboard("a")}};
    QVERIFY(description(stage.bot("editMessageText", edit)).contains(u"message is not modified"));
    edit["text"] = "two";
    QCOMPARE(stage.bot("editMessageText", edit).status, 200);
    edit["message_id"] = 5;
    QVERIFY(description(stage.bot("editMessageText", edit)).contains(u"message to edit not found"));
    const Json messages = stage.see("telegram/chats/42")["messages"];
    QCOMPARE(messages.back()["text"].get<std::string>(), "two");
    QCOMPARE(messages.back()["edits"].get<int>(), 1);
    QCOMPARE(stage.violations(), 0);
}

void TestSimulatorTelegram::aPhotoMustBeAPng()
{
    SimulatorStage stage;
    stage.meet(kAnna);
    const auto send = [&stage](const QByteArray &bytes) {
        const auto parameters = providers::telegram::sendPhoto(
            {.chatId = kAnna, .captionHtml = QStringLiteral("<code>T123</code>")});
        const auto form = providers::telegram::toMultipart(
            *parameters,
            {.field = "photo", .fileName = "a.png", .contentType = "image/png", .bytes = bytes});
        return stage.request("POST", QStringLiteral("/bot1000000001:test-bot-token/sendPhoto"),
                             form.body, {{"Content-Type", form.contentType}});
    };
    QCOMPARE(send("no picture").status, 400);
    QCOMPARE(stage.violations(), 1);
    const WebAnswer sent = send(kPng);
    QCOMPARE(sent.status, 200);
    QCOMPARE(sent.json["result"]["caption"].get<std::string>(), "T123");
    const Json last = stage.see("telegram/chats/42")["messages"].back();
    QCOMPARE(last["photo"]["bytes"].get<qint64>(), kPng.size());
}

void TestSimulatorTelegram::tooManyMessagesToAChatAre429()
{
    SimulatorStage stage;
    stage.meet(kAnna);
    const Json message = {{"chat_id", kAnna}, {"text", "hello"}};
    for (int i = 0; i < 4; ++i)
        QCOMPARE(stage.bot("sendMessage", message).status, 200);
    const WebAnswer refused = stage.bot("sendMessage", message);
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.json["parameters"]["retry_after"].get<int>(), 1);
    QCOMPARE(refused.headers.value("retry-after"), QByteArray("1"));
    stage.clock.advance(1s);
    QCOMPARE(stage.bot("sendMessage", message).status, 200);
    QCOMPARE(stage.bot("sendMessage", message).status, 429);
    stage.act("settings", {{"telegram_rate", 0}, {"chat_rate", 0}});
    for (int i = 0; i < 40; ++i)
        QCOMPARE(stage.bot("sendMessage", message).status, 200);
    QCOMPARE(stage.violations(), 0);
}

void TestSimulatorTelegram::hangingUpAfterTheEffectLeavesTheMessage()
{
    SimulatorStage stage;
    stage.meet(kAnna);
    const QByteArray message = R"({"chat_id":42,"text":"sent or not"})";
    const QString path = QStringLiteral("/bot1000000001:test-bot-token/sendMessage");
    stage.act("faults", {{"route", "telegram.sendMessage"}, {"hang_up", "before"}});
    QCOMPARE(postOnce(stage, path, message), QByteArray());
    QCOMPARE(stage.see("telegram/chats/42")["messages"].size(), size_t(1));
    stage.act("faults", {{"route", "telegram.sendMessage"}, {"hang_up", "after"}});
    QCOMPARE(postOnce(stage, path, message), QByteArray());
    QCOMPARE(stage.see("telegram/chats/42")["messages"].size(), size_t(2));
    QVERIFY(postOnce(stage, path, message)->startsWith("HTTP/1.1 200"));
}

void TestSimulatorTelegram::faultsAnswerTheNextCallsOnly()
{
    SimulatorStage stage;
    stage.meet(kAnna);
    const Json message = {{"chat_id", kAnna}, {"text", "x"}};
    stage.act("faults",
              {{"route", "telegram.*"}, {"count", 2}, {"status", 429}, {"retry_after", 7}});
    for (int i = 0; i < 2; ++i) {
        const WebAnswer refused = stage.bot("sendMessage", message);
        QCOMPARE(refused.status, 429);
        QCOMPARE(refused.headers.value("retry-after"), QByteArray("7"));
        QCOMPARE(refused.json["parameters"]["retry_after"].get<int>(), 7);
    }
    QCOMPARE(stage.bot("sendMessage", message).status, 200);
    QCOMPARE(stage.act("faults", {{"route", "nowhere"}}).status, 400);
    const Json calls = stage.see("telegram/calls?method=sendMessage")["calls"];
    QCOMPARE(calls.size(), size_t(3));
    QCOMPARE(calls[0]["status"].get<int>(), 429);
}

void TestSimulatorTelegram::waitingEndsWithTheMessageOrWithItsTime()
{
    SimulatorStage stage;
    stage.meet(kAnna);
    const WebAnswer never = stage.request(
        "GET", QStringLiteral("/_sim/telegram/chats/42/wait?contains=solde&timeout_ms=50"));
    QCOMPARE(never.status, 408);
    const QUrl url(QStringLiteral("http://127.0.0.1:%1/_sim/telegram/chats/42/wait?contains=solde")
                       .arg(stage.running->port()));
    const std::unique_ptr<QNetworkReply> waiting(stage.network.get(QNetworkRequest(url)));
    const WebAnswer first = stage.bot("sendMessage", {{"chat_id", kAnna}, {"text", "autre"}});
    QVERIFY(!waiting->isFinished());
    stage.bot("editMessageText", {{"chat_id", kAnna},
                                  {"message_id", first.json["result"]["message_id"]},
                                  {"text", "votre solde : 25"}});
    QTRY_VERIFY(waiting->isFinished());
    const WebAnswer seen = SimulatorStage::answerOf(*waiting);
    QCOMPARE(seen.status, 200);
    QCOMPARE(seen.json["message_id"], first.json["result"]["message_id"]);
}

void TestSimulatorTelegram::theCallLogHidesTheSecret()
{
    SimulatorStage stage;
    stage.setWebhook();
    const Json calls = stage.see("telegram/calls");
    QCOMPARE(calls["calls"][0]["method"].get<std::string>(), "setWebhook");
    QVERIFY(!QString::fromStdString(calls.dump()).contains(u"hook-secret"));
}

void TestSimulatorTelegram::fastModeTakesAnyChat()
{
    simulator::Options options;
    simulator::makeFast(options);
    SimulatorStage stage(options);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(stage.bot("sendMessage", {{"chat_id", 1000}, {"text", "x"}}).status, 200);
    QVERIFY(stage.see("telegram/chats/1000")["messages"].size() <= 16);
}

REGISTER_TEST(TestSimulatorTelegram);

} // namespace tst_simulator_telegram

#include "tst_simulator_telegram.moc"
