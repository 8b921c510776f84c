#pragma once

#include "dynopay/payment.h"

#include <deque>

namespace simulator {

/// DynoPay's webhook sender: signatures, fast retries, then the outbox, and its event log.
class PaymentHooks final {
public:
    explicit PaymentHooks(World &world);

    void send(const Payment &payment, const PaymentNews &news);
    /// One try, unsigned. `url` is where the forger posts to.
    void forge(const Payment &payment, const QByteArray &url);

    /// The answer of GET /user/events.
    [[nodiscard]] Json events(const QString &type, const QString &status, const QString &after,
                              int limit) const;
    /// False: no such event.
    bool resend(const QString &eventId);
    [[nodiscard]] qsizetype pendingCount() const { return m_pendingCount; }

private:
    struct Event {
        QString id;
        QString name;
        QByteArray paymentId;
        QUrl url;
        QByteArray type; // webhook or callback
        nlohmann::ordered_json body;
        HookStyle style;
        Signing signing = Signing::None;
        bool hasHeaders = true;
        bool isForged = false;
        QByteArray webhookId;
        int attempts = 0;
        int responseStatus = 0;
        QString status = QStringLiteral("pending");
        QString error;
        Timestamp createdAt;
    };
    using EventPtr = std::shared_ptr<Event>;

    [[nodiscard]] EventPtr makeEvent(const Payment &payment, const QString &name,
                                     const QByteArray &url, const QByteArray &type);
    void dispatch(const EventPtr &event);
    void start(const EventPtr &event);
    void attempt(const EventPtr &event);
    void answered(const EventPtr &event, const HookAnswer &answer, Timestamp at);
    void retry(const EventPtr &event, const HookAnswer &answer);
    void finish(const EventPtr &event, const QString &status);
    void countNotFound(const Event &event, int status);
    [[nodiscard]] QByteArray bytesOf(const Event &event) const;
    [[nodiscard]] QList<http::Header> headersOf(const Event &event, const QByteArray &bytes);
    void addSignatures(const Event &event, const QByteArray &bytes, QList<http::Header> &headers);

    World &m_world;
    std::deque<EventPtr> m_events;
    qsizetype m_pendingCount = 0;
    QHash<QUrl, int> m_notFoundInARow;
    QHash<QUrl, Timestamp> m_disabledUntil;
};

} // namespace simulator
