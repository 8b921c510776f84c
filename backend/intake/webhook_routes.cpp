#include "intake/webhook_routes.h"

#include "core/crypto.h"
#include "intake/payload.h"
#include "providers/dynopay/signature.h"
#include "providers/retell/masking.h"
#include "providers/retell/signature.h"
#include "providers/telegram/secret.h"
#include "providers/telegram/update.h"

#include <QRegularExpression>

#include <algorithm>

namespace intake {

namespace {

namespace dynopay = providers::dynopay;
namespace retell = providers::retell;
namespace telegram = providers::telegram;
using Policy = core::Settings::SignaturePolicy;

constexpr char kHooks[] = "/webhooks";
constexpr char kDynopayHook[] = "dynopay/";
constexpr int kRetellDepthMax = 64; // transcripts with tool calls
constexpr int kDynopayDepthMax = 16;
constexpr qsizetype kDynopayBodyBytesMax = 64 << 10;
constexpr qsizetype kTokenCharacters = 43; // 32 bytes in base 64
constexpr qsizetype kHeaderCharactersMax = 200;

Verdict refuse(Refusal refusal, int status)
{
    return Answer{.response = {.status = status, .body = R"({"ok":false})"}, .refusal = refusal};
}

Verdict refuseUnproven(Refusal refusal, Unproven unproven)
{
    unproven.reason = name(refusal);
    return Answer{.response = unauthorized(), .refusal = refusal, .unproven = std::move(unproven)};
}

Verdict wrongMethod(const QByteArray &allowed)
{
    Answer answer{.response = {.status = 405, .body = R"({"ok":false})"},
                  .refusal = Refusal::WrongMethod};
    answer.response.headers.push_back({.name = "Allow", .value = allowed});
    return answer;
}

/// "dynopay/<token>" of "/webhooks/dynopay/<token>/".
QByteArrayView hookOf(QByteArrayView path)
{
    if (path.endsWith('/'))
        path.chop(1);
    const qsizetype prefix = qstrlen(kHooks) + 1;
    return path.size() > prefix ? path.sliced(prefix) : QByteArrayView();
}

QString digestOf(QByteArrayView salt, QByteArrayView body)
{
    return QString::fromLatin1(core::sha256(salt.toByteArray() + body.toByteArray()).toHex());
}

std::optional<Json> readObject(QByteArrayView body, int depthMax)
{
    auto json = core::parseJson(body, depthMax);
    return json && json->is_object() ? std::optional(std::move(*json)) : std::nullopt;
}

Payload payloadOf(const std::optional<Json> &json, QByteArrayView body)
{
    return json ? storable(body) : malformed();
}

/// "customer:7" or "campaign:12" as we put it into the call's metadata; else a lane of the call's
/// own.
QString retellLane(const std::optional<Json> &json)
{
    static const QRegularExpression ours(QStringLiteral("\\A(customer|campaign):\\d{1,19}\\z"));
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9_-]{1,128}\\z"));
    const Json *call = json ? core::member(*json, "call") : nullptr;
    const Json *metadata = call ? core::member(*call, "metadata") : nullptr;
    const QString lane =
        metadata ? core::textMember(*metadata, "lane").value_or(QString()) : QString();
    if (ours.match(lane).hasMatch())
        return lane;
    const QString callId =
        call ? core::textMember(*call, "call_id").value_or(QString()) : QString();
    return QStringLiteral("retell:") +
           (plain.match(callId).hasMatch() ? callId : QStringLiteral("other"));
}

bool isToken(QByteArrayView token)
{
    const auto isAllowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    };
    return token.size() == kTokenCharacters && std::all_of(token.begin(), token.end(), isAllowed);
}

