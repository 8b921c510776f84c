#include "seals/seal_chain.h"

#include "seals/signer.h"

namespace seals {

SealChain::SealChain(QByteArray publicKey)
    : m_publicKey(std::move(publicKey))
{
}

SealChain::SealChain(QByteArray publicKey, const SignedSeal &newest)
    : m_publicKey(std::move(publicKey))
    , m_newestHash(hashOf(newest))
{
    if (auto seal = sealOf(newest.body))
        m_newest = *std::move(seal);
}

std::optional<Seal> SealChain::add(const SignedSeal &given)
{
    const auto seal = sealOf(given.body);
    if (!seal) {
        m_problems << QStringLiteral("what follows seal %1 is no seal")
                          .arg(m_newest ? m_newest->number : 0);
        return std::nullopt;
    }
    if (!m_publicKey.isEmpty() && !isSignedBy(m_publicKey, given))
        m_problems << QStringLiteral("seal %1 is not signed by this key").arg(seal->number);
    checkPlace(*seal);
    m_newest = *seal;
    m_newestHash = hashOf(given);
    return *seal;
}

void SealChain::checkPlace(const Seal &seal)
{
    const qint64 expected = m_newest ? m_newest->number + 1 : 1;
    if (seal.number != expected) {
        m_problems << QStringLiteral("seal %1 stands where seal %2 should be")
                          .arg(seal.number)
                          .arg(expected);
    } else if (seal.previous != m_newestHash) {
        m_problems << QStringLiteral("seal %1 does not name the seal before it").arg(seal.number);
    }
    const Seal before = m_newest.value_or(Seal());
    if (seal.transfers.after != before.transfers.upto || seal.audit.after != before.audit.upto)
        m_problems << QStringLiteral("seal %1 does not go on where the one before it ends")
                          .arg(seal.number);
    if (m_newest && seal.at < before.at)
        m_problems << QStringLiteral("seal %1 is older than the one before it").arg(seal.number);
}

} // namespace seals
