#pragma once

#include "retell/call_hooks.h"

namespace simulator {

/// Takes a call from its registration to its analysis. Its moments follow from the plan, so that a
/// clock that jumps past several of them gives the same times.
class CallFlow final {
public:
    CallFlow(World &world, CallHooks &hooks);

    void begin(const RetellCallPtr &call);
    /// Ends it now. False: it is over.
    bool end(const RetellCallPtr &call, const QString &reason);
    /// Somebody says something now. False: nobody is on the line.
    bool say(const RetellCallPtr &call, const QString &role, const QString &text);

private:
    void connect(const RetellCallPtr &call, Timestamp moment);
    void planTalk(const RetellCallPtr &call, std::chrono::microseconds talk);
    void speak(const RetellCallPtr &call, const SpokenLine &line);
    void finish(const RetellCallPtr &call, const QString &reason, Timestamp moment);
    void tellTransfer(const RetellCallPtr &call);

    World &m_world;
    CallHooks &m_hooks;
};

} // namespace simulator
