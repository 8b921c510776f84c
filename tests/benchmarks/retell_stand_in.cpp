#include "retell_stand_in.h"

namespace benchmarks {

RetellStandIn::RetellStandIn()
    : m_thread(core::startThread(QStringLiteral("retell")))
{
    auto *home = new QObject;
    m_thread->adopt(home);
    QMetaObject::invokeMethod(
        home,
        [this, home] {
            m_server = new http::Server(
                {}, [this](const auto &request, const auto &reply) { answer(request, reply); },
                home);
            m_port = m_server->listen({QHostAddress(QHostAddress::LocalHost), 0}).value();
        },
        Qt::BlockingQueuedConnection);
}

RetellStandIn::~RetellStandIn()
{
    m_thread.reset(); // before what its handler uses
}

QUrl RetellStandIn::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

void RetellStandIn::answer(const http::Request &request, const http::Reply &reply)
{
    const auto asked = core::parseJson(request.body);
    const Json *metadata = asked ? core::member(*asked, "metadata") : nullptr;
    if (request.path != "/v2/create-phone-call" || !metadata)
        qFatal("nobody should ask for %s", request.path.constData());
    const Json call = {{"call_id", QStringLiteral("retell_%1").arg(++m_numbered)},
                       {"call_type", "phone_call"},
                       {"call_status", "registered"},
                       {"agent_id", "agent_1"},
                       {"metadata", *metadata}};
    {
        const std::lock_guard lock(m_mutex);
        m_calls.push_back(call);
        m_last = std::chrono::steady_clock::now();
        ++m_count;
    }
    reply.send({.status = 201, .body = core::toBytes(call)});
}

std::vector<Json> RetellStandIn::takeCalls()
{
    const std::lock_guard lock(m_mutex);
    m_count = 0;
    return std::exchange(m_calls, {});
}

} // namespace benchmarks
