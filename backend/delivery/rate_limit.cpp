#include "delivery/rate_limit.h"

#include <algorithm>

namespace delivery {

namespace {

using namespace std::chrono_literals;

constexpr size_t kScopesKept = 1024;
constexpr auto kJitterMax = 250ms;
// So many scopes refused within so long: it is the bot that is too fast, not the chats.
constexpr size_t kScopesForAll = 3;
constexpr auto kScopesWithin = 1s;

/// A clock that went back must not leave a pause of hours behind.
Timestamp sane(Timestamp pausedUntil, Timestamp now)
{
    return std::min(pausedUntil, now + kPauseMax + kJitterMax);
}

} // namespace

RateLimit::RateLimit(Rates rates, Jitter jitter)
    : m_rates(rates)
    , m_jitter(std::move(jitter))
    , m_interval(std::chrono::microseconds(1s) / rates.perSecond)
    , m_chatInterval(std::chrono::microseconds(1s) / rates.chatPerSecond)
    , m_burst(std::max(1, rates.perSecond / 10))
    , m_forgetAt(kScopesKept)
{
}

Timestamp RateLimit::Bucket::freeAt(Duration interval, int burst, Timestamp now)
{
    // A bucket is never emptier than empty, also when the clock went back.
    fullAt = std::min(fullAt, now + interval * burst);
    return fullAt - interval * (burst - 1);
}

void RateLimit::Bucket::take(Duration interval, Timestamp now)
{
    fullAt = std::max(fullAt, now) + interval;
}

RateLimit::Answer RateLimit::take(const QString &scope, bool isLimited, Timestamp now)
{
    if (m_allPausedUntil = sane(m_allPausedUntil, now); m_allPausedUntil > now)
        return {Verdict::AllWait, m_allPausedUntil};
    const auto found = m_scopes.find(scope);
    if (found != m_scopes.end()) {
        Scope &known = found->second;
        known.pausedUntil = sane(known.pausedUntil, now);
        Timestamp freeAt = known.pausedUntil;
        if (isLimited)
            freeAt = std::max(freeAt, known.bucket.freeAt(m_chatInterval, m_rates.chatBurst, now));
        if (freeAt > now)
            return {Verdict::Wait, freeAt};
    }
    if (!isLimited)
        return {};
    if (const Timestamp freeAt = m_all.freeAt(m_interval, m_burst, now); freeAt > now)
        return {Verdict::AllWait, freeAt};
    m_all.take(m_interval, now);
    m_scopes[scope].bucket.take(m_chatInterval, now);
    forgetIdle(now);
    return {};
}

Timestamp RateLimit::pause(const QString &scope, std::chrono::seconds wait, Timestamp now)
{
    const Timestamp until = now + std::min(wait, kPauseMax) + m_jitter(kJitterMax);
    Scope &paused = m_scopes[scope];
    paused.pausedUntil = std::max(paused.pausedUntil, until);
    std::erase_if(m_lastPauses, [&](const auto &last) {
        return last.first == scope || last.second + kScopesWithin < now;
    });
    m_lastPauses.emplace_back(scope, now);
    if (m_lastPauses.size() >= kScopesForAll) {
        m_allPausedUntil = std::max(m_allPausedUntil, until);
        m_lastPauses.clear();
    }
    forgetIdle(now);
    return paused.pausedUntil;
}

void RateLimit::pauseAll(std::chrono::seconds wait, Timestamp now)
{
    m_allPausedUntil = std::max(m_allPausedUntil, now + wait);
}

void RateLimit::forgetIdle(Timestamp now)
{
    if (m_scopes.size() <= m_forgetAt)
        return;
    std::erase_if(m_scopes, [&](const auto &entry) {
        return entry.second.bucket.fullAt <= now && entry.second.pausedUntil <= now;
    });
    m_forgetAt = std::max(kScopesKept, m_scopes.size() * 2);
}

} // namespace delivery
