#pragma once

#include "language/checks.h"

namespace language {

/// One text beside the English it belongs to. Neither has an empty form.
struct MessagePair {
    QString language;
    const Message &source; // as English has it
    const Message &target;
};

/// All findings of one text, T02 to T23.
[[nodiscard]] std::vector<Finding> checkMessage(const MessagePair &pair);

} // namespace language
