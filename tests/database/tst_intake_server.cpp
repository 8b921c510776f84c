#include "providers/dynopay/signature.h"
#include "providers/retell/signature.h"

#include "tests/database/intake_fixture.h"
#include "tests/support/test_main.h"

#include <thread>

namespace tst_intake_server {

using namespace std::chrono_literals;
using tests::get;
using tests::IntakeFixture;
using tests::post;
using tests::RawClient;
using tests::telegramPost;
using tests::TestCluster;
using tests::update;

class TestIntakeServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowIsThereWhenTheAnswerIs();
    void nothingIsAnsweredBeforeTheCommit();
    void twoHundredAtOnceNeedFewCommits();
    void sameUpdateTwiceIsOneRow();
    void sameIdWithAnotherBodyIsKeptForAPerson();
    void wrongSecretLeavesNoRow();
    void whatJsonbCannotHoldIsKept();
    void retellWebhookIsRecordedInItsLane();
    void dynopayTokenDecidesTheLane();
    void dynopaySignatureOfAnotherBodyIsRefused();
    void replayOnAnothersTokenIsARowOfItsOwn();
    void delivery201IsAnsweredButNotStored();
    void getOnADynopayHookHasNoEffect();
    void databaseAwayIs503AndTheRetryIsStoredOnce();
    void databaseRestartedBetweenRequestsIsNotNoticed();
    void stopAnswersWhatWasTaken();
    void pagesAreServedAndOtherPathsAre404();
    void burstOfUnknownTokensIsOneAlertWithoutAPath();
    void countersTellWhatHappened();
};

namespace {

const QByteArray kToken = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_";
const QByteArray kOtherToken = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
const QByteArray kSettled = R"({"event":"payment.settled","amount":0.60241})";

QByteArray dynopayPost(const QByteArray &token, const QByteArray &body,
                       const QByteArray &headers = {})
{
    return post("/webhooks/dynopay/" + token, body, headers);
}

QByteArray signatureLine(const QByteArray &body)
{
    return "X-Dynopay-Signature-V2: " +
           providers::dynopay::signV2(body, tests::kUnixNow.count(), {tests::kWebhookSecret}) +
           "\r\n";
}

std::vector<std::unique_ptr<RawClient>> clients(quint16 port, int count)
{
    std::vector<std::unique_ptr<RawClient>> all;
    for (int i = 0; i < count; ++i)
        all.push_back(std::make_unique<RawClient>(port));
    return all;
}

qsizetype answered(const std::vector<std::unique_ptr<RawClient>> &clients)
{
    return std::count_if(clients.begin(), clients.end(),
                         [](const auto &client) { return client->status() == 200; });
}

std::mutex g_alertsMutex;
QStringList g_alerts;

void keepAlerts(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (type != QtCriticalMsg || QByteArrayView(context.category) != "intake")
        return;
    const std::scoped_lock lock(g_alertsMutex);
    g_alerts << message;
}

} // namespace

void TestIntakeServer::rowIsThereWhenTheAnswerIs()
{
    IntakeFixture fixture;
    for (int id = 1; id <= 10; ++id) {
        QCOMPARE(fixture.statusOf(telegramPost(update(id))), 200);
        QCOMPARE(fixture.count(QStringLiteral("inbox")), id);
    }
    QCOMPARE(fixture.count(QStringLiteral("inbox_waiting WHERE lane = 'customer:77'")), 10);
    QCOMPARE(tests::ask(fixture.url, QStringLiteral("SELECT kind FROM inbox LIMIT 1")),
             QStringLiteral("telegram.update"));
    QCOMPARE(fixture.wakes.load(), 10);
}

void TestIntakeServer::nothingIsAnsweredBeforeTheCommit()
{
    IntakeFixture fixture;
    RawClient client(fixture.port);
    {
        const tests::InboxLock lock(fixture.url);
        client.send(telegramPost(update(1)));
        QTRY_VERIFY(fixture.isWriterBlocked()); // under way, and not committed
        QCOMPARE(client.responses(), 0);
    }
    QTRY_COMPARE(client.status(), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 1);
}

