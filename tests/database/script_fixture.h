#pragma once

#include "bot/bot.h"
#include "guards/disclosure.h"
#include "tests/database/engine_fixture.h"
#include "tests/database/ledger_fixture.h"

namespace tests {

using namespace std::chrono_literals;

inline constexpr qint64 kCamille = 7001;
inline const QString kCamilleLane = QStringLiteral("customer:7001");
inline const QString kOwnNumber = QStringLiteral("+33612345678");
inline const QString kFriend = QStringLiteral("+33687654321");

/// A customer and the bot, without a network: what Telegram and Retell say are rows, and so is what
/// they are told.
class ScriptStage : public QObject {
protected:
    ScriptStage();
    /// An empty database with Camille, who speaks French and has accepted the terms, at noon.
    void start();

    void record(queue::NewEntry entry);
    void say(const QString &text, std::chrono::seconds ago = 0s);
    void share(const QString &number, qint64 whose);
    void tap(const QString &data);
    /// What Retell answers to the newest request of that method.
    void answer(const char *method, const Json &body, int http = 201);
    void answerAll(); // whatever is asked for a script is made
    /// Moves the clock and lets the timers that come due do their work.
    void wait(std::chrono::seconds duration);
    /// Lets everything that was posted run.
    void run();

    /// A script of Camille's in French, from a template, ready to be called with.
    void writeScript(const QString &facts = QStringLiteral("Mardi, rue Haute"));
    [[nodiscard]] QStringList asked();             // methods of Retell, oldest first
    [[nodiscard]] Json newest(const char *method); // the payload of the newest request
    [[nodiscard]] Json shown();                    // the newest message or edit
    [[nodiscard]] QStringList keysShown();
    [[nodiscard]] bool offers(const QString &data);          // the newest message has such a button
    [[nodiscard]] QString buttonLike(const QString &prefix); // its data
    [[nodiscard]] QString value(const QString &sql) { return column(*m_connection, sql).value(0); }
    [[nodiscard]] qint64 count(const char *what)
    {
        return number(*m_connection,
                      QStringLiteral("(SELECT count(*) FROM %1)").arg(QLatin1String(what)));
    }
    void turn(const char *policySwitch, bool isOn);
    void giveMoney(qint64 dollars);
    [[nodiscard]] qint64 dead()
    {
        return count("inbox_outcomes WHERE state = 'dead'") + count("inbox_waiting");
    }

