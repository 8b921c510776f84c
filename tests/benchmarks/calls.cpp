#include "bot_api.h"
#include "parts.h"
#include "programs.h"
#include "retell_stand_in.h"

#include "calls/call_flow.h"
#include "delivery/courier.h"
#include "engine/engine.h"
#include "guards/disclosure.h"
#include "ledger/verify.h"
#include "queue/inbox.h"
#include "tests/database/database_fixture.h"

namespace benchmarks {

namespace {

using Steady = std::chrono::steady_clock;

constexpr int kRounds = 3;
constexpr int kWave = 400; // calls of a round, each of a customer of their own
constexpr qint64 kFirstCaller = 5000;
constexpr int kWarmUp = 50;
constexpr int kPatienceMs = 60'000;
const QByteArray kKey(32, 'k');

/// Runs on, but began at a moment when people in New Jersey may be called.
class CallingHours final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return m_system.now() + m_ahead; }

private:
    core::SystemClock m_system;
    std::chrono::microseconds m_ahead =
        core::fromIso(u"2026-11-23T15:00:00Z").value() - core::SystemClock().now();
};

/// Customers with money and a script that is ready. A region takes five calls at once, whoever the
/// provider is; so that it is the machine which ends here, calls stop counting towards that when
/// they are dialled.
void addCallers(database::Connection &owner, const QString &opening)
{
    const auto run = [&](const char *sql, const database::Values &values = {}) {
        if (const auto done = owner.run(QString::fromLatin1(sql), values); !done)
            qFatal("no callers: %s", qUtf8Printable(done.error().detail));
    };
    const qint64 last = kFirstCaller + kWarmUp + kRounds * kWave - 1;
    run("INSERT INTO wallets (customer_id) SELECT generate_series(?::bigint, ?::bigint)",
        {kFirstCaller, last});
    run("INSERT INTO customers (id, name, language, created_at, cause_id) SELECT customer_id, "
        "'Asha', 'en', '2026-01-01Z', 1 FROM wallets WHERE customer_id > 0");
    run("INSERT INTO transfers (customer_id, at, cause_id, available, platform, platform_amount, "
        "kind, request_key) SELECT id, '2026-01-02Z', 1, 25000000, 'dynopay_clearing', -25000000, "
        "'deposit', 'deposit:' || id FROM customers");
    run("INSERT INTO scripts (id, customer_id, created_at, cause_id) OVERRIDING SYSTEM VALUE "
        "SELECT id, id, now(), 1 FROM customers");
    run("INSERT INTO script_versions (id, script_id, number, name, purpose, language, voice, "
        "on_behalf_of, opening, goal, facts, questions, stop_when, created_at, cause_id) "
        "OVERRIDING SYSTEM VALUE SELECT id, id, 1, 'n', 'p', 'en', 'v', 'Asha', 'Hello.', 'g', '', "
        "'[]', '', now(), 1 FROM customers");
    run("INSERT INTO script_agents (script_version_id, state, opening, engine_id, agent_id, "
        "agent_version, changed_at, cause_id) SELECT id, 'ready', ?::text, 'llm_' || id, 'agent_' "
        "|| id, 0, now(), 1 FROM customers",
        {opening});
    const auto uncapped = owner.runScript(QStringLiteral(
        "CREATE FUNCTION count_in_no_region() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "NEW.tier := 'business'; RETURN NEW; END $$; CREATE TRIGGER a_count_in_no_region BEFORE "
        "UPDATE OF state ON calls FOR EACH ROW WHEN (NEW.state = 'dialling') EXECUTE FUNCTION "
        "count_in_no_region()"));
    if (!uncapped)
        qFatal("%s", qUtf8Printable(uncapped.error().detail));
}

/// Whatever was committed may be work for either; in a server the change feed tells them.
class Wakeups final : public database::ChangeSink {
public:
    void publish(std::vector<core::Change>) override { wake(); }
    void wake() const
    {
        if (m_engine && m_courier) {
            m_engine.load()->wake();
            m_courier.load()->wake();
        }
    }
    void connect(engine::Engine *engine, delivery::Courier *courier)
    {
        m_engine = engine;
        m_courier = courier;
    }

private:
    std::atomic<engine::Engine *> m_engine = nullptr;
    std::atomic<delivery::Courier *> m_courier = nullptr;
};

