#include "providers/telegram/secret.h"
#include "providers/telegram/update.h"
#include "tests/providers/mutation.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_telegram_update {

using namespace providers::telegram;

class TestTelegramUpdate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMessageIsRead();
    void commandsAreReadFromTheirEntity_data();
    void commandsAreReadFromTheirEntity();
    void aCallbackQueryIsRead();
    void aBlockIsRead();
    void aContactIsRead();
    void aMessageMayComeFromNobody();
    void unknownKindsAreOther_data();
    void unknownKindsAreOther();
    void whatIsNoUpdateIsBadInput_data();
    void whatIsNoUpdateIsBadInput();
    void idsOfFiftyTwoBitsAreKept();
    void noMutationHarms();
    void theSecretIsCompared();
};

namespace {

const QByteArray kMessage =
    R"({"update_id":7,"message":{"message_id":3,"from":{"id":48213,"is_bot":false,"first_name":"Ana",)"
    R"("username":"ana","language_code":"pt-br","is_premium":true},"chat":{"id":48213,"type":"private"},)"
    R"("date":1790000000,"text":"/start ref_1","entities":[{"type":"bot_command","offset":0,"length":6}],)"
    R"("contact":{"phone_number":"+15005550001","first_name":"Ana","user_id":48213}}})";
const QByteArray kQuery =
    R"({"update_id":8,"callback_query":{"id":"4382bfdwdsb323b2d9","from":{"id":48213,"is_bot":false,"first_name":"A"},)"
    R"("message":{"message_id":12,"date":0,"chat":{"id":-1001234567890,"type":"supergroup"}},"chat_instance":"1","data":"w:1"}})";
const QByteArray kMember =
    R"({"update_id":9,"my_chat_member":{"chat":{"id":48213,"type":"private"},"from":{"id":48213,"is_bot":false,"first_name":"A"},)"
    R"("date":1790000000,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked","until_date":0}}})";

} // namespace

void TestTelegramUpdate::aMessageIsRead()
{
    const auto update = parseUpdate(kMessage);
    QVERIFY(update);
    QCOMPARE(update->id, 7);
    QCOMPARE(update->fromId(), 48213);
    const auto &message = std::get<Message>(update->content);
    QCOMPARE(message.chatId, 48213);
    QCOMPARE(message.messageId, 3);
    QVERIFY(message.isPrivate);
    QCOMPARE(message.from->languageCode, QStringLiteral("pt-br"));
    QCOMPARE(message.from->username, QStringLiteral("ana"));
    QCOMPARE(message.date, Timestamp(std::chrono::seconds(1'790'000'000)));
    QCOMPARE(message.command->name, QStringLiteral("start"));
    QCOMPARE(message.command->argument, QStringLiteral("ref_1"));
}

void TestTelegramUpdate::commandsAreReadFromTheirEntity_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("entities");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("argument");
    const auto row = [](const char *title, const QString &text, const char *entities,
                        const char *name, const QString &argument = {}) {
        QTest::newRow(title) << text << QByteArray(entities) << QString::fromLatin1(name)
                             << argument;
    };
    row("plain", QStringLiteral("/help"), R"([{"type":"bot_command","offset":0,"length":5}])",
        "help");
    row("to a bot", QStringLiteral("/Help@Speech_Bot now"),
        R"([{"type":"bot_command","offset":0,"length":16}])", "help", QStringLiteral("now"));
    row("wide argument", QStringLiteral("/say \U0001F4DE hé"),
        R"([{"type":"bot_command","offset":0,"length":4}])", "say",
        QStringLiteral("\U0001F4DE hé"));
    row("second entity", QStringLiteral("/help"),
        R"([{"type":"bold","offset":0,"length":5},{"type":"bot_command","offset":0,"length":5}])",
        "help");
    row("later in the text", QStringLiteral("see /help"),
        R"([{"type":"bot_command","offset":4,"length":5}])", "");
    row("no entity", QStringLiteral("/help"), "[]", "");
    row("null entities", QStringLiteral("/help"), "null", "");
    row("entities no list", QStringLiteral("/help"),
        R"({"type":"bot_command","offset":0,"length":5})", "");
    row("beyond the text", QStringLiteral("/help"),
        R"([{"type":"bot_command","offset":0,"length":500}])", "");
    row("negative length", QStringLiteral("/help"),
        R"([{"type":"bot_command","offset":0,"length":-5}])", "");
    row("slash alone", QStringLiteral("/@bot"), R"([{"type":"bot_command","offset":0,"length":5}])",
        "");
}

void TestTelegramUpdate::commandsAreReadFromTheirEntity()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, entities);
    QFETCH(QString, name);
    QFETCH(QString, argument);
    Json json = core::parseJson(kMessage).value();
    json["message"]["text"] = text;
    json["message"]["entities"] = core::parseJson(entities).value();
    const auto update = parseUpdate(core::toBytes(json));
    QVERIFY(update);
    const auto &command = std::get<Message>(update->content).command;
    QCOMPARE(command ? command->name : QString(), name);
    QCOMPARE(command ? command->argument : QString(), argument);
}

