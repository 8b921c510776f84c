#pragma once

#include "api/changes.h"
#include "core/thread.h"
#include "database/connection.h"

#include <mutex>
#include <set>

namespace database {

/// Carries changed ids after the commit: as a signal in this process, with NOTIFY to the others.
/// Coalesced to 20 a second, since each NOTIFY takes a database-wide lock at commit. Has the thread
/// "listen".
class ChangeFeed final : public api::Changes, public ChangeSink {
    Q_OBJECT

public:
    /// `heard` is called on the thread "listen" at every change, ours too: what the backend wakes
    /// must not wait for the thread that made this, which may be the window's. The signals do.
    explicit ChangeFeed(const QString &databaseUrl, std::function<void()> heard = {},
                        Role role = Role::Application);
    ~ChangeFeed() override;
    /// Any thread.
    void publish(std::vector<core::Change> changes) override;

private:
    class Listener;
    void flush();
    void take(const QString &payload);
    void heard(const QList<core::Change> &changes);
    void tell(std::function<void(ChangeFeed &)> signal);

    std::function<void()> m_heard;
    std::mutex m_mutex;
    std::set<core::Change> m_waiting;
    bool m_flushIsDue = false;
    QString m_origin;     // marks our own notifications, which we have told already
    Listener *m_listener; // lives on the thread
    core::ThreadPtr m_thread;
};

} // namespace database
