#pragma once

#include "intake/burst_alarm.h"
#include "intake/inbox_writer.h"
#include "intake/metrics.h"
#include "intake/quarantine.h"

namespace intake {

/// Tells people when signatures go wrong: at most once an hour each, as the second says no more
/// than the first. Any thread may call.
class SignatureWatch {
public:
    /// Runs a chore on the thread "inbox"; may forget it.
    using Later = std::function<void(InboxWriter::Chore)>;

    SignatureWatch(const Clock &clock, Later later);

    /// Answered with 401. What has a token of ours is kept and told of; a stranger's is not.
    void refused(const Unproven &unproven);
    /// Recorded. Tells when what DynoPay once signed comes unsigned: it has lost secrets before,
    /// and sent without a word.
    void recorded(bool isSigned);

    [[nodiscard]] QList<Metric> metrics() const;

private:
    void keep(database::Connection &connection, const Unproven &unproven);
    void noteSigned(database::Connection &connection);
    void checkUnsigned(database::Connection &connection);

    const Clock &m_clock;
    const Later m_later;
    std::atomic<bool> m_isNoted = false; // that DynoPay signs
    std::atomic<qint64> m_quarantined = 0;
    std::atomic<qint64> m_unsigned = 0;
    BurstAlarm m_refusedRetell{0};
    BurstAlarm m_refusedDynopay{0};
    BurstAlarm m_turnedUnsigned{0};
};

} // namespace intake
