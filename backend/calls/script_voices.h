#pragma once

#include <QList>
#include <QString>

namespace calls {

struct Voice {
    QString id;   // the provider's
    QString name; // a person's name, the same in every language
};

/// Those that speak it well, best first; a tag of the catalogue. Empty: no calls in that language.
[[nodiscard]] QList<Voice> voicesOf(const QString &language);
[[nodiscard]] bool speaks(const QString &voice, const QString &language);
/// "Chloe"; an id that is no longer on offer stays as it is.
[[nodiscard]] QString voiceName(const QString &voice);
/// What the provider calls a language: "fr" is "fr-FR". Empty: no calls in that language.
[[nodiscard]] QString providerLanguage(const QString &language);
/// For the instructions of the agent, which are in English: "French".
[[nodiscard]] QString englishName(const QString &language);

} // namespace calls
