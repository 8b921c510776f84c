#include "providers/telegram/answer.h"
#include "tests/providers/mutation.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_telegram_answer {

using namespace providers::telegram;
using Outcome = Answer::Outcome;

class TestTelegramAnswer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyErrorOfTheSheetHasItsOutcome_data();
    void everyErrorOfTheSheetHasItsOutcome();
    void aResultIsKept();
    void aWaitIsReadFromWhereverItStands_data();
    void aWaitIsReadFromWhereverItStands();
    void aMovedGroupTellsItsNewId();
    void whatCannotBeReadIsUnavailable_data();
    void whatCannotBeReadIsUnavailable();
    void theWebhookInfoIsRead();
    void noMutationHarms();
};

void TestTelegramAnswer::everyErrorOfTheSheetHasItsOutcome_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("description");
    QTest::addColumn<int>("outcome");
    const auto row = [](Outcome outcome, int code, const char *description) {
        QTest::newRow(qPrintable(QString::number(code) + u' ' + QString::fromLatin1(description)))
            << code << QString::fromLatin1(description) << static_cast<int>(outcome);
    };
    row(Outcome::Unreachable, 400, "Bad Request: chat not found");
    row(Outcome::NotModified, 400,
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same");
    row(Outcome::MessageGone, 400, "Bad Request: message to edit not found");
    row(Outcome::MessageGone, 400, "Bad Request: message can't be edited");
    row(Outcome::MessageGone, 400, "Bad Request: MESSAGE_ID_INVALID");
    row(Outcome::TooOld, 400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid");
    row(Outcome::Refused, 400,
        "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3");
    row(Outcome::Refused, 400, "Bad Request: message is too long");
    row(Outcome::Refused, 400, "Bad Request: message text is empty");
    row(Outcome::Refused, 400, "Bad Request: group chat was upgraded to a supergroup chat");
    row(Outcome::Refused, 400, "Bad Request: BUTTON_DATA_INVALID");
    row(Outcome::Refused, 400, "Bad Request: something new");
    row(Outcome::Unauthorized, 401, "Unauthorized");
    row(Outcome::Unreachable, 403, "Forbidden: bot was blocked by the user");
    row(Outcome::Unreachable, 403, "Forbidden: user is deactivated");
    row(Outcome::Unreachable, 403, "Forbidden: bot can't initiate conversation with a user");
    row(Outcome::Unreachable, 403, "Forbidden: bot was kicked from the group chat");
    row(Outcome::Unreachable, 403, "Forbidden: bot is not a member of the supergroup chat");
    row(Outcome::Unauthorized, 404, "Not Found");
    row(Outcome::Refused, 404, "Not Found: method not found");
    row(Outcome::Refused, 409, "Conflict: can't use getUpdates method while webhook is active");
    row(Outcome::Refused, 413, "Request Entity Too Large");
    row(Outcome::RetryAfter, 429, "Too Many Requests: retry after 7");
    row(Outcome::Unavailable, 500, "Internal Server Error");
    row(Outcome::Unavailable, 502, "Bad Gateway");
}

void TestTelegramAnswer::everyErrorOfTheSheetHasItsOutcome()
{
    QFETCH(int, code);
    QFETCH(QString, description);
    QFETCH(int, outcome);
    const Json json = {{"ok", false}, {"error_code", code}, {"description", description}};
    const Answer answer = parseAnswer(code, core::toBytes(json));
    QCOMPARE(static_cast<int>(answer.outcome), outcome);
    QCOMPARE(answer.code, code);
    QCOMPARE(answer.description, description);
    QCOMPARE(answer.isDone(),
             answer.outcome == Outcome::NotModified || answer.outcome == Outcome::TooOld);
    // Some proxies answer 200 to everything; the body's own code counts.
    QCOMPARE(static_cast<int>(parseAnswer(200, core::toBytes(json)).outcome), outcome);
}

void TestTelegramAnswer::aResultIsKept()
{
    const Answer answer = parseAnswer(
        200, R"({"ok":true,"result":{"message_id":12,"chat":{"id":5}},"description":"d"})");
    QCOMPARE(answer.outcome, Outcome::Ok);
    QVERIFY(answer.isDone());
    QCOMPARE(messageIdOf(answer), 12);
    const Answer plain = parseAnswer(200, R"({"ok":true,"result":true})");
    QCOMPARE(plain.outcome, Outcome::Ok);
    QVERIFY(!messageIdOf(plain));
}

void TestTelegramAnswer::aWaitIsReadFromWhereverItStands_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("header");
    QTest::addColumn<int>("seconds");
    const auto body = [](const char *parameters) {
        return QByteArray(
                   R"({"ok":false,"error_code":429,"description":"Too Many Requests","parameters":)") +
               parameters + "}";
    };
    QTest::newRow("parameters") << body(R"({"retry_after":7})") << -1 << 7;
    QTest::newRow("parameters before header") << body(R"({"retry_after":7})") << 9 << 7;
    QTest::newRow("as text") << body(R"({"retry_after":"7"})") << -1 << 7;
    QTest::newRow("header") << body("null") << 9 << 9;
    QTest::newRow("no body") << QByteArray() << 9 << 9;
    QTest::newRow("nothing") << QByteArray("<html>") << -1 << 30;
    QTest::newRow("negative") << body(R"({"retry_after":-7})") << -1 << 1;
    QTest::newRow("zero header") << QByteArray() << 0 << 1;
    QTest::newRow("for ever") << body(R"({"retry_after":9223372036854775807})") << -1 << 3600;
}

