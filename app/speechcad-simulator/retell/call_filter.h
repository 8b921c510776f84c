#pragma once

#include "retell/retell_body.h"

namespace simulator {

/// Whether a call, as list-calls shows it, is one that was asked for. 400 for a filter that is no
/// such, as a version 2 filter.
[[nodiscard]] RetellResult<bool> matches(const Json &call, const Json &filterCriteria);

} // namespace simulator
