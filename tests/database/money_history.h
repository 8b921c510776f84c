#pragma once

#include "core/callback_token.h"
#include "core/crypto.h"
#include "deposits/deposit_flow.h"
#include "ledger/refund.h"
#include "subscriptions/subscription_flow.h"
#include "tests/database/call_fixture.h"
#include "tests/database/deposit_fixture.h"
#include "tests/database/ticking_clock.h"

#include <random>
#include <set>

namespace tests {

inline constexpr qint64 kFirstPerson = 7001;
inline constexpr int kPeople = 12;

/// What providers and customers do to the money of a dozen people, step by step and by chance:
/// deposits, calls, plans, refunds. All of it comes as rows of the inbox, so that it can be
/// replayed.
class MoneyHistory : public CallStage {
protected:
    MoneyHistory();
    /// An empty database, and people without any money.
    void startHistory(unsigned seed);
    void addPeople();

    /// So many steps, some of them twice or out of order, recorded while `workers` handle them.
    void play(int steps, int workers);
    /// The clock goes on, and what is due by then happens.
    void passTime(std::chrono::seconds span);
    void handleRest();

    [[nodiscard]] int pick(int below) { return static_cast<int>(m_random() % unsigned(below)); }
    [[nodiscard]] bool chance(int percent) { return pick(100) < percent; }

    std::unique_ptr<deposits::DepositFlow> m_deposits;
    std::unique_ptr<subscriptions::SubscriptionFlow> m_plans;
    TickingClock m_ticking{m_clock};

private:
    using Step = queue::NewEntry (MoneyHistory::*)();
    struct Wallet {
        qint64 customer;
        qint64 id; // of the deposit or call
    };
    void addSteps();
    void look();
    void record(std::span<const queue::NewEntry> entries);
    [[nodiscard]] std::vector<queue::NewEntry> shuffled(int steps);
    [[nodiscard]] queue::NewEntry wish(const char *kind, Json payload, const QString &lane = {});
    [[nodiscard]] queue::NewEntry answered(const char *kind, qint64 customer, Json request,
                                           const Json &body, int http);

    [[nodiscard]] queue::NewEntry begin();
    [[nodiscard]] queue::NewEntry created();
    [[nodiscard]] queue::NewEntry webhook();
    [[nodiscard]] queue::NewEntry status();
    [[nodiscard]] queue::NewEntry askCall();
    [[nodiscard]] queue::NewEntry dialled();
    [[nodiscard]] queue::NewEntry callEvent();
    [[nodiscard]] queue::NewEntry buyPlan();
    [[nodiscard]] queue::NewEntry changePlan();
    [[nodiscard]] queue::NewEntry refund();

