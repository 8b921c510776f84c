#pragma once

#include "core/thread.h"
#include "queue/inbox.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace intake {

/// Group commit: whatever has gathered while the last commit was under way goes into the next one.
/// Its thread "inbox" owns the connection.
class InboxWriter {
public:
    using Done = std::function<void(Result<queue::Recorded>)>;
    using Chore = std::function<void(database::Connection &)>;

    /// `committed` is called on the thread "inbox" after each commit with something new in it.
    InboxWriter(QString databaseUrl, const Clock &clock, std::function<void()> committed = {});
    ~InboxWriter();
    InboxWriter(const InboxWriter &) = delete;
    InboxWriter &operator=(const InboxWriter &) = delete;

    /// Any thread. `done` comes after the commit, on the thread "inbox"; or at once, on the
    /// caller's, when the entry cannot be taken. Errors: DatabaseUnavailable (also: too many are
    /// waiting), ShuttingDown, and what the database refused for a reason other than the entry's
    /// content.
    void record(queue::NewEntry entry, Done done);
    /// Any thread. Between two commits, on the thread "inbox". For what may be lost: it is
    /// forgotten when the database is away or too many chores wait.
    void afterwards(Chore chore);
    /// Takes no more, commits and answers what it took. Blocks.
    void stop();

    /// Any thread may ask.
    [[nodiscard]] bool isConnected() const { return m_isConnected; }
    [[nodiscard]] qint64 commitCount() const { return m_commits; }
    [[nodiscard]] int waitingCount() const;

private:
    struct Waiting {
        queue::NewEntry entry;
        Done done;
    };
    using Batch = std::vector<Waiting>;
    using Outcomes = std::vector<queue::Recorded>;

    void run();
    [[nodiscard]] bool waitForWork();
    [[nodiscard]] bool connect();
    void goAway(const Error &error);
    [[nodiscard]] Batch take();
    void write(Batch batch);
    void writeAlone(Waiting waiting);
    [[nodiscard]] Result<Outcomes> attempt(std::span<const queue::NewEntry> entries);
    void answer(const Batch &batch, const Result<Outcomes> &outcomes);
    void runChores();

    const QString m_databaseUrl;
    const Clock &m_clock;
    const std::function<void()> m_committed;
    std::unique_ptr<database::Connection> m_connection; // of the thread "inbox"
    std::atomic<bool> m_isConnected = false;
    std::atomic<qint64> m_commits = 0;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Waiting> m_waiting;
    std::vector<Chore> m_chores;
    bool m_isAway = false; // the database, as far as we know
    bool m_isStopping = false;

    core::ThreadPtr m_thread; // last: it uses all of the above
};

} // namespace intake
