#pragma once

#include "providers/retell/answer.h"
#include "providers/retell/method.h"

namespace providers::retell {

/// A response engine of the kind retell-llm. What is absent stays as it is.
struct EngineSettings {
    std::optional<QString> generalPrompt = {};
    /// "": the callee speaks first. Absent at creation: Retell makes one up.
    std::optional<QString> beginMessage = {};
    std::optional<QString> startSpeaker = {}; // "agent", "user"
    std::optional<QString> model = {};
    std::optional<QString> speechModel = {}; // instead of `model`
    std::optional<Json> tools = {};          // general_tools: an array, see endCallTool
    std::optional<Json> states = {};
    std::optional<QMap<QString, QString>> defaultVariables = {};
    std::optional<QStringList> knowledgeBaseIds = {};
};
/// BadInput: both models, or lists that are none.
[[nodiscard]] Result<Json> toJson(const EngineSettings &settings);
/// Lets the agent hang up by itself.
[[nodiscard]] Json endCallTool(const QString &description);

struct Engine {
    QString engineId; // llm_id
    std::optional<qint64> version;
    std::optional<bool> isPublished;
    QString generalPrompt;
    std::optional<QString> beginMessage;
    QString startSpeaker;
    QString model;
    QString speechModel;
    Json tools = Json::array();
    QMap<QString, QString> defaultVariables;
    std::optional<Timestamp> modifiedAt;
};
[[nodiscard]] ApiResult<Engine> parseEngine(const ApiAnswer &answer);
[[nodiscard]] ApiResult<Page<Engine>> parseEngineList(const ApiAnswer &answer);

[[nodiscard]] Result<Request> createEngine(const EngineSettings &settings);
[[nodiscard]] Result<Request> updateEngine(const QString &engineId, const EngineSettings &settings,
                                           std::optional<qint64> version = {});
[[nodiscard]] Request getEngine(const QString &engineId, std::optional<qint64> version = {});
[[nodiscard]] Request deleteEngine(const QString &engineId);
[[nodiscard]] Request listEngines(int limit, const QString &paginationKey = {});

struct Voice {
    QString voiceId;
    QString name;
    QString gender;
    QString provider;
    QString accent;
    QString age;
    QString previewUrl;
};
[[nodiscard]] ApiResult<Voice> parseVoice(const ApiAnswer &answer);
[[nodiscard]] ApiResult<Page<Voice>> parseVoiceList(const ApiAnswer &answer);
[[nodiscard]] Request listVoices();
[[nodiscard]] Request getVoice(const QString &voiceId);

struct WeightedAgent {
    QString agentId;
    QString version;                     // a number or a tag; empty: the latest
    std::optional<core::Decimal> weight; // all weights of a number sum to 1
};

struct PhoneNumber {
    QString number; // E.164
    QString type;   // "retell-twilio", "retell-telnyx", "custom"
    QString nickname;
    QString prettyNumber;
    QList<WeightedAgent> inboundAgents;
    QList<WeightedAgent> outboundAgents;
    QString inboundWebhookUrl;
    QString fallbackNumber;
    QStringList inboundCountries;  // empty: all
    QStringList outboundCountries; // empty: all
    std::optional<Timestamp> modifiedAt;
};
[[nodiscard]] ApiResult<PhoneNumber> parsePhoneNumber(const ApiAnswer &answer);
[[nodiscard]] ApiResult<Page<PhoneNumber>> parsePhoneNumberList(const ApiAnswer &answer);
[[nodiscard]] Request listPhoneNumbers(int limit, const QString &paginationKey = {});
[[nodiscard]] Request getPhoneNumber(const QString &number);
/// Which agent takes the calls from and to a number. An empty id: none does.
[[nodiscard]] Request bindPhoneNumber(const QString &number, const QString &outboundAgentId,
                                      const QString &inboundAgentId);

} // namespace providers::retell
