#include "bot/topup_dialog.h"

#include "bot/typed_amount.h"
#include "deposits/coin_switches.h"
#include "deposits/coins.h"
#include "deposits/deposit_rules.h"

namespace bot {

using namespace language::literals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds kFresh = 60s; // Telegram repeats for a day what it could not deliver
const QString kAskAmount = QStringLiteral("topup.amount");
const QString kAskCoin = QStringLiteral("topup.coin");

bool isAllowed(Money amount, Money smallest)
{
    return amount >= smallest && amount <= deposits::largestDeposit();
}

Result<deposits::DepositRules> rulesOf(Turn &turn)
{
    return deposits::depositRulesAt(turn.context.transaction(), turn.context.now());
}

QString nameOf(const deposits::Coin &coin)
{
    return coin.name == coin.network ? coin.name : coin.name + QStringLiteral(" · ") + coin.network;
}

Result<void> showPaused(Turn &turn)
{
    return turn.show({.parts = {{"topup.paused"_key}},
                      .keyboard = {{button("button.back"_key, QStringLiteral("menu:wallet"))}}});
}

/// Back to the amount, where another coin can be chosen.
Result<void> refuseCoin(Turn &turn, const language::Text &why)
{
    return turn.show({.parts = {why},
                      .keyboard = {{button("button.back"_key, QStringLiteral("wallet:topup"))}}});
}

QString wholeDollars(Money amount)
{
    return amount.toString().section(u'.', 0, 0) + QStringLiteral(" USD");
}

} // namespace

TopupDialog::TopupDialog(const deposits::DepositFlow &flow, const QStringList &coins)
    : m_flow(flow)
{
    for (const QString &code : coins) {
        if (deposits::findCoin(code))
            m_coins << code;
    }
}

Result<bool> TopupDialog::command(Turn &turn, const QString &name)
{
    return name == QLatin1String("topup") ? taken(askAmount(turn)) : Result<bool>(false);
}

Result<bool> TopupDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action == QLatin1String("wallet") && tap.argument == QLatin1String("topup"))
        return taken(askAmount(turn));
    if (tap.action == QLatin1String("amount") && tap.argument == QLatin1String("own"))
        return taken(askOwnAmount(turn));
    if (tap.action == QLatin1String("amount")) {
        const auto rules = rulesOf(turn);
        if (!rules)
            return failure(rules.error());
        const Money smallest = rules->smallest();
        const auto amount = typedAmount(tap.argument);
        return taken(amount && isAllowed(*amount, smallest) ? askCoin(turn, *amount)
                                                            : refuseAmount(turn, smallest));
    }
    if (tap.action == QLatin1String("coin"))
        return chooseCoin(turn, tap.argument);
    return false;
}

Result<bool> TopupDialog::typed(Turn &turn, const Conversation &conversation, const QString &text)
{
    if (conversation.dialog != kAskAmount)
        return false;
    const auto rules = rulesOf(turn);
    if (!rules)
        return failure(rules.error());
    const Money smallest = rules->smallest();
    const auto amount = typedAmount(text);
    if (!amount || !isAllowed(*amount, smallest))
        return taken(refuseAmount(turn, smallest));
    const auto age = turn.context.now() - turn.saidAt;
    if (age <= kFresh)
        return taken(askCoin(turn, *amount));
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(age);
    return taken(turn.show(
        {.parts = {{"message.stale"_key, {}, int(minutes.count())}},
         .keyboard = {{button("button.yes"_key, QStringLiteral("amount:") + amount->toString()),
                       button("button.no"_key, QStringLiteral("nav:cancel"))}}}));
}

Result<void> TopupDialog::askAmount(Turn &turn) const
{
    const auto switches =
        deposits::readCoinSwitches(turn.context.transaction(), turn.context.now());
    if (!switches)
        return failure(switches.error());
    if (switches->areAllPaused)
        return showPaused(turn);
    const auto rules = rulesOf(turn);
    if (!rules)
        return failure(rules.error());
    const Money smallest = rules->smallest();
    if (auto saved = saveConversation(turn, {kAskAmount}); !saved)
        return saved;
    QList<QList<customers::Button>> keyboard;
    for (const auto &line : {std::pair(10, 25), std::pair(50, 100)}) {
        QList<customers::Button> row;
        for (const int dollars : {line.first, line.second}) {
            if (Money::fromCents(dollars * 100) < smallest)
                continue; // it would only be refused
            row << dataButton(wholeDollars(Money::fromCents(dollars * 100)),
                              QStringLiteral("amount:%1").arg(dollars));
        }
        if (!row.isEmpty())
            keyboard << row;
    }
    keyboard << QList{button("topup.button.own_amount"_key, QStringLiteral("amount:own"))}
             << QList{button("button.back"_key, QStringLiteral("menu:wallet"))};
    return turn.show(
        {.parts = {{"topup.choose_amount"_key, {{"minimum", smallest}}}}, .keyboard = keyboard});
}

