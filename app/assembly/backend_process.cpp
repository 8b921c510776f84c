#include "backend_process.h"

#include "audit_pages.h"
#include "bot/commands.h"
#include "bot/terms_page.h"
#include "call_controls.h"
#include "core/log.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QUrlQuery>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace assembly {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kWebhookRetry = 30s;

bot::Links linksOf(const core::Settings &settings)
{
    bot::Links links;
    links.terms = settings.termsUrl.isEmpty()
                      ? settings.publicUrl.toString() + QStringLiteral("/terms?lang={lang}")
                      : settings.termsUrl.toString();
    links.channel = settings.channelUrl.toString();
    return links;
}

deposits::Rule ruleOf(const core::Settings &settings)
{
    return settings.dynopayCreditRule == core::Settings::CreditRule::MetaStrict
               ? deposits::Rule::Strict
               : deposits::Rule::Guarded;
}

calls::CallSettings callSettings(const core::Settings &settings)
{
    calls::CallSettings calls;
    calls.fromNumber = settings.retellFromNumber;
    calls.hookUrl = settings.publicUrl;
    calls.hookUrl.setPath(QStringLiteral("/webhooks/retell"));
    return calls;
}

delivery::CourierSettings courierSettings(const core::Settings &settings,
                                          const QByteArray &installationKey)
{
    delivery::CourierSettings courier;
    courier.telegram = {.apiUrl = settings.telegramApiUrl, .token = settings.telegramBotToken};
    courier.rates.perSecond = settings.telegramRatePerSecond;
    courier.rates.chatPerSecond = settings.telegramChatRatePerSecond;
    courier.rates.chatBurst = qMax(courier.rates.chatBurst, settings.telegramChatRatePerSecond);
    courier.dynopay = {.baseUrl = settings.dynopayBaseUrl,
                       .apiKey = settings.dynopayApiKey,
                       .walletToken = settings.dynopayWalletToken,
                       .publicUrl = settings.publicUrl,
                       .installationKey = installationKey,
                       .sendsLegacyRedirect = settings.dynopaySendLegacyRedirect};
    courier.retell = {.baseUrl = settings.retellBaseUrl, .apiKey = settings.retellApiKey};
#ifdef SPEECHCAD_TESTING
    // A test with a silent provider has less patience than a customer.
    if (const int patience = qEnvironmentVariableIntValue("SPEECHCAD_TEST_PATIENCE_MS");
        patience > 0)
        courier.timeouts.total = std::chrono::milliseconds(patience);
    // More deposits at once than a key may make.
    if (const int rate = qEnvironmentVariableIntValue("SPEECHCAD_TEST_DYNOPAY_RATE"); rate > 0)
        courier.dynopayRates = {.creationsPerMinute = rate, .readsPerMinute = rate};
#endif
    return courier;
}

QHash<QString, QByteArray> termsPagesOf(const language::Catalogue &catalogue)
{
    QHash<QString, QByteArray> pages;
    for (const language::Language &language : catalogue.languages()) {
        if (auto page = bot::termsPage(catalogue, language.tag, customers::termsVersion()))
            pages.insert(language.tag, *page);
    }
    return pages;
}

} // namespace

