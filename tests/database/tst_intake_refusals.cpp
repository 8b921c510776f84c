#include "core/json.h"
#include "providers/dynopay/signature.h"
#include "providers/retell/signature.h"

#include "tests/database/intake_fixture.h"
#include "tests/support/test_main.h"

namespace tst_intake_refusals {

using namespace std::chrono_literals;
using tests::IntakeFixture;
using tests::post;
using tests::RawClient;
using tests::TestCluster;

class TestIntakeRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void wrongSignatureOnATokenOfOursIsKeptAndTold();
    void strangersAreOnlyCounted();
    void unsignedIsKeptWhenASignatureIsRequired();
    void quarantineHoldsTwentyOfAToken();
    void quarantineHoldsTheNewestThousand();
    void signedThenUnsignedIsTold();
    void neverSignedIsNotTold();
    void wrongRetellSignatureIsToldOnceAnHour();
    void databaseAwayRefusesAllTheSame();

private:
    QtMessageHandler m_previous = nullptr;
};

namespace {

const QByteArray kToken = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_";
const QByteArray kOtherToken = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
const QByteArray kSettled = R"({"event":"payment.settled","amount":0.60241})";

std::mutex g_mutex;
QStringList g_alerts;
QStringList g_lines;

void keepLines(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    const std::scoped_lock lock(g_mutex);
    g_lines << message;
    if (type == QtCriticalMsg)
        g_alerts << message;
}

QStringList alerts()
{
    const std::scoped_lock lock(g_mutex);
    return g_alerts;
}

QByteArray dynopayPost(const QByteArray &token, const QByteArray &body,
                       const QByteArray &secret = {}, std::chrono::seconds at = tests::kUnixNow)
{
    const QByteArray signature = providers::dynopay::signV2(body, at.count(), {secret});
    return post("/webhooks/dynopay/" + token, body,
                secret.isEmpty() ? QByteArray() : "X-Dynopay-Signature-V2: " + signature + "\r\n");
}

QByteArray forged(const QByteArray &token, const QByteArray &body = kSettled)
{
    return dynopayPost(token, body, "whsec_of_somebody_else_0123456789");
}

QByteArray retellPost(const QByteArray &key)
{
    const QByteArray body = R"({"event":"call_ended","call":{"call_id":"c1"}})";
    const QByteArray signature = providers::retell::sign(body, key, Timestamp(tests::kUnixNow));
    return post("/webhooks/retell", body, "X-Retell-Signature: " + signature + "\r\n");
}

qint64 quarantined(const IntakeFixture &fixture)
{
    return fixture.count(QStringLiteral("webhook_quarantine"));
}

/// What was refused before is dealt with on the thread "inbox" by the time this is recorded and the
/// next commit after it is done.
void settle(IntakeFixture &fixture, qint64 id)
{
    for (const qint64 each : {id, id + 1})
        QCOMPARE(fixture.statusOf(tests::telegramPost(tests::update(each))), 200);
}

} // namespace

void TestIntakeRefusals::init()
{
    const std::scoped_lock lock(g_mutex);
    g_alerts.clear();
    g_lines.clear();
    m_previous = qInstallMessageHandler(keepLines);
}

void TestIntakeRefusals::cleanup()
{
    qInstallMessageHandler(m_previous);
    const std::scoped_lock lock(g_mutex);
    const QString said = g_lines.join(u'\n');
    for (const QByteArray &secret : {kToken, kOtherToken, kSettled, QByteArray("0.60241")})
        QVERIFY2(!said.contains(QString::fromLatin1(secret)), "a token or a body is in the log");
}

void TestIntakeRefusals::wrongSignatureOnATokenOfOursIsKeptAndTold()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(fixture.statusOf(forged(kToken)), 401);
    QTRY_COMPARE(quarantined(fixture), 1); // a repeat is no news
    QCOMPARE(
        tests::ask(fixture.url,
                   QStringLiteral("SELECT concat_ws(' ', source, reason, convert_from(body, "
                                  "'UTF8'), headers ->> 'signature') FROM webhook_quarantine")),
        QStringLiteral("3 wrong_signature ") + QString::fromLatin1(kSettled) +
            QStringLiteral(" Wrong"));
    settle(fixture, 1);
    QCOMPARE(alerts().size(), 1);
    QVERIFY(alerts().front().contains(u"wrong_signature"));
    QCOMPARE(fixture.metric("speechcad_webhook_quarantined_total"), 1);
    QCOMPARE(fixture.count(QStringLiteral("inbox WHERE source = 3")), 0);
    fixture.clock.advance(1h);
    QCOMPARE(fixture.statusOf(forged(kToken)), 401);
    QTRY_COMPARE(alerts().size(), 2);
}

void TestIntakeRefusals::strangersAreOnlyCounted()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    QCOMPARE(fixture.statusOf(forged(kOtherToken)), 401);
    QCOMPARE(fixture.statusOf(dynopayPost(kOtherToken, kSettled)), 401);
    QCOMPARE(fixture.statusOf(post("/webhooks/retell", kSettled)), 401);
    settle(fixture, 1);
    QCOMPARE(quarantined(fixture), 0);
    QCOMPARE(alerts(), QStringList());
}

