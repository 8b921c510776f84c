#include "subscriptions/subscription_state.h"

#include "core/assert.h"

#include <QList>

namespace subscriptions {

namespace {

struct Entry {
    State state;
    const char *name;
    QList<State> next;
};

// Read a line as: from this state a subscription may go to these.
const QList<Entry> &table()
{
    using enum State;
    static const QList<Entry> all = {
        {Active, "active", {Grace, Cancelled, Ended}},
        {Grace, "grace", {Active, Ended}},
        {Cancelled, "cancelled", {Active, Ended}},
        {Ended, "ended", {}},
    };
    return all;
}

const Entry &entryOf(State state)
{
    return table()[static_cast<qsizetype>(state)];
}

} // namespace

QString nameOf(State state)
{
    return QString::fromLatin1(entryOf(state).name);
}

State stateOf(const QString &name)
{
    for (const Entry &entry : table()) {
        if (name == QLatin1String(entry.name))
            return entry.state;
    }
    CORE_ASSERT(false); // the column has a CHECK
    return State::Ended;
}

QString nameOf(EndReason reason)
{
    switch (reason) {
    case EndReason::Expired: return QStringLiteral("expired");
    case EndReason::Cancelled: return QStringLiteral("cancelled");
    case EndReason::Unpaid: return QStringLiteral("unpaid");
    case EndReason::Changed: return QStringLiteral("changed");
    }
    Q_UNREACHABLE();
}

bool mayFollow(State from, State to)
{
    return entryOf(from).next.contains(to);
}

} // namespace subscriptions
