#pragma once

#include "core/clock.h"

#include <QMutex>

#include <optional>

namespace intake {

/// Tells a burst from the odd stray. Any thread may call.
class BurstAlarm {
public:
    /// The number within this minute, once, when it has become too many; else nothing.
    [[nodiscard]] std::optional<int> note(Timestamp now);

private:
    QMutex m_mutex;
    Timestamp m_minuteStart;
    int m_count = 0;
};

} // namespace intake
