#include "retell/retell_call.h"

#include <cmath>

namespace simulator {

namespace {

namespace retell = providers::retell;

constexpr double kSecondsPerWord = 0.3;

qint64 millisOf(Timestamp moment)
{
    return std::chrono::floor<std::chrono::milliseconds>(moment).time_since_epoch().count();
}

double rounded(double seconds)
{
    return std::round(seconds * 1000) / 1000;
}

Json wordsOf(const SpokenLine &line)
{
    Json words = Json::array();
    double at = line.atSeconds;
    for (const QString &word : line.text.split(u' ', Qt::SkipEmptyParts)) {
        words.push_back({{"word", word + u' '},
                         {"start", rounded(at)},
                         {"end", rounded(at + kSecondsPerWord)}});
        at += kSecondsPerWord;
    }
    return words;
}

Json utterances(const RetellCall &call)
{
    Json list = Json::array();
    for (const SpokenLine &line : call.lines)
        list.push_back({{"role", line.role}, {"content", line.text}, {"words", wordsOf(line)}});
    return list;
}

QString transcriptOf(const RetellCall &call)
{
    QString text;
    for (const SpokenLine &line : call.lines)
        text += (line.role == u"agent" ? QStringLiteral("Agent: ") : QStringLiteral("User: ")) +
                line.text + u'\n';
    return text;
}

Json costOf(const RetellCall &call, double centsPerMinute)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(call.duration()).count();
    const double whole = call.cost(centsPerMinute);
    const double unit = seconds > 0 ? whole / static_cast<double>(seconds) : 0;
    return {{"combined_cost", whole},
            {"product_costs",
             Json::array({Json{
                 {"product", "retell_voice_engine"}, {"cost", whole}, {"unit_price", unit}}})},
            {"total_duration_seconds", seconds},
            {"total_duration_unit_price", unit}};
}

Json answerOf(const Json &field)
{
    const QString type = core::textMember(field, "type").value_or(QString());
    if (type == u"boolean")
        return true;
    if (type == u"number")
        return 1;
    const Json *choices = core::member(field, "choices");
    if (type == u"enum" && choices && choices->is_array() && !choices->empty())
        return choices->front();
    return "as simulated";
}

Json analysisOf(const RetellCall &call)
{
    const bool isMailbox = call.reason == u"voicemail_reached";
    const bool isTalk = call.startedAt && !isMailbox;
    Json answers = Json::object();
    for (const Json &field : call.analysisFields) {
        if (isTalk)
            answers[core::textMember(field, "name").value_or(QString()).toStdString()] =
                answerOf(field);
    }
    for (const auto &[name, value] : call.plan.answers)
        answers[name.toStdString()] = value;
    return {{"call_summary", isTalk ? "The agent spoke with the callee, who agreed to everything."
                                    : "Nobody was spoken to."},
            {"in_voicemail", isMailbox},
            {"user_sentiment", isTalk ? "Positive" : "Unknown"},
            {"call_successful", isTalk},
            {"custom_analysis_data", std::move(answers)}};
}

void addEnd(Json &json, const RetellCall &call, double centsPerMinute, CallView view)
{
    json["end_timestamp"] = millisOf(*call.endedAt);
    json["disconnection_reason"] = call.reason;
    json["call_cost"] = costOf(call, centsPerMinute);
    if (call.startedAt) {
        json["duration_ms"] = call.duration().count();
        json["latency"] = {{"e2e", {{"p50", 812.5}, {"p90", 1204}, {"min", 640}, {"max", 1310}}}};
        if (call.plan.hasRecording)
            json["recording_url"] = call.recordingUrl;
    }
    if (view != CallView::ListItem) {
        json["transcript"] = transcriptOf(call);
        json["transcript_object"] = utterances(call);
        json["transcript_with_tool_calls"] = utterances(call);
    }
    if (call.reason == u"call_transfer")
        json["transfer_destination"] = "+14155550199";
    if (call.isAnalyzed)
        json["call_analysis"] = analysisOf(call);
}

/// Whole numbers as texts, at any depth.
void makeTexts(Json &json)
{
    if (json.is_number_integer())
        json = json.dump();
    else if (json.is_structured())
        for (Json &child : json)
            makeTexts(child);
}

} // namespace

std::chrono::milliseconds RetellCall::duration() const
{
    if (!startedAt || !endedAt)
        return std::chrono::milliseconds(0);
    return std::chrono::floor<std::chrono::milliseconds>(*endedAt - *startedAt);
}

double RetellCall::cost(double centsPerMinute) const
{
    if (!startedAt)
        return 0;
    if (plan.costCents)
        return *plan.costCents;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(duration()).count();
    return static_cast<double>(seconds) * centsPerMinute / 60;
}

Json callJson(const RetellCall &call, double centsPerMinute, CallView view)
{
    Json json = {{"call_id", call.id},
                 {"call_type", "phone_call"},
                 {"call_status", QString(retell::word(call.status))},
                 {"agent_id", call.agentId},
                 {"agent_version", call.agentVersion},
                 {"agent_name", call.agentName},
                 {"from_number", call.from},
                 {"to_number", call.to},
                 {"direction", "outbound"},
                 {"data_storage_setting", "everything"},
                 {"opt_in_signed_url", false}};
    for (const auto &[key, value] : {std::pair("metadata", &call.metadata),
                                     std::pair("retell_llm_dynamic_variables", &call.variables),
                                     std::pair("custom_sip_headers", &call.sipHeaders)}) {
        if (!value->is_null())
            json[key] = *value;
    }
    if (call.startedAt) {
        json["start_timestamp"] = millisOf(*call.startedAt);
        json["telephony_identifier"] = {{"twilio_call_sid", "CA" + call.id.toStdString()}};
    }
    if (call.isOver())
        addEnd(json, call, centsPerMinute, view);
    else if (view == CallView::Live)
        json["transcript_with_tool_calls"] = utterances(call);
    return json;
}

Json styled(Json body, const CallPlan &plan)
{
    Json &call = body["call"];
    if (plan.saysRegistered)
        call["call_status"] = "registered";
    if (plan.hasNulls) {
        for (const char *key : {"agent_tag", "transfer_destination", "public_log_url", "latency",
                                "llm_token_usage", "collected_dynamic_variables"})
            call[key] = nullptr;
    }
    if (plan.hasUnknownFields) {
        body["event_timestamp"] = 1'795'000'000'000;
        call["a_field_of_tomorrow"] = {{"nested", Json::array({1, nullptr, "x"})}};
    }
    if (plan.hasTextNumbers)
        makeTexts(body);
    return body;
}

} // namespace simulator
