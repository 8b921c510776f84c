#pragma once

#include <QtGlobal>

#include <atomic>

namespace delivery {

/// Of this process, since its start. Any thread may read them.
struct CourierCounters {
    std::atomic<qint64> unknownOutcomes = 0; // sends of which nobody knows whether they arrived
    std::atomic<qint64> givenUp = 0; // rows that were tried to the end of kMessageLifetime in vain
};

} // namespace delivery
