#pragma once

#include "calls/call_tracker.h"
#include "calls/call_wish.h"
#include "calls/dialler.h"

namespace calls {

/// A call from the wish to the charge. Every step is an inbox row: the customer's wish, the
/// dialler, the provider's answers and webhooks, timers. Whatever arrives, in any order or not at
/// all, it ends in one final state with its hold resolved once.
class CallFlow {
public:
    CallFlow(const customers::Messenger &messenger, CallSettings settings);
    CallFlow(const CallFlow &) = delete; // its parts refer to each other
    CallFlow &operator=(const CallFlow &) = delete;

    /// Adds the routes call.*, calls.stop_all, retell.webhook and the retell.answer.* of calls.
    void addRoutes(engine::RoutingTable &routes) const;

    /// What would come of it now. Writes nothing. Errors: NotFound: no such script or customer.
    [[nodiscard]] Result<Preview> preview(engine::Context &context, const CallWish &wish) const;
    /// Asks the dialler, which judges again, and shows the customer how it goes. The same key is
    /// one call. On the customer's lane.
    [[nodiscard]] Result<CallId> ask(engine::Context &context, const CallWish &wish,
                                     const QString &requestKey) const;
    /// Ends it, or takes it back when it was not dialled yet; over already: nothing happens.
    /// `by`: whom staff see as the one who did it. On the customer's lane; from elsewhere
    /// `postStop`.
    [[nodiscard]] Result<void> stop(engine::Context &context, CallId call, StopReason reason,
                                    const QString &by) const;
    /// The same from any lane. NotFound: no such call.
    [[nodiscard]] Result<void> postStop(engine::Context &context, CallId call, StopReason reason,
                                        const QString &by) const;
    /// Turns the stop switch on: once it is committed nothing is dialled, and what is live or waits
    /// is stopped.
    [[nodiscard]] Result<void> stopAll(engine::Context &context, const QString &reason,
                                       const QString &by) const;
    /// Since when the stop switch is on; nothing: it is off.
    [[nodiscard]] Result<std::optional<Timestamp>> stoppedSince(engine::Context &context) const;
    /// Two people have agreed to it by then: PostgreSQL looks.
    [[nodiscard]] Result<void> resume(engine::Context &context, const QString &reason,
                                      const QString &by) const;

private:
    using Step = Result<engine::Outcome>;
    using OnCall = Result<void> (CallFlow::*)(const engine::Event &, engine::Context &,
                                              Call &) const;
    /// A step of the call that the payload (or the request in it) names.
    [[nodiscard]] engine::Route route(const char *kind, OnCall step) const;
    [[nodiscard]] Step onCall(const engine::Event &event, engine::Context &context,
                              OnCall step) const;

    [[nodiscard]] Step webhook(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Result<void> stopPosted(const engine::Event &event, engine::Context &context,
                                          Call &call) const;
    [[nodiscard]] Result<void> dialAnswered(const engine::Event &event, engine::Context &context,
                                            Call &call) const;
    [[nodiscard]] Result<void> lookAnswered(const engine::Event &event, engine::Context &context,
                                            Call &call) const;
    [[nodiscard]] Result<void> listAnswered(const engine::Event &event, engine::Context &context,
                                            Call &call) const;
    [[nodiscard]] Result<void> stopAnswered(const engine::Event &event, engine::Context &context,
                                            Call &call) const;
    [[nodiscard]] Result<void> watch(const engine::Event &event, engine::Context &context,
                                     Call &call) const;
    [[nodiscard]] Result<void> limit(const engine::Event &event, engine::Context &context,
                                     Call &call) const;
    [[nodiscard]] Result<void> show(const engine::Event &event, engine::Context &context,
                                    Call &call) const;
    [[nodiscard]] Result<void> tell(const engine::Event &event, engine::Context &context,
                                    Call &call) const;
    [[nodiscard]] Result<void> turnSwitch(engine::Context &context, bool isOn,
                                          const QString &reason, const QString &by) const;

    const CallSettings m_settings;
    const CallScreen m_screen;
    const Dialler m_dialler;
    const CallTracker m_tracker;
};

} // namespace calls
