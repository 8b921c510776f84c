#pragma once

#include "database/leader_lock.h"
#include "delivery/courier_settings.h"
#include "delivery/decision.h"
#include "delivery/outcome.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <mutex>
#include <set>
#include <unordered_map>

class QSemaphore;

namespace delivery {

class HttpClient;

/// The courier's work, on thread "outbox": what came back is decided and committed, then due rows
/// are marked, committed and sent. It waits for nobody but the database.
class CourierWorker final : public QObject {
    Q_OBJECT

public:
    CourierWorker(const QString &databaseUrl, database::ChangeSink *sink,
                  const CourierSettings &settings, const Clock &clock, HttpClient &client);

    /// Any thread. Many calls before the next turn are one.
    void wake();
    /// On its own thread. Releases the semaphore when nothing is under way, and the connection
    /// closed.
    void stop(QSemaphore *stopped);

private:
    /// A row whose request is under way.
    struct Flight {
        queue::OutboxHead head;
        const Method *method = nullptr; // of what is really called
        TelegramCall call;              // of Telegram
        bool isAlternative = false;
    };
    struct Arrived {
        OutboxId id;
        quint64 term = 0;
        HttpAnswer answer;
    };
    struct Taken {
        std::vector<Flight> flights;
        std::vector<Outcome> outcomes; // of those that are not to be sent, or not now
    };
    /// A provider that cannot be reached is left alone for a while.
    struct Hold {
        Timestamp until = {};
        int failures = 0;
    };

    void turn();
    [[nodiscard]] std::chrono::milliseconds untilNextLook();
    void halt();

    [[nodiscard]] bool lead();
    [[nodiscard]] Result<bool> becomeLeader();
    void stepDown();

    void readAnswers();
    void conclude(Flight &flight, const HttpAnswer &answer, Timestamp now);
    [[nodiscard]] Decision decide(const Flight &flight, const HttpAnswer &answer,
                                  Timestamp now) const;
    [[nodiscard]] Outcome outcomeOf(const Flight &flight, const Decision &decision, Timestamp now);
    [[nodiscard]] Timestamp repeatAt(const Flight &flight, const Decision &decision, Timestamp now);
    void report(const Flight &flight, const Decision &decision) const;
    void startAlternative(Flight &flight);

    [[nodiscard]] Result<void> settle();
    [[nodiscard]] Result<void> commit(std::span<const Outcome> outcomes);
    [[nodiscard]] Result<void> settleOneByOne();

    [[nodiscard]] Result<void> take();
    [[nodiscard]] Result<void> write(database::Transaction &transaction, const Taken &taken);
    [[nodiscard]] Result<void> collect(database::Transaction &transaction, queue::Provider provider,
                                       Taken &taken);
    [[nodiscard]] Result<void> sort(database::Transaction &transaction,
                                    const queue::OutboxHead &head, Taken &taken);
    [[nodiscard]] Result<void> sortTelegram(database::Transaction &transaction, Flight flight,
                                            Taken &taken);
    [[nodiscard]] int roomFor(queue::Provider provider) const;
    void refuse(const queue::OutboxHead &head, const QString &why,
                std::vector<Outcome> &outcomes) const;
    void rememberDue(Timestamp moment);
    void rememberDue(const Outcome &outcome);
    void send(const Flight &flight);
    void arrive(Arrived arrived); // any thread

    const QString m_databaseUrl;
    database::ChangeSink *m_sink;
    const CourierSettings m_settings;
    const Clock &m_clock;
    HttpClient &m_client;

    std::unique_ptr<database::Connection> m_connection;
    database::LeaderLock m_lock;
    QDeadlineTimer m_leadAgain;
    quint64 m_term = 0; // answers of an earlier lead are about rows that may be another's now
    bool m_hasWarned = false;

    RateLimit m_rate;
    std::unordered_map<queue::Provider, Hold> m_holds;
    std::unordered_map<queue::Provider, QString> m_cursors;
    std::unordered_map<qint64, Flight> m_flights;
    std::vector<Outcome> m_outcomes; // decided, not committed
    std::set<Timestamp> m_dueTimes;  // when something deferred may go: the nearest ones
    bool m_mayHaveMore = false;

    std::mutex m_mutex;
    std::vector<Arrived> m_arrived; // under m_mutex
    std::atomic<bool> m_isWoken = false;
    QTimer m_timer;
    QSemaphore *m_stopped = nullptr;
    QDeadlineTimer m_drainUntil;
    bool m_isHalted = false;
};

} // namespace delivery
