#include "http/connection.h"

#include "core/assert.h"
#include "http/response_writer.h"

#include <QSslSocket>

#include <array>
#include <utility>

#include <sys/socket.h>

namespace http {

namespace {

constexpr qint64 kReadBytesMax = 32 << 10;
constexpr qint64 kUnsentBytesMax = 256 << 10;
constexpr qint64 kDiscardBytesMax = 1 << 20;
constexpr std::chrono::seconds kLingerMax(1);

Moment now()
{
    return std::chrono::steady_clock::now();
}

} // namespace

Connection::Connection(quint64 id, std::unique_ptr<QTcpSocket> socket, const Limits &limits,
                       Host &host, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_socket(socket.release())
    , m_tls(qobject_cast<QSslSocket *>(m_socket))
    , m_limits(limits)
    , m_host(host)
    , m_parser({.bodyBytesMax = limits.bodyBytesMax, .headerBytesMax = limits.headerBytesMax})
    , m_peer(m_socket->peerAddress())
    , m_requestStart(now())
    , m_lastProgress(m_requestStart)
{
    m_socket->setParent(this);
    // A client that sends faster than we answer waits in the kernel, not in our memory.
    m_socket->setReadBufferSize(kReadBytesMax);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, [this] { m_host.wantTurn(*this); });
    if (m_tls != nullptr)
        connect(m_tls, &QSslSocket::encryptedBytesWritten, this, [this] { onBytesWritten(); });
    else
        connect(m_socket, &QTcpSocket::bytesWritten, this, [this] { onBytesWritten(); });
    connect(m_socket, &QTcpSocket::disconnected, this, [this] { onDisconnected(); });
}

void Connection::startTls()
{
    CORE_ASSERT(m_tls != nullptr);
    m_state = State::Handshaking;
    connect(m_tls, &QSslSocket::encrypted, this, [this] {
        if (m_state != State::Handshaking)
            return;
        m_state = State::Open;
        m_lastProgress = now();
        m_host.wantTurn(*this);
    });
    m_tls->startServerEncryption();
}

void Connection::readRequests()
{
    if (m_state == State::Lingering)
        discard();
    if (m_state != State::Open)
        return;
    if (std::exchange(m_isPaused, false) || !m_parser.isMidRequest())
        m_requestStart = now();
    while (canTake()) {
        RequestParser::Outcome outcome = m_parser.next();
        if (auto *const parsed = std::get_if<ParsedRequest>(&outcome))
            take(std::move(*parsed));
        else if (const auto *const refusal = std::get_if<Refusal>(&outcome))
            refuse(refusal->status);
        else if (!readSocket())
            return;
    }
    m_isPaused = m_state == State::Open;
}

/// A client that pipelines waits while it has enough requests, request bytes or unread answers with
/// us.
bool Connection::canTake() const
{
    return m_state == State::Open && unansweredCount() < m_limits.pipelinedMax &&
           m_heldBytes <= m_limits.bodyBytesMax && unsentBytes() < kUnsentBytesMax;
}

bool Connection::readSocket()
{
    // More than the socket holds at most: asked for less, it would not look for more by itself.
    std::array<char, kReadBytesMax + 1> bytes;
    const qint64 count = m_socket->read(bytes.data(), bytes.size());
    if (count <= 0)
        return false;
    m_parser.append(QByteArrayView(bytes.data(), count));
    return true;
}

void Connection::take(ParsedRequest parsed)
{
    const quint64 number = m_firstNumber + m_slots.size();
    m_slots.push_back({.isHead = parsed.request.method == "HEAD",
                       .isHttp10 = parsed.isHttp10,
                       .keepsAlive = parsed.keepsAlive,
                       .bodyBytes = parsed.request.body.size()});
    m_heldBytes += parsed.request.body.size();
    if (!parsed.keepsAlive)
        finish();
    parsed.request.peer = m_peer;
    m_host.takeRequest(*this, number, parsed.request);
    if (m_parser.isMidRequest())
        m_requestStart = now();
}

void Connection::setAnswer(quint64 number, std::optional<Response> response)
{
    if (m_state == State::Gone)
        return;
    if (!response) {
        drop();
        return;
    }
    CORE_ASSERT(number >= m_firstNumber && number - m_firstNumber < m_slots.size());
    m_slots[number - m_firstNumber].answer = std::move(response);
}

void Connection::writeAnswers()
{
    if (m_state != State::Open && m_state != State::Finishing)
        return;
    QByteArray bytes = readyBytes();
    if (m_slots.empty() && m_state == State::Open && m_parser.takeContinue())
        bytes.append("HTTP/1.1 100 Continue\r\n\r\n");
    if (!bytes.isEmpty()) {
        if (unsentBytes() == 0)
            m_lastProgress = now();
        m_socket->write(bytes);
        m_socket->flush();
    }
    if (m_state == State::Finishing && m_slots.empty() && unsentBytes() == 0)
        linger();
    if (m_isPaused && canTake())
        m_host.wantTurn(*this);
}

/// All answers whose turn it is, as one piece: one write for a whole pipeline.
QByteArray Connection::readyBytes()
{
    QByteArray bytes;
    while (!m_slots.empty() && m_slots.front().answer) {
        const Slot &slot = m_slots.front();
        const bool isLast = m_state == State::Finishing && m_slots.size() == 1;
        appendResponse(bytes, *slot.answer,
                       {.isHead = slot.isHead,
                        .isHttp10 = slot.isHttp10,
                        .keepsAlive = slot.keepsAlive && !isLast});
        m_heldBytes -= slot.bodyBytes;
        m_slots.pop_front();
        ++m_firstNumber;
    }
    return bytes;
}

void Connection::refuse(int status)
{
    m_slots.push_back({.answer = refusalResponse(status), .keepsAlive = false});
    finish();
}

void Connection::finish()
{
    if (m_state == State::Handshaking)
        drop();
    if (m_state == State::Open)
        m_state = State::Finishing;
}

/// Closing a socket with unread bytes resets it, and the reset may overtake the answer.
void Connection::linger()
{
    m_state = State::Lingering;
    m_lastProgress = now();
    if (m_tls != nullptr) {
        m_tls->disconnectFromHost(); // says good-bye inside TLS, which a half-closed socket cannot
        return;
    }
    ::shutdown(static_cast<int>(m_socket->socketDescriptor()), SHUT_WR);
    discard();
}

void Connection::discard()
{
    std::array<char, kReadBytesMax + 1> bytes;
    qint64 count = 0;
    while (m_state != State::Gone && (count = m_socket->read(bytes.data(), bytes.size())) > 0)
        m_discardedBytes += count;
    if (m_discardedBytes > kDiscardBytesMax)
        drop();
}

void Connection::drop()
{
    m_socket->abort();
    onDisconnected(); // an aborted handshake does not always say so by itself
}

qint64 Connection::unsentBytes() const
{
    return m_socket->bytesToWrite() + (m_tls != nullptr ? m_tls->encryptedBytesToWrite() : 0);
}

void Connection::onBytesWritten()
{
    m_lastProgress = now();
    if (m_isPaused || (m_state == State::Finishing && m_slots.empty()))
        m_host.wantTurn(*this);
}

void Connection::onDisconnected()
{
    if (std::exchange(m_state, State::Gone) == State::Gone)
        return;
    m_host.connectionGone(*this);
    deleteLater();
}

void Connection::checkDeadlines(Moment now)
{
    const auto waited = now - m_lastProgress;
    if (m_state == State::Handshaking && waited > m_limits.handshakeTimeout) {
        drop();
    } else if (m_state == State::Lingering && waited > kLingerMax) {
        drop();
    } else if (unsentBytes() > 0) {
        if (waited > m_limits.idleTimeout)
            drop(); // it does not read its answers
    } else if (m_state == State::Open && !m_isPaused && m_parser.isMidRequest()) {
        if (now - m_requestStart > m_limits.requestTimeout) {
            refuse(408);
            m_host.wantTurn(*this);
        }
    } else if (m_state == State::Open && m_slots.empty() && waited > m_limits.idleTimeout) {
        finish();
        m_host.wantTurn(*this);
    }
}

} // namespace http
