#include "core/crypto.h"
#include "core/json.h"
#include "intake/webhook_routes.h"
#include "providers/dynopay/signature.h"
#include "providers/retell/signature.h"

#include "tests/support/test_main.h"

#include <QTest>

namespace tst_intake_routes {

using namespace std::chrono_literals;
using intake::Answer;
using intake::Refusal;
using intake::WebhookRoutes;
using queue::NewEntry;
using Policy = core::Settings::SignaturePolicy;

class TestIntakeRoutes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPathUnderWebhooksIsAHook_data();
    void everyPathUnderWebhooksIsAHook();
    void wrongMethodOrHookIsNever404_data();
    void wrongMethodOrHookIsNever404();
    void updateGoesToItsCustomersLane_data();
    void updateGoesToItsCustomersLane();
    void updateWithTheWrongSecretIsRefused();
    void malformedUpdateIsKeptAsRawBytes_data();
    void malformedUpdateIsKeptAsRawBytes();
    void nullCharacterIsReplacedAndTheRawBytesKept();
    void dynopayEntryHoldsEvidenceButNoToken();
    void dynopayTokenOfAnotherShapeIsRefused_data();
    void dynopayTokenOfAnotherShapeIsRefused();
    void dynopayBodyBeyond64KiBIsRefused();
    void dynopayBodyThatIsNoObjectIsKept_data();
    void dynopayBodyThatIsNoObjectIsKept();
    void dynopaySignaturePolicy_data();
    void dynopaySignaturePolicy();
    void refusedSignatureLeavesEvidenceWithoutItsSecrets();
    void signingIsOfInterestOnlyWhereItIsChecked();
};

namespace {

const QByteArray kSecret = "telegram-secret-0123456789";
const QByteArray kRetellKey = "key_0123456789abcdef";
const QByteArray kDynopaySecret = "whsec_example_only_0123456789abcdef";
const QByteArray kToken = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_";
const QByteArray kMalformed = R"({"malformed":true})";
const Timestamp kNow{std::chrono::seconds(1'790'000'000)};

core::Settings settings()
{
    core::Settings settings;
    settings.telegramBotToken = QStringLiteral("4242:AAAA");
    settings.telegramWebhookSecret = QString::fromLatin1(kSecret);
    settings.retellApiKey = QString::fromLatin1(kRetellKey);
    settings.dynopayWebhookSecrets = {QString::fromLatin1(kDynopaySecret)};
    return settings;
}

http::Request request(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                      const QList<http::Header> &headers = {})
{
    return {.method = method,
            .path = path,
            .query = {},
            .headers = headers,
            .body = body,
            .peer = QHostAddress(QHostAddress::LocalHost)};
}

intake::Verdict judge(const http::Request &request, const core::Settings &with = settings())
{
    return WebhookRoutes(with).judge(request, kNow);
}

intake::Verdict telegram(const QByteArray &body)
{
    return judge(request("POST", "/webhooks/telegram", body,
                         {{"x-telegram-bot-api-secret-token", kSecret}}));
}

intake::Verdict dynopay(const QByteArray &body, const QList<http::Header> &headers = {},
                        const core::Settings &with = settings())
{
    return judge(request("POST", "/webhooks/dynopay/" + kToken, body, headers), with);
}

const NewEntry *entryOf(const intake::Verdict &verdict)
{
    const auto *accepted = std::get_if<intake::Accepted>(&verdict);
    return accepted ? &accepted->entry : nullptr;
}

int statusOf(const intake::Verdict &verdict)
{
    const auto *answer = std::get_if<Answer>(&verdict);
    return answer ? answer->response.status : 0;
}

} // namespace

void TestIntakeRoutes::everyPathUnderWebhooksIsAHook_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isHook");
    QTest::newRow("bare") << QByteArray("/webhooks") << true;
    QTest::newRow("slash") << QByteArray("/webhooks/") << true;
    QTest::newRow("unknown") << QByteArray("/webhooks/stripe") << true;
    QTest::newRow("longer word") << QByteArray("/webhooks2/telegram") << false;
    QTest::newRow("page") << QByteArray("/terms") << false;
    QTest::newRow("root") << QByteArray("/") << false;
}

void TestIntakeRoutes::everyPathUnderWebhooksIsAHook()
{
    QFETCH(QByteArray, path);
    QTEST(WebhookRoutes::isHook(path), "isHook");
}

void TestIntakeRoutes::wrongMethodOrHookIsNever404_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    const auto row = [](const char *method, const QByteArray &path, int status) {
        QTest::newRow(QByteArray(method) + ' ' + path) << QByteArray(method) << path << status;
    };
    row("GET", "/webhooks/telegram", 405);
    row("PUT", "/webhooks/retell", 405);
    row("DELETE", "/webhooks/dynopay/" + kToken, 405);
    row("GET", "/webhooks/dynopay/" + kToken, 200);
    row("HEAD", "/webhooks/dynopay/anything/", 200);
    row("POST", "/webhooks/dynopay", 401);
    row("POST", "/webhooks/dynopay/", 401);
    row("POST", "/webhooks/stripe", 401);
    row("GET", "/webhooks/", 401);
    row("POST", "/webhooks", 401);
    row("POST", "/webhooks/telegram/more", 401);
    row("POST", "/webhooks/telegram", 401);
    row("POST", "/webhooks/telegram/", 401);
    row("POST", "/webhooks/retell/", 401);
}

