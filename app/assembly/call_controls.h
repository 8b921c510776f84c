#pragma once

#include "calls/call_flow.h"
#include "operators/operator_flow.h"

namespace assembly {

/// What operators may do to calls, done by the calls themselves.
[[nodiscard]] operators::CallControls callControls(const calls::CallFlow &calls);

} // namespace assembly
