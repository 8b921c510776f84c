#pragma once

#include "core/thread.h"
#include "database/connection.h"
#include "delivery/courier_counters.h"
#include "delivery/courier_settings.h"

namespace delivery {

class CourierWorker;
class HttpClient;

/// Sends the outbox, when it is the leader among all servers of the database; else it waits to
/// become it.
class Courier {
public:
    /// `sink` (may be null) hears of the rows that were finished, and of the inbox rows that came
    /// back.
    Courier(QString databaseUrl, database::ChangeSink *sink, CourierSettings settings,
            const Clock &clock);
    ~Courier();
    Courier(const Courier &) = delete;
    Courier &operator=(const Courier &) = delete;

    /// Once.
    void start();
    /// Takes no more rows, waits up to 3 s for the answers to what is under way, and gives the lead
    /// away.
    void stop();
    /// There may be new rows. Any thread, between start() and stop(); never waits.
    void wake();
    [[nodiscard]] const CourierCounters &counters() const { return m_counters; }

private:
    QString m_databaseUrl;
    database::ChangeSink *m_sink;
    CourierSettings m_settings;
    const Clock &m_clock;
    CourierCounters m_counters;
    core::ThreadPtr m_outboxThread;
    core::ThreadPtr m_netThread;
    HttpClient *m_client = nullptr;    // on m_netThread, dies with it
    CourierWorker *m_worker = nullptr; // on m_outboxThread, dies with it
};

} // namespace delivery