void TestIntakeRoutes::wrongMethodOrHookIsNever404()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QTEST(statusOf(judge(request(method, path, "{}"))), "status");
}

void TestIntakeRoutes::updateGoesToItsCustomersLane_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("lane");
    const QString customer = QStringLiteral("customer:77");
    QTest::newRow("message")
        << QByteArray(
               R"({"update_id":9,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"group"},"from":{"id":77}}})")
        << customer;
    QTest::newRow("tap")
        << QByteArray(R"({"update_id":9,"callback_query":{"id":"1","from":{"id":77},"data":"x"}})")
        << customer;
    QTest::newRow("blocked")
        << QByteArray(
               R"({"update_id":9,"my_chat_member":{"chat":{"id":77},"from":{"id":77},"new_chat_member":{"status":"kicked"}}})")
        << customer;
    QTest::newRow("no sender") << QByteArray(R"({"update_id":9,"poll":{"id":"1"}})")
                               << QStringLiteral("telegram:other");
}

void TestIntakeRoutes::updateGoesToItsCustomersLane()
{
    QFETCH(QByteArray, body);
    const auto verdict = telegram(body);
    const NewEntry *entry = entryOf(verdict);
    QVERIFY(entry);
    QCOMPARE(entry->source, queue::Source::Telegram);
    QCOMPARE(entry->externalId, QStringLiteral("4242:9"));
    QCOMPARE(entry->kind, QStringLiteral("telegram.update"));
    QCOMPARE(entry->payload, body);
    QVERIFY(entry->raw.isEmpty());
    QVERIFY(entry->headers.isEmpty());
    QTEST(entry->lane, "lane");
}

void TestIntakeRoutes::updateWithTheWrongSecretIsRefused()
{
    const QByteArray path = "/webhooks/telegram";
    const QByteArray header = "X-Telegram-Bot-Api-Secret-Token";
    for (const QByteArray &wrong : {QByteArray("telegram"), kSecret + 'x', QByteArray()}) {
        const auto verdict = judge(request("POST", path, R"({"update_id":1})", {{header, wrong}}));
        QCOMPARE(statusOf(verdict), 401);
        QCOMPARE(std::get<Answer>(verdict).refusal, Refusal::WrongSecret);
    }
    core::Settings none = settings();
    none.telegramWebhookSecret.clear();
    QCOMPARE(statusOf(judge(request("POST", path, R"({"update_id":1})", {{header, ""}}), none)),
             401);
}

void TestIntakeRoutes::malformedUpdateIsKeptAsRawBytes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("no id") << QByteArray("{}");
    QTest::newRow("cut") << QByteArray(R"({"update_id":9)");
    QTest::newRow("bad UTF-8") << QByteArray("{\"update_id\":9,\"a\":\"\xff\"}");
    QTest::newRow("deep") << "{\"update_id\":9,\"a\":" + QByteArray(100'000, '[') +
                                 QByteArray(100'000, ']') + '}';
}

void TestIntakeRoutes::malformedUpdateIsKeptAsRawBytes()
{
    QFETCH(QByteArray, body);
    const auto verdict = telegram(body);
    const NewEntry *entry = entryOf(verdict);
    QVERIFY(entry);
    QCOMPARE(entry->payload, kMalformed);
    QCOMPARE(entry->raw, body);
    QCOMPARE(entry->lane, QStringLiteral("telegram:other"));
    QCOMPARE(entry->externalId, QString::fromLatin1("4242:" + core::sha256(body).toHex()));
}

