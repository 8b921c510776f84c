#pragma once

#include "queue/outbox.h"

namespace delivery {

/// What may be done when it is not known whether a request arrived.
enum class RepeatRule {
    Idempotent,  // repeated as often as needed
    AtLeastOnce, // repeated once: a duplicate message is allowed
    NeverTwice,  // never repeated: it ends as failed with {"unknown": true}
};

struct Method {
    queue::Provider provider = queue::Provider::Telegram;
    QLatin1String name;
    RepeatRule rule = RepeatRule::NeverTwice;
    int triesMax = 0; // 0: until kMessageLifetime is over
    QByteArray verb;
    bool isLimited = false; // counts towards Telegram's limits for messages
};

/// Null: no such method, which is our own error.
[[nodiscard]] const Method *findMethod(queue::Provider provider, const QString &name);

enum class AfterUnknown {
    Repeat,
    CountAsSent,
    GiveUp,
};
/// What to do after a request of which nobody knows whether it arrived. `happenedBefore`: it is not
/// the first of this row.
[[nodiscard]] AfterUnknown afterUnknown(RepeatRule rule, bool happenedBefore);

/// May a row that a dead process was sending be sent at all?
[[nodiscard]] bool mayResume(RepeatRule rule);

} // namespace delivery
