#include "delivery/decision.h"

#include "core/assert.h"
#include "providers/dynopay/api.h"
#include "providers/telegram/answer.h"

#include <algorithm>

namespace delivery {

namespace {

using namespace std::chrono_literals;
using Outcome = HttpAnswer::Outcome;
using Scope = Decision::Scope;
namespace dynopay = providers::dynopay;
namespace telegram = providers::telegram;

constexpr auto kTokenRefusedWait = 60s;
constexpr int kBackoffDoublings = 6;
constexpr std::chrono::seconds kBackoffMax = 60s;

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

/// Once more, unless there is no try left: then it ends with `answer`.
Decision again(const Attempt &attempt, std::chrono::seconds wait, Json answer)
{
    if (isLastTry(attempt))
        return {.next = Next::Failed, .answer = std::move(answer)};
    return {.next = Next::Repeat, .wait = wait, .mayHaveArrived = attempt.mayHaveArrived};
}

Decision afterUnknownOutcome(const Attempt &attempt, Json answer)
{
    switch (afterUnknown(attempt.rule, attempt.mayHaveArrived)) {
    case AfterUnknown::CountAsSent: return {.next = Next::Sent, .answer = {{"unknown", true}}};
    case AfterUnknown::GiveUp: return {.next = Next::Failed, .answer = {{"unknown", true}}};
    case AfterUnknown::Repeat: break;
    }
    Decision decision = again(attempt, backoff(attempt.triesBefore), std::move(answer));
    // A repeat of these may be one too many; of the others a newer edit may still take the place.
    decision.mayHaveArrived =
        decision.next == Next::Repeat && attempt.rule == RepeatRule::AtLeastOnce;
    return decision;
}

Decision down(const Attempt &attempt, Json answer)
{
    Decision decision = again(attempt, backoff(attempt.triesBefore), std::move(answer));
    decision.scope = Scope::ProviderDown;
    return decision;
}

Json telegramError(const telegram::Answer &answer)
{
    return {{"code", answer.code}, {"description", answer.description}};
}

Decision telegramDone(const telegram::Answer &answer, qint64 editedMessage)
{
    Decision decision{.next = Next::Sent};
    const auto id = telegram::messageIdOf(answer);
    if (id || editedMessage != 0)
        decision.answer = {{"message_id", id.value_or(editedMessage)}};
    return decision;
}

/// 5xx says that it failed, so it is repeated; a 2xx that cannot be read says that something was
/// done.
Decision telegramUnavailable(const Attempt &attempt, const HttpAnswer &answer,
                             const telegram::Answer &parsed)
{
    if (isGood(answer.status) || attempt.rule == RepeatRule::NeverTwice)
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
        decision = again(attempt, parsed.retryAfter, telegramError(parsed));
        decision.scope = Scope::ScopePaused;
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
        decision = again(attempt, kTokenRefusedWait, telegramError(parsed));
        decision.scope = Scope::TokenRefused;
        break;
    case Said::Unavailable: decision = telegramUnavailable(attempt, answer, parsed); break;
    }
    decision.code = parsed.code;
    return decision;
}

Json dynopayAnswer(const HttpAnswer &answer)
{
    // PostgreSQL stores no NUL in a text.
    QString body = QString::fromUtf8(answer.body);
    body.remove(QChar(u'\0'));
    return {{"http", answer.status}, {"body", body}};
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

Decision dynopayAnswered(const Attempt &attempt, const QString &method, const HttpAnswer &answer)
{
    if (isGood(answer.status)) // what it says is for the domain to judge
        return {.next = Next::Sent, .answer = dynopayAnswer(answer)};
    const auto error = dynopayError(method, {answer.status, answer.body, answer.retryAfter});
    CORE_ASSERT(error); // no other status is a success
    // Older deployments have this one call without "/user".
    if (error->refusal == dynopay::Refusal::NotFound &&
        method == QLatin1String("getSupportedCurrency") && !attempt.isAlternative)
        return {.next = Next::Alternative};
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

} // namespace

std::chrono::seconds backoff(int triesBefore)
{
    return std::min(kBackoffMax,
                    std::chrono::seconds(1 << std::clamp(triesBefore, 0, kBackoffDoublings)));
}

Decision decideTelegram(const Attempt &attempt, const HttpAnswer &answer, qint64 editedMessage)
{
    switch (answer.outcome) {
    case Outcome::Answered: return telegramAnswered(attempt, answer, editedMessage);
    case Outcome::NotArrived: return down(attempt, {{"expired", true}});
    case Outcome::Unknown: return afterUnknownOutcome(attempt, {{"expired", true}});
    case Outcome::NotAllowed: break;
    }
    return {.next = Next::Failed, .scope = Scope::OurError};
}

Decision decideDynopay(const Attempt &attempt, const QString &method, const HttpAnswer &answer)
{
    const Json noAnswer = {{"http", 0}, {"body", ""}};
    switch (answer.outcome) {
    case Outcome::Answered: return dynopayAnswered(attempt, method, answer);
    case Outcome::NotArrived: return down(attempt, noAnswer);
    case Outcome::Unknown: return afterUnknownOutcome(attempt, noAnswer);
    case Outcome::NotAllowed: break;
    }
    return {.next = Next::Failed, .answer = noAnswer, .scope = Scope::OurError};
}

} // namespace delivery
