#pragma once

#include "http/server.h"
#include "intake/http_thread.h"
#include "intake/metrics.h"

#include <functional>
#include <memory>
#include <vector>

namespace intake {

/// All are called on the thread "http" and must not block: they report what others keep up to date.
struct AdminSetup {
    core::ListenAddress listen;
    std::function<bool()> isReady; // database and migrations
    std::vector<std::function<QList<Metric>()>> metrics = {};
};

/// The port for the people who run the server: /healthz, /readyz, /metrics.
class AdminServer {
public:
    AdminServer(HttpThread &thread, AdminSetup setup);
    ~AdminServer();
    AdminServer(const AdminServer &) = delete;
    AdminServer &operator=(const AdminServer &) = delete;

    /// The port. Errors: ConfigurationInvalid.
    [[nodiscard]] Result<quint16> start();
    /// Closes at once. What `metrics` and `isReady` speak of may go away after it.
    void stop();

private:
    [[nodiscard]] http::Response answerTo(const http::Request &request) const;
    [[nodiscard]] QByteArray metricsText() const;

    HttpThread &m_thread;
    const AdminSetup m_setup;
    std::unique_ptr<http::Server> m_server; // of the thread "http"
};

} // namespace intake
