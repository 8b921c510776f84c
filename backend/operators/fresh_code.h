#pragma once

#include "operators/command_desk.h"
#include "operators/sealing.h"

namespace operators {

/// A decision about money wants to know that it is still the same person: whoever has a second
/// factor sends a code of it with the command, sealed. Absent: go on. Refusals: CodeNeeded;
/// Unauthorized: not the code of now; TooSoon: five wrong ones in a quarter of an hour.
[[nodiscard]] Result<std::optional<CommandOutcome>> refuseWithoutCode(engine::Context &context,
                                                                      const Command &command,
                                                                      const Json &payload,
                                                                      const Sealing &sealing);

} // namespace operators
