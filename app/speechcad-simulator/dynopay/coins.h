#pragma once

#include "world.h"

namespace simulator {

/// Crypto amounts are whole units of 10^-8 of their coin.
constexpr qint64 kUnitsPerCoin = 100'000'000;

/// How an address of a coin looks.
enum class AddressForm {
    Bech32,
    Hex,
    Base58,
    CashAddress,
};

struct Coin {
    QString code;
    qint64 rateMicros = 0; // test data, no prices: micro-dollars a coin
    int decimals = 8;
    qint64 minimumMicros = 0; // micro-dollars a payment
    AddressForm form = AddressForm::Base58;
    QByteArray prefix;
    int length = 0; // of what follows the prefix
    bool hasTag = false;
};

[[nodiscard]] const QList<Coin> &coins();
/// Null: no such coin.
[[nodiscard]] const Coin *findCoin(const QString &code);

[[nodiscard]] qint64 unitsFor(const Coin &coin, qint64 usdMicros);
/// Rounded to what the coin's chain can carry.
[[nodiscard]] qint64 timesRatio(const Coin &coin, qint64 units, double ratio);
/// A whole number where it is one, as JavaScript writes it.
[[nodiscard]] nlohmann::ordered_json numberOf(qint64 value, qint64 unit);
[[nodiscard]] QString decimalText(qint64 value, qint64 unit);
[[nodiscard]] QString newAddress(World &world, const Coin &coin);

} // namespace simulator
