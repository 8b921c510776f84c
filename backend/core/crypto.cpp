#include "core/crypto.h"

#include "core/assert.h"

#include <sodium.h>

namespace core {

namespace {

void ensureReady()
{
    static const int status = sodium_init();
    CORE_ASSERT(status >= 0);
}

const unsigned char *raw(QByteArrayView bytes)
{
    // An absent value has no address, and libsodium passes what it gets to memcpy, which wants one.
    return reinterpret_cast<const unsigned char *>(bytes.isNull() ? "" : bytes.data());
}

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

} // namespace

QByteArray sha256(QByteArrayView bytes)
{
    ensureReady();
    QByteArray digest(crypto_hash_sha256_BYTES, Qt::Uninitialized);
    crypto_hash_sha256(raw(digest), raw(bytes), static_cast<size_t>(bytes.size()));
    return digest;
}

QByteArray hmacSha256(QByteArrayView key, QByteArrayView message)
{
    ensureReady();
    QByteArray digest(crypto_auth_hmacsha256_BYTES, Qt::Uninitialized);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, raw(key), static_cast<size_t>(key.size()));
    crypto_auth_hmacsha256_update(&state, raw(message), static_cast<size_t>(message.size()));
    crypto_auth_hmacsha256_final(&state, raw(digest));
    return digest;
}

QByteArray randomBytes(int count)
{
    ensureReady();
    QByteArray bytes(count, Qt::Uninitialized);
    randombytes_buf(bytes.data(), static_cast<size_t>(count));
    return bytes;
}

QByteArray derivedBytes(QByteArrayView secret, QByteArrayView purpose, int count)
{
    QByteArray bytes;
    for (int block = 0; bytes.size() < count; ++block)
        bytes += hmacSha256(secret, purpose.toByteArray() + '\0' + QByteArray::number(block));
    return bytes.left(count);
}

bool equalInConstantTime(QByteArrayView left, QByteArrayView right)
{
    ensureReady();
    return left.size() == right.size() &&
           sodium_memcmp(left.data(), right.data(), static_cast<size_t>(left.size())) == 0;
}

QByteArray toBase64Url(QByteArrayView bytes)
{
    return bytes.toByteArray().toBase64(QByteArray::Base64UrlEncoding |
                                        QByteArray::OmitTrailingEquals);
}

} // namespace core
