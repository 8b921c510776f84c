#include "intake/burst_alarm.h"

namespace intake {

namespace {

constexpr int kQuietMax = 20; // in a minute

} // namespace

std::optional<int> BurstAlarm::note(Timestamp now)
{
    const QMutexLocker lock(&m_mutex);
    // A clock that was set back begins a new minute too.
    if (m_count == 0 || now < m_minuteStart || now - m_minuteStart >= std::chrono::minutes(1)) {
        m_minuteStart = now;
        m_count = 0;
    }
    ++m_count;
    return m_count == kQuietMax + 1 ? std::optional(m_count) : std::nullopt;
}

} // namespace intake
