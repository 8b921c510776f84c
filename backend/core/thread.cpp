#include "core/thread.h"

#include <utility>

namespace core {

Thread::Thread(std::function<void()> work)
    : m_work(std::move(work))
{
}

Thread::~Thread()
{
    quit();
    wait();
    // QThread::wait() orders what the thread did before what comes here; only this says so to
    // ThreadSanitizer, which does not see into Qt.
    (void)m_hasEnded.load(std::memory_order_acquire);
}

void Thread::adopt(QObject *object)
{
    object->moveToThread(this);
    const std::scoped_lock lock(m_mutex);
    m_adopted.emplace_back(object);
}

void Thread::run()
{
    if (m_work)
        m_work();
    else
        exec();
    std::unique_lock lock(m_mutex);
    std::vector<std::unique_ptr<QObject>> adopted = std::move(m_adopted);
    lock.unlock();
    while (!adopted.empty())
        adopted.pop_back();
    m_hasEnded.store(true, std::memory_order_release);
}

ThreadPtr startThread(const QString &name, std::function<void()> work)
{
    auto thread = std::make_unique<Thread>(std::move(work));
    thread->setObjectName(name);
    thread->start();
    return thread;
}

} // namespace core
