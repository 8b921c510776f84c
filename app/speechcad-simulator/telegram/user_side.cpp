#include "telegram/user_side.h"

namespace simulator {

namespace {

constexpr std::chrono::seconds kQueryLifetime{150};

bool matches(const Json &button, const ButtonChoice &choice)
{
    const QString label = core::textMember(button, "text").value_or(QString());
    const QString data = core::textMember(button, "callback_data").value_or(QString());
    const bool wantsData = !choice.data.isEmpty() || !choice.dataPrefix.isEmpty() ||
                           !choice.dataSuffix.isEmpty() || !choice.dataContains.isEmpty();
    if (choice.label.isEmpty() && !wantsData)
        return false;
    return (choice.label.isEmpty() || label == choice.label) &&
           (choice.data.isEmpty() || data == choice.data) && data.startsWith(choice.dataPrefix) &&
           data.endsWith(choice.dataSuffix) && data.contains(choice.dataContains);
}

QList<Button> buttonsOf(const Message &message, const ButtonChoice &choice)
{
    QList<Button> found;
    if (message.isDeleted || !message.keyboard.is_array())
        return found;
    for (const Json &row : message.keyboard) {
        for (const Json &button : row) {
            if (matches(button, choice))
                found.append({message.id,
                              core::textMember(button, "callback_data").value_or(QString()),
                              core::textMember(button, "url").value_or(QString())});
        }
    }
    return found;
}

Json commandEntities(const QString &text)
{
    if (!text.startsWith(u'/'))
        return Json::array();
    const qsizetype space = text.indexOf(u' ');
    return Json::array(
        {{{"type", "bot_command"}, {"offset", 0}, {"length", space < 0 ? text.size() : space}}});
}

} // namespace

ButtonChoice buttonChoiceFrom(const Json &description)
{
    const auto text = [&description](const char *name) {
        return core::textMember(description, name).value_or(QString());
    };
    return {.label = text("label"),
            .data = text("data"),
            .dataPrefix = text("data_prefix"),
            .dataSuffix = text("data_suffix"),
            .dataContains = text("data_contains"),
            .messageId = core::integerMember(description, "message_id"),
            .isRandom = core::boolMember(description, "random").value_or(false)};
}

UserSide::UserSide(World &world, Chats &chats, WebhookSender &sender)
    : m_world(world)
    , m_chats(chats)
    , m_sender(sender)
{
}

void UserSide::add(qint64 id, const QString &firstName, const QString &languageCode)
{
    m_chats.open(id, firstName, languageCode);
}

Result<Chat *> UserSide::chatOf(qint64 id)
{
    if (Chat *chat = m_chats.find(id))
        return chat;
    return failure({.code = ErrorCode::NotFound, .detail = QStringLiteral("no such user")});
}

Result<qint64> UserSide::say(qint64 id, const QString &text)
{
    Message message;
    message.text = text;
    message.entities = commandEntities(text);
    return write(id, std::move(message));
}

Result<qint64> UserSide::share(qint64 id, const QString &phoneNumber, qint64 userId)
{
    Message message;
    message.contact = SharedContact{.phoneNumber = phoneNumber, .userId = userId};
    return write(id, std::move(message));
}

bool UserSide::isAskedForContact(qint64 id, quint64 change)
{
    const Chat *chat = m_chats.find(id);
    return chat && std::any_of(chat->messages.cbegin(), chat->messages.cend(),
                               [change](const Message &message) {
                                   return message.asksForContact && message.change > change;
                               });
}

Result<qint64> UserSide::write(qint64 id, Message message)
{
    const auto chat = chatOf(id);
    if (!chat)
        return failure(chat.error());
    (*chat)->isStarted = true;
    const Message &said = m_chats.append(**chat, std::move(message));
    m_sender.enqueue({.kind = QStringLiteral("message"),
                      .queue = QStringLiteral("message:%1").arg(id),
                      .content = m_chats.toTelegram(**chat, said)});
    return said.id;
}

std::optional<Button> UserSide::findButton(qint64 id, const ButtonChoice &choice)
{
    Chat *chat = m_chats.find(id);
    if (!chat)
        return std::nullopt;
    for (auto message = chat->messages.crbegin(); message != chat->messages.crend(); ++message) {
        if ((choice.messageId && message->id != *choice.messageId) ||
            message->change <= choice.changedAfter)
            continue;
        const QList<Button> found = buttonsOf(*message, choice);
        if (found.isEmpty())
            continue;
        const auto count = static_cast<quint64>(found.size());
        return found[choice.isRandom ? static_cast<qsizetype>(m_world.random(count)) : 0];
    }
    return std::nullopt;
}

Result<Button> UserSide::tap(qint64 id, const ButtonChoice &choice)
{
    const auto chat = chatOf(id);
    if (!chat)
        return failure(chat.error());
    const auto button = findButton(id, choice);
    if (!button)
        return failure({.code = ErrorCode::NotFound, .detail = QStringLiteral("no such button")});
    // A button with a link opens a page: the bot is not told.
    if (button->url.isEmpty())
        sendTap(**chat, *button);
    return *button;
}

void UserSide::sendTap(Chat &chat, const Button &button)
{
    const QString queryId = QString::fromLatin1(m_world.randomText("0123456789", 18));
    m_chats.tapped(chat, queryId, button.data);
    Json content = {{"id", queryId},
                    {"from", Chats::user(chat)},
                    {"chat_instance", QString::number(chat.id * 7919)},
                    {"data", button.data}};
    if (const Message *message = Chats::message(chat, button.messageId))
        content["message"] = m_chats.toTelegram(chat, *message);
    m_sender.enqueue({.kind = QStringLiteral("callback_query"),
                      .queue = QStringLiteral("callback:%1").arg(chat.id),
                      .content = std::move(content),
                      .lifetime = kQueryLifetime});
}

Result<void> UserSide::setBlocked(qint64 id, bool isBlocked)
{
    const auto chat = chatOf(id);
    if (!chat)
        return failure(chat.error());
    if ((*chat)->isBlocked == isBlocked)
        return {};
    (*chat)->isBlocked = isBlocked;
    const auto member = [this](bool isKicked) -> Json {
        if (!isKicked)
            return {{"user", m_chats.botUser()}, {"status", "member"}};
        return {{"user", m_chats.botUser()}, {"status", "kicked"}, {"until_date", 0}}; // for ever
    };
    m_sender.enqueue({.kind = QStringLiteral("my_chat_member"),
                      .queue = QStringLiteral("member:%1").arg(id),
                      .content = {{"chat", Chats::chat(**chat)},
                                  {"from", Chats::user(**chat)},
                                  {"date", core::toMicros(m_world.scheduler.now()) / 1'000'000},
                                  {"old_chat_member", member(!isBlocked)},
                                  {"new_chat_member", member(isBlocked)}}});
    return {};
}

} // namespace simulator
