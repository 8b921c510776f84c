#include "retell/retell_body.h"

#include <algorithm>

namespace simulator {

namespace {

using Type = FieldRule::Type;

bool isTextMap(const Json &value)
{
    return value.is_object() && std::all_of(value.begin(), value.end(),
                                            [](const Json &each) { return each.is_string(); });
}

bool isWithin(const Json &value, const FieldRule &rule)
{
    return value.is_number_integer() && value.get<qint64>() >= rule.low &&
           value.get<qint64>() <= rule.high;
}

bool fits(const Json &value, const FieldRule &rule)
{
    switch (rule.type) {
    case Type::Text: return value.is_string();
    case Type::Number: return value.is_number();
    case Type::Whole: return isWithin(value, rule);
    case Type::Flag: return value.is_boolean();
    case Type::Object: return value.is_object();
    case Type::List: return value.is_array();
    case Type::TextMap: return isTextMap(value);
    case Type::Any: return true;
    }
    return false;
}

const FieldRules &engineOverrideRules()
{
    static const FieldRules rules = {
        {"model", Type::Text},
        {"s2s_model", Type::Text},
        {"model_temperature", Type::Number},
        {"model_high_priority", Type::Flag},
        {"tool_call_strict_mode", Type::Flag},
        {"knowledge_base_ids", Type::List},
        {"kb_config", Type::Object},
        {"start_speaker", Type::Text},
        {"begin_after_user_silence_ms", Type::Whole},
        {"begin_message", Type::Text},
    };
    return rules;
}

} // namespace

tl::unexpected<RetellRefusal> refuse(int status, const QString &message, bool isOurFault)
{
    return tl::unexpected(RetellRefusal{status, message, isOurFault});
}

http::Response toHttp(int status, const Json &body)
{
    return {.status = status, .body = body.is_null() ? QByteArray() : core::toBytes(body)};
}

http::Response toHttp(const RetellRefusal &refusal)
{
    return toHttp(refusal.status, {{"status", "error"}, {"message", refusal.message}});
}

RetellResult<void> checkFields(const Json &body, const FieldRules &rules, bool needsRequired)
{
    for (const auto &[name, value] : body.items()) {
        const auto rule = std::find_if(rules.cbegin(), rules.cend(),
                                       [&name = name](const auto &r) { return name == r.name; });
        const QString field = QString::fromStdString(name);
        if (rule == rules.cend())
            return refuse(400, QStringLiteral("unknown field %1").arg(field));
        const bool isAbsent = value.is_null() && !rule->isRequired;
        if (!isAbsent && !fits(value, *rule))
            return refuse(400, QStringLiteral("%1 is not of its type or range").arg(field));
    }
    for (const FieldRule &rule : rules) {
        if (needsRequired && rule.isRequired && !body.contains(rule.name))
            return refuse(400, QStringLiteral("%1 is required").arg(QLatin1String(rule.name)));
    }
    return {};
}

RetellResult<Json> readBody(const http::Request &request)
{
    if (request.body.isEmpty())
        return Json(Json::object());
    Json body = Json::parse(request.body.cbegin(), request.body.cend(), nullptr, false);
    if (!body.is_object())
        return refuse(400, QStringLiteral("the body is no JSON object"));
    return body;
}

const FieldRules &agentRules()
{
    static const FieldRules rules = {
        {"response_engine", Type::Object, true},
        {"voice_id", Type::Text, true},
        {"agent_name", Type::Text},
        {"version_description", Type::Text},
        {"language", Type::Any},
        {"webhook_url", Type::Text},
        {"webhook_events", Type::List},
        {"webhook_timeout_ms", Type::Whole, false, 1},
        {"max_call_duration_ms", Type::Whole, false, 60'000, 7'200'000},
        {"end_call_after_silence_ms", Type::Whole, false, 10'000},
        {"ring_duration_ms", Type::Whole, false, 5'000, 300'000},
        {"begin_message_delay_ms", Type::Whole, false, 0, 5'000},
        {"reminder_trigger_ms", Type::Whole, false, 1},
        {"reminder_max_count", Type::Whole},
        {"voicemail_option", Type::Object},
        {"ivr_option", Type::Object},
        {"call_screening_option", Type::Object},
        {"handbook_config", Type::Object},
        {"data_storage_setting", Type::Text},
        {"data_storage_retention_days", Type::Whole, false, 1, 730},
        {"opt_in_signed_url", Type::Flag},
        {"signed_url_expiration_ms", Type::Whole, false, 1},
        {"post_call_analysis_data", Type::List},
        {"post_call_analysis_model", Type::Text},
        {"pii_config", Type::Object},
        {"guardrail_config", Type::Object},
        {"voice_model", Type::Text},
        {"voice_temperature", Type::Number},
        {"voice_speed", Type::Number},
        {"volume", Type::Number},
        {"responsiveness", Type::Number},
        {"interruption_sensitivity", Type::Number},
        {"enable_backchannel", Type::Flag},
        {"ambient_sound", Type::Text},
        {"boosted_keywords", Type::List},
        {"normalize_for_speech", Type::Flag},
        {"denoising_mode", Type::Text},
        {"stt_mode", Type::Text},
        {"fallback_voice_ids", Type::List},
    };
    return rules;
}

const FieldRules &engineRules()
{
    static const FieldRules rules = {
        {"general_prompt", Type::Text},
        {"begin_message", Type::Text},
        {"start_speaker", Type::Text},
        {"model", Type::Text},
        {"s2s_model", Type::Text},
        {"model_temperature", Type::Number},
        {"model_high_priority", Type::Flag},
        {"tool_call_strict_mode", Type::Flag},
        {"general_tools", Type::List},
        {"states", Type::List},
        {"starting_state", Type::Text},
        {"default_dynamic_variables", Type::TextMap},
        {"knowledge_base_ids", Type::List},
        {"kb_config", Type::Object},
        {"begin_after_user_silence_ms", Type::Whole},
    };
    return rules;
}

const FieldRules &callRules()
{
    static const FieldRules rules = {
        {"from_number", Type::Text, true},
        {"to_number", Type::Text, true},
        {"override_agent_id", Type::Text},
        {"override_agent_version", Type::Any},
        {"agent_override", Type::Object},
        {"metadata", Type::Object},
        {"retell_llm_dynamic_variables", Type::TextMap},
        {"custom_sip_headers", Type::TextMap},
        {"ignore_e164_validation", Type::Flag},
    };
    return rules;
}

RetellResult<void> checkOverride(const Json &agentOverride)
{
    static const FieldRules parts = {
        {"agent", Type::Object}, {"retell_llm", Type::Object}, {"conversation_flow", Type::Object}};
    if (const auto checked = checkFields(agentOverride, parts); !checked)
        return checked;
    if (const Json *agent = core::member(agentOverride, "agent")) {
        if (const auto checked = checkFields(*agent, agentRules(), false); !checked)
            return checked;
    }
    if (const Json *engine = core::member(agentOverride, "retell_llm"))
        return checkFields(*engine, engineOverrideRules());
    return {};
}

} // namespace simulator
