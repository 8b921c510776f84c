#pragma once

#include "core/result.h"

#include <QList>
#include <QString>

namespace providers::telegram {

/// Data put into an HTML text, attributes included.
[[nodiscard]] QString escapeHtml(QStringView text);

struct Entity {
    QString type;         // "bold", "code", "text_link", ...: the Bot API's names
    qsizetype offset = 0; // UTF-16 code units
    qsizetype length = 0;
    QString url; // of a text_link
};

struct FormattedText {
    QString text; // what is seen; its size() is what Telegram's limits count
    QList<Entity> entities;
};

/// Reads the HTML that the Bot API understands. BadInput: a tag it does not know or that is not
/// closed; the detail says it in Telegram's words ("Unsupported start tag ...", offsets in UTF-8
/// bytes).
[[nodiscard]] Result<FormattedText> parseHtml(QStringView html);

} // namespace providers::telegram
