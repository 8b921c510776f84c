#include "tests/database/courier_fixture.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>

namespace tst_delivery_telegram {

using namespace std::chrono_literals;
using tests::CourierFixture;
using tests::FakeProvider;
using tests::ProviderCall;

namespace {

QString text(int number)
{
    return QStringLiteral("m%1").arg(number);
}

} // namespace

class TestDeliveryTelegram final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesOfAChatArriveInOrder();
    void slowChatHoldsUpNobody();
    void chatRateHoldsBackUntilTheClockMoves();
    void tooManyRequestsWaitsThenSends();
    void blockedChatIsReportedOnce();
    void editFindsItsMessage();
    void editOfAFailedMessageIsANewOne();
    void editOfALostMessageIsANewOne();
    void newerEditTakesThePlaceOfAWaitingOne();
    void rowThatIsJustBeingReplacedIsLeftAlone();
    void silenceIsRepeatedUntilAnAnswerComes();
    void whatNobodyAnswersForADayIsGivenUpAloud();
    void oneHangUpIsOneRepeat();
    void outageIsWaitedFor();
    void wrongTokenStopsEverythingForAMinute();
    void wordsOfARefusalAreNotLogged();
    void malformedRowsAreGivenUp();
    void pictureIsUploaded();
};

void TestDeliveryTelegram::messagesOfAChatArriveInOrder()
{
    CourierFixture fixture;
    QStringList expected;
    for (int i = 0; i < 30; ++i) {
        expected << text(i);
        for (qint64 chat = 1; chat <= 5; ++chat)
            fixture.sendMessage(chat, text(i));
    }
    fixture.start();
    QTRY_COMPARE(fixture.waiting(), 0);
    for (qint64 chat = 1; chat <= 5; ++chat)
        QCOMPARE(fixture.provider.texts(chat), expected);
    QCOMPARE(fixture.number(
                 QStringLiteral("SELECT count(*) AS n FROM outbox_outcomes WHERE state = 'sent'")),
             150);
}

void TestDeliveryTelegram::slowChatHoldsUpNobody()
{
    CourierFixture fixture;
    std::optional<http::Reply> slow;
    fixture.provider.answer = [&](const ProviderCall &call, const http::Reply &reply) {
        if (core::integerMember(call.body, "chat_id") == 1)
            slow = reply;
        else
            fixture.provider.accept(reply);
    };
    fixture.sendMessage(1, text(0));
    fixture.start();
    QTRY_VERIFY(slow);
    for (int i = 0; i < 50; ++i)
        fixture.sendMessage(2 + i % 3, text(i));
    QTRY_COMPARE(fixture.waiting(), 1);
    fixture.provider.accept(*slow);
    QTRY_COMPARE(fixture.waiting(), 0);
    QCOMPARE(fixture.provider.texts(1).size(), 1);
}

void TestDeliveryTelegram::chatRateHoldsBackUntilTheClockMoves()
{
    CourierFixture fixture;
    fixture.settings.rates = {.perSecond = 1000, .chatPerSecond = 1, .chatBurst = 4};
    for (int i = 0; i < 6; ++i)
        fixture.sendMessage(1, text(i));
    fixture.start();
    QTRY_COMPARE(fixture.provider.texts(1).size(), 4);
    fixture.sendMessage(2, text(0)); // other chats are not held back
    QTRY_COMPARE(fixture.provider.texts(2).size(), 1);
    QCOMPARE(fixture.provider.texts(1).size(), 4);
    fixture.clock.advance(1s);
    QTRY_COMPARE(fixture.provider.texts(1).size(), 5);
    fixture.clock.advance(1s);
    QTRY_COMPARE(fixture.waiting(), 0);
    QCOMPARE(fixture.provider.texts(1).last(), text(5));
}

void TestDeliveryTelegram::tooManyRequestsWaitsThenSends()
{
    CourierFixture fixture;
    int refusals = 0;
    fixture.provider.answer = [&](const ProviderCall &call, const http::Reply &reply) {
        if (core::integerMember(call.body, "chat_id") == 1 && refusals++ == 0)
            return FakeProvider::refuse(reply, 429, "Too Many Requests: retry after 7",
                                        {{"retry_after", 7}});
        fixture.provider.accept(reply);
    };
    const OutboxId held = fixture.sendMessage(1, text(0));
    fixture.sendMessage(1, text(1));
    fixture.start();
    QTRY_COMPARE(refusals, 1);
    const OutboxId other = fixture.sendMessage(2, text(0));
    QTRY_COMPARE(fixture.stateOf(other), QStringLiteral("sent"));
    fixture.clock.advance(6900ms);
    const OutboxId later = fixture.sendMessage(2, text(1));
    QTRY_COMPARE(fixture.stateOf(later), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.texts(1).size(), 1);
    fixture.clock.advance(400ms);
    QTRY_COMPARE(fixture.stateOf(held), QStringLiteral("sent"));
    QTRY_COMPARE(fixture.provider.texts(1), QStringList({text(0), text(0), text(1)}));
}

