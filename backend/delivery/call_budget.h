#pragma once

#include "core/clock.h"

#include <deque>

namespace delivery {

/// So many calls in any minute (or other window), wherever the provider lets its own minutes begin.
/// Counts on the clock that is passed in; no thread, no I/O.
class CallBudget {
public:
    explicit CallBudget(int callsPerWindow, std::chrono::seconds window = std::chrono::minutes(1));

    /// When the next call may go; not after `now`: at once.
    [[nodiscard]] Timestamp freeAt(Timestamp now);
    /// A call goes now.
    void take(Timestamp now);

private:
    size_t m_callsMax;
    std::chrono::seconds m_window;
    std::deque<Timestamp> m_calls; // the newest m_callsMax
};

} // namespace delivery
