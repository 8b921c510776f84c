#pragma once

#include "core/clock.h"

namespace tests {

/// Goes on a little each time it is asked, so that what was handled later has a later moment.
class TickingClock final : public Clock {
public:
    explicit TickingClock(const Clock &clock)
        : m_clock(clock)
    {
    }
    [[nodiscard]] Timestamp now() const override
    {
        constexpr qint64 kTickMicros = 200; // more than a batch has rows
        return m_clock.now() + std::chrono::microseconds(kTickMicros * ++m_asked);
    }

private:
    const Clock &m_clock;
    mutable std::atomic<qint64> m_asked = 0;
};

} // namespace tests
