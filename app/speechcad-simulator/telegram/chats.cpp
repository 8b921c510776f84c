#include "chats.h"

#include <algorithm>

namespace simulator {

namespace {

constexpr size_t kTapsKeptMax = 200;
constexpr qint64 kFirstSecond = 1'767'225'600; // 2026-01-01

qint64 secondsOf(Timestamp moment)
{
    return core::toMicros(moment) / 1'000'000;
}

} // namespace

Chats::Chats(World &world)
    : m_world(world)
    // Later than any id an earlier run of the simulator gave to the same bot database.
    , m_firstMessageId(std::max<qint64>(1, secondsOf(world.scheduler.now()) - kFirstSecond))
{
}

Chat *Chats::find(qint64 id)
{
    if (const auto found = m_chats.constFind(id); found != m_chats.cend())
        return found->get();
    if (!m_world.options.isFast || id <= 0)
        return nullptr;
    // A benchmark posts updates of users it never introduced.
    Chat &chat = open(id, QStringLiteral("T"), QStringLiteral("en"));
    chat.isStarted = true;
    return &chat;
}

Chat &Chats::open(qint64 id, const QString &firstName, const QString &languageCode)
{
    std::shared_ptr<Chat> &chat = m_chats[id];
    if (!chat) {
        chat = std::make_shared<Chat>();
        chat->id = id;
        chat->nextMessageId = m_firstMessageId;
    }
    chat->firstName = firstName;
    chat->languageCode = languageCode;
    return *chat;
}

Message &Chats::append(Chat &chat, Message message)
{
    message.id = chat.nextMessageId++;
    message.date = secondsOf(m_world.scheduler.now());
    chat.messages.push_back(std::move(message));
    if (chat.messages.size() > static_cast<size_t>(m_world.options.transcriptMax))
        chat.messages.pop_front();
    Message &kept = chat.messages.back();
    kept.change = ++m_change;
    Q_EMIT messageChanged(chat.id, kept.id);
    return kept;
}

Message *Chats::message(Chat &chat, qint64 id)
{
    const auto found =
        std::lower_bound(chat.messages.begin(), chat.messages.end(), id,
                         [](const Message &message, qint64 wanted) { return message.id < wanted; });
    const bool isThere = found != chat.messages.end() && found->id == id && !found->isDeleted;
    return isThere ? &*found : nullptr;
}

void Chats::changed(Chat &chat, Message &message)
{
    ++message.edits;
    message.editDate = secondsOf(m_world.scheduler.now());
    message.change = ++m_change;
    Q_EMIT messageChanged(chat.id, message.id);
}

Tap &Chats::tapped(Chat &chat, const QString &queryId, const QString &data)
{
    chat.taps.push_back({.queryId = queryId, .data = data, .at = m_world.scheduler.now()});
    m_chatOfQuery.insert(queryId, chat.id);
    if (chat.taps.size() > kTapsKeptMax) {
        m_chatOfQuery.remove(chat.taps.front().queryId);
        chat.taps.pop_front();
    }
    return chat.taps.back();
}

Tap *Chats::tap(const QString &queryId)
{
    const auto chatId = m_chatOfQuery.constFind(queryId);
    if (chatId == m_chatOfQuery.cend())
        return nullptr;
    auto &taps = m_chats[*chatId]->taps;
    const auto found = std::find_if(taps.rbegin(), taps.rend(),
                                    [&](const Tap &tap) { return tap.queryId == queryId; });
    return found == taps.rend() ? nullptr : &*found;
}

Json Chats::user(const Chat &chat)
{
    Json user = {{"id", chat.id}, {"is_bot", false}, {"first_name", chat.firstName}};
    if (!chat.languageCode.isEmpty())
        user["language_code"] = chat.languageCode;
    return user;
}

Json Chats::chat(const Chat &chat)
{
    return {{"id", chat.id}, {"first_name", chat.firstName}, {"type", "private"}};
}

Json Chats::botUser() const
{
    const qint64 id = m_world.options.botToken.split(':').front().toLongLong();
    return {{"id", id},
            {"is_bot", true},
            {"first_name", "Speechcad"},
            {"username", "speechcad_simulated_bot"}};
}

Json Chats::toTelegram(const Chat &chat, const Message &message) const
{
    Json json = {{"message_id", message.id},
                 {"from", message.isFromBot ? botUser() : user(chat)},
                 {"chat", Chats::chat(chat)},
                 {"date", message.date}};
    if (message.editDate != 0)
        json["edit_date"] = message.editDate;
    if (!message.text.isEmpty())
        json["text"] = message.text;
    if (!message.entities.empty())
        json["entities"] = message.entities;
    if (!message.caption.isEmpty())
        json["caption"] = message.caption;
    if (!message.captionEntities.empty())
        json["caption_entities"] = message.captionEntities;
    if (message.photo)
        json["photo"] =
            Json::array({{{"file_id", message.photo->fileId.toStdString()},
                          {"file_unique_id", message.photo->fileId.right(12).toStdString()},
                          {"width", message.photo->width},
                          {"height", message.photo->height},
                          {"file_size", message.photo->bytes}}});
    if (message.contact) {
        json["contact"] = {{"phone_number", message.contact->phoneNumber},
                           {"first_name", chat.firstName}};
        if (message.contact->userId != 0)
            json["contact"]["user_id"] = message.contact->userId;
    }
    if (!message.keyboard.is_null())
        json["reply_markup"] = {{"inline_keyboard", message.keyboard}};
    return json;
}

Json Chats::transcript(const Message &message)
{
    Json json = {{"message_id", message.id},
                 {"from", message.isFromBot ? "bot" : "user"},
                 {"date", message.date},
                 {"text", message.text},
                 {"caption", message.caption},
                 {"entities", message.photo ? message.captionEntities : message.entities},
                 {"keyboard", message.keyboard},
                 {"edits", message.edits},
                 {"deleted", message.isDeleted},
                 {"asks_for_contact", message.asksForContact},
                 {"change", message.change}};
    if (message.photo)
        json["photo"] = {{"bytes", message.photo->bytes},
                         {"width", message.photo->width},
                         {"height", message.photo->height}};
    return json;
}

Json Chats::transcript(const Chat &chat)
{
    Json messages = Json::array();
    for (const Message &message : chat.messages)
        messages.push_back(transcript(message));
    Json taps = Json::array();
    for (const Tap &tap : chat.taps)
        taps.push_back({{"data", tap.data}, {"answered", tap.isAnswered}, {"answer", tap.answer}});
    return {{"id", chat.id},
            {"language_code", chat.languageCode},
            {"started", chat.isStarted},
            {"blocked", chat.isBlocked},
            {"messages", std::move(messages)},
            {"taps", std::move(taps)}};
}

} // namespace simulator
