#pragma once

#include <QByteArrayView>

namespace providers::telegram {

constexpr char kSecretHeader[] = "X-Telegram-Bot-Api-Secret-Token";

/// In constant time. Never true for an empty secret.
[[nodiscard]] bool verifySecret(QByteArrayView header, QByteArrayView secret);

} // namespace providers::telegram
