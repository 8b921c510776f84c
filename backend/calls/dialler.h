#pragma once

#include "calls/call_facts.h"
#include "calls/call_screen.h"
#include "engine/routing_table.h"
#include "guards/verdict.h"

namespace calls {

/// What happens on the lane `dial`, through which every call of every customer goes, so that every
/// cap is exact: the guards judge with what is true now, the hold is placed, and the row that dials
/// is written, all in one transaction.
class Dialler {
public:
    Dialler(const CallScreen &screen, const CallSettings &settings);

    [[nodiscard]] Result<Preview> preview(engine::Context &context, const CallWish &wish) const;
    [[nodiscard]] Result<engine::Outcome> dial(const engine::Event &event,
                                               engine::Context &context) const;
    /// The dialler could not: nothing was dialled, and the customer hears of it.
    [[nodiscard]] Result<engine::Outcome> dialDied(const engine::Event &event,
                                                   engine::Context &context) const;

private:
    [[nodiscard]] Result<void> judgeAndDial(engine::Context &context, Call &call) const;
    [[nodiscard]] Result<void> awaitAgent(engine::Context &context, Call &call,
                                          const AgentOfScript &agent) const;
    [[nodiscard]] Result<void> place(engine::Context &context, Call &call, const Case &facts,
                                     const guards::Verdict &verdict) const;
    [[nodiscard]] Result<void> holdMoney(engine::Context &context, Call &call) const;
    [[nodiscard]] Result<OutboxId> write(engine::Context &context, const Call &call,
                                         const Case &facts) const;
    [[nodiscard]] Result<void> waitUntil(engine::Context &context, Call &call,
                                         Timestamp until) const;
    [[nodiscard]] Result<void> refuse(engine::Context &context, Call &call, const QString &outcome,
                                      const QString &detail) const;

    const CallScreen &m_screen;
    const CallSettings &m_settings;
};

/// "dial": the lane.
[[nodiscard]] QString dialLane();

} // namespace calls
