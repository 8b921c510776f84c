#pragma once

#include "core/thread.h"

#include <functional>

namespace intake {

/// The thread "http". Servers are made, used and destroyed on it, and must be gone before it.
class HttpThread {
public:
    HttpThread();
    /// Runs `work` there and waits for it. Not to be called on the thread itself.
    void run(const std::function<void()> &work);

private:
    core::ThreadPtr m_thread;
    QObject *m_context; // deletes itself when the thread ends
};

} // namespace intake
