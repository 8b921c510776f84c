#include "telegram/telegram_api.h"

#include <QRegularExpression>

namespace simulator {

namespace {

constexpr int kSecretCharactersMax = 256;
constexpr int kConnectionsDefault = 40;
constexpr int kConnectionsMax = 100;
constexpr size_t kCommandsMax = 100;

/// Empty: may be used.
QString checkSecret(const QString &secret)
{
    static const QRegularExpression kAllowed(QStringLiteral("^[A-Za-z0-9_-]*$"));
    if (secret.size() > kSecretCharactersMax)
        return QStringLiteral("secret token is too long");
    if (!kAllowed.match(secret).hasMatch())
        return QStringLiteral("secret token contains unallowed characters");
    return {};
}

/// Empty: may be used.
QString checkHook(const QUrl &url, const World &world)
{
    static const QList<int> kPorts = {443, 80, 88, 8443};
    const bool isHttps = url.scheme() == u"https";
    if (!isHttps && !(world.options.allowsHttpHooks && url.scheme() == u"http"))
        return QStringLiteral("bad webhook: An HTTPS URL must be provided for webhook");
    if (!world.options.allowsHttpHooks && !kPorts.contains(url.port(443)))
        return QStringLiteral(
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
    if (!world.isAllowedHook(url))
        return QStringLiteral("bad webhook: Failed to resolve host: Name or service not known");
    return {};
}

/// A malformed list or one without a known name acts as if it were missing or the default.
std::optional<QStringList> readKinds(const Parameters &parameters)
{
    static const QStringList kKnown = {
        QStringLiteral("message"),        QStringLiteral("edited_message"),
        QStringLiteral("callback_query"), QStringLiteral("my_chat_member"),
        QStringLiteral("subscription"),   QStringLiteral("pre_checkout_query")};
    const Json list = parameters.structure("allowed_updates");
    if (!list.is_array())
        return std::nullopt;
    QStringList kinds;
    for (const Json &kind : list) {
        if (!kind.is_string())
            return std::nullopt;
        const QString name = QString::fromStdString(kind.get_ref<const std::string &>());
        if (kKnown.contains(name))
            kinds.append(name);
    }
    return kinds;
}

} // namespace

BotAnswer TelegramApi::getMe(const Parameters &)
{
    Json me = m_chats.botUser();
    for (const char *ability :
         {"can_join_groups", "can_read_all_group_messages", "supports_inline_queries",
          "can_connect_to_business", "has_main_web_app", "has_topics_enabled",
          "allows_users_to_create_topics", "can_manage_bots", "supports_join_request_queries"})
        me[ability] = false;
    return accepted(std::move(me));
}

tl::expected<WebhookSettings, BotAnswer>
TelegramApi::readWebhook(const Parameters &parameters) const
{
    const QUrl url(parameters.text("url"), QUrl::StrictMode);
    if (!url.isValid())
        return tl::unexpected(badRequest(QStringLiteral("bad webhook: URL host is empty")));
    if (const QString wrong = checkHook(url, m_world); !wrong.isEmpty())
        return tl::unexpected(badRequest(wrong));
    const QString secret = parameters.text("secret_token");
    if (const QString wrong = checkSecret(secret); !wrong.isEmpty())
        return tl::unexpected(badRequest(wrong));
    WebhookSettings settings;
    settings.url = url;
    settings.secret = secret.toLatin1();
    const qint64 connections = parameters.integer("max_connections").value_or(kConnectionsDefault);
    settings.maxConnections = static_cast<int>(std::clamp<qint64>(connections, 1, kConnectionsMax));
    settings.allowedUpdates = readKinds(parameters).value_or(m_sender.settings().allowedUpdates);
    return settings;
}

BotAnswer TelegramApi::setWebhook(const Parameters &parameters)
{
    if (parameters.text("url").isEmpty())
        return deleteWebhook(parameters);
    const auto settings = readWebhook(parameters);
    if (!settings)
        return settings.error();
    if (parameters.boolean("drop_pending_updates"))
        m_sender.dropPending();
    else if (*settings == m_sender.settings())
        return accepted(true, QStringLiteral("Webhook is already set"));
    const double rate = m_world.options.telegramRate == 0 ? 0 : 1;
    if (const auto seconds = m_webhookBucket.take(m_world.scheduler.now(), rate, 1)) {
        BotAnswer answer =
            unlucky(429, QStringLiteral("Too Many Requests: retry after %1").arg(*seconds));
        answer.retryAfter = seconds;
        return answer;
    }
    m_sender.set(*settings);
    return accepted(true, QStringLiteral("Webhook was set"));
}

BotAnswer TelegramApi::deleteWebhook(const Parameters &parameters)
{
    if (parameters.boolean("drop_pending_updates"))
        m_sender.dropPending();
    if (m_sender.settings().url.isEmpty())
        return accepted(true, QStringLiteral("Webhook is already deleted"));
    m_sender.set({});
    return accepted(true, QStringLiteral("Webhook was deleted"));
}

BotAnswer TelegramApi::getWebhookInfo(const Parameters &)
{
    return accepted(m_sender.info());
}

BotAnswer TelegramApi::setMyCommands(const Parameters &parameters)
{
    static const QRegularExpression kName(QStringLiteral("^[a-z0-9_]{1,32}$"));
    static const QRegularExpression kLanguage(QStringLiteral("^([a-z]{2})?$"));
    const Json commands = parameters.structure("commands");
    if (!commands.is_array())
        return badRequest(QStringLiteral("can't parse commands: expected an Array of BotCommand"));
    if (commands.size() > kCommandsMax)
        return badRequest(QStringLiteral("BOT_COMMANDS_TOO_MUCH"));
    for (const Json &command : commands) {
        const QString name = core::textMember(command, "command").value_or(QString());
        const QString about = core::textMember(command, "description").value_or(QString());
        if (!kName.match(name).hasMatch())
            return badRequest(QStringLiteral("BOT_COMMAND_INVALID"));
        if (about.isEmpty() || about.size() > 256)
            return badRequest(QStringLiteral("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    if (!kLanguage.match(parameters.text("language_code")).hasMatch())
        return badRequest(QStringLiteral("invalid language code specified"));
    return accepted(true);
}

} // namespace simulator
