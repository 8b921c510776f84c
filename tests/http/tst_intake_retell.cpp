#include "core/crypto.h"
#include "core/json.h"
#include "intake/webhook_routes.h"
#include "providers/retell/signature.h"

#include "tests/support/test_main.h"

#include <QTest>

namespace tst_intake_retell {

using namespace std::chrono_literals;
using intake::Answer;
using intake::WebhookRoutes;
using queue::NewEntry;

/// What becomes of a webhook of Retell before it is stored.
class TestIntakeRetell final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void retellSignatureDecides();
    void retellSpeechIsMaskedBeforeItIsKept();
    void liveTranscriptIsNoInboxRow();
    void retellLaneIsOursOrTheCalls_data();
    void retellLaneIsOursOrTheCalls();
};

namespace {

const QByteArray kRetellKey = "key_0123456789abcdef";
const Timestamp kNow{std::chrono::seconds(1'790'000'000)};

core::Settings settings()
{
    core::Settings settings;
    settings.retellApiKey = QString::fromLatin1(kRetellKey);
    return settings;
}

intake::Verdict judge(const QByteArray &body, const QByteArray &signature,
                      const core::Settings &with = settings())
{
    return WebhookRoutes(with).judge({.method = "POST",
                                      .path = "/webhooks/retell",
                                      .query = {},
                                      .headers = {{"X-Retell-Signature", signature}},
                                      .body = body,
                                      .peer = QHostAddress(QHostAddress::LocalHost)},
                                     kNow);
}

intake::Verdict retell(const QByteArray &body)
{
    return judge(body, providers::retell::sign(body, kRetellKey, kNow));
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

void TestIntakeRetell::retellSignatureDecides()
{
    const QByteArray body = R"({"event":"call_ended","call":{"call_id":"c1"}})";
    const auto verdict = retell(body);
    const NewEntry *entry = entryOf(verdict);
    QVERIFY(entry);
    QCOMPARE(entry->source, queue::Source::Retell);
    QCOMPARE(entry->externalId, QString::fromLatin1(core::sha256("retell" + body).toHex()));
    QCOMPARE(entry->kind, QStringLiteral("retell.webhook"));
    QCOMPARE(core::parseJson(entry->payload).value(), core::parseJson(body).value());
    QVERIFY(entry->raw.isEmpty()); // what is spoken is nowhere in clear

    const QByteArray good = providers::retell::sign(body, kRetellKey, kNow);
    const QByteArray old = providers::retell::sign(body, kRetellKey, kNow - 301s);
    const auto with = [&](const QByteArray &signature, const core::Settings &settings) {
        return statusOf(judge(body, signature, settings));
    };
    QCOMPARE(with("", settings()), 401);
    QCOMPARE(with("v=1,d=2", settings()), 401);
    QCOMPARE(with(old, settings()), 401);
    core::Settings none = settings();
    none.retellApiKey.clear();
    QCOMPARE(with(good, none), 401);
    QCOMPARE(with(providers::retell::sign(body, "", kNow), none), 401);
}

void TestIntakeRetell::retellSpeechIsMaskedBeforeItIsKept()
{
    const QByteArray body =
        R"({"event":"call_analyzed","call":{"call_id":"c1","to_number":"+12015550123",)"
        R"("metadata":{"lane":"customer:7","call":4711},"duration_ms":100000,)"
        R"("transcript":"User: it is 4711","transcript_object":[{"role":"user","content":)"
        R"("it is 4 7 1 1","words":[{"word":"4711"}]}],"call_analysis":{"call_summary":)"
        R"("The code is 4711.","custom_analysis_data":{"code":4711}}}})";
    const auto verdict = retell(body);
    const NewEntry *entry = entryOf(verdict);
    QVERIFY(entry);
    const auto kept = core::parseJson(entry->payload);
    QVERIFY(kept);
    const Json &call = kept->at("call");
    QCOMPARE(core::textMember(call, "transcript"), QStringLiteral("User: it is [4 digits]"));
    QCOMPARE(core::textMember(call["transcript_object"][0], "content"),
             QStringLiteral("it is [4 digits]"));
    QVERIFY(!call["transcript_object"][0].contains("words"));
    QCOMPARE(call["call_analysis"].dump().find("4711"), std::string::npos);
    // What is no speech stays as it is.
    QCOMPARE(core::textMember(call, "to_number"), QStringLiteral("+12015550123"));
    QCOMPARE(core::integerMember(call, "duration_ms"), 100'000);
    QCOMPARE(core::integerMember(call["metadata"], "call"), 4711);
}

void TestIntakeRetell::liveTranscriptIsNoInboxRow()
{
    const auto verdict =
        retell(R"({"event":"transcript_updated","call":{"call_id":"c1","metadata":)"
               R"({"lane":"customer:7","call":12,"attempt":"a1"}},"transcript_with_tool_calls":)"
               R"([{"role":"agent","content":"Hello."},{"role":"node_transition"},)"
               R"({"role":"user","content":"12345"}]})");
    const auto *overheard = std::get_if<intake::Overheard>(&verdict);
    QVERIFY(overheard);
    QCOMPARE(overheard->transcript.call, 12);
    QCOMPARE(overheard->transcript.attempt, QStringLiteral("a1"));
    QCOMPARE(overheard->transcript.items.dump(),
             std::string(R"([{"content":"Hello.","role":"agent"},)"
                         R"({"content":"[5 digits]","role":"user"}])"));
    // Of a call that is not known to be ours it is an event like another.
    const auto foreign = retell(R"({"event":"transcript_updated","call":{"call_id":"c1"}})");
    QVERIFY(entryOf(foreign));
}

void TestIntakeRetell::retellLaneIsOursOrTheCalls_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("lane");
    const auto row = [](const char *name, const char *body, const char *lane) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(lane);
    };
    row("customer", R"({"call":{"call_id":"c1","metadata":{"lane":"customer:7"}}})", "customer:7");
    row("campaign", R"({"call":{"call_id":"c1","metadata":{"lane":"campaign:3"}}})", "campaign:3");
    row("another lane", R"({"call":{"call_id":"c1","metadata":{"lane":"operator:1"}}})",
        "retell:c1");
    row("a line more", R"({"call":{"call_id":"c1","metadata":{"lane":"customer:7\n"}}})",
        "retell:c1");
    row("no metadata", R"({"call":{"call_id":"c1"}})", "retell:c1");
    row("strange id", R"({"call":{"call_id":"c 1#"}})", "retell:other");
    row("no call", R"({"event":"x"})", "retell:other");
    row("no JSON", "x", "retell:other");
}

void TestIntakeRetell::retellLaneIsOursOrTheCalls()
{
    QFETCH(QByteArray, body);
    const auto verdict = retell(body);
    QVERIFY(entryOf(verdict));
    QTEST(entryOf(verdict)->lane, "lane");
}

REGISTER_TEST(TestIntakeRetell);

} // namespace tst_intake_retell

#include "tst_intake_retell.moc"
