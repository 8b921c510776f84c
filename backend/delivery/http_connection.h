#pragma once

#include "delivery/response_parser.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

class QTcpSocket;

namespace delivery {

struct HttpTimeouts {
    std::chrono::milliseconds connect = std::chrono::seconds(5);
    std::chrono::milliseconds total = std::chrono::seconds(20);
    std::chrono::milliseconds idle =
        std::chrono::seconds(30); // an unused connection is closed after it
};

/// One connection to one origin: one request at a time, and kept for the next. It never repeats a
/// request by itself, and knows whether one has left.
class HttpConnection final : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(HttpAnswer)>;

    HttpConnection(const QUrl &origin, const HttpTimeouts &timeouts, QObject *parent);
    ~HttpConnection() override;

    /// Only when it is idle.
    void send(const QByteArray &wire, Done done);
    [[nodiscard]] bool isIdle() const { return !m_done && !m_isClosed; }
    void close();

Q_SIGNALS:
    void closed();

private:
    void connectToPeer();
    void write();
    void read();
    void lose();
    void finish(HttpAnswer answer, bool isKept);

    QUrl m_origin;
    HttpTimeouts m_timeouts;
    QTcpSocket *m_socket;
    QTimer m_timer; // of the request, or of being idle
    QTimer m_connectTimer;
    QByteArray m_wire; // empty once it has been handed to the socket
    std::unique_ptr<ResponseParser> m_parser;
    Done m_done; // null: idle
    bool m_isReady = false;
    bool m_isClosed = false;
};

} // namespace delivery
