#include "intake/webhook_server.h"

#include <QDeadlineTimer>
#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcIntake, "intake")

namespace intake {

namespace {

constexpr std::chrono::seconds kFarewellMax{2}; // for the last answers to leave, at stop
constexpr unsigned long kFarewellPollMs = 2;
constexpr int kUnknownTokensTolerated = 20; // in a minute

std::optional<http::Tls> tlsOf(const core::Settings &settings)
{
    if (settings.tlsCertificate.isEmpty())
        return std::nullopt;
    return http::Tls{.certificateFile = settings.tlsCertificate, .keyFile = settings.tlsKey};
}

} // namespace

WebhookServer::WebhookServer(HttpThread &thread, const Clock &clock, WebhookSetup setup)
    : m_thread(thread)
    , m_clock(clock)
    , m_setup(std::move(setup))
    , m_routes(m_setup.settings)
    , m_unknownTokens(kUnknownTokensTolerated)
    , m_signatures(clock,
                   [this](InboxWriter::Chore chore) { m_writer->afterwards(std::move(chore)); })
    , m_writer(std::make_unique<InboxWriter>(m_setup.databaseUrl, clock, m_setup.recorded))
{
}

WebhookServer::~WebhookServer()
{
    stop();
}

Result<quint16> WebhookServer::start()
{
    Result<quint16> port;
    m_thread.run([this, &port] {
        m_server = std::make_unique<http::Server>(
            m_setup.limits, [this](const http::Request &request, const http::Reply &reply) {
                handle(request, reply);
            });
        port = m_server->listen(m_setup.settings.listen, tlsOf(m_setup.settings));
    });
    return port;
}

void WebhookServer::stop()
{
    m_thread.run([this] {
        if (m_server)
            m_server->stopAccepting();
    });
    m_writer->stop();
    waitForClients();
    m_thread.run([this] { m_server.reset(); });
}

void WebhookServer::waitForClients()
{
    const QDeadlineTimer deadline(kFarewellMax);
    for (int clients = 1; clients > 0 && !deadline.hasExpired();) {
        m_thread.run([this, &clients] { clients = m_server ? m_server->connectionCount() : 0; });
        if (clients > 0)
            QThread::msleep(kFarewellPollMs);
    }
}

void WebhookServer::handle(const http::Request &request, const http::Reply &reply)
{
    if (!WebhookRoutes::isHook(request.path))
        return reply.send(page(request));
    const Moment start = std::chrono::steady_clock::now();
    Verdict verdict = m_routes.judge(request, m_clock.now());
    if (const auto *answer = std::get_if<Answer>(&verdict)) {
        if (answer->refusal)
            countRefusal(*answer->refusal);
        if (answer->unproven)
            m_signatures.refused(*answer->unproven);
        return reply.send(answer->response);
    }
    if (const auto *overheard = std::get_if<Overheard>(&verdict)) {
        // Each holds all that was said so far, so one that is lost is made good by the next.
        m_writer->afterwards([transcript = overheard->transcript,
                              now = m_clock.now()](database::Connection &connection) {
            replaceLiveTranscript(connection, transcript, now);
        });
        return reply.send(acknowledged());
    }
    auto &accepted = std::get<Accepted>(verdict);
    m_writer->record(std::move(accepted.entry), [this, reply, start, isSigned = accepted.isSigned](
                                                    const Result<queue::Recorded> &recorded) {
        reply.send(responseTo(recorded, isSigned));
        m_ackDurations.add(std::chrono::steady_clock::now() - start);
    });
}

http::Response WebhookServer::page(const http::Request &request) const
{
    for (const Page &page : m_setup.pages) {
        if (auto response = page(request))
            return *std::move(response);
    }
    return {.status = 404, .body = "Not found.\n", .contentType = "text/plain; charset=utf-8"};
}

http::Response WebhookServer::responseTo(const Result<queue::Recorded> &recorded,
                                         std::optional<bool> isSigned)
{
    if (!recorded) {
        countRefusal(Refusal::Unavailable);
        return unavailable();
    }
    switch (recorded->outcome) {
    case queue::RecordOutcome::UnknownRoute:
        countRefusal(Refusal::UnknownToken);
        return unauthorized();
    case queue::RecordOutcome::RepeatWithOtherBody:
        ++m_conflicts;
        qCWarning(lcIntake) << "a repeat of inbox row" << recorded->id.value
                            << "has another body; it is kept in inbox_conflicts";
        break;
    case queue::RecordOutcome::Repeat: ++m_repeats; break;
    case queue::RecordOutcome::RouteFull: ++m_routeFull; break;
    case queue::RecordOutcome::Recorded: break;
    }
    if (isSigned)
        m_signatures.recorded(*isSigned);
    ++m_acks;
    return acknowledged();
}

void WebhookServer::countRefusal(Refusal refusal)
{
    ++m_refusals[static_cast<size_t>(refusal)];
    if (refusal != Refusal::UnknownToken)
        return;
    if (const auto count = m_unknownTokens.note(m_clock.now()))
        qCCritical(lcIntake) << *count << "webhooks with an unknown token within a minute";
}

QList<Metric> WebhookServer::metrics() const
{
    Metric refusals{.name = "speechcad_webhook_refusals_total",
                    .help = "Requests to hooks that were not taken, by reason.",
                    .type = MetricType::Counter};
    for (size_t i = 0; i < kRefusals; ++i)
        refusals.samples.push_back({.value = static_cast<double>(m_refusals[i]),
                                    .labels = {{"reason", name(static_cast<Refusal>(i))}}});
    QList<Metric> all{
        counter("speechcad_webhook_acks_total", "Webhooks answered with 200.", m_acks),
        counter("speechcad_webhook_repeats_total", "Identical repeats among them.", m_repeats),
        counter("speechcad_webhook_conflicts_total", "Repeats with another body.", m_conflicts),
        counter("speechcad_webhook_route_full_total",
                "Answered but not kept: their token had its share.", m_routeFull),
        refusals,
        counter("speechcad_inbox_commits_total", "Commits of the inbox writer.",
                m_writer->commitCount()),
        gauge("speechcad_inbox_writer_waiting", "Webhooks that wait for the next commit.",
              m_writer->waitingCount()),
        gauge("speechcad_webhook_connections", "Clients of the webhook port.",
              m_server ? m_server->connectionCount() : 0),
        m_ackDurations.metric("speechcad_webhook_ack_milliseconds",
                              "From a whole request to its answer, commit included."),
    };
    return all + m_signatures.metrics();
}

} // namespace intake
