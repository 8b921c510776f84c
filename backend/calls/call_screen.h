#pragma once

#include "calls/call_store.h"
#include "customers/messenger.h"

namespace calls {

/// What a customer sees of a call: one message that is edited while it goes on, at most once in
/// three seconds, and one at its end, since an edit makes no notification.
class CallScreen {
public:
    explicit CallScreen(const customers::Messenger &messenger);

    /// The message that is edited from now on. The caller saves the call, as with the others.
    [[nodiscard]] Result<void> begin(engine::Context &context, Call &call) const;
    /// Shows the call as it is; too soon after the last time, a timer comes back for it.
    [[nodiscard]] Result<void> refresh(engine::Context &context, Call &call) const;
    /// How it ended, once: with what was said, where something was.
    [[nodiscard]] Result<void> tellEnd(engine::Context &context, Call &call) const;

    [[nodiscard]] const language::Catalogue &catalogue() const { return m_messenger.catalogue(); }

private:
    [[nodiscard]] Result<customers::Message> messageOf(engine::Context &context,
                                                       const Call &call) const;

    const customers::Messenger &m_messenger;
};

/// "call:<id>:show": the timer of `refresh`.
[[nodiscard]] QString timerKey(CallId call, const char *purpose);
[[nodiscard]] Json payloadOf(CallId call);
[[nodiscard]] CallId callIdOf(const Json &payload); // 0: none

} // namespace calls
