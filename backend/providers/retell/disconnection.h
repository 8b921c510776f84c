#pragma once

#include <QLatin1String>
#include <QString>

#include <optional>
#include <span>

namespace providers::retell {

enum class CallStatus {
    Registered, // accepted, not dialled or still ringing
    NotConnected,
    Ongoing,
    Ended, // also a voicemail: see the reason
    Error,
    Unknown,
};
[[nodiscard]] CallStatus callStatusOf(QStringView word);
[[nodiscard]] QLatin1String word(CallStatus status); // Retell's own; of Unknown: ""

/// Why a call is over. Retell adds values now and then.
enum class DisconnectionReason {
    UserHangup,
    AgentHangup,
    CallTransfer,
    VoicemailReached,
    IvrReached,
    Inactivity,
    MaxDurationReached,
    TransferBridged,
    TransferCancelled,
    ManualStopped,
    CallTakeOver,
    NoConcurrencyFallback,
    DialBusy,
    DialFailed,
    DialNoAnswer,
    InvalidDestination,
    TelephonyProviderPermissionDenied,
    TelephonyProviderUnavailable,
    SipRoutingError,
    MarkedAsSpam,
    UserDeclined,
    ConcurrencyLimitReached,
    NoValidPayment,
    ScamDetected,
    ErrorLlmWebsocketOpen,
    ErrorLlmWebsocketLostConnection,
    ErrorLlmWebsocketRuntime,
    ErrorLlmWebsocketCorruptPayload,
    ErrorNoAudioReceived,
    ErrorAsr,
    ErrorRetell,
    ErrorUnknown,
    ErrorUserNotJoined,
    RegisteredCallTimeout,
    Unknown, // a word we do not know: kept as text, never dropped
};

/// A reason's word and the status that a call with it ends in.
struct ReasonFacts {
    DisconnectionReason reason = DisconnectionReason::Unknown;
    QLatin1String word;
    CallStatus status = CallStatus::Unknown;
};
/// All 34, without Unknown, in the order of the enum.
[[nodiscard]] std::span<const ReasonFacts> disconnectionReasons();

struct Disconnection {
    DisconnectionReason reason = DisconnectionReason::Unknown;
    QString text; // the word as it came
    friend bool operator==(const Disconnection &, const Disconnection &) = default;
};
/// Absent: an empty word.
[[nodiscard]] std::optional<Disconnection> disconnectionOf(const QString &word);
[[nodiscard]] QLatin1String word(DisconnectionReason reason);     // of Unknown: ""
[[nodiscard]] CallStatus statusAfter(DisconnectionReason reason); // of Unknown: Unknown

} // namespace providers::retell
