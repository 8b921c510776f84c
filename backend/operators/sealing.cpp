#include "operators/sealing.h"

#include "core/assert.h"
#include "core/crypto.h"
#include "operators/passphrase.h"

#include <sodium.h>

namespace operators {

namespace {

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray lockKey(const QByteArray &installationKey)
{
    return core::derivedBytes(installationKey, "operators: locked secrets",
                              crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
}

static_assert(kNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
constexpr qsizetype kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

} // namespace

Sealing::Sealing(const QByteArray &installationKey)
    : m_publicKey(crypto_box_PUBLICKEYBYTES, Qt::Uninitialized)
    , m_secretKey(crypto_box_SECRETKEYBYTES, Qt::Uninitialized)
{
    QByteArray seed =
        core::derivedBytes(installationKey, "operators: sealed passphrases", crypto_box_SEEDBYTES);
    CORE_ASSERT(crypto_box_seed_keypair(raw(m_publicKey), raw(m_secretKey), raw(seed)) == 0);
    wipe(seed);
}

Sealing::~Sealing()
{
    wipe(m_secretKey);
}

Result<QByteArray> Sealing::open(const QByteArray &sealed) const
{
    const qsizetype size = sealed.size() - qsizetype(crypto_box_SEALBYTES);
    QByteArray opened(qMax(size, qsizetype(0)), Qt::Uninitialized);
    if (size < 0 || crypto_box_seal_open(raw(opened), raw(sealed),
                                         static_cast<unsigned long long>(sealed.size()),
                                         raw(m_publicKey), raw(m_secretKey)) != 0)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("sealed to another key than this server's")});
    return opened;
}

QByteArray lockedSecret(const QByteArray &installationKey, const QByteArray &about,
                        const QByteArray &nonce, const QByteArray &secret)
{
    CORE_ASSERT(nonce.size() == kNonceBytes);
    QByteArray key = lockKey(installationKey);
    QByteArray locked(secret.size() + kTagBytes, Qt::Uninitialized);
    CORE_ASSERT(crypto_aead_xchacha20poly1305_ietf_encrypt(
                    raw(locked), nullptr, raw(secret),
                    static_cast<unsigned long long>(secret.size()), raw(about),
                    static_cast<unsigned long long>(about.size()), nullptr, raw(nonce),
                    raw(std::as_const(key))) == 0);
    wipe(key);
    return nonce + locked;
}

Result<QByteArray> unlockedSecret(const QByteArray &installationKey, const QByteArray &about,
                                  const QByteArray &locked)
{
    const QByteArray nonce = locked.left(kNonceBytes);
    const QByteArray cipher = locked.mid(kNonceBytes);
    QByteArray key = lockKey(installationKey);
    QByteArray secret(qMax(cipher.size() - kTagBytes, qsizetype(0)), Qt::Uninitialized);
    const bool isOpen =
        cipher.size() >= kTagBytes && crypto_aead_xchacha20poly1305_ietf_decrypt(
                                          raw(secret), nullptr, nullptr, raw(cipher),
                                          static_cast<unsigned long long>(cipher.size()),
                                          raw(about), static_cast<unsigned long long>(about.size()),
                                          raw(nonce), raw(std::as_const(key))) == 0;
    wipe(key);
    if (!isOpen)
        return failure({.code = ErrorCode::Internal,
                        .detail = QStringLiteral("a secret was locked with another key than this "
                                                 "installation's")});
    return secret;
}

Result<QByteArray> seal(const QByteArray &publicKey, const QByteArray &secret)
{
    (void)core::randomBytes(1); // makes libsodium ready
    QByteArray sealed(secret.size() + qsizetype(crypto_box_SEALBYTES), Qt::Uninitialized);
    if (publicKey.size() != qsizetype(crypto_box_PUBLICKEYBYTES) ||
        crypto_box_seal(raw(sealed), raw(secret), static_cast<unsigned long long>(secret.size()),
                        raw(publicKey)) != 0)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("the server has not published its key yet; start "
                                                 "it first")});
    return sealed;
}

} // namespace operators
