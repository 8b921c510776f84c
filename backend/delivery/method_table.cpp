#include "delivery/method_table.h"

#include <algorithm>
#include <array>

namespace delivery {

namespace {

using enum RepeatRule;
using queue::Provider;

constexpr int kDynopayTries = 3; // the domain has a schedule of its own after that
constexpr int kRetellTries = 3;  // as above

Method retell(const char *name, const char *verb)
{
    return {Provider::Retell, QLatin1String(name), Idempotent, kRetellTries, verb};
}

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
        Method{Provider::Dynopay, QLatin1String("listEvents"), Idempotent, kDynopayTries, "GET"},
        // It dials, and has no key that would make it once.
        Method{Provider::Retell, QLatin1String("createPhoneCall"), NeverTwice, 0, "POST"},
        retell("stopCall", "POST"),
        retell("getCall", "GET"),
        retell("listCalls", "POST"),
        // Made twice, one of them is never used, and costs nothing.
        retell("createRetellLlm", "POST"),
        retell("updateRetellLlm", "PATCH"),
        retell("deleteRetellLlm", "DELETE"),
        retell("getRetellLlm", "GET"),
        retell("createAgent", "POST"),
        retell("updateAgent", "PATCH"),
        retell("deleteAgent", "DELETE"),
        retell("getAgent", "GET"),
        retell("publishAgentVersion", "POST"),
        retell("listVoices", "GET"),
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
