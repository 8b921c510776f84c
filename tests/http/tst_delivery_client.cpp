#include "delivery/http_client.h"
#include "delivery/telegram_webhook.h"
#include "http/server.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace tst_delivery_client {

using namespace std::chrono_literals;
using delivery::HttpAnswer;
using delivery::HttpRequest;
using delivery::ResponseParser;
using Outcome = delivery::HttpAnswer::Outcome;

namespace {

/// Answers every request with the same bytes, whatever they are, or hangs up.
class RawServer {
public:
    RawServer()
    {
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this] {
            QTcpSocket *socket = server.nextPendingConnection();
            ++connections;
            QObject::connect(socket, &QTcpSocket::readyRead, socket,
                             [this, socket] { serve(socket); });
        });
        if (!server.listen(QHostAddress::LocalHost))
            qFatal("no port");
    }
    [[nodiscard]] QUrl url(const QByteArray &path = {}) const
    {
        return QUrl::fromEncoded("http://127.0.0.1:" + QByteArray::number(server.serverPort()) +
                                 path);
    }

    QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    int hangUpFrom = -1; // this request and all later ones; -1: none
    bool isSilent = false;
    bool closesAfter = false;
    int requests = 0;
    int connections = 0;
    QByteArray received;
    QTcpServer server;

private:
    void serve(QTcpSocket *socket)
    {
        const QByteArray bytes = socket->readAll();
        received += bytes;
        requests += static_cast<int>(bytes.count("HTTP/1.1\r\n"));
        if (isSilent)
            return;
        if (hangUpFrom >= 0 && requests > hangUpFrom)
            return socket->abort();
        socket->write(answer);
        if (closesAfter)
            socket->disconnectFromHost();
    }
};

/// Sends one request and waits for its answer.
HttpAnswer ask(delivery::HttpClient &client, const HttpRequest &request)
{
    std::optional<HttpAnswer> got;
    client.send(request, [&](HttpAnswer answer) { got = std::move(answer); });
    (void)QTest::qWaitFor([&] { return got.has_value(); }, 10'000);
    return got.value_or(HttpAnswer{.status = -1});
}

ResponseParser::State feedBytewise(ResponseParser &parser, const QByteArray &bytes)
{
    auto state = ResponseParser::State::More;
    for (qsizetype i = 0; i < bytes.size() && state == ResponseParser::State::More; ++i)
        state = parser.feed(QByteArrayView(bytes).sliced(i, 1));
    return state;
}

} // namespace

class TestDeliveryClient final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void responsesAreReadByteByByte_data();
    void responsesAreReadByteByByte();
    void wrongResponsesAreNoAnswer_data();
    void wrongResponsesAreNoAnswer();

    void requestStandsOnTheWireAsBuilt();
    void connectionIsKept();
    void hangUpIsUnknownAndNotRepeated();
    void nextRequestAfterAHangUpHasANewConnection();
    void silenceIsUnknownAfterTheTimeout();
    void refusedConnectionHasNotArrived();
    void brokenTlsHasNotArrived();
    void redirectIsNotFollowed();
    void tooMuchIsCutOff();
    void otherOriginsAreRefused_data();
    void otherOriginsAreRefused();
    void headerWithALineBreakIsRefused();
    void manyRequestsAtOnceAreAllAnswered();

    void webhookIsSetOnlyWhenItDiffers();
    void webhookOfAWrongTokenIsAnError();
};

void TestDeliveryClient::responsesAreReadByteByByte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
                            << 200 << QByteArray("hello") << true;
    QTest::newRow("empty") << QByteArray("HTTP/1.1 404 Not Found\r\ncontent-length:0\r\n\r\n")
                           << 404 << QByteArray() << true;
    QTest::newRow("no body") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 204 << QByteArray()
                             << true;
    QTest::newRow("chunks")
        << QByteArray(
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nhel\r\n2\r\nlo\r\n"
               "0\r\nTrailer: t\r\n\r\n")
        << 200 << QByteArray("hello") << true;
    QTest::newRow("continue first")
        << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                      "Connection: close\r\n\r\nok")
        << 200 << QByteArray("ok") << false;
}

void TestDeliveryClient::responsesAreReadByteByByte()
{
    QFETCH(QByteArray, bytes);
    ResponseParser whole;
    QCOMPARE(whole.feed(bytes), ResponseParser::State::Done);
    ResponseParser parser;
    QCOMPARE(feedBytewise(parser, bytes), ResponseParser::State::Done);
    QTEST(parser.answer().status, "status");
    QTEST(parser.answer().body, "body");
    QTEST(parser.isKeptAlive(), "isKept");
    QTEST(whole.answer().body, "body");
}

