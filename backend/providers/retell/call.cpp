#include "providers/retell/call.h"

namespace providers::retell {

namespace {

void readParties(const Json &json, Call &call)
{
    call.callId = textOf(json, "call_id");
    call.callType = textOf(json, "call_type");
    call.statusWord = textOf(json, "call_status");
    call.status = callStatusOf(call.statusWord);
    call.agentId = textOf(json, "agent_id");
    call.agentVersion = wholeOf(json, "agent_version");
    call.agentName = textOf(json, "agent_name");
    call.agentTag = textOf(json, "agent_tag");
    call.fromNumber = textOf(json, "from_number");
    call.toNumber = textOf(json, "to_number");
    call.direction = textOf(json, "direction");
    call.twilioCallSid = textOf(objectOf(json, "telephony_identifier"), "twilio_call_sid");
    call.transferDestination = textOf(json, "transfer_destination");
}

void readTimes(const Json &json, Call &call)
{
    call.startedAt = momentOf(json, "start_timestamp");
    call.endedAt = momentOf(json, "end_timestamp");
    call.transferEndedAt = momentOf(json, "transfer_end_timestamp");
    call.duration = millisOf(json, "duration_ms");
    call.disconnection = disconnectionOf(textOf(json, "disconnection_reason"));
}

void readRecords(const Json &json, Call &call)
{
    call.transcript = textOf(json, "transcript");
    call.items = readTranscript(json, "transcript_with_tool_calls");
    if (call.items.isEmpty())
        call.items = readTranscript(json, "transcript_object");
    call.scrubbedItems = readTranscript(json, "scrubbed_transcript_with_tool_calls");
    call.recordingUrl = textOf(json, "recording_url");
    call.recordingMultiChannelUrl = textOf(json, "recording_multi_channel_url");
    call.scrubbedRecordingUrl = textOf(json, "scrubbed_recording_url");
    call.scrubbedRecordingMultiChannelUrl = textOf(json, "scrubbed_recording_multi_channel_url");
    call.publicLogUrl = textOf(json, "public_log_url");
    call.knowledgeBaseContentsUrl = textOf(json, "knowledge_base_retrieved_contents_url");
}

void readFigures(const Json &json, Call &call)
{
    call.latency = readLatency(json);
    call.cost = readCost(json);
    call.tokenUsage = readTokenUsage(json);
    call.analysis = readAnalysis(json);
}

void readVariables(const Json &json, Call &call)
{
    call.metadata = objectOf(json, "metadata");
    call.dynamicVariables = textsOf(json, "retell_llm_dynamic_variables");
    call.collectedVariables = textsOf(json, "collected_dynamic_variables");
    call.sipHeaders = textsOf(json, "custom_sip_headers");
    call.dataStorageSetting = textOf(json, "data_storage_setting");
    call.optInSignedUrl = flagOf(json, "opt_in_signed_url");
}

bool isEnd(CallStatus status)
{
    return status == CallStatus::NotConnected || status == CallStatus::Ended ||
           status == CallStatus::Error;
}

} // namespace

CallStatus Call::settledStatus() const
{
    const CallStatus byReason =
        disconnection ? statusAfter(disconnection->reason) : CallStatus::Unknown;
    return byReason == CallStatus::Unknown ? status : byReason;
}

bool Call::isOver() const
{
    return disconnection.has_value() || endedAt.has_value() || isEnd(status);
}

bool Call::wasConnected() const
{
    if (settledStatus() == CallStatus::NotConnected)
        return false;
    // Once it is over only a call that took time was one, whatever a start says.
    if (isOver() && duration)
        return duration->count() > 0;
    return startedAt.has_value() || status == CallStatus::Ongoing;
}

Result<Call> parseCall(QByteArrayView body)
{
    const auto json = core::parseJson(body, kRetellDepthMax);
    if (!json)
        return failure(json.error());
    return readCall(*json);
}

Result<Call> readCall(const Json &json)
{
    if (!json.is_object())
        return failure(
            {.code = ErrorCode::BadInput, .detail = QStringLiteral("not a JSON object")});
    Call call;
    readParties(json, call);
    readTimes(json, call);
    readRecords(json, call);
    readFigures(json, call);
    readVariables(json, call);
    return call;
}

} // namespace providers::retell
