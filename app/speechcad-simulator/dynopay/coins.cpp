#include "dynopay/coins.h"

#include <algorithm>
#include <cmath>

namespace simulator {

namespace {

constexpr qint64 kUsd = 1'000'000;

const QByteArray kBase58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const QByteArray kBech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const QByteArray kHex = "0123456789abcdef";

Coin native(const char *code, qint64 rateMicros, AddressForm form, const char *prefix, int length)
{
    return {.code = QString::fromLatin1(code),
            .rateMicros = rateMicros,
            .decimals = 8,
            .minimumMicros = 5 * kUsd,
            .form = form,
            .prefix = prefix,
            .length = length};
}

Coin token(const char *code, AddressForm form, const char *prefix, int length)
{
    Coin coin = native(code, kUsd, form, prefix, length);
    coin.decimals = 6;
    coin.minimumMicros = 10 * kUsd;
    return coin;
}

Coin tagged(const char *code, qint64 rateMicros)
{
    Coin coin = native(code, rateMicros, AddressForm::Base58, "r", 33);
    coin.decimals = 6;
    coin.minimumMicros = 2 * kUsd;
    coin.hasTag = true;
    return coin;
}

qint64 smallestUnit(const Coin &coin)
{
    return coin.decimals == 6 ? 100 : 1;
}

} // namespace

const QList<Coin> &coins()
{
    static const QList<Coin> all = {
        native("BTC", 90'000 * kUsd, AddressForm::Bech32, "bc1q", 38),
        native("ETH", 3'000 * kUsd, AddressForm::Hex, "0x", 40),
        native("LTC", 83 * kUsd, AddressForm::Base58, "L", 33),
        native("DOGE", 150'000, AddressForm::Base58, "D", 33),
        native("TRX", 330'000, AddressForm::Base58, "T", 33),
        native("BCH", 500 * kUsd, AddressForm::CashAddress, "bitcoincash:q", 41),
        native("SOL", 150 * kUsd, AddressForm::Base58, "", 44),
        native("POLYGON", 400'000, AddressForm::Hex, "0x", 40),
        token("USDT-TRC20", AddressForm::Base58, "T", 33),
        token("USDT-ERC20", AddressForm::Hex, "0x", 40),
        token("USDT-POLYGON", AddressForm::Hex, "0x", 40),
        token("USDC-ERC20", AddressForm::Hex, "0x", 40),
        token("RLUSD-ERC20", AddressForm::Hex, "0x", 40),
        tagged("XRP", 2 * kUsd),
        tagged("RLUSD", kUsd),
    };
    return all;
}

const Coin *findCoin(const QString &code)
{
    const auto found = std::find_if(coins().cbegin(), coins().cend(),
                                    [&code](const Coin &coin) { return coin.code == code; });
    return found == coins().cend() ? nullptr : &*found;
}

qint64 unitsFor(const Coin &coin, qint64 usdMicros)
{
    const auto exact = static_cast<__int128>(usdMicros) * kUnitsPerCoin / coin.rateMicros;
    const qint64 step = smallestUnit(coin);
    return static_cast<qint64>(exact) / step * step;
}

qint64 timesRatio(const Coin &coin, qint64 units, double ratio)
{
    const qint64 step = smallestUnit(coin);
    return std::llround(static_cast<double>(units) * ratio) / step * step;
}

nlohmann::ordered_json numberOf(qint64 value, qint64 unit)
{
    if (value % unit == 0)
        return value / unit;
    // At most 15 digits here, so the shortest text of the double is the decimal itself.
    return static_cast<double>(value) / static_cast<double>(unit);
}

QString decimalText(qint64 value, qint64 unit)
{
    const auto digits = static_cast<int>(std::lround(std::log10(static_cast<double>(unit))));
    return QStringLiteral("%1.%2")
        .arg(value / unit)
        .arg(value % unit, digits, 10, QLatin1Char('0'));
}

QString newAddress(World &world, const Coin &coin)
{
    const QByteArray &alphabet = coin.form == AddressForm::Hex      ? kHex
                                 : coin.form == AddressForm::Base58 ? kBase58
                                                                    : kBech32;
    return QString::fromLatin1(coin.prefix + world.randomText(alphabet, coin.length));
}

} // namespace simulator
