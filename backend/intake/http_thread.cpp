#include "intake/http_thread.h"

#include "core/assert.h"

namespace intake {

HttpThread::HttpThread()
    : m_thread(core::startThread(QStringLiteral("http")))
    , m_context(new QObject)
{
    m_context->moveToThread(m_thread.get());
    QObject::connect(m_thread.get(), &QThread::finished, m_context, &QObject::deleteLater);
}

void HttpThread::run(const std::function<void()> &work)
{
    CORE_ASSERT(QThread::currentThread() != m_thread.get());
    QMetaObject::invokeMethod(m_context, work, Qt::BlockingQueuedConnection);
}

} // namespace intake