void TestTelegramAnswer::aWaitIsReadFromWhereverItStands()
{
    QFETCH(QByteArray, body);
    QFETCH(int, header);
    QFETCH(int, seconds);
    const auto given = header < 0 ? std::nullopt : std::optional(std::chrono::seconds(header));
    const Answer answer = parseAnswer(429, body, given);
    QCOMPARE(answer.outcome, Outcome::RetryAfter);
    QCOMPARE(answer.retryAfter.count(), seconds);
}

void TestTelegramAnswer::aMovedGroupTellsItsNewId()
{
    const Answer answer = parseAnswer(
        400, R"({"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded",)"
             R"("parameters":{"migrate_to_chat_id":-1001234567890}})");
    QCOMPARE(answer.migrateToChatId, -1'001'234'567'890);
}

void TestTelegramAnswer::whatCannotBeReadIsUnavailable_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    for (const char *body : {"", "<html>", "null", "[]", "{}", R"({"ok":null})",
                             R"({"ok":"true","result":{}})", R"({"ok":true)"})
        for (const int status : {200, 400, 403, 404, 502})
            QTest::newRow(
                qPrintable(QStringLiteral("%1 %2").arg(status).arg(QString::fromLatin1(body))))
                << status << QByteArray(body);
}

void TestTelegramAnswer::whatCannotBeReadIsUnavailable()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const Answer answer = parseAnswer(status, body);
    QCOMPARE(answer.outcome, Outcome::Unavailable);
    QCOMPARE(answer.code, status);
    QVERIFY(!answer.isDone());
}

void TestTelegramAnswer::theWebhookInfoIsRead()
{
    const WebhookInfo info = webhookInfoOf(parseAnswer(
        200,
        R"({"ok":true,"result":{"url":"https://bot.host.tld/webhooks/telegram","has_custom_certificate":false,)"
        R"("pending_update_count":3,"max_connections":40,"allowed_updates":["message",5,"callback_query"],)"
        R"("last_error_date":1790000000,"last_error_message":"Read timeout expired"}})"));
    QCOMPARE(info.url, QStringLiteral("https://bot.host.tld/webhooks/telegram"));
    QCOMPARE(info.pendingUpdates, 3);
    QCOMPARE(info.maxConnections, 40);
    QCOMPARE(info.allowedUpdates,
             QStringList({QStringLiteral("message"), QStringLiteral("callback_query")}));
    QCOMPARE(info.lastErrorDate, 1'790'000'000);
    QVERIFY(webhookInfoOf({}).url.isEmpty());
}

void TestTelegramAnswer::noMutationHarms()
{
    int looked = 0;
    const auto look = [&](const Json &mutated) {
        const Answer answer = parseAnswer(429, core::toBytes(mutated));
        QCOMPARE(answer.outcome == Outcome::Ok, core::boolMember(mutated, "ok") == true);
        QVERIFY(answer.retryAfter.count() >= 0 && answer.retryAfter.count() <= 3600);
        ++looked;
    };
    tests::mutate(
        R"({"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}})",
        look);
    QVERIFY(looked > 80);
}

REGISTER_TEST(TestTelegramAnswer);

} // namespace tst_telegram_answer

#include "tst_telegram_answer.moc"
