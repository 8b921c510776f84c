#include "delivery/courier.h"

#include "core/assert.h"
#include "delivery/courier_worker.h"
#include "delivery/http_client.h"

#include <QSemaphore>

namespace delivery {

namespace {

template <typename T> void handOver(T *object, QThread *thread)
{
    object->moveToThread(thread);
    QObject::connect(thread, &QThread::finished, object, &QObject::deleteLater);
}

} // namespace

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
        {m_settings.telegram.apiUrl, m_settings.dynopay.baseUrl, m_settings.retellBaseUrl},
        m_settings.timeouts);
    handOver(m_client, m_netThread.get());
    m_outboxThread = core::startThread(QStringLiteral("outbox"));
    m_worker = new CourierWorker(m_databaseUrl, m_sink, m_settings, m_clock, *m_client);
    handOver(m_worker, m_outboxThread.get());
    m_worker->wake();
}

void Courier::stop()
{
    if (!m_worker)
        return;
    QSemaphore stopped;
    QMetaObject::invokeMethod(
        m_worker, [this, &stopped] { m_worker->stop(&stopped); }, Qt::QueuedConnection);
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
