#pragma once

#include "core/clock.h"
#include "core/id.h"
#include "tests/support/test_cluster.h"

namespace benchmarks {

/// What long_ledger.sql makes.
inline constexpr CustomerId kLongHistory{1000};  // 100,000 transfers
inline constexpr CustomerId kShortHistory{1001}; // 90
inline constexpr qint64 kLongLedger = 1'000'000; // transfers of all

/// The URL of the ledger with a million transfers, made once for all parts, in about a minute.
[[nodiscard]] QString longLedger(tests::TestCluster &cluster);
/// One customer, kLongHistory, whose account has 1,000,000 entries and more, each transfer with the
/// rows that caused it.
[[nodiscard]] QString deepLedger(tests::TestCluster &cluster);

} // namespace benchmarks