BackendProcess::BackendProcess(const core::Settings &settings, const DatabaseAccess &database,
                               const QByteArray &installationKey, const Clock &clock,
                               std::shared_ptr<const language::Catalogue> catalogue)
    : m_settings(settings)
    , m_databaseUrl(database.url())
    , m_installationKey(installationKey)
    , m_clock(clock)
    , m_catalogue(std::move(catalogue))
    , m_termsPages(termsPagesOf(*m_catalogue))
    , m_alerts({.command = settings.alertCommand}, clock)
    , m_feed(std::make_unique<database::ChangeFeed>(m_databaseUrl, [this] { wake(); }))
    , m_messenger(m_catalogue)
    , m_deposits(m_messenger, ruleOf(settings))
    , m_calls(m_messenger, callSettings(settings))
    , m_scriptAgents(m_messenger, callSettings(settings).hookUrl.toString())
    , m_plans(m_messenger)
    , m_bot({.messenger = m_messenger,
             .deposits = m_deposits,
             .calls = m_calls,
             .agents = m_scriptAgents,
             .plans = m_plans},
            linksOf(settings), settings.dynopayCoins)
    , m_depositDesk(m_deposits, *m_catalogue, installationKey)
    , m_operators(m_messenger, callControls(m_calls), installationKey)
    , m_courier(m_databaseUrl, m_feed.get(), courierSettings(settings, installationKey), clock)
    , m_engine({.databaseUrl = m_databaseUrl,
                .workers = settings.engineWorkers,
                .installationKey = installationKey},
               m_routes, clock, m_feed.get(), [this] { m_courier.wake(); })
    , m_timers(m_databaseUrl, clock, [this] { m_engine.wake(); })
    , m_seals({.databaseUrl = m_databaseUrl,
               .directory = settings.dataDir,
               .installationKey = installationKey,
               .told =
                   [this](const QString &problem) {
                       problem.isEmpty() ? m_alerts.clear(QStringLiteral("seals"))
                                         : m_alerts.raise(QStringLiteral("seals"), problem);
                   }},
              clock)
    , m_books(
          {.databaseUrl = m_databaseUrl, .sealCheck = [this] { return sealCheckOf(m_settings); }},
          clock, m_alerts)
    , m_webhooks(m_httpThread, clock, webhookSetup())
    , m_admin(m_httpThread, {.listen = settings.adminListen,
                             .isReady = [this] { return m_webhooks.isDatabaseConnected(); },
                             .metrics = {[this] { return m_webhooks.metrics(); },
                                         [this] { return engineMetrics(); },
                                         [this] { return m_books.metrics(); }}})
    , m_telegramWebhook({.apiUrl = settings.telegramApiUrl, .token = settings.telegramBotToken})
{
    addRoutes();
}

// Answers of providers come back by delivery's own commits, and another server may have handled
// what this one, the leader, has to send.
void BackendProcess::wake()
{
    if (!m_isRunning)
        return;
    m_engine.wake();
    m_courier.wake();
}

BackendProcess::~BackendProcess()
{
    stop();
    m_feed.reset();
}

void BackendProcess::addRoutes()
{
    m_bot.addRoutes(m_routes);
    m_deposits.addRoutes(m_routes);
    m_eventLog.addRoutes(m_routes);
    m_depositDesk.addRoutes(m_routes);
    m_calls.addRoutes(m_routes);
    m_plans.addRoutes(m_routes);
    m_operators.addRoutes(m_routes);
    m_scriptAgents.addRoutes(m_routes);
    m_routes.add({.kind = QStringLiteral("server.started"),
                  .order = engine::Order::Free,
                  .handle = [this](const engine::Event &,
                                   engine::Context &context) -> Result<engine::Outcome> {
                      if (auto published = bot::publishCommands(context, *m_catalogue); !published)
                          return failure(published.error());
                      if (auto started = m_eventLog.start(context); !started)
                          return failure(started.error());
                      return engine::Outcome::Handled;
                  }});
}

intake::WebhookSetup BackendProcess::webhookSetup()
{
    return {.settings = m_settings,
            .databaseUrl = m_databaseUrl,
            .pages = {[this](const http::Request &request) { return termsResponse(request); }},
            .recorded = [this] { m_engine.wake(); }};
}

std::optional<http::Response> BackendProcess::termsResponse(const http::Request &request) const
{
    if (request.path != "/terms" || (request.method != "GET" && request.method != "HEAD"))
        return std::nullopt;
    const QUrlQuery query(QString::fromLatin1(request.query));
    const QString language =
        m_catalogue->closestLanguage(query.queryItemValue(QStringLiteral("lang")));
    return http::Response{.status = 200,
                          .body = m_termsPages.value(language),
                          .contentType = "text/html; charset=utf-8"};
}

