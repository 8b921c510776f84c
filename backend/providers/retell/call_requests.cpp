#include "providers/retell/call_requests.h"

#include <QRegularExpression>

#include <algorithm>

namespace providers::retell {

namespace {

constexpr int kLimitMax = 1000;

/// Never with what was given: it may be a number.
tl::unexpected<Error> refused(const char *why)
{
    return failure({.code = ErrorCode::BadInput,
                    .detail = QStringLiteral("a call: %1").arg(QLatin1String(why))});
}

Request of(const char *method, const QString &target = {})
{
    return {.method = findMethod(QString::fromLatin1(method)), .target = target};
}

bool isMetadata(const Json &metadata)
{
    return metadata.is_object() && core::toBytes(metadata).size() <= kMetadataBytesMax;
}

/// 3, "prod"; absent: no version of that form.
std::optional<Json> versionJson(const QString &version)
{
    static const QRegularExpression tag(QStringLiteral("\\A[a-z0-9_-]{1,20}\\z"));
    bool isNumber = false;
    const int number = version.toInt(&isNumber);
    if (isNumber && number >= 0)
        return Json(number);
    return tag.match(version).hasMatch() ? std::optional(Json(version)) : std::nullopt;
}

bool isOverridable(const EngineSettings &engine)
{
    return !engine.generalPrompt && !engine.tools && !engine.states && !engine.defaultVariables;
}

Result<Json> overrideOf(const CreatePhoneCall &call)
{
    const auto agent = toJson(call.agentOverride);
    if (!agent)
        return failure(agent.error());
    if (!isOverridable(call.engineOverride))
        return refused("an engine's prompt, tools and states cannot be overridden");
    const auto engine = toJson(call.engineOverride);
    if (!engine)
        return failure(engine.error());
    Json whole = Json::object();
    if (!agent->empty())
        whole["agent"] = *agent;
    if (!engine->empty())
        whole["retell_llm"] = *engine;
    return whole;
}

Json textFilter(const QString &value)
{
    return {{"type", "string"}, {"op", "eq"}, {"value", value}};
}

template <typename T> Result<Json> enumFilter(const QList<T> &values)
{
    Json words = Json::array();
    for (const T value : values) {
        const QLatin1String text = word(value);
        if (text.isEmpty() || text == QLatin1String("registered"))
            return refused("not a word to filter by");
        words.push_back(QString(text));
    }
    return Json{{"type", "enum"}, {"op", "in"}, {"value", std::move(words)}};
}

qint64 millisOf(Timestamp moment)
{
    return std::chrono::floor<std::chrono::milliseconds>(moment).time_since_epoch().count();
}

Json startFilter(const CallFilter &filter)
{
    if (filter.startedFrom && filter.startedTo)
        return {
            {"type", "range"},
            {"op", "bt"},
            {"value", Json::array({millisOf(*filter.startedFrom), millisOf(*filter.startedTo)})}};
    const bool isFrom = filter.startedFrom.has_value();
    return {{"type", "number"},
            {"op", isFrom ? "ge" : "le"},
            {"value", millisOf(isFrom ? *filter.startedFrom : *filter.startedTo)}};
}

Result<Json> toJson(const CallFilter &filter)
{
    Json json = Json::object();
    for (const auto &[key, value] :
         {std::pair("call_id", filter.callId), std::pair("from_number", filter.fromNumber),
          std::pair("to_number", filter.toNumber)}) {
        if (!value.isEmpty())
            json[key] = textFilter(value);
    }
    if (!filter.agentId.isEmpty())
        json["agent"] = Json::array({{{"agent_id", filter.agentId}}});
    for (auto each = filter.metadata.cbegin(); each != filter.metadata.cend(); ++each) {
        Json item = textFilter(each.value());
        item["key"] = each.key();
        json["metadata"].push_back(std::move(item));
    }
    const auto statuses = enumFilter(filter.statuses);
    const auto reasons = enumFilter(filter.reasons);
    if (!statuses || !reasons)
        return failure(statuses ? reasons.error() : statuses.error());
    if (!filter.statuses.isEmpty())
        json["call_status"] = *statuses;
    if (!filter.reasons.isEmpty())
        json["disconnection_reason"] = *reasons;
    if (filter.startedFrom || filter.startedTo)
        json["start_timestamp"] = startFilter(filter);
    return json;
}

} // namespace

bool isE164(QStringView number)
{
    static const QRegularExpression form(QStringLiteral("\\A\\+[1-9][0-9]{6,14}\\z"));
    return form.match(number.toString()).hasMatch();
}

Result<Request> createPhoneCall(const CreatePhoneCall &call)
{
    if (!isE164(call.fromNumber) || !isE164(call.toNumber))
        return refused("a number is not in the form of E.164");
    if (!isMetadata(call.metadata))
        return refused("the metadata is no object of at most 50 kB");
    const auto agentOverride = overrideOf(call);
    if (!agentOverride)
        return failure(agentOverride.error());
    Request request = of("createPhoneCall");
    request.body = {{"from_number", call.fromNumber}, {"to_number", call.toNumber}};
    if (!call.agentId.isEmpty())
        request.body["override_agent_id"] = call.agentId;
    if (!call.agentVersion.isEmpty()) {
        const auto version = versionJson(call.agentVersion);
        if (!version)
            return refused("not a version of an agent");
        request.body["override_agent_version"] = *version;
    }
    if (!agentOverride->empty())
        request.body["agent_override"] = *agentOverride;
    if (!call.metadata.empty())
        request.body["metadata"] = call.metadata;
    if (!call.dynamicVariables.isEmpty())
        request.body["retell_llm_dynamic_variables"] = toJson(call.dynamicVariables);
    if (!call.sipHeaders.isEmpty())
        request.body["custom_sip_headers"] = toJson(call.sipHeaders);
    return request;
}

Request getCall(const QString &callId)
{
    return of("getCall", callId);
}

Request stopCall(const QString &callId)
{
    return of("stopCall", callId);
}

Request deleteCall(const QString &callId)
{
    return of("deleteCall", callId);
}

Request rerunCallAnalysis(const QString &callId)
{
    return of("rerunCallAnalysis", callId);
}

Request getConcurrency()
{
    return of("getConcurrency");
}

Request getApiKeyInfo()
{
    return of("getApiKeyInfo");
}

Result<Request> listCalls(const ListCalls &list)
{
    const auto filter = toJson(list.filter);
    if (!filter)
        return failure(filter.error());
    if (list.limit < 1 || list.limit > kLimitMax)
        return refused("a list has 1 to 1000 items");
    Request request = of("listCalls");
    request.body = {{"limit", list.limit},
                    {"sort_order", list.isAscending ? "ascending" : "descending"}};
    if (!filter->empty())
        request.body["filter_criteria"] = *filter;
    if (!list.paginationKey.isEmpty())
        request.body["pagination_key"] = list.paginationKey;
    if (list.includesTotal)
        request.body["include_total"] = true;
    return request;
}

Result<Request> updateCall(const QString &callId, const UpdateCall &update)
{
    if (update.metadata && !isMetadata(*update.metadata))
        return refused("the metadata is no object of at most 50 kB");
    Request request = of("updateCall", callId);
    request.body = Json::object();
    if (update.metadata)
        request.body["metadata"] = *update.metadata;
    if (update.dataStorageSetting)
        request.body["data_storage_setting"] = *update.dataStorageSetting;
    return request;
}

Result<Request> updateLiveCall(const QString &callId, const UpdateLiveCall &update)
{
    if (update.metadata && !isMetadata(*update.metadata))
        return refused("the metadata is no object of at most 50 kB");
    if (update.triggersResponse && update.additionalContext.isEmpty())
        return refused("a response needs something to respond to");
    Json fields = Json::object();
    if (update.metadata)
        fields["metadata"] = *update.metadata;
    if (update.dynamicVariables)
        fields["override_dynamic_variables"] = toJson(*update.dynamicVariables);
    Request request = of("updateLiveCall", callId);
    request.body = Json::object();
    if (!fields.empty())
        request.body["fields_to_override"] = std::move(fields);
    if (!update.additionalContext.isEmpty())
        request.body["call_control"] = {{"additional_context", update.additionalContext}};
    if (update.triggersResponse)
        request.body["call_control"]["trigger_response"] = true;
    return request;
}

} // namespace providers::retell
