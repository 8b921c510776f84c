#pragma once

#include "calls/call_flow.h"
#include "guards/disclosure.h"
#include "providers/retell/disconnection.h"
#include "tests/database/agreed_by_two.h"
#include "tests/database/engine_fixture.h"
#include "tests/database/ledger_fixture.h"

namespace tests {

using namespace std::chrono_literals;

inline constexpr qint64 kCaller = 7001;
inline const QString kCallee = QStringLiteral("+12015550123"); // New Jersey
inline const Timestamp kMonday =
    core::fromIso(u"2026-11-23T15:00:00Z").value(); // ten o'clock there

/// When the dial lane has heard of everything, the calls that take a line are those that are live.
inline constexpr const char *kLinesAstray =
    "dial_lines l FULL JOIN (SELECT id FROM calls WHERE is_live) c ON c.id = l.call_id WHERE "
    "c.id IS NULL OR l.call_id IS NULL";

/// A call step by step, without a network: what arrives are rows, and so is what leaves. The script
/// is there already.
class CallStage : public QObject {
protected:
    CallStage();
    void start(Money money = Money::fromCents(25'00), qint64 customer = kCaller);
    /// Another one, with a script that is ready.
    void addCaller(qint64 customer, Money money);

    /// Asks for a call and lets the dialler have it; returns its id.
    qint64 ask(const QString &to = kCallee, qint64 customer = kCaller);
    void run();
    void wait(std::chrono::seconds duration);
    void answerDial(qint64 call, int http = 201, const Json &body = nullptr);
    void answerDial(qint64 call, const Json &answer);
    void answer(const char *method, qint64 call, const Json &body, int http = 200);
    void tell(const char *event, qint64 call, const Json &body, const QString &lane = {});
    void stop(qint64 call, const char *reason = "customer");
    void turnAll(bool isStopped);

    /// The provider's call as it is told.
    [[nodiscard]] Json report(qint64 call);
    [[nodiscard]] Json ongoing(qint64 call);
    [[nodiscard]] Json over(qint64 call, const QString &reason = QStringLiteral("user_hangup"),
                            qint64 durationMs = 100'000);
    [[nodiscard]] Json analyzed(Json over);

    [[nodiscard]] QString value(qint64 call, const char *column);
    [[nodiscard]] QString state(qint64 call) { return value(call, "state"); }
    [[nodiscard]] qint64 count(const QString &from)
    {
        return number(*m_connection, QStringLiteral("(SELECT count(*) FROM %1)").arg(from));
    }
    [[nodiscard]] qint64 asked(const char *method)
    {
        return count(QStringLiteral("outbox WHERE method = '%1'").arg(QLatin1String(method)));
    }
    [[nodiscard]] QStringList kinds(qint64 customer = kCaller); // of transfers
    /// Keys of the texts of the customer's newest message.
    [[nodiscard]] QStringList told(qint64 customer = kCaller);
    /// Of what the live message shows, edits that wait included.
    [[nodiscard]] QStringList shown(qint64 customer = kCaller);
    [[nodiscard]] ledger::Balance money(qint64 customer = kCaller)
    {
        return balance(*m_connection, customer);
    }
    /// Empty: no row dead, no row waiting, the ledger sound.
    [[nodiscard]] QString looseEnds();

    std::shared_ptr<const language::Catalogue> m_catalogue;
    std::unique_ptr<customers::Messenger> m_messenger;
    std::unique_ptr<calls::CallFlow> m_flow;
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    engine::RoutingTable m_routes;
    core::FakeClock m_clock{kMonday};
    engine::Counters m_counters;
    std::unique_ptr<engine::Worker> m_worker;
    int m_recorded = 0;
    bool m_isRecorded = false; // what is asked for from now on

private:
    using Handled = Result<engine::Outcome>;
    void record(queue::NewEntry entry);
    void addRoute(const char *kind,
                  std::function<Result<void>(const Json &, engine::Context &)> step);
    [[nodiscard]] QString laneOf(qint64 call);
    [[nodiscard]] QStringList textsOf(const QString &where);
};

inline CallStage::CallStage()
{
    const auto loaded = language::Catalogue::load();
    if (!loaded)
        qFatal("no catalogue");
    m_catalogue = *loaded;
    m_messenger = std::make_unique<customers::Messenger>(m_catalogue);
    m_flow = std::make_unique<calls::CallFlow>(
        *m_messenger,
        calls::CallSettings{.fromNumber = QStringLiteral("+14155550100"), .hookUrl = {}});
    m_flow->addRoutes(m_routes);
    addRoute("test.ask", [this](const Json &payload, engine::Context &context) -> Result<void> {
        const qint64 customer = core::integerMember(payload, "customer").value();
        const auto made = m_flow->ask(context,
                                      {.customer = CustomerId{customer},
                                       .script = calls::ScriptVersionId{customer},
                                       .to = core::textMember(payload, "to").value(),
                                       .isRecorded = m_isRecorded},
                                      core::textMember(payload, "key").value());
        return made ? Result<void>() : failure(made.error());
    });
    addRoute("test.stop_all", [this](const Json &payload, engine::Context &context) {
        const QString by = QStringLiteral("ada");
        if (core::boolMember(payload, "on").value())
            return m_flow->stopAll(context, QStringLiteral("drill"), by);
        return agreedByTwo(context.transaction(), "calls.resume", context.cause()).and_then([&] {
            return m_flow->resume(context, QStringLiteral("drill"), by);
        });
    });
}

inline void CallStage::addRoute(const char *kind,
                                std::function<Result<void>(const Json &, engine::Context &)> step)
{
    m_routes.add({.kind = QString::fromLatin1(kind),
                  .handle = [step = std::move(step)](const engine::Event &event,
                                                     engine::Context &context) -> Handled {
                      if (auto done = step(event.payload, context); !done)
                          return failure(done.error());
                      return engine::Outcome::Handled;
                  }});
}

inline void CallStage::start(Money amount, qint64 customer)
{
    m_connection.reset();
    m_url = emptiedDatabase();
    m_connection = openConnection(m_url);
    m_clock.set(kMonday);
    m_isRecorded = false;
    m_worker = std::make_unique<engine::Worker>(m_routes, m_clock, kInstallationKey, m_counters);
    addCaller(customer, amount);
}

inline void CallStage::addCaller(qint64 customer, Money amount)
{
    addCustomer(*m_connection, customer, QStringLiteral("Asha"));
    if (amount.isPositive() && !credit(*m_connection, {.customer = CustomerId{customer},
                                                       .amount = amount,
                                                       .payment = QString::number(customer)}))
        qFatal("no money");
    const auto disclosure = m_catalogue->renderPlain(
        guards::disclosureSentence(QStringLiteral("Asha")), QStringLiteral("en"));
    const auto added = database::inTransaction(
        *m_connection, [&](database::Transaction &transaction) -> Result<void> {
            const auto rows = transaction.run(
                QStringLiteral(
                    "WITH s AS (INSERT INTO scripts (id, customer_id, created_at, cause_id) "
                    "OVERRIDING SYSTEM VALUE VALUES (?, ?, now(), 1)), v AS (INSERT INTO "
                    "script_versions (id, script_id, number, name, purpose, language, voice, "
                    "on_behalf_of, opening, goal, facts, questions, stop_when, created_at, "
                    "cause_id) OVERRIDING SYSTEM VALUE VALUES (?, ?, 1, 'n', 'p', 'en', 'v', "
                    "'Asha', 'Hello.', 'g', '', '[]', '', now(), 1)) "
                    "INSERT INTO script_agents (script_version_id, state, opening, engine_id, "
                    "agent_id, agent_version, changed_at, cause_id) VALUES (?, 'ready', ?, ?, ?, "
                    "0, now(), 1)"),
                {customer, customer, customer, customer, customer,
                 disclosure->text + QStringLiteral(" Hello."),
                 QStringLiteral("llm_%1").arg(customer), QStringLiteral("agent_%1").arg(customer)});
            return rows ? Result<void>() : failure(rows.error());
        });
    if (!added)
        qFatal("no script: %s", qUtf8Printable(added.error().detail));
}

inline void CallStage::record(queue::NewEntry entry)
{
    entry.externalId = QStringLiteral("test:%1").arg(++m_recorded);
    const auto recorded = queue::record(*m_connection, std::span(&entry, 1), m_clock.now());
    if (!recorded || recorded->front().outcome != queue::RecordOutcome::Recorded)
        qFatal("not recorded");
    run();
}

inline void CallStage::run()
{
    for (int rows = 1; rows > 0;) {
        const auto pass = m_worker->runOnce(*m_connection);
        rows = pass ? pass->rows : 0;
    }
}

inline void CallStage::wait(std::chrono::seconds duration)
{
    constexpr auto kStep = 5s;
    for (auto waited = 0s; waited < duration; waited += kStep) {
        m_clock.advance(std::min(kStep, duration - waited));
        const auto fired = committed<int>(*m_connection, [&](database::Transaction &transaction) {
            return queue::fireDue(transaction, m_clock.now());
        });
        QVERIFY(fired);
        if (*fired > 0)
            run();
    }
}

inline QString CallStage::laneOf(qint64 call)
{
    return QStringLiteral("customer:") + value(call, "customer_id");
}

inline qint64 CallStage::ask(const QString &to, qint64 customer)
{
    record({.source = queue::Source::Internal,
            .externalId = {},
            .lane = QStringLiteral("customer:%1").arg(customer),
            .kind = QStringLiteral("test.ask"),
            .payload = core::toBytes({{"customer", customer},
                                      {"to", to},
                                      {"key", QStringLiteral("k%1").arg(m_recorded)}})});
    return number(*m_connection, QStringLiteral("(SELECT max(id) FROM calls)"));
}

inline void CallStage::answerDial(qint64 call, int http, const Json &body)
{
    const Json whole = body.is_null() ? report(call) : body;
    answer("createPhoneCall", call, whole, http);
}

inline void CallStage::answerDial(qint64 call, const Json &answer)
{
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = laneOf(call),
            .kind = QStringLiteral("retell.answer.createPhoneCall"),
            .payload = core::toBytes({{"request", {{"call", call}}}, {"answer", answer}})});
}

inline void CallStage::answer(const char *method, qint64 call, const Json &body, int http)
{
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = laneOf(call),
            .kind = QStringLiteral("retell.answer.") + QLatin1String(method),
            .payload = core::toBytes(
                {{"request", {{"call", call}}},
                 {"answer", {{"http", http}, {"body", QString::fromUtf8(core::toBytes(body))}}}})});
}

