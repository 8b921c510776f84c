#include "tests/http/http_fixture.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <mutex>
#include <thread>

namespace tst_http_server {

using tests::echo;
using tests::Fixture;
using tests::get;
using tests::Kept;
using tests::post;
using tests::RawClient;

class TestHttpServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void getIsAnswered();
    void bodyAndQueryReachTheHandler();
    void headersOfTheResponseAreSentWithoutBreakingFraming();
    void headHasALengthAndNoBody();
    void connectionCloseIsObeyed();
    void http10ClosesUnlessAskedToKeepAlive();
    void expectContinueIsAnsweredOnce();
    void answersKeepTheOrderOfRequestsWhenTheyComeBackwards();
    void answersFromOtherThreadsKeepTheOrder();
    void droppedReplySends500();
    void secondAnswerIsIgnored();
    void hangUpClosesWithoutAWord();
    void answerAfterTheClientWentIsDropped();
    void answerAfterTheServerWentIsDropped();
    void readyAnswersAreWrittenTogether();
    void largeAnswerArrivesWhole();
    void stopAcceptingAnswersWhatWasTaken();
    void stopAcceptingDropsHalfARequest();
    void takenAddressIsAConfigurationError();
};

void TestHttpServer::getIsAnswered()
{
    Fixture f;
    RawClient client(f.port);
    client.send(get("/a"));
    QTRY_COMPARE(client.received,
                 "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n"
                 "GET /a? ");
    QVERIFY(client.isConnected());
    QCOMPARE(f.server.connectionCount(), 1);
    QCOMPARE(f.server.unansweredCount(), 0);
}

void TestHttpServer::bodyAndQueryReachTheHandler()
{
    http::Request seen;
    Fixture f([&seen](const http::Request &request, const http::Reply &reply) {
        seen = request;
        reply.send({.status = 204});
    });
    RawClient client(f.port);
    client.send(post("/hook%20s/", "{\"a\":1}", "X-Secret:  s3 \r\n")
                    .replace("/hook%20s/", "/hook%20s/?a=b?c"));
    QTRY_COMPARE(client.received, "HTTP/1.1 204 No Content\r\n\r\n");
    QCOMPARE(seen.method, "POST");
    QCOMPARE(seen.path, "/hook%20s/");
    QCOMPARE(seen.query, "a=b?c");
    QCOMPARE(seen.body, "{\"a\":1}");
    QCOMPARE(seen.header("x-secret"), "s3");
    QCOMPARE(seen.header("absent"), QByteArray());
    QVERIFY(seen.peer.isLoopback());
}

void TestHttpServer::headersOfTheResponseAreSentWithoutBreakingFraming()
{
    Fixture f([](const http::Request &, const http::Reply &reply) {
        reply.send({.status = 503,
                    .headers = {{"Retry-After", "5"},
                                {"Content-Length", "99"},
                                {"X-Split", "a\r\nX-Injected: b"}}});
    });
    QTest::ignoreMessage(QtWarningMsg, "a response header with a line break was left out");
    RawClient client(f.port);
    client.send(get("/"));
    QTRY_COMPARE(client.received,
                 "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\n\r\n");
}

void TestHttpServer::headHasALengthAndNoBody()
{
    Fixture f;
    RawClient client(f.port);
    client.send(get("/a").replace("GET", "HEAD") + get("/b"));
    QTRY_COMPARE(client.responses(), 2);
    QVERIFY(client.received.contains("Content-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\n"));
    QTRY_VERIFY(client.received.endsWith("GET /b? "));
}

void TestHttpServer::connectionCloseIsObeyed()
{
    Fixture f;
    RawClient client(f.port);
    client.send(get("/a", "Connection: foo, Close\r\n") + get("/never"));
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.responses(), 1);
    QVERIFY(client.received.contains("\r\nConnection: close\r\n"));
    QTRY_COMPARE(f.server.connectionCount(), 0);
}

void TestHttpServer::http10ClosesUnlessAskedToKeepAlive()
{
    Fixture f;
    RawClient kept(f.port);
    kept.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    QTRY_VERIFY(kept.received.endsWith("GET /a? "));
    QVERIFY(kept.received.contains("\r\nConnection: keep-alive\r\n"));
    kept.send("GET /b HTTP/1.0\r\n\r\n");
    QTRY_VERIFY(kept.isClosed());
    QVERIFY(kept.received.endsWith("\r\nConnection: close\r\n\r\nGET /b? "));
}

