#include "providers/retell/masking.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace providers::retell {

namespace {

constexpr std::array kSpoken = {"transcript",
                                "transcript_object",
                                "transcript_with_tool_calls",
                                "scrubbed_transcript_with_tool_calls",
                                "call_analysis",
                                "retell_llm_dynamic_variables",
                                "collected_dynamic_variables"};

constexpr std::array kRecordings = {"recording_url", "recording_multi_channel_url",
                                    "scrubbed_recording_url",
                                    "scrubbed_recording_multi_channel_url"};

/// Names of people's and of tools' turns are no speech.
bool isName(const std::string &key)
{
    return key == "role" || key == "tool_call_id" || key == "name";
}

bool isKeyPress(const Json &item)
{
    return core::textMember(item, "role") == QStringLiteral("dtmf");
}

bool isRecorded(const Json &call)
{
    const Json *metadata = core::member(call, "metadata");
    return metadata && core::boolMember(*metadata, kRecordedMark).value_or(false);
}

void maskAll(Json &json)
{
    if (json.is_string()) {
        json = masked(json.get<QString>());
    } else if (json.is_number_integer()) {
        const QString text = QString::fromStdString(json.dump());
        if (const QString hidden = masked(text); hidden != text)
            json = hidden;
    } else if (json.is_array()) {
        json.erase(std::remove_if(json.begin(), json.end(), isKeyPress), json.end());
        for (Json &element : json)
            maskAll(element);
    } else if (json.is_object()) {
        json.erase("words");
        for (auto &[key, value] : json.items()) {
            if (!isName(key))
                maskAll(value);
        }
    }
}

} // namespace

QString masked(const QString &text)
{
    static const QRegularExpression run(QStringLiteral(R"(\d(?:[ .,\-]{0,2}\d){2,})"),
                                        QRegularExpression::UseUnicodePropertiesOption);
    QString result;
    qsizetype end = 0;
    for (auto found = run.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const QString digits = match.captured();
        const auto count = std::count_if(digits.begin(), digits.end(),
                                         [](QChar character) { return character.isDigit(); });
        result += text.mid(end, match.capturedStart() - end);
        result += QStringLiteral("[%1 digits]").arg(count);
        end = match.capturedEnd();
    }
    return end == 0 ? text : result + text.mid(end);
}

void maskCall(Json &call)
{
    if (!call.is_object())
        return;
    for (const char *name : kSpoken) {
        if (const auto found = call.find(name); found != call.end())
            maskAll(*found);
    }
    if (isRecorded(call))
        return;
    for (const char *name : kRecordings)
        call.erase(name);
}

void maskCallsIn(Json &body)
{
    if (body.is_array()) {
        for (Json &each : body)
            maskCall(each);
        return;
    }
    maskCall(body);
    if (!body.is_object())
        return;
    if (const auto found = body.find("call"); found != body.end())
        maskCall(*found);
    if (const auto found = body.find("items"); found != body.end() && found->is_array())
        maskCallsIn(*found);
    // Of a transcript webhook, beside the call.
    if (const auto found = body.find("transcript_with_tool_calls"); found != body.end())
        maskAll(*found);
}

} // namespace providers::retell
