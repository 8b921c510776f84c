#include "delivery/decision.h"

#include "core/assert.h"
#include "core/crypto.h"
#include "delivery/retell_sender.h"
#include "providers/dynopay/api.h"
#include "providers/telegram/answer.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace delivery {

namespace {

using namespace std::chrono_literals;
using HttpOutcome = HttpAnswer::Outcome;
using Scope = Decision::Scope;
namespace dynopay = providers::dynopay;
namespace telegram = providers::telegram;

constexpr auto kTokenRefusedWait = 60s;
constexpr std::chrono::seconds kUnknownPause = 5s;
constexpr std::chrono::seconds kUnknownPauseMax = 15min;
constexpr int kDoublingsMax = 10; // more than either needs
constexpr int kGatewayTimeout = 504;
constexpr int kAnswerDepthMax = 64; // deeper than what the domain reads

bool isGood(int status)
{
    return status >= 200 && status < 300;
}

bool isLastTry(const Attempt &attempt)
{
    if (attempt.triesMax > 0)
        return attempt.triesBefore + 1 >= attempt.triesMax;
    return attempt.age >= kMessageLifetime;
}

std::chrono::seconds doubled(std::chrono::seconds first, int times, std::chrono::seconds most)
{
    return std::min(most, first * (1 << std::clamp(times, 0, kDoublingsMax)));
}

/// Nothing more is done for it: the domain hears of what it has a schedule for, people of the rest.
Decision ended(const Attempt &attempt, Json answer)
{
    return {.next = Next::Failed,
            .answer = std::move(answer),
            .scope = attempt.triesMax > 0 ? Scope::RowOnly : Scope::GivenUp};
}

/// Once more, unless there is no try left: then it ends with `answer`.
Decision again(const Attempt &attempt, std::chrono::seconds wait, Json answer,
               Scope scope = Scope::RowOnly)
{
    if (isLastTry(attempt))
        return ended(attempt, std::move(answer));
    return {.next = Next::Repeat,
            .wait = wait,
            .mayHaveArrived = attempt.mayHaveArrived,
            .scope = scope};
}

Decision afterUnknownOutcome(const Attempt &attempt, Json answer)
{
    if (!mayResume(attempt.rule))
        return {.next = Next::Failed, .answer = {{"unknown", true}}};
    const bool mayBeOneTooMany = attempt.rule == RepeatRule::AtLeastOnce;
    const auto wait =
        mayBeOneTooMany ? pauseAfterUnknown(attempt.triesBefore) : backoff(attempt.triesBefore);
    Decision decision = again(attempt, wait, std::move(answer));
    // Only of these it matters; of the others a newer edit may still take the place.
    decision.mayHaveArrived = decision.next == Next::Repeat && mayBeOneTooMany;
    return decision;
}

Decision down(const Attempt &attempt, Json answer)
{
    return again(attempt, backoff(attempt.triesBefore), std::move(answer), Scope::ProviderDown);
}

Json telegramError(const telegram::Answer &answer)
{
    // PostgreSQL stores no NUL in a text.
    QString description = answer.description;
    description.remove(QChar(u'\0'));
    return {{"code", answer.code}, {"description", description}};
}

Decision telegramDone(const telegram::Answer &answer, qint64 editedMessage)
{
    Decision decision{.next = Next::Sent};
    const auto id = telegram::messageIdOf(answer);
    if (id || editedMessage != 0)
        decision.answer = {{"message_id", id.value_or(editedMessage)}};
    return decision;
}

/// 5xx says that it failed, so it is repeated; but not a gateway that grew tired of waiting, and a
/// 2xx that cannot be read says that something was done.
Decision telegramUnavailable(const Attempt &attempt, const HttpAnswer &answer,
                             const telegram::Answer &parsed)
{
    if (isGood(answer.status) || answer.status == kGatewayTimeout ||
        attempt.rule == RepeatRule::NeverTwice)
        return afterUnknownOutcome(attempt, telegramError(parsed));
    return again(attempt, backoff(attempt.triesBefore), telegramError(parsed));
}

Decision telegramAnswered(const Attempt &attempt, const HttpAnswer &answer, qint64 editedMessage)
{
    using Said = telegram::Answer::Outcome;
    const auto parsed = telegram::parseAnswer(answer.status, answer.body, answer.retryAfter);
    Decision decision;
    switch (parsed.outcome) {
    case Said::Ok:
    case Said::NotModified:
    case Said::TooOld: return telegramDone(parsed, editedMessage);
    case Said::RetryAfter:
        decision = again(attempt, parsed.retryAfter, telegramError(parsed), Scope::ScopePaused);
        break;
    case Said::Unreachable:
        decision = {
            .next = Next::Failed, .answer = telegramError(parsed), .scope = Scope::Unreachable};
        break;
    case Said::MessageGone:
        if (!attempt.isAlternative && editedMessage != 0)
            return {.next = Next::Alternative};
        [[fallthrough]];
    case Said::Refused:
        decision = {
            .next = Next::Failed, .answer = telegramError(parsed), .scope = Scope::OurError};
        break;
    case Said::Unauthorized:
        decision = again(attempt, kTokenRefusedWait, telegramError(parsed), Scope::TokenRefused);
        break;
    case Said::Unavailable: decision = telegramUnavailable(attempt, answer, parsed); break;
    }
    decision.code = parsed.code;
    return decision;
}

/// Each holds the address of our hook with its token, or is a picture that nobody looks at.
constexpr std::array kHiddenMembers = {"redirect_uri", "webhook_url", "callback_url", "qr_code"};

/// True when there was something to take out.
bool hideMembers(Json &json)
{
    bool hasChanged = false;
    if (json.is_object()) {
        for (const char *hidden : kHiddenMembers)
            hasChanged |= json.erase(hidden) > 0;
    }
    if (json.is_structured()) {
        for (Json &inner : json)
            hasChanged |= hideMembers(inner);
    }
    return hasChanged;
}

/// The body as it may be kept: without the hook's token, whoever repeats it to us and where.
QString keptBody(const QByteArray &body)
{
    auto json = core::parseJson(body, kAnswerDepthMax);
    QString text = QString::fromUtf8(json && hideMembers(*json) ? core::toBytes(*json) : body);
    text.remove(QChar(u'\0')); // PostgreSQL stores none in a text
    static const QRegularExpression token(
        QStringLiteral(R"((webhooks(?:\\?/|%2F)dynopay(?:\\?/|%2F))[A-Za-z0-9_-]+)"),
        QRegularExpression::CaseInsensitiveOption);
    return text.replace(token, QStringLiteral("\\1"));
}

/// Of the event log nothing else says which deposit an event is about, so each token becomes its
/// hash, which is what the database knows it by.
QByteArray withHashedTokens(const QByteArray &body)
{
    static const QRegularExpression hook(
        QStringLiteral(R"((webhooks\\?/dynopay\\?/)([A-Za-z0-9_-]{20,100}))"));
    const QString text = QString::fromUtf8(body);
    QString hashed;
    qsizetype from = 0;
    for (auto found = hook.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        hashed += text.mid(from, match.capturedStart() - from) + QStringLiteral("deposits/") +
                  QString::fromLatin1(core::sha256(match.captured(2).toLatin1()).toHex());
        from = match.capturedEnd();
    }
    return (hashed + text.mid(from)).toUtf8();
}

Json dynopayAnswer(const HttpAnswer &answer)
{
    return {{"http", answer.status}, {"body", keptBody(answer.body)}};
}

Json dynopaySuccess(const QString &method, const HttpAnswer &answer)
{
    if (method != QLatin1String("listEvents"))
        return dynopayAnswer(answer);
    return {{"http", answer.status}, {"body", keptBody(withHashedTokens(answer.body))}};
}

std::optional<dynopay::ApiError> dynopayError(const QString &method,
                                              const dynopay::ApiAnswer &answer)
{
    const auto errorOf = [](const auto &result) {
        return result ? std::nullopt : std::optional(result.error());
    };
    if (method == QLatin1String("createPayment"))
        return errorOf(dynopay::parseCreated(answer));
    if (method == QLatin1String("getPaymentStatus"))
        return errorOf(dynopay::parsePaymentStatus(answer));
    if (method == QLatin1String("getCryptoTransaction"))
        return errorOf(dynopay::parseCryptoTransaction(answer));
    return errorOf(dynopay::parseSupportedCurrency(answer));
}

/// It is the key that is refused, whatever it asked for. There is no counting of tries, which are
/// for what may be wrong with a row; only its age ends it.
Decision dynopayLimited(const Attempt &attempt, const HttpAnswer &answer, std::chrono::seconds wait)
{
    if (attempt.age >= kMessageLifetime)
        return {.next = Next::Failed, .answer = dynopayAnswer(answer), .code = answer.status};
    return {.next = Next::Repeat,
            .wait = std::max<std::chrono::seconds>(wait, 1s),
            .mayHaveArrived = attempt.mayHaveArrived,
            .isTry = false,
            .scope = Scope::ProviderPaused,
            .code = answer.status};
}

Decision dynopayAnswered(const Attempt &attempt, const QString &method, const HttpAnswer &answer)
{
    if (isGood(answer.status)) // what it says is for the domain to judge
        return {.next = Next::Sent, .answer = dynopaySuccess(method, answer)};
    const auto error = dynopayError(method, {answer.status, answer.body, answer.retryAfter});
    CORE_ASSERT(error); // no other status is a success
    // Older deployments have this one call without "/user".
    if (error->refusal == dynopay::Refusal::NotFound &&
        method == QLatin1String("getSupportedCurrency") && !attempt.isAlternative)
        return {.next = Next::Alternative};
    if (error->refusal == dynopay::Refusal::RateLimited)
        return dynopayLimited(attempt, answer, error->retryAfter);
    Decision decision{.next = Next::Failed, .answer = dynopayAnswer(answer)};
    if (error->isTransient())
        decision = again(attempt, std::max(error->retryAfter, backoff(attempt.triesBefore)),
                         dynopayAnswer(answer));
    else if (error->refusal == dynopay::Refusal::Unauthorized)
        decision.scope = Scope::TokenRefused;
    else if (error->refusal == dynopay::Refusal::KeyReused ||
             error->refusal == dynopay::Refusal::Sandbox)
        decision.scope = Scope::OurError;
    decision.code = answer.status;
    return decision;
}

bool mayBeRepeated(int status)
{
    return status == 408 || status == 409 || status == 429 || status >= 500;
}

/// Only what surely did nothing is dialled again, and not for long.
Decision dialAgain(const Attempt &attempt, std::chrono::seconds wait, Json answer, Scope scope)
{
    if (attempt.age + wait >= kDialLifetime)
        return {.next = Next::Failed, .answer = std::move(answer)};
    return {.next = Next::Repeat, .wait = wait, .scope = scope};
}

Decision retellRefused(const Attempt &attempt, const HttpAnswer &answer)
{
    const auto wait = std::max(answer.retryAfter.value_or(0s), backoff(attempt.triesBefore));
    if (attempt.rule == RepeatRule::NeverTwice && answer.status == 429)
        return dialAgain(attempt, wait, retellAnswer(answer), Scope::RowOnly);
    if (attempt.rule != RepeatRule::NeverTwice && mayBeRepeated(answer.status))
        return again(attempt, wait, retellAnswer(answer));
    Decision decision{.next = Next::Failed, .answer = retellAnswer(answer), .code = answer.status};
    if (answer.status == 401)
        decision.scope = Scope::TokenRefused;
    else if (answer.status == 400 || answer.status == 402 || answer.status == 403)
        decision.scope = Scope::OurError;
    return decision;
}

} // namespace

