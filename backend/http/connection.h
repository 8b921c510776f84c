#pragma once

#include "http/mailbox.h"
#include "http/request_parser.h"
#include "http/server.h"

#include <QObject>
#include <QTcpSocket>

#include <chrono>
#include <deque>
#include <memory>

QT_FORWARD_DECLARE_CLASS(QSslSocket)

namespace http {

using Moment = std::chrono::steady_clock::time_point;

/// One client: its socket, its unfinished request, and its answers in the order of its requests.
/// It never calls the handler or looks for answers itself; the server gives it turns.
class Connection final : public QObject {
public:
    class Host {
    public:
        virtual void takeRequest(const Connection &connection, quint64 number,
                                 const Request &request) = 0;
        /// There may be something to read now.
        virtual void wantTurn(Connection &connection) = 0;
        /// The last call; the connection deletes itself.
        virtual void connectionGone(Connection &connection) = 0;

    protected:
        ~Host() = default;
    };

    /// `socket` is connected; a QSslSocket has not begun its handshake.
    Connection(quint64 id, std::unique_ptr<QTcpSocket> socket, const Limits &limits, Host &host,
               QObject *parent);

    void startTls();
    [[nodiscard]] quint64 id() const { return m_id; }
    [[nodiscard]] int unansweredCount() const { return static_cast<int>(m_slots.size()); }

    void readRequests();
    void setAnswer(quint64 number, std::optional<Response> response);
    void writeAnswers();
    /// Answers with `status` after what is due before it, then closes.
    void refuse(int status);
    /// Takes no more requests; closes when those taken are answered.
    void finish();
    void checkDeadlines(Moment now);

    /// Marks for the server: it is already on its list of those to be given a turn, or to write.
    bool isTurnDue = false;
    bool isWriteDue = false;

private:
    enum class State {
        Handshaking,
        Open,
        Finishing, // no more requests; the last answers go out
        Lingering, // our side is closed; what still comes is thrown away, so that the answers are
                   // not
        Gone,
    };

    struct Slot {
        std::optional<Response> answer = {};
        bool isHead = false;
        bool isHttp10 = false;
        bool keepsAlive = true;
        qsizetype bodyBytes = 0;
    };

    [[nodiscard]] bool canTake() const;
    [[nodiscard]] bool readSocket();
    void take(ParsedRequest parsed);
    [[nodiscard]] QByteArray readyBytes();
    [[nodiscard]] qint64 unsentBytes() const;
    void linger();
    void drop();
    void discard();
    void onBytesWritten();
    void onDisconnected();

    quint64 m_id;
    QTcpSocket *m_socket;
    QSslSocket *m_tls; // the same socket, or null
    const Limits &m_limits;
    Host &m_host;
    RequestParser m_parser;
    QHostAddress m_peer;
    State m_state = State::Open;
    std::deque<Slot> m_slots;
    quint64 m_firstNumber = 0; // of the request in m_slots.front()
    qsizetype m_heldBytes = 0; // bodies of the requests in m_slots
    bool m_isPaused = false;   // bytes may be waiting that we were not ready for
    Moment m_requestStart;     // of the unfinished request
    Moment m_lastProgress;     // a state entered, bytes written
    qint64 m_discardedBytes = 0;
};

} // namespace http
