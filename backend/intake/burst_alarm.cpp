#include "intake/burst_alarm.h"

namespace intake {

namespace {

/// A clock that was set back ends a span too.
bool isOver(Timestamp start, std::chrono::minutes span, Timestamp now)
{
    return now < start || now - start >= span;
}

} // namespace

std::optional<int> BurstAlarm::note(Timestamp now)
{
    const std::scoped_lock lock(m_mutex);
    if (m_count == 0 || isOver(m_minuteStart, std::chrono::minutes(1), now)) {
        m_minuteStart = now;
        m_count = 0;
    }
    ++m_count;
    if (m_count <= m_tolerated || (m_toldAt && !isOver(*m_toldAt, std::chrono::minutes(60), now)))
        return std::nullopt;
    m_toldAt = now;
    return m_count;
}

} // namespace intake
