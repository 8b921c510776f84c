#pragma once

#include "operators/command_desk.h"

namespace operators {

/// policy.refund_rules: the next version of who has to agree to what is given back. What the
/// payload does not name stays as it is.
void addRefundPolicy(engine::RoutingTable &routes);

} // namespace operators
