#pragma once

#include "core/clock.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>

namespace simulator {

/// Seconds as scenario files give them.
[[nodiscard]] inline std::chrono::microseconds span(double seconds)
{
    return std::chrono::microseconds(static_cast<qint64>(seconds * 1e6));
}

/// Runs things at moments of a clock that a test may move: it looks at the clock often rather than
/// sleeping for as long as the clock says now.
class Scheduler final : public QObject {
public:
    explicit Scheduler(const Clock &clock);

    [[nodiscard]] Timestamp now() const { return m_clock.now(); }
    void at(Timestamp moment, std::function<void()> task);
    void after(std::chrono::microseconds delay, std::function<void()> task);

private:
    void runDue();
    void arm();

    const Clock &m_clock;
    QTimer m_timer;
    std::multimap<Timestamp, std::function<void()>> m_tasks;
};

} // namespace simulator
