#pragma once

#include "core/thread.h"
#include "delivery/telegram_sender.h"

#include <QFuture>

namespace delivery {

class HttpClient;

/// What Telegram should know about where updates go.
struct WebhookWish {
    QUrl url; // our hook
    QString secret;
    int maxConnections = 40;
};

/// Sets the webhook, at start and for the command line. Has a thread of its own, and lives as short
/// as that takes.
class TelegramWebhook {
public:
    explicit TelegramWebhook(TelegramAccess access);
    ~TelegramWebhook();
    TelegramWebhook(const TelegramWebhook &) = delete;
    TelegramWebhook &operator=(const TelegramWebhook &) = delete;

    /// True: it was set. False: address, kinds of updates and connections were right already.
    /// `isForced` sets it anyway, since the secret cannot be read back. Errors: ProviderUnavailable
    /// (transient), Unauthorized, ProviderRefused with Telegram's words. A future of an object that
    /// has gone is cancelled.
    [[nodiscard]] QFuture<Result<bool>> ensure(const WebhookWish &wish, bool isForced);

private:
    TelegramAccess m_access;
    core::ThreadPtr m_thread;
    HttpClient *m_client; // on m_thread, dies with it
};

} // namespace delivery
