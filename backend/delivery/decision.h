#pragma once

#include "delivery/http_types.h"
#include "delivery/method_table.h"

namespace delivery {

/// So long a message is tried, and anything that a provider only put off.
constexpr std::chrono::hours kMessageLifetime{24};

/// A dial that could not go out by then does not go out any more: its customer waits for it, and
/// the hours in which people may be called end.
constexpr std::chrono::minutes kDialLifetime{2};

/// What is known of a row when the answer to its request has come.
struct Attempt {
    RepeatRule rule = RepeatRule::NeverTwice; // of the method that was really called
    int triesMax = 0;
    int triesBefore = 0;         // without this one
    bool mayHaveArrived = false; // an earlier one's outcome is unknown
    bool isAlternative = false;  // it was the second way already
    std::chrono::seconds age{0};
};

/// What follows from it: exactly one.
enum class Next {
    Sent,
    Failed,
    Repeat,      // after `wait`
    Alternative, // at once, the other way: a new message for one that cannot be edited
};

struct Decision {
    Next next = Next::Failed;
    Json answer = Json::object(); // for Sent and Failed
    std::chrono::seconds wait{0};
    bool mayHaveArrived = false;
    bool isTry = true; // false: the provider did not look at it, so it costs the row no try
    /// What it says about more than this row.
    enum class Scope {
        RowOnly,
        ScopePaused,    // 429: this chat
        ProviderPaused, // 429 of DynoPay: nothing at all for `wait`
        ProviderDown,   // no connection
        TokenRefused,   // alert, nothing at all for `wait`
        Unreachable,    // the customer is told of no more
        OurError,       // alert
        GivenUp,        // alert: kMessageLifetime is over, and perhaps nobody ever read it
    } scope = Scope::RowOnly;
    int code = 0; // the provider's, for the log
};

[[nodiscard]] Decision decideTelegram(const Attempt &attempt, const HttpAnswer &answer,
                                      qint64 editedMessage);
[[nodiscard]] Decision decideRetell(const Attempt &attempt, const HttpAnswer &answer);
[[nodiscard]] Decision decideDynopay(const Attempt &attempt, const QString &method,
                                     const HttpAnswer &answer);

constexpr std::chrono::seconds kBackoffMax{60};
/// 1, 2, 4, ... kBackoffMax.
[[nodiscard]] std::chrono::seconds backoff(int triesBefore);
/// 5, 10, 20, ... 900 s: of a message that may have arrived, since each repeat may be one too many.
[[nodiscard]] std::chrono::seconds pauseAfterUnknown(int triesBefore);

} // namespace delivery
