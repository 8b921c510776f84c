#pragma once

#include "core/clock.h"

#include <mutex>

#include <optional>

namespace intake {

/// Tells a burst from the odd stray, and is not heard all day about the same. Any thread may call.
class BurstAlarm {
public:
    /// So many in a minute are nothing to speak of.
    explicit BurstAlarm(int tolerated)
        : m_tolerated(tolerated)
    {
    }

    /// The number within this minute when it is more than tolerated, once an hour; else nothing.
    [[nodiscard]] std::optional<int> note(Timestamp now);

private:
    const int m_tolerated;
    std::mutex m_mutex;
    Timestamp m_minuteStart;
    int m_count = 0;
    std::optional<Timestamp> m_toldAt;
};

} // namespace intake
