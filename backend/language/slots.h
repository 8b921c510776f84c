#pragma once

#include <QString>

namespace language {

/// Where Telegram shows a text: how long it may be there, and whether markup is read.
struct Slot {
    int lengthMax = 0; // characters as the customer sees them
    bool isHtml = true;
};

[[nodiscard]] Slot slotOf(const QString &key);

/// The length a customer would see, with usual values in place of the placeholders.
[[nodiscard]] int shownLength(const QString &text);

} // namespace language
