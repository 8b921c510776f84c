#include "calls/retell_rows.h"

#include "calls/call_screen.h"

namespace calls {

namespace retell = providers::retell;

namespace {

bool hasFlag(const Json &payload, const char *flag)
{
    const Json *answer = core::member(payload, "answer");
    return answer && core::boolMember(*answer, flag).value_or(false);
}

} // namespace

Result<OutboxId> askRetell(engine::Context &context, const Call &call,
                           const retell::Request &request, const QString &requestKey)
{
    queue::NewMessage message;
    message.requestKey = requestKey;
    message.provider = queue::Provider::Retell;
    message.method = request.method->name;
    message.lane = QStringLiteral("call:%1").arg(call.id.value);
    message.payload = retell::payloadOf(request);
    message.payload["call"] = call.id.value;
    message.replyKind = QStringLiteral("retell.answer.") + request.method->name;
    message.replyLane = customers::laneOf(call.wish.customer);
    return context.send(std::move(message));
}

retell::ApiAnswer retellAnswerIn(const Json &payload)
{
    const Json *answer = core::member(payload, "answer");
    if (!answer)
        return {};
    return {.httpStatus = static_cast<int>(core::integerMember(*answer, "http").value_or(0)),
            .body = core::textMember(*answer, "body").value_or(QString()).toUtf8()};
}

bool wasNeverSent(const Json &payload)
{
    const Json *answer = core::member(payload, "answer");
    return hasFlag(payload, "expired") || (answer && core::member(*answer, "error"));
}

bool isUnknown(const Json &payload)
{
    return hasFlag(payload, "unknown");
}

} // namespace calls
