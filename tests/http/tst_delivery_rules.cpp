#include "delivery/decision.h"
#include "delivery/qr_picture.h"
#include "tests/support/test_main.h"

#include <QImage>
#include <QTest>

#include <qrencode.h>

namespace tst_delivery_rules {

using namespace std::chrono_literals;
using delivery::Attempt;
using delivery::Decision;
using delivery::HttpAnswer;
using delivery::Next;
using delivery::RepeatRule;

namespace {

HttpAnswer answered(int status, const QByteArray &body)
{
    return {.outcome = HttpAnswer::Outcome::Answered, .status = status, .body = body};
}

Attempt message()
{
    return {.rule = RepeatRule::AtLeastOnce};
}

} // namespace

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
    void nulInADescriptionIsNotKept();
    void dynopayAnswersLeadToOneDecision_data();
    void dynopayAnswersLeadToOneDecision();
    void dynopayBodyWithNulCanBeStored();
    void dynopayBodyIsKeptWithoutOurAddress_data();
    void dynopayBodyIsKeptWithoutOurAddress();
    void dynopay429PausesTheProviderAndCostsNoTry();
    void backoffDoublesToAMinute();
    void pauseAfterUnknownDoublesToAQuarterOfAnHour();

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
    const Attempt old{.rule = RepeatRule::AtLeastOnce,
                      .triesBefore = 100,
                      .mayHaveArrived = true,
                      .age = delivery::kMessageLifetime};
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
    row("gateway that did not wait", message(), answered(504, "<html>"), Next::Repeat,
        Scope::RowOnly, 5, true);
    row("garbled success", message(), answered(200, "<html>"), Next::Repeat, Scope::RowOnly, 5,
        true);
    row("no connection", message(), refused, Next::Repeat, Scope::ProviderDown, 1);
    row("hang-up", message(), lost, Next::Repeat, Scope::RowOnly, 5, true);
    row("hang-up of a repeat", second, lost, Next::Repeat, Scope::RowOnly, 10, true);
    row("hang-up after a day", old, lost, Next::Failed, Scope::GivenUp);
    row("502 after a day", old, answered(502, "<html>"), Next::Failed, Scope::GivenUp);
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

void TestDeliveryRules::nulInADescriptionIsNotKept()
{
    const auto refused = delivery::decideTelegram(
        message(), answered(400, R"({"ok":false,"error_code":400,"description":"a\u0000b"})"), 0);
    QVERIFY(refused.answer == Json({{"code", 400}, {"description", "ab"}}));
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
    row("too many, third time", "createPayment", 2, limited, Next::Repeat, 9);
    row("too many, does not say how long", "getPaymentStatus", 0, answered(429, "{}"), Next::Repeat,
        60);
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

void TestDeliveryRules::dynopayBodyIsKeptWithoutOurAddress_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kept");
    QTest::newRow("in data")
        << QByteArray(R"({"data":{"address":"T1","amount":0.60241000,"redirect_uri":"https://b/x",)"
                      R"("qr_code":"data:image/png;base64,AAAA"},"success":true})")
        << QStringLiteral(R"({"data":{"address":"T1","amount":"0.60241000"},"success":true})");
    QTest::newRow("deeper, and in lists")
        << QByteArray(R"({"data":{"a":[{"webhook_url":"x"}],"b":{"c":{"callback_url":null}}}})")
        << QStringLiteral(R"({"data":{"a":[{}],"b":{"c":{}}}})");
    QTest::newRow("nothing to hide: byte for byte")
        << QByteArray(R"({ "data" : {"amount":1.50} })")
        << QStringLiteral(R"({ "data" : {"amount":1.50} })");
    QTest::newRow("in a sentence")
        << QByteArray(R"({"message":"no answer from https:\/\/b\/webhooks\/dynopay\/Ab-_9"})")
        << QStringLiteral(R"({"message":"no answer from https:\/\/b\/webhooks\/dynopay\/"})");
    QTest::newRow("not JSON") << QByteArray("GET /webhooks/dynopay/Ab-_9 failed")
                              << QStringLiteral("GET /webhooks/dynopay/ failed");
}

void TestDeliveryRules::dynopayBodyIsKeptWithoutOurAddress()
{
    QFETCH(QByteArray, body);
    const Attempt attempt{.rule = RepeatRule::Idempotent, .triesMax = 3};
    for (const int status : {200, 400}) {
        const auto decision = delivery::decideDynopay(attempt, QStringLiteral("createPayment"),
                                                      answered(status, body));
        QTEST(core::textMember(decision.answer, "body").value_or(QString()), "kept");
    }
}

void TestDeliveryRules::dynopay429PausesTheProviderAndCostsNoTry()
{
    Attempt attempt{.rule = RepeatRule::Idempotent, .triesMax = 3, .triesBefore = 2};
    const auto limited =
        delivery::decideDynopay(attempt, QStringLiteral("getPaymentStatus"), answered(429, "{}"));
    QCOMPARE(limited.scope, Decision::Scope::ProviderPaused);
    QVERIFY(!limited.isTry);
    const auto failed =
        delivery::decideDynopay(Attempt{.rule = RepeatRule::Idempotent, .triesMax = 3},
                                QStringLiteral("getPaymentStatus"), answered(502, "{}"));
    QVERIFY(failed.isTry);
    attempt.age = delivery::kMessageLifetime;
    QCOMPARE(
        delivery::decideDynopay(attempt, QStringLiteral("getPaymentStatus"), answered(429, "{}"))
            .next,
        Next::Failed);
}

void TestDeliveryRules::backoffDoublesToAMinute()
{
    QCOMPARE(delivery::backoff(0), 1s);
    QCOMPARE(delivery::backoff(1), 2s);
    QCOMPARE(delivery::backoff(5), 32s);
    QCOMPARE(delivery::backoff(6), 60s);
    QCOMPARE(delivery::backoff(30'000), 60s);
}

void TestDeliveryRules::pauseAfterUnknownDoublesToAQuarterOfAnHour()
{
    QCOMPARE(delivery::pauseAfterUnknown(0), 5s);
    QCOMPARE(delivery::pauseAfterUnknown(1), 10s);
    QCOMPARE(delivery::pauseAfterUnknown(7), 640s);
    QCOMPARE(delivery::pauseAfterUnknown(8), 900s);
    QCOMPARE(delivery::pauseAfterUnknown(30'000), 900s);
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

} // namespace tst_delivery_rules

#include "tst_delivery_rules.moc"
