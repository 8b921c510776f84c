#include "seals/span_check.h"

#include "core/crypto.h"

#include <sodium.h>

namespace seals {

/// The SHA-256 of what comes bit by bit.
class SpanCheck::Digest {
public:
    Digest() { crypto_hash_sha256_init(&m_state); }
    void add(const QByteArray &bytes)
    {
        crypto_hash_sha256_update(&m_state,
                                  reinterpret_cast<const unsigned char *>(bytes.constData()),
                                  static_cast<size_t>(bytes.size()));
    }
    /// And begins anew.
    QByteArray take()
    {
        QByteArray digest(crypto_hash_sha256_BYTES, '\0');
        crypto_hash_sha256_final(&m_state, reinterpret_cast<unsigned char *>(digest.data()));
        crypto_hash_sha256_init(&m_state);
        return digest;
    }

private:
    crypto_hash_sha256_state m_state;
};

SpanCheck::SpanCheck(QString what)
    : m_what(std::move(what))
    , m_digest(std::make_unique<Digest>())
{
}

SpanCheck::~SpanCheck() = default;

void SpanCheck::expect(qint64 seal, const Span &span)
{
    m_expected.push_back({seal, span});
}

void SpanCheck::add(qint64 id, QByteArrayView line)
{
    if (m_lastId && id <= *m_lastId)
        m_problems << QStringLiteral("%1 %2 is not in its place").arg(m_what).arg(id);
    m_lastId = id;
    while (!m_expected.empty() && id > m_expected.front().span.upto)
        close();
    if (m_expected.empty()) {
        ++m_unsealed;
        m_firstUnsealed = m_firstUnsealed == 0 ? id : m_firstUnsealed;
        m_lastUnsealed = id;
        return;
    }
    if (id <= m_expected.front().span.after)
        m_problems << QStringLiteral("%1 %2 is in no seal").arg(m_what).arg(id);
    m_digest->add(core::sha256(line));
    ++m_rows;
}

void SpanCheck::close()
{
    const Expected expected = m_expected.front();
    m_expected.pop_front();
    const QByteArray digest = m_digest->take();
    const Span &span = expected.span;
    m_sealed += span.rows;
    if (m_rows != span.rows || digest != span.digest)
        m_problems << QStringLiteral("seal %1: %2s %3 to %4 are not what was sealed (%5 rows, "
                                     "sealed were %6)")
                          .arg(expected.seal)
                          .arg(m_what)
                          .arg(span.after + 1)
                          .arg(span.upto)
                          .arg(m_rows)
                          .arg(span.rows);
    m_rows = 0;
}

void SpanCheck::finish()
{
    while (!m_expected.empty())
        close();
}

} // namespace seals
