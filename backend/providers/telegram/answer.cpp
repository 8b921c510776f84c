#include "providers/telegram/answer.h"

#include <QStringList>

#include <algorithm>
#include <initializer_list>

namespace providers::telegram {

namespace {

using Outcome = Answer::Outcome;

// Messages come back whole, and rich ones nest 16 levels by themselves.
constexpr int kAnswerDepthMax = 64;
// When a 429 does not say how long: longer than the usual few seconds.
constexpr std::chrono::seconds kRetryAfterDefault{30};
constexpr qint64 kRetryAfterSecondsMax = 3600;

bool saysOneOf(const QString &description, std::initializer_list<const char16_t *> texts)
{
    return std::any_of(texts.begin(), texts.end(), [&](const char16_t *text) {
        return description.contains(QStringView(text), Qt::CaseInsensitive);
    });
}

Outcome badRequestOutcome(const QString &description)
{
    if (saysOneOf(description, {u"message is not modified"}))
        return Outcome::NotModified;
    if (saysOneOf(description, {u"query is too old", u"query ID is invalid"}))
        return Outcome::TooOld;
    if (saysOneOf(description, {u"message to edit not found", u"message can't be edited",
                                u"MESSAGE_ID_INVALID"}))
        return Outcome::MessageGone;
    if (saysOneOf(description, {u"chat not found"}))
        return Outcome::Unreachable;
    return Outcome::Refused;
}

Outcome outcomeOf(int code, const QString &description)
{
    if (code >= 500)
        return Outcome::Unavailable;
    switch (code) {
    case 400: return badRequestOutcome(description);
    case 401: return Outcome::Unauthorized;
    // Not by its words: their list grows, and each 403 is about a chat we may not write to.
    case 403: return Outcome::Unreachable;
    case 404:
        return saysOneOf(description, {u"method not found"}) ? Outcome::Refused
                                                             : Outcome::Unauthorized;
    case 429: return Outcome::RetryAfter;
    default: return Outcome::Refused;
    }
}

std::chrono::seconds waitOf(const Json *parameters, std::optional<std::chrono::seconds> header)
{
    const auto said = parameters ? core::integerMember(*parameters, "retry_after") : std::nullopt;
    const auto wait =
        said ? std::chrono::seconds(std::clamp<qint64>(*said, 1, kRetryAfterSecondsMax))
             : header.value_or(kRetryAfterDefault);
    return std::max(wait, std::chrono::seconds(1));
}

} // namespace

bool Answer::isDone() const
{
    return outcome == Outcome::Ok || outcome == Outcome::NotModified || outcome == Outcome::TooOld;
}

Answer parseAnswer(int httpStatus, QByteArrayView body,
                   std::optional<std::chrono::seconds> retryAfterHeader)
{
    Answer answer;
    answer.code = httpStatus;
    const auto json = core::parseJson(body, kAnswerDepthMax);
    const auto ok = json ? core::boolMember(*json, "ok") : std::nullopt;
    if (!ok) {
        if (httpStatus == 429) {
            answer.outcome = Outcome::RetryAfter;
            answer.retryAfter = waitOf(nullptr, retryAfterHeader);
        }
        return answer;
    }
    answer.description = core::textMember(*json, "description").value_or(QString());
    if (*ok) {
        answer.outcome = Outcome::Ok;
        if (const Json *result = core::member(*json, "result"))
            answer.result = *result;
        return answer;
    }
    answer.code = static_cast<int>(core::integerMember(*json, "error_code").value_or(httpStatus));
    answer.outcome = outcomeOf(answer.code, answer.description);
    const Json *parameters = core::member(*json, "parameters");
    if (answer.outcome == Outcome::RetryAfter)
        answer.retryAfter = waitOf(parameters, retryAfterHeader);
    if (parameters)
        answer.migrateToChatId = core::integerMember(*parameters, "migrate_to_chat_id");
    return answer;
}

std::optional<qint64> messageIdOf(const Answer &answer)
{
    return core::integerMember(answer.result, "message_id");
}

WebhookInfo webhookInfoOf(const Answer &answer)
{
    const Json &json = answer.result;
    WebhookInfo info;
    info.url = core::textMember(json, "url").value_or(QString());
    info.pendingUpdates = core::integerMember(json, "pending_update_count").value_or(0);
    info.maxConnections = core::integerMember(json, "max_connections").value_or(0);
    info.lastErrorDate = core::integerMember(json, "last_error_date").value_or(0);
    info.lastErrorMessage = core::textMember(json, "last_error_message").value_or(QString());
    const Json *allowed = core::member(json, "allowed_updates");
    if (!allowed || !allowed->is_array())
        return info;
    for (const Json &kind : *allowed) {
        if (kind.is_string())
            info.allowedUpdates << QString::fromStdString(kind.get_ref<const std::string &>());
    }
    return info;
}

} // namespace providers::telegram
