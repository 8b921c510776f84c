#include "providers/retell/assets.h"

#include <QUrl>

namespace providers::retell {

namespace {

template <typename T> void put(Json &json, const char *key, const std::optional<T> &value)
{
    if (!value)
        return;
    if constexpr (std::is_same_v<T, QString> || std::is_same_v<T, Json>)
        json[key] = *value;
    else
        json[key] = toJson(*value);
}

bool isList(const std::optional<Json> &json)
{
    return !json || json->is_array();
}

Request of(const char *method, const QString &target = {})
{
    return {.method = findMethod(QString::fromLatin1(method)), .target = target};
}

Request pageOf(const char *method, int limit, const QString &paginationKey)
{
    Request request = of(method);
    request.query = "limit=" + QByteArray::number(limit);
    if (!paginationKey.isEmpty())
        request.query += "&pagination_key=" + QUrl::toPercentEncoding(paginationKey);
    return request;
}

Engine readEngine(const Json &json)
{
    return {.engineId = textOf(json, "llm_id"),
            .version = wholeOf(json, "version"),
            .isPublished = flagOf(json, "is_published"),
            .generalPrompt = textOf(json, "general_prompt"),
            .beginMessage = core::textMember(json, "begin_message"),
            .startSpeaker = textOf(json, "start_speaker"),
            .model = textOf(json, "model"),
            .speechModel = textOf(json, "s2s_model"),
            .tools = arrayOf(json, "general_tools"),
            .defaultVariables = textsOf(json, "default_dynamic_variables"),
            .modifiedAt = momentOf(json, "last_modification_timestamp")};
}

Voice readVoice(const Json &json)
{
    return {.voiceId = textOf(json, "voice_id"),
            .name = textOf(json, "voice_name"),
            .gender = textOf(json, "gender"),
            .provider = textOf(json, "provider"),
            .accent = textOf(json, "accent"),
            .age = textOf(json, "age"),
            .previewUrl = textOf(json, "preview_audio_url")};
}

QList<WeightedAgent> readAgents(const Json &json, const char *key)
{
    QList<WeightedAgent> agents;
    for (const Json &item : arrayOf(json, key)) {
        const QString id = textOf(item, "agent_id");
        if (!id.isEmpty())
            agents.append({.agentId = id,
                           .version = textOf(item, "agent_version"),
                           .weight = decimalOf(item, "weight")});
    }
    return agents;
}

PhoneNumber readPhoneNumber(const Json &json)
{
    return {.number = textOf(json, "phone_number"),
            .type = textOf(json, "phone_number_type"),
            .nickname = textOf(json, "nickname"),
            .prettyNumber = textOf(json, "phone_number_pretty"),
            .inboundAgents = readAgents(json, "inbound_agents"),
            .outboundAgents = readAgents(json, "outbound_agents"),
            .inboundWebhookUrl = textOf(json, "inbound_webhook_url"),
            .fallbackNumber = textOf(json, "fallback_number"),
            .inboundCountries = listOf(json, "allowed_inbound_country_list"),
            .outboundCountries = listOf(json, "allowed_outbound_country_list"),
            .modifiedAt = momentOf(json, "last_modification_timestamp")};
}

/// One asset; without its id it is none.
template <typename T>
ApiResult<T> parseOne(const ApiAnswer &answer, T (*read)(const Json &), QString T::*id)
{
    const auto json = successOf(answer);
    if (!json)
        return tl::unexpected(json.error());
    T one = read(*json);
    if ((one.*id).isEmpty())
        return unreadable(answer);
    return one;
}

template <typename T>
ApiResult<Page<T>> parseMany(const ApiAnswer &answer, T (*read)(const Json &), QString T::*id)
{
    return parsePage<T>(answer, [&](const Json &item) {
        T one = read(item);
        return (one.*id).isEmpty() ? std::nullopt : std::optional(std::move(one));
    });
}

Json onlyAgent(const QString &agentId)
{
    Json agents = Json::array();
    if (!agentId.isEmpty())
        agents.push_back({{"agent_id", agentId}, {"weight", 1}});
    return agents;
}

} // namespace

Result<Json> toJson(const EngineSettings &settings)
{
    if ((settings.model && settings.speechModel) || !isList(settings.tools) ||
        !isList(settings.states))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("an engine has one model, and lists of tools "
                                                 "and states")});
    Json json = Json::object();
    put(json, "general_prompt", settings.generalPrompt);
    put(json, "begin_message", settings.beginMessage);
    put(json, "start_speaker", settings.startSpeaker);
    put(json, "model", settings.model);
    put(json, "s2s_model", settings.speechModel);
    put(json, "general_tools", settings.tools);
    put(json, "states", settings.states);
    put(json, "default_dynamic_variables", settings.defaultVariables);
    put(json, "knowledge_base_ids", settings.knowledgeBaseIds);
    return json;
}

