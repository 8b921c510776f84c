#pragma once

#include "report.h"
#include "tests/support/test_cluster.h"

namespace benchmarks {

/// What can be measured by itself. Each works in databases of its own and returns what it found.
[[nodiscard]] Report measureAcks(tests::TestCluster &cluster);
[[nodiscard]] Report measureReplies(tests::TestCluster &cluster);
[[nodiscard]] Report measureTransfers(tests::TestCluster &cluster);
[[nodiscard]] Report measureLanes(tests::TestCluster &cluster);
[[nodiscard]] Report measureBalances(tests::TestCluster &cluster);
[[nodiscard]] Report measurePages(tests::TestCluster &cluster);
[[nodiscard]] Report measureWindow(tests::TestCluster &cluster);
[[nodiscard]] Report measureStart(tests::TestCluster &cluster);
[[nodiscard]] Report measureCalls(tests::TestCluster &cluster);

} // namespace benchmarks
