#pragma once

#include "language/translation_file.h"

#include <span>

namespace language {

enum class Severity {
    Error,   // blocks a release
    Warning, // shown
};

struct Finding {
    QString check; // T01 to T23
    Severity severity = Severity::Error;
    QString language;
    QString key;
    QString words; // English, for translators and operators
    friend bool operator==(const Finding &, const Finding &) = default;
};

/// Of the texts that English has: how many are finished and have no error.
struct Coverage {
    QString language;
    int total = 0;
    int finishedAndClean = 0;
    friend bool operator==(const Coverage &, const Coverage &) = default;
};

struct CheckReport {
    std::vector<Finding> findings; // by language, then in the order of the English file
    std::vector<Coverage> coverage;
    [[nodiscard]] bool hasErrors() const;
};

/// English is checked as well, against itself.
[[nodiscard]] CheckReport checkTranslations(const TranslationFile &english,
                                            std::span<const TranslationFile> others);

/// The files that are built into the program. Errors: BadInput when one cannot be read.
[[nodiscard]] Result<CheckReport> checkEmbeddedTranslations();

} // namespace language