QList<intake::Metric> BackendProcess::engineMetrics() const
{
    const engine::Counters &counters = m_engine.counters();
    return {intake::counter("speechcad_events_handled_total", "Inbox rows handled by this server",
                            double(counters.handled)),
            intake::counter("speechcad_events_retried_total", "Failed tries of inbox rows",
                            double(counters.retried)),
            intake::counter("speechcad_events_dead_total", "Inbox rows given up",
                            double(counters.dead)),
            intake::counter("speechcad_sends_unknown_total",
                            "Requests of which nobody knows whether they arrived",
                            double(m_courier.counters().unknownOutcomes)),
            intake::counter("speechcad_sends_given_up_total", "Outbox rows tried for a day in vain",
                            double(m_courier.counters().givenUp)),
            intake::gauge("speechcad_is_leader", "1 when this server turns timers",
                          isLeader() ? 1 : 0)};
}

Result<void> BackendProcess::start()
{
    m_alerts.start();
    core::onCriticalLine([this](const QString &category, const QString &words) {
        m_alerts.note(QStringLiteral("log.") + category, words);
    });
    m_courier.start();
    m_isRunning = true;
    m_engine.start();
    m_timers.start();
    m_seals.start();
    m_books.start();
    const auto port = m_webhooks.start();
    if (!port)
        return failure(port.error());
    const auto adminPort = m_admin.start();
    if (!adminPort)
        return failure(adminPort.error());
    m_port = *port;
    m_adminPort = *adminPort;
    if (auto announced = announceStart(); !announced)
        return announced;
    setWebhook();
    return {};
}

Result<void> BackendProcess::announceStart()
{
    auto connection = database::Connection::open(m_databaseUrl, QStringLiteral("start"));
    if (!connection)
        return failure(connection.error());
    if (auto published = m_operators.publishKey(**connection); !published)
        return published;
    const queue::NewEntry entry = {.source = queue::Source::Internal,
                                   .externalId =
                                       QStringLiteral("started:") + m_catalogue->version(),
                                   .lane = QStringLiteral("policy"),
                                   .kind = QStringLiteral("server.started"),
                                   .payload = "{\"v\":1}"};
    const auto recorded = queue::record(**connection, std::span(&entry, 1), m_clock.now());
    if (!recorded)
        return failure(recorded.error());
    m_engine.wake();
    return {};
}

void BackendProcess::setWebhook()
{
    auto *watcher = new QFutureWatcher<Result<bool>>(m_feed.get());
    QObject::connect(watcher, &QFutureWatcherBase::finished, m_feed.get(), [this, watcher] {
        watcher->deleteLater();
        if (watcher->isCanceled())
            return;
        const Result<bool> set = watcher->result();
        if (set) {
            qCInfo(lcApp) << (*set ? "Telegram's webhook was set"
                                   : "Telegram's webhook is as it should be");
            return;
        }
        qCWarning(lcApp) << "Telegram's webhook could not be set:" << set.error().detail;
        QTimer::singleShot(kWebhookRetry, m_feed.get(), [this] { setWebhook(); });
    });
    QUrl hook = m_settings.publicUrl;
    hook.setPath(QStringLiteral("/webhooks/telegram"));
    watcher->setFuture(
        m_telegramWebhook.ensure({.url = hook, .secret = m_settings.telegramWebhookSecret}, false));
}

void BackendProcess::stop()
{
    if (!m_isRunning.exchange(false))
        return;
    m_webhooks.stop();
    m_admin.stop();
    m_engine.stop();
    m_timers.stop();
    m_books.stop();
    m_seals.stop();
    m_courier.stop();
    core::onCriticalLine({});
    m_alerts.stop();
}

} // namespace assembly
