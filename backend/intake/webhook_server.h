#pragma once

#include "http/server.h"
#include "intake/burst_alarm.h"
#include "intake/http_thread.h"
#include "intake/inbox_writer.h"
#include "intake/metrics.h"
#include "intake/signature_watch.h"
#include "intake/webhook_routes.h"

#include <array>
#include <atomic>
#include <memory>
#include <vector>

namespace intake {

/// Something else that the same port serves, such as /terms. Called on the thread "http" and must
/// not block; nothing: not its path.
using Page = std::function<std::optional<http::Response>(const http::Request &)>;

struct WebhookSetup {
    core::Settings settings;
    QString databaseUrl;
    std::vector<Page> pages = {};
    /// Something new is in the inbox: wake the engine. Called on the thread "inbox".
    std::function<void()> recorded = {};
    http::Limits limits = {};
};

/// The port the providers call: verifies, records, and answers after the commit.
class WebhookServer {
public:
    WebhookServer(HttpThread &thread, const Clock &clock, WebhookSetup setup);
    ~WebhookServer();
    WebhookServer(const WebhookServer &) = delete;
    WebhookServer &operator=(const WebhookServer &) = delete;

    /// The port. Errors: ConfigurationInvalid. The database may still be away.
    [[nodiscard]] Result<quint16> start();
    /// Accepts nothing more, lets the writer commit and answer, then closes. Blocks.
    void stop();

    /// The last the inbox writer heard of the database; any thread may ask.
    [[nodiscard]] bool isDatabaseConnected() const { return m_writer->isConnected(); }
    /// On the thread "http", which is where AdminServer asks.
    [[nodiscard]] QList<Metric> metrics() const;
    [[nodiscard]] qint64 commitCount() const { return m_writer->commitCount(); }

private:
    using Moment = std::chrono::steady_clock::time_point;

    void handle(const http::Request &request, const http::Reply &reply);
    [[nodiscard]] http::Response page(const http::Request &request) const;
    [[nodiscard]] http::Response responseTo(const Result<queue::Recorded> &recorded,
                                            std::optional<bool> isSigned);
    void countRefusal(Refusal refusal);
    void waitForClients();

    HttpThread &m_thread;
    const Clock &m_clock;
    const WebhookSetup m_setup;
    const WebhookRoutes m_routes;
    std::unique_ptr<http::Server> m_server; // of the thread "http"

    std::atomic<qint64> m_acks = 0; // all 200s, repeats included
    std::atomic<qint64> m_repeats = 0;
    std::atomic<qint64> m_conflicts = 0;
    std::atomic<qint64> m_routeFull = 0;
    std::array<std::atomic<qint64>, kRefusals> m_refusals = {};
    DurationHistogram m_ackDurations;
    BurstAlarm m_unknownTokens;
    SignatureWatch m_signatures;

    std::unique_ptr<InboxWriter> m_writer; // last: its thread answers through all of the above
};

} // namespace intake
