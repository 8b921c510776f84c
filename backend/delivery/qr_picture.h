#pragma once

#include "core/result.h"

#include <QByteArray>

namespace delivery {

/// `text` as a QR code: PNG, about 400 pixels wide, error correction M, a quiet zone of 4 modules.
/// BadInput: empty, or more than a QR code holds.
[[nodiscard]] Result<QByteArray> qrPicture(const QString &text);

} // namespace delivery
