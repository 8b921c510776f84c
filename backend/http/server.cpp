#include "http/server.h"

#include "http/connection.h"
#include "http/mailbox.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <unordered_map>
#include <utility>

#include <unistd.h>

namespace http {

namespace {

constexpr int kRefusedMax = 128; // connections beyond the limit that are told so at the same time
constexpr int kListenBacklog = 512;

/// Hands over the descriptor of each new connection instead of making a socket.
class Listener final : public QTcpServer {
public:
    explicit Listener(std::function<void(qintptr)> arrived)
        : m_arrived(std::move(arrived))
    {
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_arrived(descriptor); }

private:
    std::function<void(qintptr)> m_arrived;
};

tl::unexpected<Error> invalid(const QString &detail)
{
    return failure({.code = ErrorCode::ConfigurationInvalid, .detail = detail});
}

QSslKey readKey(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec}) {
        const QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return {};
}

Result<QSslConfiguration> readTls(const Tls &tls)
{
    const auto chain = QSslCertificate::fromPath(tls.certificateFile);
    if (chain.isEmpty())
        return invalid(
            QStringLiteral("%1 holds no readable PEM certificate").arg(tls.certificateFile));
    QFile file(tls.keyFile);
    const QSslKey key = file.open(QIODevice::ReadOnly) ? readKey(file.readAll()) : QSslKey();
    if (key.isNull())
        return invalid(
            QStringLiteral("%1 holds no readable PEM key without a passphrase").arg(tls.keyFile));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // clients show no certificate
    return configuration;
}

std::chrono::milliseconds sweepInterval(const Limits &limits)
{
    const auto shortest =
        std::min({limits.requestTimeout, limits.idleTimeout, limits.handshakeTimeout});
    return std::clamp(shortest / 8, std::chrono::milliseconds(5), std::chrono::milliseconds(500));
}

} // namespace

struct Reply::State {
    State(std::shared_ptr<Mailbox> mailbox, quint64 connection, quint64 request)
        : mailbox(std::move(mailbox))
        , connection(connection)
        , request(request)
    {
    }
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() { answer(Response{.status = 500}); }

    void answer(std::optional<Response> response)
    {
        if (!isAnswered.exchange(true))
            mailbox->post({connection, request, std::move(response)});
    }

    const std::shared_ptr<Mailbox> mailbox;
    const quint64 connection;
    const quint64 request;
    std::atomic<bool> isAnswered = false;
};

void Reply::send(const Response &response) const
{
    if (m_state)
        m_state->answer(response);
}

void Reply::hangUp() const
{
    if (m_state)
        m_state->answer(std::nullopt);
}

struct Server::Private final : Connection::Host {
    Private(Server *server, Limits limits, Handler handler);
    ~Private();

    void takeRequest(const Connection &connection, quint64 number, const Request &request) override;
    void wantTurn(Connection &connection) override;
    void connectionGone(Connection &connection) override;

    void accept(qintptr descriptor);
    [[nodiscard]] std::unique_ptr<QTcpSocket> makeSocket(qintptr descriptor) const;
    void wantWrite(Connection &connection);
    void run();
    void giveTurns();
    void deliverAnswers();
    void writeAnswers();
    void recount(quint64 id);
    void sweep();
    void stopAccepting();
    [[nodiscard]] Connection *find(quint64 id) const;

    struct Client {
        Connection *connection = nullptr; // child of the server
        bool isServed = true;             // false: only told that there is no room
        int unanswered = 0;               // as counted in m_unanswered
    };

    Server *q;
    const Limits m_limits;
    const Handler m_handler;
    Listener m_listener;
    std::optional<QSslConfiguration> m_tls;
    std::shared_ptr<Mailbox> m_mailbox;
    QTimer m_sweep;
    std::unordered_map<quint64, Client> m_clients;
    quint64 m_lastId = 0;
    std::atomic<int> m_served = 0;
    std::atomic<int> m_unanswered = 0;
    std::vector<quint64> m_turns;
    std::vector<quint64> m_writes;
    bool m_isRunning = false;
};

Server::Private::Private(Server *server, Limits limits, Handler handler)
    : q(server)
    , m_limits(limits)
    , m_handler(std::move(handler))
    , m_listener([this](qintptr descriptor) { accept(descriptor); })
    , m_mailbox(std::make_shared<Mailbox>(server, [this] { run(); }))
{
    m_listener.setListenBacklogSize(kListenBacklog);
    m_sweep.setInterval(sweepInterval(m_limits));
    connect(&m_sweep, &QTimer::timeout, q, [this] { sweep(); });
    // Qt stops accepting when descriptors run out, and would not begin again.
    connect(&m_listener, &QTcpServer::acceptError, q, [this] {
        QTimer::singleShot(std::chrono::seconds(1), &m_listener, &QTcpServer::resumeAccepting);
    });
}

Server::Private::~Private()
{
    m_mailbox->close();
    m_listener.close();
    for (const auto &[id, client] : std::exchange(m_clients, {}))
        delete client.connection;
}

