#pragma once

#include "queue/outbox.h"

namespace delivery {

/// What may be done when it is not known whether a request arrived.
enum class RepeatRule {
    Idempotent,  // repeated as often as needed
    AtLeastOnce, // repeated with growing pauses: a message may come twice, but never be missing
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

/// May a request of which nobody knows whether it arrived be sent again: after silence, or when the
/// process that sent it is dead?
[[nodiscard]] bool mayResume(RepeatRule rule);

} // namespace delivery
