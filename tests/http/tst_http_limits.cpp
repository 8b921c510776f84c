#include "tests/http/http_fixture.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

#include <algorithm>

#include <sys/resource.h>

namespace tst_http_limits {

using namespace std::chrono_literals;
using tests::echo;
using tests::Fixture;
using tests::get;
using tests::Kept;
using tests::post;
using tests::RawClient;
using tests::shortLimits;

/// Clients that are slow, greedy, many or wrong: the server lives, and good requests go on.
class TestHttpLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pipelineBeyondTheLimitWaitsAndIsAnsweredWhole();
    void deepPipelineOfReadyAnswersIsAnsweredWhole();
    void clientThatDoesNotReadIsClosed();
    void badRequestIsRefusedAndClosed_data();
    void badRequestIsRefusedAndClosed();
    void twoGibibytesAreRefusedBeforeTheyCome();
    void refusalComesAfterEarlierAnswers();
    void aByteAtATimeIsRefusedAfterTheLimit();
    void slowBodyIsRefusedAfterTheLimit();
    void idleConnectionIsClosed();
    void waitingForTheHandlerIsNotIdle();
    void connectionsBeyondTheLimitGet503();
};

void TestHttpLimits::pipelineBeyondTheLimitWaitsAndIsAnsweredWhole()
{
    constexpr int kRequests = 300;
    Kept kept;
    Fixture f(kept.handler());
    RawClient client(f.port);
    client.send(get("/").repeated(kRequests));
    QTRY_COMPARE(kept.replies.size(), 64U);
    RawClient other(f.port);
    other.send(get("/other"));
    QTRY_COMPARE(kept.paths.last(), "/other"); // the first has had its share of turns by now
    QCOMPARE(kept.replies.size(), 65U);
    for (size_t i = 0; i < kRequests; ++i) {
        QTRY_VERIFY(kept.replies.size() > i);
        QVERIFY(f.server.unansweredCount() <= 65);
        kept.replies[i].send({});
    }
    kept.replies.back().send({});
    QTRY_COMPARE(client.responses(), kRequests);
}

