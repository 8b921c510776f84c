#include "providers/retell/agent.h"

#include <QUrl>

namespace providers::retell {

namespace {

using namespace std::chrono_literals;
using retell::toJson; // beside the ones here
using std::chrono::milliseconds;

tl::unexpected<Error> outOfRange(const char *what)
{
    return failure({.code = ErrorCode::BadInput,
                    .detail = QStringLiteral("an agent's %1").arg(QLatin1String(what))});
}

bool isWithin(const std::optional<milliseconds> &span, milliseconds low, milliseconds high)
{
    return !span || (*span >= low && *span <= high);
}

Result<void> check(const AgentSettings &settings)
{
    if (!isWithin(settings.callDurationMax, 1min, 2h))
        return outOfRange("longest call is 1 minute to 2 hours");
    if (!isWithin(settings.endAfterSilence, 10s, 24h))
        return outOfRange("silence is 10 seconds or more");
    if (!isWithin(settings.ringDuration, 5s, 5min))
        return outOfRange("ringing is 5 seconds to 5 minutes");
    if (!isWithin(settings.beginMessageDelay, 0s, 5s))
        return outOfRange("first word comes within 5 seconds");
    const qint64 days = settings.retentionDays.value_or(1);
    if (days < 1 || days > 730)
        return outOfRange("retention is 1 to 730 days");
    return {};
}

Json toJson(const ResponseEngine &engine)
{
    const char *key = engine.type == u"custom-llm"          ? "llm_websocket_url"
                      : engine.type == u"conversation-flow" ? "conversation_flow_id"
                                                            : "llm_id";
    Json json = {{"type", engine.type}, {key, engine.id}};
    if (engine.version)
        json["version"] = *engine.version;
    return json;
}

ResponseEngine readEngine(const Json &json)
{
    ResponseEngine engine{
        .type = textOf(json, "type"), .id = {}, .version = wholeOf(json, "version")};
    for (const char *key : {"llm_id", "conversation_flow_id", "llm_websocket_url"}) {
        if (engine.id.isEmpty())
            engine.id = textOf(json, key);
    }
    return engine;
}

Json toJson(const VoicemailAction &voicemail)
{
    Json action = {{"type", voicemail.type}};
    if (!voicemail.text.isEmpty())
        action["text"] = voicemail.text;
    return {{"action", std::move(action)}};
}

Json toJson(const QList<PostCallField> &fields)
{
    Json list = Json::array();
    for (const PostCallField &field : fields) {
        Json json = {
            {"type", field.type}, {"name", field.name}, {"description", field.description}};
        if (!field.choices.isEmpty())
            json["choices"] = toJson(field.choices);
        list.push_back(std::move(json));
    }
    return list;
}

/// Puts in what is there.
template <typename T> void put(Json &json, const char *key, const std::optional<T> &value)
{
    if (!value)
        return;
    if constexpr (std::is_same_v<T, milliseconds>)
        json[key] = value->count();
    else if constexpr (std::is_same_v<T, QString> || std::is_same_v<T, bool> ||
                       std::is_same_v<T, qint64>)
        json[key] = *value;
    else
        json[key] = toJson(*value);
}

void putCallSettings(Json &json, const AgentSettings &settings)
{
    put(json, "max_call_duration_ms", settings.callDurationMax);
    put(json, "end_call_after_silence_ms", settings.endAfterSilence);
    put(json, "ring_duration_ms", settings.ringDuration);
    put(json, "begin_message_delay_ms", settings.beginMessageDelay);
    put(json, "reminder_trigger_ms", settings.reminderTrigger);
    put(json, "reminder_max_count", settings.reminderCountMax);
    put(json, "voicemail_option", settings.voicemail);
    if (settings.hangsUpOnMenu)
        json["ivr_option"] =
            *settings.hangsUpOnMenu ? Json{{"action", {{"type", "hangup"}}}} : Json(nullptr);
    if (settings.disclosesAi)
        json["handbook_config"] = {{"ai_disclosure", *settings.disclosesAi}};
}

void putDataSettings(Json &json, const AgentSettings &settings)
{
    put(json, "data_storage_setting", settings.dataStorageSetting);
    put(json, "data_storage_retention_days", settings.retentionDays);
    put(json, "opt_in_signed_url", settings.optInSignedUrl);
    put(json, "signed_url_expiration_ms", settings.signedUrlLifetime);
    put(json, "post_call_analysis_data", settings.postCallFields);
}

Agent readAgent(const Json &json)
{
    Agent agent;
    agent.agentId = textOf(json, "agent_id");
    agent.version = wholeOf(json, "version");
    agent.isPublished = flagOf(json, "is_published");
    agent.name = textOf(json, "agent_name");
    agent.voiceId = textOf(json, "voice_id");
    agent.language = textOf(json, "language");
    agent.engine = readEngine(objectOf(json, "response_engine"));
    agent.webhookUrl = textOf(json, "webhook_url");
    agent.webhookEvents = listOf(json, "webhook_events");
    agent.callDurationMax = millisOf(json, "max_call_duration_ms");
    agent.modifiedAt = momentOf(json, "last_modification_timestamp");
    if (!agent.modifiedAt)
        agent.modifiedAt = momentOf(json, "user_modified_timestamp");
    agent.channel = textOf(json, "channel");
    return agent;
}

Request of(const char *method, const QString &target = {})
{
    return {.method = findMethod(QString::fromLatin1(method)), .target = target};
}

QByteArray versionQuery(std::optional<qint64> version)
{
    return version ? "version=" + QByteArray::number(*version) : QByteArray();
}

} // namespace

Result<Json> toJson(const AgentSettings &settings)
{
    if (const auto checked = check(settings); !checked)
        return failure(checked.error());
    Json json = Json::object();
    put(json, "agent_name", settings.name);
    put(json, "voice_id", settings.voiceId);
    put(json, "language", settings.language);
    put(json, "response_engine", settings.engine);
    put(json, "webhook_url", settings.webhookUrl);
    put(json, "webhook_events", settings.webhookEvents);
    put(json, "webhook_timeout_ms", settings.webhookTimeout);
    putCallSettings(json, settings);
    putDataSettings(json, settings);
    return json;
}

ApiResult<Agent> parseAgent(const ApiAnswer &answer)
{
    const auto json = successOf(answer);
    if (!json)
        return tl::unexpected(json.error());
    Agent agent = readAgent(*json);
    if (agent.agentId.isEmpty())
        return unreadable(answer);
    return agent;
}

ApiResult<Page<Agent>> parseAgentList(const ApiAnswer &answer)
{
    return parsePage<Agent>(answer, [](const Json &item) {
        Agent agent = readAgent(item);
        return agent.agentId.isEmpty() ? std::nullopt : std::optional(std::move(agent));
    });
}

Result<Request> createAgent(const AgentSettings &settings)
{
    if (!settings.engine || settings.engine->id.isEmpty() ||
        settings.voiceId.value_or(QString()).isEmpty())
        return outOfRange("engine and voice are needed");
    auto body = toJson(settings);
    if (!body)
        return failure(body.error());
    Request request = of("createAgent");
    request.body = *std::move(body);
    return request;
}

Result<Request> updateAgent(const QString &agentId, const AgentSettings &settings,
                            std::optional<qint64> version)
{
    auto body = toJson(settings);
    if (!body)
        return failure(body.error());
    Request request = of("updateAgent", agentId);
    request.query = versionQuery(version);
    request.body = *std::move(body);
    return request;
}

Request getAgent(const QString &agentId, std::optional<qint64> version)
{
    Request request = of("getAgent", agentId);
    request.query = versionQuery(version);
    return request;
}

Request deleteAgent(const QString &agentId)
{
    return of("deleteAgent", agentId);
}

Request listAgents(int limit, const QString &paginationKey)
{
    Request request = of("listAgents");
    request.query = "limit=" + QByteArray::number(limit);
    if (!paginationKey.isEmpty())
        request.query += "&pagination_key=" + QUrl::toPercentEncoding(paginationKey);
    request.body = Json::object();
    return request;
}

Request listAgentVersions(const QString &agentId)
{
    return of("listAgentVersions", agentId);
}

Request createAgentVersion(const QString &agentId, qint64 baseVersion)
{
    Request request = of("createAgentVersion", agentId);
    request.body = {{"base_version", baseVersion}};
    return request;
}

Request publishAgentVersion(const QString &agentId, qint64 version)
{
    Request request = of("publishAgentVersion", agentId);
    request.body = {{"version", version}};
    return request;
}

Request deleteAgentVersion(const QString &agentId, qint64 version)
{
    Request request = of("deleteAgentVersion", agentId);
    request.query = versionQuery(version);
    return request;
}

} // namespace providers::retell
