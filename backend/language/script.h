#pragma once

#include <QString>

namespace language {

/// How many of a hundred letters are of a script that `language` is not written in. Names of
/// products and what is the same everywhere (Telegram, AI, USD) do not count.
[[nodiscard]] int wrongScriptPercent(const QString &prose, const QString &language);

[[nodiscard]] bool hasLetters(const QString &text);

} // namespace language
