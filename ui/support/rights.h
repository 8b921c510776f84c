#pragma once

#include "api/operators.h"

class QWidget;

namespace ui {

/// Whether whoever sits here may give this kind of command. The backend decides by the same table;
/// the console only does not offer what would be refused.
[[nodiscard]] bool may(const api::Session &session, const char *kind);

/// Empty when whoever sits here may give it; else who may, in a sentence.
[[nodiscard]] QString whyNot(const api::Session &session, const char *kind);
/// A control that cannot be used says why, in its tooltip and to screen readers. Empty: it can.
void offer(QWidget &control, const QString &refusal);
/// "Senior", "Finance".
[[nodiscard]] QStringList namesOfRoles(api::Roles roles);
/// "Senior or Finance".
[[nodiscard]] QString rolesWords(api::Roles roles);

/// Why a command was refused, in a sentence: what it means and what to do.
[[nodiscard]] QString refusalWords(const api::CommandResult &result);
/// Nobody knows whether it was done; the same dialog asks again.
[[nodiscard]] QString failureWords(const core::Error &error);

} // namespace ui
