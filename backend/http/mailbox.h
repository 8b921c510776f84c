#pragma once

#include "http/message.h"

#include <QObject>

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace http {

struct Answer {
    quint64 connection = 0;
    quint64 request = 0;                   // counted from 0 within the connection
    std::optional<Response> response = {}; // absent: hang up
};

/// Where answers from any thread wait for the server's thread. It outlives the server as long as
/// somebody holds a Reply, and drops what comes after the server has gone.
class Mailbox {
public:
    /// `collector` is called on the thread of `context`, later, when there is something to collect.
    Mailbox(QObject *context, std::function<void()> collector);
    void post(Answer answer);
    /// Says that collect() is about to be called anyway: nobody needs to be woken.
    void announceCollection();
    [[nodiscard]] std::vector<Answer> collect();
    void close();

private:
    std::mutex m_mutex;
    QObject *m_context; // null when closed
    std::function<void()> m_collector;
    std::vector<Answer> m_answers;
    bool m_isCollectionDue = false;
};

} // namespace http
