#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace engine {

/// Lets threads sleep until there may be work. A call before the wait is not lost.
class Wakeup {
public:
    void wakeAll()
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_calls;
        }
        m_condition.notify_all();
    }
    /// How often it was called; pass it to wait() to sleep only if nothing happened since.
    [[nodiscard]] quint64 calls() const
    {
        const std::lock_guard lock(m_mutex);
        return m_calls;
    }
    void wait(quint64 seen, std::chrono::milliseconds atMost)
    {
        std::unique_lock lock(m_mutex);
        m_condition.wait_for(lock, atMost, [&] { return m_calls != seen; });
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_condition;
    quint64 m_calls = 0;
};

} // namespace engine