void TestDeliveryTelegram::blockedChatIsReportedOnce()
{
    CourierFixture fixture;
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        FakeProvider::refuse(reply, 403, "Forbidden: bot was blocked by the user");
    };
    const OutboxId message = fixture.sendMessage(77, text(0));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("failed"));
    const auto entries = fixture.rows(
        QStringLiteral("SELECT lane, kind, external_id, payload->>'chat_id' AS chat FROM inbox"));
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries[0].text("lane"), QStringLiteral("customer:77"));
    QCOMPARE(entries[0].text("kind"), QStringLiteral("telegram.unreachable"));
    QCOMPARE(entries[0].text("external_id"), QStringLiteral("unreachable:%1").arg(message.value));
    QCOMPARE(entries[0].text("chat"), QStringLiteral("77"));
}

void TestDeliveryTelegram::editFindsItsMessage()
{
    CourierFixture fixture;
    const OutboxId message = fixture.sendMessage(1, text(0));
    const OutboxId edit = fixture.edit(1, message, text(1));
    fixture.start();
    QTRY_COMPARE(fixture.waiting(), 0);
    const ProviderCall &call = fixture.provider.calls.at(1);
    QCOMPARE(call.path, QByteArray("/bot12:token/editMessageText"));
    QCOMPARE(core::integerMember(call.body, "message_id"), std::optional<qint64>(101));
    QVERIFY(fixture.answerOf(message) == Json({{"message_id", 101}}));
    QCOMPARE(fixture.stateOf(edit), QStringLiteral("sent"));
}

void TestDeliveryTelegram::editOfAFailedMessageIsANewOne()
{
    CourierFixture fixture;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        if (fixture.provider.calls.size() == 1)
            return FakeProvider::refuse(reply, 400, "Bad Request: BUTTON_DATA_INVALID");
        fixture.provider.accept(reply);
    };
    const OutboxId message = fixture.sendMessage(1, text(0));
    const OutboxId edit = fixture.edit(1, message, text(1));
    fixture.start();
    QTRY_COMPARE(fixture.waiting(), 0);
    QCOMPARE(fixture.stateOf(message), QStringLiteral("failed"));
    const ProviderCall &call = fixture.provider.calls.at(1);
    QCOMPARE(call.method, QByteArray("sendMessage"));
    QVERIFY(!call.body.contains("message_id"));
    QCOMPARE(fixture.provider.texts(1).last(), text(1));
    QVERIFY(fixture.answerOf(edit) == Json({{"message_id", 101}}));
}

void TestDeliveryTelegram::editOfALostMessageIsANewOne()
{
    CourierFixture fixture;
    fixture.provider.answer = [&](const ProviderCall &call, const http::Reply &reply) {
        if (call.method == "editMessageText")
            return FakeProvider::refuse(reply, 400, "Bad Request: message to edit not found");
        fixture.provider.accept(reply);
    };
    const OutboxId edit = fixture.edit(1, fixture.sendMessage(1, text(0)), text(1));
    fixture.start();
    QTRY_COMPARE(fixture.waiting(), 0);
    QCOMPARE(fixture.provider.calls.size(), 3u);
    QCOMPARE(fixture.provider.calls[2].method, QByteArray("sendMessage"));
    QVERIFY(fixture.answerOf(edit) == Json({{"message_id", 102}}));
}

void TestDeliveryTelegram::newerEditTakesThePlaceOfAWaitingOne()
{
    CourierFixture fixture;
    fixture.settings.rates = {.perSecond = 1000, .chatPerSecond = 1, .chatBurst = 1};
    const QString key = QStringLiteral("status");
    const OutboxId message = fixture.sendMessage(1, text(0));
    const OutboxId old = fixture.edit(1, message, text(1), key);
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    QTRY_COMPARE(fixture.number(QStringLiteral(
                     "SELECT count(*) AS n FROM outbox_waiting WHERE not_before > '-infinity'")),
                 1);
    const OutboxId newest = fixture.edit(1, message, text(2), key);
    QCOMPARE(fixture.stateOf(old), QStringLiteral("superseded"));
    fixture.clock.advance(1s);
    QTRY_COMPARE(fixture.stateOf(newest), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.texts(1), QStringList({text(0), text(2)}));
}