void TestDeliveryClient::wrongResponsesAreNoAnswer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH\r\n\r\n");
    QTest::newRow("two lengths") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
    QTest::newRow("negative length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n");
    QTest::newRow("huge length") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
    QTest::newRow("gzip") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n");
    QTest::newRow("bad chunk") << QByteArray(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    QTest::newRow("chunk too long")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n");
    QTest::newRow("endless headers") << QByteArray("HTTP/1.1 200 OK\r\n") + QByteArray(70'000, 'x');
}

void TestDeliveryClient::wrongResponsesAreNoAnswer()
{
    QFETCH(QByteArray, bytes);
    ResponseParser parser;
    QCOMPARE(parser.feed(bytes), ResponseParser::State::Wrong);
    ResponseParser cut;
    QCOMPARE(cut.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"),
             ResponseParser::State::More);
    QCOMPARE(cut.end(), ResponseParser::State::Wrong);
}

void TestDeliveryClient::requestStandsOnTheWireAsBuilt()
{
    RawServer server;
    delivery::HttpClient client({server.url()});
    const auto answer = ask(client, {.verb = "POST",
                                     .url = server.url("/api/x%20y?a=1"),
                                     .headers = {{"x-api-key", "k"}},
                                     .body = "{\"a\":1}"});
    QCOMPARE(answer.outcome, Outcome::Answered);
    QCOMPARE(answer.body, QByteArray("ok"));
    QVERIFY(server.received.startsWith("POST /api/x%20y?a=1 HTTP/1.1\r\nHost: 127.0.0.1:"));
    QVERIFY(server.received.contains("\r\nx-api-key: k\r\n"));
    QVERIFY(server.received.endsWith("\r\nContent-Length: 7\r\n\r\n{\"a\":1}"));
}

void TestDeliveryClient::connectionIsKept()
{
    RawServer server;
    delivery::HttpClient client({server.url()});
    for (int i = 0; i < 5; ++i)
        QCOMPARE(ask(client, {.verb = "GET", .url = server.url("/")}).status, 200);
    QCOMPARE(server.connections, 1);
    server.closesAfter = true;
    server.answer = "HTTP/1.1 200 OK\r\n\r\nuntil the end";
    QCOMPARE(ask(client, {.verb = "GET", .url = server.url("/")}).body,
             QByteArray("until the end"));
}

void TestDeliveryClient::hangUpIsUnknownAndNotRepeated()
{
    RawServer server;
    server.hangUpFrom = 1;
    delivery::HttpClient client({server.url()});
    const HttpRequest request{.verb = "POST", .url = server.url("/"), .body = "{}"};
    QCOMPARE(ask(client, request).outcome, Outcome::Answered);
    // On the kept connection: where QNetworkAccessManager would send it once more by itself.
    QCOMPARE(ask(client, request).outcome, Outcome::Unknown);
    QCOMPARE(ask(client, request).outcome, Outcome::Unknown);
    QCOMPARE(server.requests, 3);
}

void TestDeliveryClient::nextRequestAfterAHangUpHasANewConnection()
{
    RawServer server;
    delivery::HttpClient client({server.url()});
    int answers = 0;
    for (int i = 0; i < 3; ++i)
        client.send({.verb = "GET", .url = server.url("/")},
                    [&](const HttpAnswer &) { ++answers; });
    QTRY_COMPARE(answers, 3);
    QCOMPARE(server.connections, 3);
    server.hangUpFrom = 3;
    QCOMPARE(ask(client, {.verb = "GET", .url = server.url("/")}).outcome, Outcome::Unknown);
    server.hangUpFrom = -1;
    QCOMPARE(ask(client, {.verb = "GET", .url = server.url("/")}).outcome, Outcome::Answered);
    QCOMPARE(server.connections, 4);
}

void TestDeliveryClient::silenceIsUnknownAfterTheTimeout()
{
    RawServer server;
    server.isSilent = true;
    delivery::HttpClient client({server.url()}, {.total = 100ms});
    QCOMPARE(ask(client, {.verb = "GET", .url = server.url("/")}).outcome, Outcome::Unknown);
    QCOMPARE(server.requests, 1);
}

void TestDeliveryClient::refusedConnectionHasNotArrived()
{
    QUrl url;
    {
        const RawServer gone;
        url = gone.url("/");
    }
    delivery::HttpClient client({url});
    QCOMPARE(ask(client, {.verb = "GET", .url = url}).outcome, Outcome::NotArrived);
}

void TestDeliveryClient::brokenTlsHasNotArrived()
{
    RawServer server; // speaks plain HTTP
    QUrl url = server.url("/");
    url.setScheme(QStringLiteral("https"));
    delivery::HttpClient client({url});
    QCOMPARE(ask(client, {.verb = "POST", .url = url, .body = "secret"}).outcome,
             Outcome::NotArrived);
    QVERIFY(!server.received.contains("secret"));
}

void TestDeliveryClient::redirectIsNotFollowed()
{
    RawServer server;
    server.answer = "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
    delivery::HttpClient client({server.url()});
    QCOMPARE(ask(client, {.verb = "GET", .url = server.url("/")}).status, 302);
    QCOMPARE(server.requests, 1);
}

void TestDeliveryClient::tooMuchIsCutOff()
{
    RawServer server;
    server.answer = "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(2 << 20, 'x');
    delivery::HttpClient client({server.url()});
    QCOMPARE(ask(client, {.verb = "GET", .url = server.url("/")}).outcome, Outcome::Unknown);
}

void TestDeliveryClient::otherOriginsAreRefused_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("host") << QStringLiteral("https://elsewhere.example/bot");
    QTest::newRow("port") << QStringLiteral("https://api.telegram.org:8443/bot");
    QTest::newRow("scheme") << QStringLiteral("http://api.telegram.org/bot");
    QTest::newRow("sub-domain") << QStringLiteral("https://api.telegram.org.elsewhere.example/bot");
    QTest::newRow("user") << QStringLiteral("https://api.telegram.org@elsewhere.example/bot");
    QTest::newRow("none") << QString();
}

