#pragma once

#include "core/clock.h"

#include <QByteArray>

namespace providers::retell {

constexpr char kSignatureHeader[] = "X-Retell-Signature";
constexpr std::chrono::milliseconds kSignatureTolerance{300'000}; // both directions, inclusive

enum class SignatureVerdict {
    Valid,
    Absent, // no header
    Wrong,
    Stale, // the digest is right, the time is not
};

/// Over the raw bytes of the body, in constant time. An empty key verifies nothing.
[[nodiscard]] SignatureVerdict verifySignature(QByteArrayView header, QByteArrayView body,
                                               QByteArrayView apiKey, Timestamp now);

/// "v=<ms>,d=<hex>"
[[nodiscard]] QByteArray sign(QByteArrayView body, QByteArrayView apiKey, Timestamp now);

} // namespace providers::retell
