#include "customers/messenger.h"

namespace customers {

namespace {

QString chatLane(const Customer &customer)
{
    return QStringLiteral("chat:%1").arg(customer.id.value);
}

queue::NewMessage toTelegram(const QString &method, const QString &lane, Json payload)
{
    queue::NewMessage message;
    message.provider = queue::Provider::Telegram;
    message.method = method;
    message.lane = lane;
    message.payload = std::move(payload);
    return message;
}

} // namespace

Messenger::Messenger(std::shared_ptr<const language::Catalogue> catalogue)
    : m_catalogue(std::move(catalogue))
{
}

Result<Json> Messenger::keyboardOf(const Customer &to, const Keyboard &keyboard) const
{
    Json rows = Json::array();
    for (const QList<Button> &line : keyboard) {
        Json row = Json::array();
        for (const Button &button : line) {
            QString label;
            if (const auto *data = std::get_if<DataLabel>(&button.label)) {
                label = data->text;
            } else {
                const auto rendered =
                    m_catalogue->renderPlain(std::get<language::Text>(button.label), to.language);
                if (!rendered)
                    return failure(rendered.error());
                label = rendered->text;
            }
            Json made = {{"text", label}};
            if (!button.url.isEmpty())
                made["url"] = button.url;
            else if (!button.copyText.isEmpty())
                made["copy_text"] = {{"text", button.copyText}};
            else
                made["callback_data"] = button.data;
            row.push_back(std::move(made));
        }
        rows.push_back(std::move(row));
    }
    return Json{{"inline_keyboard", std::move(rows)}};
}

Result<Json> Messenger::markupOf(const Customer &to, const Message &message) const
{
    if (!message.contactButton)
        return keyboardOf(to, message.keyboard);
    const auto label = m_catalogue->renderPlain(*message.contactButton, to.language);
    if (!label)
        return failure(label.error());
    return Json{
        {"keyboard",
         Json::array({Json::array({Json{{"text", label->text}, {"request_contact", true}}})})},
        {"resize_keyboard", true},
        {"one_time_keyboard", true}};
}

Result<Json> Messenger::parametersOf(const Customer &to, const Message &message,
                                     const char *textMember) const
{
    QStringList texts;
    for (const language::Text &part : message.parts) {
        const auto rendered = m_catalogue->render(part, to.language);
        if (!rendered)
            return failure(rendered.error());
        texts << rendered->text;
    }
    auto keyboard = markupOf(to, message);
    if (!keyboard)
        return failure(keyboard.error());
    return Json{{"chat_id", to.id.value},
                {textMember, texts.join(message.separator)},
                {"parse_mode", "HTML"},
                {"reply_markup", std::move(*keyboard)}};
}

Json Messenger::payloadOf(const Customer &to, Json parameters, const Message &message) const
{
    Json texts = Json::array();
    for (const language::Text &part : message.parts)
        texts.push_back(language::toJson(part));
    return {{"v", 1},
            {"parameters", std::move(parameters)},
            {"texts", std::move(texts)},
            {"language", to.language},
            {"catalogue", m_catalogue->version()}};
}

Result<OutboxId> Messenger::send(engine::Context &context, const Customer &to,
                                 const Message &message) const
{
    if (!to.isReachable)
        return OutboxId{};
    auto parameters = parametersOf(to, message, "text");
    if (!parameters)
        return failure(parameters.error());
    return context.send(toTelegram(QStringLiteral("sendMessage"), chatLane(to),
                                   payloadOf(to, std::move(*parameters), message)));
}

Result<OutboxId> Messenger::sendQrPicture(engine::Context &context, const Customer &to,
                                          const QString &qrContent, const Message &caption) const
{
    if (!to.isReachable)
        return OutboxId{};
    auto parameters = parametersOf(to, caption, "caption");
    if (!parameters)
        return failure(parameters.error());
    Json payload = payloadOf(to, std::move(*parameters), caption);
    payload["qr"] = qrContent;
    return context.send(toTelegram(QStringLiteral("sendPhoto"), chatLane(to), std::move(payload)));
}

Result<void> Messenger::edit(engine::Context &context, const Customer &to, MessageRef which,
                             const Message &message) const
{
    return change(context, to, which, message, false);
}

Result<void> Messenger::editCaption(engine::Context &context, const Customer &to, MessageRef which,
                                    const Message &message) const
{
    return change(context, to, which, message, true);
}

Result<void> Messenger::change(engine::Context &context, const Customer &to, MessageRef which,
                               const Message &message, bool isCaption) const
{
    if (!to.isReachable)
        return {};
    auto parameters = parametersOf(to, message, isCaption ? "caption" : "text");
    if (!parameters)
        return failure(parameters.error());
    QString supersedes;
    Json payload;
    if (const auto *ours = std::get_if<OutboxId>(&which)) {
        payload = payloadOf(to, std::move(*parameters), message);
        payload["edit_of"] = ours->value;
        supersedes = QStringLiteral("ours:%1").arg(ours->value);
    } else {
        (*parameters)["message_id"] = std::get<qint64>(which);
        payload = payloadOf(to, std::move(*parameters), message);
        supersedes = QStringLiteral("theirs:%1").arg(std::get<qint64>(which));
    }
    queue::NewMessage edit = toTelegram(isCaption ? QStringLiteral("editMessageCaption")
                                                  : QStringLiteral("editMessageText"),
                                        chatLane(to), std::move(payload));
    edit.supersedeKey = supersedes;
    const auto sent = context.send(std::move(edit));
    if (!sent)
        return failure(sent.error());
    return {};
}

Result<void> Messenger::answerTap(engine::Context &context, const QString &callbackQueryId) const
{
    // A lane of its own: an answer is only useful for seconds and must not wait behind messages.
    const auto sent = context.send(
        toTelegram(QStringLiteral("answerCallbackQuery"), QStringLiteral("tap:") + callbackQueryId,
                   {{"v", 1}, {"parameters", {{"callback_query_id", callbackQueryId}}}}));
    if (!sent)
        return failure(sent.error());
    return {};
}

} // namespace customers
