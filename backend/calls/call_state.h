#pragma once

#include <QString>

namespace calls {

enum class State {
    Asked,
    Queued,   // to be judged again at `queued_until`
    Dialling, // held, on its way to the provider, or ringing
    Unknown,  // it is not known whether the provider dials: watched for ten minutes
    Talking,
    Ending, // the provider was asked to stop it
    Ended,
    NotConnected,
    Failed,
    Refused,   // by the guards
    Cancelled, // stopped before anything was dialled
};

/// As stored: "not_connected".
[[nodiscard]] QString nameOf(State state);
/// Aborts on an unknown name: the column has a CHECK.
[[nodiscard]] State stateOf(const QString &name);

/// PostgreSQL refuses any other step as well (call_may_follow); a test compares the two.
[[nodiscard]] bool mayFollow(State from, State to);
[[nodiscard]] bool isFinal(State state);
/// Takes a line, and may have a price.
[[nodiscard]] bool isLive(State state);

} // namespace calls
