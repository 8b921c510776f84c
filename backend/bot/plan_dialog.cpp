#include "bot/plan_dialog.h"

#include "bot/call_words.h"
#include "subscriptions/subscription_messages.h"

namespace bot {

using namespace language::literals;
using subscriptions::Purchase;
using subscriptions::State;

namespace {

language::Text lineOf(const subscriptions::Plan &plan)
{
    return {"plan.offer"_key,
            {{"plan", subscriptions::titleOf(plan.name)},
             {"price", plan.price},
             {"minutes", subscriptions::minutesOf(plan.allowance)}},
            plan.days};
}

customers::Button toMine()
{
    return button("plan.button.mine"_key, QStringLiteral("menu:plan"));
}

customers::Button toOffers()
{
    return button("plan.button.offers"_key, QStringLiteral("plan:offers"));
}

/// What will happen at the end of the period.
Result<language::Text> outlook(Turn &turn, const subscriptions::Subscription &mine)
{
    if (mine.state == State::Cancelled)
        return language::Text{"plan.mine.cancelled"_key};
    if (!mine.renews)
        return language::Text{"plan.mine.renews_not"_key};
    const auto next = subscriptions::announcedPlan(turn.context.transaction(), mine);
    if (!next)
        return failure(next.error());
    return language::Text{"plan.mine.renews"_key,
                          {{"price", *next ? (*next)->price : mine.period.price}}};
}

Result<customers::Message> freeMessage(Turn &turn)
{
    customers::Message message = {.parts = {{"plan.mine.free"_key}}, .keyboard = {{toOffers()}}};
    const auto free =
        subscriptions::freeOf(turn.context.transaction(), turn.customer.id, turn.context.now());
    if (!free)
        return failure(free.error());
    if (*free)
        message.parts.push_back(
            {"plan.mine.free_left"_key,
             {{"left", minutesAndSeconds((*free)->left())}, {"until", (*free)->endsAt}}});
    return message;
}

customers::Message waitingMessage(const subscriptions::Subscription &mine)
{
    return {.parts = {{"plan.mine.grace"_key,
                       {{"plan", subscriptions::titleOf(mine.plan)}, {"time", mine.dueAt()}}}},
            .keyboard = {{button("wallet.button.topup"_key, QStringLiteral("wallet:topup")),
                          button("plan.button.pay_now"_key, QStringLiteral("plan:pay"))},
                         {button("plan.button.cancel"_key, QStringLiteral("plan:cancel:yes"))},
                         {toOffers()}}};
}

Result<customers::Message> paidMessage(Turn &turn, const subscriptions::Subscription &mine)
{
    const auto then = outlook(turn, mine);
    if (!then)
        return failure(then.error());
    customers::Message message = {
        .parts = {{"plan.mine.paid"_key,
                   {{"plan", subscriptions::titleOf(mine.plan)},
                    {"left", minutesAndSeconds(mine.period.left())},
                    {"minutes", subscriptions::minutesOf(mine.period.granted)},
                    {"until", mine.period.endsAt}}},
                  *then},
        .keyboard = {{mine.renews
                          ? button("plan.button.renew_off"_key, QStringLiteral("plan:renew:off"))
                          : button("plan.button.renew_on"_key, QStringLiteral("plan:renew:on"))},
                     {toOffers()}}};
    if (mine.state == State::Active)
        message.keyboard.append({button("plan.button.cancel"_key, QStringLiteral("plan:cancel"))});
    return message;
}

} // namespace

PlanDialog::PlanDialog(const subscriptions::SubscriptionFlow &flow)
    : m_flow(flow)
{
}

Result<bool> PlanDialog::command(Turn &turn, const QString &name)
{
    return name == QLatin1String("plan") ? taken(showMine(turn)) : Result<bool>(false);
}

Result<bool> PlanDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action == QLatin1String("menu") && tap.argument == QLatin1String("plan"))
        return taken(showMine(turn));
    if (tap.action != QLatin1String("plan"))
        return false;
    const QString what = tap.argument.section(u':', 0, 0);
    const QString rest = tap.argument.section(u':', 1);
    if (what == QLatin1String("offers"))
        return taken(showOffers(turn));
    if (what == QLatin1String("ask"))
        return taken(ask(turn, rest.toInt()));
    if (what == QLatin1String("go"))
        return taken(buy(turn, rest));
    if (tap.argument == QLatin1String("cancel"))
        return taken(askCancel(turn));
    return taken(change(turn, tap.argument));
}

Result<void> PlanDialog::showMine(Turn &turn) const
{
    const auto mine = subscriptions::liveOf(turn.context.transaction(), turn.customer.id);
    if (!mine)
        return failure(mine.error());
    auto message = !*mine ? freeMessage(turn)
                   : (*mine)->state == State::Grace
                       ? Result<customers::Message>(waitingMessage(**mine))
                       : paidMessage(turn, **mine);
    if (!message)
        return failure(message.error());
    message->keyboard.append({button("button.back"_key, QStringLiteral("menu:main"))});
    return turn.show(*message);
}

