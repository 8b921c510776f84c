#pragma once

#include "core/settings.h"
#include "http/message.h"
#include "intake/live_transcript.h"
#include "intake/quarantine.h"
#include "providers/dynopay/signature.h"
#include "queue/inbox.h"

#include <optional>
#include <variant>

namespace intake {

/// Why a hook did not take a request: one counter each.
enum class Refusal {
    UnknownHook,
    WrongMethod,
    WrongSecret,
    WrongSignature,
    MissingSignature,
    UnknownToken,
    TooLarge,
    Unavailable, // the database is away, or we are stopping
};
constexpr size_t kRefusals = 8;
[[nodiscard]] QByteArray name(Refusal refusal);

/// What can be said without the database.
struct Answer {
    http::Response response;
    std::optional<Refusal> refusal = {};   // absent: nothing was wrong with the request
    std::optional<Unproven> unproven = {}; // refused for its signature, and worth telling
};
struct Accepted {
    queue::NewEntry entry;
    std::optional<bool> isSigned = {}; // absent: its source need not sign
};
/// Taken, but no inbox row: see live_transcript.h.
struct Overheard {
    LiveTranscript transcript;
};
using Verdict = std::variant<Accepted, Answer, Overheard>;

[[nodiscard]] http::Response acknowledged();
[[nodiscard]] http::Response unauthorized();
[[nodiscard]] http::Response unavailable(); // with Retry-After

/// What a request to a hook is: an inbox row, or an answer. Pure: no socket, no SQL, no clock.
class WebhookRoutes {
public:
    explicit WebhookRoutes(const core::Settings &settings);

    /// Everything under /webhooks is a hook: a wrong one is 401, never 404 or a redirect, for which
    /// a provider would turn the hook off.
    [[nodiscard]] static bool isHook(QByteArrayView path);
    [[nodiscard]] Verdict judge(const http::Request &request, Timestamp now) const;

private:
    [[nodiscard]] Verdict judgeTelegram(const http::Request &request) const;
    [[nodiscard]] Verdict judgeRetell(const http::Request &request, Timestamp now) const;
    [[nodiscard]] Verdict judgeDynopay(const http::Request &request, QByteArrayView token,
                                       Timestamp now) const;
    [[nodiscard]] std::optional<bool> signing(providers::dynopay::SignatureVerdict verdict) const;

    QByteArray m_telegramSecret;
    QString m_telegramBotId;
    QByteArray m_retellApiKey;
    QList<QByteArray> m_dynopaySecrets;
    core::Settings::SignaturePolicy m_dynopayPolicy;
};

} // namespace intake
