#include "database/read_pool.h"

#include "core/post.h"

namespace database {

class ReadPool::Worker : public QObject {
public:
    explicit Worker(QString url)
        : m_url(std::move(url))
    {
    }

    void run(const std::function<void(const Result<Connection *> &)> &job)
    {
        if (!m_connection || m_connection->isLost()) {
            m_connection.reset();
            auto opened = Connection::open(m_url, QStringLiteral("read"), Role::Console);
            if (!opened)
                return job(failure(opened.error()));
            m_connection = std::move(*opened);
        }
        job(m_connection.get());
    }

private:
    QString m_url;
    std::unique_ptr<Connection> m_connection;
};

ReadPool::ReadPool(const QString &databaseUrl, int threads)
{
    for (int i = 1; i <= threads; ++i) {
        auto thread = core::startThread(QStringLiteral("read-%1").arg(i));
        auto *worker = new Worker(databaseUrl);
        thread->adopt(worker);
        m_workers.push_back(worker);
        m_threads.push_back(std::move(thread));
    }
}

ReadPool::~ReadPool() = default;

void ReadPool::run(std::function<void(const Result<Connection *> &)> job)
{
    Worker *worker = m_workers[m_next++ % m_workers.size()];
    core::post(worker, [worker, job = std::move(job)] { worker->run(job); });
}

} // namespace database
