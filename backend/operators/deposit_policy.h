#pragma once

#include "operators/command_desk.h"

namespace operators {

/// policy.deposit_rules: the next version of how deposits are credited. What the payload does not
/// name stays as it is.
void addDepositPolicy(engine::RoutingTable &routes);

} // namespace operators
