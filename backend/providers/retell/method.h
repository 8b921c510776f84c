#pragma once

#include "core/json.h"

#include <QByteArray>

#include <chrono>

namespace providers::retell {

/// What may be done when it is not known whether a request arrived. Retell has no idempotency key.
enum class Repeat {
    Freely,
    Never, // it would dial, make or charge twice
};

struct Method {
    QLatin1String name; // "createPhoneCall": in the outbox, the logs and the simulator
    QByteArray verb;
    QByteArray path; // ends in '/' when a target follows
    Repeat repeat = Repeat::Never;
    std::chrono::seconds timeout{60};
    [[nodiscard]] bool hasTarget() const { return path.endsWith('/'); }
};
/// Null: no such method, which is our own error.
[[nodiscard]] const Method *findMethod(QStringView name);

/// May the same request go out again after this answer? `httpStatus` 0: none came, although it may
/// have arrived. A connection that was refused has not arrived: that may always be tried again.
[[nodiscard]] bool mayRepeat(const Method &method, int httpStatus);

/// One call of the API, without its base address and key.
struct Request {
    const Method *method = nullptr;        // never null
    QString target = {};                   // an id or a number
    QByteArray query = {};                 // without "?"
    Json body = nullptr;                   // null: none. Texts, whole numbers and booleans only
    [[nodiscard]] QByteArray path() const; // with the target, percent-encoded, and the query
    [[nodiscard]] QByteArray bodyBytes() const;
};

/// As an outbox row keeps it, and back. BadInput: not such a payload.
[[nodiscard]] Json payloadOf(const Request &request);
[[nodiscard]] Result<Request> requestFrom(QStringView methodName, const Json &payload);

} // namespace providers::retell
