#pragma once

#include "core/json.h"
#include "http/server.h"

#include <QHash>

#include <chrono>
#include <deque>
#include <functional>
#include <optional>

namespace simulator {

class Scheduler;

/// What the next calls of a route meet instead of a good answer.
struct Fault {
    enum class Ending {
        Answer,
        HangUp,
        Never,
    };
    QString
        route; // "telegram.sendMessage", "telegram.*", "dynopay.create", ...; case does not count
    int count = 1;
    int status = 0; // 0: the true answer
    QByteArray body;
    std::optional<int> retryAfter;
    std::chrono::milliseconds delay{0};
    Ending ending = Ending::Answer;
    bool applies = false; // the effect happens, although the caller is not told
};

/// Errors: BadInput names what is wrong with the description.
[[nodiscard]] Result<Fault> faultFrom(const Json &description);

class Faults final {
public:
    /// The body of an error the fault does not spell out.
    using ErrorBody = std::function<QByteArray(int status, std::optional<int> retryAfter)>;

    explicit Faults(Scheduler &scheduler);
    void add(const Fault &fault) { m_faults.push_back(fault); }
    void clear() { m_faults.clear(); }
    [[nodiscard]] Json toJson() const;

    struct Outcome {
        bool isFault = false;
        bool isApplied = true;
        int status = 0; // 0: none was sent
    };
    /// Answers with what `apply` returns, or as a fault says.
    Outcome answer(const QString &route, const http::Reply &reply, const ErrorBody &errorBody,
                   const std::function<http::Response()> &apply);

private:
    std::optional<Fault> take(const QString &route);
    void end(const Fault &fault, const http::Reply &reply, const http::Response &response);

    Scheduler &m_scheduler;
    std::deque<Fault> m_faults;
    QList<http::Reply> m_unanswered; // kept, since dropping one would answer it
};

} // namespace simulator
