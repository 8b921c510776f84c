#pragma once

#include "core/clock.h"
#include "core/money.h"

#include <QFuture>
#include <QString>

namespace api {

/// The conservation equation and the health words of the status bar, read in one snapshot.
struct SystemStatus {
    qint64 inboxReceived = 0;
    qint64 inboxDone = 0;
    qint64 inboxWaiting = 0;
    qint64 inboxRetrying = 0;
    qint64 inboxDead = 0;
    qint64 outboxWaiting = 0;
    Money ledgerSum;       // of all entries: must be zero
    bool isLeader = false; // does this process turn timers and deliver
    Timestamp readAt;

    [[nodiscard]] bool isConserved() const
    {
        return inboxReceived == inboxDone + inboxWaiting + inboxRetrying + inboxDead &&
               ledgerSum.isZero();
    }
};

class System {
public:
    virtual ~System() = default;
    [[nodiscard]] virtual QFuture<Result<SystemStatus>> loadStatus() = 0;
};

} // namespace api
