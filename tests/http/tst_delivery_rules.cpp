#include "delivery/decision.h"
#include "delivery/qr_picture.h"
#include "delivery/rate_limit.h"
#include "tests/support/test_main.h"

#include <QImage>
#include <QTest>

#include <qrencode.h>

using namespace std::chrono_literals;
using delivery::AfterUnknown;
using delivery::Attempt;
using delivery::Decision;
using delivery::HttpAnswer;
using delivery::Next;
using delivery::RateLimit;
using delivery::RepeatRule;
using Verdict = delivery::RateLimit::Verdict;

namespace {

const Timestamp kStart = core::fromMicros(1'800'000'000'000'000);

RateLimit makeLimit(delivery::Rates rates = {.perSecond = 30, .chatPerSecond = 1, .chatBurst = 4})
{
    return RateLimit(rates, [](std::chrono::microseconds) { return 0us; });
}

HttpAnswer answered(int status, const QByteArray &body)
{
    return {.outcome = HttpAnswer::Outcome::Answered, .status = status, .body = body};
}

Attempt message()
{
    return {.rule = RepeatRule::AtLeastOnce};
}

} // namespace

Q_DECLARE_METATYPE(HttpAnswer)
Q_DECLARE_METATYPE(Attempt)

class TestDeliveryRules final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMethodHasItsRule_data();
    void everyMethodHasItsRule();
    void unknownOutcomeFollowsTheRule();
    void telegramAnswersLeadToOneDecision_data();
    void telegramAnswersLeadToOneDecision();
    void neverTwiceEndsAsUnknown();
    void messageIdIsKept();
    void messagesAreKeptForADay();
    void dynopayAnswersLeadToOneDecision_data();
    void dynopayAnswersLeadToOneDecision();
    void dynopayBodyWithNulCanBeStored();
    void backoffDoublesToAMinute();

    void chatHasABurstThenItsRate();
    void allChatsShareTheBotsRate();
    void callbackAnswersAreNotLimited();
    void refusedChatWaitsAndOthersGoOn();
    void manyRefusedChatsPauseTheBot();
    void pauseCoversCallbackAnswersOfItsScope();
    void clockThatGoesBackDoesNotBlock();
    void idleChatsAreForgotten();

    void qrPictureShowsTheCode();
    void qrPictureRefusesWhatCannotBeCoded();
};

void TestDeliveryRules::everyMethodHasItsRule_data()
{
    QTest::addColumn<int>("provider");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("rule");
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<bool>("isLimited");
    const auto row = [](queue::Provider provider, const char *name, RepeatRule rule,
                        const char *verb, bool isLimited) {
        QTest::newRow(name) << static_cast<int>(provider) << QString::fromLatin1(name)
                            << static_cast<int>(rule) << QByteArray(verb) << isLimited;
    };
    using enum RepeatRule;
    for (const char *name : {"sendMessage", "sendPhoto"})
        row(queue::Provider::Telegram, name, AtLeastOnce, "POST", true);
    for (const char *name : {"editMessageText", "editMessageCaption"})
        row(queue::Provider::Telegram, name, Idempotent, "POST", true);
    for (const char *name :
         {"answerCallbackQuery", "setMyCommands", "getWebhookInfo", "setWebhook"})
        row(queue::Provider::Telegram, name, Idempotent, "POST", false);
    row(queue::Provider::Dynopay, "createPayment", Idempotent, "POST", false);
    for (const char *name : {"getPaymentStatus", "getCryptoTransaction", "getSupportedCurrency"})
        row(queue::Provider::Dynopay, name, Idempotent, "GET", false);
}

void TestDeliveryRules::everyMethodHasItsRule()
{
    QFETCH(int, provider);
    QFETCH(QString, name);
    const auto *method = delivery::findMethod(static_cast<queue::Provider>(provider), name);
    QVERIFY(method);
    QTEST(static_cast<int>(method->rule), "rule");
    QTEST(method->verb, "verb");
    QTEST(method->isLimited, "isLimited");
    QCOMPARE(delivery::findMethod(queue::Provider::Retell, name), nullptr);
}

