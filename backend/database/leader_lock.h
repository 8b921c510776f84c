#pragma once

#include "database/connection.h"

namespace database {

/// One process of all on this database does a job: timers, delivery. The lock lives as long as the
/// connection, so when a process dies another one takes over as soon as PostgreSQL sees it gone.
class LeaderLock {
public:
    explicit LeaderLock(QString job);
    /// True when this connection is the leader, already or from now on. Never waits.
    [[nodiscard]] Result<bool> tryTake(Connection &connection);
    /// After the connection was lost.
    void forget() { m_isLeader = false; }
    [[nodiscard]] bool isLeader() const { return m_isLeader; }

private:
    QString m_job;
    bool m_isLeader = false;
};

} // namespace database
