#include "language/checks.h"

#include "language/check_rules.h"
#include "language/languages.h"

#include <QSet>

#include <algorithm>

namespace language {

namespace {

bool isError(const Finding &finding)
{
    return finding.severity == Severity::Error;
}

Finding missing(const QString &language, const QString &key, const QString &words)
{
    return {QStringLiteral("T01"), Severity::Error, language, key, words};
}

std::vector<Finding> findingsOf(const QString &language, const Message &source,
                                const Message *target)
{
    if (!target)
        return {missing(language, source.key, QStringLiteral("is missing"))};
    if (target->forms.isEmpty() || target->forms.contains(QString()))
        return {missing(language, source.key, QStringLiteral("is empty"))};
    return checkMessage({language, source, *target});
}

/// A key that English lacks would never be shown, and one that stands twice hides the other.
std::vector<Finding> strayKeys(const TranslationFile &english, const TranslationFile &file)
{
    std::vector<Finding> findings;
    QSet<QString> seen;
    for (const Message &message : file.messages) {
        if (!english.find(message.key))
            findings.push_back(
                missing(file.language, message.key, QStringLiteral("is missing in English")));
        if (seen.contains(message.key))
            findings.push_back(
                missing(file.language, message.key, QStringLiteral("stands there twice")));
        seen.insert(message.key);
    }
    return findings;
}

void checkFile(const TranslationFile &english, const TranslationFile &file, CheckReport &report)
{
    Coverage coverage{.language = file.language};
    for (const Message &source : english.messages) {
        const Message *target = file.find(source.key);
        const auto findings = findingsOf(file.language, source, target);
        const bool isClean = std::none_of(findings.begin(), findings.end(), isError);
        ++coverage.total;
        coverage.finishedAndClean += isClean ? 1 : 0; // T02 is an error: clean means finished too
        report.findings.insert(report.findings.end(), findings.begin(), findings.end());
    }
    const std::vector<Finding> strays = strayKeys(english, file);
    report.findings.insert(report.findings.end(), strays.begin(), strays.end());
    report.coverage.push_back(coverage);
}

} // namespace

bool CheckReport::hasErrors() const
{
    return std::any_of(findings.begin(), findings.end(), isError);
}

CheckReport checkTranslations(const TranslationFile &english,
                              std::span<const TranslationFile> others)
{
    CheckReport report;
    checkFile(english, english, report);
    for (const TranslationFile &file : others)
        checkFile(english, file, report);
    return report;
}

Result<CheckReport> checkEmbeddedTranslations()
{
    const Result<std::vector<TranslationFile>> files = embeddedTranslationFiles();
    if (!files)
        return failure(files.error());
    return checkTranslations(files->front(), std::span(*files).subspan(1));
}

} // namespace language