Json endCallTool(const QString &description)
{
    return {{"type", "end_call"}, {"name", "end_call"}, {"description", description}};
}

ApiResult<Engine> parseEngine(const ApiAnswer &answer)
{
    return parseOne(answer, readEngine, &Engine::engineId);
}

ApiResult<Page<Engine>> parseEngineList(const ApiAnswer &answer)
{
    return parseMany(answer, readEngine, &Engine::engineId);
}

Result<Request> createEngine(const EngineSettings &settings)
{
    auto body = toJson(settings);
    if (!body)
        return failure(body.error());
    Request request = of("createRetellLlm");
    request.body = *std::move(body);
    return request;
}

Result<Request> updateEngine(const QString &engineId, const EngineSettings &settings,
                             std::optional<qint64> version)
{
    auto body = toJson(settings);
    if (!body)
        return failure(body.error());
    Request request = of("updateRetellLlm", engineId);
    if (version)
        request.query = "version=" + QByteArray::number(*version);
    request.body = *std::move(body);
    return request;
}

Request getEngine(const QString &engineId, std::optional<qint64> version)
{
    Request request = of("getRetellLlm", engineId);
    if (version)
        request.query = "version=" + QByteArray::number(*version);
    return request;
}

Request deleteEngine(const QString &engineId)
{
    return of("deleteRetellLlm", engineId);
}

Request listEngines(int limit, const QString &paginationKey)
{
    return pageOf("listRetellLlms", limit, paginationKey);
}

ApiResult<Voice> parseVoice(const ApiAnswer &answer)
{
    return parseOne(answer, readVoice, &Voice::voiceId);
}

ApiResult<Page<Voice>> parseVoiceList(const ApiAnswer &answer)
{
    return parseMany(answer, readVoice, &Voice::voiceId);
}

Request listVoices()
{
    return of("listVoices");
}

Request getVoice(const QString &voiceId)
{
    return of("getVoice", voiceId);
}

ApiResult<PhoneNumber> parsePhoneNumber(const ApiAnswer &answer)
{
    return parseOne(answer, readPhoneNumber, &PhoneNumber::number);
}

ApiResult<Page<PhoneNumber>> parsePhoneNumberList(const ApiAnswer &answer)
{
    return parseMany(answer, readPhoneNumber, &PhoneNumber::number);
}

Request listPhoneNumbers(int limit, const QString &paginationKey)
{
    return pageOf("listPhoneNumbers", limit, paginationKey);
}

Request getPhoneNumber(const QString &number)
{
    return of("getPhoneNumber", number);
}

Request bindPhoneNumber(const QString &number, const QString &outboundAgentId,
                        const QString &inboundAgentId)
{
    Request request = of("updatePhoneNumber", number);
    request.body = {{"outbound_agents", onlyAgent(outboundAgentId)},
                    {"inbound_agents", onlyAgent(inboundAgentId)}};
    return request;
}

} // namespace providers::retell
