#include "database/transaction.h"

#include "core/assert.h"

#include <utility>

namespace database {

namespace {

constexpr int kTriesMax = 3;

} // namespace

Transaction::Transaction(Connection &connection)
    : m_connection(&connection)
{
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
    , m_changes(std::move(other.m_changes))
    , m_changesAtSavepoint(other.m_changesAtSavepoint)
    , m_hasFailed(other.m_hasFailed)
{
}

Transaction::~Transaction()
{
    if (m_connection)
        rollback();
}

Result<Transaction> Transaction::begin(Connection &connection)
{
    connection.beginWithNext();
    return Transaction(connection);
}

Result<Rows> Transaction::run(const QString &sql, const Values &values)
{
    CORE_ASSERT(m_connection);
    auto rows = m_connection->run(sql, values);
    m_hasFailed = m_hasFailed || !rows;
    return rows;
}

Result<void> Transaction::set(const QString &statement)
{
    CORE_ASSERT(m_connection);
    auto done = m_connection->runScript(statement);
    m_hasFailed = m_hasFailed || !done;
    return done;
}

Result<void> Transaction::commit()
{
    CORE_ASSERT(m_connection);
    if (m_hasFailed) {
        rollback();
        return failure({.code = ErrorCode::Internal,
                        .detail = QStringLiteral("commit after a failed statement")});
    }
    Connection *connection = std::exchange(m_connection, nullptr);
    if (!connection->dropUnsentBegin()) {
        if (auto committed = connection->runScript(QStringLiteral("COMMIT")); !committed)
            return failure(committed.error());
    }
    if (connection->sink() && !m_changes.empty())
        connection->sink()->publish(std::move(m_changes));
    return {};
}

void Transaction::rollback()
{
    CORE_ASSERT(m_connection);
    Connection *connection = std::exchange(m_connection, nullptr);
    // When it fails the connection is gone, and the server rolls back by itself.
    if (!connection->dropUnsentBegin())
        (void)connection->runScript(QStringLiteral("ROLLBACK"));
}

Result<void> Transaction::savepoint()
{
    m_changesAtSavepoint = m_changes.size();
    return set(QStringLiteral("SAVEPOINT s"));
}

Result<void> Transaction::rollbackToSavepoint()
{
    m_changes.erase(m_changes.begin() + static_cast<std::ptrdiff_t>(m_changesAtSavepoint),
                    m_changes.end());
    auto undone = m_connection->runScript(QStringLiteral("ROLLBACK TO SAVEPOINT s"));
    m_hasFailed = !undone;
    return undone;
}

Result<void> Transaction::attempt(const std::function<Result<void>()> &work)
{
    const auto changesBefore = static_cast<std::ptrdiff_t>(m_changes.size());
    if (auto saved = set(QStringLiteral("SAVEPOINT attempt")); !saved)
        return saved;
    Result<void> done = work();
    if (done && !m_hasFailed)
        return set(QStringLiteral("RELEASE SAVEPOINT attempt"));
    m_changes.erase(m_changes.begin() + changesBefore, m_changes.end());
    const auto undone = m_connection->runScript(
        QStringLiteral("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt"));
    m_hasFailed = !undone;
    if (!undone)
        return undone;
    return done ? failure({.code = ErrorCode::Internal,
                           .detail = QStringLiteral("a statement failed and nobody said so")})
                : done;
}

void Transaction::changed(core::Topic topic, qint64 id)
{
    m_changes.push_back({topic, id});
}

Result<void> inTransaction(Connection &connection,
                           const std::function<Result<void>(Transaction &)> &work)
{
    Result<void> outcome = failure({});
    for (int attempt = 0; attempt < kTriesMax; ++attempt) {
        auto transaction = Transaction::begin(connection);
        if (!transaction)
            return failure(transaction.error());
        outcome = work(*transaction);
        if (outcome)
            outcome = transaction->commit();
        if (outcome || outcome.error().code != ErrorCode::Conflict)
            return outcome;
    }
    return outcome;
}

} // namespace database
