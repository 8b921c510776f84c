#include "bot/wallet_dialog.h"

#include "ledger/transfer.h"

namespace bot {

using namespace language::literals;

namespace {

constexpr int kHistoryLinesMax = 10;

language::Key kindText(const QString &kind)
{
    if (kind == QLatin1String("deposit"))
        return "wallet.kind.deposit"_key;
    if (kind == QLatin1String("hold"))
        return "wallet.kind.hold"_key;
    if (kind == QLatin1String("charge"))
        return "wallet.kind.charge"_key;
    if (kind == QLatin1String("release"))
        return "wallet.kind.release"_key;
    if (kind == QLatin1String("refund"))
        return "wallet.kind.refund"_key;
    if (kind == QLatin1String("plan"))
        return "wallet.kind.plan"_key;
    if (kind == QLatin1String("goodwill"))
        return "wallet.kind.goodwill"_key;
    if (kind == QLatin1String("correction"))
        return "wallet.kind.correction"_key;
    if (kind == QLatin1String("refund_reversal"))
        return "wallet.kind.reversal"_key;
    if (kind == QLatin1String("deposit_reversal"))
        return "wallet.kind.deposit_reversal"_key;
    if (kind == QLatin1String("payout"))
        return "wallet.kind.payout"_key;
    if (kind == QLatin1String("payout_returned"))
        return "wallet.kind.payout_returned"_key;
    return "wallet.kind.other"_key;
}

} // namespace

Result<bool> WalletDialog::command(Turn &turn, const QString &name)
{
    return name == QLatin1String("wallet") ? taken(showWallet(turn)) : Result<bool>(false);
}

Result<bool> WalletDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action == QLatin1String("menu") && tap.argument == QLatin1String("wallet"))
        return taken(showWallet(turn));
    if (tap.action == QLatin1String("wallet") && tap.argument == QLatin1String("history"))
        return taken(showHistory(turn));
    return false;
}

Result<void> WalletDialog::showWallet(Turn &turn) const
{
    const auto balance = ledger::balanceOf(turn.context.transaction(), turn.customer.id);
    if (!balance)
        return failure(balance.error());
    return turn.show(
        {.parts = {{"wallet.summary"_key,
                    {{"available", balance->available}, {"held", balance->held}}}},
         .keyboard = {{button("wallet.button.topup"_key, QStringLiteral("wallet:topup"))},
                      {button("wallet.button.history"_key, QStringLiteral("wallet:history"))},
                      {button("button.back"_key, QStringLiteral("menu:main"))}}});
}

Result<void> WalletDialog::showHistory(Turn &turn) const
{
    const auto lines =
        ledger::history(turn.context.transaction(), turn.customer.id, kHistoryLinesMax);
    if (!lines)
        return failure(lines.error());
    customers::Message message = {
        .parts = {{"wallet.history.title"_key}},
        .keyboard = {{button("button.back"_key, QStringLiteral("menu:wallet"))}},
        .separator = QStringLiteral("\n")};
    if (lines->empty())
        message.parts.push_back({"wallet.history.empty"_key});
    for (const ledger::HistoryLine &line : *lines) {
        message.parts.push_back(
            {"wallet.history.line"_key,
             {{"time", line.at}, {"kind", kindText(line.kind)}, {"amount", line.amount}}});
    }
    return turn.show(message);
}

} // namespace bot
