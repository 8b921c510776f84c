#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace language {

/// Telegram's HTML: what it would refuse to send, in words; nullopt when it is well formed.
[[nodiscard]] std::optional<QString> markupProblem(const QString &html);

/// Opening and closing tags as written, in order of the text.
[[nodiscard]] QStringList tagsOf(const QString &html);

/// What the customer sees: without tags, entities replaced.
[[nodiscard]] QString withoutMarkup(const QString &html);

} // namespace language