void TestIntakeServer::twoHundredAtOnceNeedFewCommits()
{
    IntakeFixture fixture;
    const auto all = clients(fixture.port, 200);
    {
        const tests::InboxLock lock(fixture.url);
        all[0]->send(telegramPost(update(1000)));
        QTRY_VERIFY(fixture.isWriterBlocked());
        for (size_t i = 1; i < all.size(); ++i)
            all[i]->send(telegramPost(update(1000 + qint64(i))));
        QTRY_COMPARE(fixture.metric("speechcad_inbox_writer_waiting"), 199);
        QCOMPARE(answered(all), 0);
    }
    QTRY_COMPARE(answered(all), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 200);
    QCOMPARE(fixture.server.commitCount(), 2);
}

void TestIntakeServer::sameUpdateTwiceIsOneRow()
{
    IntakeFixture fixture;
    RawClient client(fixture.port);
    client.send(telegramPost(update(1)) + telegramPost(update(1)) + telegramPost(update(1)));
    QTRY_COMPARE(client.responses(), 3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(client.status(i), 200);
    QCOMPARE(fixture.statusOf(telegramPost(update(1))), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 1);
    QCOMPARE(fixture.count(QStringLiteral("inbox_waiting")), 1);
    QCOMPARE(fixture.metric("speechcad_webhook_repeats_total"), 3);
}

void TestIntakeServer::sameIdWithAnotherBodyIsKeptForAPerson()
{
    IntakeFixture fixture;
    RawClient client(fixture.port);
    // In one write, so that both wait for the same commit.
    client.send(telegramPost(update(1, "one")) + telegramPost(update(1, "two")));
    QTRY_COMPARE(client.responses(), 2);
    QCOMPARE(client.status(0), 200);
    QCOMPARE(client.status(1), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 1);
    QCOMPARE(tests::ask(fixture.url,
                        QStringLiteral("SELECT payload -> 'message' ->> 'text' FROM inbox")),
             QStringLiteral("one"));
    QCOMPARE(
        tests::ask(fixture.url,
                   QStringLiteral("SELECT payload -> 'message' ->> 'text' FROM inbox_conflicts")),
        QStringLiteral("two"));
}

void TestIntakeServer::wrongSecretLeavesNoRow()
{
    IntakeFixture fixture;
    QCOMPARE(fixture.statusOf(telegramPost(update(1), "wrong")), 401);
    QCOMPARE(fixture.statusOf(post("/webhooks/telegram", update(1))), 401);
    QCOMPARE(fixture.statusOf(telegramPost(update(2))), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 1);
}

void TestIntakeServer::whatJsonbCannotHoldIsKept()
{
    IntakeFixture fixture;
    QCOMPARE(fixture.statusOf(telegramPost(update(1, "a\\u0000b"))), 200);
    QCOMPARE(fixture.statusOf(telegramPost("not JSON")), 200);
    QCOMPARE(fixture.statusOf(telegramPost(update(3, "x\",\"y\":1e-20000,\"z\":\""))), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox WHERE raw IS NOT NULL")), 3);
    QCOMPARE(
        fixture.count(QStringLiteral("inbox WHERE payload -> 'message' ->> 'text' = 'a\uFFFDb'")),
        1);
    QCOMPARE(fixture.count(QStringLiteral("inbox WHERE payload = '{\"malformed\": true}'")), 2);
}

void TestIntakeServer::retellWebhookIsRecordedInItsLane()
{
    IntakeFixture fixture;
    const QByteArray body =
        R"({"event":"call_ended","call":{"call_id":"c1","metadata":{"lane":"customer:7"}}})";
    const QByteArray signature =
        providers::retell::sign(body, tests::kRetellKey, Timestamp(tests::kUnixNow));
    const QByteArray header = "x-retell-signature: " + signature + "\r\n";
    QCOMPARE(fixture.statusOf(post("/webhooks/retell", body, header)), 200);
    QCOMPARE(fixture.statusOf(post("/webhooks/retell", body, header)), 200);
    QCOMPARE(fixture.statusOf(post("/webhooks/retell", body + ' ', header)), 401);
    QCOMPARE(fixture.count(QStringLiteral("inbox WHERE lane = 'customer:7'")), 1);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 1);
}

void TestIntakeServer::dynopayTokenDecidesTheLane()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    QCOMPARE(fixture.statusOf(dynopayPost(kOtherToken, kSettled)), 401);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 0);
    QCOMPARE(fixture.statusOf(dynopayPost(kToken + '/', kSettled, signatureLine(kSettled))), 200);
    QCOMPARE(fixture.statusOf(dynopayPost(kToken, "not JSON")), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox WHERE lane = 'customer:7'")), 2);
    QCOMPARE(tests::ask(fixture.url, QStringLiteral("SELECT headers ->> 'signature' FROM inbox "
                                                    "WHERE payload -> 'malformed' IS NULL")),
             QStringLiteral("ValidV2"));
    QCOMPARE(fixture.count(QStringLiteral("inbox WHERE inbox::text LIKE '%abcdefghijkl%'")), 0);
}

