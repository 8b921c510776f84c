#include "delivery/call_budget.h"

#include "core/assert.h"

#include <algorithm>

namespace delivery {

CallBudget::CallBudget(int callsPerWindow, std::chrono::seconds window)
    : m_callsMax(static_cast<size_t>(callsPerWindow))
    , m_window(window)
{
    CORE_ASSERT(callsPerWindow > 0);
}

Timestamp CallBudget::freeAt(Timestamp now)
{
    // Calls of the future are those of before the clock went back.
    for (Timestamp &call : m_calls)
        call = std::min(call, now);
    return m_calls.size() < m_callsMax ? now : m_calls.front() + m_window;
}

void CallBudget::take(Timestamp now)
{
    m_calls.push_back(now);
    if (m_calls.size() > m_callsMax)
        m_calls.pop_front();
}

} // namespace delivery
