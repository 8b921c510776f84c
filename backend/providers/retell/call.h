#pragma once

#include "providers/retell/call_parts.h"
#include "providers/retell/disconnection.h"
#include "providers/retell/transcript.h"

namespace providers::retell {

/// Retell's call object, of a webhook, get-call, list-calls or create-phone-call. Any field may be
/// absent; an empty text is absent, null or of another type.
struct Call {
    QString callId;
    QString callType; // "phone_call", "web_call"
    CallStatus status = CallStatus::Unknown;
    QString statusWord; // as it came; see also settledStatus
    QString agentId;
    std::optional<qint64> agentVersion;
    QString agentName;
    QString agentTag;
    QString fromNumber;
    QString toNumber;
    QString direction; // "inbound", "outbound"

    std::optional<Timestamp> startedAt; // connected; absent for a call that never was
    std::optional<Timestamp> endedAt;
    std::optional<Timestamp> transferEndedAt;
    std::optional<std::chrono::milliseconds> duration;
    std::optional<Disconnection> disconnection;

    QString transcript;                  // "Agent: ...\nUser: ...\n"
    QList<TranscriptItem> items;         // with tool calls where they came, else what was said
    QList<TranscriptItem> scrubbedItems; // without what is personal
    QString recordingUrl;                // may die after 10 minutes: fetch early, never show
    QString recordingMultiChannelUrl;
    QString scrubbedRecordingUrl;
    QString scrubbedRecordingMultiChannelUrl;
    QString publicLogUrl;
    QString knowledgeBaseContentsUrl;

    QMap<QString, LatencyFigures> latency;
    std::optional<CallCost> cost;
    std::optional<TokenUsage> tokenUsage;
    std::optional<CallAnalysis> analysis; // once call_analyzed
    Json metadata = Json::object();       // ours: the attempt id and the lane
    QMap<QString, QString> dynamicVariables;
    QMap<QString, QString> collectedVariables;
    QMap<QString, QString> sipHeaders;
    QString dataStorageSetting;
    std::optional<bool> optInSignedUrl;
    QString twilioCallSid;
    QString transferDestination; // only with the reason call_transfer

    /// What the reason says where it is known, else the status: Retell has shown a call that had
    /// ended as "registered".
    [[nodiscard]] CallStatus settledStatus() const;
    /// Nothing but analysis comes after this.
    [[nodiscard]] bool isOver() const;
    /// The callee, a mailbox or a machine answered.
    [[nodiscard]] bool wasConnected() const;
};

/// BadInput: not a JSON object. Everything else is tolerated.
[[nodiscard]] Result<Call> parseCall(QByteArrayView body);
[[nodiscard]] Result<Call> readCall(const Json &call);

} // namespace providers::retell
