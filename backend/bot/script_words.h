#pragma once

#include "bot/turn.h"
#include "calls/script_store.h"

namespace bot {

/// What customers read about scripts and their fields, for all dialogs that show them.

[[nodiscard]] language::Key fieldName(calls::ScriptField field);
/// What is to be typed or chosen, with an example.
[[nodiscard]] language::Text fieldQuestion(calls::ScriptField field);
/// Why what was typed cannot be taken.
[[nodiscard]] language::Text fieldRefusal(calls::ScriptField field);
/// One line a field, under each other.
[[nodiscard]] std::vector<language::Text> describe(const Turn &turn,
                                                   const calls::ScriptContent &content);
/// Language and voice are chosen: the buttons' data are `prefix` and the value. Else none.
[[nodiscard]] customers::Keyboard choicesOf(const Turn &turn, const calls::ScriptContent &content,
                                            calls::ScriptField field, const QString &prefix);
[[nodiscard]] QString nativeName(const Turn &turn, const QString &language);
/// Why another script or version is refused, in words.
[[nodiscard]] language::Text limitText(calls::WriteLimit limit);

} // namespace bot
