#pragma once

#include "operators/command_desk.h"

namespace operators {

// What an Admin does to the other operators. That an Admin remains is PostgreSQL's to see to.

/// operator.roles: other roles, from the next command on.
[[nodiscard]] Result<CommandOutcome> changeRoles(engine::Context &context, const Command &command,
                                                 const Json &payload);
/// operator.deactivate: signs in no more, and every session ends at once.
[[nodiscard]] Result<CommandOutcome>
deactivateOperator(engine::Context &context, const Command &command, const Json &payload);
/// operator.activate: may sign in again, with the passphrase and the second factor of before.
[[nodiscard]] Result<CommandOutcome> activateOperator(engine::Context &context,
                                                      const Command &command, const Json &payload);
/// second_factor.clear: of another, who has lost phone and paper.
[[nodiscard]] Result<CommandOutcome> clearSecondFactor(engine::Context &context,
                                                       const Command &command, const Json &payload);
/// session.end: on whichever console it is.
[[nodiscard]] Result<CommandOutcome> endOneSession(engine::Context &context, const Command &command,
                                                   const Json &payload);

/// The names in a payload. BadInput: one that is none, or none at all.
[[nodiscard]] Result<Roles> rolesIn(const Json &payload);

} // namespace operators
