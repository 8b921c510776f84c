#include "delivery/courier.h"

#include "core/assert.h"
#include "core/post.h"
#include "delivery/courier_worker.h"
#include "delivery/http_client.h"

#include <semaphore>

namespace delivery {

Courier::Courier(QString databaseUrl, database::ChangeSink *sink, CourierSettings settings,
                 const Clock &clock)
    : m_databaseUrl(std::move(databaseUrl))
    , m_sink(sink)
    , m_settings(std::move(settings))
    , m_clock(clock)
{
}

Courier::~Courier()
{
    stop();
}

void Courier::start()
{
    CORE_ASSERT(!m_worker);
    m_netThread = core::startThread(QStringLiteral("net"));
    m_client = new HttpClient(
        {m_settings.telegram.apiUrl, m_settings.dynopay.baseUrl, m_settings.retell.baseUrl},
        m_settings.timeouts);
    m_netThread->adopt(m_client);
    m_outboxThread = core::startThread(QStringLiteral("outbox"));
    m_worker = new CourierWorker(m_databaseUrl, m_sink, m_settings, m_clock, *m_client, m_counters);
    m_outboxThread->adopt(m_worker);
    m_worker->wake();
}

void Courier::stop()
{
    if (!m_worker)
        return;
    std::binary_semaphore stopped(0);
    core::post(m_worker, [this, &stopped] { m_worker->stop(&stopped); });
    stopped.acquire();
    m_netThread.reset(); // first, so that no answer comes to a worker that has gone
    m_outboxThread.reset();
    m_worker = nullptr;
    m_client = nullptr;
}

void Courier::wake()
{
    if (m_worker)
        m_worker->wake();
}

} // namespace delivery
