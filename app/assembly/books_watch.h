#pragma once

#include "alerts.h"
#include "conservation.h"
#include "database/leader_lock.h"
#include "engine/wakeup.h"

#include <atomic>

namespace assembly {

/// Counts once a minute whether the books balance, in one server at a time, and raises what must be
/// known at once: a mismatch, the stop switch, a database that is away. On the thread "books".
class BooksWatch {
public:
    /// `awayPatience`: a restart of PostgreSQL is no alert.
    BooksWatch(QString databaseUrl, const Clock &clock, Alerts &alerts,
               std::chrono::milliseconds awayPatience = std::chrono::seconds(15));
    ~BooksWatch();
    void start();
    void stop();

    /// Of the last count; empty in a server that does not count.
    [[nodiscard]] QList<intake::Metric> metrics() const;

private:
    void work();
    void count(database::Connection &connection);
    void lookAtSwitch(database::Connection &connection);

    QString m_databaseUrl;
    const Clock &m_clock;
    Alerts &m_alerts;
    const std::chrono::milliseconds m_awayPatience;
    engine::Wakeup m_wakeup;
    std::atomic<bool> m_isStopping = false;
    mutable std::mutex m_mutex;
    std::optional<Conservation> m_last;
    core::ThreadPtr m_thread;
};

} // namespace assembly
