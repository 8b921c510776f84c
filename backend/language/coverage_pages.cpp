#include "language/coverage_pages.h"

#include "language/languages.h"

namespace language {

namespace {

const QString kStaleCheck = QStringLiteral("T14");

QString groupOf(const QString &key)
{
    return key.section(u'.', 0, 0);
}

QList<Finding> findingsOf(const CheckReport &report, const QString &language, const QString &key)
{
    QList<Finding> found;
    for (const Finding &finding : report.findings) {
        if (finding.language == language && finding.key == key)
            found.append(finding);
    }
    return found;
}

QString nameOf(const QString &tag)
{
    for (const Language &language : knownLanguages()) {
        if (language.tag == tag)
            return language.nativeName;
    }
    return tag;
}

bool hasText(const Message *message)
{
    return message != nullptr && message->isFinished && !message->forms.isEmpty() &&
           !message->forms.first().isEmpty();
}

api::TextRow rowOf(const Message &english, const TranslationFile &file, const CheckReport &report)
{
    const Message *translated = file.find(english.key);
    api::TextRow row{.key = english.key,
                     .state = api::TextState::Done,
                     .source = english.forms.isEmpty() ? english.source : english.forms.last(),
                     .translation =
                         translated == nullptr ? QString() : translated->forms.join(u'\n'),
                     .notes = {}};
    bool isStale = false;
    bool isWrong = false;
    for (const Finding &finding : findingsOf(report, file.language, english.key)) {
        row.notes << finding.check + u' ' + finding.words;
        isStale = isStale || finding.check == kStaleCheck;
        isWrong = isWrong || finding.severity == Severity::Error;
    }
    if (!hasText(translated))
        row.state = api::TextState::Missing;
    else if (isStale)
        row.state = api::TextState::Stale;
    else if (isWrong)
        row.state = api::TextState::NeedsFix;
    else if (!row.notes.isEmpty())
        row.state = api::TextState::Noted;
    return row;
}

void count(api::CoverageCell &cell, const api::TextRow &row)
{
    const bool isGood = row.state == api::TextState::Done || row.state == api::TextState::Noted;
    ++cell.total;
    cell.good += isGood ? 1 : 0;
    cell.errors += row.state == api::TextState::NeedsFix || row.state == api::TextState::Stale;
    cell.warnings += row.state == api::TextState::Noted ? 1 : 0;
}

api::LanguageCoverage coverageOf(const TranslationFile &english, const TranslationFile &file,
                                 const CheckReport &report, const QStringList &groups)
{
    api::LanguageCoverage coverage{.tag = file.language,
                                   .name = nameOf(file.language),
                                   .all = {},
                                   .groups = QList<api::CoverageCell>(groups.size()),
                                   .stale = 0};
    for (const Message &message : english.messages) {
        const api::TextRow row = rowOf(message, file, report);
        count(coverage.all, row);
        count(coverage.groups[groups.indexOf(groupOf(message.key))], row);
        coverage.stale += row.state == api::TextState::Stale ? 1 : 0;
    }
    return coverage;
}

} // namespace

CoveragePages::CoveragePages(database::ReadPool &pool, QString catalogueVersion)
    : m_pool(pool)
    , m_version(std::move(catalogueVersion))
{
}

Result<CoveragePages::Known> CoveragePages::checked()
{
    const std::scoped_lock lock(m_mutex);
    if (m_known)
        return m_known;
    auto files = embeddedTranslationFiles();
    if (!files)
        return failure(files.error());
    auto report = checkTranslations(files->front(), std::span(*files).subspan(1));
    m_known = std::make_shared<const Checked>(Checked{std::move(*files), std::move(report)});
    return m_known;
}

QFuture<Result<api::TranslationCoverage>> CoveragePages::loadCoverage()
{
    return m_pool.read<api::TranslationCoverage>(
        [this](database::Connection &) -> Result<api::TranslationCoverage> {
            const auto known = checked();
            if (!known)
                return failure(known.error());
            api::TranslationCoverage coverage;
            coverage.catalogue = m_version;
            const TranslationFile &english = (*known)->files.front();
            for (const Message &message : english.messages) {
                if (!coverage.groups.contains(groupOf(message.key)))
                    coverage.groups << groupOf(message.key);
            }
            for (const TranslationFile &file : (*known)->files)
                coverage.languages.append(
                    coverageOf(english, file, (*known)->report, coverage.groups));
            return coverage;
        });
}

QFuture<Result<QList<api::TextRow>>> CoveragePages::loadTexts(QString language, QString group)
{
    return m_pool.read<QList<api::TextRow>>(
        [this, language = std::move(language),
         group = std::move(group)](database::Connection &) -> Result<QList<api::TextRow>> {
            const auto known = checked();
            if (!known)
                return failure(known.error());
            QList<api::TextRow> rows;
            for (const TranslationFile &file : (*known)->files) {
                if (file.language != language)
                    continue;
                for (const Message &message : (*known)->files.front().messages) {
                    if (group.isEmpty() || groupOf(message.key) == group)
                        rows.append(rowOf(message, file, (*known)->report));
                }
            }
            return rows;
        });
}

} // namespace language
