#pragma once

#include "telegram/chats.h"
#include "telegram/webhook_sender.h"

namespace simulator {

/// Which button a user means; empty members do not count.
struct ButtonChoice {
    QString label;
    QString data;
    QString dataPrefix;
    QString dataSuffix;
    QString dataContains;
    std::optional<qint64> messageId; // absent: the newest message with such a button
    bool isRandom = false;           // of several that match; else the first
    quint64 changedAfter = 0;        // only in messages that have changed since
};
[[nodiscard]] ButtonChoice buttonChoiceFrom(const Json &description);

struct Button {
    qint64 messageId = 0;
    QString data;
    QString url;
};

/// What people do in their Telegram apps.
class UserSide final {
public:
    UserSide(World &world, Chats &chats, WebhookSender &sender);

    void add(qint64 id, const QString &firstName, const QString &languageCode);
    /// Returns the id of the new message. NotFound: no such user.
    Result<qint64> say(qint64 id, const QString &text);
    /// Sends a contact card; `userId`: whose it is by Telegram, 0: unknown. NotFound: no such user.
    Result<qint64> share(qint64 id, const QString &phoneNumber, qint64 userId);
    /// A message of the bot's, newer than `change`, asks for the user's own number.
    [[nodiscard]] bool isAskedForContact(qint64 id, quint64 change);
    /// Absent: no such button is to be seen.
    [[nodiscard]] std::optional<Button> findButton(qint64 id, const ButtonChoice &choice);
    /// NotFound: no such user or button.
    Result<Button> tap(qint64 id, const ButtonChoice &choice);
    Result<void> setBlocked(qint64 id, bool isBlocked);

private:
    [[nodiscard]] Result<Chat *> chatOf(qint64 id);
    Result<qint64> write(qint64 id, Message message);
    void sendTap(Chat &chat, const Button &button);

    World &m_world;
    Chats &m_chats;
    WebhookSender &m_sender;
};

} // namespace simulator
