#pragma once

#include "operators/command_desk.h"

namespace operators {

/// Customers of another bot move in: one event for each, on the customer's own lane. Payload: the
/// rows of customers::readImport, at most a command's size of them, and the file's SHA-256. Refused
/// as a whole when one of them has moved in before with another balance.
[[nodiscard]] Result<CommandOutcome> importCustomers(engine::Context &context,
                                                     const Command &command, const Json &payload);

} // namespace operators
