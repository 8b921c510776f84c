#include "scheduler.h"

#include <algorithm>

namespace simulator {

namespace {

// How late a task may be after a test has moved the clock.
constexpr std::chrono::milliseconds kLookInterval{10};

} // namespace

Scheduler::Scheduler(const Clock &clock)
    : m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { runDue(); });
}

void Scheduler::at(Timestamp moment, std::function<void()> task)
{
    m_tasks.emplace(moment, std::move(task));
    arm();
}

void Scheduler::after(std::chrono::microseconds delay, std::function<void()> task)
{
    at(now() + delay, std::move(task));
}

void Scheduler::runDue()
{
    const Timestamp moment = now();
    // A task may add others: only what was due at the start runs in this round.
    std::vector<std::function<void()>> due;
    while (!m_tasks.empty() && m_tasks.begin()->first <= moment) {
        due.push_back(std::move(m_tasks.begin()->second));
        m_tasks.erase(m_tasks.begin());
    }
    for (const auto &task : due)
        task();
    arm();
}

void Scheduler::arm()
{
    if (m_tasks.empty())
        return;
    using std::chrono::milliseconds;
    const auto wait = std::chrono::ceil<milliseconds>(m_tasks.begin()->first - now());
    m_timer.start(std::clamp(wait, milliseconds(0), kLookInterval));
}

} // namespace simulator
