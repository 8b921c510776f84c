#pragma once

#include "engine/context.h"

namespace operators {

// What somebody may guess at (a passphrase, a code) and how long they have to wait after each wrong
// one: counted in PostgreSQL, so that it holds on every server and after a restart.

/// How long it is until the next guess at any of these; 0 s: now.
[[nodiscard]] Result<std::chrono::seconds> waitBeforeGuess(engine::Context &context,
                                                           const std::vector<QString> &whats);
/// Each wrong one doubles the wait, from 1 s to 60 s; the first `freeTries` cost nothing.
[[nodiscard]] Result<void> noteWrongGuess(engine::Context &context, const QString &what,
                                          int freeTries = 0);
/// A right one: these begin anew. What nobody has tried for a day is forgotten with it.
[[nodiscard]] Result<void> forgetGuesses(engine::Context &context,
                                         const std::vector<QString> &whats);

} // namespace operators
