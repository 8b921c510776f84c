#pragma once

#include "customers/messenger.h"

namespace bot {

/// Publishes the list of commands once per language and catalogue version.
[[nodiscard]] Result<void> publishCommands(engine::Context &context,
                                           const language::Catalogue &catalogue);

} // namespace bot
