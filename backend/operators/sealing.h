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

/// For whoever has the other half of `publicKey`. BadInput: that is no key.
[[nodiscard]] Result<QByteArray> seal(const QByteArray &publicKey, const QByteArray &secret);

} // namespace operators
