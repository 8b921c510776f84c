#pragma once

#include "seals/seal.h"

namespace seals {

constexpr qsizetype kPublicKeyBytes = 32;

/// Signs seals with Ed25519. The key is derived from the installation's key file, which is not in
/// the database: whoever owns the database cannot make a seal.
class Signer {
public:
    explicit Signer(const QByteArray &installationKey);
    ~Signer();
    Signer(const Signer &) = delete;
    Signer &operator=(const Signer &) = delete;

    [[nodiscard]] SignedSeal sign(const Seal &seal) const;
    /// 32 bytes that anybody may have.
    [[nodiscard]] const QByteArray &publicKey() const { return m_publicKey; }

private:
    QByteArray m_publicKey;
    QByteArray m_secretKey;
};

[[nodiscard]] bool isSignedBy(const QByteArray &publicKey, const SignedSeal &seal);

} // namespace seals
