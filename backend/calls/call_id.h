#pragma once

#include "core/id.h"

namespace calls {

using CallId = core::Id<struct CallTag>;

} // namespace calls
