#pragma once

#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>

#include <memory>

namespace tests {

/// A client that sends exactly the bytes it is told to and keeps all that comes back.
class RawClient {
public:
    explicit RawClient(std::unique_ptr<QTcpSocket> made = std::make_unique<QTcpSocket>())
        : socket(std::move(made))
    {
        QObject::connect(socket.get(), &QTcpSocket::readyRead, socket.get(),
                         [this] { received += socket->readAll(); });
    }

    explicit RawClient(quint16 port)
        : RawClient()
    {
        socket->connectToHost(QHostAddress::LocalHost, port);
    }

    void send(const QByteArray &bytes) const
    {
        socket->write(bytes); // kept by the socket while it connects
        if (isConnected())
            socket->flush();
    }

    [[nodiscard]] bool isConnected() const
    {
        return socket->state() == QAbstractSocket::ConnectedState;
    }
    [[nodiscard]] bool isClosed() const
    {
        return socket->state() == QAbstractSocket::UnconnectedState;
    }
    [[nodiscard]] qsizetype responses() const { return received.count("HTTP/1.1 "); }

    /// Status of the n-th response; 0 when there is none.
    [[nodiscard]] int status(qsizetype n = 0) const
    {
        qsizetype at = -1;
        for (qsizetype i = 0; i <= n; ++i) {
            at = received.indexOf("HTTP/1.1 ", at + 1);
            if (at < 0)
                return 0;
        }
        return received.mid(at + 9, 3).toInt();
    }

    std::unique_ptr<QTcpSocket> socket;
    QByteArray received;
};

inline QByteArray get(const QByteArray &path, const QByteArray &moreHeaders = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + moreHeaders + "\r\n";
}

inline QByteArray post(const QByteArray &path, const QByteArray &body,
                       const QByteArray &moreHeaders = {})
{
    return "POST " + path +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n" + moreHeaders + "\r\n" + body;
}

} // namespace tests