void TestDeliveryRules::unknownOutcomeFollowsTheRule()
{
    QCOMPARE(delivery::afterUnknown(RepeatRule::Idempotent, false), AfterUnknown::Repeat);
    QCOMPARE(delivery::afterUnknown(RepeatRule::Idempotent, true), AfterUnknown::Repeat);
    QCOMPARE(delivery::afterUnknown(RepeatRule::AtLeastOnce, false), AfterUnknown::Repeat);
    QCOMPARE(delivery::afterUnknown(RepeatRule::AtLeastOnce, true), AfterUnknown::CountAsSent);
    QCOMPARE(delivery::afterUnknown(RepeatRule::NeverTwice, false), AfterUnknown::GiveUp);
    QVERIFY(delivery::mayResume(RepeatRule::Idempotent));
    QVERIFY(delivery::mayResume(RepeatRule::AtLeastOnce));
    QVERIFY(!delivery::mayResume(RepeatRule::NeverTwice));
}

void TestDeliveryRules::telegramAnswersLeadToOneDecision_data()
{
    QTest::addColumn<Attempt>("attempt");
    QTest::addColumn<HttpAnswer>("answer");
    QTest::addColumn<int>("next");
    QTest::addColumn<int>("scope");
    QTest::addColumn<int>("waitSeconds");
    QTest::addColumn<bool>("mayHaveArrived");
    const auto row = [](const char *name, const Attempt &attempt, const HttpAnswer &answer,
                        Next next, Decision::Scope scope = Decision::Scope::RowOnly, int wait = 0,
                        bool mayHaveArrived = false) {
        QTest::newRow(name) << attempt << answer << static_cast<int>(next)
                            << static_cast<int>(scope) << wait << mayHaveArrived;
    };
    const auto said = [](int status, const QByteArray &description, const QByteArray &more = {}) {
        return answered(status, R"({"ok":false,"error_code":)" + QByteArray::number(status) +
                                    R"(,"description":")" + description + '"' + more + '}');
    };
    using Scope = Decision::Scope;
    const Attempt edit{.rule = RepeatRule::Idempotent};
    const Attempt second{.rule = RepeatRule::AtLeastOnce, .triesBefore = 1, .mayHaveArrived = true};
    const Attempt anew{.rule = RepeatRule::AtLeastOnce, .isAlternative = true};
    const HttpAnswer lost{.outcome = HttpAnswer::Outcome::Unknown};
    const HttpAnswer refused{.outcome = HttpAnswer::Outcome::NotArrived};

    row("ok", message(), answered(200, R"({"ok":true,"result":{"message_id":7}})"), Next::Sent);
    row("not modified", edit, said(400, "Bad Request: message is not modified"), Next::Sent);
    row("query too old", edit, said(400, "Bad Request: query is too old and ..."), Next::Sent);
    row("429", message(), said(429, "Too Many Requests", R"(,"parameters":{"retry_after":7})"),
        Next::Repeat, Scope::ScopePaused, 7);
    row("429 of a repeat", second,
        said(429, "Too Many Requests", R"(,"parameters":{"retry_after":7})"), Next::Repeat,
        Scope::ScopePaused, 7, true);
    row("blocked", message(), said(403, "Forbidden: bot was blocked by the user"), Next::Failed,
        Scope::Unreachable);
    row("no such chat", message(), said(400, "Bad Request: chat not found"), Next::Failed,
        Scope::Unreachable);
    row("message gone", edit, said(400, "Bad Request: message to edit not found"),
        Next::Alternative);
    row("gone again", anew, said(400, "Bad Request: message to edit not found"), Next::Failed,
        Scope::OurError);
    row("bad token", message(), said(401, "Unauthorized"), Next::Repeat, Scope::TokenRefused, 60);
    row("our error", message(), said(400, "Bad Request: can't parse entities"), Next::Failed,
        Scope::OurError);
    row("502", message(), answered(502, "<html>"), Next::Repeat, Scope::RowOnly, 1);
    row("garbled success", message(), answered(200, "<html>"), Next::Repeat, Scope::RowOnly, 1,
        true);
    row("no connection", message(), refused, Next::Repeat, Scope::ProviderDown, 1);
    row("hang-up", message(), lost, Next::Repeat, Scope::RowOnly, 1, true);
    row("hang-up of a repeat", second, lost, Next::Sent);
    row("hang-up of an edit", edit, lost, Next::Repeat, Scope::RowOnly, 1);
    row("another origin", message(), {.outcome = HttpAnswer::Outcome::NotAllowed}, Next::Failed,
        Scope::OurError);
}

