#include "verbs.h"

#include "delivery/telegram_webhook.h"
#include "output.h"

namespace server {

int webhookSet(const Arguments &arguments, const core::Settings &settings)
{
    delivery::TelegramWebhook webhook(
        {.apiUrl = settings.telegramApiUrl, .token = settings.telegramBotToken});
    QUrl hook = settings.publicUrl;
    hook.setPath(QStringLiteral("/webhooks/telegram"));
    auto answer =
        webhook.ensure({.url = hook, .secret = settings.telegramWebhookSecret}, arguments.isForced);
    answer.waitForFinished();
    const Result<bool> set = answer.result();
    if (!set)
        return cannotRun(arguments.isJson, set.error());
    if (arguments.isJson)
        printJson({{"changed", *set}, {"url", hook.toString()}});
    else
        printLine(*set ? QStringLiteral("Telegram's webhook was set to ") + hook.toString()
                       : QStringLiteral("Telegram's webhook is as it should be"));
    return Good;
}

} // namespace server