void TestHttpServer::expectContinueIsAnsweredOnce()
{
    Fixture f;
    RawClient client(f.port);
    client.send(post("/", "12345", "Expect: 100-continue\r\n").chopped(5));
    QTRY_COMPARE(client.received, "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("12");
    client.send("345");
    QTRY_VERIFY(client.received.endsWith("POST /? 12345"));
    QCOMPARE(client.responses(), 2);
}

void TestHttpServer::answersKeepTheOrderOfRequestsWhenTheyComeBackwards()
{
    Kept kept;
    Fixture f(kept.handler());
    RawClient client(f.port);
    client.send(get("/0") + get("/1") + get("/2"));
    QTRY_COMPARE(kept.replies.size(), 3U);
    QCOMPARE(f.server.unansweredCount(), 3);
    for (const int i : {2, 1})
        kept.replies[i].send({.body = "answer " + QByteArray::number(i)});
    QCoreApplication::processEvents();
    QCOMPARE(client.received, QByteArray());
    kept.replies[0].send({.body = "answer 0"});
    QTRY_COMPARE(client.responses(), 3);
    QVERIFY(client.received.indexOf("answer 0") < client.received.indexOf("answer 1"));
    QVERIFY(client.received.indexOf("answer 1") < client.received.indexOf("answer 2"));
    QCOMPARE(f.server.unansweredCount(), 0);
}

void TestHttpServer::answersFromOtherThreadsKeepTheOrder()
{
    constexpr int kClients = 8;
    constexpr int kRequests = 200;
    std::mutex mutex;
    std::vector<std::pair<http::Reply, QByteArray>> waiting;
    std::atomic<bool> isOver = false;
    Fixture f([&](const http::Request &request, const http::Reply &reply) {
        const std::lock_guard lock(mutex);
        waiting.emplace_back(reply, request.path);
    });
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&] {
            while (!isOver) {
                std::optional<std::pair<http::Reply, QByteArray>> last;
                if (const std::lock_guard lock(mutex); !waiting.empty()) {
                    last = std::move(waiting.back());
                    waiting.pop_back();
                }
                if (last)
                    last->first.send({.body = '<' + last->second + '>'});
                else
                    std::this_thread::yield();
            }
        });
    }
    QByteArray requests;
    QByteArray expected;
    for (int i = 0; i < kRequests; ++i) {
        requests += get('/' + QByteArray::number(i));
        expected += "</" + QByteArray::number(i) + '>';
    }
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < kClients; ++i) {
        clients.push_back(std::make_unique<RawClient>(f.port));
        clients.back()->send(requests);
    }
    for (const auto &client : clients) {
        QTRY_COMPARE(client->received.count('>'), kRequests);
        QByteArray bodies;
        for (qsizetype at = client->received.indexOf('<'); at >= 0;
             at = client->received.indexOf('<', at + 1))
            bodies += client->received.mid(at, client->received.indexOf('>', at) - at + 1);
        QCOMPARE(bodies, expected);
    }
    isOver = true;
}

void TestHttpServer::droppedReplySends500()
{
    Fixture f([](const http::Request &, const http::Reply &) {});
    RawClient client(f.port);
    client.send(get("/"));
    QTRY_COMPARE(client.status(), 500);
    QVERIFY(client.isConnected());
}

void TestHttpServer::secondAnswerIsIgnored()
{
    Fixture f([](const http::Request &, const http::Reply &reply) {
        reply.send({.status = 201});
        reply.send({.status = 404});
        reply.hangUp();
    });
    RawClient client(f.port);
    client.send(get("/") + get("/"));
    QTRY_COMPARE(client.responses(), 2);
    QCOMPARE(client.status(0), 201);
    QCOMPARE(client.status(1), 201);
    QVERIFY(client.isConnected());
}

void TestHttpServer::hangUpClosesWithoutAWord()
{
    Fixture f([](const http::Request &, const http::Reply &reply) { reply.hangUp(); });
    RawClient client(f.port);
    client.send(get("/"));
    QTRY_COMPARE(f.server.connectionCount(), 0);
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received, QByteArray());
}

