#pragma once

#include "core/clock.h"

#include <QByteArray>
#include <QList>

#include <chrono>

namespace providers::dynopay {

constexpr char kSignatureV2Header[] = "X-Dynopay-Signature-V2";
constexpr char kSignatureV1Header[] = "X-DynoPay-Signature";
constexpr char kTimestampHeader[] = "X-DynoPay-Timestamp";
constexpr std::chrono::seconds kSignatureTolerance{300};

enum class SignatureVerdict {
    ValidV2,
    ValidV1,
    Absent, // no signature header, or no secret to check one with
    Wrong,
    Stale, // made with a secret of ours, but too far from now
};
[[nodiscard]] QLatin1String name(SignatureVerdict verdict);

/// Empty: the request had no such header.
struct SignatureHeaders {
    QByteArray v2;
    QByteArray v1;
    QByteArray timestamp;
};

/// Over the raw bytes of the body, in constant time. A V2 header decides alone when there is one.
[[nodiscard]] SignatureVerdict
verifySignature(const SignatureHeaders &headers, QByteArrayView body,
                const QList<QByteArray> &secrets, Timestamp now,
                std::chrono::seconds tolerance = kSignatureTolerance);

/// The whole V2 header; several secrets, as during a rotation, give several v1.
[[nodiscard]] QByteArray signV2(QByteArrayView body, qint64 unixSeconds,
                                const QList<QByteArray> &secrets);
/// The V1 header, for a body that is a JSON object; else empty. Goes with kTimestampHeader.
[[nodiscard]] QByteArray signV1(QByteArrayView body, qint64 unixSeconds, const QByteArray &secret);

} // namespace providers::dynopay
