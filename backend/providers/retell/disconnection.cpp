#include "providers/retell/disconnection.h"

#include "core/assert.h"

#include <algorithm>
#include <array>

namespace providers::retell {

namespace {

using enum DisconnectionReason;
using Facts = ReasonFacts;

constexpr std::array kReasons = {
    Facts{UserHangup, QLatin1String("user_hangup"), CallStatus::Ended},
    Facts{AgentHangup, QLatin1String("agent_hangup"), CallStatus::Ended},
    Facts{CallTransfer, QLatin1String("call_transfer"), CallStatus::Ended},
    Facts{VoicemailReached, QLatin1String("voicemail_reached"), CallStatus::Ended},
    Facts{IvrReached, QLatin1String("ivr_reached"), CallStatus::Ended},
    Facts{Inactivity, QLatin1String("inactivity"), CallStatus::Ended},
    Facts{MaxDurationReached, QLatin1String("max_duration_reached"), CallStatus::Ended},
    Facts{TransferBridged, QLatin1String("transfer_bridged"), CallStatus::Ended},
    Facts{TransferCancelled, QLatin1String("transfer_cancelled"), CallStatus::Ended},
    Facts{ManualStopped, QLatin1String("manual_stopped"), CallStatus::Ended},
    Facts{CallTakeOver, QLatin1String("call_take_over"), CallStatus::Ended},
    Facts{NoConcurrencyFallback, QLatin1String("no_concurrency_fallback"), CallStatus::Ended},
    Facts{DialBusy, QLatin1String("dial_busy"), CallStatus::NotConnected},
    Facts{DialFailed, QLatin1String("dial_failed"), CallStatus::NotConnected},
    Facts{DialNoAnswer, QLatin1String("dial_no_answer"), CallStatus::NotConnected},
    Facts{InvalidDestination, QLatin1String("invalid_destination"), CallStatus::NotConnected},
    Facts{TelephonyProviderPermissionDenied, QLatin1String("telephony_provider_permission_denied"),
          CallStatus::NotConnected},
    Facts{TelephonyProviderUnavailable, QLatin1String("telephony_provider_unavailable"),
          CallStatus::NotConnected},
    Facts{SipRoutingError, QLatin1String("sip_routing_error"), CallStatus::NotConnected},
    Facts{MarkedAsSpam, QLatin1String("marked_as_spam"), CallStatus::NotConnected},
    Facts{UserDeclined, QLatin1String("user_declined"), CallStatus::NotConnected},
    Facts{ConcurrencyLimitReached, QLatin1String("concurrency_limit_reached"), CallStatus::Error},
    Facts{NoValidPayment, QLatin1String("no_valid_payment"), CallStatus::Error},
    Facts{ScamDetected, QLatin1String("scam_detected"), CallStatus::Error},
    Facts{ErrorLlmWebsocketOpen, QLatin1String("error_llm_websocket_open"), CallStatus::Error},
    Facts{ErrorLlmWebsocketLostConnection, QLatin1String("error_llm_websocket_lost_connection"),
          CallStatus::Error},
    Facts{ErrorLlmWebsocketRuntime, QLatin1String("error_llm_websocket_runtime"),
          CallStatus::Error},
    Facts{ErrorLlmWebsocketCorruptPayload, QLatin1String("error_llm_websocket_corrupt_payload"),
          CallStatus::Error},
    Facts{ErrorNoAudioReceived, QLatin1String("error_no_audio_received"), CallStatus::Error},
    Facts{ErrorAsr, QLatin1String("error_asr"), CallStatus::Error},
    Facts{ErrorRetell, QLatin1String("error_retell"), CallStatus::Error},
    Facts{ErrorUnknown, QLatin1String("error_unknown"), CallStatus::Error},
    Facts{ErrorUserNotJoined, QLatin1String("error_user_not_joined"), CallStatus::Error},
    Facts{RegisteredCallTimeout, QLatin1String("registered_call_timeout"), CallStatus::Error},
};
static_assert(kReasons.size() == static_cast<size_t>(Unknown));

struct StatusWord {
    CallStatus status;
    QLatin1String word;
};
constexpr std::array kStatuses = {
    StatusWord{CallStatus::Registered, QLatin1String("registered")},
    StatusWord{CallStatus::NotConnected, QLatin1String("not_connected")},
    StatusWord{CallStatus::Ongoing, QLatin1String("ongoing")},
    StatusWord{CallStatus::Ended, QLatin1String("ended")},
    StatusWord{CallStatus::Error, QLatin1String("error")},
    StatusWord{CallStatus::Unknown, QLatin1String("")},
};

ReasonFacts factsOf(DisconnectionReason reason)
{
    if (reason == Unknown)
        return {};
    const ReasonFacts &facts = kReasons[static_cast<size_t>(reason)];
    CORE_ASSERT(facts.reason == reason); // the table is in the order of the enum
    return facts;
}

} // namespace

CallStatus callStatusOf(QStringView word)
{
    const auto found = std::find_if(kStatuses.begin(), kStatuses.end(),
                                    [&](const StatusWord &each) { return each.word == word; });
    return found == kStatuses.end() ? CallStatus::Unknown : found->status;
}

QLatin1String word(CallStatus status)
{
    return kStatuses[static_cast<size_t>(status)].word;
}

std::span<const ReasonFacts> disconnectionReasons()
{
    return kReasons;
}

std::optional<Disconnection> disconnectionOf(const QString &word)
{
    if (word.isEmpty())
        return std::nullopt;
    const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                    [&](const ReasonFacts &facts) { return facts.word == word; });
    return Disconnection{.reason = found == kReasons.end() ? Unknown : found->reason, .text = word};
}

QLatin1String word(DisconnectionReason reason)
{
    return factsOf(reason).word;
}

CallStatus statusAfter(DisconnectionReason reason)
{
    return factsOf(reason).status;
}

} // namespace providers::retell
