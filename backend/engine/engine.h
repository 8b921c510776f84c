#pragma once

#include "core/thread.h"
#include "engine/wakeup.h"
#include "engine/worker.h"

#include <atomic>
#include <functional>

namespace engine {

struct EngineSettings {
    QString databaseUrl;
    int workers = 2; // 0: nothing is handled, only recorded
    QByteArray installationKey;
};

/// The threads "engine-1..N". Several servers may run them on one database: lanes keep their order.
class Engine {
public:
    /// `sent` is called after a commit that put something into the outbox, from a worker's thread.
    Engine(EngineSettings settings, const RoutingTable &routes, const Clock &clock,
           database::ChangeSink *sink, std::function<void()> sent);
    ~Engine();

    void start();
    /// Returns when every worker has finished its transaction.
    void stop();
    /// Any thread: there may be work.
    void wake() { m_wakeup.wakeAll(); }
    [[nodiscard]] const Counters &counters() const { return m_counters; }

private:
    void work(int number);

    EngineSettings m_settings;
    const RoutingTable &m_routes;
    const Clock &m_clock;
    database::ChangeSink *m_sink;
    std::function<void()> m_sent;
    Wakeup m_wakeup;
    Counters m_counters;
    std::atomic<bool> m_isStopping = false;
    std::vector<core::ThreadPtr> m_threads;
};

} // namespace engine
