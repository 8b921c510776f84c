#pragma once

#include "queue/outbox.h"

namespace queue {

/// Those of `heads` that were taken back while they were under way (`withdraw` said false): they
/// are to be ended rather than deferred. Locked until the transaction ends, so that none is taken
/// back between the question and what follows from it.
[[nodiscard]] Result<std::vector<OutboxId>> lockWithdrawn(database::Transaction &transaction,
                                                          std::span<const OutboxHead> heads);

} // namespace queue
