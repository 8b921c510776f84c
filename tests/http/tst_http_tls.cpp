#include "http/server.h"

#include "tests/http/http_client.h"
#include "tests/support/test_main.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace tst_http_tls {

using namespace std::chrono_literals;
using tests::get;
using tests::post;
using tests::RawClient;

class TestHttpTls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void requestOverTlsIsAnswered();
    void closeArrivesAfterTheWholeAnswer();
    void limitsHoldOverTls();
    void plainHttpIsNotAnswered();
    void slowHandshakeIsClosed();
    void connectionBeyondTheLimitIsClosed();
    void unreadableCertificateOrKeyIsAConfigurationError();

private:
    [[nodiscard]] http::Tls tls() const
    {
        return {m_folder.filePath(QStringLiteral("c.pem")),
                m_folder.filePath(QStringLiteral("k.pem"))};
    }
    static std::unique_ptr<RawClient> connectTls(quint16 port)
    {
        auto socket = std::make_unique<QSslSocket>();
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        return std::make_unique<RawClient>(std::move(socket));
    }

    QTemporaryDir m_folder;
};

namespace {

const core::ListenAddress kLoopback{QHostAddress(QHostAddress::LocalHost), 0};
constexpr qsizetype kLargeBytes = 5'000'000;

void answer(const http::Request &request, const http::Reply &reply)
{
    reply.send({.body = request.path == "/large" ? QByteArray(kLargeBytes, 'z') : request.body});
}

} // namespace

void TestHttpTls::initTestCase()
{
    QVERIFY(QSslSocket::supportsSsl());
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                   QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                   QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                   QStringLiteral("-subj"), QStringLiteral("/CN=localhost"),
                   QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-keyout"),
                   tls().keyFile, QStringLiteral("-out"), tls().certificateFile});
    QVERIFY(openssl.waitForFinished());
    QVERIFY2(openssl.exitCode() == 0, openssl.readAllStandardError());
}

void TestHttpTls::requestOverTlsIsAnswered()
{
    http::Server server({}, answer);
    const quint16 port = server.listen(kLoopback, tls()).value();
    const auto client = connectTls(port);
    client->send(post("/", "one") + post("/", "two"));
    QTRY_COMPARE(client->responses(), 2);
    QTRY_VERIFY(client->received.endsWith("two"));
    client->send(post("/", QByteArray(500'000, 'q')));
    QTRY_VERIFY(client->received.endsWith(QByteArray(500'000, 'q')));
    QCOMPARE(server.connectionCount(), 1);
    client->socket->abort();
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestHttpTls::closeArrivesAfterTheWholeAnswer()
{
    http::Server server({}, answer);
    const auto client = connectTls(server.listen(kLoopback, tls()).value());
    client->send(get("/large", "Connection: close\r\n"));
    QTRY_VERIFY(client->isClosed());
    QVERIFY(client->received.endsWith("\r\n\r\n" + QByteArray(kLargeBytes, 'z')));
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestHttpTls::limitsHoldOverTls()
{
    http::Server server({.requestTimeout = 150ms}, answer);
    const quint16 port = server.listen(kLoopback, tls()).value();
    const auto large = connectTls(port);
    large->send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2147483648\r\n\r\n");
    const auto slow = connectTls(port);
    slow->send("POST / HT");
    QTRY_VERIFY(large->isClosed());
    QCOMPARE(large->status(), 413);
    QTRY_VERIFY(slow->isClosed());
    QCOMPARE(slow->status(), 408);
}

void TestHttpTls::plainHttpIsNotAnswered()
{
    http::Server server({}, answer);
    RawClient plain(server.listen(kLoopback, tls()).value());
    plain.send(get("/"));
    QTRY_VERIFY(plain.isClosed());
    QVERIFY(!plain.received.contains("HTTP"));
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestHttpTls::slowHandshakeIsClosed()
{
    http::Server server({.handshakeTimeout = 400ms}, answer);
    const quint16 port = server.listen(kLoopback, tls()).value();
    RawClient silent(port);
    RawClient partial(port);
    partial.send(QByteArray("\x16\x03\x01\x02", 4));
    QTRY_COMPARE(server.connectionCount(), 2);
    const auto good = connectTls(port);
    good->send(post("/", "still served"));
    QTRY_VERIFY(silent.isClosed());
    QTRY_VERIFY(partial.isClosed());
    QTRY_VERIFY(good->received.endsWith("still served"));
    QCOMPARE(server.connectionCount(), 1);
}

void TestHttpTls::connectionBeyondTheLimitIsClosed()
{
    http::Server server({.connectionsMax = 1}, answer);
    const quint16 port = server.listen(kLoopback, tls()).value();
    const auto first = connectTls(port);
    first->send(post("/", "first"));
    QTRY_VERIFY(first->received.endsWith("first"));
    const auto second = connectTls(port);
    QTRY_VERIFY(second->isClosed());
    first->send(post("/", "again"));
    QTRY_VERIFY(first->received.endsWith("again"));
}

void TestHttpTls::unreadableCertificateOrKeyIsAConfigurationError()
{
    http::Server server({}, answer);
    const QString absent = m_folder.filePath(QStringLiteral("absent.pem"));
    for (const http::Tls &bad :
         {http::Tls{absent, tls().keyFile}, http::Tls{tls().certificateFile, absent},
          http::Tls{tls().certificateFile, tls().certificateFile}}) {
        const auto port = server.listen(kLoopback, bad);
        QVERIFY(!port);
        QCOMPARE(port.error().code, ErrorCode::ConfigurationInvalid);
        QVERIFY(port.error().detail.contains(m_folder.path()));
    }
}

REGISTER_TEST(TestHttpTls);

} // namespace tst_http_tls

#include "tst_http_tls.moc"
