#pragma once

#include "bot/dialog.h"
#include "calls/call_flow.h"
#include "calls/script_agents.h"
#include "calls/script_store.h"

namespace bot {

/// Makes a call: script, number, whose consent, what the guards say and what it costs, yes. Then
/// the call's own message takes over; its Stop button and /stop come back here. Nothing dials
/// because of something old: what was shown more than a minute ago is shown again first.
class CallDialog final : public Dialog {
public:
    CallDialog(const calls::CallFlow &flow, const calls::ScriptAgents &agents);
    [[nodiscard]] Result<bool> command(Turn &turn, const QString &name) override;
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;
    [[nodiscard]] Result<bool> typed(Turn &turn, const Conversation &conversation,
                                     const QString &text) override;
    [[nodiscard]] Result<bool> shared(Turn &turn, const Conversation &conversation,
                                      const SharedContact &contact) override;

private:
    struct Plan;
    [[nodiscard]] Result<void> chooseScript(Turn &turn) const;
    [[nodiscard]] Result<bool> begin(Turn &turn, calls::ScriptId script, const QString &to) const;
    [[nodiscard]] Result<void> askNumber(Turn &turn, const Plan &plan) const;
    [[nodiscard]] Result<void> askOwnNumber(Turn &turn, const Plan &plan) const;
    [[nodiscard]] Result<void> takeNumber(Turn &turn, Plan plan, const QString &text) const;
    [[nodiscard]] Result<void> askConsent(Turn &turn, const Plan &plan) const;
    /// The verdict in words, the price, and what can be done about it.
    [[nodiscard]] Result<void> show(Turn &turn, Plan plan) const;
    [[nodiscard]] Result<void> place(Turn &turn, const Plan &plan) const;
    [[nodiscard]] Result<bool> tapOnPlan(Turn &turn, const QString &verb,
                                         const QString &rest) const;
    [[nodiscard]] Result<bool> stop(Turn &turn, calls::CallId call) const;
    [[nodiscard]] Result<void> stopNewest(Turn &turn) const;

    const calls::CallFlow &m_flow;
    const calls::ScriptAgents &m_agents;
};

} // namespace bot
