#pragma once

#include "providers/retell/answer.h"
#include "providers/retell/method.h"

namespace providers::retell {

/// What leads an agent's talk.
struct ResponseEngine {
    QString type = QStringLiteral("retell-llm"); // or "custom-llm", "conversation-flow"
    QString id;                                  // of the engine; a web socket for custom-llm
    std::optional<qint64> version = {};
};

/// What to do when a mailbox answers.
struct VoicemailAction {
    QString type = QStringLiteral("hangup"); // or "static_text", "prompt", "bridge_transfer"
    QString text = {};                       // of static_text and prompt
};

/// What is to be found out of a call; it comes back in CallAnalysis::customData by `name`.
struct PostCallField {
    QString type = QStringLiteral("string"); // or "enum", "boolean", "number"
    QString name;
    QString description;
    QStringList choices = {}; // of an enum
};

/// Settings of an agent, of its creation, an update or for one call. What is absent stays.
struct AgentSettings {
    std::optional<QString> name = {};
    std::optional<QString> voiceId = {};
    std::optional<QString> language = {}; // "fr-FR", "multi"
    std::optional<ResponseEngine> engine = {};
    std::optional<QString> webhookUrl = {};
    std::optional<QStringList> webhookEvents = {};
    std::optional<std::chrono::milliseconds> webhookTimeout = {};
    std::optional<std::chrono::milliseconds> callDurationMax = {};   // 1 min to 2 h
    std::optional<std::chrono::milliseconds> endAfterSilence = {};   // from 10 s
    std::optional<std::chrono::milliseconds> ringDuration = {};      // 5 s to 5 min
    std::optional<std::chrono::milliseconds> beginMessageDelay = {}; // to 5 s
    std::optional<std::chrono::milliseconds> reminderTrigger = {};
    std::optional<qint64> reminderCountMax = {};
    std::optional<VoicemailAction> voicemail = {};
    std::optional<bool> hangsUpOnMenu = {}; // an IVR
    std::optional<QString> dataStorageSetting = {};
    std::optional<qint64> retentionDays = {}; // 1 to 730
    std::optional<bool> optInSignedUrl = {};
    std::optional<std::chrono::milliseconds> signedUrlLifetime = {};
    std::optional<QList<PostCallField>> postCallFields = {};
    std::optional<bool> disclosesAi = {}; // admits being virtual when asked
};
/// BadInput: out of the ranges above.
[[nodiscard]] Result<Json> toJson(const AgentSettings &settings);

struct Agent {
    QString agentId;
    std::optional<qint64> version;
    std::optional<bool> isPublished;
    QString name;
    QString voiceId;
    QString language;
    ResponseEngine engine;
    QString webhookUrl;
    QStringList webhookEvents; // empty: Retell's default, the first three
    std::optional<std::chrono::milliseconds> callDurationMax;
    std::optional<Timestamp> modifiedAt;
    QString channel; // "voice", "chat"; in lists only
};
/// Without an id there is no agent.
[[nodiscard]] ApiResult<Agent> parseAgent(const ApiAnswer &answer);
[[nodiscard]] ApiResult<Page<Agent>> parseAgentList(const ApiAnswer &answer);

/// BadInput: without engine or voice, or out of range.
[[nodiscard]] Result<Request> createAgent(const AgentSettings &settings);
[[nodiscard]] Result<Request> updateAgent(const QString &agentId, const AgentSettings &settings,
                                          std::optional<qint64> version = {});
[[nodiscard]] Request getAgent(const QString &agentId, std::optional<qint64> version = {});
[[nodiscard]] Request deleteAgent(const QString &agentId);
[[nodiscard]] Request listAgents(int limit, const QString &paginationKey = {});
[[nodiscard]] Request listAgentVersions(const QString &agentId);
[[nodiscard]] Request createAgentVersion(const QString &agentId, qint64 baseVersion);
[[nodiscard]] Request publishAgentVersion(const QString &agentId, qint64 version);
[[nodiscard]] Request deleteAgentVersion(const QString &agentId, qint64 version);

} // namespace providers::retell
