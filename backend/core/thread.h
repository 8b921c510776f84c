#pragma once

#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace core {

/// A thread with an end: its destructor asks its event loop, if it has one, to finish, and waits.
class Thread final : public QThread {
public:
    /// `work` is all it does; without it, it runs an event loop.
    explicit Thread(std::function<void()> work = {});
    ~Thread() override;
    /// Moves `object`, which has no parent, to this thread. It is deleted there when the thread
    /// ends.
    void adopt(QObject *object);

private:
    void run() override;

    std::function<void()> m_work;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<QObject>> m_adopted; // deleted in the reverse order
    std::atomic<bool> m_hasEnded = false;
};

using ThreadPtr = std::unique_ptr<Thread>;

/// A started thread with a name that shows in a debugger and in `top -H`. Without `work` it runs an
/// event loop.
[[nodiscard]] ThreadPtr startThread(const QString &name, std::function<void()> work = {});

} // namespace core
