#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <chrono>
#include <optional>
#include <utility>

namespace delivery {

constexpr qint64 kAnswerBytesMax = 1 << 20;

struct HttpRequest {
    QByteArray verb;
    QUrl url; // may hold a secret: never in a log
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};
};

struct HttpAnswer {
    enum class Outcome {
        Answered,   // `status` and `body`; also for 5xx
        NotArrived, // no byte of the request has left: sending it again is safe
        Unknown,    // time-out or reset after it left: it may have arrived
        NotAllowed, // not one of the configured origins, or no request at all: our own error
    };
    Outcome outcome = Outcome::Unknown;
    int status = 0;
    QByteArray body = {};
    std::optional<std::chrono::seconds> retryAfter = {};
};

/// scheme://host:port, what two addresses must have in common to be one origin.
[[nodiscard]] QByteArray originOf(const QUrl &url);
/// The bytes on the wire. Absent: no such request may be sent (a line break in a header, no host).
[[nodiscard]] std::optional<QByteArray> toWire(const HttpRequest &request);
/// `base` (with or without "/" at its end) followed by `path`, which is percent-encoded already.
[[nodiscard]] QUrl below(const QUrl &base, const QByteArray &path);

} // namespace delivery
