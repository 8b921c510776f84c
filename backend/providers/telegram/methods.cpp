#include "providers/telegram/methods.h"

#include "core/crypto.h"
#include "providers/telegram/html.h"

#include <QRegularExpression>
#include <QUrl>

namespace providers::telegram {

namespace {

constexpr qsizetype kCommandsMax = 100;
constexpr qsizetype kDescriptionUnitsMax = 256;
constexpr int kConnectionsMax = 100;

tl::unexpected<Error> refused(const QString &why)
{
    return failure({.code = ErrorCode::BadInput, .detail = why});
}

/// What Telegram would say against the text; empty: nothing.
QString problemOf(const QString &html, qsizetype unitsMax, bool mayBeEmpty)
{
    if (html.toUtf8().size() > kTextBytesMax)
        return QStringLiteral("text of more than %1 bytes").arg(kTextBytesMax);
    const auto parsed = parseHtml(html);
    if (!parsed)
        return QStringLiteral("can't parse entities: ") + parsed.error().detail;
    if (parsed->text.trimmed().isEmpty() && !mayBeEmpty)
        return QStringLiteral("empty text");
    if (parsed->text.size() > unitsMax)
        return QStringLiteral("text of %1 characters, at most %2")
            .arg(parsed->text.size())
            .arg(unitsMax);
    return {};
}

QString problemOf(const Button &button)
{
    if (button.label.trimmed().isEmpty())
        return QStringLiteral("button without a label");
    if (button.callbackData.isEmpty() == button.url.isEmpty())
        return QStringLiteral("button with no action or with two");
    if (button.callbackData.toUtf8().size() > kCallbackDataBytesMax)
        return QStringLiteral("callback data of more than %1 bytes").arg(kCallbackDataBytesMax);
    const QString scheme = QUrl(button.url).scheme();
    static const QStringList schemes = {QStringLiteral("https"), QStringLiteral("http"),
                                        QStringLiteral("tg")};
    if (!button.url.isEmpty() && !schemes.contains(scheme))
        return QStringLiteral("button with an address that is none");
    return {};
}

Result<Json> keyboardJson(const Keyboard &keyboard)
{
    if (keyboard.size() > kKeyboardRowsMax)
        return refused(QStringLiteral("keyboard of more than %1 rows").arg(kKeyboardRowsMax));
    Json rows = Json::array();
    for (const QList<Button> &row : keyboard) {
        if (row.isEmpty() || row.size() > kKeyboardColumnsMax)
            return refused(QStringLiteral("keyboard row of %1 buttons").arg(row.size()));
        Json cells = Json::array();
        for (const Button &button : row) {
            if (const QString problem = problemOf(button); !problem.isEmpty())
                return refused(problem);
            Json cell = {{"text", button.label}};
            if (button.url.isEmpty())
                cell["callback_data"] = button.callbackData;
            else
                cell["url"] = button.url;
            cells.push_back(std::move(cell));
        }
        rows.push_back(std::move(cells));
    }
    return Json{{"inline_keyboard", std::move(rows)}};
}

/// `parameters` with the keyboard, unless there is none.
Result<Json> withKeyboard(Json parameters, const Keyboard &keyboard)
{
    if (keyboard.isEmpty())
        return parameters;
    auto markup = keyboardJson(keyboard);
    if (!markup)
        return failure(markup.error());
    parameters["reply_markup"] = *std::move(markup);
    return parameters;
}

} // namespace

Result<Json> sendMessage(const SendMessage &message)
{
    if (const QString problem = problemOf(message.html, kTextUnitsMax, false); !problem.isEmpty())
        return refused(problem);
    return withKeyboard({{"chat_id", message.chatId},
                         {"text", message.html},
                         {"parse_mode", "HTML"},
                         {"link_preview_options", {{"is_disabled", true}}}},
                        message.keyboard);
}

Result<Json> editMessageText(const EditMessageText &edit)
{
    if (const QString problem = problemOf(edit.html, kTextUnitsMax, false); !problem.isEmpty())
        return refused(problem);
    return withKeyboard({{"chat_id", edit.chatId},
                         {"message_id", edit.messageId},
                         {"text", edit.html},
                         {"parse_mode", "HTML"},
                         {"link_preview_options", {{"is_disabled", true}}}},
                        edit.keyboard);
}

Result<Json> sendPhoto(const SendPhoto &photo)
{
    if (const QString problem = problemOf(photo.captionHtml, kCaptionUnitsMax, true);
        !problem.isEmpty())
        return refused(problem);
    Json parameters = {{"chat_id", photo.chatId}};
    if (!photo.captionHtml.isEmpty()) {
        parameters["caption"] = photo.captionHtml;
        parameters["parse_mode"] = "HTML";
    }
    return withKeyboard(std::move(parameters), photo.keyboard);
}

Result<Json> answerCallbackQuery(const AnswerCallbackQuery &answer)
{
    if (answer.queryId.isEmpty() || answer.text.size() > kCallbackAnswerUnitsMax)
        return refused(QStringLiteral("callback answer without an id or above %1 characters")
                           .arg(kCallbackAnswerUnitsMax));
    Json parameters = {{"callback_query_id", answer.queryId}};
    if (!answer.text.isEmpty()) {
        parameters["text"] = answer.text;
        parameters["show_alert"] = answer.isAlert;
    }
    return parameters;
}

Result<Json> setMyCommands(const SetMyCommands &request)
{
    static const QRegularExpression name(QStringLiteral("\\A[a-z0-9_]{1,32}\\z"));
    static const QRegularExpression language(QStringLiteral("\\A([a-z]{2})?\\z"));
    if (request.commands.size() > kCommandsMax || !language.match(request.languageCode).hasMatch())
        return refused(QStringLiteral("too many commands, or a language that is not two letters"));
    Json commands = Json::array();
    for (const CommandText &command : request.commands) {
        if (!name.match(command.name).hasMatch() || command.description.isEmpty() ||
            command.description.size() > kDescriptionUnitsMax)
            return refused(
                QStringLiteral("command %1 has a wrong name or description").arg(command.name));
        commands.push_back({{"command", command.name}, {"description", command.description}});
    }
    Json parameters = {{"commands", std::move(commands)}};
    if (!request.languageCode.isEmpty())
        parameters["language_code"] = request.languageCode;
    return parameters;
}

Result<Json> setWebhook(const SetWebhook &request)
{
    static const QRegularExpression secret(QStringLiteral("\\A[A-Za-z0-9_-]{1,256}\\z"));
    if (!request.secretToken.isEmpty() && !secret.match(request.secretToken).hasMatch())
        return refused(QStringLiteral("webhook secret with other characters than A-Z a-z 0-9 _ -"));
    if (request.maxConnections < 1 || request.maxConnections > kConnectionsMax)
        return refused(QStringLiteral("webhook with %1 connections").arg(request.maxConnections));
    Json parameters = {{"url", request.url}, {"max_connections", request.maxConnections}};
    if (!request.secretToken.isEmpty())
        parameters["secret_token"] = request.secretToken;
    if (!request.allowedUpdates.isEmpty()) {
        Json &allowed = parameters["allowed_updates"] = Json::array();
        for (const QString &kind : request.allowedUpdates)
            allowed.push_back(kind);
    }
    return parameters;
}

Json getWebhookInfo()
{
    return Json::object();
}

Multipart toMultipart(const Json &parameters, const FilePart &file)
{
    const QByteArray digest = core::sha256(core::toBytes(parameters) + '\0' + file.bytes);
    const QByteArray boundary = "speechcad-" + digest.toHex().left(32);
    Multipart multipart;
    multipart.contentType = "multipart/form-data; boundary=" + boundary;
    for (const auto &[name, value] : parameters.items()) {
        // In multipart a text stands as it is, and everything else as JSON.
        const QByteArray text =
            value.is_string() ? QByteArray::fromStdString(value.get_ref<const std::string &>())
                              : core::toBytes(value);
        multipart.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" +
                          QByteArray::fromStdString(name) + "\"\r\n\r\n" + text + "\r\n";
    }
    multipart.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + file.field +
                      "\"; filename=\"" + file.fileName +
                      "\"\r\nContent-Type: " + file.contentType + "\r\n\r\n" + file.bytes +
                      "\r\n--" + boundary + "--\r\n";
    return multipart;
}

} // namespace providers::telegram
