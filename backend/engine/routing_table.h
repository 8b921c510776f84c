#pragma once

#include "engine/context.h"

#include <QHash>

#include <functional>

namespace engine {

/// Plain synchronous code, no network. A failure rolls back everything it wrote.
using Handler = std::function<Result<Outcome>(const Event &, Context &)>;

/// Calls it. A handler must not throw, but JSON does when our own code misreads it: that is one bad
/// row, not a dead server.
[[nodiscard]] inline Result<Outcome> runGuarded(const Handler &handler, const Event &event,
                                                Context &context)
{
    try {
        return handler(event, context);
    } catch (const std::exception &exception) {
        return failure(
            {.code = ErrorCode::Internal, .detail = QString::fromUtf8(exception.what()).left(200)});
    }
}

/// What a failing event does to the events behind it in its lane.
enum class Order {
    Ordered, // dialogs: 3 tries within 5 s, then dead, and the lane goes on
    Free,    // state machines: up to 8 tries, on a lane of its own meanwhile
};

struct Route {
    QString kind;
    Order order = Order::Free;
    Handler handle;
    Handler whenDead = {}; // after the last try: tell the customer. Its own failure is only logged.
};

/// Which handler takes which kind. Filled once in app/, then only read.
class RoutingTable {
public:
    void add(Route route)
    {
        const QString kind = route.kind;
        m_routes.insert(kind, std::move(route));
    }
    [[nodiscard]] const Route *find(const QString &kind) const
    {
        const auto found = m_routes.constFind(kind);
        return found == m_routes.cend() ? nullptr : &*found;
    }

private:
    QHash<QString, Route> m_routes;
};

} // namespace engine
