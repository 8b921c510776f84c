#pragma once

#include "engine/event.h"
#include "queue/outbox.h"
#include "queue/timers.h"

namespace engine {

/// What a handler asks of another lane.
struct Posting {
    QString lane;
    QString kind;
    Json payload;
    QString key; // the same key is posted once
};

/// All a handler may use. What it writes is committed with everything else of its event, or not at
/// all.
class Context {
public:
    /// `installationKey`: randomness is derived from it, so that a run repeated after a crash gives
    /// the same.
    Context(database::Transaction &transaction, const Event &event,
            const QByteArray &installationKey);

    [[nodiscard]] database::Transaction &transaction() { return m_transaction; }
    /// The row that everything made here carries as cause_id.
    [[nodiscard]] InboxId cause() const { return m_event.id; }
    /// When the event was received; never the wall clock, so that a replayed history gives the
    /// same.
    [[nodiscard]] Timestamp now() const { return m_event.receivedAt; }

    /// Puts a message into the outbox. Without a request key it gets one of this event and its
    /// place in it.
    [[nodiscard]] Result<OutboxId> send(queue::NewMessage message);
    [[nodiscard]] Result<void> schedule(const queue::Timer &timer);
    [[nodiscard]] Result<void> cancelTimer(const QString &key);
    /// Asks another lane to do something: an inbox row in the same transaction. The same key is
    /// posted once.
    [[nodiscard]] Result<void> post(const QString &lane, const QString &kind, const Json &payload,
                                    const QString &key);
    /// Many of them, in one statement.
    [[nodiscard]] Result<void> post(const std::vector<Posting> &postings);

    /// `count` bytes nobody outside can guess, the same each time this event is run.
    [[nodiscard]] QByteArray random(const QByteArray &purpose, int count) const;
    [[nodiscard]] const QByteArray &installationKey() const { return m_installationKey; }
    void changed(core::Topic topic, qint64 id) { m_transaction.changed(topic, id); }
    /// True when something was put into the outbox: delivery need not wait for its next look.
    [[nodiscard]] bool hasSent() const { return m_sent > 0; }

private:
    database::Transaction &m_transaction;
    const Event &m_event;
    const QByteArray &m_installationKey;
    int m_sent = 0;
};

} // namespace engine
