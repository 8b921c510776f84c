#include "simulator.h"

#include "control.h"

#include <QFile>

namespace simulator {

namespace {

constexpr qint64 kBodyBytesMax = 12 << 20; // a photo may have 10 MiB

http::Limits limits()
{
    http::Limits limits;
    limits.bodyBytesMax = kBodyBytesMax;
    // A client that is never answered on purpose must not be cut off by this side.
    limits.idleTimeout = std::chrono::minutes(10);
    return limits;
}

Result<QList<CustomerPlan>> readScenario(const QString &name)
{
    QFile file(name == u"demo" ? QStringLiteral(":/simulator/demo.json") : name);
    if (!file.open(QIODevice::ReadOnly))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("the scenario file cannot be read")});
    return customerPlansFrom(file.readAll());
}

} // namespace

struct Simulator::Parts {
    Parts(const Options &options, const Clock &clock)
        : world(options, clock)
        , chats(world)
        , sender(world)
        , telegram(world, chats, sender)
        , users(world, chats, sender)
        , dynoPay(world)
        , retell(world)
        , retellControl(world, retell)
        , customers(world, chats, users, dynoPay)
        , control(
              {world, chats, users, telegram, sender, dynoPay, retell, retellControl, customers})
        , server(limits(), [this](const http::Request &request, const http::Reply &reply) {
            handle(request, reply);
        })
    {
    }

    void handle(const http::Request &request, const http::Reply &reply)
    {
        if (telegram.handle(request, reply) || dynoPay.handle(request, reply) ||
            control.handle(request, reply) || retell.handle(request, reply))
            return;
        reply.send(
            {.status = 404, .body = R"({"ok":false,"error_code":404,"description":"Not Found"})"});
    }

    World world;
    Chats chats;
    WebhookSender sender;
    TelegramApi telegram;
    UserSide users;
    DynoPayApi dynoPay;
    RetellApi retell;
    RetellControl retellControl;
    Customers customers;
    Control control;
    http::Server server;
    quint16 port = 0;
};

Simulator::Simulator(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}

Simulator::~Simulator() = default;

Result<std::unique_ptr<Simulator>> Simulator::start(const Options &options, const Clock &clock)
{
    QList<CustomerPlan> plans;
    if (!options.scenario.isEmpty()) {
        auto read = readScenario(options.scenario);
        if (!read)
            return failure(read.error());
        plans = *std::move(read);
    }
    auto parts = std::make_unique<Parts>(options, clock);
    const auto port = parts->server.listen(options.listen);
    if (!port)
        return failure(port.error());
    parts->port = *port;
    parts->customers.start(plans);
    return std::unique_ptr<Simulator>(new Simulator(std::move(parts)));
}

quint16 Simulator::port() const
{
    return m_parts->port;
}

} // namespace simulator
