#pragma once

#include "language/catalogue.h"

namespace bot {

/// The terms as one HTML page in that language, for GET /terms. Errors: Internal when the catalogue
/// lacks a text.
[[nodiscard]] Result<QByteArray> termsPage(const language::Catalogue &catalogue,
                                           const QString &languageTag, const QString &version);

} // namespace bot
