#pragma once

#include "core/result.h"

#include <QByteArray>

namespace operators {

/// What a console sends sealed (passphrases, codes) only the server can open: crypto_box_seal to a
/// key that follows from the installation's, so every server of one installation has the same.
class Sealing {
public:
    explicit Sealing(const QByteArray &installationKey);
    ~Sealing();
    Sealing(const Sealing &) = delete;
    Sealing &operator=(const Sealing &) = delete;

    [[nodiscard]] const QByteArray &publicKey() const { return m_publicKey; }
    /// BadInput: sealed to somebody else, or changed on its way. The caller wipes what it gets.
    [[nodiscard]] Result<QByteArray> open(const QByteArray &sealed) const;

private:
    QByteArray m_publicKey;
    QByteArray m_secretKey;
};

/// A secret that lies in the database: only a server of this installation can read it, and only as
/// what it is `about`. The nonce, 24 bytes, is never used for another secret.
[[nodiscard]] QByteArray lockedSecret(const QByteArray &installationKey, const QByteArray &about,
                                      const QByteArray &nonce, const QByteArray &secret);
/// Internal: locked with another key, or changed. The caller wipes what it gets.
[[nodiscard]] Result<QByteArray> unlockedSecret(const QByteArray &installationKey,
                                                const QByteArray &about, const QByteArray &locked);
constexpr int kNonceBytes = 24;

/// For whoever has the other half of `publicKey`. BadInput: that is no key.
[[nodiscard]] Result<QByteArray> seal(const QByteArray &publicKey, const QByteArray &secret);

} // namespace operators
