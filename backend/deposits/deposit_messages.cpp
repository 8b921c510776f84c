#include "deposits/deposit_messages.h"

#include "core/assert.h"
#include "deposits/coins.h"

namespace deposits {

using namespace language::literals;
using language::Text;

namespace {

/// A deposit outlives its coin's place on our list.
Coin coinOf(const Deposit &deposit)
{
    return findCoin(deposit.coin).value_or(Coin{deposit.coin, deposit.coin, deposit.coin, {}, {}});
}

QString shortIdOf(const Deposit &deposit)
{
    return deposit.transfer ? QStringLiteral("T-%1").arg(deposit.transfer->value) : QString();
}

} // namespace

customers::Message addressMessage(const Deposit &deposit, int minutesLeft)
{
    const Coin coin = coinOf(deposit);
    customers::Message message = {
        .parts = {Text{"topup.address"_key,
                       {{"amount", deposit.requested},
                        {"crypto_amount", deposit.expected.value_or(core::Decimal()).toString()},
                        {"coin", coin.name},
                        {"network", coin.network},
                        {"address", deposit.address}},
                       minutesLeft}},
        .keyboard = {
            {{.label = Text{"topup.button.copy_address"_key}, .copyText = deposit.address}}}};
    if (!deposit.destinationTag.isEmpty())
        message.parts.push_back({"topup.address.tag"_key, {{"tag", deposit.destinationTag}}});
    return message;
}

QString qrContent(const Deposit &deposit)
{
    const Coin coin = coinOf(deposit);
    if (coin.uriScheme.isEmpty() || !deposit.destinationTag.isEmpty())
        return deposit.address;
    return QStringLiteral("%1:%2?amount=%3")
        .arg(coin.uriScheme, deposit.address,
             deposit.expected.value_or(core::Decimal()).toString());
}

Text creationFailedText(providers::dynopay::Refusal refusal, const std::optional<Money> &minimum)
{
    if (refusal == providers::dynopay::Refusal::BelowMinimum && minimum)
        return {"topup.below_minimum"_key, {{"minimum", *minimum}}};
    return refusal == providers::dynopay::Refusal::CoinUnavailable
               ? Text{"topup.coin_unavailable"_key}
               : Text{"topup.unavailable"_key};
}

std::optional<Text> statusText(State state)
{
    switch (state) {
    case State::Detected: return Text{"topup.status.detected"_key};
    case State::Confirming: return Text{"topup.status.confirming"_key};
    case State::Verifying: return Text{"topup.status.checking"_key};
    case State::Expired: return Text{"topup.status.expired"_key};
    case State::SettlementFailedHold: return Text{"topup.provider_problem"_key};
    case State::MismatchReview: return Text{"topup.review"_key};
    case State::LateReview: return Text{"topup.late"_key};
    case State::Created:
    case State::CreateFailed:
    case State::AwaitingPayment:
    case State::Credited:
    case State::UnderpaidReview:
    case State::OverpaidReview:
    case State::Reversed:
    case State::WrittenOff: return std::nullopt;
    }
    CORE_ASSERT(false);
    return std::nullopt;
}

Text underpaidText(const Deposit &deposit)
{
    if (!deposit.received || !deposit.expected)
        return {"topup.review"_key};
    return {"topup.underpaid"_key,
            {{"received", *deposit.received},
             {"coin", coinOf(deposit).name},
             {"expected", *deposit.expected},
             {"short", core::Decimal::distance(*deposit.expected, *deposit.received)}}};
}

Text creditedText(const Deposit &deposit, const Decision &decision, const ledger::Balance &balance)
{
    const core::Decimal nothing;
    switch (decision.verdict) {
    case Verdict::Full:
    case Verdict::OverpaidWhole:
    case Verdict::UnknownSmall:
        return {"topup.credited"_key,
                {{"amount", decision.credit},
                 {"balance", balance.available},
                 {"transfer", shortIdOf(deposit)}}};
    case Verdict::Partial:
        return {"topup.underpaid_credited"_key,
                {{"received", deposit.received.value_or(nothing)},
                 {"coin", coinOf(deposit).name},
                 {"expected", deposit.expected.value_or(nothing)},
                 {"amount", decision.credit},
                 {"balance", balance.available},
                 {"transfer", shortIdOf(deposit)}}};
    case Verdict::Overpaid:
        return {"topup.overpaid"_key,
                {{"amount", decision.credit},
                 {"excess", decision.excess},
                 {"balance", balance.available},
                 {"transfer", shortIdOf(deposit)}}};
    case Verdict::TooLittle: return underpaidText(deposit);
    case Verdict::UnknownLarge: return {"topup.review"_key};
    }
    CORE_ASSERT(false);
    return {"topup.review"_key};
}

customers::Keyboard walletKeyboard()
{
    return {{{.label = Text{"menu.button.wallet"_key}, .data = QStringLiteral("menu:wallet")}}};
}

} // namespace deposits
