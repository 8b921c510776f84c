#pragma once

#include "books_watch.h"
#include "bot/bot.h"
#include "calls/call_flow.h"
#include "database/change_feed.h"
#include "database_access.h"
#include "delivery/courier.h"
#include "delivery/telegram_webhook.h"
#include "deposits/event_log.h"
#include "engine/engine.h"
#include "engine/timer_turner.h"
#include "intake/admin_server.h"
#include "intake/webhook_server.h"
#include "ledger/seal_keeper.h"
#include "operators/deposit_desk.h"
#include "operators/operator_flow.h"

namespace assembly {

/// All that runs in the background, wired: webhook server, engine, timers, delivery. The desktop
/// console and speechcad-server run the same.
class BackendProcess {
public:
    /// `database` must be prepared and outlive this.
    BackendProcess(const core::Settings &settings, const DatabaseAccess &database,
                   const QByteArray &installationKey, const Clock &clock,
                   std::shared_ptr<const language::Catalogue> catalogue);
    ~BackendProcess();

    /// Errors: ConfigurationInvalid, an address is in use.
    [[nodiscard]] Result<void> start();
    /// In the order that loses nothing: intake commits and answers, engine, timers, delivery, feed.
    void stop();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] quint16 adminPort() const { return m_adminPort; }
    [[nodiscard]] bool isLeader() const { return m_timers.isLeader(); }
    [[nodiscard]] database::ChangeFeed &changes() { return *m_feed; }
    [[nodiscard]] const engine::RoutingTable &routes() const { return m_routes; }

private:
    void addRoutes();
    void wake();
    [[nodiscard]] intake::WebhookSetup webhookSetup();
    [[nodiscard]] std::optional<http::Response> termsResponse(const http::Request &request) const;
    [[nodiscard]] QList<intake::Metric> engineMetrics() const;
    [[nodiscard]] Result<void> announceStart();
    void setWebhook();

    core::Settings m_settings;
    QString m_databaseUrl;
    QByteArray m_installationKey;
    const Clock &m_clock;
    std::shared_ptr<const language::Catalogue> m_catalogue;
    QHash<QString, QByteArray> m_termsPages; // by language tag, made once

    Alerts m_alerts;
    std::atomic<bool> m_isRunning = false;
    std::unique_ptr<database::ChangeFeed> m_feed; // goes first: its thread wakes engine and courier
    customers::Messenger m_messenger;
    deposits::DepositFlow m_deposits;
    deposits::EventLog m_eventLog;
    calls::CallFlow m_calls;
    calls::ScriptAgents m_scriptAgents;
    subscriptions::SubscriptionFlow m_plans;
    bot::Bot m_bot;
    operators::DepositDesk m_depositDesk;
    operators::OperatorFlow m_operators;
    engine::RoutingTable m_routes;
    delivery::Courier m_courier;
    engine::Engine m_engine;
    engine::TimerTurner m_timers;
    ledger::SealKeeper m_seals;
    BooksWatch m_books;
    intake::HttpThread m_httpThread;
    intake::WebhookServer m_webhooks;
    intake::AdminServer m_admin;
    delivery::TelegramWebhook m_telegramWebhook;
    quint16 m_port = 0;
    quint16 m_adminPort = 0;
};

} // namespace assembly
