#pragma once

#include "operators/command_desk.h"

namespace operators {

/// policy.second_factor: whether who has no second factor may decide about money.
void addSecondFactorPolicy(engine::RoutingTable &routes);
[[nodiscard]] Result<bool> needsSecondFactor(database::Transaction &transaction);

} // namespace operators
