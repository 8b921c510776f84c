#pragma once

#include "seals/seal.h"

#include <QStringList>

namespace seals {

/// Takes seals one after the other and says what is wrong with them: a signature, a gap, a seal
/// that does not name the one before or does not go on where that one ended.
class SealChain {
public:
    /// An empty key: signatures are not looked at.
    explicit SealChain(QByteArray publicKey);
    /// Goes on after `newest`, which was checked before.
    SealChain(QByteArray publicKey, const SignedSeal &newest);

    /// The seal, when it can be read. What is wrong with it is added to problems().
    [[nodiscard]] std::optional<Seal> add(const SignedSeal &seal);
    [[nodiscard]] const QStringList &problems() const { return m_problems; }
    [[nodiscard]] const std::optional<Seal> &newest() const { return m_newest; }

private:
    void checkPlace(const Seal &seal);

    QByteArray m_publicKey;
    std::optional<Seal> m_newest;
    QByteArray m_newestHash;
    QStringList m_problems;
};

} // namespace seals
