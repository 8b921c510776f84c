#include "intake/http_thread.h"

#include "core/assert.h"
#include "core/post.h"

namespace intake {

HttpThread::HttpThread()
    : m_thread(core::startThread(QStringLiteral("http")))
    , m_context(new QObject)
{
    m_thread->adopt(m_context);
}

void HttpThread::run(const std::function<void()> &work)
{
    CORE_ASSERT(QThread::currentThread() != m_thread.get());
    core::runThere(m_context, work);
}

} // namespace intake
