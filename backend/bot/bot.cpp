#include "bot/bot.h"

namespace bot {

using namespace language::literals;
using engine::Outcome;
namespace telegram = providers::telegram;

namespace {

Result<Outcome> handled(const Result<void> &done)
{
    if (!done)
        return failure(done.error());
    return Outcome::Handled;
}

} // namespace

Bot::Bot(const Services &services, const Links &links, const QStringList &coins)
    : m_messenger(services.messenger)
    , m_start(links)
    , m_menu(links)
    , m_topup(services.deposits, coins)
    , m_scripts(services.agents)
    , m_draft(services.agents)
    , m_call(services.calls, services.agents)
    , m_plan(services.plans)
    , m_dialogs{&m_start, &m_menu, &m_wallet,  &m_topup,   &m_scripts,
                &m_draft, &m_call, &m_history, &m_problem, &m_plan}
{
}

void Bot::addRoutes(engine::RoutingTable &routes)
{
    routes.add(
        {.kind = QStringLiteral("telegram.update"),
         .order = engine::Order::Ordered,
         .handle = [this](const auto &event, auto &context) { return update(event, context); },
         .whenDead = [this](const auto &event,
                            auto &context) { return apologise(event, context); }});
    routes.add({.kind = QStringLiteral("telegram.unreachable"),
                .order = engine::Order::Free,
                .handle = [this](const auto &event, auto &context) {
                    return unreachable(event, context);
                }});
}

Result<Outcome> Bot::update(const engine::Event &event, engine::Context &context)
{
    const auto update = telegram::readUpdate(event.payload);
    if (!update)
        return Outcome::Ignored; // of a shape we have no use for; the row is kept
    if (const auto *said = std::get_if<telegram::Message>(&update->content))
        return message(context, *said);
    if (const auto *query = std::get_if<telegram::CallbackQuery>(&update->content))
        return tap(context, *query);
    if (const auto *change = std::get_if<telegram::MyChatMember>(&update->content))
        return membership(context, *change);
    return Outcome::Ignored;
}

Result<customers::Customer> Bot::customerOf(engine::Context &context, const telegram::User &user)
{
    const CustomerId id{user.id};
    auto known = customers::find(context.transaction(), id);
    if (!known)
        return failure(known.error());
    if (!*known)
        return customers::create(context, id, user.firstName,
                                 m_messenger.catalogue().closestLanguage(user.languageCode));
    if (!(*known)->isReachable) {
        // Who writes has not blocked us any more.
        if (auto back = customers::setReachable(context, id, true); !back)
            return failure(back.error());
        (*known)->isReachable = true;
    }
    return std::move(**known);
}

Result<Outcome> Bot::message(engine::Context &context, const telegram::Message &message)
{
    if (!message.isPrivate || !message.from || message.from->isBot)
        return Outcome::Ignored; // groups are not served
    auto customer = customerOf(context, *message.from);
    if (!customer)
        return failure(customer.error());
    Turn turn = {.context = context,
                 .messenger = m_messenger,
                 .customer = *customer,
                 .tappedMessage = {},
                 .saidAt = message.date};
    return handled(runMessage(turn, message));
}

Result<void> Bot::runMessage(Turn &turn, const telegram::Message &message)
{
    if (!message.command && !turn.customer.hasAcceptedTerms())
        return m_start.showTerms(turn);
    const auto conversation = loadConversation(turn);
    if (!conversation)
        return failure(conversation.error());
    for (Dialog *dialog : m_dialogs) {
        if (!turn.customer.hasAcceptedTerms() && !dialog->isOpenToEveryone())
            continue;
        const auto took = runDialog(*dialog, turn, *conversation, message);
        if (!took)
            return failure(took.error());
        if (*took)
            return {};
    }
    if (!turn.customer.hasAcceptedTerms())
        return m_start.showTerms(turn);
    return turn.show(
        {.parts = {{"unknown.message"_key}},
         .keyboard = {{button("menu.tour.button.done"_key, QStringLiteral("menu:main"))}}});
}

Result<bool> Bot::runDialog(Dialog &dialog, Turn &turn, const Conversation &conversation,
                            const telegram::Message &message)
{
    if (message.command)
        return dialog.command(turn, message.command->name);
    if (message.contact)
        return dialog.shared(turn, conversation,
                             {.number = message.contact->phoneNumber,
                              .isOwn = message.contact->userId == turn.customer.id.value});
    return dialog.typed(turn, conversation, message.text);
}

Result<Outcome> Bot::tap(engine::Context &context, const telegram::CallbackQuery &query)
{
    auto customer = customerOf(context, query.from);
    if (!customer)
        return failure(customer.error());
    if (auto answered = m_messenger.answerTap(context, query.id); !answered)
        return failure(answered.error());
    Turn turn = {.context = context,
                 .messenger = m_messenger,
                 .customer = *customer,
                 .tappedMessage =
                     query.message ? std::optional(query.message->messageId) : std::nullopt,
                 .saidAt = context.now()};
    return handled(runTap(turn, query.data));
}

Result<void> Bot::runTap(Turn &turn, const QString &data)
{
    const Tap tap = readTap(data);
    for (Dialog *dialog : m_dialogs) {
        if (!turn.customer.hasAcceptedTerms() && !dialog->isOpenToEveryone())
            continue;
        const auto took = dialog->tap(turn, tap);
        if (!took)
            return failure(took.error());
        if (*took)
            return {};
    }
    if (!turn.customer.hasAcceptedTerms())
        return m_start.showTerms(turn);
    turn.tappedMessage.reset(); // the old message stays as it is
    const auto told =
        m_messenger.send(turn.context, turn.customer, {.parts = {{"button.old"_key}}});
    if (!told)
        return failure(told.error());
    return showMenu(turn);
}

Result<Outcome> Bot::membership(engine::Context &context, const telegram::MyChatMember &change)
{
    if (!change.from || change.chatId != change.from->id)
        return Outcome::Ignored;
    return handled(
        customers::setReachable(context, CustomerId{change.from->id}, !change.hasBlocked()));
}

Result<Outcome> Bot::unreachable(const engine::Event &event, engine::Context &context)
{
    const qint64 customer = event.lane.section(u':', 1).toLongLong();
    return handled(customers::setReachable(context, CustomerId{customer}, false));
}

Result<Outcome> Bot::apologise(const engine::Event &event, engine::Context &context)
{
    const auto update = telegram::readUpdate(event.payload);
    const auto from = update ? update->fromId() : std::nullopt;
    const auto customer = from ? customers::find(context.transaction(), CustomerId{*from})
                               : Result<std::optional<customers::Customer>>();
    if (!customer)
        return failure(customer.error());
    if (!*customer)
        return Outcome::Ignored;
    const auto told = m_messenger.send(context, **customer, {.parts = {{"error.try_again"_key}}});
    if (!told)
        return failure(told.error());
    return Outcome::Handled;
}

} // namespace bot
