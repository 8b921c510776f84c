#include "delivery/retell_sender.h"

#include "providers/retell/masking.h"
#include "providers/retell/members.h"
#include "providers/retell/method.h"

namespace delivery {

namespace retell = providers::retell;

Result<HttpRequest> retellRequest(const RetellAccess &access, const queue::OutboxHead &head)
{
    const auto call = retell::requestFrom(head.method, head.payload);
    if (!call)
        return failure(call.error());
    HttpRequest request{.verb = call->method->verb,
                        .url = below(access.baseUrl, call->path()),
                        .headers = {{"Authorization", "Bearer " + access.apiKey.toUtf8()}},
                        .body = call->bodyBytes()};
    if (!request.body.isEmpty())
        request.headers.append(
            std::pair(QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")));
    return request;
}

Json retellAnswer(const HttpAnswer &answer)
{
    auto json = core::parseJson(answer.body, retell::kRetellDepthMax);
    QByteArray kept = answer.body;
    if (json) {
        retell::maskCallsIn(*json);
        kept = core::toBytes(*json);
    }
    QString text = QString::fromUtf8(kept);
    text.remove(QChar(u'\0')); // PostgreSQL stores none in a text
    return {{"http", answer.status}, {"body", text}};
}

} // namespace delivery
