#pragma once

#include "delivery/http_types.h"
#include "queue/outbox.h"

namespace delivery {

/// One call of the Bot API, as an outbox row asks for it.
struct TelegramCall {
    QString method;
    Json parameters;
    QString qr = {}; // the text of a picture to upload
    /// 0: nothing is edited.
    [[nodiscard]] qint64 editedMessage() const;
    /// The chat, or the method when it has none: what a 429 is about.
    [[nodiscard]] QString scope() const;
};

/// Reads the payload {"parameters": {...}, "edit_of": <outbox id>, "qr": "..."}. An edit is pointed
/// at the message that row became; when that one never was sent it is a new message. BadInput: not
/// such a payload.
[[nodiscard]] Result<TelegramCall> telegramCall(database::Transaction &transaction,
                                                const queue::OutboxHead &head);

/// The same words as a new message, for an edit whose message is gone.
[[nodiscard]] TelegramCall asNewMessage(TelegramCall edit);

struct TelegramAccess {
    QUrl apiUrl;
    QString token;
};
/// BadInput: the text of the picture is more than a QR code holds.
[[nodiscard]] Result<HttpRequest> telegramRequest(const TelegramAccess &access,
                                                  const TelegramCall &call);

} // namespace delivery