Result<void> PlanDialog::showOffers(Turn &turn) const
{
    const auto plans = subscriptions::plansAt(turn.context.transaction(), turn.context.now());
    if (!plans)
        return failure(plans.error());
    customers::Message message = {.parts = {{"plan.offers.title"_key}},
                                  .separator = QStringLiteral("\n")};
    QString row; // one line of buttons a plan
    for (const subscriptions::Plan &plan : *plans) {
        if (plan.isFree())
            continue;
        message.parts.push_back(lineOf(plan));
        if (plan.name != row)
            message.keyboard.append(QList<customers::Button>());
        row = plan.name;
        message.keyboard.last().append(dataButton(
            QStringLiteral("%1 · %2").arg(subscriptions::titleOf(plan.name)).arg(plan.days),
            QStringLiteral("plan:ask:%1").arg(plan.version)));
    }
    message.keyboard.append({button("button.back"_key, QStringLiteral("menu:plan"))});
    return turn.show(message);
}

Result<void> PlanDialog::ask(Turn &turn, int version) const
{
    const auto offer = m_flow.offer(turn.context, turn.customer.id, version);
    if (!offer)
        return failure(offer.error());
    return show(turn, *offer);
}

Result<void> PlanDialog::show(Turn &turn, const subscriptions::Offer &offer) const
{
    switch (offer.outcome) {
    case Purchase::NoSuchPlan: return showOffers(turn); // those of today
    case Purchase::HasIt:
        return turn.show({.parts = {{"plan.has_it"_key}}, .keyboard = {{toMine()}, {toOffers()}}});
    case Purchase::TooLittle:
        return turn.show(
            {.parts = {lineOf(offer.plan), {"plan.too_little"_key, {{"amount", offer.missing}}}},
             .keyboard = {{button("wallet.button.topup"_key, QStringLiteral("wallet:topup"))},
                          {button("button.back"_key, QStringLiteral("plan:offers"))}}});
    case Purchase::Possible: break;
    }
    customers::Message message = {.parts = {lineOf(offer.plan)}};
    if (offer.current && offer.current->isPaidAt(turn.context.now()))
        message.parts.push_back(
            {"plan.confirm.change"_key,
             {{"plan", subscriptions::titleOf(offer.current->plan)}, {"credit", offer.credit}}});
    message.parts.push_back({"plan.confirm"_key, {{"price", offer.plan.price}}});
    message.keyboard = {
        {button("button.yes"_key,
                QStringLiteral("plan:go:%1:%2").arg(offer.plan.version).arg(offer.credit.micros())),
         button("button.no"_key, QStringLiteral("plan:offers"))}};
    return turn.show(message);
}

Result<void> PlanDialog::buy(Turn &turn, const QString &argument) const
{
    const int version = argument.section(u':', 0, 0).toInt();
    const qint64 shown = argument.section(u':', 1).toLongLong();
    const auto now = m_flow.offer(turn.context, turn.customer.id, version);
    if (!now)
        return failure(now.error());
    if (now->outcome != Purchase::Possible || now->credit.micros() != shown)
        return show(turn, *now); // not what was said yes to
    const auto bought = m_flow.buy(turn.context, turn.customer, version,
                                   QStringLiteral("buy:%1").arg(turn.context.cause().value));
    if (!bought)
        return failure(bought.error());
    return bought->outcome == Purchase::Possible ? showMine(turn) : show(turn, *bought);
}

Result<void> PlanDialog::askCancel(Turn &turn) const
{
    const auto mine = subscriptions::liveOf(turn.context.transaction(), turn.customer.id);
    if (!mine)
        return failure(mine.error());
    if (!*mine || (*mine)->state != State::Active)
        return showMine(turn);
    return turn.show({.parts = {{"plan.cancel.ask"_key, {{"until", (*mine)->period.endsAt}}}},
                      .keyboard = {{button("button.yes"_key, QStringLiteral("plan:cancel:yes")),
                                    button("button.no"_key, QStringLiteral("menu:plan"))}}});
}

Result<void> PlanDialog::change(Turn &turn, const QString &what) const
{
    const auto done =
        what == QLatin1String("cancel:yes")  ? m_flow.cancel(turn.context, turn.customer)
        : what == QLatin1String("renew:on")  ? m_flow.setRenewal(turn.context, turn.customer, true)
        : what == QLatin1String("renew:off") ? m_flow.setRenewal(turn.context, turn.customer, false)
        : what == QLatin1String("pay")       ? m_flow.payNow(turn.context, turn.customer)
                                             : Result<bool>(false);
    if (!done)
        return failure(done.error());
    return showMine(turn);
}

} // namespace bot
