#include "telegram/content.h"
#include "telegram/telegram_api.h"

#include "providers/telegram/methods.h"

namespace simulator {

namespace {

constexpr std::chrono::seconds kQueryLifetime{150};
constexpr std::chrono::hours kDeletableFor{48};

BotAnswer tooMany(int seconds)
{
    BotAnswer answer =
        unlucky(429, QStringLiteral("Too Many Requests: retry after %1").arg(seconds));
    answer.retryAfter = seconds;
    return answer;
}

} // namespace

tl::expected<Chat *, BotAnswer> TelegramApi::chatOf(const Parameters &parameters)
{
    if (!parameters.has("chat_id"))
        return tl::unexpected(badRequest(QStringLiteral("chat_id is empty")));
    const auto id = parameters.integer("chat_id");
    Chat *chat = id ? m_chats.find(*id) : nullptr;
    if (!chat || !chat->isStarted)
        return tl::unexpected(badRequest(QStringLiteral("chat not found")));
    if (chat->isBlocked)
        return tl::unexpected(
            unlucky(403, QStringLiteral("Forbidden: bot was blocked by the user")));
    return chat;
}

std::optional<BotAnswer> TelegramApi::limited(Chat &chat)
{
    if (m_world.options.telegramRate == 0 && m_world.options.chatRate == 0)
        return std::nullopt;
    const Timestamp now = m_world.scheduler.now();
    const Options &options = m_world.options;
    if (const auto seconds = chat.bucket.take(now, options.chatRate, options.chatBurst))
        return tooMany(*seconds);
    if (const auto seconds = m_globalBucket.take(now, options.telegramRate, options.telegramRate))
        return tooMany(*seconds);
    return std::nullopt;
}

BotAnswer TelegramApi::success(const Chat &chat, const Message &message) const
{
    return accepted(m_chats.toTelegram(chat, message));
}

BotAnswer TelegramApi::send(Chat &chat, Message message)
{
    if (auto refusal = limited(chat))
        return *std::move(refusal);
    message.isFromBot = true;
    return success(chat, m_chats.append(chat, std::move(message)));
}

BotAnswer TelegramApi::sendMessage(const Parameters &parameters)
{
    const auto chat = chatOf(parameters);
    if (!chat)
        return chat.error();
    auto content = readText(parameters);
    if (!content)
        return badRequest(content.error().detail);
    auto keyboard = readKeyboard(parameters);
    if (!keyboard)
        return badRequest(keyboard.error().detail);
    Message message;
    message.text = std::move(content->text);
    message.entities = std::move(content->entities);
    message.keyboard = *std::move(keyboard);
    message.asksForContact = asksForContact(parameters);
    return send(**chat, std::move(message));
}

BotAnswer TelegramApi::sendPhoto(const Parameters &parameters)
{
    const auto chat = chatOf(parameters);
    if (!chat)
        return chat.error();
    QString part = QStringLiteral("photo");
    if (const QString named = parameters.text("photo"); named.startsWith(u"attach://"))
        part = named.mid(9);
    const UploadedFile *file = parameters.file(part);
    if (!file)
        return badRequest(QStringLiteral("there is no photo in the request"));
    if (file->bytes.size() > providers::telegram::kPhotoBytesMax)
        return badRequest(
            QStringLiteral("file of size %1 bytes is too big for a photo").arg(file->bytes.size()));
    const auto size = pngSize(file->bytes);
    if (!size)
        return badRequest(QStringLiteral("IMAGE_PROCESS_FAILED"));
    auto caption = readCaption(parameters);
    if (!caption)
        return badRequest(caption.error().detail);
    auto keyboard = readKeyboard(parameters);
    if (!keyboard)
        return badRequest(keyboard.error().detail);
    Message message;
    message.caption = std::move(caption->text);
    message.captionEntities = std::move(caption->entities);
    message.keyboard = *std::move(keyboard);
    message.photo = Photo{.fileId = "AgACAgQAAxkD" + QByteArray::number(++m_fileCount),
                          .width = size->width,
                          .height = size->height,
                          .bytes = file->bytes.size()};
    return send(**chat, std::move(message));
}

tl::expected<Message *, BotAnswer> TelegramApi::editable(Chat &chat, const Parameters &parameters)
{
    const auto id = parameters.integer("message_id");
    if (!id)
        return tl::unexpected(badRequest(QStringLiteral("message identifier is not specified")));
    Message *message = Chats::message(chat, *id);
    // In fast mode messages are soon forgotten: the newest stands in for what is gone.
    if (!message && m_world.options.isFast && !chat.messages.empty())
        message = &chat.messages.back();
    if (!message)
        return tl::unexpected(
            unlucky(400, QStringLiteral("Bad Request: message to edit not found")));
    if (!message->isFromBot)
        return tl::unexpected(badRequest(QStringLiteral("message can't be edited")));
    if (auto refusal = limited(chat))
        return tl::unexpected(*std::move(refusal));
    return message;
}

BotAnswer TelegramApi::edit(Chat &chat, Message &message, const Message &fresh)
{
    if (fresh.text == message.text && fresh.entities == message.entities &&
        fresh.caption == message.caption && fresh.captionEntities == message.captionEntities &&
        fresh.keyboard == message.keyboard)
        return unlucky(400, QStringLiteral("Bad Request: message is not modified: specified new "
                                           "message content and reply markup are exactly the same "
                                           "as a current content and reply markup of the message"));
    message = fresh;
    m_chats.changed(chat, message);
    return success(chat, message);
}

BotAnswer TelegramApi::editMessageText(const Parameters &parameters)
{
    const auto chat = chatOf(parameters);
    if (!chat)
        return chat.error();
    auto content = readText(parameters);
    if (!content)
        return badRequest(content.error().detail);
    auto keyboard = readKeyboard(parameters);
    if (!keyboard)
        return badRequest(keyboard.error().detail);
    const auto message = editable(**chat, parameters);
    if (!message)
        return message.error();
    if ((*message)->photo)
        return badRequest(QStringLiteral("there is no text in the message to edit"));
    Message fresh = **message;
    fresh.text = std::move(content->text);
    fresh.entities = std::move(content->entities);
    fresh.keyboard = *std::move(keyboard);
    return edit(**chat, **message, fresh);
}

BotAnswer TelegramApi::editMessageCaption(const Parameters &parameters)
{
    const auto chat = chatOf(parameters);
    if (!chat)
        return chat.error();
    auto caption = readCaption(parameters);
    if (!caption)
        return badRequest(caption.error().detail);
    auto keyboard = readKeyboard(parameters);
    if (!keyboard)
        return badRequest(keyboard.error().detail);
    const auto message = editable(**chat, parameters);
    if (!message)
        return message.error();
    if (!(*message)->photo)
        return badRequest(QStringLiteral("there is no caption in the message to edit"));
    Message fresh = **message;
    fresh.caption = std::move(caption->text);
    fresh.captionEntities = std::move(caption->entities);
    fresh.keyboard = *std::move(keyboard);
    return edit(**chat, **message, fresh);
}

BotAnswer TelegramApi::editMessageReplyMarkup(const Parameters &parameters)
{
    const auto chat = chatOf(parameters);
    if (!chat)
        return chat.error();
    auto keyboard = readKeyboard(parameters);
    if (!keyboard)
        return badRequest(keyboard.error().detail);
    const auto message = editable(**chat, parameters);
    if (!message)
        return message.error();
    Message fresh = **message;
    fresh.keyboard = *std::move(keyboard);
    return edit(**chat, **message, fresh);
}

BotAnswer TelegramApi::deleteMessage(const Parameters &parameters)
{
    const auto chat = chatOf(parameters);
    if (!chat)
        return chat.error();
    Message *message = Chats::message(**chat, parameters.integer("message_id").value_or(0));
    if (!message)
        return unlucky(400, QStringLiteral("Bad Request: message to delete not found"));
    const auto age = m_world.scheduler.now() - Timestamp(std::chrono::seconds(message->date));
    if (age > kDeletableFor)
        return unlucky(400, QStringLiteral("Bad Request: message can't be deleted"));
    message->isDeleted = true;
    m_chats.changed(**chat, *message);
    return accepted(true);
}

BotAnswer TelegramApi::answerCallbackQuery(const Parameters &parameters)
{
    const QString text = parameters.text("text");
    if (text.size() > providers::telegram::kCallbackAnswerUnitsMax)
        return badRequest(QStringLiteral("MESSAGE_TOO_LONG"));
    Tap *tap = m_chats.tap(parameters.text("callback_query_id"));
    if (m_world.options.isFast && !tap)
        return accepted(true);
    const bool isLate = tap && m_world.scheduler.now() - tap->at > kQueryLifetime;
    if (!tap || isLate || tap->isAnswered)
        return unlucky(400, QStringLiteral("Bad Request: query is too old and response timeout "
                                           "expired or query ID is invalid"));
    tap->isAnswered = true;
    tap->answer = text;
    return accepted(true);
}

BotAnswer TelegramApi::sendChatAction(const Parameters &parameters)
{
    static const QStringList kActions = {
        QStringLiteral("typing"),        QStringLiteral("upload_photo"),
        QStringLiteral("record_voice"),  QStringLiteral("upload_voice"),
        QStringLiteral("record_video"),  QStringLiteral("upload_video"),
        QStringLiteral("find_location"), QStringLiteral("upload_document"),
        QStringLiteral("choose_sticker")};
    const auto chat = chatOf(parameters);
    if (!chat)
        return chat.error();
    if (!kActions.contains(parameters.text("action")))
        return badRequest(QStringLiteral("wrong parameter action in request"));
    return accepted(true);
}

} // namespace simulator
