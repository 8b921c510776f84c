#pragma once

#include "language/text.h"

namespace guards {

/// What every call begins with: that an AI speaks, for whom, and how to object. Render it with
/// `renderPlain` in the callee's language and do not take a fallback; the opening that goes to the
/// provider is this, a space, and the customer's own words.
[[nodiscard]] language::Text disclosureSentence(const QString &onBehalfOf);
/// What a recorded call says next, a space after the disclosure. Rendered as that is.
[[nodiscard]] language::Text recordingSentence();

} // namespace guards
