#pragma once

#include "calls/script_store.h"
#include "providers/retell/agent.h"
#include "providers/retell/assets.h"

namespace calls {

/// A version as its agent is to speak it.
struct AgentOrder {
    ScriptVersion version;
    QString disclosure; // guards::disclosureSentence in the callee's language
    QString webhookUrl;
};

/// The words of a customer as they may stand before the provider: "{{...}}" would be filled in
/// there.
[[nodiscard]] QString withoutVariables(QString words);
/// What the voice says first: the disclosure, a space, the script's opening.
[[nodiscard]] QString openingOf(const AgentOrder &order);
/// The agent's instructions: our rules first and last, and the script between them as data.
[[nodiscard]] QString promptOf(const AgentOrder &order);

[[nodiscard]] Result<providers::retell::Request> engineRequest(const AgentOrder &order);
[[nodiscard]] Result<providers::retell::Request> agentRequest(const AgentOrder &order,
                                                              const QString &engineId);

} // namespace calls
