#pragma once

#include "core/id.h"

namespace calls {

using ScriptId = core::Id<struct ScriptTag>;
using ScriptVersionId = core::Id<struct ScriptVersionTag>; // what a call is made with

} // namespace calls
