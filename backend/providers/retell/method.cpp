#include "providers/retell/method.h"

#include "core/assert.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace providers::retell {

namespace {

using namespace std::chrono_literals;
using enum Repeat;

const auto &table()
{
    static const std::array methods = {
        Method{QLatin1String("createPhoneCall"), "POST", "/v2/create-phone-call", Never, 120s},
        Method{QLatin1String("getCall"), "GET", "/v2/get-call/", Freely},
        Method{QLatin1String("listCalls"), "POST", "/v3/list-calls", Freely, 300s},
        Method{QLatin1String("updateCall"), "PATCH", "/v2/update-call/", Freely},
        Method{QLatin1String("deleteCall"), "DELETE", "/v2/delete-call/", Freely},
        Method{QLatin1String("stopCall"), "POST", "/v2/stop-call/", Freely},
        // Context may be added twice by it.
        Method{QLatin1String("updateLiveCall"), "PATCH", "/v2/update-live-call/", Never},
        // Charged each time.
        Method{QLatin1String("rerunCallAnalysis"), "PUT", "/rerun-call-analysis/", Never},
        Method{QLatin1String("getConcurrency"), "GET", "/get-concurrency", Freely},
        Method{QLatin1String("getApiKeyInfo"), "GET", "/get-api-key-info", Freely},

        Method{QLatin1String("createAgent"), "POST", "/create-agent", Never},
        Method{QLatin1String("getAgent"), "GET", "/get-agent/", Freely},
        Method{QLatin1String("updateAgent"), "PATCH", "/update-agent/", Freely},
        Method{QLatin1String("deleteAgent"), "DELETE", "/delete-agent/", Freely},
        Method{QLatin1String("listAgents"), "POST", "/v2/list-agents", Freely},
        Method{QLatin1String("listAgentVersions"), "GET", "/list-agent-versions/", Freely},
        Method{QLatin1String("createAgentVersion"), "POST", "/create-agent-version/", Never},
        Method{QLatin1String("publishAgentVersion"), "POST", "/publish-agent-version/", Freely},
        Method{QLatin1String("deleteAgentVersion"), "DELETE", "/delete-agent-version/", Freely},

        Method{QLatin1String("createRetellLlm"), "POST", "/create-retell-llm", Never},
        Method{QLatin1String("getRetellLlm"), "GET", "/get-retell-llm/", Freely},
        Method{QLatin1String("updateRetellLlm"), "PATCH", "/update-retell-llm/", Freely},
        Method{QLatin1String("deleteRetellLlm"), "DELETE", "/delete-retell-llm/", Freely},
        Method{QLatin1String("listRetellLlms"), "GET", "/v2/list-retell-llms", Freely},

        Method{QLatin1String("listVoices"), "GET", "/list-voices", Freely},
        Method{QLatin1String("getVoice"), "GET", "/get-voice/", Freely},
        Method{QLatin1String("listPhoneNumbers"), "GET", "/v2/list-phone-numbers", Freely},
        Method{QLatin1String("getPhoneNumber"), "GET", "/get-phone-number/", Freely},
        Method{QLatin1String("updatePhoneNumber"), "PATCH", "/update-phone-number/", Freely},
    };
    return methods;
}

tl::unexpected<Error> badPayload(const char *why)
{
    return failure({.code = ErrorCode::BadInput,
                    .detail = QStringLiteral("Retell: %1").arg(QLatin1String(why))});
}

} // namespace

const Method *findMethod(QStringView name)
{
    const auto found = std::find_if(table().begin(), table().end(),
                                    [&](const Method &method) { return method.name == name; });
    return found == table().end() ? nullptr : &*found;
}

bool mayRepeat(const Method &method, int httpStatus)
{
    if (method.repeat == Never)
        return httpStatus == 429; // refused before anything was done
    return httpStatus == 0 || httpStatus == 408 || httpStatus == 409 || httpStatus == 429 ||
           httpStatus >= 500;
}

QByteArray Request::path() const
{
    CORE_ASSERT(method);
    // '+' stays: Retell's own client writes /get-phone-number/+14157774444.
    const QByteArray whole = method->path + QUrl::toPercentEncoding(target, "+");
    return query.isEmpty() ? whole : whole + '?' + query;
}

QByteArray Request::bodyBytes() const
{
    return body.is_null() ? QByteArray() : core::toBytes(body);
}

Json payloadOf(const Request &request)
{
    Json payload = {{"v", 1}};
    if (!request.target.isEmpty())
        payload["target"] = request.target;
    if (!request.query.isEmpty())
        payload["query"] = QString::fromLatin1(request.query);
    if (!request.body.is_null())
        payload["body"] = request.body;
    return payload;
}

Result<Request> requestFrom(QStringView methodName, const Json &payload)
{
    const Method *method = findMethod(methodName);
    if (!method || !payload.is_object())
        return badPayload("no such method, or no payload");
    Request request{.method = method,
                    .target = core::textMember(payload, "target").value_or(QString()),
                    .query = core::textMember(payload, "query").value_or(QString()).toLatin1()};
    if (method->hasTarget() == request.target.isEmpty())
        return badPayload("a target where none belongs, or none where one does");
    if (const Json *body = core::member(payload, "body"))
        request.body = *body;
    return request;
}

} // namespace providers::retell
