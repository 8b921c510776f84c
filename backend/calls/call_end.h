#pragma once

#include "calls/call_state.h"
#include "language/text.h"
#include "providers/retell/call.h"

namespace calls {

/// What the end of a provider's call makes of ours.
struct Ending {
    State state = State::Failed;
    bool isCharged = false; // by its duration; else the hold is released whole
    QString outcome;        // as stored: "completed", "busy", ...
    language::Text text;    // for the customer
};

/// Pure, and the same whatever order the events came in: only the reason and whether somebody
/// answered count. The table of it is in docs/call-endings.md; a test compares the two.
[[nodiscard]] Ending endingOf(const std::optional<providers::retell::Disconnection> &reason,
                              providers::retell::CallStatus status, bool wasConnected);
[[nodiscard]] Ending endingOf(const providers::retell::Call &call);

/// The text of a stored outcome. Of an unknown one: that it is over.
[[nodiscard]] language::Text textOfOutcome(const QString &outcome);

/// How long they talked. Absent: it never connected, or nothing tells.
[[nodiscard]] std::optional<std::chrono::milliseconds>
durationOf(const providers::retell::Call &call);

} // namespace calls