void TestIntakeServer::dynopaySignatureOfAnotherBodyIsRefused()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    QCOMPARE(fixture.statusOf(dynopayPost(kToken, kSettled + ' ', signatureLine(kSettled))), 401);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 0);
}

void TestIntakeServer::replayOnAnothersTokenIsARowOfItsOwn()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    fixture.addRoute(kOtherToken, QStringLiteral("customer:8"));
    for (const QByteArray &token : {kToken, kOtherToken, kToken})
        QCOMPARE(fixture.statusOf(dynopayPost(token, kSettled)), 200);
    QCOMPARE(tests::ask(fixture.url,
                        QStringLiteral("SELECT string_agg(lane, ' ' ORDER BY lane) FROM inbox")),
             QStringLiteral("customer:7 customer:8"));
}

void TestIntakeServer::delivery201IsAnsweredButNotStored()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    fixture.addRoute(kOtherToken, QStringLiteral("customer:8"));
    RawClient client(fixture.port);
    const auto send = [&client](int i) {
        client.send(dynopayPost(kToken, R"({"n":)" + QByteArray::number(i) + '}'));
    };
    for (int i = 1; i <= 150; ++i)
        send(i);
    QTRY_COMPARE(client.responses(), 150);
    {
        const tests::InboxLock lock(fixture.url);
        send(151);
        QTRY_VERIFY(fixture.isWriterBlocked());
        for (int i = 152; i <= 205; ++i) // all in one commit, and the limit is within it
            send(i);
        QTRY_COMPARE(fixture.metric("speechcad_inbox_writer_waiting"), 54);
    }
    QTRY_COMPARE(client.responses(), 205);
    for (int i = 0; i < 205; ++i)
        QCOMPARE(client.status(i), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 200);
    QCOMPARE(fixture.metric("speechcad_webhook_route_full_total"), 5);
    QCOMPARE(fixture.statusOf(dynopayPost(kOtherToken, kSettled)), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 201);
}

void TestIntakeServer::getOnADynopayHookHasNoEffect()
{
    IntakeFixture fixture;
    fixture.addRoute(kToken, QStringLiteral("customer:7"));
    RawClient known(fixture.port);
    known.send(get("/webhooks/dynopay/" + kToken, "Connection: close\r\n"));
    RawClient unknown(fixture.port);
    unknown.send(get("/webhooks/dynopay/x", "Connection: close\r\n"));
    QTRY_VERIFY(known.isClosed());
    QTRY_VERIFY(unknown.isClosed());
    QCOMPARE(known.status(), 200);
    QCOMPARE(known.received, unknown.received);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 0);
}

void TestIntakeServer::databaseAwayIs503AndTheRetryIsStoredOnce()
{
    TestCluster cluster;
    IntakeFixture fixture(cluster);
    QCOMPARE(fixture.statusOf(telegramPost(update(1))), 200);
    cluster.stopImmediately();
    RawClient client(fixture.port);
    client.send(telegramPost(update(2)));
    QTRY_COMPARE(client.status(), 503);
    QVERIFY(client.received.contains("\r\nRetry-After: 5\r\n"));
    QTRY_VERIFY(!fixture.server.isDatabaseConnected());
    QCOMPARE(fixture.statusOf(telegramPost(update(2))), 503);
    QCOMPARE(fixture.statusOf(telegramPost(update(2), "wrong")), 401);
    cluster.start();
    QTRY_VERIFY(fixture.server.isDatabaseConnected());
    QCOMPARE(fixture.statusOf(telegramPost(update(2))), 200);
    QCOMPARE(fixture.statusOf(telegramPost(update(2))), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 2);
}

