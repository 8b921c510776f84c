#pragma once

#include <QByteArray>

namespace intake {

/// A JSON object as the inbox stores it.
struct Payload {
    QByteArray text;     // what jsonb takes
    bool isWhole = true; // false: `text` is not all of what was sent, so the raw bytes must be kept
};

/// `body` is known to be a JSON object. jsonb takes it as it is, but for U+0000, which becomes
/// U+FFFD.
[[nodiscard]] Payload storable(QByteArrayView body);

/// Stands for a body that is no JSON object, or nested too deep.
[[nodiscard]] Payload malformed();

} // namespace intake