inline void CallStage::tell(const char *event, qint64 call, const Json &body, const QString &lane)
{
    record({.source = queue::Source::Retell,
            .externalId = {},
            .lane = lane.isEmpty() ? laneOf(call) : lane,
            .kind = QStringLiteral("retell.webhook"),
            .payload = core::toBytes({{"event", event}, {"call", body}})});
}

inline void CallStage::stop(qint64 call, const char *reason)
{
    record({.source = queue::Source::Internal,
            .externalId = {},
            .lane = laneOf(call),
            .kind = QStringLiteral("call.stop"),
            .payload = core::toBytes({{"call", call}, {"reason", reason}, {"by", "asha"}})});
}

inline void CallStage::turnAll(bool isStopped)
{
    record({.source = queue::Source::Internal,
            .externalId = {},
            .lane = QStringLiteral("policy"),
            .kind = QStringLiteral("test.stop_all"),
            .payload = core::toBytes({{"on", isStopped}})});
}

inline Json CallStage::report(qint64 call)
{
    return {{"call_id", QStringLiteral("retell_%1").arg(call)},
            {"call_type", "phone_call"},
            {"call_status", "registered"},
            {"agent_id", "agent_1"},
            {"metadata",
             {{"attempt", value(call, "attempt_id")}, {"call", call}, {"lane", laneOf(call)}}}};
}