void TestHttpServer::answerAfterTheClientWentIsDropped()
{
    Kept kept;
    Fixture f(kept.handler());
    RawClient gone(f.port);
    gone.send(get("/0") + get("/1"));
    QTRY_COMPARE(kept.replies.size(), 2U);
    gone.socket->abort();
    QTRY_COMPARE(f.server.connectionCount(), 0);
    QCOMPARE(f.server.unansweredCount(), 0);
    kept.replies[1].send({});
    std::jthread([reply = std::move(kept.replies[0])] { reply.send({}); }).join();

    RawClient next(f.port);
    next.send(get("/2"));
    QTRY_COMPARE(kept.replies.size(), 3U);
    kept.replies[2].send({});
    QTRY_COMPARE(next.status(), 200);
}

void TestHttpServer::answerAfterTheServerWentIsDropped()
{
    Kept kept;
    auto f = std::make_unique<Fixture>(kept.handler());
    RawClient client(f->port);
    client.send(get("/"));
    QTRY_COMPARE(kept.replies.size(), 1U);
    f.reset();
    kept.replies[0].send({});
    kept.replies.clear();
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received, QByteArray());
}

void TestHttpServer::readyAnswersAreWrittenTogether()
{
    Kept kept;
    Fixture f(kept.handler());
    RawClient client(f.port);
    client.send(get("/0") + get("/1") + get("/2"));
    QTRY_COMPARE(kept.replies.size(), 3U);
    int arrivals = 0;
    connect(client.socket.get(), &QTcpSocket::readyRead, this, [&arrivals] { ++arrivals; });
    for (const http::Reply &reply : kept.replies)
        reply.send({});
    QTRY_COMPARE(client.responses(), 3);
    QCOMPARE(arrivals, 1);
}

void TestHttpServer::largeAnswerArrivesWhole()
{
    const QByteArray large(20'000'000, 'y');
    Fixture f(
        [&large](const http::Request &, const http::Reply &reply) { reply.send({.body = large}); });
    RawClient client(f.port);
    client.send(get("/", "Connection: close\r\n"));
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.received.endsWith("\r\n\r\n" + large));
}

void TestHttpServer::stopAcceptingAnswersWhatWasTaken()
{
    Kept kept;
    Fixture f(kept.handler());
    RawClient idle(f.port);
    RawClient busy(f.port);
    busy.send(get("/0") + get("/1"));
    QTRY_COMPARE(kept.replies.size(), 2U);
    QTRY_COMPARE(f.server.connectionCount(), 2);
    f.server.stopAccepting();
    QTRY_VERIFY(idle.isClosed());
    busy.send(get("/2"));
    RawClient late(f.port);
    QTRY_COMPARE(late.socket->error(), QAbstractSocket::ConnectionRefusedError);
    kept.replies[0].send({.body = "first"});
    QTRY_COMPARE(busy.responses(), 1);
    QVERIFY(!busy.received.contains("Connection: close"));
    kept.replies[1].send({.body = "second"});
    QTRY_VERIFY(busy.isClosed());
    QCOMPARE(busy.responses(), 2);
    QVERIFY(busy.received.endsWith("Connection: close\r\n\r\nsecond"));
    QCOMPARE(kept.replies.size(), 2U);
    QTRY_COMPARE(f.server.connectionCount(), 0);
}

void TestHttpServer::stopAcceptingDropsHalfARequest()
{
    Kept kept;
    Fixture f(kept.handler());
    RawClient client(f.port);
    client.send(get("/whole") + post("/", "12345").chopped(1));
    QTRY_COMPARE(kept.replies.size(), 1U);
    kept.replies[0].send({});
    QTRY_COMPARE(client.responses(), 1);
    f.server.stopAccepting();
    client.send("5");
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(kept.replies.size(), 1U);
    QCOMPARE(client.responses(), 1);
}

void TestHttpServer::takenAddressIsAConfigurationError()
{
    Fixture f;
    http::Server second({}, echo);
    const auto port = second.listen({QHostAddress(QHostAddress::LocalHost), f.port});
    QVERIFY(!port);
    QCOMPARE(port.error().code, ErrorCode::ConfigurationInvalid);
    QVERIFY(port.error().detail.contains(QString::number(f.port)));
}

REGISTER_TEST(TestHttpServer);

} // namespace tst_http_server

#include "tst_http_server.moc"