    std::mt19937 m_random;
    int m_keys = 0;
    std::vector<Wallet> m_open;    // deposits
    std::vector<Wallet> m_unnamed; // those without an address
    std::vector<Wallet> m_calls;
    QHash<qint64, QString> m_attempts;
    std::vector<std::pair<QString, qint64>> m_paid; // request keys of what may be refunded
};

/// How much of what was asked for came, in thousandths: the same whenever it is told.
inline int arrivedOf(qint64 deposit)
{
    constexpr std::array kParts = {1000, 1000, 1000, 985, 940, 500, 120, 10, 1019, 1500};
    return kParts[size_t(deposit) % kParts.size()];
}

inline std::string coinsOf(qint64 deposit)
{
    return QString::number(arrivedOf(deposit))
        .rightJustified(4, u'0')
        .insert(1, u'.')
        .toStdString();
}

inline MoneyHistory::MoneyHistory()
{
    m_deposits = std::make_unique<deposits::DepositFlow>(*m_messenger, deposits::Rule::Guarded);
    m_deposits->addRoutes(m_routes);
    m_plans = std::make_unique<subscriptions::SubscriptionFlow>(*m_messenger);
    m_plans->addRoutes(m_routes);
    addSteps();
}

inline void MoneyHistory::addSteps()
{
    using Done = Result<engine::Outcome>;
    const auto add = [this](const char *kind,
                            std::function<Done(const Json &, engine::Context &)> step) {
        m_routes.add({.kind = QString::fromLatin1(kind),
                      .handle = [step = std::move(step)](const engine::Event &event,
                                                         engine::Context &context) {
                          return step(event.payload, context);
                      }});
    };
    const auto who = [](const Json &payload, engine::Context &context) {
        return *customers::find(context.transaction(),
                                CustomerId{core::integerMember(payload, "customer").value()})
                    .value();
    };
    const auto outcome = [](const auto &done) -> Done {
        return done ? Done(engine::Outcome::Handled) : failure(done.error());
    };
    add("test.begin", [=, this](const Json &payload, engine::Context &context) {
        return outcome(
            m_deposits->begin(context, who(payload, context), kAsked, QStringLiteral("LTC")));
    });
    add("test.buy", [=, this](const Json &payload, engine::Context &context) {
        const auto version = static_cast<int>(core::integerMember(payload, "version").value());
        return outcome(m_plans->buy(context, who(payload, context), version,
                                    core::textMember(payload, "key").value()));
    });
    add("test.plan", [=, this](const Json &payload, engine::Context &context) {
        const QString what = core::textMember(payload, "what").value();
        if (what == QLatin1String("cancel"))
            return outcome(m_plans->cancel(context, who(payload, context)));
        if (what == QLatin1String("pay"))
            return outcome(m_plans->payNow(context, who(payload, context)));
        return outcome(m_plans->setRenewal(context, who(payload, context), true));
    });
    // On lanes of its own, so that refunds of one thing meet at the wallet's lock only.
    add("test.refund", [=](const Json &payload, engine::Context &context) -> Done {
        const auto paid =
            context.transaction().run(QStringLiteral("SELECT id FROM transfers WHERE request_key "
                                                     "= ? AND kind IN ('charge', 'plan')"),
                                      {core::textMember(payload, "paid").value()});
        if (!paid || paid->isEmpty())
            return paid ? Done(engine::Outcome::Ignored) : failure(paid.error());
        const auto what =
            ledger::lockRefundable(context.transaction(), TransferId{paid->first().integer("id")});
        if (!what)
            return failure(what.error());
        const Money amount = Money::fromMicros(core::integerMember(payload, "amount").value());
        if (amount > what->rest())
            return engine::Outcome::Ignored;
        return outcome(ledger::refund(context.transaction(), *what, amount,
                                      core::textMember(payload, "key").value(), context.cause(),
                                      context.now()));
    });
}

inline void MoneyHistory::startHistory(unsigned seed)
{
    m_random.seed(seed);
    m_keys = 0;
    m_connection.reset();
    m_url = emptiedDatabase();
    m_connection = openConnection(m_url);
    m_clock.set(kMonday);
    m_worker = std::make_unique<engine::Worker>(m_routes, m_ticking, kInstallationKey, m_counters);
    addPeople();
}

inline void MoneyHistory::addPeople()
{
    for (int i = 0; i < kPeople; ++i)
        addCaller(kFirstPerson + i, Money());
}

// --- Steps --------------------------------------------------------------------------------------

inline queue::NewEntry MoneyHistory::wish(const char *kind, Json payload, const QString &lane)
{
    const qint64 customer = kFirstPerson + pick(kPeople);
    if (!payload.contains("customer"))
        payload["customer"] = customer;
    return {.source = queue::Source::Internal,
            .externalId = {},
            .lane = lane.isEmpty() ? QStringLiteral("customer:%1")
                                         .arg(core::integerMember(payload, "customer").value())
                                   : lane,
            .kind = QString::fromLatin1(kind),
            .payload = core::toBytes(payload)};
}

inline queue::NewEntry MoneyHistory::answered(const char *kind, qint64 customer, Json request,
                                              const Json &body, int http)
{
    const QString text = QString::fromUtf8(core::toBytes(body));
    return {.source = queue::Source::Delivery,
            .externalId = {},
            .lane = QStringLiteral("customer:%1").arg(customer),
            .kind = QString::fromLatin1(kind),
            .payload = core::toBytes(
                {{"request", std::move(request)}, {"answer", {{"http", http}, {"body", text}}}})};
}

inline queue::NewEntry MoneyHistory::begin()
{
    return wish("test.begin", {{"n", ++m_keys}});
}

inline queue::NewEntry MoneyHistory::created()
{
    if (m_open.empty())
        return begin();
    const auto &some = m_unnamed.empty() ? m_open : m_unnamed;
    const Wallet deposit = some[size_t(pick(int(some.size())))];
    const std::string id = std::to_string(deposit.id);
    return answered("deposit.created", deposit.customer, {{"deposit", deposit.id}},
                    {{"success", true},
                     {"data",
                      {{"transaction_id", "pay-" + id},
                       {"address", "LXmB1rTq9c" + id},
                       {"amount", "1"},
                       {"currency", "LTC"}}}},
                    chance(97) ? 200 : 500);
}

inline queue::NewEntry MoneyHistory::webhook()
{
    if (m_open.empty())
        return begin();
    const qint64 id = m_open[size_t(pick(int(m_open.size())))].id;
    constexpr std::array kEvents = {"payment.pending",           "payment.confirmed",
                                    "payment.settled",           "payment.settled",
                                    "payment.settlement_failed", "payment.underpaid"};
    Json event = news(kEvents[size_t(pick(int(kEvents.size())))], coinsOf(id).c_str(),
                      qPrintable(QStringLiteral("tx-%1").arg(id)));
    event["payment_id"] = "pay-" + std::to_string(id);
    if (chance(3))
        event["payment_id"] = "pay-999999"; // of nobody
    if (chance(3))
        event["txId"] = "tx-other-" + std::to_string(id);
    return {.source = queue::Source::Dynopay,
            .externalId = {},
            .lane = {},
            .kind = QStringLiteral("dynopay.webhook"),
            .payload = core::toBytes(event),
            .routeTokenSha256 = core::sha256(core::callbackToken(kInstallationKey, DepositId{id}))};
}

inline queue::NewEntry MoneyHistory::status()
{
    if (m_open.empty())
        return begin();
    const Wallet deposit = m_open[size_t(pick(int(m_open.size())))];
    if (chance(20))
        return answered("deposit.status", deposit.customer,
                        {{"deposit", deposit.id}, {"by_address", true}, {"for_amount", true}},
                        {{"success", true},
                         {"data",
                          {{"status", "confirmed"},
                           {"paidAmount", coinsOf(deposit.id)},
                           {"expectedAmount", "1"},
                           {"currency", "LTC"}}}},
                        chance(80) ? 200 : 400);
    // As the provider may: what came, or what was asked for.
    Json body = statusBody(chance(75) ? "settled" : "confirmed",
                           chance(80) ? coinsOf(deposit.id).c_str() : "1");
    body["data"]["payment_id"] = "pay-" + std::to_string(deposit.id);
    const int http = chance(90) ? 200 : chance(50) ? 404 : 503;
    return answered("deposit.status", deposit.customer,
                    {{"deposit", deposit.id}, {"by_address", false}}, body, http);
}

inline queue::NewEntry MoneyHistory::askCall()
{
    const QString to = QStringLiteral("+120155501%1").arg(m_keys % 100, 2, 10, QLatin1Char('0'));
    return wish("test.ask", {{"to", to}, {"key", QStringLiteral("k%1").arg(++m_keys)}});
}

inline queue::NewEntry MoneyHistory::dialled()
{
    if (m_calls.empty())
        return chance(20) ? askCall() : status();
    const Wallet call = m_calls[size_t(pick(int(m_calls.size())))];
    return answered("retell.answer.createPhoneCall", call.customer, {{"call", call.id}},
                    {{"call_id", QStringLiteral("retell_%1").arg(call.id)},
                     {"call_type", "phone_call"},
                     {"call_status", "registered"},
                     {"agent_id", "agent_1"},
                     {"metadata", {{"attempt", m_attempts[call.id]}, {"call", call.id}}}},
                    chance(92)   ? 201
                    : chance(50) ? 402
                                 : 429);
}

inline queue::NewEntry MoneyHistory::callEvent()
{
    if (m_calls.empty())
        return chance(20) ? askCall() : status();
    const Wallet call = m_calls[size_t(pick(int(m_calls.size())))];
    const QString lane = QStringLiteral("customer:%1").arg(call.customer);
    Json body = {
        {"call_id", QStringLiteral("retell_%1").arg(call.id)},
        {"call_type", "phone_call"},
        {"call_status", "ongoing"},
        {"metadata", {{"attempt", m_attempts[call.id]}, {"call", call.id}, {"lane", lane}}}};
    constexpr std::array kEvents = {"call_started", "call_ended", "call_ended", "call_analyzed"};
    const char *event = kEvents[size_t(pick(int(kEvents.size())))];
    const qint64 now = core::toMicros(m_clock.now()) / 1000;
    if (qstrcmp(event, "call_started") == 0) {
        body["start_timestamp"] = now;
    } else {
        const bool isReached = call.id % 5 != 0;
        const qint64 lasted = (call.id % 13) * 17'000;
        body["call_status"] = isReached ? "ended" : "not_connected";
        body["disconnection_reason"] = isReached ? "user_hangup" : "dial_no_answer";
        if (isReached) {
            body["duration_ms"] = lasted;
            body["start_timestamp"] = now - lasted;
            body["end_timestamp"] = now;
        }
    }
    return {.source = queue::Source::Retell,
            .externalId = {},
            .lane = lane,
            .kind = QStringLiteral("retell.webhook"),
            .payload = core::toBytes({{"event", event}, {"call", body}})};
}

inline queue::NewEntry MoneyHistory::buyPlan()
{
    return wish("test.buy", {{"version", chance(70) ? 2 + 3 * pick(3) : 2 + pick(9)},
                             {"key", QStringLiteral("b%1").arg(++m_keys)}});
}

inline queue::NewEntry MoneyHistory::changePlan()
{
    constexpr std::array kWishes = {"cancel", "renew", "renew", "pay"};
    return wish("test.plan",
                {{"what", kWishes[size_t(pick(int(kWishes.size())))]}, {"n", ++m_keys}});
}

inline queue::NewEntry MoneyHistory::refund()
{
    if (m_paid.empty())
        return buyPlan();
    const auto &[key, paid] = m_paid[size_t(pick(int(m_paid.size())))];
    const qint64 amount = chance(20) ? paid : 1 + paid * pick(60) / 100;
    const int number = ++m_keys;
    return wish(
        "test.refund",
        {{"paid", key}, {"amount", amount}, {"key", QStringLiteral("refund:%1").arg(number)}},
        QStringLiteral("customer:%1").arg(900'000 + number % 7));
}

// --- The history --------------------------------------------------------------------------------

/// What there is to speak of in the next steps.
inline void MoneyHistory::look()
{
    const auto read = [this](const char *sql) {
        auto rows = m_connection->run(QString::fromLatin1(sql), {});
        if (!rows)
            qFatal("cannot look: %s", qUtf8Printable(rows.error().detail));
        return *std::move(rows);
    };
    m_open.clear();
    m_calls.clear();
    m_paid.clear();
    m_unnamed.clear();
    const auto deposits = read("SELECT id, customer_id, state FROM deposits ORDER BY (state = "
                               "'credited'), id DESC LIMIT 15");
    for (qsizetype i = 0; i < deposits.size(); ++i) {
        const Wallet deposit = {deposits[i].integer("customer_id"), deposits[i].integer("id")};
        m_open.push_back(deposit);
        if (deposits[i].text("state") == QLatin1String("created"))
            m_unnamed.push_back(deposit);
    }
    const auto calls =
        read("SELECT id, customer_id, coalesce(attempt_id, '') AS attempt FROM calls "
             "WHERE attempt_id IS NOT NULL ORDER BY is_final, id DESC LIMIT 8");
    for (qsizetype i = 0; i < calls.size(); ++i) {
        m_calls.push_back({calls[i].integer("customer_id"), calls[i].integer("id")});
        m_attempts[calls[i].integer("id")] = calls[i].text("attempt");
    }
    const auto paid = read("SELECT request_key, platform_amount FROM transfers WHERE kind IN "
                           "('charge', 'plan') AND platform_amount > 0 ORDER BY id DESC LIMIT 20");
    for (qsizetype i = 0; i < paid.size(); ++i)
        m_paid.emplace_back(paid[i].text("request_key"), paid[i].integer("platform_amount"));
}

inline std::vector<queue::NewEntry> MoneyHistory::shuffled(int steps)
{
    static constexpr std::array<Step, 19> kSteps = {
        &MoneyHistory::begin,   &MoneyHistory::created,    &MoneyHistory::created,
        &MoneyHistory::webhook, &MoneyHistory::webhook,    &MoneyHistory::webhook,
        &MoneyHistory::status,  &MoneyHistory::status,     &MoneyHistory::status,
        &MoneyHistory::askCall, &MoneyHistory::askCall,    &MoneyHistory::dialled,
        &MoneyHistory::dialled, &MoneyHistory::callEvent,  &MoneyHistory::callEvent,
        &MoneyHistory::buyPlan, &MoneyHistory::changePlan, &MoneyHistory::changePlan,
        &MoneyHistory::refund};
    std::vector<queue::NewEntry> entries;
    while (int(entries.size()) < steps) {
        queue::NewEntry entry = (this->*kSteps[size_t(pick(int(kSteps.size())))])();
        entry.externalId = QStringLiteral("history:%1").arg(++m_recorded);
        entries.push_back(entry);
        if (chance(8))
            entries.push_back(entry); // the same bytes once more
        if (chance(8)) {
            entry.externalId = QStringLiteral("history:%1").arg(++m_recorded);
            entries.push_back(entry); // the same words as something new
        }
    }
    // Not far: a provider's retry overtakes what comes within minutes, not what comes next day.
    for (size_t i = 0; i + 1 < entries.size(); ++i)
        std::swap(entries[i], entries[std::min(entries.size() - 1, i + size_t(pick(6)))]);
    return entries;
}

inline void MoneyHistory::record(std::span<const queue::NewEntry> entries)
{
    const auto recorded = queue::record(*m_connection, entries, m_clock.now());
    if (!recorded)
        qFatal("not recorded: %s", qUtf8Printable(recorded.error().detail));
}

inline void MoneyHistory::play(int steps, int workers)
{
    look();
    const std::vector<queue::NewEntry> entries = shuffled(steps);
    std::atomic<bool> isAllThere = false;
    std::vector<std::jthread> threads;
    for (int i = 0; i < workers; ++i) {
        threads.emplace_back([&] {
            const auto connection = openConnection(m_url);
            engine::Counters counters;
            engine::Worker worker(m_routes, m_ticking, kInstallationKey, counters);
            for (int idle = 0; idle < 3;) {
                const bool isLast = isAllThere;
                const auto pass = worker.runOnce(*connection);
                idle += isLast && pass && pass->rows == 0 ? 1 : 0;
            }
        });
    }
    // Keys of one statement must differ: a repeat comes with the next.
    std::set<QString> keys;
    std::vector<queue::NewEntry> group;
    for (const queue::NewEntry &entry : entries) {
        if (!keys.insert(entry.externalId).second || group.size() == 16) {
            record(group);
            group.clear();
            keys = {entry.externalId};
        }
        group.push_back(entry);
    }
    record(group);
    isAllThere = true;
    threads.clear();
    handleRest();
}

/// What lost a race waits for a moment.
inline void MoneyHistory::handleRest()
{
    for (int i = 0; i < 600; ++i) {
        run();
        if (count(QStringLiteral("inbox_waiting")) == 0)
            return;
        m_clock.advance(1s);
    }
    qFatal("rows are left");
}

inline void MoneyHistory::passTime(std::chrono::seconds span)
{
    m_clock.advance(span);
    for (int fired = 1; fired > 0;) {
        const auto due = committed<int>(*m_connection, [&](database::Transaction &transaction) {
            return queue::fireDue(transaction, m_clock.now());
        });
        if (!due)
            qFatal("no timers: %s", qUtf8Printable(due.error().detail));
        fired = *due;
        handleRest();
    }
}

} // namespace tests