std::optional<Refusal> signatureRefusal(dynopay::SignatureVerdict verdict, Policy policy)
{
    using Signature = dynopay::SignatureVerdict;
    if (policy == Policy::Off)
        return std::nullopt;
    if (verdict == Signature::Wrong || verdict == Signature::Stale)
        return Refusal::WrongSignature;
    const bool isMissing = (policy == Policy::RequiredV2 && verdict != Signature::ValidV2) ||
                           (policy == Policy::V2OrV1 && verdict == Signature::Absent);
    return isMissing ? std::optional(Refusal::MissingSignature) : std::nullopt;
}

/// What may be kept of the headers: nothing secret, and nothing without a bound.
QByteArray keptHeaders(const http::Request &request, dynopay::SignatureVerdict verdict)
{
    Json kept = Json::object();
    for (const char *name :
         {"X-DynoPay-Event", dynopay::kTimestampHeader, "X-DynoPay-Webhook-Id", "X-DynoPay-Type"}) {
        const QByteArray value = request.header(name);
        if (!value.isEmpty())
            kept[name] = QString::fromLatin1(value.left(kHeaderCharactersMax));
    }
    kept["signature"] = QString(dynopay::name(verdict));
    return core::toBytes(kept);
}

} // namespace

QByteArray name(Refusal refusal)
{
    switch (refusal) {
    case Refusal::UnknownHook: return "unknown_hook";
    case Refusal::WrongMethod: return "wrong_method";
    case Refusal::WrongSecret: return "wrong_secret";
    case Refusal::WrongSignature: return "wrong_signature";
    case Refusal::MissingSignature: return "missing_signature";
    case Refusal::UnknownToken: return "unknown_token";
    case Refusal::TooLarge: return "too_large";
    case Refusal::Unavailable: return "unavailable";
    }
    Q_UNREACHABLE();
}

http::Response acknowledged()
{
    return {.status = 200, .body = R"({"ok":true})"};
}

http::Response unauthorized()
{
    return {.status = 401, .body = R"({"ok":false})"};
}

http::Response unavailable()
{
    http::Response response{.status = 503, .body = R"({"ok":false})"};
    response.headers.push_back({.name = "Retry-After", .value = "5"});
    return response;
}

WebhookRoutes::WebhookRoutes(const core::Settings &settings)
    : m_telegramSecret(settings.telegramWebhookSecret.toUtf8())
    , m_telegramBotId(settings.telegramBotToken.section(u':', 0, 0))
    , m_retellApiKey(settings.retellApiKey.toUtf8())
    , m_dynopayPolicy(settings.dynopaySignaturePolicy)
{
    for (const QString &secret : settings.dynopayWebhookSecrets)
        m_dynopaySecrets.append(secret.toUtf8());
}

bool WebhookRoutes::isHook(QByteArrayView path)
{
    return path.startsWith(kHooks) &&
           (path.size() == qsizetype(qstrlen(kHooks)) || path[qstrlen(kHooks)] == '/');
}

Verdict WebhookRoutes::judge(const http::Request &request, Timestamp now) const
{
    const QByteArrayView hook = hookOf(request.path);
    const bool isPost = request.method == "POST";
    if (hook == "telegram")
        return isPost ? judgeTelegram(request) : wrongMethod("POST");
    if (hook == "retell")
        return isPost ? judgeRetell(request, now) : wrongMethod("POST");
    if (!hook.startsWith(kDynopayHook))
        return refuse(Refusal::UnknownHook, 401);
    if (isPost)
        return judgeDynopay(request, hook.sliced(qstrlen(kDynopayHook)), now);
    // A payer's browser, or somebody at DynoPay who tries the address: the same to every token.
    if (request.method == "GET" || request.method == "HEAD")
        return Answer{.response = {.body = "Notifications are taken here.\n",
                                   .contentType = "text/plain; charset=utf-8"}};
    return wrongMethod("GET, HEAD, POST");
}

