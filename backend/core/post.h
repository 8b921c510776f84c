#pragma once

#include <QMetaObject>

#include <atomic>
#include <semaphore>
#include <utility>

namespace core {

/// Work on its way to another thread. Qt hands it over under a lock of its own, but Qt is not built
/// with ThreadSanitizer, which would take every such hand-over for a race. So it is said once more,
/// here, where it can be seen: each touches m_turn before and after its use. Both sides may be the
/// one that destroys it.
template <typename Work> class HandedOver {
public:
    explicit HandedOver(Work work)
        : m_work(std::move(work))
    {
        touch();
    }

    HandedOver(HandedOver &&other) noexcept
        : m_work(std::move(other.m_work))
    {
        touch();
    }

    HandedOver(const HandedOver &other)
        : m_work(other.m_work)
    {
        touch();
    }

    HandedOver &operator=(const HandedOver &) = delete;
    HandedOver &operator=(HandedOver &&) = delete;
    ~HandedOver() { touch(); }

    void operator()()
    {
        touch();
        m_work();
        touch();
    }

private:
    void touch()
    {
        (void)m_turn.load(
            std::memory_order_acquire); // first: an increment alone is checked too early
        m_turn.fetch_add(1, std::memory_order_acq_rel);
    }

    Work m_work;
    std::atomic<int> m_turn = 0;
};

/// Runs `work` on the thread of `context`, later, from its event loop; never when it is gone by
/// then. Any thread may call it.
template <typename Work> void post(QObject *context, Work work)
{
    QMetaObject::invokeMethod(context, HandedOver<Work>(std::move(work)), Qt::QueuedConnection);
}

/// Runs `work` on the thread of `context` and waits for it. Not to be called on that thread, nor
/// when its event loop has ended.
template <typename Work> void runThere(QObject *context, Work work)
{
    std::binary_semaphore done(0);
    post(context, [&work, &done] {
        work();
        done.release();
    });
    done.acquire();
}

} // namespace core
