#include "database/leader_lock.h"

namespace database {

LeaderLock::LeaderLock(QString job)
    : m_job(std::move(job))
{
}

Result<bool> LeaderLock::tryTake(Connection &connection)
{
    if (m_isLeader)
        return true;
    const auto taken = connection.run(
        QStringLiteral("SELECT pg_try_advisory_lock(hashtextextended(?, 2)) AS taken"), {m_job});
    if (!taken)
        return failure(taken.error());
    m_isLeader = taken->first().boolean("taken");
    return m_isLeader;
}

} // namespace database
