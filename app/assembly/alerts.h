#pragma once

#include "core/clock.h"
#include "core/thread.h"

#include <QHash>
#include <QSet>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace assembly {

/// Tells whoever must know, by running the program of SPEECHCAD_ALERT_COMMAND with one JSON object
/// on its input. On the thread "alerts", so nobody waits for it; the program gets no shell, no
/// argument of ours and none of our environment. Any thread may call.
class Alerts {
public:
    struct Setup {
        QString command; // the program and its own arguments; empty: nobody is told
        std::chrono::milliseconds patience = std::chrono::seconds(10); // then it is killed
    };
    Alerts(Setup setup, const Clock &clock);
    ~Alerts();
    void start();
    /// What still waits is told first, as long as one program may take.
    void stop();

    /// A state that lasts: told once until it was cleared. No secret and nothing of a person goes
    /// into the words.
    void raise(const QString &key, const QString &words);
    void clear(const QString &key);
    /// Something that happened, such as a critical line of the log: the same, whatever the numbers
    /// in it, is told once an hour.
    void note(const QString &key, const QString &words);

private:
    struct Waiting {
        QString key;
        QByteArray body;
    };
    /// False: nobody will be told.
    bool add(const QString &key, const QString &words);
    void work();
    /// False: the command could not take it.
    [[nodiscard]] bool tell(const QByteArray &alert) const;

    const Setup m_setup;
    const Clock &m_clock;
    std::mutex m_mutex;
    std::condition_variable m_condition;
    std::deque<Waiting> m_waiting;
    QSet<QString> m_raised;
    QHash<QString, Timestamp> m_noted;
    bool m_isStopping = false;
    core::ThreadPtr m_thread;
};

} // namespace assembly
