#include "calls/call_state.h"

#include "core/assert.h"

#include <algorithm>
#include <array>

namespace calls {

namespace {

struct Named {
    State state;
    QLatin1String name;
};

constexpr std::array kNames = {
    Named{State::Asked, QLatin1String("asked")},
    Named{State::Queued, QLatin1String("queued")},
    Named{State::Dialling, QLatin1String("dialling")},
    Named{State::Unknown, QLatin1String("unknown")},
    Named{State::Talking, QLatin1String("talking")},
    Named{State::Ending, QLatin1String("ending")},
    Named{State::Ended, QLatin1String("ended")},
    Named{State::NotConnected, QLatin1String("not_connected")},
    Named{State::Failed, QLatin1String("failed")},
    Named{State::Refused, QLatin1String("refused")},
    Named{State::Cancelled, QLatin1String("cancelled")},
};

/// Nothing follows an end: what is learnt later of such a call is kept beside it.
bool mayFollowWhileLive(State from, State to)
{
    const bool isEnd = to == State::Ended || to == State::NotConnected || to == State::Failed;
    switch (from) {
    case State::Dialling:
        return isEnd || to == State::Unknown || to == State::Talking || to == State::Ending ||
               to == State::Cancelled;
    case State::Unknown:
        return isEnd || to == State::Dialling || to == State::Talking || to == State::Ending;
    case State::Talking: return isEnd || to == State::Ending;
    case State::Ending: return isEnd;
    default: return false;
    }
}

} // namespace

QString nameOf(State state)
{
    const auto found = std::find_if(kNames.begin(), kNames.end(),
                                    [&](const Named &each) { return each.state == state; });
    CORE_ASSERT(found != kNames.end());
    return found->name;
}

State stateOf(const QString &name)
{
    const auto found = std::find_if(kNames.begin(), kNames.end(),
                                    [&](const Named &each) { return each.name == name; });
    CORE_ASSERT(found != kNames.end()); // the column has a CHECK
    return found->state;
}

bool mayFollow(State from, State to)
{
    const bool isEarlyEnd = to == State::Refused || to == State::Cancelled;
    if (from == State::Asked)
        return isEarlyEnd || to == State::Queued || to == State::Dialling;
    if (from == State::Queued)
        return isEarlyEnd || to == State::Dialling;
    return mayFollowWhileLive(from, to);
}

bool isFinal(State state)
{
    return state >= State::Ended;
}

bool isLive(State state)
{
    return state >= State::Dialling && state <= State::Ending;
}

} // namespace calls
