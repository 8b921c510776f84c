#pragma once

#include "core/json.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace providers::telegram {

/// What a call of the Bot API came to. A connection that broke has no answer at all and is not in
/// here.
struct Answer {
    enum class Outcome {
        Ok,           // `result`
        NotModified,  // the message shows this already: success
        TooOld,       // a callback query that cannot be answered any more: success
        RetryAfter,   // `retryAfter`: stop this scope so long
        Unreachable,  // blocked, deleted, or never started the bot: do not write there again
        MessageGone,  // what was to be edited is lost: send a new message
        Unauthorized, // the token or the address is wrong: stop sending, alert
        Refused,      // our own error: `code` and `description`
        Unavailable,  // 5xx, or an answer that cannot be read: whether it took effect is unknown
    };
    Outcome outcome = Outcome::Unavailable;
    Json result = {};
    std::chrono::seconds retryAfter{0};
    int code = 0; // Telegram's error_code, else the HTTP status
    QString description =
        {}; // Telegram's words; may quote what we sent, so not for the log of good times
    std::optional<qint64> migrateToChatId = {};

    /// Nothing more is to be done: Ok, NotModified or TooOld.
    [[nodiscard]] bool isDone() const;
};

/// `retryAfterHeader`: the HTTP header of that name, for a 429 whose body does not say.
[[nodiscard]] Answer
parseAnswer(int httpStatus, QByteArrayView body,
            std::optional<std::chrono::seconds> retryAfterHeader = std::nullopt);

/// The id of the message that sendMessage, sendPhoto or editMessageText returned.
[[nodiscard]] std::optional<qint64> messageIdOf(const Answer &answer);

struct WebhookInfo {
    QString url; // empty: none is set
    qint64 pendingUpdates = 0;
    QStringList allowedUpdates; // empty: the default set
    qint64 maxConnections = 0;
    qint64 lastErrorDate = 0; // unix seconds; 0: none
    QString lastErrorMessage;
};
[[nodiscard]] WebhookInfo webhookInfoOf(const Answer &answer);

} // namespace providers::telegram
