#include "engine/engine.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcEngine)

namespace engine {

namespace {

using namespace std::chrono_literals;

// Another server's rows and retries that fall due come without a call: this is how late they may be
// seen.
constexpr std::chrono::milliseconds kLookAgain = 250ms;
// Thousands of lanes may wait for a retry; a due one behind them must not wait for the walk.
constexpr std::chrono::milliseconds kNextLanes = 5ms;
constexpr std::chrono::milliseconds kReconnect = 500ms;

} // namespace

Engine::Engine(EngineSettings settings, const RoutingTable &routes, const Clock &clock,
               database::ChangeSink *sink, std::function<void()> sent)
    : m_settings(std::move(settings))
    , m_routes(routes)
    , m_clock(clock)
    , m_sink(sink)
    , m_sent(std::move(sent))
{
}

Engine::~Engine()
{
    stop();
}

void Engine::start()
{
    for (int number = 1; number <= m_settings.workers; ++number) {
        m_threads.push_back(core::startThread(QStringLiteral("engine-%1").arg(number),
                                              [this, number] { work(number); }));
    }
}

void Engine::stop()
{
    m_isStopping = true;
    wake();
    for (const auto &thread : m_threads)
        thread->wait();
    m_threads.clear();
}

void Engine::work(int number)
{
    Worker worker(m_routes, m_clock, m_settings.installationKey, m_counters);
    std::unique_ptr<database::Connection> connection;
    while (!m_isStopping) {
        const quint64 seen = m_wakeup.calls();
        if (!connection || connection->isLost()) {
            connection.reset();
            auto opened = database::Connection::open(m_settings.databaseUrl,
                                                     QStringLiteral("engine-%1").arg(number),
                                                     database::Role::Application, m_sink);
            if (!opened) {
                m_wakeup.wait(m_wakeup.calls(), kReconnect);
                continue;
            }
            connection = std::move(*opened);
        }
        const auto pass = worker.runOnce(*connection);
        if (!pass)
            qCWarning(lcEngine) << "a pass failed and is repeated:" << pass.error().detail;
        if (pass && pass->hasSent)
            m_sent();
        if (!pass || pass->rows == 0)
            m_wakeup.wait(seen, pass && pass->hasMoreLanes ? kNextLanes : kLookAgain);
    }
}

} // namespace engine
