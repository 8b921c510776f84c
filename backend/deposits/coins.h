#pragma once

#include "core/money.h"

#include <QList>
#include <QString>

#include <optional>

namespace deposits {

/// A coin on one network, as customers see it. The code is DynoPay's: "USDT-TRC20".
struct Coin {
    QString code;
    QString name;          // "USDT"
    QString network;       // "Tron (TRC-20)"
    QString uriScheme;     // of a payment QR code: "bitcoin"; empty: the bare address, which every
                           // wallet reads
    Money minimum;         // below it DynoPay keeps the payment for its own fees
    bool needsTag = false; // one address for everybody: without the tag a payment is lost
};

/// Absent: a code we do not know, which is then not offered.
[[nodiscard]] std::optional<Coin> findCoin(const QString &code);

/// Every one we know.
[[nodiscard]] const QList<Coin> &allCoins();

[[nodiscard]] Money smallestDeposit();
[[nodiscard]] Money largestDeposit();

} // namespace deposits
