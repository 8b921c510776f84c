#pragma once

#include "core/thread.h"
#include "http/server.h"

#include <QHash>
#include <QUrl>

#include <atomic>
#include <mutex>
#include <vector>

namespace benchmarks {

using Moment = std::chrono::steady_clock::time_point;

/// Answers ok to every Bot API method at once, and notes when a message for a chat came. On a
/// thread of its own.
class BotApi {
public:
    BotApi();
    ~BotApi();
    BotApi(const BotApi &) = delete;
    BotApi &operator=(const BotApi &) = delete;

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] int messageCount() const { return m_count; }
    /// When each chat's messages came, in their order; what comes from now on is counted anew.
    [[nodiscard]] QHash<qint64, std::vector<Moment>> takeArrivals();

private:
    void answer(const http::Request &request, const http::Reply &reply);

    core::ThreadPtr m_thread;
    http::Server *m_server = nullptr; // on m_thread, dies with it
    quint16 m_port = 0;
    std::atomic<int> m_count = 0;
    std::mutex m_mutex;
    QHash<qint64, std::vector<Moment>> m_arrivals;
};

} // namespace benchmarks
