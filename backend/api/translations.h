#pragma once

#include "core/result.h"

#include <QFuture>
#include <QStringList>

namespace api {

/// Texts of one language in one group: how many there are, are finished and clean, are wrong.
struct CoverageCell {
    int total = 0;
    int good = 0;
    int errors = 0;
    int warnings = 0;

    /// Whole per cent, and 100 only when nothing is missing.
    [[nodiscard]] int percent() const { return total == 0 ? 100 : int(qint64(good) * 100 / total); }
};

struct LanguageCoverage {
    QString tag;  // "fr"
    QString name; // as its speakers write it
    CoverageCell all;
    QList<CoverageCell> groups; // in the order of TranslationCoverage::groups
    int stale = 0;              // translated from an English text that has changed since
};

struct TranslationCoverage {
    QStringList groups;                // "wallet", "deposit": the first part of a key
    QList<LanguageCoverage> languages; // English first
    QString catalogue;                 // its version
};

enum class TextState {
    Done,
    Missing,
    NeedsFix, // a check that blocks a release fails
    Stale,
    Noted, // a check that is only shown
};

struct TextRow {
    QString key;
    TextState state = TextState::Done;
    QString source;      // English
    QString translation; // empty when missing
    QStringList notes;   // what the checks say: "T05 The form for 3 to 10 has no %n"
};

/// What the Translations page may see. Any thread may call; answers come later.
class Translations {
public:
    virtual ~Translations() = default;
    [[nodiscard]] virtual QFuture<Result<TranslationCoverage>> loadCoverage() = 0;
    /// All texts of a group; an empty group stands for all groups.
    [[nodiscard]] virtual QFuture<Result<QList<TextRow>>> loadTexts(QString language,
                                                                    QString group) = 0;
};

} // namespace api
