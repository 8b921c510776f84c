#pragma once

#include "operators/command_desk.h"

namespace operators {

/// What two people have to mean, where it is no flow of its own: the first who gives the command
/// asks, the same command of another person within a day does it.
struct Wish {
    QString what; // in words, for who agrees
    Json content; // that both have to mean
};

/// Nothing: this command does it, now. An outcome: it was only asked for, and another person is
/// waited for; its answer has `asked` and says until when. Where there is nobody else (solo mode)
/// one is enough; and what was agreed to before is not asked again. PostgreSQL refuses the effects
/// without the row that this writes.
[[nodiscard]] Result<std::optional<CommandOutcome>>
waitsForSecond(engine::Context &context, const Command &command, const Wish &wish);

} // namespace operators