void TestTelegramUpdate::aCallbackQueryIsRead()
{
    const auto update = parseUpdate(kQuery);
    QVERIFY(update);
    QCOMPARE(update->fromId(), 48213);
    const auto &query = std::get<CallbackQuery>(update->content);
    QCOMPARE(query.id, QStringLiteral("4382bfdwdsb323b2d9"));
    QCOMPARE(query.message->chatId, -1'001'234'567'890);
    QCOMPARE(query.message->messageId, 12);
    QCOMPARE(query.data, QStringLiteral("w:1"));
    QVERIFY(query.from.languageCode.isEmpty());
}

void TestTelegramUpdate::aBlockIsRead()
{
    const auto update = parseUpdate(kMember);
    QVERIFY(update);
    QCOMPARE(update->fromId(), 48213);
    QVERIFY(std::get<MyChatMember>(update->content).hasBlocked());
    QByteArray back = kMember;
    back.replace("kicked", "member");
    QVERIFY(!std::get<MyChatMember>(parseUpdate(back)->content).hasBlocked());
}

void TestTelegramUpdate::aContactIsRead()
{
    const auto update = parseUpdate(kMessage);
    const auto &contact = std::get<Message>(update->content).contact;
    QCOMPARE(contact->phoneNumber, QStringLiteral("+15005550001"));
    QCOMPARE(contact->userId, 48213);
}

void TestTelegramUpdate::aMessageMayComeFromNobody()
{
    const auto update = parseUpdate(
        R"({"update_id":7,"message":{"message_id":3,"chat":{"id":-5,"type":"channel"},"date":1}})");
    QVERIFY(update);
    QVERIFY(!update->fromId());
    const auto &message = std::get<Message>(update->content);
    QVERIFY(!message.from && !message.command && !message.isPrivate && message.text.isEmpty());
}

void TestTelegramUpdate::unknownKindsAreOther_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body :
         {R"({"update_id":1})", R"({"update_id":1,"subscription":{"state":"active"}})",
          R"({"update_id":1,"message":null})", R"({"update_id":1,"message":[]})",
          R"({"update_id":1,"message":"text"})", R"({"update_id":1,"message":{"chat":null}})",
          R"({"update_id":1,"callback_query":{"id":"1"}})",
          R"({"update_id":1,"callback_query":{"from":{"id":1}}})",
          R"({"update_id":1,"my_chat_member":{"chat":{"id":1}}})"})
        QTest::newRow(body) << QByteArray(body);
    QTest::newRow("deep") << "{\"update_id\":1,\"x\":" + QByteArray(60, '[') + QByteArray(60, ']') +
                                 "}";
}

void TestTelegramUpdate::unknownKindsAreOther()
{
    QFETCH(QByteArray, body);
    const auto update = parseUpdate(body);
    QVERIFY(update);
    QVERIFY(std::holds_alternative<Other>(update->content));
    QVERIFY(!update->fromId());
}

void TestTelegramUpdate::whatIsNoUpdateIsBadInput_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body :
         {"", "null", "[]", "{}", "5", R"({"update_id":null})", R"({"update_id":"x"})",
          R"({"update_id":0})", R"({"update_id":-4})", R"({"update_id":1.5})",
          R"({"update_id":[1]})", R"({"update_id":99999999999999999999})"})
        QTest::newRow(body) << QByteArray(body);
    QTest::newRow("too deep") << "{\"update_id\":1,\"x\":" + QByteArray(100'000, '[');
    for (qsizetype size = 0; size < kMessage.size(); size += 7)
        QTest::newRow(qPrintable(QStringLiteral("cut at %1").arg(size))) << kMessage.left(size);
}

void TestTelegramUpdate::whatIsNoUpdateIsBadInput()
{
    QFETCH(QByteArray, body);
    const auto update = parseUpdate(body);
    QVERIFY(!update);
    QCOMPARE(update.error().code, ErrorCode::BadInput);
}

void TestTelegramUpdate::idsOfFiftyTwoBitsAreKept()
{
    QByteArray body = kMessage;
    body.replace("48213", "4503599627370495");
    const auto update = parseUpdate(body);
    QCOMPARE(update->fromId(), 4'503'599'627'370'495);
}

void TestTelegramUpdate::noMutationHarms()
{
    int looked = 0;
    const auto look = [&](const Json &mutated) {
        const auto update = parseUpdate(core::toBytes(mutated));
        // Whatever is broken below update_id, the update is known by its id and is acknowledged.
        QCOMPARE(update.has_value(), core::integerMember(mutated, "update_id").value_or(0) > 0);
        ++looked;
    };
    for (const QByteArray &body : {kMessage, kQuery, kMember})
        tests::mutate(body, look);
    QVERIFY(looked > 400);
}

void TestTelegramUpdate::theSecretIsCompared()
{
    QVERIFY(verifySecret("Zq3_8fk2-LmN0pQrS", "Zq3_8fk2-LmN0pQrS"));
    QVERIFY(!verifySecret("Zq3_8fk2-LmN0pQrs", "Zq3_8fk2-LmN0pQrS"));
    QVERIFY(!verifySecret("Zq3_8fk2-LmN0pQr", "Zq3_8fk2-LmN0pQrS"));
    QVERIFY(!verifySecret("", "Zq3_8fk2-LmN0pQrS"));
    QVERIFY(!verifySecret("", ""));
}

REGISTER_TEST(TestTelegramUpdate);

} // namespace tst_telegram_update

#include "tst_telegram_update.moc"
