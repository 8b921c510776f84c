#pragma once

#include "operators/command_desk.h"

namespace operators {

// Values that a console may see once: they lie in `revealed_values` for 60 s at most, sealed to a
// key that the console made for this one command, and only the command's session can take them.

/// The console's key. BadInput: there is none.
[[nodiscard]] Result<QByteArray> readerOf(const Json &payload);
[[nodiscard]] Result<void> revealOnce(engine::Context &context, const QByteArray &reader,
                                      const Json &value);

/// reveal.number: of a call, or a customer's own. With a reason, which the audit keeps.
[[nodiscard]] Result<CommandOutcome> revealNumber(engine::Context &context, const Command &command,
                                                  const Json &payload);
/// reveal.transcript: what was said in a call, as far as it is known.
[[nodiscard]] Result<CommandOutcome> revealTranscript(engine::Context &context,
                                                      const Command &command, const Json &payload);
/// reveal.destination: where a payout goes.
[[nodiscard]] Result<CommandOutcome> revealDestination(engine::Context &context,
                                                       const Command &command, const Json &payload);

/// What nobody came for is wiped by a timer.
void addRevealTimer(engine::RoutingTable &routes);

} // namespace operators
