#pragma once

#include "customers/messenger.h"

namespace bot {

/// One message or tap of one customer, and all a dialog may do about it.
struct Turn {
    engine::Context &context;
    const customers::Messenger &messenger;
    customers::Customer &customer;
    std::optional<qint64> tappedMessage; // a tap: Telegram's id of the message with the button
    Timestamp saidAt; // a message: when it was written, which may be long before it arrived

    /// A tap changes the message it was made on; anything else gets a new message.
    [[nodiscard]] Result<void> show(const customers::Message &message) const;
};

/// Where a customer is in a dialog: a row, so that a restart forgets nothing.
struct Conversation {
    QString dialog; // "": nowhere in particular
    Json data = Json::object();
};
[[nodiscard]] Result<Conversation> loadConversation(Turn &turn);
[[nodiscard]] Result<void> saveConversation(Turn &turn, const Conversation &conversation);

/// What comes back when a button is tapped: "amount:25" is {"amount", "25"}.
struct Tap {
    QString action;
    QString argument;
};
[[nodiscard]] Tap readTap(const QString &data);

[[nodiscard]] customers::Button button(const language::Key &label, const QString &data);
[[nodiscard]] customers::Button dataButton(const QString &label, const QString &data);

} // namespace bot
