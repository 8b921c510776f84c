#pragma once

#include "bot/dialog.h"
#include "calls/script_agents.h"

namespace bot {

/// The scripts of a customer: list, look, change a field, delete. A change is a new version.
class ScriptsDialog final : public Dialog {
public:
    explicit ScriptsDialog(const calls::ScriptAgents &agents);
    [[nodiscard]] Result<bool> command(Turn &turn, const QString &name) override;
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;
    [[nodiscard]] Result<bool> typed(Turn &turn, const Conversation &conversation,
                                     const QString &text) override;

private:
    using Script = calls::ScriptVersion;
    [[nodiscard]] Result<void> showAll(Turn &turn) const;
    [[nodiscard]] Result<void> showOne(Turn &turn, const Script &script) const;
    [[nodiscard]] Result<void> chooseField(Turn &turn, const Script &script) const;
    [[nodiscard]] Result<void> askField(Turn &turn, const Script &script,
                                        calls::ScriptField field) const;
    [[nodiscard]] Result<void> change(Turn &turn, const Script &script, calls::ScriptField field,
                                      const QString &value) const;
    [[nodiscard]] Result<void> askDelete(Turn &turn, const Script &script) const;
    [[nodiscard]] Result<void> remove(Turn &turn, const Script &script) const;
    [[nodiscard]] Result<void> retry(Turn &turn, const Script &script) const;
    [[nodiscard]] Result<bool> tapOn(Turn &turn, const QString &verb, const QString &rest) const;

    const calls::ScriptAgents &m_agents;
};

} // namespace bot