delivery::CourierSettings courierSettings(const QUrl &telegram, const QUrl &retell)
{
    constexpr int kNoLimit = 1'000'000;
    delivery::CourierSettings settings;
    settings.telegram = {telegram, QStringLiteral("1000000001:benchmark-bot-token")};
    settings.rates = {.perSecond = kNoLimit, .chatPerSecond = 1000, .chatBurst = 1000};
    settings.retell = {.baseUrl = retell, .apiKey = QStringLiteral("benchmark")};
    settings.dialsPerSecond = kNoLimit;
    return settings;
}

/// Engine, dialler and delivery as a server has them, without its sockets.
class Stage {
public:
    explicit Stage(tests::TestCluster &cluster)
        : m_catalogue(language::Catalogue::load().value())
        , m_messenger(m_catalogue)
        , m_flow(m_messenger, {.fromNumber = QStringLiteral("+14155550100"),
                               .hookUrl = {},
                               .providerCallsMax = 1'000'000})
        , m_url(tests::freshDatabase(cluster))
        , m_connection(tests::openConnection(m_url))
    {
        const auto disclosure = m_catalogue->renderPlain(
            guards::disclosureSentence(QStringLiteral("Asha")), QStringLiteral("en"));
        addCallers(*tests::openConnection(m_url, database::Role::Owner),
                   disclosure->text + QStringLiteral(" Hello."));
        m_flow.addRoutes(m_routes);
        m_routes.add({.kind = QStringLiteral("benchmark.ask"),
                      .handle = [this](const engine::Event &event, engine::Context &context) {
                          return ask(event, context);
                      }});
        m_courier = std::make_unique<delivery::Courier>(
            m_url, &m_wakeups, courierSettings(m_telegram.url(), m_retell.url()), m_clock);
        m_engine = std::make_unique<engine::Engine>(
            engine::EngineSettings{.databaseUrl = m_url, .installationKey = kKey}, m_routes,
            m_clock, &m_wakeups, [this] { m_wakeups.wake(); });
        m_courier->start();
        m_engine->start();
        m_wakeups.connect(m_engine.get(), m_courier.get());
    }
    ~Stage()
    {
        m_wakeups.connect(nullptr, nullptr);
        m_engine->stop();
        m_courier->stop();
    }

    /// Calls dialled a second, from the wishes to the requests at the provider.
    double dial(int count)
    {
        std::vector<queue::NewEntry> entries;
        for (int i = 0; i < count; ++i, ++m_nextCaller)
            entries.push_back({.source = queue::Source::Internal,
                               .externalId = QStringLiteral("ask:%1").arg(m_nextCaller),
                               .lane = QStringLiteral("customer:%1").arg(m_nextCaller),
                               .kind = QStringLiteral("benchmark.ask"),
                               .payload = core::toBytes({{"customer", m_nextCaller}})});
        const auto start = record(entries);
        waitFor("dialled", count, [&] { return qint64(m_retell.callCount()); });
        const auto end = m_retell.lastCall();
        waitFor("answered", count, [&] {
            return rows("calls WHERE state = 'dialling' AND provider_call_id IS NOT NULL");
        });
        return count / std::chrono::duration<double>(end - start).count();
    }

    /// Calls charged a second, from the provider's word that they ended.
    double charge()
    {
        const qint64 now = core::toMicros(m_clock.now()) / 1000;
        std::vector<queue::NewEntry> entries;
        for (Json call : m_retell.takeCalls()) {
            call["call_status"] = "ended";
            call["disconnection_reason"] = "user_hangup";
            call["start_timestamp"] = now - 100'000;
            call["end_timestamp"] = now;
            call["duration_ms"] = 100'000;
            call["call_cost"] = {{"combined_cost", "23.456789"}};
            call["transcript_object"] = Json::array({{{"role", "agent"}, {"content", "Hello."}}});
            entries.push_back(
                {.source = queue::Source::Retell,
                 .externalId = core::textMember(call, "call_id").value(),
                 .lane = core::textMember(call["metadata"], "lane").value(),
                 .kind = QStringLiteral("retell.webhook"),
                 .payload = core::toBytes({{"event", "call_ended"}, {"call", call}})});
        }
        const qint64 before = rows("transfers WHERE kind = 'charge'");
        const auto start = record(entries);
        waitFor("charged", before + qint64(entries.size()),
                [&] { return rows("transfers WHERE kind = 'charge'"); });
        return double(entries.size()) /
               std::chrono::duration<double>(Steady::now() - start).count();
    }

