#include "tests/fakes/samples.h"

namespace tests {

namespace {

using namespace std::chrono_literals;

} // namespace

api::DepositPolicy samplePolicy(Timestamp now)
{
    const QStringList coins = {
        QStringLiteral("USDT-TRC20"), QStringLiteral("USDT-ERC20"), QStringLiteral("USDC-ERC20"),
        QStringLiteral("BTC"),        QStringLiteral("ETH"),        QStringLiteral("LTC"),
        QStringLiteral("DOGE"),       QStringLiteral("BCH"),        QStringLiteral("TRX"),
        QStringLiteral("SOL"),        QStringLiteral("XRP")};
    api::DepositRulesVersion shipped = {.version = 1,
                                        .since = {},
                                        .tolerateFrom = 980,
                                        .tolerateTo = 1020,
                                        .excessUpTo = {},
                                        .confirmedUpTo = {},
                                        .minimums = {},
                                        .isStrict = false,
                                        .changedBy = {},
                                        .reason = QStringLiteral("as shipped")};
    api::DepositPolicy policy = {.versions = {}, .all = {}, .coins = {}};
    for (const QString &coin : coins) {
        shipped.minimums.append(
            {.coin = coin, .minimum = Money::fromCents(coin.contains(u'-') ? 2000 : 1000)});
        policy.coins.append({.coin = coin,
                             .isPaused = false,
                             .reason = {},
                             .changedBy = {},
                             .changedAt = {},
                             .providerMinimum = {},
                             .unavailableUntil = {}});
    }
    api::DepositRulesVersion second = shipped;
    second.version = 2;
    second.since = now - 24h * 9;
    second.tolerateFrom = 975;
    second.excessUpTo = Money::fromCents(200);
    second.confirmedUpTo = Money::fromCents(2500);
    second.minimums[5].minimum = Money::fromCents(1500);
    second.changedBy = QStringLiteral("maria.lindqvist");
    second.reason = QStringLiteral("Exchanges keep their fee from what is sent");
    policy.versions = {second, shipped};
    api::CoinOffer &paused = policy.coins[7];
    paused.isPaused = true;
    paused.reason = QStringLiteral("The network is split");
    paused.changedBy = QStringLiteral("omar");
    paused.changedAt = now - 3h;
    policy.coins[9].unavailableUntil = now + 6min;
    return policy;
}

api::RefundPreview sampleReversalPreview()
{
    const Money credited = Money::fromCents(2500);
    const Money left = Money::fromCents(940);
    return {.paid = credited,
            .refunded = credited,
            .refundable = left,
            .entries = {{.account = QStringLiteral("dynopay_clearing"),
                         .isCustomers = false,
                         .amount = credited,
                         .before = {},
                         .after = {}},
                        {.account = QStringLiteral("available"),
                         .isCustomers = true,
                         .amount = -left,
                         .before = left,
                         .after = Money()},
                        {.account = QStringLiteral("debt"),
                         .isCustomers = true,
                         .amount = left - credited,
                         .before = Money(),
                         .after = left - credited}},
            .customerLanguage = QStringLiteral("fr"),
            .customerText = QStringLiteral(
                "Votre dépôt de 25,00 USD n'a pas été confirmé et a été repris. Solde : 0,00 USD. "
                "Vous devez 15,60 USD. Référence : T-…"),
            .operatorText = QStringLiteral(
                "Your deposit of 25.00 USD was not confirmed and has been taken back. Balance: "
                "0.00 USD. You owe 15.60 USD. Reference: T-…"),
            .needs = api::RefundNeeds::Finance,
            .rule = QStringLiteral("another person of Finance agrees"),
            .mayExecute = false,
            .hash = QStringLiteral("c4d19a07") + QString(56, u'7')};
}

} // namespace tests
