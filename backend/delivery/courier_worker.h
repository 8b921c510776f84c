#pragma once

#include "database/leader_lock.h"
#include "delivery/call_budget.h"
#include "delivery/courier_counters.h"
#include "delivery/courier_settings.h"
#include "delivery/decision.h"
#include "delivery/outcome.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <mutex>
#include <semaphore>
#include <set>
#include <unordered_map>

namespace delivery {

class HttpClient;

/// The courier's work, on thread "outbox": what came back is decided and committed, then due rows
/// are marked, committed and sent. It waits for nobody but the database.
class CourierWorker final : public QObject {
    Q_OBJECT

public:
    CourierWorker(const QString &databaseUrl, database::ChangeSink *sink,
                  const CourierSettings &settings, const Clock &clock, HttpClient &client,
                  CourierCounters &counters);

    /// Any thread. Many calls before the next turn are one.
    void wake();
    /// On its own thread. Releases the semaphore when nothing is under way, and the connection
    /// closed.
    void stop(std::binary_semaphore *stopped);

private:
    /// A row whose request is under way.
    struct Flight {
        queue::OutboxHead head;
        const Method *method = nullptr; // of what is really called
        TelegramCall call;              // of Telegram
        bool isAlternative = false;
        quint64 request = 0; // number of the newest one: an answer to another is too late
        [[nodiscard]] bool isCreation() const { return method->verb == "POST"; } // of DynoPay
    };
    struct Arrived {
        OutboxId id;
        quint64 request = 0;
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
    [[nodiscard]] Result<qint64> adopt(database::Transaction &transaction);
    void forgetAllBut(const std::vector<OutboxId> &rows);

    void readAnswers();
    void conclude(Flight &flight, const HttpAnswer &answer, Timestamp now);
    [[nodiscard]] Decision decide(const Flight &flight, const HttpAnswer &answer,
                                  Timestamp now) const;
    [[nodiscard]] Outcome outcomeOf(const Flight &flight, const Decision &decision, Timestamp now);
    [[nodiscard]] Timestamp repeatAt(const Flight &flight, const Decision &decision, Timestamp now);
    void report(const Flight &flight, const Decision &decision);
    void startAlternative(Flight &flight);

    [[nodiscard]] Result<void> settle();
    [[nodiscard]] Result<void> commit(std::span<const Outcome> outcomes);
    [[nodiscard]] Result<void> settleOneByOne();
    void tryUnwritten();

    [[nodiscard]] Result<void> take();
    [[nodiscard]] Result<void> write(database::Transaction &transaction, const Taken &taken);
    [[nodiscard]] Result<void> collect(database::Transaction &transaction, queue::Provider provider,
                                       Taken &taken);
    [[nodiscard]] Result<void> sort(database::Transaction &transaction,
                                    const queue::OutboxHead &head, Taken &taken);
    [[nodiscard]] Result<void> sortTelegram(database::Transaction &transaction, Flight flight,
                                            Taken &taken);
    void sortDynopay(Flight flight, Taken &taken);
    void sortRetell(Flight flight, Taken &taken);
    [[nodiscard]] bool isHeldBack(queue::Provider provider, Timestamp now) const;
    [[nodiscard]] int roomFor(queue::Provider provider) const;
    void refuse(const queue::OutboxHead &head, const QString &why,
                std::vector<Outcome> &outcomes) const;
    void rememberDue(Timestamp moment);
    void rememberDue(const Outcome &outcome);
    [[nodiscard]] Result<HttpRequest> requestOf(const Flight &flight) const;
    void send(Flight &flight);
    void arrive(Arrived arrived); // any thread

    const QString m_databaseUrl;
    database::ChangeSink *m_sink;
    const CourierSettings m_settings;
    const Clock &m_clock;
    HttpClient &m_client;
    CourierCounters &m_counters;

    std::unique_ptr<database::Connection> m_connection;
    database::LeaderLock m_lock;
    QDeadlineTimer m_leadAgain;
    bool m_hasWarned = false;

    RateLimit m_rate;
    CallBudget m_creations; // of DynoPay, as the next
    CallBudget m_reads;
    CallBudget m_dials; // of Retell
    std::unordered_map<queue::Provider, Hold> m_holds;
    std::unordered_map<queue::Provider, Timestamp> m_pausedUntil; // a 429 of the whole provider
    std::unordered_map<queue::Provider, QString> m_cursors;
    std::unordered_map<qint64, Flight> m_flights;
    quint64 m_requests = 0;           // so far
    std::vector<Outcome> m_outcomes;  // decided, not committed
    std::vector<Outcome> m_unwritten; // the database refused them: they are tried again later
    Timestamp m_writeAgainAt = {};
    int m_writeFailures = 0;
    std::set<Timestamp> m_dueTimes; // when something deferred may go: the nearest ones
    bool m_mayHaveMore = false;

    std::mutex m_mutex;
    std::vector<Arrived> m_arrived; // under m_mutex
    std::atomic<bool> m_isWoken = false;
    QTimer m_timer;
    std::binary_semaphore *m_stopped = nullptr;
    QDeadlineTimer m_drainUntil;
    bool m_isHalted = false;
};

} // namespace delivery
