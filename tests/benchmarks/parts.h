#pragma once

#include "report.h"
#include "tests/support/test_cluster.h"

namespace benchmarks {

/// What can be measured by itself. Each works in databases of its own and returns what it found.
[[nodiscard]] Report measureAcks(tests::TestCluster &cluster);
[[nodiscard]] Report measureReplies(tests::TestCluster &cluster);
[[nodiscard]] Report measureTransfers(tests::TestCluster &cluster);
[[nodiscard]] Report measureLanes(tests::TestCluster &cluster);

} // namespace benchmarks
