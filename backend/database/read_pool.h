#pragma once

#include "core/thread.h"
#include "database/connection.h"

#include <QFuture>
#include <QPromise>

#include <atomic>

namespace database {

/// Runs the console's queries on threads "read-1..M", each with a connection of its own, so that a
/// page never waits on the window's thread. A lost connection is opened again at the next query.
/// They have the console's role: a name in a query is a view of schema `console`, not the table.
class ReadPool {
public:
    ReadPool(const QString &databaseUrl, int threads);
    ~ReadPool();

    template <typename T>
    [[nodiscard]] QFuture<Result<T>> read(std::function<Result<T>(Connection &)> query)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        QFuture<Result<T>> future = promise->future();
        promise->start();
        run([promise, query = std::move(query)](const Result<Connection *> &connection) {
            promise->addResult(connection ? query(**connection)
                                          : Result<T>(failure(connection.error())));
            promise->finish();
        });
        return future;
    }

private:
    class Worker;
    void run(std::function<void(const Result<Connection *> &)> job);

    std::vector<Worker *> m_workers; // each lives on the thread of the same index
    std::vector<core::ThreadPtr> m_threads;
    std::atomic<size_t> m_next = 0;
};

} // namespace database