void TestIntakeServer::databaseRestartedBetweenRequestsIsNotNoticed()
{
    TestCluster cluster;
    IntakeFixture fixture(cluster);
    QCOMPARE(fixture.statusOf(telegramPost(update(1))), 200);
    cluster.restart();
    QCOMPARE(fixture.statusOf(telegramPost(update(2))), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 2);
}

void TestIntakeServer::stopAnswersWhatWasTaken()
{
    IntakeFixture fixture;
    RawClient idle(fixture.port);
    QTRY_VERIFY(idle.isConnected());
    const auto all = clients(fixture.port, 20);
    std::thread stopping;
    {
        const tests::InboxLock lock(fixture.url);
        all[0]->send(telegramPost(update(1)));
        QTRY_VERIFY(fixture.isWriterBlocked());
        for (size_t i = 1; i < all.size(); ++i)
            all[i]->send(telegramPost(update(1 + qint64(i))));
        QTRY_COMPARE(fixture.metric("speechcad_inbox_writer_waiting"), 19);
        stopping = std::thread([&fixture] { fixture.server.stop(); });
        const bool isClosing = QTest::qWaitFor([&] { return idle.isClosed(); });
        if (!isClosing || answered(all) > 0)
            qFatal("stop did not close the idle connection, or answered before the commit");
    }
    const bool areClosed = QTest::qWaitFor([&] {
        return std::all_of(all.begin(), all.end(), [](const auto &c) { return c->isClosed(); });
    });
    stopping.join();
    QVERIFY(areClosed);
    QCOMPARE(answered(all), 20);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 20);
    RawClient late(fixture.port);
    QTRY_COMPARE(late.socket->error(), QAbstractSocket::ConnectionRefusedError);
}

void TestIntakeServer::pagesAreServedAndOtherPathsAre404()
{
    IntakeFixture fixture;
    RawClient client(fixture.port);
    client.send(get("/terms?lang=fr") + get("/favicon.ico") + post("/webhooks/other", "{}"));
    QTRY_COMPARE(client.responses(), 3);
    QVERIFY(client.received.contains("\r\n\r\nterms lang=fr"));
    QCOMPARE(client.status(1), 404);
    QCOMPARE(client.status(2), 401);
}

void TestIntakeServer::burstOfUnknownTokensIsOneAlertWithoutAPath()
{
    IntakeFixture fixture;
    {
        const std::scoped_lock lock(g_alertsMutex);
        g_alerts.clear();
    }
    const QtMessageHandler previous = qInstallMessageHandler(keepAlerts);
    RawClient client(fixture.port);
    for (int i = 0; i < 60; ++i) // some of the right shape, some not
        client.send(dynopayPost(i % 2 == 0 ? kOtherToken : QByteArray("guess"), kSettled));
    const bool isDone = QTest::qWaitFor([&] { return client.responses() == 60; });
    qInstallMessageHandler(previous);
    QVERIFY(isDone);
    for (int i = 0; i < 60; ++i)
        QCOMPARE(client.status(i), 401);
    const std::scoped_lock lock(g_alertsMutex);
    QCOMPARE(g_alerts,
             QStringList{QStringLiteral("21 webhooks with an unknown token within a minute")});
}

void TestIntakeServer::countersTellWhatHappened()
{
    IntakeFixture fixture;
    RawClient client(fixture.port);
    client.send(telegramPost(update(1)) + telegramPost(update(1), "wrong") +
                get("/webhooks/telegram"));
    QTRY_COMPARE(client.responses(), 3);
    QByteArray text;
    fixture.thread.run([&] { text = intake::prometheusText(fixture.server.metrics()); });
    for (const char *line :
         {"speechcad_webhook_acks_total 1\n", "{reason=\"wrong_secret\"} 1\n",
          "{reason=\"wrong_method\"} 1\n", "{reason=\"unavailable\"} 0\n",
          "speechcad_inbox_commits_total 1\n", "speechcad_webhook_ack_milliseconds_count 1\n",
          "speechcad_webhook_connections 1\n"})
        QVERIFY2(text.contains(line), line);
}

REGISTER_TEST(TestIntakeServer);

} // namespace tst_intake_server

#include "tst_intake_server.moc"
