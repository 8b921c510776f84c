#include "calls/call_end.h"

#include <algorithm>
#include <array>

namespace calls {

using namespace language::literals;
using language::Text;
using providers::retell::CallStatus;
using enum providers::retell::DisconnectionReason;

namespace retell = providers::retell;

namespace {

/// What a reason is called here; whether it is charged follows from its status and the connection.
struct Row {
    retell::DisconnectionReason reason;
    const char *outcome;
};

constexpr std::array kRows = {
    Row{UserHangup, "completed"},
    Row{AgentHangup, "completed"},
    Row{CallTransfer, "completed"},
    Row{VoicemailReached, "voicemail"},
    Row{IvrReached, "machine"},
    Row{Inactivity, "silence"},
    Row{MaxDurationReached, "longest"},
    Row{TransferBridged, "completed"},
    Row{TransferCancelled, "completed"},
    Row{ManualStopped, "stopped"},
    Row{CallTakeOver, "completed"},
    Row{NoConcurrencyFallback, "completed"},
    Row{DialBusy, "busy"},
    Row{DialFailed, "unreachable"},
    Row{DialNoAnswer, "no_answer"},
    Row{InvalidDestination, "invalid"},
    Row{TelephonyProviderPermissionDenied, "provider"},
    Row{TelephonyProviderUnavailable, "provider"},
    Row{SipRoutingError, "unreachable"},
    Row{MarkedAsSpam, "blocked"},
    Row{UserDeclined, "declined"},
    Row{ConcurrencyLimitReached, "provider"},
    Row{NoValidPayment, "provider"},
    Row{ScamDetected, "scam"},
    Row{ErrorLlmWebsocketOpen, "provider"},
    Row{ErrorLlmWebsocketLostConnection, "provider"},
    Row{ErrorLlmWebsocketRuntime, "provider"},
    Row{ErrorLlmWebsocketCorruptPayload, "provider"},
    Row{ErrorNoAudioReceived, "provider"},
    Row{ErrorAsr, "provider"},
    Row{ErrorRetell, "provider"},
    Row{ErrorUnknown, "provider"},
    Row{ErrorUserNotJoined, "provider"},
    Row{RegisteredCallTimeout, "unreachable"},
};

/// A reason that is new at the provider: by the status, and by whether somebody answered.
QString outcomeOfUnknown(CallStatus status, bool wasConnected)
{
    if (status == CallStatus::Error)
        return QStringLiteral("provider");
    return wasConnected ? QStringLiteral("completed") : QStringLiteral("unreachable");
}

QString outcomeOf(retell::DisconnectionReason reason, CallStatus status, bool wasConnected)
{
    const auto found = std::find_if(kRows.begin(), kRows.end(),
                                    [&](const Row &row) { return row.reason == reason; });
    if (found == kRows.end())
        return outcomeOfUnknown(status, wasConnected);
    // It rang and nobody answered, and yet the provider calls it ended.
    if (!wasConnected && retell::statusAfter(reason) == CallStatus::Ended)
        return reason == ManualStopped ? QStringLiteral("stopped") : QStringLiteral("unreachable");
    return QString::fromLatin1(found->outcome);
}

/// Where the provider failed the customer pays nothing, however long it took. A call that it ended
/// for what was said is the customer's.
State stateAfter(CallStatus status, const QString &outcome, bool wasConnected)
{
    if (outcome == QLatin1String("scam"))
        return wasConnected ? State::Ended : State::NotConnected;
    if (status == CallStatus::Error)
        return State::Failed;
    return wasConnected ? State::Ended : State::NotConnected;
}

} // namespace

Ending endingOf(const std::optional<retell::Disconnection> &reason, CallStatus status,
                bool wasConnected)
{
    const auto known = reason ? reason->reason : retell::DisconnectionReason::Unknown;
    const CallStatus byReason = retell::statusAfter(known);
    const CallStatus settled = byReason == CallStatus::Unknown ? status : byReason;
    Ending ending{.state = State::Failed,
                  .isCharged = false,
                  .outcome = outcomeOf(known, settled, wasConnected),
                  .text = {.key = "call.end.completed"_key}};
    ending.state = stateAfter(settled, ending.outcome, wasConnected);
    ending.isCharged = ending.state == State::Ended;
    ending.text = textOfOutcome(ending.outcome);
    return ending;
}

Ending endingOf(const retell::Call &call)
{
    return endingOf(call.disconnection, call.status, call.wasConnected());
}

Text textOfOutcome(const QString &outcome)
{
    static const std::map<QString, Text> texts = {
        {QStringLiteral("completed"), {"call.end.completed"_key}},
        {QStringLiteral("voicemail"), {"call.end.voicemail"_key}},
        {QStringLiteral("machine"), {"call.end.machine"_key}},
        {QStringLiteral("silence"), {"call.end.silence"_key}},
        {QStringLiteral("longest"), {"call.end.longest"_key}},
        {QStringLiteral("stopped"), {"call.end.stopped"_key}},
        {QStringLiteral("busy"), {"call.end.busy"_key}},
        {QStringLiteral("no_answer"), {"call.end.no_answer"_key}},
        {QStringLiteral("declined"), {"call.end.declined"_key}},
        {QStringLiteral("blocked"), {"call.end.blocked"_key}},
        {QStringLiteral("invalid"), {"call.end.invalid"_key}},
        {QStringLiteral("unreachable"), {"call.end.unreachable"_key}},
        {QStringLiteral("scam"), {"call.end.scam"_key}},
        {QStringLiteral("provider"), {"call.end.provider"_key}},
        {QStringLiteral("not_placed"), {"call.end.not_placed"_key}},
        {QStringLiteral("script"), {"call.end.script"_key}},
        {QStringLiteral("waited_too_long"), {"call.end.waited_too_long"_key}},
        {QStringLiteral("refused"), {"call.end.refused"_key}},
    };
    const auto found = texts.find(outcome);
    return found == texts.end() ? Text{"call.end.completed"_key} : found->second;
}

std::optional<std::chrono::milliseconds> durationOf(const retell::Call &call)
{
    if (!call.wasConnected())
        return std::nullopt;
    if (call.duration)
        return call.duration;
    if (call.startedAt && call.endedAt && *call.endedAt >= *call.startedAt)
        return std::chrono::ceil<std::chrono::milliseconds>(*call.endedAt - *call.startedAt);
    return std::nullopt;
}

} // namespace calls
