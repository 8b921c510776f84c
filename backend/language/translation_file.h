#pragma once

#include "core/result.h"

#include <QStringList>

#include <vector>

namespace language {

/// One text of a .ts file.
struct Message {
    QString key;
    QString source;    // the English it was translated from
    QStringList forms; // one, or one a plural form
    bool isPlural = false;
    bool isFinished = false;
};

struct TranslationFile {
    QString language;
    std::vector<Message> messages; // without those marked as gone

    /// Null when there is none of that key.
    [[nodiscard]] const Message *find(const QString &key) const;
};

/// Reads Qt Linguist's format. Errors: BadInput.
[[nodiscard]] Result<TranslationFile> readTranslationFile(const QByteArray &xml);

/// All that are built into the program, English first. Errors: BadInput.
[[nodiscard]] Result<std::vector<TranslationFile>> embeddedTranslationFiles();

} // namespace language
