#pragma once

#include "core/json.h"
#include "core/thread.h"
#include "http/server.h"

#include <QUrl>

#include <atomic>
#include <mutex>
#include <vector>

namespace benchmarks {

/// Takes every call at once and places none. On a thread of its own.
class RetellStandIn {
public:
    RetellStandIn();
    ~RetellStandIn();
    RetellStandIn(const RetellStandIn &) = delete;
    RetellStandIn &operator=(const RetellStandIn &) = delete;

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] int callCount() const { return m_count; }
    /// When the newest call came.
    [[nodiscard]] std::chrono::steady_clock::time_point lastCall() const { return m_last; }
    /// The calls as they were answered, registered; what comes from now on is counted anew.
    [[nodiscard]] std::vector<Json> takeCalls();

private:
    void answer(const http::Request &request, const http::Reply &reply);

    core::ThreadPtr m_thread;
    http::Server *m_server = nullptr; // on m_thread, dies with it
    quint16 m_port = 0;
    std::atomic<int> m_count = 0;
    std::atomic<std::chrono::steady_clock::time_point> m_last = {};
    std::mutex m_mutex;
    std::vector<Json> m_calls;
    int m_numbered = 0; // on m_thread
};

} // namespace benchmarks
