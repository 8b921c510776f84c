#include "subscriptions/subscription_messages.h"

namespace subscriptions {

using namespace language::literals;
using language::Text;

namespace {

QString shortIdOf(const Period &period)
{
    return period.transfer ? QStringLiteral("T-%1").arg(period.transfer->value) : QString();
}

customers::Button linkTo(const language::Key &label, const char *data)
{
    return {.label = Text{label}, .data = QString::fromLatin1(data)};
}

Text paidText(const language::Key &key, const Subscription &subscription)
{
    return {key,
            {{"plan", titleOf(subscription.plan)},
             {"amount", subscription.period.price},
             {"minutes", minutesOf(subscription.period.granted)},
             {"until", subscription.period.endsAt},
             {"transfer", shortIdOf(subscription.period)}}};
}

} // namespace

qint64 minutesOf(std::chrono::seconds seconds)
{
    return std::chrono::floor<std::chrono::minutes>(seconds).count();
}

customers::Message boughtMessage(const Subscription &subscription, Money credit)
{
    customers::Message message = {.parts = {paidText("plan.bought"_key, subscription)},
                                  .keyboard = {{linkTo("plan.button.mine"_key, "menu:plan")}}};
    if (credit.isPositive())
        message.parts.push_back({"plan.credited"_key, {{"amount", credit}}});
    return message;
}

customers::Message renewedMessage(const Subscription &subscription)
{
    return {.parts = {paidText("plan.renewed"_key, subscription)},
            .keyboard = {{linkTo("plan.button.mine"_key, "menu:plan")}}};
}

customers::Message noticeMessage(const Subscription &subscription, Money price, Money available)
{
    const QString plan = titleOf(subscription.plan);
    const Timestamp until = subscription.period.endsAt;
    if (!subscription.renews)
        return {.parts = {{"plan.notice.ends"_key, {{"plan", plan}, {"until", until}}}},
                .keyboard = {{linkTo("plan.button.renew_on"_key, "plan:renew:on")},
                             {linkTo("plan.button.mine"_key, "menu:plan")}}};
    customers::Message message = {
        .parts = {{"plan.notice.renews"_key, {{"plan", plan}, {"until", until}, {"price", price}}}},
        .keyboard = {{linkTo("plan.button.mine"_key, "menu:plan")}}};
    if (available < price) {
        message.parts.push_back({"plan.notice.short"_key, {{"amount", price - available}}});
        message.keyboard.prepend({linkTo("wallet.button.topup"_key, "wallet:topup")});
    }
    return message;
}

customers::Message shortMessage(const Subscription &subscription, Money price, Money available)
{
    return {.parts = {{"plan.short"_key,
                       {{"plan", titleOf(subscription.plan)},
                        {"price", price},
                        {"amount", price - available},
                        {"time", subscription.dueAt()}}}},
            .keyboard = {{linkTo("wallet.button.topup"_key, "wallet:topup")},
                         {linkTo("plan.button.pay_now"_key, "plan:pay")},
                         {linkTo("plan.button.mine"_key, "menu:plan")}}};
}

customers::Message endedMessage(const Subscription &subscription, EndReason reason)
{
    const language::Key key = reason == EndReason::Unpaid    ? "plan.ended.unpaid"_key
                              : reason == EndReason::Expired ? "plan.ended.expired"_key
                                                             : "plan.ended.cancelled"_key;
    return {.parts = {{key, {{"plan", titleOf(subscription.plan)}}}},
            .keyboard = {{linkTo("plan.button.offers"_key, "plan:offers")}}};
}

} // namespace subscriptions
