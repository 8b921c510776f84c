#pragma once

#include "bot/dialog.h"
#include "calls/script_agents.h"

namespace bot {

/// Writes a new script: from a template or in own words, one field after the other, until it is
/// saved. What was said so far is in the conversation.
class DraftDialog final : public Dialog {
public:
    explicit DraftDialog(const calls::ScriptAgents &agents);
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;
    [[nodiscard]] Result<bool> typed(Turn &turn, const Conversation &conversation,
                                     const QString &text) override;

private:
    struct Draft;
    [[nodiscard]] Result<void> chooseTemplate(Turn &turn) const;
    [[nodiscard]] Result<bool> begin(Turn &turn, const QString &templateName) const;
    [[nodiscard]] Result<void> take(Turn &turn, Draft draft, calls::ScriptField field,
                                    const QString &value) const;
    /// Asks for what is missing, or shows the whole.
    [[nodiscard]] Result<void> goOn(Turn &turn, const Draft &draft) const;
    [[nodiscard]] Result<void> ask(Turn &turn, const Draft &draft, calls::ScriptField field) const;
    [[nodiscard]] Result<void> showWhole(Turn &turn, const Draft &draft) const;
    [[nodiscard]] Result<void> save(Turn &turn, const Draft &draft) const;

    const calls::ScriptAgents &m_agents;
};

} // namespace bot
