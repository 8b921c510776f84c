#include "bot_api.h"

namespace benchmarks {

namespace {

/// Zero: the request names no chat. A text cannot be taken for it, since its quotes are escaped.
qint64 chatOf(const QByteArray &body)
{
    static const QByteArray kName = "\"chat_id\":";
    const qsizetype at = body.indexOf(kName);
    return at < 0 ? 0 : std::strtoll(body.constData() + at + kName.size(), nullptr, 10);
}

} // namespace

BotApi::BotApi()
    : m_thread(core::startThread(QStringLiteral("bot-api")))
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

BotApi::~BotApi()
{
    m_thread.reset(); // before what its handler uses
}

QUrl BotApi::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

void BotApi::answer(const http::Request &request, const http::Reply &reply)
{
    const Moment now = std::chrono::steady_clock::now();
    if (!request.path.endsWith("/sendMessage"))
        return reply.send({.body = R"({"ok":true,"result":true})"});
    {
        const std::lock_guard lock(m_mutex);
        m_arrivals[chatOf(request.body)].push_back(now);
        ++m_count;
    }
    reply.send({.body = R"({"ok":true,"result":{"message_id":)" + QByteArray::number(m_count) +
                        R"(,"date":1700000000}})"});
}

QHash<qint64, std::vector<Moment>> BotApi::takeArrivals()
{
    const std::lock_guard lock(m_mutex);
    m_count = 0;
    return std::exchange(m_arrivals, {});
}

} // namespace benchmarks
