#include "delivery/method_table.h"

#include <algorithm>
#include <array>

namespace delivery {

namespace {

using enum RepeatRule;
using queue::Provider;

constexpr int kDynopayTries = 3; // the domain has a schedule of its own after that

const auto &table()
{
    static const std::array methods = {
        Method{Provider::Telegram, QLatin1String("sendMessage"), AtLeastOnce, 0, "POST", true},
        Method{Provider::Telegram, QLatin1String("sendPhoto"), AtLeastOnce, 0, "POST", true},
        Method{Provider::Telegram, QLatin1String("editMessageText"), Idempotent, 0, "POST", true},
        Method{Provider::Telegram, QLatin1String("editMessageCaption"), Idempotent, 0, "POST",
               true},
        Method{Provider::Telegram, QLatin1String("answerCallbackQuery"), Idempotent, 0, "POST"},
        Method{Provider::Telegram, QLatin1String("setMyCommands"), Idempotent, 0, "POST"},
        Method{Provider::Telegram, QLatin1String("getWebhookInfo"), Idempotent, 0, "POST"},
        Method{Provider::Telegram, QLatin1String("setWebhook"), Idempotent, 0, "POST"},
        // Repeated with the same Idempotency-Key.
        Method{Provider::Dynopay, QLatin1String("createPayment"), Idempotent, kDynopayTries,
               "POST"},
        Method{Provider::Dynopay, QLatin1String("getPaymentStatus"), Idempotent, kDynopayTries,
               "GET"},
        Method{Provider::Dynopay, QLatin1String("getCryptoTransaction"), Idempotent, kDynopayTries,
               "GET"},
        Method{Provider::Dynopay, QLatin1String("getSupportedCurrency"), Idempotent, kDynopayTries,
               "GET"},
    };
    return methods;
}

} // namespace

const Method *findMethod(queue::Provider provider, const QString &name)
{
    const auto found = std::find_if(table().begin(), table().end(), [&](const Method &method) {
        return method.provider == provider && method.name == name;
    });
    return found == table().end() ? nullptr : &*found;
}

bool mayResume(RepeatRule rule)
{
    return rule != NeverTwice;
}

} // namespace delivery