void TestIntakeRoutes::nullCharacterIsReplacedAndTheRawBytesKept()
{
    const QByteArray body =
        R"({"update_id":9,"message":{"chat":{"id":5},"from":{"id":77},"text":"a\u0000b","k\u0000":["\u0000"]}})";
    const auto verdict = telegram(body);
    const NewEntry *entry = entryOf(verdict);
    QVERIFY(entry);
    QCOMPARE(entry->lane, QStringLiteral("customer:77"));
    QCOMPARE(entry->raw, body);
    QVERIFY(!entry->payload.contains("u0000"));
    const auto json = core::parseJson(entry->payload);
    QVERIFY(json);
    QCOMPARE(json->at("message").at("text").get<std::string>(), std::string("a\xEF\xBF\xBD"
                                                                            "b"));
    QCOMPARE(json->at("message").at("k\xEF\xBF\xBD").at(0).get<std::string>(),
             std::string("\xEF\xBF\xBD"));
}

void TestIntakeRoutes::dynopayEntryHoldsEvidenceButNoToken()
{
    const QByteArray body = R"({"event":"payment.settled","amount":0.60241})";
    const auto verdict = dynopay(body, {{"x-dynopay-event", "payment.settled"},
                                        {"X-DynoPay-Webhook-Id", QByteArray(5000, 'w')},
                                        {"X-DynoPay-Type", "webhook"},
                                        {"Authorization", "Bearer secret"},
                                        {"Cookie", "secret"}});
    const NewEntry *entry = entryOf(verdict);
    QVERIFY(entry);
    QCOMPARE(entry->source, queue::Source::Dynopay);
    QCOMPARE(entry->externalId, QString::fromLatin1(core::sha256(kToken + body).toHex()));
    QCOMPARE(entry->kind, QStringLiteral("dynopay.webhook"));
    QVERIFY(entry->lane.isEmpty());
    QCOMPARE(entry->payload, body);
    QCOMPARE(entry->raw, body);
    QCOMPARE(entry->routeTokenSha256, core::sha256(kToken));
    const auto headers = core::parseJson(entry->headers);
    QVERIFY(headers);
    QCOMPARE(headers->size(), size_t(4));
    QCOMPARE(headers->at("X-DynoPay-Event").get<std::string>(), std::string("payment.settled"));
    QCOMPARE(headers->at("X-DynoPay-Webhook-Id").get<std::string>().size(), size_t(200));
    QCOMPARE(headers->at("signature").get<std::string>(), std::string("Absent"));
    QVERIFY(!entry->headers.contains("secret"));
}

void TestIntakeRoutes::dynopayTokenOfAnotherShapeIsRefused_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("short") << kToken.left(42);
    QTest::newRow("long") << kToken + 'a';
    QTest::newRow("plus") << kToken.left(42) + '+';
    QTest::newRow("encoded") << kToken.left(40) + "%41";
    QTest::newRow("subpath") << kToken.left(21) + '/' + kToken.left(21);
}

void TestIntakeRoutes::dynopayTokenOfAnotherShapeIsRefused()
{
    QFETCH(QByteArray, token);
    const auto verdict = judge(request("POST", "/webhooks/dynopay/" + token, "{}"));
    QCOMPARE(statusOf(verdict), 401);
    QCOMPARE(std::get<Answer>(verdict).refusal, Refusal::UnknownToken);
    QVERIFY(entryOf(judge(request("POST", "/webhooks/dynopay/" + kToken + '/', "{}"))));
}

void TestIntakeRoutes::dynopayBodyBeyond64KiBIsRefused()
{
    const QByteArray largest = R"({"a":")" + QByteArray(65'528, 'x') + R"("})";
    QCOMPARE(largest.size(), 65'536);
    QVERIFY(entryOf(dynopay(largest)));
    const auto verdict = dynopay(largest + ' ');
    QCOMPARE(statusOf(verdict), 413);
    QCOMPARE(std::get<Answer>(verdict).refusal, Refusal::TooLarge);
}

void TestIntakeRoutes::dynopayBodyThatIsNoObjectIsKept_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("text") << QByteArray("status=paid");
    QTest::newRow("array") << QByteArray("[1]");
    QTest::newRow("deep") << "{\"a\":" + QByteArray(16, '[') + QByteArray(16, ']') + '}';
}

void TestIntakeRoutes::dynopayBodyThatIsNoObjectIsKept()
{
    QFETCH(QByteArray, body);
    const auto verdict = dynopay(body);
    QVERIFY(entryOf(verdict));
    QCOMPARE(entryOf(verdict)->payload, kMalformed);
    QCOMPARE(entryOf(verdict)->raw, body);
}

