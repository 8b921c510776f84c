#pragma once

#include <QByteArray>

namespace core {

/// libsodium throughout: nothing of it is home-made. `sodium_init` runs at the first use.

[[nodiscard]] QByteArray sha256(QByteArrayView bytes);                           // 32 bytes
[[nodiscard]] QByteArray hmacSha256(QByteArrayView key, QByteArrayView message); // 32 bytes
[[nodiscard]] QByteArray randomBytes(int count);
/// `count` bytes that only somebody with `secret` could work out, the same for the same purpose.
[[nodiscard]] QByteArray derivedBytes(QByteArrayView secret, QByteArrayView purpose, int count);
/// Compares without telling by its time where the difference is.
[[nodiscard]] bool equalInConstantTime(QByteArrayView left, QByteArrayView right);
/// URL-safe base 64 without padding: 32 bytes are 43 characters.
[[nodiscard]] QByteArray toBase64Url(QByteArrayView bytes);

} // namespace core