    std::shared_ptr<const language::Catalogue> m_catalogue;
    std::unique_ptr<customers::Messenger> m_messenger;
    std::unique_ptr<deposits::DepositFlow> m_deposits;
    std::unique_ptr<calls::CallFlow> m_calls;
    std::unique_ptr<calls::ScriptAgents> m_agents;
    std::unique_ptr<subscriptions::SubscriptionFlow> m_plans;
    std::unique_ptr<bot::Bot> m_bot;
    engine::RoutingTable m_routes;
    core::FakeClock m_clock{kMorning};
    engine::Counters m_counters;
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    std::unique_ptr<engine::Worker> m_worker;
    int m_updates = 0;
    int m_made = 0;
};

inline ScriptStage::ScriptStage()
{
    const auto loaded = language::Catalogue::load();
    if (!loaded)
        qFatal("no catalogue");
    m_catalogue = *loaded;
    m_messenger = std::make_unique<customers::Messenger>(m_catalogue);
    m_deposits = std::make_unique<deposits::DepositFlow>(*m_messenger, deposits::Rule::Guarded);
    m_calls = std::make_unique<calls::CallFlow>(
        *m_messenger,
        calls::CallSettings{.fromNumber = QStringLiteral("+14155550100"),
                            .hookUrl = QUrl(QStringLiteral("https://bot.test/hook"))});
    m_agents = std::make_unique<calls::ScriptAgents>(*m_messenger,
                                                     QStringLiteral("https://bot.test/hook"));
    m_plans = std::make_unique<subscriptions::SubscriptionFlow>(*m_messenger);
    m_bot = std::make_unique<bot::Bot>(
        bot::Services{.messenger = *m_messenger,
                      .deposits = *m_deposits,
                      .calls = *m_calls,
                      .agents = *m_agents,
                      .plans = *m_plans},
        bot::Links{.terms = QStringLiteral("https://bot.test/terms"), .channel = {}},
        QStringList{QStringLiteral("LTC")});
    m_bot->addRoutes(m_routes);
    m_deposits->addRoutes(m_routes);
    m_calls->addRoutes(m_routes);
    m_agents->addRoutes(m_routes);
    m_plans->addRoutes(m_routes);
}

inline void ScriptStage::start()
{
    m_connection.reset();
    m_made = 0;
    m_url = emptiedDatabase();
    m_connection = openConnection(m_url);
    m_clock.set(core::fromIso(u"2026-11-24T12:00:00Z").value()); // a Tuesday, 13:00 in Paris
    m_worker = std::make_unique<engine::Worker>(m_routes, m_clock, kInstallationKey, m_counters);
    addCustomer(*m_connection, kCamille, QStringLiteral("Camille"));
    const auto accepted =
        m_connection->run(QStringLiteral("UPDATE customers SET language = 'fr', terms_version = ?, "
                                         "terms_accepted_at = now() WHERE id = ?"),
                          {customers::termsVersion(), kCamille});
    QVERIFY(accepted);
}

inline void ScriptStage::run()
{
    for (int rows = 1; rows > 0;) {
        const auto pass = m_worker->runOnce(*m_connection);
        rows = pass ? pass->rows : 0;
    }
}

inline void ScriptStage::record(queue::NewEntry entry)
{
    entry.externalId = QStringLiteral("test %1").arg(++m_updates);
    const auto recorded = queue::record(*m_connection, std::span(&entry, 1), m_clock.now());
    if (!recorded || recorded->front().outcome != queue::RecordOutcome::Recorded)
        qFatal("not recorded");
    run();
}

inline Json personOf(qint64 id)
{
    return {{"id", id}, {"is_bot", false}, {"first_name", "Camille"}, {"language_code", "fr"}};
}

inline Json messageFrom(qint64 id, Timestamp at)
{
    return {{"message_id", 500},
            {"date", core::toMicros(at) / 1'000'000},
            {"chat", {{"id", id}, {"type", "private"}}},
            {"from", personOf(id)}};
}

inline void ScriptStage::say(const QString &text, std::chrono::seconds ago)
{
    Json message = messageFrom(kCamille, m_clock.now() - ago);
    message["text"] = text;
    if (text.startsWith(u'/'))
        message["entities"] = Json::array(
            {{{"type", "bot_command"}, {"offset", 0}, {"length", qint64(text.size())}}});
    record({.source = queue::Source::Telegram,
            .externalId = {},
            .lane = kCamilleLane,
            .kind = QStringLiteral("telegram.update"),
            .payload = core::toBytes({{"update_id", m_updates + 1}, {"message", message}})});
}

inline void ScriptStage::share(const QString &number, qint64 whose)
{
    Json message = messageFrom(kCamille, m_clock.now());
    message["contact"] = {{"phone_number", number}, {"first_name", "X"}, {"user_id", whose}};
    record({.source = queue::Source::Telegram,
            .externalId = {},
            .lane = kCamilleLane,
            .kind = QStringLiteral("telegram.update"),
            .payload = core::toBytes({{"update_id", m_updates + 1}, {"message", message}})});
}

inline void ScriptStage::tap(const QString &data)
{
    const Json query = {{"id", QString::number(m_updates + 1)},
                        {"from", personOf(kCamille)},
                        {"message", messageFrom(kCamille, m_clock.now())},
                        {"data", data}};
    record({.source = queue::Source::Telegram,
            .externalId = {},
            .lane = kCamilleLane,
            .kind = QStringLiteral("telegram.update"),
            .payload = core::toBytes({{"update_id", m_updates + 1}, {"callback_query", query}})});
}

inline Json ScriptStage::newest(const char *method)
{
    const QString text = value(
        QStringLiteral("SELECT payload::text AS answer FROM outbox WHERE method = '%1' ORDER BY "
                       "id DESC LIMIT 1")
            .arg(QLatin1String(method)));
    return Json::parse(text.toStdString(), nullptr, false);
}

inline QStringList ScriptStage::asked()
{
    return column(*m_connection,
                  QStringLiteral("SELECT method AS answer FROM outbox WHERE method IN "
                                 "('createRetellLlm', 'createAgent') ORDER BY id"));
}

inline void ScriptStage::answer(const char *method, const Json &body, int http)
{
    const bool isEngine = qstrcmp(method, "createRetellLlm") == 0;
    const Json stored = {{"http", http}, {"body", QString::fromUtf8(core::toBytes(body))}};
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = kCamilleLane,
            .kind = isEngine ? QStringLiteral("script.engine_made")
                             : QStringLiteral("script.agent_made"),
            .payload = core::toBytes({{"v", 1},
                                      {"ok", http < 300},
                                      {"request", newest(method)},
                                      {"answer", http == 0 ? Json{{"unknown", true}} : stored}})});
}

