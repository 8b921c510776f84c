#pragma once

#include "database/connection.h"

#include <functional>

namespace database {

/// BEGIN ... COMMIT, READ COMMITTED. Leaving the scope without commit() rolls back.
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Connection &connection);
    ~Transaction();
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;

    [[nodiscard]] Result<Rows> run(const QString &sql, const Values &values = {});
    /// A statement that PostgreSQL cannot prepare: SET LOCAL, SET CONSTRAINTS.
    [[nodiscard]] Result<void> set(const QString &statement);
    [[nodiscard]] Result<void> commit();
    void rollback();

    [[nodiscard]] Result<void> savepoint();
    /// Undoes everything since savepoint(), in the database and among the changed ids.
    [[nodiscard]] Result<void> rollbackToSavepoint();
    /// Runs `work` in a savepoint of its own. When it fails, all it did is undone, its changed ids
    /// too, and the transaction goes on as if it had not been tried. May be nested.
    [[nodiscard]] Result<void> attempt(const std::function<Result<void>()> &work);

    /// This id changed: the feed tells it after the commit, and not at all after a rollback.
    void changed(core::Topic topic, qint64 id);
    [[nodiscard]] Connection &connection() { return *m_connection; }

private:
    explicit Transaction(Connection &connection);
    Connection *m_connection; // null once finished or moved from
    std::vector<core::Change> m_changes;
    size_t m_changesAtSavepoint = 0;
    bool m_hasFailed =
        false; // PostgreSQL answers COMMIT with a silent rollback then; we refuse it aloud
};

/// One transaction around `work`, committed when it returns a value. A conflict (deadlock, lock
/// time-out) is tried again, three times at most. For app/, migrations and tests; handlers get the
/// engine's.
[[nodiscard]] Result<void> inTransaction(Connection &connection,
                                         const std::function<Result<void>(Transaction &)> &work);

} // namespace database
