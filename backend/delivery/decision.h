#pragma once

#include "delivery/http_types.h"
#include "delivery/method_table.h"

namespace delivery {

constexpr std::chrono::hours kMessageLifetime{24};

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
    /// What it says about more than this row.
    enum class Scope {
        RowOnly,
        ScopePaused,  // 429: this chat
        ProviderDown, // no connection
        TokenRefused, // alert, nothing at all for `wait`
        Unreachable,  // the customer is told of no more
        OurError,     // alert
    } scope = Scope::RowOnly;
    int code = 0; // the provider's, for the log
};

[[nodiscard]] Decision decideTelegram(const Attempt &attempt, const HttpAnswer &answer,
                                      qint64 editedMessage);
[[nodiscard]] Decision decideDynopay(const Attempt &attempt, const QString &method,
                                     const HttpAnswer &answer);

/// 1, 2, 4, ... 60 s.
[[nodiscard]] std::chrono::seconds backoff(int triesBefore);

} // namespace delivery
