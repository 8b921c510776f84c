#include "delivery/telegram_sender.h"

#include "core/assert.h"
#include "delivery/method_table.h"
#include "delivery/qr_picture.h"
#include "providers/telegram/methods.h"

namespace delivery {

namespace {

bool isEdit(const QString &method)
{
    return method == QLatin1String("editMessageText") ||
           method == QLatin1String("editMessageCaption");
}

/// The message that an outbox row became; absent: it failed, or is not known any more.
Result<std::optional<qint64>> messageOf(database::Transaction &transaction, OutboxId row)
{
    const auto answer = queue::answerOf(transaction, row);
    if (!answer)
        return failure(answer.error());
    return *answer ? core::integerMember(**answer, "message_id") : std::nullopt;
}

} // namespace

qint64 TelegramCall::editedMessage() const
{
    return isEdit(method) ? core::integerMember(parameters, "message_id").value_or(0) : 0;
}

QString TelegramCall::scope() const
{
    const auto chat = core::integerMember(parameters, "chat_id");
    return chat ? QString::number(*chat) : method;
}

Result<TelegramCall> telegramCall(database::Transaction &transaction, const queue::OutboxHead &head)
{
    const Json *parameters = core::member(head.payload, "parameters");
    if (!parameters || !parameters->is_object())
        return failure(
            {.code = ErrorCode::BadInput, .detail = QStringLiteral("payload without parameters")});
    TelegramCall call{.method = head.method,
                      .parameters = *parameters,
                      .qr = core::textMember(head.payload, "qr").value_or(QString())};
    const auto editOf = core::integerMember(head.payload, "edit_of");
    if (!editOf || !isEdit(call.method))
        return call;
    const auto message = messageOf(transaction, OutboxId{*editOf});
    if (!message)
        return failure(message.error());
    if (!*message)
        return asNewMessage(std::move(call));
    call.parameters["message_id"] = **message;
    return call;
}

TelegramCall asNewMessage(TelegramCall edit)
{
    edit.parameters.erase("message_id");
    if (const auto caption = core::textMember(edit.parameters, "caption")) {
        edit.parameters["text"] = *caption;
        edit.parameters.erase("caption");
    }
    edit.method = QStringLiteral("sendMessage");
    return edit;
}

Result<HttpRequest> telegramRequest(const TelegramAccess &access, const TelegramCall &call)
{
    const Method *method = findMethod(queue::Provider::Telegram, call.method);
    CORE_ASSERT(method); // the courier takes no other rows
    HttpRequest request{
        .verb = method->verb,
        .url = below(access.apiUrl, "/bot" + access.token.toUtf8() + '/' + call.method.toLatin1())};
    if (call.qr.isEmpty()) {
        request.headers = {{"Content-Type", "application/json"}};
        request.body = core::toBytes(call.parameters);
        return request;
    }
    auto picture = qrPicture(call.qr);
    if (!picture)
        return failure(picture.error());
    const auto multipart =
        providers::telegram::toMultipart(call.parameters, {.field = "photo",
                                                           .fileName = "address.png",
                                                           .contentType = "image/png",
                                                           .bytes = *std::move(picture)});
    request.headers = {{"Content-Type", multipart.contentType}};
    request.body = multipart.body;
    return request;
}

} // namespace delivery
