#pragma once

#include "core/clock.h"
#include "core/json.h"

#include <optional>
#include <variant>

namespace providers::telegram {

struct User {
    qint64 id = 0;
    bool isBot = false;
    QString firstName;
    QString username;     // without "@"; empty when there is none
    QString languageCode; // IETF tag of the app, "fr" or "pt-br"; empty when Telegram gave none
};

struct Command {
    QString name;     // "start": lower case, without "/" and "@bot"
    QString argument; // what follows, trimmed; the payload of a deep link
};

struct Contact {
    QString phoneNumber;
    std::optional<qint64> userId;
};

struct Message {
    qint64 chatId = 0;
    qint64 messageId = 0;
    bool isPrivate = false;
    std::optional<User> from;
    Timestamp date;
    QString text; // empty: a message of another sort
    std::optional<Command> command;
    std::optional<Contact> contact;
};

struct MessageRef {
    qint64 chatId = 0;
    qint64 messageId = 0;
};

struct CallbackQuery {
    QString id;
    User from;
    std::optional<MessageRef> message; // absent: too old for Telegram to say
    QString data;                      // comes from the client: to be checked like any input
};

/// The customer blocked the bot or came back.
struct MyChatMember {
    qint64 chatId = 0;
    std::optional<User> from;
    QString status; // new_chat_member.status
    [[nodiscard]] bool hasBlocked() const { return status == QLatin1String("kicked"); }
};

/// A kind we have no use for, or one that Telegram has added since.
struct Other {};

struct Update {
    qint64 id = 0;
    std::variant<Other, Message, CallbackQuery, MyChatMember> content;
    /// Whom it came from: the customer whose lane it belongs to.
    [[nodiscard]] std::optional<qint64> fromId() const;
};

/// BadInput: not a JSON object, or one without a positive update_id. A part of unexpected shape
/// only makes the update Other: it comes from Telegram, and what we refuse is repeated for a day
/// and holds up that chat.
[[nodiscard]] Result<Update> parseUpdate(QByteArrayView body);
/// The same, of a document that was read before. Another name, as anything converts to Json by
/// itself.
[[nodiscard]] Result<Update> readUpdate(const Json &update);

} // namespace providers::telegram
