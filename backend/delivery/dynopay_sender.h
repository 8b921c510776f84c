#pragma once

#include "delivery/http_types.h"
#include "queue/outbox.h"

namespace delivery {

struct DynopayAccess {
    QUrl baseUrl; // without "/user"
    QString apiKey;
    QString walletToken;
    QUrl publicUrl; // where DynoPay finds our hook
    QByteArray installationKey;
    bool sendsLegacyRedirect = false;
};

/// Builds the call of an outbox row. `isAlternative`: the address of older deployments, for
/// getSupportedCurrency. BadInput: not such a payload.
[[nodiscard]] Result<HttpRequest> dynopayRequest(const DynopayAccess &access,
                                                 const queue::OutboxHead &head, bool isAlternative);

} // namespace delivery