void TestIntakeRefusals::unsignedIsKeptWhenASignatureIsRequired()
{
    core::Settings settings = tests::intakeSettings();
    settings.dynopaySignaturePolicy = core::Settings::SignaturePolicy::RequiredV2;
    IntakeFixture fixture(TestCluster::instance(), settings);
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    QCOMPARE(fixture.statusOf(dynopayPost(kToken, kSettled)), 401);
    QTRY_COMPARE(
        fixture.count(QStringLiteral("webhook_quarantine WHERE reason = 'missing_signature'")), 1);
    QTRY_COMPARE(alerts().size(), 1);
}

void TestIntakeRefusals::quarantineHoldsTwentyOfAToken()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    fixture.addRoute(kOtherToken, QStringLiteral("customer:8"));
    for (int i = 1; i <= 25; ++i) {
        QCOMPARE(fixture.statusOf(forged(kToken, R"({"n":)" + QByteArray::number(i) + '}')), 401);
        QTRY_COMPARE(quarantined(fixture), std::min(i, 20));
    }
    QCOMPARE(fixture.statusOf(forged(kOtherToken)), 401);
    QTRY_COMPARE(quarantined(fixture), 21);
    QCOMPARE(fixture.metric("speechcad_webhook_quarantined_total"), 21);
}

void TestIntakeRefusals::quarantineHoldsTheNewestThousand()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    auto connection = *database::Connection::open(fixture.url, QStringLiteral("test"));
    QVERIFY(connection->runScript(QStringLiteral(
        "INSERT INTO webhook_quarantine (source, reason, route_sha256, body_sha256, body, "
        "received_at) SELECT 3, 'wrong_signature', sha256(n::text::bytea), '', '', now() FROM "
        "generate_series(1, 1000) n")));
    QCOMPARE(fixture.statusOf(forged(kToken)), 401);
    QTRY_COMPARE(fixture.count(QStringLiteral("webhook_quarantine WHERE body <> ''")), 1);
    QCOMPARE(quarantined(fixture), 1000);
    QCOMPARE(fixture.count(QStringLiteral("webhook_quarantine WHERE id = 1")), 0);
}

void TestIntakeRefusals::signedThenUnsignedIsTold()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    QCOMPARE(fixture.statusOf(dynopayPost(kToken, R"({"n":1})")), 200);
    QCOMPARE(fixture.statusOf(dynopayPost(kToken, kSettled, tests::kWebhookSecret)), 200);
    QTRY_COMPARE(fixture.count(QStringLiteral("webhook_signers WHERE source = 3")), 1);
    QCOMPARE(alerts(), QStringList());
    for (int n = 2; n <= 3; ++n)
        QCOMPARE(fixture.statusOf(dynopayPost(kToken, R"({"n":)" + QByteArray::number(n) + '}')),
                 200);
    QTRY_COMPARE(fixture.metric("speechcad_webhook_turned_unsigned_total"), 2);
    QCOMPARE(alerts().size(), 1);
    QVERIFY(alerts().front().contains(u"unsigned"));
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 4);
}

void TestIntakeRefusals::neverSignedIsNotTold()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    QCOMPARE(fixture.statusOf(dynopayPost(kToken, kSettled)), 200);
    QCOMPARE(fixture.statusOf(dynopayPost(kOtherToken, kSettled, tests::kWebhookSecret)), 401);
    QCOMPARE(fixture.statusOf(dynopayPost(kToken, R"({"n":2})")), 200);
    settle(fixture, 1);
    QCOMPARE(fixture.metric("speechcad_webhook_turned_unsigned_total"), 0);
    QCOMPARE(fixture.count(QStringLiteral("webhook_signers")), 0);
    QCOMPARE(alerts(), QStringList());
}

void TestIntakeRefusals::wrongRetellSignatureIsToldOnceAnHour()
{
    IntakeFixture fixture;
    for (int i = 0; i < 3; ++i)
        QCOMPARE(fixture.statusOf(retellPost("key_of_another_workspace")), 401);
    QCOMPARE(alerts().size(), 1);
    QVERIFY(alerts().front().contains(u"RETELL_API_KEY"));
    QCOMPARE(fixture.statusOf(retellPost(tests::kRetellKey)), 200);
    fixture.clock.advance(1h); // now the signature is too old as well
    QCOMPARE(fixture.statusOf(retellPost(tests::kRetellKey)), 401);
    QCOMPARE(alerts().size(), 2);
}

void TestIntakeRefusals::databaseAwayRefusesAllTheSame()
{
    TestCluster cluster;
    IntakeFixture fixture(cluster);
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    cluster.stopImmediately();
    for (int i = 0; i < 100; ++i) // more than may wait
        QCOMPARE(fixture.statusOf(forged(kToken)), 401);
    cluster.start();
    QTRY_COMPARE(fixture.statusOf(dynopayPost(kToken, kSettled)), 200);
    QCOMPARE(fixture.statusOf(forged(kToken)), 401);
    QTRY_COMPARE(quarantined(fixture), 1);
}

REGISTER_TEST(TestIntakeRefusals);

} // namespace tst_intake_refusals

#include "tst_intake_refusals.moc"
