#include "delivery/http_connection.h"

#include "core/assert.h"

#include <QSslSocket>

#include <utility>

namespace delivery {

namespace {

bool isTls(const QUrl &origin)
{
    return origin.scheme() == QLatin1String("https");
}

} // namespace

HttpConnection::HttpConnection(const QUrl &origin, const HttpTimeouts &timeouts, QObject *parent)
    : QObject(parent)
    , m_origin(origin)
    , m_timeouts(timeouts)
    , m_socket(isTls(origin) ? new QSslSocket(this) : new QTcpSocket(this))
{
    m_timer.setSingleShot(true);
    m_connectTimer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HttpConnection::close);
    connect(&m_connectTimer, &QTimer::timeout, this, &HttpConnection::close);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(m_socket, &QTcpSocket::errorOccurred, this, &HttpConnection::lose);
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpConnection::lose);
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        connect(tls, &QSslSocket::encrypted, this, &HttpConnection::write);
    else
        connect(m_socket, &QTcpSocket::connected, this, &HttpConnection::write);
}

HttpConnection::~HttpConnection()
{
    m_socket->disconnect(this); // its own end speaks to nobody any more
}

void HttpConnection::send(const QByteArray &wire, Done done)
{
    CORE_ASSERT(isIdle());
    m_wire = wire;
    m_done = std::move(done);
    m_parser = std::make_unique<ResponseParser>();
    m_timer.start(m_timeouts.total);
    if (m_isReady)
        write();
    else
        connectToPeer();
}

void HttpConnection::connectToPeer()
{
    m_connectTimer.start(m_timeouts.connect);
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        tls->connectToHostEncrypted(m_origin.host(), static_cast<quint16>(m_origin.port(443)));
    else
        m_socket->connectToHost(m_origin.host(), static_cast<quint16>(m_origin.port(80)));
}

void HttpConnection::write()
{
    if (!m_isReady) {
        m_connectTimer.stop();
        m_isReady = true;
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }
    m_socket->write(std::exchange(m_wire, {}));
}

void HttpConnection::read()
{
    const QByteArray bytes = m_socket->readAll();
    if (!m_done) {
        if (!bytes.isEmpty())
            close(); // words nobody asked for
        return;
    }
    switch (m_parser->feed(bytes)) {
    case ResponseParser::State::More: return;
    case ResponseParser::State::Done: return finish(m_parser->answer(), m_parser->isKeptAlive());
    case ResponseParser::State::Wrong:
        return finish({.outcome = HttpAnswer::Outcome::Unknown}, false);
    }
}

void HttpConnection::lose()
{
    if (m_isClosed)
        return;
    if (m_done && m_isReady)
        read(); // what came before the end may be the whole answer
    if (m_done && m_parser->end() == ResponseParser::State::Done)
        return finish(m_parser->answer(), false);
    close();
}

void HttpConnection::close()
{
    if (m_isClosed)
        return;
    const bool hasLeft = m_wire.isEmpty();
    finish({.outcome = hasLeft ? HttpAnswer::Outcome::Unknown : HttpAnswer::Outcome::NotArrived},
           false);
}

void HttpConnection::finish(HttpAnswer answer, bool isKept)
{
    const Done done = std::exchange(m_done, nullptr);
    if (isKept) {
        m_timer.start(m_timeouts.idle);
    } else {
        m_isClosed = true;
        m_timer.stop();
        m_connectTimer.stop();
        m_socket->abort();
    }
    if (done)
        done(std::move(answer));
    if (m_isClosed)
        Q_EMIT closed();
}

} // namespace delivery