inline Json CallStage::ongoing(qint64 call)
{
    Json json = report(call);
    json["call_status"] = "ongoing";
    json["start_timestamp"] = core::toMicros(m_clock.now()) / 1000;
    return json;
}

/// A duration below 0: it never connected.
inline Json CallStage::over(qint64 call, const QString &reason, qint64 durationMs)
{
    Json json = report(call);
    const auto known = providers::retell::disconnectionOf(reason);
    const auto status = known ? providers::retell::statusAfter(known->reason)
                              : providers::retell::CallStatus::Unknown;
    json["call_status"] = QString(providers::retell::word(status));
    if (json["call_status"] == "")
        json["call_status"] = durationMs < 0 ? "not_connected" : "ended";
    json["disconnection_reason"] = reason;
    json["call_cost"] = {{"combined_cost", "23.456789"}};
    if (durationMs >= 0) {
        const qint64 end = core::toMicros(m_clock.now()) / 1000;
        json["start_timestamp"] = end - durationMs;
        json["end_timestamp"] = end;
        json["duration_ms"] = durationMs;
        json["transcript_object"] = Json::array({{{"role", "agent"}, {"content", "Hello."}}});
    }
    return json;
}

inline Json CallStage::analyzed(Json over)
{
    over["call_analysis"] = {{"call_summary", "They spoke."}};
    return over;
}