void TestDeliveryRules::telegramAnswersLeadToOneDecision()
{
    QFETCH(Attempt, attempt);
    QFETCH(HttpAnswer, answer);
    const Decision decision = delivery::decideTelegram(attempt, answer, 5);
    QTEST(static_cast<int>(decision.next), "next");
    QTEST(static_cast<int>(decision.scope), "scope");
    QTEST(static_cast<int>(decision.wait.count()), "waitSeconds");
    QTEST(decision.mayHaveArrived, "mayHaveArrived");
}

void TestDeliveryRules::neverTwiceEndsAsUnknown()
{
    const Attempt call{.rule = RepeatRule::NeverTwice};
    for (const HttpAnswer &answer :
         {HttpAnswer{.outcome = HttpAnswer::Outcome::Unknown}, answered(500, "")}) {
        const Decision decision = delivery::decideTelegram(call, answer, 0);
        QCOMPARE(decision.next, Next::Failed);
        QVERIFY(decision.answer == Json({{"unknown", true}}));
    }
    const Decision refused =
        delivery::decideTelegram(call, {.outcome = HttpAnswer::Outcome::NotArrived}, 0);
    QCOMPARE(refused.next, Next::Repeat);
}

void TestDeliveryRules::messageIdIsKept()
{
    const auto sent = delivery::decideTelegram(
        message(), answered(200, R"({"ok":true,"result":{"message_id":7}})"), 0);
    QVERIFY(sent.answer == Json({{"message_id", 7}}));
    const auto same = delivery::decideTelegram(
        message(),
        answered(
            400,
            R"({"ok":false,"error_code":400,"description":"Bad Request: message is not modified"})"),
        5);
    QVERIFY(same.answer == Json({{"message_id", 5}}));
}

void TestDeliveryRules::messagesAreKeptForADay()
{
    const HttpAnswer refused{.outcome = HttpAnswer::Outcome::NotArrived};
    Attempt attempt{.rule = RepeatRule::AtLeastOnce, .triesBefore = 2000, .age = 24h - 1s};
    QCOMPARE(delivery::decideTelegram(attempt, refused, 0).next, Next::Repeat);
    attempt.age = 24h;
    QCOMPARE(delivery::decideTelegram(attempt, refused, 0).next, Next::Failed);
}

void TestDeliveryRules::dynopayAnswersLeadToOneDecision_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("triesBefore");
    QTest::addColumn<HttpAnswer>("answer");
    QTest::addColumn<int>("next");
    QTest::addColumn<int>("waitSeconds");
    const auto row = [](const char *name, const char *method, int tries, const HttpAnswer &answer,
                        Next next, int wait = 0) {
        QTest::newRow(name) << QString::fromLatin1(method) << tries << answer
                            << static_cast<int>(next) << wait;
    };
    const HttpAnswer lost{.outcome = HttpAnswer::Outcome::Unknown};
    const HttpAnswer refused{.outcome = HttpAnswer::Outcome::NotArrived};
    HttpAnswer limited = answered(429, "{}");
    limited.retryAfter = 9s;
    row("ok", "createPayment", 0, answered(200, R"({"success":true,"data":{"address":"T1"}})"),
        Next::Sent);
    row("success that says no", "createPayment", 0, answered(200, R"({"success":false})"),
        Next::Sent);
    row("bad request", "createPayment", 0, answered(400, R"({"code":"amount_invalid"})"),
        Next::Failed);
    row("in progress", "createPayment", 0,
        answered(409, R"({"code":"idempotency_request_in_progress"})"), Next::Repeat, 2);
    row("key reused", "createPayment", 0, answered(409, R"({"code":"idempotency_key_reused"})"),
        Next::Failed);
    row("too many", "createPayment", 0, limited, Next::Repeat, 9);
    row("502", "createPayment", 1, answered(502, ""), Next::Repeat, 2);
    row("502, third time", "createPayment", 2, answered(502, ""), Next::Failed);
    row("lost", "createPayment", 0, lost, Next::Repeat, 1);
    row("lost, third time", "createPayment", 2, lost, Next::Failed);
    row("no connection, third time", "getPaymentStatus", 2, refused, Next::Failed);
    row("unknown payment", "getPaymentStatus", 0, answered(404, "{}"), Next::Failed);
    row("old address of the list", "getSupportedCurrency", 0, answered(404, "{}"),
        Next::Alternative);
    row("wrong key", "getSupportedCurrency", 0, answered(403, "{}"), Next::Failed);
}

