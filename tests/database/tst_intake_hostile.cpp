#include "tests/database/intake_fixture.h"
#include "tests/support/test_main.h"

#include <QProcess>
#include <QSslSocket>
#include <QTemporaryDir>

#include <sys/resource.h>

namespace tst_intake_hostile {

using namespace std::chrono_literals;
using tests::IntakeFixture;
using tests::post;
using tests::RawClient;
using tests::telegramPost;
using tests::update;

/// Whatever a client does, the server lives and good requests go on.
class TestIntakeHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void hangingUpBeforeTheAnswer();
    void aByteASecond();
    void deepPipeline();
    void twoGigabytes();
    void bothLengthHeaders();
    void sixHundredConnections();
    void deepJson();
    void tlsPortAnswersNoPlainHttp();

private:
    QTemporaryDir m_folder;
};

void TestIntakeHostile::initTestCase()
{
    // Both ends of 600 connections are in this process.
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 4096);
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
}

void TestIntakeHostile::hangingUpBeforeTheAnswer()
{
    IntakeFixture fixture;
    RawClient first(fixture.port);
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        const tests::InboxLock lock(fixture.url);
        first.send(telegramPost(update(1)));
        QTRY_VERIFY(fixture.isWriterBlocked());
        for (int i = 0; i < 100; ++i) {
            clients.push_back(std::make_unique<RawClient>(fixture.port));
            clients.back()->send(telegramPost(update(100 + i)));
        }
        QTRY_COMPARE(fixture.metric("speechcad_inbox_writer_waiting"), 100);
        for (const auto &client : clients)
            client->socket->abort();
        QTRY_COMPARE(fixture.metric("speechcad_webhook_connections"), 1);
    }
    QTRY_COMPARE(first.status(), 200);
    QCOMPARE(fixture.statusOf(telegramPost(update(2))), 200);
    // What they had sent was taken all the same; who comes again is told so.
    QCOMPARE(fixture.statusOf(telegramPost(update(100))), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 102);
}

void TestIntakeHostile::aByteASecond()
{
    IntakeFixture fixture(tests::TestCluster::instance(), tests::intakeSettings(),
                          {.requestTimeout = 300ms});
    RawClient slow(fixture.port);
    const QByteArray request = telegramPost(update(1));
    qsizetype sent = 0;
    int good = 0;
    // As slow as the server's patience allows here: it never gets its request across.
    while (!slow.isClosed() && sent < 20) {
        slow.send(request.mid(sent++, 1));
        good += fixture.statusOf(telegramPost(update(1000 + sent))) == 200 ? 1 : 0;
        QVERIFY(QTest::qWaitFor([&] { return fixture.count(QStringLiteral("inbox")) >= good; }));
    }
    QTRY_VERIFY(slow.isClosed());
    QCOMPARE(slow.status(), 408);
    QCOMPARE(qsizetype(good), sent);
    QCOMPARE(fixture.count(QStringLiteral("inbox WHERE external_id = '4242:1'")), 0);
}

void TestIntakeHostile::deepPipeline()
{
    IntakeFixture fixture;
    RawClient client(fixture.port);
    QByteArray all;
    for (int i = 1; i <= 1000; ++i)
        all += telegramPost(update(i), i % 10 == 0 ? "wrong" : tests::kBotSecret);
    client.send(all);
    QTRY_COMPARE(client.responses(), 1000);
    for (int i = 1; i <= 1000; ++i)
        QCOMPARE(client.status(i - 1), i % 10 == 0 ? 401 : 200); // in order
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 900);
}

