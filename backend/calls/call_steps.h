#pragma once

#include "calls/call_screen.h"
#include "calls/rates.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcCalls)

namespace calls {

/// Into a state that may follow, with an event for people; the caller saves the call.
[[nodiscard]] Result<void> enter(engine::Context &context, Call &call, State state,
                                 const QString &detail = {});

/// How a call ends that is not live at the provider, or never was: the hold goes back whole.
struct Close {
    State state = State::Failed;
    QString outcome;
    QString detail = {}; // for people
};
/// Ends it, resolves the hold, tells the customer and saves the call.
[[nodiscard]] Result<void> closeUncharged(engine::Context &context, const CallScreen &screen,
                                          Call &call, const Close &close);

/// Resolves the hold of a call once: what the bill captures goes to us, the rest back. What the
/// bill leaves uncovered is ours. The caller sets a final state and saves the call.
[[nodiscard]] Result<void> settle(engine::Context &context, Call &call, const Bill &bill);
/// What a call was worth that nobody pays for.
[[nodiscard]] Result<void> writeOff(engine::Context &context, Call &call, Money worth);

/// Timers that have nothing left to do.
[[nodiscard]] Result<void> cancelTimers(engine::Context &context, const Call &call);

} // namespace calls
