#pragma once

#include "core/clock.h"
#include "core/money.h"

#include <QFuture>

#include <optional>

namespace api {

/// What the tiles of the Overview page say, read in one snapshot.
struct OverviewNumbers {
    qint64 liveCalls = 0;    // from the dial until the end
    qint64 waitingCalls = 0; // for their hour or a free line
    qint64 liveCallsMax = 0; // 0: not known
    bool isOutboundStopped = false;
    Money spendToday;           // since midnight UTC
    Money spendYesterday;       // until the same time of day
    qint64 depositsWaiting = 0; // payment seen, not credited
    qint64 depositsLate = 0;    // of these, over 30 minutes
    std::optional<Timestamp> oldestDepositAt;
    qint64 depositsForPerson = 0; // in review
    qint64 approvalsWaiting = 0;
    Money approvalsWaitingSum;
    qint64 deadLetters = 0;
    qint64 inboxWaiting = 0;
    std::optional<Timestamp> oldestWaitingAt; // of the rows that wait to be handled
    Timestamp readAt;
};

/// What happened within five minutes that begin at `at`.
struct OverviewPoint {
    Timestamp at;
    qint64 calls = 0; // dialled
    Money spend;      // charged
};

class Overview {
public:
    virtual ~Overview() = default;
    [[nodiscard]] virtual QFuture<Result<OverviewNumbers>> loadNumbers() = 0;
    /// Oldest first, without gaps, the last one unfinished; `hours` up to 24.
    [[nodiscard]] virtual QFuture<Result<QList<OverviewPoint>>> loadSeries(int hours) = 0;
};

} // namespace api
