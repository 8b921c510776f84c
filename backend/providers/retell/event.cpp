#include "providers/retell/event.h"

#include <algorithm>
#include <array>

namespace providers::retell {

namespace {

struct KindWord {
    EventKind kind;
    QLatin1String word;
};
constexpr std::array kKinds = {
    KindWord{EventKind::CallStarted, QLatin1String("call_started")},
    KindWord{EventKind::CallEnded, QLatin1String("call_ended")},
    KindWord{EventKind::CallAnalyzed, QLatin1String("call_analyzed")},
    KindWord{EventKind::TranscriptUpdated, QLatin1String("transcript_updated")},
    KindWord{EventKind::TransferStarted, QLatin1String("transfer_started")},
    KindWord{EventKind::TransferBridged, QLatin1String("transfer_bridged")},
    KindWord{EventKind::TransferCancelled, QLatin1String("transfer_cancelled")},
    KindWord{EventKind::TransferEnded, QLatin1String("transfer_ended")},
    KindWord{EventKind::CallInbound, QLatin1String("call_inbound")},
    KindWord{EventKind::Unknown, QLatin1String("")},
};

/// `call`, or under its older or inbound name.
Json callOf(const Json &event)
{
    for (const char *key : {"call", "call_inbound", "data"}) {
        Json call = objectOf(event, key);
        if (!call.empty())
            return call;
    }
    return Json::object();
}

} // namespace

EventKind eventKindOf(QStringView word)
{
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [&](const KindWord &each) { return each.word == word; });
    return found == kKinds.end() ? EventKind::Unknown : found->kind;
}

QLatin1String word(EventKind kind)
{
    return kKinds[static_cast<size_t>(kind)].word;
}

Result<Event> parseEvent(QByteArrayView body)
{
    const auto json = core::parseJson(body, kRetellDepthMax);
    if (!json)
        return failure(json.error());
    return readEvent(*json);
}

Result<Event> readEvent(const Json &json)
{
    if (!json.is_object())
        return failure(
            {.code = ErrorCode::BadInput, .detail = QStringLiteral("not a JSON object")});
    auto call = readCall(callOf(json));
    if (!call)
        return failure(call.error());
    Event event;
    event.event = textOf(json, "event");
    event.kind = eventKindOf(event.event);
    event.call = *std::move(call);
    event.sentAt = momentOf(json, "event_timestamp");
    event.transferDestination = textOf(objectOf(json, "transfer_destination"), "number");
    // Whether the live transcript is inside the call or beside it is not said.
    if (event.call.items.isEmpty())
        event.call.items = readTranscript(json, "transcript_with_tool_calls");
    return event;
}

} // namespace providers::retell
