#pragma once

#include "language/languages.h"
#include "language/text.h"

#include <QHash>
#include <QTranslator>

#include <map>
#include <memory>
#include <mutex>
#include <vector>

class QLocale;

namespace language {

struct Rendered {
    QString text;
    QString languageUsed;
    bool isFallback = false; // not in the language that was asked for
};

/// How often customers of `language` were shown `key` in English.
struct FallbackCount {
    QString language;
    QString key;
    qint64 count = 0;
    friend bool operator==(const FallbackCount &, const FallbackCount &) = default;
};

/// The texts of all languages, as they were when it was loaded. It never changes and is shared, so
/// any thread may render; a new version is a new object. Translators are looked up and never
/// installed, since every customer has a language of their own.
class Catalogue {
public:
    /// Every <tag>.qm of the folder; an empty name means what is embedded in the program.
    /// Errors: ConfigurationInvalid when a file cannot be read or English is missing.
    [[nodiscard]] static Result<std::shared_ptr<const Catalogue>> load(const QString &folder = {});
    ~Catalogue();
    Catalogue(const Catalogue &) = delete;
    Catalogue &operator=(const Catalogue &) = delete;

    /// Telegram HTML, for messages and captions. Tries the exact tag, its language, then English.
    /// Errors: Internal when the key is missing in English, or an argument or the count in `text`.
    [[nodiscard]] Result<Rendered> render(const Text &text, const QString &languageTag) const;
    /// The same for places where Telegram reads no markup: button labels, short notices, commands.
    [[nodiscard]] Result<Rendered> renderPlain(const Text &text, const QString &languageTag) const;

    [[nodiscard]] const std::vector<Language> &languages() const { return m_languages; }
    /// What to guess for Telegram's language_code ("pt-br", "zh-hans", empty): a tag of
    /// `languages()`.
    [[nodiscard]] QString closestLanguage(QStringView code) const;
    /// Changes when any text of any language does: 12 hexadecimal digits.
    [[nodiscard]] const QString &version() const { return m_version; }
    /// Since this object was loaded; sorted by language, then key.
    [[nodiscard]] std::vector<FallbackCount> fallbacks() const;

private:
    enum class Format {
        Html,
        Plain,
    };
    struct Pattern {
        QString text;
        QString language;
        bool isFallback = false;
    };
    struct Request {
        const Text &text;
        const QString &languageTag;
        Format format;
    };

    Catalogue();
    [[nodiscard]] Result<void> readFolder(const QString &folder);
    void listLanguages();
    [[nodiscard]] Result<Pattern> pattern(const QString &key, const QString &tag, int count) const;
    void countFallback(const QString &language, const QString &key) const;
    [[nodiscard]] Result<Rendered> render(const Request &request) const;
    [[nodiscard]] Result<QString> fill(const QString &pattern, const Request &request) const;
    [[nodiscard]] Result<QString> argumentText(const QString &name, const Request &request,
                                               const QLocale &locale) const;

    std::map<QString, std::unique_ptr<QTranslator>> m_translators; // by normalized tag
    std::vector<Language> m_languages;
    QString m_version;
    mutable std::mutex m_fallbacksMutex;
    mutable std::map<std::pair<QString, QString>, qint64> m_fallbacks;
};

} // namespace language
