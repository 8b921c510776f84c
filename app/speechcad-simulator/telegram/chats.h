#pragma once

#include "world.h"

#include <deque>

namespace simulator {

struct Photo {
    QByteArray fileId;
    int width = 0;
    int height = 0;
    qint64 bytes = 0;
};

/// A contact card.
struct SharedContact {
    QString phoneNumber;
    qint64 userId = 0; // 0: of somebody without Telegram
};

struct Message {
    qint64 id = 0;
    bool isFromBot = false;
    qint64 date = 0; // unix seconds
    qint64 editDate = 0;
    QString text;
    Json entities = Json::array();
    QString caption;
    Json captionEntities = Json::array();
    Json keyboard; // the inline_keyboard array, or null
    std::optional<Photo> photo;
    std::optional<SharedContact> contact;
    bool asksForContact = false; // a button below the chat shares the user's own number
    int edits = 0;
    bool isDeleted = false;
    quint64 change = 0; // grows with every change in any chat
};

/// A button pressed: it spins until the bot answers.
struct Tap {
    QString queryId;
    QString data;
    Timestamp at;
    bool isAnswered = false;
    QString answer = {};
};

/// A private chat with one user, both sides' view of it.
struct Chat {
    qint64 id = 0;
    QString firstName;
    QString languageCode; // empty: the app tells none
    bool isStarted = false;
    bool isBlocked = false;
    qint64 nextMessageId = 1;
    std::deque<Message> messages;
    std::deque<Tap> taps;
    TokenBucket bucket;
};

class Chats final : public QObject {
    Q_OBJECT

public:
    explicit Chats(World &world);

    /// Null: that user has never been heard of.
    [[nodiscard]] Chat *find(qint64 id);
    Chat &open(qint64 id, const QString &firstName, const QString &languageCode);
    [[nodiscard]] const QHash<qint64, std::shared_ptr<Chat>> &all() const { return m_chats; }

    /// Gives it its id and date.
    Message &append(Chat &chat, Message message);
    /// Null: never was, deleted, or beyond what is kept.
    [[nodiscard]] static Message *message(Chat &chat, qint64 id);
    void changed(Chat &chat, Message &message);
    /// Of the newest change in any chat.
    [[nodiscard]] quint64 lastChange() const { return m_change; }
    Tap &tapped(Chat &chat, const QString &queryId, const QString &data);
    /// Null: no such query.
    [[nodiscard]] Tap *tap(const QString &queryId);

    [[nodiscard]] static Json user(const Chat &chat);
    [[nodiscard]] static Json chat(const Chat &chat);
    /// As the Bot API writes it.
    [[nodiscard]] Json toTelegram(const Chat &chat, const Message &message) const;
    [[nodiscard]] Json botUser() const;
    [[nodiscard]] static Json transcript(const Chat &chat);
    [[nodiscard]] static Json transcript(const Message &message);

Q_SIGNALS:
    void messageChanged(qint64 chatId, qint64 messageId);

private:
    World &m_world;
    quint64 m_change = 0;
    qint64 m_firstMessageId;
    QHash<qint64, std::shared_ptr<Chat>> m_chats;
    QHash<QString, qint64> m_chatOfQuery;
};

} // namespace simulator
