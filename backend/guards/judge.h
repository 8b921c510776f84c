#pragma once

#include "guards/facts.h"
#include "guards/number.h"
#include "guards/policy.h"
#include "guards/verdict.h"

namespace guards {

/// May this call be placed? Pure: the same request, facts and policy give the same verdict, in the
/// bot before anything is promised and in the dialler before anything is dialled.
[[nodiscard]] Verdict judge(const CallRequest &request, const Facts &facts, const Policy &policy);

/// The number that `judge` would see: facts about its region are gathered by this.
[[nodiscard]] Number destinationOf(const CallRequest &request, const Policy &policy);

} // namespace guards
