#pragma once

#include "core/settings.h"
#include "http/message.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace http {

/// The answer to one request, to be given now or later, from any thread. Answers go out in the
/// order of the requests of their connection. Only the first call counts; nothing happens when the
/// client has gone. A Reply dropped without an answer sends 500, so that no client waits for ever.
class Reply {
public:
    void send(const Response &response) const;
    /// Closes the connection at once and without a word: what a crashed server looks like. For the
    /// simulator.
    void hangUp() const;

private:
    friend class Server;
    struct State;
    std::shared_ptr<State> m_state;
};

struct Limits {
    qint64 bodyBytesMax = 1 << 20;
    qint64 headerBytesMax = 16 << 10;
    int connectionsMax = 512;
    int pipelinedMax = 64;
    std::chrono::milliseconds requestTimeout = std::chrono::seconds(10); // from first to last byte
    std::chrono::milliseconds idleTimeout = std::chrono::seconds(30);
    std::chrono::milliseconds handshakeTimeout = std::chrono::seconds(10);
};

struct Tls {
    QString certificateFile; // PEM, with its chain
    QString keyFile;
};

/// An HTTP/1.1 server with limits, for the hooks, the admin port and the simulator.
/// Lives on the thread it was made on; `handler` is called there and must not block.
class Server final : public QObject {
    Q_OBJECT

public:
    using Handler = std::function<void(const Request &, const Reply &)>;

    Server(Limits limits, Handler handler, QObject *parent = nullptr);
    ~Server() override;

    /// Starts listening and returns the port. Errors: ConfigurationInvalid, with what to do
    /// (address in use, certificate unreadable).
    [[nodiscard]] Result<quint16> listen(const core::ListenAddress &address,
                                         const std::optional<Tls> &tls = {});
    /// No new connections and no new requests; requests already taken are still answered, then
    /// their connections closed. All is done when connectionCount() is 0.
    void stopAccepting();
    /// Clients being served; any thread may ask.
    [[nodiscard]] int connectionCount() const;
    /// Requests whose answer has not been given or cannot be sent yet; any thread may ask.
    [[nodiscard]] int unansweredCount() const;

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace http
