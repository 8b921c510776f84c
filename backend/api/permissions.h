#pragma once

#include "api/operators.h"

namespace api {

/// Who may give a kind of command: anybody with one of these roles. The one table of it; the
/// backend refuses by it, and a console hides by it. Absent: there is no such command.
/// A kind whose work looks further (whose refund it is, how much) refuses more, never less.
[[nodiscard]] std::optional<Roles> rolesFor(const QString &kind);

/// Every kind there is.
[[nodiscard]] QStringList commandKinds();

/// In solo mode the Admin holds Finance too, as there is nobody else.
[[nodiscard]] Roles effectiveRoles(Roles roles, bool isSolo);

[[nodiscard]] bool mayGive(const SignedIn &who, const char *kind);

} // namespace api
