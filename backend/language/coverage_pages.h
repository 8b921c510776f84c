#pragma once

#include "api/translations.h"
#include "database/read_pool.h"
#include "language/checks.h"

#include <mutex>

namespace language {

/// Answers the console's Translations page from the files that are built into the program. They
/// never change while it runs, so they are checked once, on a read thread.
class CoveragePages final : public api::Translations {
public:
    CoveragePages(database::ReadPool &pool, QString catalogueVersion);
    [[nodiscard]] QFuture<Result<api::TranslationCoverage>> loadCoverage() override;
    [[nodiscard]] QFuture<Result<QList<api::TextRow>>> loadTexts(QString language,
                                                                 QString group) override;

private:
    struct Checked {
        std::vector<TranslationFile> files; // English first
        CheckReport report;
    };
    using Known = std::shared_ptr<const Checked>;
    [[nodiscard]] Result<Known> checked();

    database::ReadPool &m_pool;
    QString m_version;
    std::mutex m_mutex;
    Known m_known;
};

} // namespace language