void TestHttpLimits::deepPipelineOfReadyAnswersIsAnsweredWhole()
{
    Fixture f;
    RawClient client(f.port);
    client.send(get("/").repeated(20'000));
    QTRY_COMPARE_WITH_TIMEOUT(client.responses(), 20'000, 20'000);
    QVERIFY(client.isConnected());
}

void TestHttpLimits::clientThatDoesNotReadIsClosed()
{
    int taken = 0;
    http::Limits limits = shortLimits();
    Fixture f(
        [&taken](const http::Request &, const http::Reply &reply) {
            ++taken;
            reply.send({.body = QByteArray(200'000, 'x')});
        },
        limits);
    RawClient client(f.port);
    client.socket->setReadBufferSize(1);
    QObject::disconnect(client.socket.get(), &QTcpSocket::readyRead, nullptr, nullptr);
    client.send(get("/").repeated(2'000));
    QTRY_VERIFY(taken > 0);
    QTRY_COMPARE(f.server.connectionCount(), 0);
    QVERIFY2(taken < 200, "answers must not pile up for a client that does not read them");
}

void TestHttpLimits::badRequestIsRefusedAndClosed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray start = "POST / HTTP/1.1\r\nHost: a\r\n";
    QTest::newRow("both lengths") << start +
                                         "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                                  << 400;
    QTest::newRow("two lengths") << start + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n12345"
                                 << 400;
    QTest::newRow("signed length") << start + "Content-Length: +5\r\n\r\n12345" << 400;
    QTest::newRow("bare LF") << QByteArray("POST / HTTP/1.1\nHost: a\n\n") << 400;
    QTest::newRow("NUL in a header") << start + QByteArray("X: a\0b\r\n\r\n", 10) << 400;
    QTest::newRow("headers too large") << start + "X: " + QByteArray(17'000, 'x') + "\r\n\r\n"
                                       << 431;
    QTest::newRow("body too large") << start + "Content-Length: 1048577\r\n\r\n" << 413;
    QTest::newRow("unknown coding") << start + "Transfer-Encoding: gzip\r\n\r\n" << 501;
    QTest::newRow("TLS on a plain port")
        << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) << 400;
    QTest::newRow("HTTP/2 preface") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 505;
}

void TestHttpLimits::badRequestIsRefusedAndClosed()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    Kept kept;
    Fixture f(kept.handler());
    RawClient client(f.port);
    client.send(bytes);
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.status(), status);
    QVERIFY(client.received.contains("\r\nConnection: close\r\n"));
    QCOMPARE(kept.replies.size(), 0U);
    QTRY_COMPARE(f.server.connectionCount(), 0);
}

void TestHttpLimits::twoGibibytesAreRefusedBeforeTheyCome()
{
    Fixture f;
    RawClient client(f.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2147483648\r\n\r\n");
    const QByteArray piece(100'000, 'x');
    client.send(piece); // it is on its way when the refusal comes, and must not destroy it
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.status(), 413);
    QTRY_COMPARE(f.server.connectionCount(), 0);
}

void TestHttpLimits::refusalComesAfterEarlierAnswers()
{
    Kept kept;
    Fixture f(kept.handler());
    RawClient client(f.port);
    client.send(get("/good") + "nonsense\r\n\r\n");
    QTRY_COMPARE(kept.replies.size(), 1U);
    kept.replies[0].send({.body = "good"});
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.status(0), 200);
    QCOMPARE(client.status(1), 400);
}

void TestHttpLimits::aByteAtATimeIsRefusedAfterTheLimit()
{
    Kept kept;
    Fixture f(kept.handler(), shortLimits());
    RawClient slow(f.port);
    QElapsedTimer elapsed;
    elapsed.start();
    const QByteArray request = get("/", "X: " + QByteArray(16'000, 'x') + "\r\n");
    qsizetype sent = 0;
    QTimer feeder;
    connect(&feeder, &QTimer::timeout, this, [&] { slow.send(request.mid(sent++, 1)); });
    feeder.start(10ms); // never idle, never complete
    QTRY_COMPARE(slow.status(), 408);
    QVERIFY(elapsed.elapsed() >= 150);
    QVERIFY(sent < request.size());
    QTRY_COMPARE(f.server.connectionCount(), 0);
    QCOMPARE(kept.replies.size(), 0U);
}

void TestHttpLimits::slowBodyIsRefusedAfterTheLimit()
{
    Kept kept;
    Fixture f(kept.handler(), shortLimits());
    RawClient client(f.port);
    client.send(post("/", "12345").chopped(1));
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.status(), 408);
    QCOMPARE(kept.replies.size(), 0U);
}

void TestHttpLimits::idleConnectionIsClosed()
{
    Fixture f(echo, shortLimits());
    RawClient silent(f.port);
    RawClient used(f.port);
    used.send(get("/"));
    QTRY_COMPARE(used.status(), 200);
    QTRY_VERIFY(silent.isClosed());
    QTRY_VERIFY(used.isClosed());
    QCOMPARE(silent.received, QByteArray());
    QCOMPARE(used.responses(), 1);
}

void TestHttpLimits::waitingForTheHandlerIsNotIdle()
{
    Kept kept;
    Fixture f(kept.handler(), shortLimits());
    RawClient silent(f.port);
    RawClient waiting(f.port);
    waiting.send(get("/"));
    QTRY_COMPARE(kept.replies.size(), 1U);
    QTRY_VERIFY(silent.isClosed()); // later than the limit of both
    QVERIFY(waiting.isConnected());
    kept.replies[0].send({});
    QTRY_COMPARE(waiting.status(), 200);
}

void TestHttpLimits::connectionsBeyondTheLimitGet503()
{
    rlimit files{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = std::max<rlim_t>(files.rlim_cur, std::min<rlim_t>(files.rlim_max, 4096));
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &files), 0);

    Fixture f;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 600; ++i) {
        clients.push_back(std::make_unique<RawClient>(f.port));
        clients.back()->send(get("/")); // goes out when it is connected
    }
    const auto with = [&clients](int status) {
        return std::count_if(clients.begin(), clients.end(),
                             [=](const auto &c) { return c->status() == status; });
    };
    QTRY_COMPARE(with(200), 512);
    QTRY_COMPARE(with(503), 88);
    for (const auto &client : clients) {
        if (client->status() == 503) {
            QTRY_VERIFY(client->isClosed());
            QVERIFY(client->received.contains("\r\nRetry-After: 1\r\n"));
        }
    }
    QCOMPARE(f.server.connectionCount(), 512);
    for (const auto &client : clients) {
        if (client->status() == 200)
            client->send(get("/again"));
    }
    QTRY_COMPARE(std::count_if(clients.begin(), clients.end(),
                               [](const auto &c) { return c->responses() == 2; }),
                 512);
    clients.clear();
    QTRY_COMPARE(f.server.connectionCount(), 0);
    RawClient next(f.port);
    next.send(get("/"));
    QTRY_COMPARE(next.status(), 200);
}

REGISTER_TEST(TestHttpLimits);

} // namespace tst_http_limits

#include "tst_http_limits.moc"
