#pragma once

#include "delivery/dynopay_sender.h"
#include "delivery/http_connection.h"
#include "delivery/rate_limit.h"
#include "delivery/telegram_sender.h"

namespace delivery {

struct CourierSettings {
    TelegramAccess telegram;
    Rates rates;
    DynopayAccess dynopay;
    QUrl retellBaseUrl; // the third origin that may be spoken to
    HttpTimeouts timeouts;
};

} // namespace delivery
