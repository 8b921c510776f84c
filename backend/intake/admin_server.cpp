#include "intake/admin_server.h"

namespace intake {

namespace {

constexpr http::Limits kLimits{.bodyBytesMax = 4096, .connectionsMax = 64};

http::Response plain(int status, const QByteArray &text)
{
    return {.status = status, .body = text, .contentType = "text/plain; charset=utf-8"};
}

} // namespace

AdminServer::AdminServer(HttpThread &thread, AdminSetup setup)
    : m_thread(thread)
    , m_setup(std::move(setup))
{
}

AdminServer::~AdminServer()
{
    stop();
}

Result<quint16> AdminServer::start()
{
    Result<quint16> port;
    m_thread.run([this, &port] {
        m_server = std::make_unique<http::Server>(
            kLimits, [this](const http::Request &request, const http::Reply &reply) {
                reply.send(answerTo(request));
            });
        port = m_server->listen(m_setup.listen);
    });
    return port;
}

void AdminServer::stop()
{
    m_thread.run([this] { m_server.reset(); });
}

http::Response AdminServer::answerTo(const http::Request &request) const
{
    const bool isHealth = request.path == "/healthz";
    const bool isReady = request.path == "/readyz";
    if (!isHealth && !isReady && request.path != "/metrics")
        return plain(404, "not found\n");
    if (request.method != "GET" && request.method != "HEAD") {
        http::Response response = plain(405, "read only\n");
        response.headers.push_back({.name = "Allow", .value = "GET, HEAD"});
        return response;
    }
    if (isHealth)
        return plain(200, "ok");
    if (isReady)
        return m_setup.isReady() ? plain(200, "ready\n") : plain(503, "not ready\n");
    return {.status = 200, .body = metricsText(), .contentType = kPrometheusContentType};
}

QByteArray AdminServer::metricsText() const
{
    QList<Metric> metrics{residentMemory()};
    for (const auto &provider : m_setup.metrics)
        metrics += provider();
    return prometheusText(metrics);
}

} // namespace intake