void TestDeliveryTelegram::rowThatIsJustBeingReplacedIsLeftAlone()
{
    CourierFixture fixture;
    const OutboxId message = fixture.sendMessage(1, text(0));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    fixture.courier->stop();
    const auto status = [&](const QString &words) {
        return queue::NewMessage{.requestKey = words,
                                 .method = QStringLiteral("editMessageText"),
                                 .lane = QStringLiteral("chat:1"),
                                 .payload = {{"parameters", {{"chat_id", 1}, {"text", words}}},
                                             {"edit_of", message.value}},
                                 .supersedeKey = QStringLiteral("status")};
    };
    fixture.enqueue(status(text(1)));
    const OutboxId other = fixture.sendMessage(2, text(0));
    fixture.inTransaction([&](database::Transaction &transaction) -> Result<void> {
        const auto newest =
            queue::enqueue(transaction, status(text(2)), InboxId{1}, fixture.clock.now());
        if (!newest)
            return failure(newest.error());
        // Neither waited for, nor sent in spite of it.
        fixture.start();
        (void)QTest::qWaitFor([&] { return !fixture.stateOf(other).isEmpty(); }, 10'000);
        return {};
    });
    QCOMPARE(fixture.stateOf(other), QStringLiteral("sent"));
    QTRY_COMPARE(fixture.waiting(), 0);
    QCOMPARE(fixture.provider.texts(1), QStringList({text(0), text(2)}));
}

void TestDeliveryTelegram::silenceIsRepeatedUntilAnAnswerComes()
{
    CourierFixture fixture;
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        reply.hangUp();
    };
    const OutboxId message = fixture.sendMessage(1, text(0));
    fixture.start();
    for (int tries = 1; tries <= 6; ++tries) {
        const auto isPut = QStringLiteral("SELECT count(*) AS n FROM outbox_waiting WHERE state = "
                                          "'unknown' AND attempts = %1")
                               .arg(tries);
        QTRY_COMPARE(fixture.number(isPut), 1);
        QCOMPARE(fixture.provider.calls.size(), static_cast<size_t>(tries));
        if (tries == 6)
            fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
                fixture.provider.accept(reply);
            };
        fixture.clock.advance(delivery::pauseAfterUnknown(tries - 1));
    }
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.calls.size(), 7u);
    QVERIFY(fixture.answerOf(message) == Json({{"message_id", 101}}));
    QCOMPARE(fixture.courier->counters().unknownOutcomes.load(), 6);
}

void TestDeliveryTelegram::whatNobodyAnswersForADayIsGivenUpAloud()
{
    CourierFixture fixture;
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        reply.hangUp();
    };
    const OutboxId message = fixture.sendMessage(1, text(0));
    fixture.start();
    QTRY_COMPARE(fixture.number(QStringLiteral(
                     "SELECT count(*) AS n FROM outbox_waiting WHERE state = 'unknown'")),
                 1);
    QTest::ignoreMessage(QtCriticalMsg,
                         QRegularExpression(QStringLiteral("sendMessage.*was given up")));
    fixture.clock.advance(delivery::kMessageLifetime);
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("failed"));
    QCOMPARE(fixture.courier->counters().givenUp.load(), 1);
}

void TestDeliveryTelegram::oneHangUpIsOneRepeat()
{
    CourierFixture fixture;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        if (fixture.provider.calls.size() == 2)
            return reply.hangUp(); // on a connection that was kept
        fixture.provider.accept(reply);
    };
    const OutboxId message = fixture.sendMessage(1, text(0));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    const OutboxId second = fixture.sendMessage(1, text(1));
    QTRY_COMPARE(fixture.number(QStringLiteral(
                     "SELECT count(*) AS n FROM outbox_waiting WHERE state = 'unknown'")),
                 1);
    fixture.clock.advance(delivery::pauseAfterUnknown(0));
    QTRY_COMPARE(fixture.stateOf(second), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.texts(1), QStringList({text(0), text(1), text(1)}));
    QVERIFY(fixture.answerOf(second) == Json({{"message_id", 102}}));
}

void TestDeliveryTelegram::outageIsWaitedFor()
{
    CourierFixture fixture;
    bool isDown = true;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        if (isDown)
            return reply.send({.status = 502, .body = "<html>", .contentType = "text/html"});
        fixture.provider.accept(reply);
    };
    const OutboxId message = fixture.sendMessage(1, text(0));
    fixture.start();
    for (size_t tries = 1; tries <= 5; ++tries) {
        QTRY_COMPARE(fixture.provider.calls.size(), tries);
        QTRY_COMPARE(fixture.number(QStringLiteral(
                         "SELECT count(*) AS n FROM outbox_waiting WHERE state = 'waiting'")),
                     1);
        isDown = tries < 5;
        fixture.clock.advance(delivery::backoff(static_cast<int>(tries) - 1));
    }
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.calls.size(), 6u);
}

