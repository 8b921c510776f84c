#pragma once

#include "calls/call_store.h"
#include "providers/retell/answer.h"
#include "providers/retell/method.h"

namespace calls {

/// An outbox row for the provider about a call; the answer comes to the customer's lane as
/// retell.answer.<method>. Empty key: one of this event.
[[nodiscard]] Result<OutboxId> askRetell(engine::Context &context, const Call &call,
                                         const providers::retell::Request &request,
                                         const QString &requestKey = {});

/// What delivery stored of an answer: {"http": 201, "body": "..."}.
[[nodiscard]] providers::retell::ApiAnswer retellAnswerIn(const Json &payload);
/// The request never left, or nothing will be known of it any more.
[[nodiscard]] bool wasNeverSent(const Json &payload);
[[nodiscard]] bool isUnknown(const Json &payload);

} // namespace calls