void TestIntakeRoutes::dynopaySignaturePolicy_data()
{
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<int>("unsignedStatus"); // 0: taken
    QTest::addColumn<int>("v1Status");
    QTest::addColumn<int>("wrongStatus");
    QTest::newRow("required v2") << Policy::RequiredV2 << 401 << 401 << 401;
    QTest::newRow("v2 or v1") << Policy::V2OrV1 << 401 << 0 << 401;
    QTest::newRow("if present") << Policy::IfPresent << 0 << 0 << 401;
    QTest::newRow("off") << Policy::Off << 0 << 0 << 0;
}

void TestIntakeRoutes::dynopaySignaturePolicy()
{
    QFETCH(Policy, policy);
    core::Settings with = settings();
    with.dynopaySignaturePolicy = policy;
    const QByteArray body = R"({"event":"payment.settled"})";
    const qint64 seconds = 1'790'000'000;
    const QByteArray v2 = "X-Dynopay-Signature-V2";

    QTEST(statusOf(dynopay(body, {}, with)), "unsignedStatus");
    const QByteArray v1 = providers::dynopay::signV1(body, seconds, kDynopaySecret);
    QTEST(statusOf(dynopay(
              body,
              {{"X-DynoPay-Signature", v1}, {"X-DynoPay-Timestamp", QByteArray::number(seconds)}},
              with)),
          "v1Status");
    const QByteArray other = providers::dynopay::signV2(body + ' ', seconds, {kDynopaySecret});
    QTEST(statusOf(dynopay(body, {{v2, other}}, with)), "wrongStatus");
    const QByteArray stale = providers::dynopay::signV2(body, seconds - 301, {kDynopaySecret});
    QTEST(statusOf(dynopay(body, {{v2, stale}}, with)), "wrongStatus");

    const QByteArray good = providers::dynopay::signV2(body, seconds, {kDynopaySecret});
    const auto verdict = dynopay(body, {{v2, good}}, with);
    QVERIFY(entryOf(verdict));
    QVERIFY(entryOf(verdict)->headers.contains(R"("signature":"ValidV2")"));
}

void TestIntakeRoutes::refusedSignatureLeavesEvidenceWithoutItsSecrets()
{
    const QByteArray body = R"({"event":"payment.settled"})";
    const auto refused =
        dynopay(body, {{"X-Dynopay-Signature-V2", "t=1790000000,v1=00"}, {"Cookie", "secret"}});
    const auto &dynopayEvidence = std::get<Answer>(refused).unproven;
    QVERIFY(dynopayEvidence);
    QCOMPARE(dynopayEvidence->source, queue::Source::Dynopay);
    QCOMPARE(dynopayEvidence->reason, QByteArray("wrong_signature"));
    QCOMPARE(dynopayEvidence->routeTokenSha256, core::sha256(kToken));
    QCOMPARE(dynopayEvidence->body, body);
    QCOMPARE(dynopayEvidence->headers, QByteArray(R"({"signature":"Wrong"})"));

    const auto hook = [&](const QByteArray &signature) {
        return judge(
            request("POST", "/webhooks/retell", body, {{"X-Retell-Signature", signature}}));
    };
    const auto wrong = hook("v=1790000000000,d=" + QByteArray(64, '0'));
    const auto &retellEvidence = std::get<Answer>(wrong).unproven;
    QVERIFY(retellEvidence);
    QCOMPARE(retellEvidence->source, queue::Source::Retell);
    QVERIFY(retellEvidence->body.isEmpty());
    // Retell always signs: without a signature it is a stranger, who is only counted.
    QVERIFY(!std::get<Answer>(hook("")).unproven);
}

void TestIntakeRoutes::signingIsOfInterestOnlyWhereItIsChecked()
{
    const QByteArray body = R"({"event":"payment.settled"})";
    const QByteArray signature = providers::dynopay::signV2(body, 1'790'000'000, {kDynopaySecret});
    const QList<http::Header> headers{{"X-Dynopay-Signature-V2", signature}};
    const auto signing = [&](const QList<http::Header> &sent, const core::Settings &with) {
        return std::get<intake::Accepted>(dynopay(body, sent, with)).isSigned;
    };
    QCOMPARE(signing(headers, settings()), std::optional(true));
    QCOMPARE(signing({}, settings()), std::optional(false));
    core::Settings off = settings();
    off.dynopaySignaturePolicy = Policy::Off;
    QCOMPARE(signing({}, off), std::nullopt);
    core::Settings none = settings();
    none.dynopayWebhookSecrets.clear();
    QCOMPARE(signing({}, none), std::nullopt);
    QCOMPARE(std::get<intake::Accepted>(telegram(R"({"update_id":1})")).isSigned, std::nullopt);
}

REGISTER_TEST(TestIntakeRoutes);

} // namespace tst_intake_routes

#include "tst_intake_routes.moc"
