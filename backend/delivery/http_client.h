#pragma once

#include "delivery/http_connection.h"

#include <QHash>

namespace delivery {

/// Sends requests to the configured origins and to no other. A request is sent once, whatever
/// happens; redirects are answers like any other. Opens as many connections as there are requests
/// at once, and keeps them: it is for the caller to have few. Lives on thread "net".
class HttpClient final : public QObject {
    Q_OBJECT

public:
    using Done = HttpConnection::Done;

    explicit HttpClient(const QList<QUrl> &allowed, HttpTimeouts timeouts = {});

    /// Any thread may call. `done` is called once, on this object's thread; never after the
    /// object's end.
    void send(HttpRequest request, Done done);

private:
    void begin(const HttpRequest &request, Done done);
    [[nodiscard]] HttpConnection *idleConnection(const QByteArray &origin, const QUrl &url);
    void closeIdle(const QByteArray &origin);

    HttpTimeouts m_timeouts;
    QHash<QByteArray, QList<HttpConnection *>>
        m_connections; // by origin; a key for each allowed one
};

} // namespace delivery
