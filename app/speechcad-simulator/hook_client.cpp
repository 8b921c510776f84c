#include "hook_client.h"

#include <QSslSocket>
#include <QTimer>

namespace simulator {

namespace {

QString peerOf(const QUrl &url)
{
    return url.scheme() + u':' + url.host() + u':' + QString::number(url.port());
}

QByteArray headOf(const HookRequest &request)
{
    QByteArray path = request.url.path(QUrl::FullyEncoded).toUtf8();
    if (path.isEmpty())
        path = "/";
    if (request.url.hasQuery())
        path += '?' + request.url.query(QUrl::FullyEncoded).toUtf8();
    QByteArray head = "POST " + path + " HTTP/1.1\r\nHost: " +
                      request.url.authority(QUrl::FullyEncoded | QUrl::RemoveUserInfo).toUtf8() +
                      "\r\nContent-Type: application/json\r\nContent-Length: " +
                      QByteArray::number(request.body.size()) + "\r\nConnection: keep-alive\r\n";
    for (const http::Header &header : request.headers)
        head += header.name + ": " + header.value + "\r\n";
    return head + "\r\n";
}

struct Head {
    HookAnswer answer;
    qsizetype bodyAt = 0;
    qint64 contentLength = -1;
    bool isChunked = false;
    bool closes = false;
};

void readField(const QByteArray &line, Head &head)
{
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = line.left(colon).trimmed().toLower();
    const QByteArray value = line.mid(colon + 1).trimmed();
    if (name == "content-length")
        head.contentLength = value.toLongLong();
    else if (name == "transfer-encoding")
        head.isChunked = value.toLower().contains("chunked");
    else if (name == "connection")
        head.closes = value.toLower() == "close";
    else if (name == "retry-after")
        head.answer.retryAfter = value.toInt();
}

/// Absent until the whole head is there.
std::optional<Head> readHead(const QByteArray &received)
{
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> lines = received.left(end).split('\n');
    Head head;
    head.bodyAt = end + 4;
    const QByteArray first = lines.front().trimmed();
    head.answer.status = first.mid(9, 3).toInt();
    head.answer.reason = first.mid(13);
    for (qsizetype i = 1; i < lines.size(); ++i)
        readField(lines[i], head);
    if (head.answer.status == 204 || head.answer.status == 304)
        head.contentLength = 0;
    return head;
}

} // namespace

/// One connection and at most one request on it.
class HookClient::Connection final : public QObject {
public:
    Connection(HookClient *client, const QUrl &url)
        : QObject(client)
        , m_client(client)
        , m_peer(peerOf(url))
        , m_socket(url.scheme() == u"https" ? new QSslSocket(this) : new QTcpSocket(this))
    {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_timer.setSingleShot(true);
        connect(m_socket, &QTcpSocket::readyRead, this, [this] { read(); });
        connect(m_socket, &QTcpSocket::disconnected, this, [this] { lost(); });
        connect(m_socket, &QTcpSocket::errorOccurred, this, [this] { lost(); });
        connect(&m_timer, &QTimer::timeout, this,
                [this] { fail(QStringLiteral("Read timeout expired")); });
        const auto port = static_cast<quint16>(url.port(url.scheme() == u"https" ? 443 : 80));
        if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
            tls->connectToHostEncrypted(url.host(), port);
        else
            m_socket->connectToHost(url.host(), port);
    }

    void send(const HookRequest &request, Done done, std::function<void()> onStale)
    {
        m_received.clear();
        m_done = std::move(done);
        m_onStale = std::move(onStale);
        m_timer.start(request.timeout);
        m_socket->write(headOf(request) + request.body);
    }
    [[nodiscard]] bool isOpen() const
    {
        return m_socket->state() == QAbstractSocket::ConnectedState;
    }

private:
    void read()
    {
        m_received += m_socket->readAll();
        const std::optional<Head> head = readHead(m_received);
        if (!head)
            return;
        HookAnswer answer = head->answer;
        answer.body = m_received.mid(head->bodyAt);
        if (head->isChunked ? !answer.body.endsWith("0\r\n\r\n")
                            : head->contentLength < 0 || answer.body.size() < head->contentLength)
            return;
        finish(answer, head->closes);
    }

    void lost()
    {
        if (!m_done) {
            discard();
            return;
        }
        // A kept connection that the other side had closed meanwhile says nothing about the hook.
        if (m_onStale && m_received.isEmpty()) {
            const auto again = std::exchange(m_onStale, nullptr);
            m_done = nullptr;
            discard();
            again();
            return;
        }
        if (const auto head = readHead(m_received); head && head->contentLength < 0) {
            HookAnswer answer = head->answer;
            answer.body = m_received.mid(head->bodyAt);
            finish(answer, true);
            return;
        }
        const bool isRefused = m_socket->error() == QAbstractSocket::ConnectionRefusedError;
        const bool isTls = m_socket->error() == QAbstractSocket::SslHandshakeFailedError;
        fail(isRefused ? QStringLiteral("Connection refused")
             : isTls   ? QStringLiteral("SSL error {%1}").arg(m_socket->errorString())
                       : QStringLiteral("Webhook connection closed"));
    }

    void fail(const QString &error)
    {
        HookAnswer answer;
        answer.error = error;
        finish(answer, true);
    }

    void finish(const HookAnswer &answer, bool closes)
    {
        m_timer.stop();
        const Done done = std::exchange(m_done, nullptr);
        if (closes)
            discard();
        else
            m_client->release(this, m_peer);
        if (done)
            done(answer);
    }

    void discard()
    {
        m_client->m_idle[m_peer].removeAll(this);
        m_socket->disconnect(this);
        m_socket->abort();
        deleteLater();
    }

    HookClient *m_client;
    QString m_peer;
    QTcpSocket *m_socket;
    QTimer m_timer;
    QByteArray m_received;
    Done m_done;
    std::function<void()> m_onStale;
};

HookClient::HookClient() = default;
HookClient::~HookClient() = default;

void HookClient::post(const HookRequest &request, Done done)
{
    const auto start = std::chrono::steady_clock::now();
    send(
        request,
        [done = std::move(done), start](const HookAnswer &answer) {
            HookAnswer timed = answer;
            timed.took = std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now() - start);
            done(timed);
        },
        true);
}

void HookClient::send(const HookRequest &request, Done done, bool mayReuse)
{
    QList<Connection *> &idle = m_idle[peerOf(request.url)];
    while (mayReuse && !idle.isEmpty()) {
        Connection *connection = idle.takeLast();
        if (!connection->isOpen())
            continue;
        connection->send(request, done, [this, request, done] { send(request, done, false); });
        return;
    }
    auto *connection = new Connection(this, request.url);
    connection->send(request, std::move(done), nullptr);
}

void HookClient::release(Connection *connection, const QString &peer)
{
    m_idle[peer].append(connection);
}

} // namespace simulator
