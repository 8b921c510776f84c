#pragma once

#include "alerts.h"
#include "conservation.h"
#include "database/leader_lock.h"
#include "engine/wakeup.h"
#include "ledger/verify.h"

#include <atomic>

namespace assembly {

/// Counts once a minute whether the books balance, in one server at a time, and raises what must be
/// known at once: a mismatch, the stop switch, a database that is away. Once a day it verifies the
/// whole ledger with its seals. On the thread "books".
class BooksWatch {
public:
    struct Setup {
        QString databaseUrl;
        /// What the seals are compared with besides the rows; none: the ledger alone is verified.
        std::function<Result<ledger::SealCheck>()> sealCheck = {};
        /// A restart of PostgreSQL is no alert.
        std::chrono::milliseconds awayPatience = std::chrono::seconds(15);
    };
    BooksWatch(Setup setup, const Clock &clock, Alerts &alerts);
    ~BooksWatch();
    void start();
    void stop();

    /// Of the last count; empty in a server that does not count.
    [[nodiscard]] QList<intake::Metric> metrics() const;

private:
    void work();
    /// Whatever is due at that moment.
    void look(database::Connection &connection, Timestamp now);
    void count(database::Connection &connection);
    void verify(database::Connection &connection);
    void lookAtSwitch(database::Connection &connection);

    /// Something that is done again and again.
    struct Turn {
        std::chrono::seconds every;
        Timestamp due = Timestamp::min();  // at once
        Timestamp last = Timestamp::min(); // a clock that was set back must not keep us from it
        [[nodiscard]] bool isDue(Timestamp now) const { return now >= due || now < last; }
        void done(Timestamp now)
        {
            last = now;
            due = now + every;
        }
    };

    const Setup m_setup;
    const Clock &m_clock;
    Alerts &m_alerts;
    Turn m_counting;
    Turn m_verifying;
    engine::Wakeup m_wakeup;
    std::atomic<bool> m_isStopping = false;
    mutable std::mutex m_mutex;
    std::optional<Conservation> m_last;
    std::optional<bool> m_isSound; // of the last verification
    core::ThreadPtr m_thread;
};

} // namespace assembly
