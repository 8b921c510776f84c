#pragma once

#include "core/result.h"

#include <QByteArray>

namespace operators {

/// What a new passphrase must be: 12 characters or more, not one everybody tries first, not the
/// name. Errors: BadInput, in words for the person who chose it.
[[nodiscard]] Result<void> checkPassphrase(const QByteArray &passphrase, const QString &name);

/// Argon2id, with its own salt: a text that starts with "$argon2id$". Takes some 64 MiB and a tenth
/// of a second, as every guess would.
[[nodiscard]] Result<QString> hashOf(const QByteArray &passphrase);
/// An empty `hash` (there is no such operator) takes as long and is false.
[[nodiscard]] bool isPassphrase(const QByteArray &passphrase, const QString &hash);

/// Overwrites the bytes, also where a compiler sees no use of that.
void wipe(QByteArray &secret);

} // namespace operators
