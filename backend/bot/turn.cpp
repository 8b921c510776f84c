#include "bot/turn.h"

namespace bot {

Result<void> Turn::show(const customers::Message &message) const
{
    if (tappedMessage)
        return messenger.edit(context, customer, *tappedMessage, message);
    const auto sent = messenger.send(context, customer, message);
    if (!sent)
        return failure(sent.error());
    return {};
}

Result<Conversation> loadConversation(Turn &turn)
{
    const auto rows = turn.context.transaction().run(
        QStringLiteral("SELECT dialog, data FROM conversations WHERE customer_id = ?"),
        {turn.customer.id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return Conversation{};
    auto data = core::parseJson(rows->first().text("data").toUtf8());
    if (!data)
        return failure(data.error());
    return Conversation{rows->first().text("dialog"), std::move(*data)};
}

Result<void> saveConversation(Turn &turn, const Conversation &conversation)
{
    const auto saved = turn.context.transaction().run(
        QStringLiteral("INSERT INTO conversations (customer_id, dialog, data, updated_at) VALUES "
                       "(?, ?, ?::jsonb, ?::timestamptz) "
                       "ON CONFLICT (customer_id) DO UPDATE SET dialog = excluded.dialog, data = "
                       "excluded.data, updated_at = excluded.updated_at"),
        {turn.customer.id.value, conversation.dialog,
         QString::fromUtf8(core::toBytes(conversation.data)), core::toIso(turn.context.now())});
    if (!saved)
        return failure(saved.error());
    return {};
}

Tap readTap(const QString &data)
{
    return {data.section(u':', 0, 0), data.section(u':', 1)};
}

customers::Button button(const language::Key &label, const QString &data)
{
    return {.label = language::Text{label}, .data = data};
}

customers::Button dataButton(const QString &label, const QString &data)
{
    return {.label = customers::DataLabel{label}, .data = data};
}

} // namespace bot
