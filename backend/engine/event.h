#pragma once

#include "core/json.h"
#include "queue/inbox.h"

namespace engine {

/// One inbox row on its way through a handler.
struct Event {
    InboxId id;
    queue::Source source = queue::Source::Internal;
    QString externalId;
    QString lane; // where it was recorded, without the "#..." of a retry
    QString kind;
    Json payload;
    Timestamp receivedAt;
    std::optional<InboxId> cause;
    QByteArray routeTokenSha256 = {}; // of the token in the hook's path; empty: none
};

enum class Outcome {
    Handled,
    Ignored, // nothing to do: late, repeated, or not ours
};

} // namespace engine
