#include "telegram/telegram_api.h"

#include "core/crypto.h"

namespace simulator {

namespace {

const QString kProvider = QStringLiteral("telegram");

QByteArray envelope(const BotAnswer &answer)
{
    Json json = {{"ok", answer.status == 200}};
    if (answer.status == 200)
        json["result"] = answer.result;
    else
        json["error_code"] = answer.status;
    if (!answer.description.isEmpty())
        json["description"] = answer.description;
    if (answer.retryAfter)
        json["parameters"] = {{"retry_after", *answer.retryAfter}};
    return core::toBytes(json);
}

http::Response toHttp(const BotAnswer &answer)
{
    http::Response response = {.status = answer.status, .body = envelope(answer)};
    if (answer.retryAfter)
        response.headers.append({"Retry-After", QByteArray::number(*answer.retryAfter)});
    return response;
}

QString phraseOf(int status)
{
    static const QHash<int, QString> kPhrases = {
        {400, QStringLiteral("Bad Request")}, {401, QStringLiteral("Unauthorized")},
        {403, QStringLiteral("Forbidden")},   {404, QStringLiteral("Not Found")},
        {409, QStringLiteral("Conflict")},    {500, QStringLiteral("Internal Server Error")},
        {502, QStringLiteral("Bad Gateway")}, {429, QStringLiteral("Too Many Requests")},
    };
    return kPhrases.value(status, QStringLiteral("Error"));
}

QByteArray faultBody(int status, std::optional<int> retryAfter)
{
    BotAnswer answer = unlucky(status, phraseOf(status));
    if (retryAfter)
        answer.description += QStringLiteral(": retry after %1").arg(*retryAfter);
    answer.retryAfter = retryAfter;
    return envelope(answer);
}

} // namespace

BotAnswer accepted(Json result, const QString &description)
{
    return {.status = 200,
            .result = std::move(result),
            .description = description,
            .retryAfter = {},
            .isCallersFault = false};
}

BotAnswer badRequest(const QString &words)
{
    BotAnswer answer = unlucky(400, QStringLiteral("Bad Request: ") + words);
    answer.isCallersFault = true;
    return answer;
}

BotAnswer unlucky(int status, const QString &description)
{
    return {.status = status,
            .result = nullptr,
            .description = description,
            .retryAfter = {},
            .isCallersFault = false};
}

TelegramApi::TelegramApi(World &world, Chats &chats, WebhookSender &sender)
    : m_world(world)
    , m_chats(chats)
    , m_sender(sender)
{
    m_sender.setMethodCall([this](const Json &parameters) {
        const QString name = core::textMember(parameters, "method").value_or(QString()).toLower();
        const bool isIgnored = name.startsWith(u"get") || name.endsWith(u"webhook");
        if (!isIgnored && methods().contains(name))
            static_cast<void>(call(name, Parameters::of(parameters)));
    });
}

const QHash<QString, std::pair<QString, TelegramApi::Method>> &TelegramApi::methods()
{
    static const auto all = [] {
        QHash<QString, std::pair<QString, Method>> table;
        const auto add = [&table](const QString &name, Method method) {
            table.insert(name.toLower(), {name, method});
        };
        add(QStringLiteral("getMe"), &TelegramApi::getMe);
        add(QStringLiteral("setWebhook"), &TelegramApi::setWebhook);
        add(QStringLiteral("deleteWebhook"), &TelegramApi::deleteWebhook);
        add(QStringLiteral("getWebhookInfo"), &TelegramApi::getWebhookInfo);
        add(QStringLiteral("setMyCommands"), &TelegramApi::setMyCommands);
        add(QStringLiteral("sendMessage"), &TelegramApi::sendMessage);
        add(QStringLiteral("sendPhoto"), &TelegramApi::sendPhoto);
        add(QStringLiteral("editMessageText"), &TelegramApi::editMessageText);
        add(QStringLiteral("editMessageCaption"), &TelegramApi::editMessageCaption);
        add(QStringLiteral("editMessageReplyMarkup"), &TelegramApi::editMessageReplyMarkup);
        add(QStringLiteral("deleteMessage"), &TelegramApi::deleteMessage);
        add(QStringLiteral("answerCallbackQuery"), &TelegramApi::answerCallbackQuery);
        add(QStringLiteral("sendChatAction"), &TelegramApi::sendChatAction);
        return table;
    }();
    return all;
}

bool TelegramApi::handle(const http::Request &request, const http::Reply &reply)
{
    const QByteArray path = QByteArray::fromPercentEncoding(request.path);
    if (!path.startsWith("/bot"))
        return false;
    const qsizetype slash = path.indexOf('/', 4);
    const QByteArray token = path.mid(4, slash - 4);
    const QString name = slash < 0 ? QString() : QString::fromUtf8(path.mid(slash + 1)).toLower();
    if (!core::equalInConstantTime(token, m_world.options.botToken)) {
        m_world.violation(kProvider, name, QStringLiteral("a token that is not the bot's"));
        reply.send(toHttp(unlucky(401, QStringLiteral("Unauthorized"))));
        return true;
    }
    if (request.method != "GET" && request.method != "POST") {
        reply.send(toHttp(unlucky(405, QStringLiteral("Method Not Allowed"))));
        return true;
    }
    const Faults::Outcome outcome =
        m_world.faults.answer(QStringLiteral("telegram.") + name, reply, faultBody,
                              [this, &name, &request] { return run(name, request); });
    if (outcome.isFault && !outcome.isApplied)
        record(name, Parameters(), unlucky(outcome.status, QStringLiteral("fault")));
    else if (outcome.isFault && !m_calls.empty())
        m_calls.back().status = outcome.status;
    return true;
}

http::Response TelegramApi::run(const QString &name, const http::Request &request)
{
    const auto parameters = Parameters::read(request);
    if (!parameters) {
        m_world.violation(kProvider, name, parameters.error().detail);
        return toHttp(badRequest(parameters.error().detail));
    }
    return toHttp(call(name, *parameters));
}

BotAnswer TelegramApi::call(const QString &name, const Parameters &parameters)
{
    const auto method = methods().constFind(name);
    BotAnswer answer = unlucky(404, QStringLiteral("Not Found: method not found"));
    answer.isCallersFault = true;
    if (method != methods().cend())
        answer = (this->*method->second)(parameters);
    if (answer.isCallersFault)
        m_world.violation(kProvider, name, answer.description);
    record(name, parameters, answer);
    return answer;
}

void TelegramApi::record(const QString &name, const Parameters &parameters, const BotAnswer &answer)
{
    ++m_callCount;
    if (m_world.options.callLogMax == 0)
        return;
    const auto method = methods().constFind(name);
    m_calls.push_back({.number = m_callCount,
                       .at = m_world.scheduler.now(),
                       .method = method == methods().cend() ? name : method->first,
                       .parameters = parameters.forLog(),
                       .status = answer.status,
                       .description = answer.description});
    if (m_calls.size() > static_cast<size_t>(m_world.options.callLogMax))
        m_calls.pop_front();
}

Json TelegramApi::calls(const QString &method, quint64 after) const
{
    Json list = Json::array();
    for (const Call &call : m_calls) {
        if (call.number <= after ||
            (!method.isEmpty() && call.method.compare(method, Qt::CaseInsensitive) != 0))
            continue;
        list.push_back({{"n", call.number},
                        {"at", core::toIso(call.at)},
                        {"method", call.method},
                        {"parameters", call.parameters},
                        {"status", call.status},
                        {"description", call.description}});
    }
    return {{"count", m_callCount}, {"calls", std::move(list)}};
}

} // namespace simulator
