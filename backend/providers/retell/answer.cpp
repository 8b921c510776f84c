#include "providers/retell/answer.h"

#include "core/assert.h"

namespace providers::retell {

namespace {

constexpr qsizetype kMessageCharactersMax = 300;

Refusal refusalOf(int status)
{
    switch (status) {
    case 401: return Refusal::Unauthorized;
    case 402: return Refusal::PaymentRequired;
    case 403: return Refusal::Forbidden;
    case 404:
    case 422: return Refusal::NotFound;
    case 409:
    case 412: return Refusal::Conflict;
    case 429: return Refusal::RateLimited;
    default: break;
    }
    const bool isOurs = status >= 400 && status < 500 && status != 408;
    return isOurs ? Refusal::BadRequest : Refusal::Unavailable;
}

ApiError errorOf(const ApiAnswer &answer)
{
    // A proxy before Retell may answer HTML.
    const auto json = core::parseJson(answer.body, kRetellDepthMax);
    return {.refusal = refusalOf(answer.httpStatus),
            .httpStatus = answer.httpStatus,
            .message = json ? textOf(*json, "message").left(kMessageCharactersMax) : QString(),
            .retryAfter = answer.retryAfter.value_or(std::chrono::seconds(0))};
}

bool isSuccess(const ApiAnswer &answer)
{
    return answer.httpStatus >= 200 && answer.httpStatus < 300;
}

} // namespace

QLatin1String name(Refusal refusal)
{
    switch (refusal) {
    case Refusal::BadRequest: return QLatin1String("BadRequest");
    case Refusal::Unauthorized: return QLatin1String("Unauthorized");
    case Refusal::PaymentRequired: return QLatin1String("PaymentRequired");
    case Refusal::Forbidden: return QLatin1String("Forbidden");
    case Refusal::NotFound: return QLatin1String("NotFound");
    case Refusal::Conflict: return QLatin1String("Conflict");
    case Refusal::RateLimited: return QLatin1String("RateLimited");
    case Refusal::Unavailable: return QLatin1String("Unavailable");
    }
    CORE_ASSERT(false);
    return {};
}

bool ApiError::isTransient() const
{
    return refusal == Refusal::Conflict || refusal == Refusal::RateLimited ||
           refusal == Refusal::Unavailable;
}

tl::unexpected<ApiError> unreadable(const ApiAnswer &answer)
{
    return tl::unexpected(ApiError{.refusal = Refusal::Unavailable,
                                   .httpStatus = answer.httpStatus,
                                   .message = QStringLiteral("an answer that cannot be read")});
}

ApiResult<Json> successOf(const ApiAnswer &answer)
{
    if (!isSuccess(answer))
        return tl::unexpected(errorOf(answer));
    auto json = core::parseJson(answer.body, kRetellDepthMax);
    if (!json || !json->is_structured())
        return unreadable(answer);
    return *std::move(json);
}

ApiResult<Call> parseCallAnswer(const ApiAnswer &answer)
{
    const auto json = successOf(answer);
    if (!json)
        return tl::unexpected(json.error());
    auto call = readCall(*json);
    if (!call || call->callId.isEmpty())
        return unreadable(answer);
    return *std::move(call);
}

ApiResult<Page<Call>> parseCallList(const ApiAnswer &answer)
{
    return parsePage<Call>(answer, [](const Json &item) -> std::optional<Call> {
        auto call = readCall(item);
        const bool isOne = call && !call->callId.isEmpty();
        return isOne ? std::optional(*std::move(call)) : std::nullopt;
    });
}

ApiResult<void> parseDone(const ApiAnswer &answer)
{
    if (!isSuccess(answer))
        return tl::unexpected(errorOf(answer));
    return {};
}

std::optional<qint64> Concurrency::outboundLimit() const
{
    return limit ? std::optional(std::max<qint64>(0, *limit - reservedInbound.value_or(0)))
                 : std::nullopt;
}

ApiResult<Concurrency> parseConcurrency(const ApiAnswer &answer)
{
    const auto json = successOf(answer);
    if (!json)
        return tl::unexpected(json.error());
    return Concurrency{.current = wholeOf(*json, "current_concurrency"),
                       .limit = wholeOf(*json, "concurrency_limit"),
                       .reservedInbound = wholeOf(*json, "reserved_inbound_concurrency"),
                       .isBurstEnabled = flagOf(*json, "concurrency_burst_enabled"),
                       .burstLimit = wholeOf(*json, "concurrency_burst_limit")};
}

ApiResult<KeyInfo> parseApiKeyInfo(const ApiAnswer &answer)
{
    const auto json = successOf(answer);
    if (!json)
        return tl::unexpected(json.error());
    return KeyInfo{.keyName = textOf(*json, "api_key_name"),
                   .organisation = textOf(*json, "org_name")};
}

} // namespace providers::retell
