#pragma once

#include <QThread>

#include <memory>

namespace core {

struct StopThread {
    void operator()(QThread *thread) const
    {
        thread->quit();
        thread->wait();
        delete thread;
    }
};

/// A thread with an end: leaving the scope asks its event loop to finish and waits for it.
using ThreadPtr = std::unique_ptr<QThread, StopThread>;

/// A started thread with an event loop and a name that shows in a debugger and in `top -H`.
[[nodiscard]] ThreadPtr startThread(const QString &name);

} // namespace core
