#include "bot/start_dialog.h"

#include "bot/menu_dialog.h"
#include "subscriptions/allowance.h"

namespace bot {

using namespace language::literals;

namespace {

constexpr int kTourSteps = 4;

language::Key tourKey(int step)
{
    switch (step) {
    case 1: return "menu.tour.1"_key;
    case 2: return "menu.tour.2"_key;
    case 3: return "menu.tour.3"_key;
    default: return "menu.tour.4"_key;
    }
}

} // namespace

StartDialog::StartDialog(Links links)
    : m_links(std::move(links))
{
}

Result<bool> StartDialog::command(Turn &turn, const QString &name)
{
    if (name == QLatin1String("language"))
        return taken(chooseLanguage(turn));
    if (name != QLatin1String("start"))
        return false;
    if (auto left = saveConversation(turn, {}); !left)
        return failure(left.error());
    return taken(turn.customer.hasAcceptedTerms() ? showMenu(turn) : chooseLanguage(turn));
}

Result<bool> StartDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action == QLatin1String("menu") && tap.argument == QLatin1String("language"))
        return taken(chooseLanguage(turn));
    if (tap.action == QLatin1String("lang")) {
        const QString language = turn.messenger.catalogue().closestLanguage(tap.argument);
        if (auto set = customers::setLanguage(turn.context, turn.customer, language); !set)
            return failure(set.error());
        return taken(turn.customer.hasAcceptedTerms() ? showMenu(turn) : showTerms(turn));
    }
    if (tap.action == QLatin1String("terms") && tap.argument == QLatin1String("leave"))
        return taken(turn.show({.parts = {{"start.terms.left"_key}}}));
    if (tap.action == QLatin1String("terms") && tap.argument == QLatin1String("accept")) {
        if (turn.customer.hasAcceptedTerms())
            return taken(showMenu(turn)); // tapped twice
        if (auto accepted = customers::acceptTerms(turn.context, turn.customer); !accepted)
            return failure(accepted.error());
        if (auto granted = subscriptions::grantFree(turn.context, turn.customer.id); !granted)
            return failure(granted.error());
        return taken(showTour(turn, 1));
    }
    if (tap.action == QLatin1String("tour") && turn.customer.hasAcceptedTerms()) {
        const int step = tap.argument.toInt(); // "skip" is 0
        return taken(step >= 2 && step <= kTourSteps ? showTour(turn, step) : showMenu(turn));
    }
    return false;
}

Result<void> StartDialog::chooseLanguage(Turn &turn) const
{
    customers::Message message = {.parts = {{"start.choose_language"_key}}};
    for (const language::Language &language : turn.messenger.catalogue().languages())
        message.keyboard.append(
            {dataButton(language.nativeName, QStringLiteral("lang:") + language.tag)});
    return turn.show(message);
}

Result<void> StartDialog::showTerms(Turn &turn) const
{
    QString url = m_links.terms;
    url.replace(QLatin1String("{lang}"), turn.customer.language);
    return turn.show(
        {.parts = {{"start.terms"_key}},
         .keyboard = {{{.label = language::Text{"start.terms.button.open"_key}, .url = url}},
                      {button("start.terms.button.accept"_key, QStringLiteral("terms:accept"))},
                      {button("start.terms.button.leave"_key, QStringLiteral("terms:leave"))}}});
}

Result<void> StartDialog::showTour(Turn &turn, int step) const
{
    customers::Message message = {.parts = {{tourKey(step)}}};
    if (step < kTourSteps) {
        message.keyboard = {
            {button("menu.tour.button.next"_key, QStringLiteral("tour:%1").arg(step + 1))},
            {button("menu.tour.button.skip"_key, QStringLiteral("tour:skip"))}};
    } else {
        message.keyboard = {{button("menu.tour.button.done"_key, QStringLiteral("tour:skip"))}};
    }
    return turn.show(message);
}

} // namespace bot
