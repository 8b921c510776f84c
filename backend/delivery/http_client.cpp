#include "delivery/http_client.h"

#include "core/post.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcDelivery, "delivery")

namespace delivery {

HttpClient::HttpClient(const QList<QUrl> &allowed, HttpTimeouts timeouts)
    : m_timeouts(timeouts)
{
    for (const QUrl &url : allowed) {
        if (url.isValid() && !url.host().isEmpty())
            m_connections.insert(originOf(url), {});
    }
}

void HttpClient::send(HttpRequest request, Done done)
{
    core::post(this, [this, request = std::move(request), done = std::move(done)] {
        begin(request, done);
    });
}

void HttpClient::begin(const HttpRequest &request, Done done)
{
    const QByteArray origin = originOf(request.url);
    const auto wire = toWire(request);
    if (!wire || !m_connections.contains(origin)) {
        qCCritical(lcDelivery)
            << "a request to somewhere else than the configured providers was refused";
        return done({.outcome = HttpAnswer::Outcome::NotAllowed});
    }
    idleConnection(origin, request.url)
        ->send(*wire, [this, origin, done = std::move(done)](HttpAnswer answer) {
            // Its neighbours may be as dead as this one was: the next request gets a new
            // connection.
            if (answer.outcome == HttpAnswer::Outcome::Unknown)
                closeIdle(origin);
            done(std::move(answer));
        });
}

HttpConnection *HttpClient::idleConnection(const QByteArray &origin, const QUrl &url)
{
    QList<HttpConnection *> &connections = m_connections[origin];
    for (HttpConnection *connection : std::as_const(connections)) {
        if (connection->isIdle())
            return connection;
    }
    auto *connection = new HttpConnection(url, m_timeouts, this);
    connect(connection, &HttpConnection::closed, this, [this, origin, connection] {
        m_connections[origin].removeOne(connection);
        connection->deleteLater();
    });
    connections.append(connection);
    return connection;
}

void HttpClient::closeIdle(const QByteArray &origin)
{
    const QList<HttpConnection *> connections =
        m_connections.value(origin); // a copy: closing removes
    for (HttpConnection *connection : connections) {
        if (connection->isIdle())
            connection->close();
    }
}

} // namespace delivery