    void expectSound()
    {
        const auto verified = ledger::verify(*m_connection);
        if (!verified || !verified->isSound() || rows("inbox_outcomes WHERE state = 'dead'") != 0 ||
            rows("calls WHERE state <> 'ended'") != 0)
            qFatal("the calls did not end well");
    }

private:
    Result<engine::Outcome> ask(const engine::Event &event, engine::Context &context) const
    {
        const qint64 caller = core::integerMember(event.payload, "customer").value();
        const auto made =
            m_flow.ask(context,
                       {.customer = CustomerId{caller},
                        .script = calls::ScriptVersionId{caller},
                        .to = QStringLiteral("+1201%1").arg(2'000'000 + caller)}, // New Jersey
                       QStringLiteral("ask:%1").arg(caller));
        if (!made)
            return failure(made.error());
        return engine::Outcome::Handled;
    }

    Steady::time_point record(const std::vector<queue::NewEntry> &entries)
    {
        const auto start = Steady::now();
        if (const auto recorded = queue::record(*m_connection, entries, m_clock.now()); !recorded)
            qFatal("not recorded: %s", qUtf8Printable(recorded.error().detail));
        m_wakeups.wake();
        return start;
    }

    qint64 rows(const char *from)
    {
        return tests::number(*m_connection,
                             QStringLiteral("(SELECT count(*) FROM %1)").arg(QLatin1String(from)));
    }

    void waitFor(const char *what, qint64 wanted, const std::function<qint64()> &count)
    {
        if (!tests::becomes([&] { return count() >= wanted; }, kPatienceMs))
            qFatal(
                "%lld of %lld calls were %s; states: %s", count(), wanted, what,
                qUtf8Printable(tests::column(*m_connection,
                                             QStringLiteral("SELECT state || ' ' || count(*) || "
                                                            "' ' || coalesce(min(outcome), '') AS "
                                                            "answer FROM calls GROUP BY state"))
                                   .join(QStringLiteral(", "))));
    }

    BotApi m_telegram;
    RetellStandIn m_retell;
    CallingHours m_clock;
    std::shared_ptr<const language::Catalogue> m_catalogue;
    customers::Messenger m_messenger;
    calls::CallFlow m_flow;
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    engine::RoutingTable m_routes;
    Wakeups m_wakeups;
    std::unique_ptr<delivery::Courier> m_courier;
    std::unique_ptr<engine::Engine> m_engine;
    qint64 m_nextCaller = kFirstCaller;
};

} // namespace

Report measureCalls(tests::TestCluster &cluster)
{
    const QString tpcbUrl = tpcbDatabase(cluster);
    Stage stage(cluster);
    (void)stage.dial(kWarmUp);
    (void)stage.charge();
    std::vector<double> base;
    std::vector<double> dialled;
    std::vector<double> charged;
    std::vector<double> dialRatios;
    std::vector<double> chargeRatios;
    for (int round = 0; round < kRounds; ++round) {
        base.push_back(tpcb(tpcbUrl));
        dialled.push_back(stage.dial(kWave));
        charged.push_back(stage.charge());
        dialRatios.push_back(dialled.back() / base.back());
        chargeRatios.push_back(charged.back() / base.back());
    }
    stage.expectSound();
    Report report;
    report.add({.what = QStringLiteral("pgbench: TPC-B, scale 10, 16 clients"),
                .measured = perSecond(median(base)),
                .value = 1,
                .unit = QStringLiteral("x")});
    report.add({.what = QStringLiteral("calls asked for, judged, held, dialled"),
                .measured = perSecond(median(dialled)),
                .value = median(dialRatios),
                .unit = QStringLiteral("x")});
    report.add({.what = QStringLiteral("ends told, charged"),
                .measured = perSecond(median(charged)),
                .value = median(chargeRatios),
                .unit = QStringLiteral("x")});
    return report;
}

} // namespace benchmarks