Verdict WebhookRoutes::judgeTelegram(const http::Request &request) const
{
    if (!telegram::verifySecret(request.header(telegram::kSecretHeader), m_telegramSecret))
        return refuse(Refusal::WrongSecret, 401);
    const auto update = telegram::parseUpdate(request.body);
    const QString key = update ? QString::number(update->id) : digestOf({}, request.body);
    const auto from = update ? update->fromId() : std::nullopt;
    // Refused, Telegram would repeat a malformed one for a day and hold up that chat.
    const Payload payload = update ? storable(request.body) : malformed();
    return Accepted{.entry = {.source = queue::Source::Telegram,
                              .externalId = m_telegramBotId + u':' + key,
                              .lane = from ? QStringLiteral("customer:%1").arg(*from)
                                           : QStringLiteral("telegram:other"),
                              .kind = QStringLiteral("telegram.update"),
                              .payload = payload.text,
                              .raw = payload.isWhole ? QByteArray() : request.body}};
}

Verdict WebhookRoutes::judgeRetell(const http::Request &request, Timestamp now) const
{
    const auto signature = retell::verifySignature(request.header(retell::kSignatureHeader),
                                                   request.body, m_retellApiKey, now);
    if (signature == retell::SignatureVerdict::Absent)
        return refuse(Refusal::MissingSignature, 401);
    if (signature != retell::SignatureVerdict::Valid)
        return refuseUnproven(Refusal::WrongSignature,
                              {.source = queue::Source::Retell, .reason = {}});
    std::optional<Json> json = readObject(request.body, kRetellDepthMax);
    // What was spoken is masked before anything is kept; so the raw bytes are not.
    if (json)
        retell::maskCallsIn(*json);
    if (auto transcript = json ? liveTranscriptIn(*json) : std::nullopt)
        return Overheard{.transcript = *std::move(transcript)};
    const Payload payload = json ? storable(core::toBytes(*json)) : malformed();
    return Accepted{.entry = {.source = queue::Source::Retell,
                              .externalId = digestOf("retell", request.body),
                              .lane = retellLane(json),
                              .kind = QStringLiteral("retell.webhook"),
                              .payload = payload.text}};
}

Verdict WebhookRoutes::judgeDynopay(const http::Request &request, QByteArrayView token,
                                    Timestamp now) const
{
    if (!isToken(token))
        return refuse(Refusal::UnknownToken, 401);
    if (request.body.size() > kDynopayBodyBytesMax)
        return refuse(Refusal::TooLarge, 413);
    const auto verdict =
        dynopay::verifySignature({.v2 = request.header(dynopay::kSignatureV2Header),
                                  .v1 = request.header(dynopay::kSignatureV1Header),
                                  .timestamp = request.header(dynopay::kTimestampHeader)},
                                 request.body, m_dynopaySecrets, now);
    const QByteArray headers = keptHeaders(request, verdict);
    const QByteArray route = core::sha256(token);
    if (const auto refusal = signatureRefusal(verdict, m_dynopayPolicy))
        return refuseUnproven(*refusal, {.source = queue::Source::Dynopay,
                                         .reason = {},
                                         .routeTokenSha256 = route,
                                         .body = request.body,
                                         .headers = headers});
    const std::optional<Json> json = readObject(request.body, kDynopayDepthMax);
    return Accepted{.entry = {.source = queue::Source::Dynopay,
                              .externalId = digestOf(token, request.body),
                              .lane = {},
                              .kind = QStringLiteral("dynopay.webhook"),
                              .payload = payloadOf(json, request.body).text,
                              .raw = request.body,
                              .headers = headers,
                              .routeTokenSha256 = route},
                    .isSigned = signing(verdict)};
}

std::optional<bool> WebhookRoutes::signing(dynopay::SignatureVerdict verdict) const
{
    if (m_dynopaySecrets.isEmpty() || m_dynopayPolicy == Policy::Off)
        return std::nullopt;
    return verdict == dynopay::SignatureVerdict::ValidV2 ||
           verdict == dynopay::SignatureVerdict::ValidV1;
}

} // namespace intake
