#include "seals/signer.h"

#include "core/assert.h"
#include "core/crypto.h"

#include <sodium.h>

namespace seals {

namespace {

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

} // namespace

Signer::Signer(const QByteArray &installationKey)
    : m_publicKey(crypto_sign_PUBLICKEYBYTES, '\0')
    , m_secretKey(crypto_sign_SECRETKEYBYTES, '\0')
{
    static_assert(crypto_sign_PUBLICKEYBYTES == kPublicKeyBytes);
    // Not the installation's key itself: that one has other uses.
    QByteArray seed =
        core::derivedBytes(installationKey, "seals, version 1", crypto_sign_SEEDBYTES);
    CORE_ASSERT(crypto_sign_seed_keypair(raw(m_publicKey), raw(m_secretKey), raw(seed)) == 0);
    sodium_memzero(seed.data(), static_cast<size_t>(seed.size()));
}

Signer::~Signer()
{
    sodium_memzero(m_secretKey.data(), static_cast<size_t>(m_secretKey.size()));
}

SignedSeal Signer::sign(const Seal &seal) const
{
    SignedSeal made = {bodyOf(seal), QByteArray(crypto_sign_BYTES, '\0')};
    CORE_ASSERT(crypto_sign_detached(raw(made.signature), nullptr, raw(made.body),
                                     static_cast<size_t>(made.body.size()), raw(m_secretKey)) == 0);
    return made;
}

bool isSignedBy(const QByteArray &publicKey, const SignedSeal &seal)
{
    return publicKey.size() == kPublicKeyBytes && seal.signature.size() == crypto_sign_BYTES &&
           sodium_init() >= 0 &&
           crypto_sign_verify_detached(raw(seal.signature), raw(seal.body),
                                       static_cast<size_t>(seal.body.size()), raw(publicKey)) == 0;
}

} // namespace seals