void Server::Private::accept(qintptr descriptor)
{
    const bool hasRoom = m_served < m_limits.connectionsMax;
    const auto refused = static_cast<int>(m_clients.size()) - m_served;
    // Over TLS a refusal would first cost a handshake: there it is only closed.
    if (!hasRoom && (m_tls || refused >= kRefusedMax)) {
        ::close(static_cast<int>(descriptor));
        return;
    }
    auto socket = makeSocket(descriptor);
    if (!socket)
        return;
    const quint64 id = ++m_lastId;
    auto *const connection = new Connection(id, std::move(socket), m_limits, *this, q);
    m_clients.emplace(id, Client{.connection = connection, .isServed = hasRoom});
    if (hasRoom)
        ++m_served;
    if (!m_sweep.isActive())
        m_sweep.start();
    if (!hasRoom) {
        connection->refuse(503);
        wantTurn(*connection);
    } else if (m_tls) {
        connection->startTls();
    }
}

std::unique_ptr<QTcpSocket> Server::Private::makeSocket(qintptr descriptor) const
{
    std::unique_ptr<QTcpSocket> socket;
    if (m_tls) {
        auto tlsSocket = std::make_unique<QSslSocket>();
        tlsSocket->setSslConfiguration(*m_tls);
        socket = std::move(tlsSocket);
    } else {
        socket = std::make_unique<QTcpSocket>();
    }
    if (socket->setSocketDescriptor(descriptor))
        return socket;
    ::close(static_cast<int>(descriptor));
    return nullptr;
}

Connection *Server::Private::find(quint64 id) const
{
    const auto found = m_clients.find(id);
    return found == m_clients.end() ? nullptr : found->second.connection;
}

void Server::Private::takeRequest(const Connection &connection, quint64 number,
                                  const Request &request)
{
    Reply reply;
    reply.m_state = std::make_shared<Reply::State>(m_mailbox, connection.id(), number);
    m_handler(request, reply);
}

void Server::Private::wantTurn(Connection &connection)
{
    if (!std::exchange(connection.isTurnDue, true))
        m_turns.push_back(connection.id());
    run();
}

void Server::Private::wantWrite(Connection &connection)
{
    if (!std::exchange(connection.isWriteDue, true))
        m_writes.push_back(connection.id());
}

void Server::Private::connectionGone(Connection &connection)
{
    const auto found = m_clients.find(connection.id());
    if (found == m_clients.end())
        return;
    if (found->second.isServed)
        --m_served;
    m_unanswered -= found->second.unanswered;
    m_clients.erase(found);
    if (m_clients.empty())
        m_sweep.stop();
}

/// One loop instead of calls that lead back to each other: a client whose answers come at once and
/// who has pipelined thousands of requests costs no stack.
void Server::Private::run()
{
    if (std::exchange(m_isRunning, true))
        return;
    do {
        m_mailbox->announceCollection();
        giveTurns();
        deliverAnswers();
        writeAnswers();
    } while (!m_turns.empty());
    m_isRunning = false;
}

void Server::Private::giveTurns()
{
    for (const quint64 id : std::exchange(m_turns, {})) {
        Connection *const connection = find(id);
        if (connection == nullptr)
            continue;
        connection->isTurnDue = false;
        connection->readRequests();
        wantWrite(*connection);
    }
}

void Server::Private::deliverAnswers()
{
    for (Answer &answer : m_mailbox->collect()) {
        Connection *const connection = find(answer.connection);
        if (connection == nullptr)
            continue; // the client has gone
        connection->setAnswer(answer.request, std::move(answer.response));
        wantWrite(*connection);
    }
}

void Server::Private::writeAnswers()
{
    for (const quint64 id : std::exchange(m_writes, {})) {
        Connection *const connection = find(id);
        if (connection == nullptr)
            continue;
        connection->isWriteDue = false;
        connection->writeAnswers();
        recount(id);
    }
}

void Server::Private::recount(quint64 id)
{
    const auto found = m_clients.find(id);
    if (found == m_clients.end())
        return;
    Client &client = found->second;
    const int unanswered = client.connection->unansweredCount();
    m_unanswered += unanswered - std::exchange(client.unanswered, unanswered);
}

void Server::Private::sweep()
{
    std::vector<Connection *> connections;
    for (const auto &[id, client] : m_clients)
        connections.push_back(client.connection);
    const Moment now = std::chrono::steady_clock::now();
    for (Connection *const connection : connections)
        connection->checkDeadlines(now); // deletes itself later, not now
}

void Server::Private::stopAccepting()
{
    m_listener.close();
    std::vector<Connection *> connections;
    for (const auto &[id, client] : m_clients)
        connections.push_back(client.connection);
    for (Connection *const connection : connections) {
        connection->finish();
        wantTurn(*connection);
    }
}

Server::Server(Limits limits, Handler handler, QObject *parent)
    : QObject(parent)
    , m_private(std::make_unique<Private>(this, limits, std::move(handler)))
{
}

Server::~Server() = default;

Result<quint16> Server::listen(const core::ListenAddress &address, const std::optional<Tls> &tls)
{
    if (tls) {
        auto configuration = readTls(*tls);
        if (!configuration)
            return failure(configuration.error());
        m_private->m_tls = std::move(*configuration);
    }
    QTcpServer &listener = m_private->m_listener;
    if (!listener.listen(address.host, address.port)) {
        return invalid(
            QStringLiteral("cannot listen on %1 port %2 (%3): choose another address, or stop the "
                           "program that has it")
                .arg(address.host.toString())
                .arg(address.port)
                .arg(listener.errorString()));
    }
    return listener.serverPort();
}

void Server::stopAccepting()
{
    m_private->stopAccepting();
}

int Server::connectionCount() const
{
    return m_private->m_served;
}

int Server::unansweredCount() const
{
    return m_private->m_unanswered;
}

} // namespace http
