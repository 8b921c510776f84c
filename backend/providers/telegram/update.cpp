#include "providers/telegram/update.h"

namespace providers::telegram {

namespace {

// Rich messages nest 16 levels by themselves, and a customer may forward one to us.
constexpr int kUpdateDepthMax = 64;

std::optional<User> readUser(const Json *user)
{
    const auto id = user ? core::integerMember(*user, "id") : std::nullopt;
    if (!id)
        return std::nullopt;
    return User{.id = *id,
                .isBot = core::boolMember(*user, "is_bot").value_or(false),
                .firstName = core::textMember(*user, "first_name").value_or(QString()),
                .username = core::textMember(*user, "username").value_or(QString()),
                .languageCode = core::textMember(*user, "language_code").value_or(QString())};
}

// The year 9999; what is outside is no date.
constexpr qint64 kUnixSecondsMax = 253'402'300'799;

Timestamp readDate(const Json &message)
{
    const qint64 seconds = core::integerMember(message, "date").value_or(0);
    if (seconds < 0 || seconds > kUnixSecondsMax)
        return {};
    return Timestamp(std::chrono::seconds(seconds));
}

std::optional<qint64> chatIdOf(const Json &message)
{
    const Json *chat = core::member(message, "chat");
    return chat ? core::integerMember(*chat, "id") : std::nullopt;
}

/// The length of the bot_command entity that begins the text, in UTF-16 units; 0: there is none.
qint64 commandLength(const Json &message)
{
    const Json *entities = core::member(message, "entities");
    if (!entities || !entities->is_array())
        return 0;
    for (const Json &entity : *entities) {
        if (core::textMember(entity, "type") == QStringLiteral("bot_command") &&
            core::integerMember(entity, "offset") == 0)
            return core::integerMember(entity, "length").value_or(0);
    }
    return 0;
}

std::optional<Command> readCommand(const Json &message, const QString &text)
{
    const qint64 length = commandLength(message);
    if (length < 2 || length > text.size() || !text.startsWith(u'/'))
        return std::nullopt;
    const QString name = text.mid(1, length - 1).section(u'@', 0, 0).toLower();
    if (name.isEmpty())
        return std::nullopt;
    return Command{.name = name, .argument = text.mid(length).trimmed()};
}

std::optional<Contact> readContact(const Json &message)
{
    const Json *contact = core::member(message, "contact");
    const auto phone = contact ? core::textMember(*contact, "phone_number") : std::nullopt;
    if (!phone)
        return std::nullopt;
    return Contact{.phoneNumber = *phone, .userId = core::integerMember(*contact, "user_id")};
}

std::optional<Message> readMessage(const Json &json)
{
    const auto chatId = chatIdOf(json);
    if (!chatId)
        return std::nullopt;
    Message message;
    message.chatId = *chatId;
    message.messageId = core::integerMember(json, "message_id").value_or(0);
    message.isPrivate = core::textMember(json.at("chat"), "type") == QStringLiteral("private");
    message.from = readUser(core::member(json, "from"));
    message.date = readDate(json);
    message.text = core::textMember(json, "text").value_or(QString());
    message.command = readCommand(json, message.text);
    message.contact = readContact(json);
    return message;
}

std::optional<CallbackQuery> readCallbackQuery(const Json &json)
{
    const auto id = core::textMember(json, "id");
    const auto from = readUser(core::member(json, "from"));
    if (!id || !from)
        return std::nullopt;
    CallbackQuery query{.id = *id,
                        .from = *from,
                        .message = {},
                        .data = core::textMember(json, "data").value_or(QString())};
    if (const Json *message = core::member(json, "message")) {
        const auto chatId = chatIdOf(*message);
        const auto messageId = core::integerMember(*message, "message_id");
        if (chatId && messageId)
            query.message = MessageRef{.chatId = *chatId, .messageId = *messageId};
    }
    return query;
}

std::optional<MyChatMember> readMyChatMember(const Json &json)
{
    const auto chatId = chatIdOf(json);
    const Json *fresh = core::member(json, "new_chat_member");
    const auto status = fresh ? core::textMember(*fresh, "status") : std::nullopt;
    if (!chatId || !status)
        return std::nullopt;
    return MyChatMember{
        .chatId = *chatId, .from = readUser(core::member(json, "from")), .status = *status};
}

} // namespace

std::optional<qint64> Update::fromId() const
{
    if (const auto *query = std::get_if<CallbackQuery>(&content))
        return query->from.id;
    const auto *message = std::get_if<Message>(&content);
    const auto *member = std::get_if<MyChatMember>(&content);
    const std::optional<User> from = message ? message->from : member ? member->from : std::nullopt;
    return from ? std::optional(from->id) : std::nullopt;
}

Result<Update> parseUpdate(QByteArrayView body)
{
    const auto json = core::parseJson(body, kUpdateDepthMax);
    if (!json)
        return failure(json.error());
    return readUpdate(*json);
}

Result<Update> readUpdate(const Json &json)
{
    const auto id = core::integerMember(json, "update_id");
    if (!id || *id <= 0)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("an update without a positive update_id")});
    Update update{.id = *id, .content = Other{}};
    const auto take = [&](auto &&part) {
        if (part)
            update.content = *std::move(part);
    };
    if (const Json *message = core::member(json, "message"))
        take(readMessage(*message));
    else if (const Json *query = core::member(json, "callback_query"))
        take(readCallbackQuery(*query));
    else if (const Json *member = core::member(json, "my_chat_member"))
        take(readMyChatMember(*member));
    return update;
}

} // namespace providers::telegram
