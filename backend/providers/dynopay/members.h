#pragma once

#include "core/json.h"

#include <initializer_list>

namespace providers::dynopay {

/// The first of the members that is a text or a number and not empty, as written.
[[nodiscard]] inline QString firstOf(const Json &json, std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        const QString text = core::numberText(json, key).value_or(QString()).trimmed();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

} // namespace providers::dynopay
