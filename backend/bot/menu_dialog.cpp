#include "bot/menu_dialog.h"

#include "ledger/transfer.h"

namespace bot {

using namespace language::literals;

Result<void> showMenu(Turn &turn)
{
    const auto balance = ledger::balanceOf(turn.context.transaction(), turn.customer.id);
    if (!balance)
        return failure(balance.error());
    return turn.show(
        {.parts = {{"menu.title"_key, {{"balance", balance->available}}}},
         .keyboard = {{button("menu.button.call"_key, QStringLiteral("menu:call"))},
                      {button("menu.button.scripts"_key, QStringLiteral("menu:scripts")),
                       button("menu.button.history"_key, QStringLiteral("menu:history"))},
                      {button("menu.button.wallet"_key, QStringLiteral("menu:wallet")),
                       button("menu.button.plan"_key, QStringLiteral("menu:plan"))},
                      {button("menu.button.language"_key, QStringLiteral("menu:language")),
                       button("menu.button.help"_key, QStringLiteral("menu:help"))}}});
}

MenuDialog::MenuDialog(Links links)
    : m_links(std::move(links))
{
}

Result<bool> MenuDialog::command(Turn &turn, const QString &name)
{
    if (name == QLatin1String("help"))
        return taken(showHelp(turn));
    if (name == QLatin1String("cancel"))
        return taken(leave(turn));
    return false;
}

Result<bool> MenuDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action == QLatin1String("menu") && tap.argument == QLatin1String("help"))
        return taken(showHelp(turn));
    if (tap.action == QLatin1String("nav") && tap.argument == QLatin1String("cancel"))
        return taken(leave(turn));
    const bool goesHome =
        (tap.action == QLatin1String("menu") && tap.argument == QLatin1String("main")) ||
        (tap.action == QLatin1String("nav") && tap.argument == QLatin1String("back"));
    if (!goesHome)
        return false;
    if (auto left = saveConversation(turn, {}); !left)
        return failure(left.error());
    return taken(showMenu(turn));
}

Result<void> MenuDialog::showHelp(Turn &turn) const
{
    QString terms = m_links.terms;
    terms.replace(QLatin1String("{lang}"), turn.customer.language);
    customers::Message message = {
        .parts = {{"help.body"_key}},
        .keyboard = {{{.label = language::Text{"help.button.terms"_key}, .url = terms}}}};
    if (!m_links.channel.isEmpty())
        message.keyboard.append(
            {{.label = language::Text{"help.button.channel"_key}, .url = m_links.channel}});
    message.keyboard.append({button("button.back"_key, QStringLiteral("menu:main"))});
    return turn.show(message);
}

Result<void> MenuDialog::leave(Turn &turn) const
{
    if (auto left = saveConversation(turn, {}); !left)
        return left;
    if (auto told = turn.show({.parts = {{"cancel.done"_key}}}); !told)
        return told;
    turn.tappedMessage.reset(); // the menu comes below
    return showMenu(turn);
}

} // namespace bot