void TestIntakeHostile::twoGigabytes()
{
    IntakeFixture fixture;
    RawClient client(fixture.port);
    client.send("POST /webhooks/telegram HTTP/1.1\r\nHost: a\r\nContent-Length: 2147483648\r\n"
                "X-Telegram-Bot-Api-Secret-Token: " +
                tests::kBotSecret + "\r\n\r\n" + QByteArray(100'000, 'x'));
    RawClient chunked(fixture.port);
    chunked.send("POST /webhooks/telegram HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                 "80000000\r\n" +
                 QByteArray(100'000, 'x'));
    QTRY_COMPARE(client.status(), 413);
    QTRY_COMPARE(chunked.status(), 413);
    QTRY_VERIFY(client.isClosed());
    QTRY_VERIFY(chunked.isClosed());
    QCOMPARE(fixture.statusOf(telegramPost(update(1))), 200);
}

void TestIntakeHostile::bothLengthHeaders()
{
    IntakeFixture fixture;
    RawClient client(fixture.port);
    // A reader that believes the length would find a good request in the body.
    client.send("POST /webhooks/telegram HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                telegramPost(update(1)));
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.status(), 400);
    QCOMPARE(client.responses(), 1);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 0);
    QCOMPARE(fixture.statusOf(telegramPost(update(1))), 200);
}

void TestIntakeHostile::sixHundredConnections()
{
    IntakeFixture fixture;
    RawClient first(fixture.port);
    first.send(telegramPost(update(1)));
    QTRY_COMPARE(first.status(), 200);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 600; ++i)
        clients.push_back(std::make_unique<RawClient>(fixture.port));
    const auto refused = [&] {
        return std::count_if(clients.begin(), clients.end(),
                             [](const auto &client) { return client->isClosed(); });
    };
    QTRY_COMPARE(refused(), 600 - 511);
    first.send(telegramPost(update(2)));
    QTRY_COMPARE(first.responses(), 2);
    QCOMPARE(first.status(1), 200);
    clients.clear();
    QTRY_COMPARE(fixture.metric("speechcad_webhook_connections"), 1);
    QCOMPARE(fixture.statusOf(telegramPost(update(3))), 200);
}

void TestIntakeHostile::deepJson()
{
    IntakeFixture fixture;
    const QByteArray token(43, 'A');
    fixture.addRoute(token, QStringLiteral("customer:7"));
    const QByteArray deep(30'000, '[');
    QCOMPARE(fixture.statusOf(telegramPost(deep)), 200);
    QCOMPARE(fixture.statusOf(telegramPost(QByteArray(1'000'000, '{'))), 200);
    QCOMPARE(fixture.statusOf(post("/webhooks/dynopay/" + token, deep)), 200);
    QCOMPARE(fixture.statusOf(post("/webhooks/retell", deep)), 401);
    QCOMPARE(fixture.count(QStringLiteral("inbox WHERE payload = '{\"malformed\": true}'")), 3);
    QCOMPARE(fixture.statusOf(telegramPost(update(1))), 200);
}

void TestIntakeHostile::tlsPortAnswersNoPlainHttp()
{
    core::Settings settings = tests::intakeSettings();
    settings.tlsCertificate = m_folder.filePath(QStringLiteral("c.pem"));
    settings.tlsKey = m_folder.filePath(QStringLiteral("k.pem"));
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                                 "-subj /CN=localhost -days 2")
                          .split(u' ') +
                      QStringList{QStringLiteral("-keyout"), settings.tlsKey,
                                  QStringLiteral("-out"), settings.tlsCertificate});
    QVERIFY(openssl.waitForFinished());
    QVERIFY2(openssl.exitCode() == 0, openssl.readAllStandardError());

    IntakeFixture fixture(tests::TestCluster::instance(), settings);
    RawClient plain(fixture.port);
    plain.send(telegramPost(update(1)));
    QTRY_VERIFY(plain.isClosed());
    QVERIFY(!plain.received.contains("HTTP"));

    auto socket = std::make_unique<QSslSocket>();
    socket->setPeerVerifyMode(QSslSocket::VerifyNone);
    socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), fixture.port);
    RawClient secure(std::move(socket));
    secure.send(telegramPost(update(2)));
    QTRY_COMPARE(secure.status(), 200);
    QCOMPARE(fixture.count(QStringLiteral("inbox")), 1);
}

REGISTER_TEST(TestIntakeHostile);

} // namespace tst_intake_hostile

#include "tst_intake_hostile.moc"
