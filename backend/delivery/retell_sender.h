#pragma once

#include "delivery/http_types.h"
#include "queue/outbox.h"

namespace delivery {

struct RetellAccess {
    QUrl baseUrl;
    QString apiKey;
};

/// Builds the call of an outbox row. BadInput: not such a payload.
[[nodiscard]] Result<HttpRequest> retellRequest(const RetellAccess &access,
                                                const queue::OutboxHead &head);

/// An answer as it may be kept: what was spoken in it is masked.
[[nodiscard]] Json retellAnswer(const HttpAnswer &answer);

} // namespace delivery
