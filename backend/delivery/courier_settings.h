#pragma once

#include "delivery/dynopay_sender.h"
#include "delivery/http_connection.h"
#include "delivery/rate_limit.h"
#include "delivery/retell_sender.h"
#include "delivery/telegram_sender.h"

namespace delivery {

/// What DynoPay allows for a key: 30 creations, and 100 calls with them. Each has its own, so that
/// many questions never keep a customer waiting for an address.
struct DynopayRates {
    int creationsPerMinute = 30;
    int readsPerMinute = 70;
};

struct CourierSettings {
    TelegramAccess telegram;
    Rates rates;
    DynopayAccess dynopay;
    DynopayRates dynopayRates = {};
    RetellAccess retell;
    int dialsPerSecond = 1; // what Retell's carriers take
    HttpTimeouts timeouts;
};

} // namespace delivery