void TestDeliveryTelegram::wrongTokenStopsEverythingForAMinute()
{
    CourierFixture fixture;
    bool isWrong = true;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        if (isWrong)
            return FakeProvider::refuse(reply, 401, "Unauthorized");
        fixture.provider.accept(reply);
    };
    QTest::ignoreMessage(QtCriticalMsg,
                         QRegularExpression(QStringLiteral("token or the address is wrong")));
    fixture.sendMessage(1, text(0));
    fixture.start();
    QTRY_COMPARE(fixture.number(QStringLiteral(
                     "SELECT count(*) AS n FROM outbox_waiting WHERE not_before > '-infinity' "
                     "AND state = 'waiting'")),
                 1);
    fixture.sendMessage(2, text(0));
    isWrong = false;
    fixture.clock.advance(59s);
    // A row of the other provider shows that the courier has looked.
    const OutboxId other = fixture.enqueue({.requestKey = {},
                                            .provider = queue::Provider::Dynopay,
                                            .method = QStringLiteral("getSupportedCurrency"),
                                            .lane = QStringLiteral("coins"),
                                            .payload = Json::object()});
    QTRY_COMPARE(fixture.stateOf(other), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.texts(2).size(), 0);
    fixture.clock.advance(1s);
    QTRY_COMPARE(fixture.waiting(), 0);
}

void TestDeliveryTelegram::wordsOfARefusalAreNotLogged()
{
    CourierFixture fixture;
    fixture.provider.answer = [](const ProviderCall &, const http::Reply &reply) {
        FakeProvider::refuse(reply, 400, "Bad Request: can't parse entities in private words");
    };
    static QStringList lines;
    lines.clear();
    const auto before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &line) { lines << line; });
    const OutboxId message = fixture.sendMessage(1, QStringLiteral("private words"));
    fixture.start();
    (void)QTest::qWaitFor([&] { return fixture.stateOf(message) == QLatin1String("failed"); },
                          10'000);
    fixture.courier->stop();
    qInstallMessageHandler(before);
    const QString all = lines.join(u'\n');
    QVERIFY(all.contains(QLatin1String("sendMessage")));
    QVERIFY(all.contains(QLatin1String("400")));
    QVERIFY(!all.contains(QLatin1String("private")));
    QVERIFY(!all.contains(QLatin1String("12:token")));
    QCOMPARE(fixture.stateOf(message), QStringLiteral("failed"));
}

void TestDeliveryTelegram::malformedRowsAreGivenUp()
{
    CourierFixture fixture;
    const OutboxId unknown = fixture.enqueue({.requestKey = {},
                                              .method = QStringLiteral("banChatMember"),
                                              .lane = QStringLiteral("a"),
                                              .payload = {{"parameters", Json::object()}}});
    const OutboxId empty = fixture.enqueue({.requestKey = {},
                                            .method = QStringLiteral("sendMessage"),
                                            .lane = QStringLiteral("b"),
                                            .payload = Json::object()});
    const OutboxId picture = fixture.enqueue(
        {.requestKey = {},
         .method = QStringLiteral("sendPhoto"),
         .lane = QStringLiteral("c"),
         .payload = {{"parameters", {{"chat_id", 1}}}, {"qr", std::string(5000, 'x')}}});
    for (int i = 0; i < 3; ++i)
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("cannot be sent")));
    fixture.start();
    for (const OutboxId id : {unknown, empty, picture})
        QTRY_COMPARE(fixture.stateOf(id), QStringLiteral("failed"));
    QCOMPARE(fixture.provider.calls.size(), 0u);
}

void TestDeliveryTelegram::pictureIsUploaded()
{
    CourierFixture fixture;
    const OutboxId photo =
        fixture.enqueue({.requestKey = {},
                         .method = QStringLiteral("sendPhoto"),
                         .lane = QStringLiteral("chat:5"),
                         .payload = {{"parameters", {{"chat_id", 5}, {"caption", "Pay here"}}},
                                     {"qr", "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE"}}});
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(photo), QStringLiteral("sent"));
    const http::Request &request = fixture.provider.calls.at(0).request;
    QVERIFY(request.header("Content-Type").startsWith("multipart/form-data; boundary="));
    QVERIFY(request.body.contains("name=\"caption\"\r\n\r\nPay here\r\n"));
    QVERIFY(request.body.contains("\x89PNG\r\n"));
    QVERIFY(fixture.answerOf(photo) == Json({{"message_id", 101}}));
}

REGISTER_TEST(TestDeliveryTelegram);

} // namespace tst_delivery_telegram

#include "tst_delivery_telegram.moc"
