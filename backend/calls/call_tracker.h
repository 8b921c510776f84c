#pragma once

#include "calls/call_screen.h"
#include "calls/call_settings.h"
#include "providers/retell/call.h"

namespace calls {

/// What becomes of a call once it was dialled, whoever tells of it: the answer to the dial, a
/// webhook, a look. The same whatever the order, and however often.
class CallTracker {
public:
    explicit CallTracker(const CallScreen &screen);

    enum class Source {
        Told,  // a webhook or an answer on the way: more may follow
        Asked, // the provider was asked for all it knows
    };
    /// The provider's call, as somebody told. `call` is locked; saves it.
    [[nodiscard]] Result<void> seen(engine::Context &context, Call &call,
                                    const providers::retell::Call &report, Source source) const;
    /// The dial has no known outcome: it is looked for until ten minutes are over.
    [[nodiscard]] Result<void> outcomeUnknown(engine::Context &context, Call &call) const;
    /// A look found no such call. Ten minutes after the dial it is given up.
    [[nodiscard]] Result<void> notFound(engine::Context &context, Call &call) const;
    /// Surely not dialled: the provider said no, or the request never left.
    [[nodiscard]] Result<void> notPlaced(engine::Context &context, Call &call,
                                         const QString &outcome, const QString &why) const;

    /// Asked for again it is tried again, as the same stop.
    [[nodiscard]] Result<void> stop(engine::Context &context, Call &call, StopReason reason,
                                    const QString &by) const;

    /// Something should have been heard by now.
    [[nodiscard]] Result<void> watch(engine::Context &context, Call &call) const;
    [[nodiscard]] Result<void> askAbout(engine::Context &context, const Call &call) const;
    [[nodiscard]] Result<void> watchAt(engine::Context &context, const Call &call,
                                       Timestamp due) const;
    /// What was said is known by its analysis only, so of a talk without one the provider is asked
    /// until a day has passed.
    [[nodiscard]] Result<void> lookForAnalysis(engine::Context &context, const Call &call) const;

private:
    using Report = providers::retell::Call;
    [[nodiscard]] Result<void> adopt(engine::Context &context, Call &call,
                                     const Report &report) const;
    [[nodiscard]] Result<void> stray(engine::Context &context, Call &call,
                                     const Report &report) const;
    [[nodiscard]] Result<void> started(engine::Context &context, Call &call, const Report &report,
                                       Source source) const;
    [[nodiscard]] Result<void> begin(engine::Context &context, Call &call,
                                     const Report &report) const;
    [[nodiscard]] Result<void> registered(engine::Context &context, Call &call,
                                          Source source) const;
    [[nodiscard]] Result<void> over(engine::Context &context, Call &call, const Report &report,
                                    Source source) const;
    [[nodiscard]] Result<void> seenAfterEnd(engine::Context &context, Call &call,
                                            const Report &report) const;
    [[nodiscard]] Result<void> giveBackWhereItFailed(engine::Context &context, const Call &call,
                                                     const Report &report) const;
    [[nodiscard]] Result<void> seenThoughGivenUp(engine::Context &context, Call &call,
                                                 const Report &report) const;
    [[nodiscard]] Result<void> tellWhenDue(engine::Context &context, Call &call,
                                           const Report &report) const;
    [[nodiscard]] Result<void> noteStop(engine::Context &context, Call &call, StopReason reason,
                                        const QString &by) const;
    [[nodiscard]] Result<void> askToStop(engine::Context &context, Call &call) const;
    [[nodiscard]] Result<void> showAndSave(engine::Context &context, Call &call) const;

    const CallScreen &m_screen;
};

} // namespace calls
