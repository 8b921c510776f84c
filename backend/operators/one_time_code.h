#pragma once

#include "core/clock.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace operators {

// The codes of authenticator apps: RFC 4226 and RFC 6238 with SHA-1, six digits and steps of 30 s,
// which is what every app understands.

constexpr int kSecretBytes = 20;
constexpr int kCodeDigits = 6;
constexpr std::chrono::seconds kStep{30};

/// RFC 4226, with leading zeros.
[[nodiscard]] QByteArray codeOf(const QByteArray &secret, qint64 counter, int digits = kCodeDigits);
[[nodiscard]] qint64 stepAt(Timestamp at);

/// The step whose code this is: of now, or of one step before or after, as clocks differ and
/// people type slowly. A step up to `lastUsed` is not looked at, so a code works once.
[[nodiscard]] std::optional<qint64> matchingStep(const QByteArray &secret, const QByteArray &code,
                                                 Timestamp now, qint64 lastUsed);

/// RFC 4648, without padding, as apps take a secret that is typed.
[[nodiscard]] QString toBase32(const QByteArray &bytes);

/// What the picture holds that an app scans.
[[nodiscard]] QString otpauthUri(const QString &operatorName, const QByteArray &secret);

} // namespace operators