void TestDeliveryRules::dynopayAnswersLeadToOneDecision()
{
    QFETCH(QString, method);
    QFETCH(int, triesBefore);
    QFETCH(HttpAnswer, answer);
    const Attempt attempt{
        .rule = RepeatRule::Idempotent, .triesMax = 3, .triesBefore = triesBefore};
    const Decision decision = delivery::decideDynopay(attempt, method, answer);
    QTEST(static_cast<int>(decision.next), "next");
    QTEST(static_cast<int>(decision.wait.count()), "waitSeconds");
    if (decision.next == Next::Sent || decision.next == Next::Failed)
        QVERIFY(decision.answer ==
                Json({{"http", answer.status}, {"body", answer.body.toStdString()}}));
}

void TestDeliveryRules::dynopayBodyWithNulCanBeStored()
{
    const Attempt attempt{.rule = RepeatRule::Idempotent, .triesMax = 3};
    const auto decision = delivery::decideDynopay(attempt, QStringLiteral("createPayment"),
                                                  answered(200, QByteArray("a\0b", 3)));
    QVERIFY(decision.answer == Json({{"http", 200}, {"body", "ab"}}));
}

void TestDeliveryRules::backoffDoublesToAMinute()
{
    QCOMPARE(delivery::backoff(0), 1s);
    QCOMPARE(delivery::backoff(1), 2s);
    QCOMPARE(delivery::backoff(5), 32s);
    QCOMPARE(delivery::backoff(6), 60s);
    QCOMPARE(delivery::backoff(30'000), 60s);
}

// Rate limits ---------------------------------------------------------------------------------

void TestDeliveryRules::chatHasABurstThenItsRate()
{
    RateLimit limit = makeLimit({.perSecond = 1000, .chatPerSecond = 1, .chatBurst = 4});
    const QString chat = QStringLiteral("1");
    for (int i = 0; i < 4; ++i)
        QCOMPARE(limit.take(chat, true, kStart).verdict, Verdict::Go);
    const auto fifth = limit.take(chat, true, kStart);
    QCOMPARE(fifth.verdict, Verdict::Wait);
    QCOMPARE(fifth.until, kStart + 1s);
    QCOMPARE(limit.take(QStringLiteral("2"), true, kStart).verdict, Verdict::Go);
    QCOMPARE(limit.take(chat, true, kStart + 999ms).verdict, Verdict::Wait);
    QCOMPARE(limit.take(chat, true, kStart + 1s).verdict, Verdict::Go);
    QCOMPARE(limit.take(chat, true, kStart + 1s).verdict, Verdict::Wait);
}

void TestDeliveryRules::allChatsShareTheBotsRate()
{
    RateLimit limit = makeLimit();
    int sent = 0;
    Timestamp now = kStart;
    for (int chat = 0; now < kStart + 10s; ++chat) {
        const auto answer = limit.take(QString::number(chat), true, now);
        if (answer.verdict == Verdict::Go)
            ++sent;
        else
            now = answer.until;
    }
    QVERIFY2(sent >= 300 && sent <= 303, qPrintable(QString::number(sent)));
}

void TestDeliveryRules::callbackAnswersAreNotLimited()
{
    RateLimit limit = makeLimit({.perSecond = 1, .chatPerSecond = 1, .chatBurst = 1});
    QCOMPARE(limit.take(QStringLiteral("1"), true, kStart).verdict, Verdict::Go);
    QCOMPARE(limit.take(QStringLiteral("2"), true, kStart).verdict, Verdict::AllWait);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(limit.take(QStringLiteral("answerCallbackQuery"), false, kStart).verdict,
                 Verdict::Go);
}

void TestDeliveryRules::refusedChatWaitsAndOthersGoOn()
{
    RateLimit limit = makeLimit();
    QCOMPARE(limit.pause(QStringLiteral("1"), 7s, kStart), kStart + 7s);
    const auto paused = limit.take(QStringLiteral("1"), true, kStart + 6s);
    QCOMPARE(paused.verdict, Verdict::Wait);
    QCOMPARE(paused.until, kStart + 7s);
    QCOMPARE(limit.take(QStringLiteral("2"), true, kStart).verdict, Verdict::Go);
    QCOMPARE(limit.take(QStringLiteral("1"), true, kStart + 7s).verdict, Verdict::Go);
}

void TestDeliveryRules::manyRefusedChatsPauseTheBot()
{
    RateLimit limit = makeLimit();
    for (const char *chat : {"1", "2", "3"})
        limit.pause(QString::fromLatin1(chat), 5s, kStart);
    const auto other = limit.take(QStringLiteral("9"), true, kStart);
    QCOMPARE(other.verdict, Verdict::AllWait);
    QCOMPARE(other.until, kStart + 5s);
    QCOMPARE(limit.take(QStringLiteral("9"), true, kStart + 5s).verdict, Verdict::Go);
}

void TestDeliveryRules::pauseCoversCallbackAnswersOfItsScope()
{
    RateLimit limit = makeLimit();
    const QString scope = QStringLiteral("answerCallbackQuery");
    limit.pause(scope, 2s, kStart);
    QCOMPARE(limit.take(scope, false, kStart).verdict, Verdict::Wait);
    QCOMPARE(limit.take(scope, false, kStart + 2s).verdict, Verdict::Go);
}

void TestDeliveryRules::clockThatGoesBackDoesNotBlock()
{
    RateLimit limit = makeLimit({.perSecond = 1000, .chatPerSecond = 1, .chatBurst = 4});
    const QString chat = QStringLiteral("1");
    for (int i = 0; i < 4; ++i)
        QCOMPARE(limit.take(chat, true, kStart).verdict, Verdict::Go);
    const Timestamp earlier = kStart - 24h;
    Timestamp now = earlier;
    auto answer = limit.take(chat, true, now);
    for (int i = 0; i < 2 && answer.verdict != Verdict::Go;
         ++i) { // the chat's bucket, then the bot's
        now = answer.until;
        answer = limit.take(chat, true, now);
    }
    QCOMPARE(answer.verdict, Verdict::Go);
    QVERIFY(now <= earlier + 5s);
}

void TestDeliveryRules::idleChatsAreForgotten()
{
    RateLimit limit = makeLimit({.perSecond = 100'000, .chatPerSecond = 1, .chatBurst = 4});
    Timestamp now = kStart;
    for (int chat = 0; chat < 50'000; ++chat) {
        QCOMPARE(limit.take(QString::number(chat), true, now).verdict, Verdict::Go);
        now += 10ms;
    }
    QVERIFY2(limit.rememberedCount() < 2'500, qPrintable(QString::number(limit.rememberedCount())));
}

// Pictures ------------------------------------------------------------------------------------

void TestDeliveryRules::qrPictureShowsTheCode()
{
    const QByteArray text = "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE";
    const auto png = delivery::qrPicture(QString::fromLatin1(text));
    QVERIFY(png);
    const QImage image = QImage::fromData(*png, "PNG");
    QVERIFY(image.width() > 300 && image.width() <= 400);
    QCOMPARE(image.width(), image.height());
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    const int modules = code->width + 8;
    QCOMPARE(image.width() % modules, 0);
    const int scale = image.width() / modules;
    for (int y = 0; y < modules; ++y) {
        for (int x = 0; x < modules; ++x) {
            const int column = x - 4;
            const int row = y - 4;
            const bool isInside =
                column >= 0 && row >= 0 && column < code->width && row < code->width;
            const bool isDark = isInside && (code->data[row * code->width + column] & 1);
            QCOMPARE(qGray(image.pixel(x * scale + scale / 2, y * scale + scale / 2)),
                     isDark ? 0 : 255);
        }
    }
}

void TestDeliveryRules::qrPictureRefusesWhatCannotBeCoded()
{
    QVERIFY(!delivery::qrPicture(QString()));
    QVERIFY(!delivery::qrPicture(QString(5000, u'x')));
}

REGISTER_TEST(TestDeliveryRules);

#include "tst_delivery_rules.moc"