inline QString CallStage::value(qint64 call, const char *name)
{
    return column(*m_connection, QStringLiteral("SELECT %1 AS answer FROM calls WHERE id = %2")
                                     .arg(QLatin1String(name))
                                     .arg(call))
        .value(0);
}

inline QStringList CallStage::kinds(qint64 customer)
{
    return column(*m_connection, QStringLiteral("SELECT kind AS answer FROM transfers WHERE "
                                                "customer_id = %1 ORDER BY id")
                                     .arg(customer));
}

inline QStringList CallStage::textsOf(const QString &where)
{
    return column(
        *m_connection,
        QStringLiteral("SELECT t->>'key' AS answer FROM (SELECT payload FROM outbox WHERE "
                       "%1 ORDER BY id DESC LIMIT 1) o, "
                       "jsonb_array_elements(o.payload->'texts') t")
            .arg(where));
}

inline QStringList CallStage::told(qint64 customer)
{
    return textsOf(QStringLiteral("lane = 'chat:%1' AND method = 'sendMessage'").arg(customer));
}

inline QStringList CallStage::shown(qint64 customer)
{
    return textsOf(QStringLiteral("lane = 'chat:%1' AND method = 'editMessageText'").arg(customer));
}

inline QString CallStage::looseEnds()
{
    QStringList ends;
    const auto expectNone = [&](const char *what, const char *from) {
        if (const qint64 found = count(QLatin1String(from)); found != 0)
            ends << QStringLiteral("%1: %2").arg(QLatin1String(what)).arg(found);
    };
    expectNone("dead rows", "inbox_outcomes WHERE state = 'dead'");
    expectNone("waiting rows", "inbox_waiting");
    expectNone("problems of the ledger", "ledger_problems()");
    expectNone("calls with a hold that is not theirs any more",
               "calls WHERE is_final AND hold_transfer_id IS NOT NULL AND charge_transfer_id IS "
               "NULL AND release_transfer_id IS NULL");
    expectNone("errors", "inbox_waiting WHERE error_code IS NOT NULL");
    expectNone("lines that no call takes, or calls without their line", kLinesAstray);
    return ends.join(QStringLiteral(", "));
}

} // namespace tests