Result<void> TopupDialog::askOwnAmount(Turn &turn) const
{
    if (auto saved = saveConversation(turn, {kAskAmount}); !saved)
        return saved;
    return turn.show({.parts = {{"topup.ask_amount"_key}},
                      .keyboard = {{button("button.cancel"_key, QStringLiteral("nav:cancel"))}}});
}

Result<void> TopupDialog::refuseAmount(Turn &turn, Money smallest) const
{
    return turn.show({.parts = {{"topup.bad_amount"_key,
                                 {{"minimum", smallest}, {"maximum", deposits::largestDeposit()}}}},
                      .keyboard = {{button("button.cancel"_key, QStringLiteral("nav:cancel"))}}});
}

Result<void> TopupDialog::askCoin(Turn &turn, Money amount) const
{
    const auto switches =
        deposits::readCoinSwitches(turn.context.transaction(), turn.context.now());
    if (!switches)
        return failure(switches.error());
    const bool isAnyOffered =
        std::any_of(m_coins.cbegin(), m_coins.cend(),
                    [&](const QString &code) { return switches->isOffered(code); });
    if (!isAnyOffered)
        return showPaused(turn);
    if (auto saved = saveConversation(turn, {kAskCoin, {{"amount", amount.toString()}}}); !saved)
        return saved;
    customers::Message message = {.parts = {{"topup.choose_coin"_key, {{"amount", amount}}}}};
    for (const QString &code : m_coins) {
        if (!switches->isOffered(code))
            continue;
        message.keyboard.append(
            {dataButton(nameOf(*deposits::findCoin(code)),
                        QStringLiteral("coin:%1:%2").arg(amount.toString(), code))});
    }
    message.keyboard.append({button("button.back"_key, QStringLiteral("wallet:topup"))});
    return turn.show(message);
}

Result<bool> TopupDialog::chooseCoin(Turn &turn, const QString &argument) const
{
    const auto conversation = loadConversation(turn);
    if (!conversation)
        return failure(conversation.error());
    const QString amountText = argument.section(u':', 0, 0);
    const QString code = argument.section(u':', 1);
    const auto amount = typedAmount(amountText);
    const auto coin = deposits::findCoin(code);
    // The amount must be the one asked about last: a second tap, or a tap on an older list, makes
    // no second deposit.
    const bool isCurrent =
        conversation->dialog == kAskCoin &&
        core::textMember(conversation->data, "amount").value_or(QString()) == amountText;
    const auto rules = rulesOf(turn);
    if (!rules)
        return failure(rules.error());
    if (!isCurrent || !amount || !isAllowed(*amount, rules->smallest()) || !coin ||
        !m_coins.contains(code))
        return false;
    // It may have been paused since the list was shown.
    const auto switches =
        deposits::readCoinSwitches(turn.context.transaction(), turn.context.now());
    if (!switches)
        return failure(switches.error());
    if (switches->areAllPaused)
        return taken(showPaused(turn));
    if (!switches->isOffered(code))
        return taken(refuseCoin(turn, {"topup.coin_paused"_key, {{"coin", nameOf(*coin)}}}));
    const Money minimum = switches->minimumOf(code, rules->minimumOf(code));
    if (*amount < minimum)
        return taken(refuseCoin(turn, {"topup.below_minimum"_key, {{"minimum", minimum}}}));
    if (auto left = saveConversation(turn, {}); !left)
        return failure(left.error());
    const auto mayBegin = m_flow.mayBegin(turn.context, turn.customer);
    if (!mayBegin)
        return failure(mayBegin.error());
    if (!*mayBegin)
        return taken(
            turn.show({.parts = {{"topup.unavailable"_key}},
                       .keyboard = {{button("button.back"_key, QStringLiteral("menu:wallet"))}}}));
    if (auto begun = m_flow.begin(turn.context, turn.customer, *amount, code); !begun)
        return failure(begun.error());
    return taken(turn.show({.parts = {{"topup.creating"_key}}}));
}

} // namespace bot
