#pragma once

#include "telegram/chats.h"
#include "telegram/parameters.h"
#include "telegram/webhook_sender.h"

namespace simulator {

/// What a call of the Bot API comes to.
struct BotAnswer {
    int status = 200;
    Json result;
    QString description;
    std::optional<int> retryAfter;
    bool isCallersFault = false; // counts as a violation
};

/// The Bot API, as strict as the true one.
class TelegramApi final {
public:
    TelegramApi(World &world, Chats &chats, WebhookSender &sender);

    /// False: not a path of the Bot API.
    [[nodiscard]] bool handle(const http::Request &request, const http::Reply &reply);
    /// The newest calls, oldest first; `method` empty: all.
    [[nodiscard]] Json calls(const QString &method, quint64 after) const;

private:
    using Method = BotAnswer (TelegramApi::*)(const Parameters &);
    struct Call {
        quint64 number = 0;
        Timestamp at;
        QString method;
        Json parameters;
        int status = 0;
        QString description;
    };

    [[nodiscard]] static const QHash<QString, std::pair<QString, Method>> &methods();
    [[nodiscard]] http::Response run(const QString &name, const http::Request &request);
    [[nodiscard]] BotAnswer call(const QString &name, const Parameters &parameters);
    void record(const QString &name, const Parameters &parameters, const BotAnswer &answer);

    BotAnswer getMe(const Parameters &parameters);
    BotAnswer setWebhook(const Parameters &parameters);
    BotAnswer deleteWebhook(const Parameters &parameters);
    BotAnswer getWebhookInfo(const Parameters &parameters);
    BotAnswer setMyCommands(const Parameters &parameters);
    BotAnswer sendMessage(const Parameters &parameters);
    BotAnswer sendPhoto(const Parameters &parameters);
    BotAnswer editMessageText(const Parameters &parameters);
    BotAnswer editMessageCaption(const Parameters &parameters);
    BotAnswer editMessageReplyMarkup(const Parameters &parameters);
    BotAnswer deleteMessage(const Parameters &parameters);
    BotAnswer answerCallbackQuery(const Parameters &parameters);
    BotAnswer sendChatAction(const Parameters &parameters);

    [[nodiscard]] tl::expected<WebhookSettings, BotAnswer>
    readWebhook(const Parameters &parameters) const;
    [[nodiscard]] tl::expected<Chat *, BotAnswer> chatOf(const Parameters &parameters);
    [[nodiscard]] std::optional<BotAnswer> limited(Chat &chat);
    /// The bot's own message to edit, after the rate limits have let the edit through.
    [[nodiscard]] tl::expected<Message *, BotAnswer> editable(Chat &chat,
                                                              const Parameters &parameters);
    [[nodiscard]] BotAnswer send(Chat &chat, Message message);
    [[nodiscard]] BotAnswer edit(Chat &chat, Message &message, const Message &fresh);
    [[nodiscard]] BotAnswer success(const Chat &chat, const Message &message) const;

    World &m_world;
    Chats &m_chats;
    WebhookSender &m_sender;
    TokenBucket m_globalBucket;
    TokenBucket m_webhookBucket;
    quint64 m_callCount = 0;
    quint64 m_fileCount = 0;
    std::deque<Call> m_calls;
};

[[nodiscard]] BotAnswer accepted(Json result, const QString &description = {});
/// A request that is wrong: "Bad Request: " and `words`.
[[nodiscard]] BotAnswer badRequest(const QString &words);
/// A request that is right, but circumstances are against it.
[[nodiscard]] BotAnswer unlucky(int status, const QString &description);

} // namespace simulator
