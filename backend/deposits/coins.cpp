#include "deposits/coins.h"

namespace deposits {

namespace {

// DynoPay: forwarding a token costs more than forwarding a native coin, hence the two minimums.
const Money kNativeMinimum = Money::fromCents(10'00);
const Money kTokenMinimum = Money::fromCents(20'00);

} // namespace

const QList<Coin> &allCoins()
{
    static const QList<Coin> all = {
        {QStringLiteral("USDT-TRC20"),
         QStringLiteral("USDT"),
         QStringLiteral("Tron (TRC-20)"),
         {},
         kTokenMinimum},
        {QStringLiteral("USDT-ERC20"),
         QStringLiteral("USDT"),
         QStringLiteral("Ethereum (ERC-20)"),
         {},
         kTokenMinimum},
        {QStringLiteral("USDC-ERC20"),
         QStringLiteral("USDC"),
         QStringLiteral("Ethereum (ERC-20)"),
         {},
         kTokenMinimum},
        {QStringLiteral("BTC"), QStringLiteral("BTC"), QStringLiteral("Bitcoin"),
         QStringLiteral("bitcoin"), kNativeMinimum},
        {QStringLiteral("ETH"),
         QStringLiteral("ETH"),
         QStringLiteral("Ethereum"),
         {},
         kNativeMinimum},
        {QStringLiteral("LTC"), QStringLiteral("LTC"), QStringLiteral("Litecoin"),
         QStringLiteral("litecoin"), kNativeMinimum},
        {QStringLiteral("DOGE"), QStringLiteral("DOGE"), QStringLiteral("Dogecoin"),
         QStringLiteral("dogecoin"), kNativeMinimum},
        {QStringLiteral("BCH"),
         QStringLiteral("BCH"),
         QStringLiteral("Bitcoin Cash"),
         {},
         kNativeMinimum},
        {QStringLiteral("TRX"), QStringLiteral("TRX"), QStringLiteral("Tron"), {}, kNativeMinimum},
        {QStringLiteral("SOL"),
         QStringLiteral("SOL"),
         QStringLiteral("Solana"),
         {},
         kNativeMinimum},
        {QStringLiteral("XRP"),
         QStringLiteral("XRP"),
         QStringLiteral("XRP Ledger"),
         {},
         kNativeMinimum,
         true},
    };
    return all;
}

std::optional<Coin> findCoin(const QString &code)
{
    for (const Coin &coin : allCoins()) {
        if (coin.code == code)
            return coin;
    }
    return std::nullopt;
}

Money smallestDeposit()
{
    return kNativeMinimum;
}

Money largestDeposit()
{
    return Money::fromCents(10'000'00);
}

} // namespace deposits