void TestDeliveryClient::otherOriginsAreRefused()
{
    QFETCH(QString, url);
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("was refused")));
    delivery::HttpClient client({QUrl(QStringLiteral("https://api.telegram.org")), QUrl()});
    QCOMPARE(ask(client, {.verb = "GET", .url = QUrl(url)}).outcome, Outcome::NotAllowed);
}

void TestDeliveryClient::headerWithALineBreakIsRefused()
{
    RawServer server;
    delivery::HttpClient client({server.url()});
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("was refused")));
    QCOMPARE(ask(client, {.verb = "GET", .url = server.url("/"), .headers = {{"a", "b\r\nc: d"}}})
                 .outcome,
             Outcome::NotAllowed);
    QCOMPARE(server.requests, 0);
}

void TestDeliveryClient::manyRequestsAtOnceAreAllAnswered()
{
    std::vector<http::Reply> waiting;
    http::Server server(
        {}, [&](const http::Request &, const http::Reply &reply) { waiting.push_back(reply); });
    const auto port = server.listen({QHostAddress::LocalHost, 0});
    QVERIFY(port);
    const QUrl url(QStringLiteral("http://127.0.0.1:%1/").arg(*port));
    delivery::HttpClient client({url});
    int answers = 0;
    for (int i = 0; i < 16; ++i)
        client.send({.verb = "GET", .url = url},
                    [&](const HttpAnswer &answer) { answers += answer.status == 200; });
    QTRY_COMPARE(waiting.size(), 16u); // all under way together
    for (const http::Reply &reply : waiting)
        reply.send({});
    QTRY_COMPARE(answers, 16);
}

// The webhook ---------------------------------------------------------------------------------

void TestDeliveryClient::webhookIsSetOnlyWhenItDiffers()
{
    Json current = {{"url", ""}, {"max_connections", 40}};
    int sets = 0;
    Json lastSet;
    http::Server server({}, [&](const http::Request &request, const http::Reply &reply) {
        if (request.path == "/bot12:ab/getWebhookInfo")
            return reply.send({.body = core::toBytes({{"ok", true}, {"result", current}})});
        QCOMPARE(request.path, QByteArray("/bot12:ab/setWebhook"));
        ++sets;
        lastSet = *core::parseJson(request.body);
        current = {{"url", lastSet["url"]},
                   {"max_connections", lastSet["max_connections"]},
                   {"allowed_updates", lastSet["allowed_updates"]}};
        reply.send({.body = R"({"ok":true,"result":true})"});
    });
    const auto port = server.listen({QHostAddress::LocalHost, 0});
    QVERIFY(port);
    delivery::TelegramWebhook webhook(
        {QUrl(QStringLiteral("http://127.0.0.1:%1").arg(*port)), QStringLiteral("12:ab")});
    const delivery::WebhookWish wish{
        QUrl(QStringLiteral("https://bot.example.net/webhooks/telegram")),
        QStringLiteral("s3cret")};
    const auto ensured = [&](bool isForced) {
        auto future = webhook.ensure(wish, isForced);
        (void)QTest::qWaitFor([&] { return future.isFinished(); }, 10'000);
        return future.result();
    };
    auto first = ensured(false);
    QVERIFY(first && *first);
    QVERIFY(lastSet["secret_token"] == "s3cret");
    QVERIFY(lastSet["allowed_updates"] == Json({"message", "callback_query", "my_chat_member"}));
    auto second = ensured(false);
    QVERIFY(second && !*second);
    current["max_connections"] = 10;
    auto third = ensured(false);
    QVERIFY(third && *third);
    auto forced = ensured(true);
    QVERIFY(forced && *forced);
    QCOMPARE(sets, 3);
}

void TestDeliveryClient::webhookOfAWrongTokenIsAnError()
{
    http::Server server({}, [&](const http::Request &, const http::Reply &reply) {
        reply.send({.status = 401,
                    .body = R"({"ok":false,"error_code":401,"description":"Unauthorized"})"});
    });
    const auto port = server.listen({QHostAddress::LocalHost, 0});
    QVERIFY(port);
    delivery::TelegramWebhook webhook(
        {QUrl(QStringLiteral("http://127.0.0.1:%1").arg(*port)), QStringLiteral("12:ab")});
    auto future = webhook.ensure({QUrl(QStringLiteral("https://bot.example.net/h")), {}}, false);
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result());
    QCOMPARE(future.result().error().code, ErrorCode::Unauthorized);
}

REGISTER_TEST(TestDeliveryClient);

} // namespace tst_delivery_client

#include "tst_delivery_client.moc"
