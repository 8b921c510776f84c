#pragma once

#include "queue/outbox.h"

namespace delivery {

/// What came of a row, not yet in the database.
struct Outcome {
    queue::OutboxHead head;
    enum class Kind {
        Sent,
        Failed,
        Deferred,
    } kind = Kind::Failed;
    Json answer = Json::object();
    Timestamp until = {}; // of Deferred, as the two that follow
    bool mayHaveArrived = false;
    bool takesSendBack = false;
    std::optional<qint64> unreachableChat = {};
};

/// Writes them down, with the answers that somebody waits for and a word to each customer's lane
/// who cannot be reached any more.
[[nodiscard]] Result<void> writeOutcomes(database::Transaction &transaction,
                                         std::span<const Outcome> outcomes, Timestamp now);

} // namespace delivery
