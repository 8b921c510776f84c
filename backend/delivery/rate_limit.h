#pragma once

#include "core/clock.h"

#include <functional>
#include <optional>
#include <unordered_map>

namespace delivery {

constexpr std::chrono::seconds kPauseMax{3600}; // however much longer a provider asks for

struct Rates {
    int perSecond = 30;    // messages of the whole bot
    int chatPerSecond = 1; // messages of one chat
    int chatBurst = 4;     // of which so many may go at once
};

/// What Telegram allows. Counts on the clock that is passed in; no thread, no I/O.
class RateLimit {
public:
    /// Somewhere between nothing and `most`, so that not everything wakes up at one instant.
    using Jitter = std::function<std::chrono::microseconds(std::chrono::microseconds most)>;

    RateLimit(Rates rates, Jitter jitter);

    enum class Verdict {
        Go,      // taken: send it now
        Wait,    // this scope has to wait until `until`
        AllWait, // the whole bot has to
    };
    struct Answer {
        Verdict verdict = Verdict::Go;
        Timestamp until = {};
    };
    /// `scope`: a chat, or a method that has none. `isLimited`: it is a message, or an edit of one.
    [[nodiscard]] Answer take(const QString &scope, bool isLimited, Timestamp now);

    /// Telegram said 429: nothing of this scope for so long, and nothing at all when it says so to
    /// several scopes at once. Returns until when.
    Timestamp pause(const QString &scope, std::chrono::seconds wait, Timestamp now);
    /// Nothing of the whole bot for so long.
    void pauseAll(std::chrono::seconds wait, Timestamp now);

    /// Chats it remembers: those that are not idle, and at most as many again.
    [[nodiscard]] qsizetype rememberedCount() const
    {
        return static_cast<qsizetype>(m_scopes.size());
    }

private:
    using Duration = std::chrono::microseconds;
    /// One moment says it all: when the bucket will be full again.
    struct Bucket {
        Timestamp fullAt = {};
        [[nodiscard]] Timestamp freeAt(Duration interval, int burst, Timestamp now);
        void take(Duration interval, Timestamp now);
    };
    struct Scope {
        Bucket bucket;
        Timestamp pausedUntil = {};
    };
    void forgetIdle(Timestamp now);

    Rates m_rates;
    Jitter m_jitter;
    Duration m_interval;
    Duration m_chatInterval;
    int m_burst;
    Bucket m_all;
    Timestamp m_allPausedUntil = {};
    std::vector<std::pair<QString, Timestamp>> m_lastPauses;
    std::unordered_map<QString, Scope> m_scopes;
    size_t m_forgetAt;
};

} // namespace delivery
