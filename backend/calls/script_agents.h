#pragma once

#include "calls/script_store.h"
#include "customers/messenger.h"
#include "engine/routing_table.h"
#include "providers/retell/answer.h"
#include "providers/retell/method.h"

namespace calls {

struct AgentOrder;

enum class AgentState {
    Making,
    Ready,
    Failed, // the provider would not have it, or could not be reached for too long
};

/// The provider's agent that speaks one version of a script.
struct AgentOfScript {
    ScriptVersionId version;
    ScriptId script;
    CustomerId customer; // whose script it is
    QString scriptName;
    AgentState state = AgentState::Making;
    bool isReady = false;
    QString agentId;         // as the next, once it is ready
    qint64 agentVersion = 0; // of the agent, not of the script
    QString language;        // of the callee, a tag of the catalogue: "fr"
    QString onBehalfOf;      // for guards::disclosureSentence
    QString ownWords;        // with which the script begins, after the disclosure
    QString opening;         // what the voice says first: the disclosure, a space, the own words
};

/// The named result (CallAnalysis::customData) that says the callee wants no more calls: "true".
[[nodiscard]] QString optOutResult();

/// Errors: NotFound.
[[nodiscard]] Result<AgentOfScript> agentOf(database::Transaction &transaction,
                                            ScriptVersionId version);

/// Until the transaction ends it stays ready, or not.
[[nodiscard]] Result<void> lockAgent(database::Transaction &transaction, ScriptVersionId version);

/// Keeps each version of a script in step with an agent of the provider: first the engine that
/// leads the talk, then the agent that speaks. Both are asked for through the outbox; the answers
/// are inbox rows on the customer's lane. What is asked for twice leaves an agent that nobody
/// uses, and no version ever has two.
class ScriptAgents {
public:
    ScriptAgents(const customers::Messenger &messenger, QString webhookUrl);

    /// Adds the routes script.engine_made, script.agent_made and script.agent_retry.
    void addRoutes(engine::RoutingTable &routes) const;

    /// Begins for a new version; one that has its agent, or is being made, stays as it is, and one
    /// that failed is begun again. Errors: Internal: no disclosure in the callee's language.
    [[nodiscard]] Result<void> make(engine::Context &context, const ScriptVersion &version) const;

private:
    struct Making;
    using Step = Result<engine::Outcome>;
    [[nodiscard]] Step engineMade(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step agentMade(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step retry(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step died(const engine::Event &event, engine::Context &context) const;

    [[nodiscard]] Result<AgentOrder> orderOf(const ScriptVersion &version) const;
    /// Asks for what is still missing.
    [[nodiscard]] Result<void> askNext(engine::Context &context, const Making &making) const;
    /// Tries again later, or gives up and tells the customer.
    [[nodiscard]] Result<void> failed(engine::Context &context, Making &making,
                                      const providers::retell::ApiError &error) const;
    [[nodiscard]] Result<void> giveUp(engine::Context &context, Making &making,
                                      const QString &why) const;
    [[nodiscard]] Result<void> tellReady(engine::Context &context, const Making &making) const;

    const customers::Messenger &m_messenger;
    QString m_webhookUrl;
};

} // namespace calls
