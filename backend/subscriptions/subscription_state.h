#pragma once

#include <QString>

namespace subscriptions {

/// Where a subscription is. A customer without one that is live is on Free.
enum class State {
    Active,
    Grace,     // its period is over and the balance was short: it is tried again, without minutes
    Cancelled, // runs to the end of what was paid
    Ended,
};

enum class EndReason {
    Expired, // its period was over, and it was not to renew
    Cancelled,
    Unpaid,
    Changed, // for another plan
};

/// As stored: "grace".
[[nodiscard]] QString nameOf(State state);
[[nodiscard]] State stateOf(const QString &name);
[[nodiscard]] QString nameOf(EndReason reason);

/// PostgreSQL refuses the rest as well; a test compares the two.
[[nodiscard]] bool mayFollow(State from, State to);

} // namespace subscriptions