inline void ScriptStage::answerAll()
{
    ++m_made;
    answer("createRetellLlm", {{"llm_id", "llm_" + std::to_string(m_made)}, {"version", 0}});
    answer("createAgent", {{"agent_id", "agent_" + std::to_string(m_made)}, {"version", 0}});
}

inline void ScriptStage::wait(std::chrono::seconds duration)
{
    m_clock.advance(duration);
    const auto fired = committed<int>(*m_connection, [&](database::Transaction &transaction) {
        return queue::fireDue(transaction, m_clock.now());
    });
    QVERIFY(fired);
    run();
}

inline void ScriptStage::writeScript(const QString &facts)
{
    tap(QStringLiteral("draft:template:reminder"));
    tap(QStringLiteral("draft:set:language:fr"));
    tap(QStringLiteral("draft:set:voice:11labs-Chloe"));
    say(facts);
    tap(QStringLiteral("draft:save"));
    answerAll();
}

inline Json ScriptStage::shown()
{
    const QString text = value(
        QStringLiteral("SELECT payload::text AS answer FROM outbox WHERE method IN ('sendMessage', "
                       "'editMessageText') ORDER BY id DESC LIMIT 1"));
    return Json::parse(text.toStdString(), nullptr, false);
}

inline QStringList ScriptStage::keysShown()
{
    QStringList keys;
    const Json payload = shown();
    for (const Json &text : payload["texts"])
        keys << core::textMember(text, "key").value_or(QString());
    return keys;
}

inline QString ScriptStage::buttonLike(const QString &prefix)
{
    const Json payload = shown();
    const Json markup = payload["parameters"]["reply_markup"];
    const Json *rows = core::member(markup, "inline_keyboard");
    for (const Json &row : rows ? *rows : Json::array()) {
        for (const Json &button : row) {
            const QString data = core::textMember(button, "callback_data").value_or(QString());
            if (data.startsWith(prefix))
                return data;
        }
    }
    return {};
}

inline bool ScriptStage::offers(const QString &data)
{
    return buttonLike(data) == data;
}

inline void ScriptStage::turn(const char *policySwitch, bool isOn)
{
    const auto turned =
        m_connection->run(QStringLiteral("UPDATE policy_switches SET is_on = ? WHERE name = ?"),
                          {isOn, QString::fromLatin1(policySwitch)});
    QVERIFY(turned && turned->affected() == 1);
}

inline void ScriptStage::giveMoney(qint64 dollars)
{
    const auto given = credit(*m_connection, {.customer = CustomerId{kCamille},
                                              .amount = usd(dollars),
                                              .payment = QStringLiteral("gift")});
    QVERIFY(given);
}

} // namespace tests
