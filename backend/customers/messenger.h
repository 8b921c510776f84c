#pragma once

#include "customers/customer.h"
#include "language/catalogue.h"

#include <variant>

namespace customers {

/// A label that is the same in every language: "25 USD", "Français", a coin.
struct DataLabel {
    QString text;
};

/// Exactly one of data, url and copyText is set.
struct Button {
    std::variant<language::Text, DataLabel> label;
    QString data = {}; // comes back when it is tapped
    QString url = {};
    QString copyText = {};
};
using Keyboard = QList<QList<Button>>;

/// Parts are put below each other, each in the customer's language.
struct Message {
    std::vector<language::Text> parts;
    Keyboard keyboard = {};
    QString separator = QStringLiteral("\n\n");
    /// Below the chat, instead of `keyboard`: asks for the customer's own number.
    std::optional<language::Text> contactButton = {};
};

/// A message to change: one the customer tapped, by Telegram's id, or one of ours, by its outbox
/// row.
using MessageRef = std::variant<qint64, OutboxId>;

/// Says something to a customer, in their language. What is stored with each message - keys,
/// arguments, catalogue version - lets the console show it in any language later.
/// Nothing is queued for a customer who has blocked the bot.
class Messenger {
public:
    explicit Messenger(std::shared_ptr<const language::Catalogue> catalogue);

    /// Returns the outbox row: our message id; 0 when the customer cannot be reached.
    [[nodiscard]] Result<OutboxId> send(engine::Context &context, const Customer &to,
                                        const Message &message) const;
    /// A picture with `qrContent` as a QR code, and a caption of at most 1,024 characters.
    [[nodiscard]] Result<OutboxId> sendQrPicture(engine::Context &context, const Customer &to,
                                                 const QString &qrContent,
                                                 const Message &caption) const;
    /// A newer edit of the same message replaces one that has not been sent yet.
    [[nodiscard]] Result<void> edit(engine::Context &context, const Customer &to, MessageRef which,
                                    const Message &message) const;
    [[nodiscard]] Result<void> editCaption(engine::Context &context, const Customer &to,
                                           MessageRef which, const Message &message) const;
    /// Stops the spinning of a tapped button.
    [[nodiscard]] Result<void> answerTap(engine::Context &context,
                                         const QString &callbackQueryId) const;

    [[nodiscard]] const language::Catalogue &catalogue() const { return *m_catalogue; }

private:
    [[nodiscard]] Result<Json> parametersOf(const Customer &to, const Message &message,
                                            const char *textMember) const;
    [[nodiscard]] Result<Json> keyboardOf(const Customer &to, const Keyboard &keyboard) const;
    [[nodiscard]] Result<Json> markupOf(const Customer &to, const Message &message) const;
    [[nodiscard]] Json payloadOf(const Customer &to, Json parameters, const Message &message) const;
    [[nodiscard]] Result<void> change(engine::Context &context, const Customer &to,
                                      MessageRef which, const Message &message,
                                      bool isCaption) const;

    std::shared_ptr<const language::Catalogue> m_catalogue;
};

} // namespace customers
