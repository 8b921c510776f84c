#include "intake/signature_watch.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcSignatures, "intake.signatures")

namespace intake {

using queue::Source;

SignatureWatch::SignatureWatch(const Clock &clock, Later later)
    : m_clock(clock)
    , m_later(std::move(later))
{
}

void SignatureWatch::refused(const Unproven &unproven)
{
    if (unproven.source == Source::Dynopay)
        m_later([this, unproven](database::Connection &connection) { keep(connection, unproven); });
    else if (m_refusedRetell.note(m_clock.now()))
        qCCritical(lcSignatures).noquote()
            << "a webhook of Retell was refused:" << unproven.reason
            << "- is RETELL_API_KEY the key marked as webhook key, and this clock right?";
}

void SignatureWatch::keep(database::Connection &connection, const Unproven &unproven)
{
    const auto kept = quarantine(connection, unproven, m_clock.now());
    if (!kept) {
        qCWarning(lcSignatures) << "a refused webhook is not kept:" << core::name(kept.error().code)
                                << kept.error().detail;
        return;
    }
    if (!kept->isKnownRoute)
        return;
    if (kept->row)
        ++m_quarantined;
    if (m_refusedDynopay.note(m_clock.now()))
        qCCritical(lcSignatures).noquote()
            << "a webhook of DynoPay with a token of ours was refused:" << unproven.reason
            << "- was its secret changed? It is kept in webhook_quarantine";
}

void SignatureWatch::recorded(bool isSigned)
{
    if (!isSigned)
        m_later([this](database::Connection &connection) { checkUnsigned(connection); });
    else if (!m_isNoted.exchange(true))
        m_later([this](database::Connection &connection) { noteSigned(connection); });
}

void SignatureWatch::noteSigned(database::Connection &connection)
{
    const auto isNews = intake::noteSigner(connection, Source::Dynopay, m_clock.now());
    if (!isNews)
        m_isNoted = false; // with the next one
    else if (*isNews)
        qCInfo(lcSignatures) << "DynoPay signs its webhooks now: DYNOPAY_SIGNATURE_POLICY may be "
                                "required_v2 or v2_or_v1";
}

/// Asks each time: another server may have seen the first signed one.
void SignatureWatch::checkUnsigned(database::Connection &connection)
{
    const auto wasSigned = isSigner(connection, Source::Dynopay);
    if (!wasSigned || !*wasSigned)
        return;
    ++m_unsigned;
    if (m_turnedUnsigned.note(m_clock.now()))
        qCCritical(lcSignatures) << "DynoPay signed its webhooks before and now sends them "
                                    "unsigned: was the secret in its settings wiped?";
}

QList<Metric> SignatureWatch::metrics() const
{
    return {
        counter("speechcad_webhook_quarantined_total",
                "Refused for their signature and kept in webhook_quarantine.", m_quarantined),
        counter("speechcad_webhook_turned_unsigned_total",
                "Taken without a signature from a source that signed before.", m_unsigned),
    };
}

} // namespace intake
