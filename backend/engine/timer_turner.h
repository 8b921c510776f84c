#pragma once

#include "core/clock.h"
#include "core/thread.h"
#include "database/leader_lock.h"
#include "engine/wakeup.h"

#include <atomic>
#include <functional>
#include <memory>

namespace engine {

/// Turns due timers into inbox rows, keeps the partitions of inbox and outbox ahead and drops those
/// past their age, on the thread "timers", in one server at a time.
class TimerTurner {
public:
    /// `turned` is called after rows were recorded.
    TimerTurner(QString databaseUrl, const Clock &clock, std::function<void()> turned);
    ~TimerTurner();
    void start();
    void stop();
    [[nodiscard]] bool isLeader() const { return m_isLeader; }

private:
    void work();
    [[nodiscard]] Result<int> turn(database::Connection &connection);
    void keepPartitions(database::Connection &connection);
    void retirePartitions(database::Connection &connection);

    QString m_databaseUrl;
    const Clock &m_clock;
    std::function<void()> m_turned;
    Wakeup m_wakeup;
    std::atomic<bool> m_isStopping = false;
    std::atomic<bool> m_isLeader = false;
    core::ThreadPtr m_thread;
    Timestamp m_partitionsKept;
    Timestamp m_partitionsRetired;
};

} // namespace engine
