#pragma once

#include "parameters.h"

#include <QString>

namespace simulator {

/// A text as it is shown.
struct Content {
    QString text;
    Json entities = Json::array();
};

/// Reads a text and its markup. Errors: BadInput, in Telegram's words after "Bad Request: ".
[[nodiscard]] Result<Content> readText(const Parameters &parameters);
[[nodiscard]] Result<Content> readCaption(const Parameters &parameters);

/// The inline_keyboard array of reply_markup, or null when there is none.
[[nodiscard]] Result<Json> readKeyboard(const Parameters &parameters);
/// A reply keyboard with a button that shares the user's own number.
[[nodiscard]] bool asksForContact(const Parameters &parameters);

struct PictureSize {
    int width = 0;
    int height = 0;
};
/// Absent: not a whole PNG file.
[[nodiscard]] std::optional<PictureSize> pngSize(const QByteArray &bytes);

} // namespace simulator