std::chrono::seconds backoff(int triesBefore)
{
    return doubled(1s, triesBefore, kBackoffMax);
}

std::chrono::seconds pauseAfterUnknown(int triesBefore)
{
    return doubled(kUnknownPause, triesBefore, kUnknownPauseMax);
}

Decision decideTelegram(const Attempt &attempt, const HttpAnswer &answer, qint64 editedMessage)
{
    switch (answer.outcome) {
    case HttpOutcome::Answered: return telegramAnswered(attempt, answer, editedMessage);
    case HttpOutcome::NotArrived: return down(attempt, {{"expired", true}});
    case HttpOutcome::Unknown: return afterUnknownOutcome(attempt, {{"expired", true}});
    case HttpOutcome::NotAllowed: break;
    }
    return {.next = Next::Failed, .scope = Scope::OurError};
}

Decision decideRetell(const Attempt &attempt, const HttpAnswer &answer)
{
    const Json noAnswer = {{"http", 0}, {"body", ""}};
    const bool isDial = attempt.rule == RepeatRule::NeverTwice;
    switch (answer.outcome) {
    case HttpOutcome::Answered:
        if (isGood(answer.status))
            return {.next = Next::Sent, .answer = retellAnswer(answer)};
        return retellRefused(attempt, answer);
    case HttpOutcome::NotArrived:
        return isDial ? dialAgain(attempt, backoff(attempt.triesBefore), {{"expired", true}},
                                  Scope::ProviderDown)
                      : down(attempt, noAnswer);
    case HttpOutcome::Unknown: return afterUnknownOutcome(attempt, noAnswer);
    case HttpOutcome::NotAllowed: break;
    }
    return {.next = Next::Failed, .answer = {{"expired", true}}, .scope = Scope::OurError};
}

Decision decideDynopay(const Attempt &attempt, const QString &method, const HttpAnswer &answer)
{
    const Json noAnswer = {{"http", 0}, {"body", ""}};
    switch (answer.outcome) {
    case HttpOutcome::Answered: return dynopayAnswered(attempt, method, answer);
    case HttpOutcome::NotArrived: return down(attempt, noAnswer);
    case HttpOutcome::Unknown: return afterUnknownOutcome(attempt, noAnswer);
    case HttpOutcome::NotAllowed: break;
    }
    return {.next = Next::Failed, .answer = noAnswer, .scope = Scope::OurError};
}

} // namespace delivery
