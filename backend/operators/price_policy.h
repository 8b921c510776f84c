#pragma once

#include "operators/command_desk.h"

namespace operators {

/// policy.plan_price and policy.rates: what plans and calls cost from a moment on. Two people; what
/// somebody has, or was told, stays as it was.
void addPricePolicy(engine::RoutingTable &routes);

} // namespace operators
