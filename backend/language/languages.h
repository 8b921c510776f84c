#pragma once

#include <QString>

#include <span>

namespace language {

/// A language customers may choose: its tag, and its name as its own speakers write it.
struct Language {
    QString tag;
    QString nativeName;
    friend bool operator==(const Language &, const Language &) = default;
};

/// In the order they are offered; English, the source of all others, is first.
[[nodiscard]] std::span<const Language> knownLanguages();

[[nodiscard]] QString sourceLanguage();

/// "pt_BR" -> "pt-br": one spelling for tags of files, of Telegram and of the database.
[[nodiscard]] QString normalizedTag(QStringView tag);
/// "pt-br" -> "pt"
[[nodiscard]] QString baseLanguage(QStringView tag);

} // namespace language
