#pragma once

#include "world.h"

#include <QSet>

#include <deque>

namespace simulator {

struct WebhookSettings {
    QUrl url; // empty: none is set
    QByteArray secret;
    int maxConnections = 40;
    QStringList allowedUpdates; // empty: the default set
    friend bool operator==(const WebhookSettings &, const WebhookSettings &) = default;
};

/// Something that happened, before it has its update_id.
struct NewUpdate {
    QString kind;  // "message", "callback_query", "my_chat_member"
    QString queue; // updates of one queue arrive one after another
    Json content;  // the member named `kind`
    std::chrono::seconds lifetime = std::chrono::hours(24);
};

/// Delivers updates as the Bot API server does: each queue in order, its head again and again until
/// it is taken or too old, all queues side by side.
class WebhookSender final : public QObject {
public:
    /// A call named in the body of a webhook's answer.
    using MethodCall = std::function<void(const Json &parameters)>;

    explicit WebhookSender(World &world);

    void set(const WebhookSettings &settings);
    [[nodiscard]] const WebhookSettings &settings() const { return m_settings; }
    void dropPending();
    void setMethodCall(MethodCall call) { m_methodCall = std::move(call); }

    /// Returns the update_id; absent when the bot does not want this kind.
    std::optional<qint64> enqueue(const NewUpdate &update);
    [[nodiscard]] qsizetype pendingCount() const { return m_pendingCount; }
    [[nodiscard]] Json info() const;

private:
    struct Update {
        qint64 id = 0;
        QString kind;
        QByteArray body;
        Timestamp expires;
        int attempts = 0;
        int copies = 0;
        std::chrono::seconds nextDelay{0};
    };
    struct Queue {
        std::deque<Update> updates;
        bool isBusy = false;    // its head is on the way
        bool isWaiting = false; // its head failed a moment ago
        bool isReady = false;   // it waits for a connection
    };

    void push(const QString &queue, Update update);
    void pump(const QString &key);
    void pumpReady();
    void sendHead(const QString &key, Queue &queue);
    void answered(const QString &key, const Update &sent, const HookAnswer &answer, Timestamp at);
    void failed(const QString &key, Queue &queue, const HookAnswer &answer);
    void pop(Queue &queue);
    void post(const Update &update, HookClient::Done done);
    void countGone(const HookAnswer &answer);
    void runMethodInAnswer(const HookAnswer &answer);

    World &m_world;
    WebhookSettings m_settings;
    MethodCall m_methodCall;
    QHash<QString, std::shared_ptr<Queue>> m_queues;
    std::deque<QString> m_ready;
    qint64 m_nextUpdateId;
    qint64 m_heldQueues = 0;
    int m_inFlight = 0;
    qsizetype m_pendingCount = 0;
    qint64 m_lastErrorDate = 0;
    QString m_lastError;
    std::optional<Timestamp> m_goneSince;
};

} // namespace simulator
